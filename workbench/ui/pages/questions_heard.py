"""What the listening panel asks for: terms given, taken away and handed to somebody, and what came in for one."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from workbench.ids import PersonId
from workbench.operations import questions
from workbench.queries.listening import ListeningId
from workbench.queries.search import SearchRow
from workbench.ui.context import Context
from workbench.ui.pages.questions_data import find_owners, read_hits
from workbench.ui.pages.questions_edits import QuestionEdits
from workbench.ui.pages.questions_listening import ListeningPanel
from workbench.ui.sanitiser import line


class QuestionsHeard(QObject):
    """`failed(error)` where what came in could not be read."""

    failed = Signal(Exception)

    def __init__(self, context: Context, panel: ListeningPanel, edits: QuestionEdits) -> None:
        super().__init__(panel)
        self._context, self._panel, self._edits = context, panel, edits
        panel.added.connect(self._on_added)
        panel.picked.connect(self._on_picked)
        panel.looked.connect(self._on_looked)
        panel.stopped.connect(self._on_stopped)
        panel.given.connect(self._on_given)
        panel.named.connect(self._on_named)
        panel.searched.connect(partial(context.open_page, "conversations"))
        panel.names_wanted.connect(self._on_names_wanted)

    def _on_added(self, words: str) -> None:
        job = partial(questions.listen_for, self._context.workspace, words=words, scope=self._context.scope)
        self._edits.make(job, f"Listening for “{line(words)}”.")

    def _on_picked(self, listening_id: int) -> None:
        wanted = ListeningId(listening_id)

        def done(hits: list[SearchRow]) -> None:
            self._panel.show_hits(wanted, hits)

        job = partial(read_hits, self._context.workspace.database, wanted)
        self._context.jobs.run(self, "hits", job, done, self.failed.emit)

    def _on_looked(self, listening_id: int) -> None:
        job = partial(questions.looked_at, self._context.workspace, listening_id=listening_id)
        self._edits.make(job, "Counted as seen.")

    def _on_stopped(self, listening_id: int) -> None:
        job = partial(questions.stop_listening, self._context.workspace, listening_id=listening_id)
        self._edits.make(job, "No longer listened for.")

    def _on_given(self, listening_id: int, name: str, person_id: PersonId | None) -> None:
        give = partial(questions.give_listening, self._context.workspace, listening_id=listening_id)
        words = f"{line(name)} sees to it." if name else "Nobody sees to it now."
        self._edits.make(partial(give, owner=name, owner_id=person_id), words)

    def _on_named(self, listening_id: int, name: str) -> None:
        job = partial(questions.name_listening, self._context.workspace, listening_id=listening_id, name=name)
        self._edits.make(job, f"Called “{line(name)}” now." if name else "Called by its words now.")

    def _on_names_wanted(self, text: str) -> None:
        job = partial(find_owners, self._context.workspace.database, text)
        self._context.jobs.run(self, "names", job, self._panel.offer, self.failed.emit)
