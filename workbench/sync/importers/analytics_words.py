"""The words Google Analytics puts over its columns, as far as they are certain; data only.

Columns of pages and of days are known by what stands in them, in whatever language. Numbers are not: views, users and
events look alike, so their names have to be known. "Views per user" is another thing: names are matched as a whole.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(part.strip().casefold() for part in text.split("|"))


VIEWS: Final = _words(
    "views|screen page views|vues|vistas|просмотры|浏览次数|عدد المشاهدات|المشاهدات|表示回数|aufrufe|visualizzazioni|"
    "visualizações"
)
USERS: Final = _words(
    "active users|utilisateurs actifs|usuarios activos|активные пользователи|活跃用户数|活跃用户|المستخدمون النشطون|"
    "アクティブ ユーザー|aktive nutzer|utenti attivi|usuários ativos"
)
SESSIONS: Final = _words("sessions|sesiones|сеансы|会话数|الجلسات|セッション|sitzungen|sessioni|sessões")
EVENTS: Final = _words(
    "event count|nombre d'événements|nombre d’événements|número de eventos|количество событий|事件数|عدد الأحداث|"
    "イベント数|ereignisanzahl|conteggio eventi|contagem de eventos"
)
PAGES: Final = _words(
    "page path and screen class|page path + query string and screen class|page path|page path + query string|"
    "page path and query string|page location|full page url|page|landing page|page title and screen class|"
    "page title and screen name|page title|unified screen name|"
    "chemin de la page et classe de l'écran|ruta de la página y clase de pantalla|"
    "путь к странице и класс экрана|网页路径和屏幕类"
)
"""Over pages whose names do not look like it."""
DAY_NUMBERS: Final = _words("nth day|ne jour|día n|n-й день|第 n 天")
EXPLAINED: Final = (("views", VIEWS), ("users", USERS), ("sessions", SESSIONS), ("events", EVENTS))
