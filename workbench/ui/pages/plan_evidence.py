"""Evidence of cards: a thread opens in Conversations, a link after asking, a file in its folder."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from workbench.ids import EventId
from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.queries.evidence import thread_name, thread_named
from workbench.queries.search import search
from workbench.ui.context import Context
from workbench.ui.pages.plan_inspector import CardInspector
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.widgets.evidence_list import words_of
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.models.database import Database
    from workbench.ui.pages.conversation_reader import LinkBar

_THREADS: Final = 8


class EvidenceOpener(QObject):
    """Opens what a card holds; where it cannot, it says why. A partner wrote some of it: nothing is run from here."""

    def __init__(self, context: Context, inspector: CardInspector) -> None:
        super().__init__(inspector)
        self._context, self._inspector = context, inspector
        self.links: LinkBar | None = None

    def open(self, each: Evidence) -> None:
        """Opens one piece of evidence."""
        if each.kind is EvidenceKind.THREAD:
            job = partial(_find, self._context.workspace.database, each.value)
            done = partial(self._on_thread, each)
            self._context.jobs.run(self, "thread", job, done, self._on_failed)
        elif each.kind is EvidenceKind.LINK:
            self._link_bar().ask(each.value, each.title)
        elif each.kind is EvidenceKind.FILE:
            self._show_file(each)

    def leave(self) -> None:
        """Another card is shown: a link of the one before is asked about no more."""
        if self.links is not None:
            self.links.hide()

    def _on_thread(self, each: Evidence, thread_id: EventId | None) -> None:
        if thread_id is None:
            self._context.tell(f"“{words_of(each)}” is not mirrored here.")
        else:
            self._context.open_page("conversations", int(thread_id))

    def _on_failed(self, error: Exception) -> None:
        self._context.tell(" ".join(error_words(error)[0][:2]))

    def _show_file(self, each: Evidence) -> None:
        # A path on another computer could make this one sign in there, a file could be a program: neither is opened.
        if each.value.startswith(("\\\\", "//")):
            self._context.tell(f"It lies on another computer: {line(each.value)}")
            return
        path = Path(each.value)
        if not path.is_file():
            self._context.tell(f"There is no {words_of(each)} at its place on this computer.")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _link_bar(self) -> "LinkBar":
        if self.links is None:
            # Loads with the first link.
            from workbench.ui.pages.conversation_reader import LinkBar, open_outside  # noqa: PLC0415 - see above

            self.links = LinkBar(self._context.theme, follow=open_outside)
            self._inspector.add_foot(self.links)
        return self.links


def find_threads(database: "Database", text: str) -> dict[str, str]:
    """{subject and community: evidence value} of conversations that fit a text; none before anything is typed."""
    if not text:
        return {}
    found: dict[str, str] = {}
    with database.read() as reader:
        for hit in search(reader, text, limit=3 * _THREADS):
            name = thread_name(reader, hit.thread_id)
            if name is not None and name not in found.values() and len(found) < _THREADS:
                found[_title(hit.subject, hit.community, taken=found)] = name
    return found


def _title(subject: str, community: str, *, taken: dict[str, str]) -> str:
    title = line(short_subject(subject, community)) or "No subject"
    tries = (title, f"{title} ({line(community)})", *(f"{title} ({line(community)}, {n})" for n in range(2, 99)))
    return next(each for each in tries if each not in taken)


def _find(database: "Database", name: str) -> EventId | None:
    with database.read() as reader:
        return thread_named(reader, name)
