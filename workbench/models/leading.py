"""Which roles lead a community, in the words that platforms and tables use for them in seven languages."""

import re
from functools import lru_cache
from typing import Final

from workbench.models.people_keys import plain_key

_ENGLISH = (
    "admin administrator chair chairman chairperson chairwoman coordinator facilitator host lead leader manager"
    " moderator owner"
)
_FRENCH = (
    "administrateur administratrice animateur animatrice coordinateur coordinatrice coordonnateur coordonnatrice"
    " facilitateur facilitatrice gestionnaire hôte hôtesse modérateur modératrice propriétaire responsable"
)
_SPANISH = (
    "administrador administradora anfitrión anfitriona animador animadora coordinador coordinadora dinamizador"
    " dinamizadora facilitador facilitadora gestor gestora líder lideresa moderador moderadora propietaria propietario"
    " responsable"
)
_PORTUGUESE = (
    "administrador administradora anfitriã anfitrião animador animadora coordenador coordenadora dinamizador"
    " dinamizadora facilitador facilitadora gestor gestora líder mediador mediadora moderador moderadora proprietária"
    " proprietário responsável"
)
_GERMAN = (
    "administratorin eigentümer eigentümerin gastgeber gastgeberin gruppenleiter gruppenleiterin koordination"
    " koordinator koordinatorin leiter leiterin leitung managerin moderation moderatorin"
)
_RUSSIAN = (
    "админ администратор ведущая ведущий владелец владелица координатор лидер модератор организатор руководитель"
    " руководительница фасилитатор"
)
_ARABIC = "قائد قائدة مالك مدير مديرة مسؤول مسؤولة مسير مسيرة مشرف مشرفة منسق منسقة ميسر ميسرة"
_CHINESE = (
    "群主 圈主 版主 坛主 組長 组长 管理员 管理員 协调员 協調員 协调人 協調人 主持人 负责人 負責人 召集人 引导员 引導員"
    " 所有者 创建者 創建者 管理者 領導者 领导者"
)
# What a leader may be said to lead; a role that leads anything else is a job title.
_OF: Final = re.compile(
    "|".join(
        plain_key(words)
        for words in (
            "^(?:community|forum|group|list|space)[ -]",
            "[ -](?:of|of the) (?:community|forum|group|list|space)$",
            "^(?:community|gruppen?|forum|forums)[ -]?(?=[a-z]{4})",
            " d(?:e|u)(?: la)? (?:communauté|forum|groupe|liste)$",
            " de(?:l| la)? (?:comunidad|foro|grupo|lista)$",
            " d[aeo] (?:comunidade|fórum|grupo|lista)$",
            " (?:сообщества|группы|форума)$",
            " (?:المجتمع|المجموعة|المنتدى|مجتمع الممارسة)$",
            "^(?:社区|社群|社區|群|群组|群組|小组|小組|论坛|論壇)(?=..)",
        )
    )
)
_TOGETHER: Final = re.compile("^(?:co[ -]?|vice[ -]|со-?|联合|聯合)(?=..)")
# A role may be written for all genders, and several roles beside each other.
_BETWEEN: Final = re.compile(r"[/|,;·•*:_()&+@.\n、，；／（）]|\s+(?:and|et|y|e|und|и|و)\s+")
_ENDING: Final = re.compile("-(?:in|innen|a|ora|e|ice|rice|trice|euse)$")
_ARTICLE: Final = plain_key("ال")


def _in_arabic() -> tuple[str, ...]:
    return tuple(article + word for word in _ARABIC.split() for article in ("", _ARTICLE))


LEADING: Final = frozenset(
    plain_key(word)
    for words in (_ENGLISH, _FRENCH, _SPANISH, _PORTUGUESE, _GERMAN, _RUSSIAN, _CHINESE)
    for word in words.split()
) | frozenset(map(plain_key, _in_arabic()))
"""Single words, as `plain_key` spells them."""


@lru_cache(maxsize=1024)
def is_leading(role: str) -> bool:
    """Whether a role leads a community, or one of several that are named; a job title is none."""
    return any(_leads(" ".join(part.split())) for part in _BETWEEN.split(plain_key(role)))


def _leads(part: str) -> bool:
    bare = _ENDING.sub("", part)
    return any(
        word in LEADING
        for one in (part, bare)
        for together in (one, _TOGETHER.sub("", one))
        for word in (together, _OF.sub("", together).strip())
    )
