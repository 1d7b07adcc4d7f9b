"""The look at one question: what is read for the side of the page, and whether it stands there."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.ids import EventId
from workbench.queries.questions import USUAL_LIMIT
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardPlace
from workbench.ui.pages.question_inspector import QuestionInspector
from workbench.ui.pages.questions_data import ShownQuestion, find_owners, read_question
from workbench.ui.pages.questions_deeds import QuestionDeeds
from workbench.ui.pages.questions_edits import QuestionEdits
from workbench.ui.qt_models.question_list import is_late


class QuestionLook(QObject):
    """`changed()` when the side opens or goes, `shut()` when somebody closed it, `failed(error)` where reading did."""

    changed = Signal()
    shut = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, edits: QuestionEdits, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.side = QuestionInspector(context.theme)
        self.deeds = QuestionDeeds(context, self.side, edits)
        self.is_open = False
        self.limit = USUAL_LIMIT
        """Hours after which a question is late."""
        self._looked: int | None = None
        """The thread at the side or on its way there."""
        self._proposed = ""
        self.side.names_wanted.connect(self._on_names_wanted)
        self.side.thread_wanted.connect(lambda thread_id: context.open_page("conversations", int(thread_id)))
        self.side.card_wanted.connect(lambda card: context.open_page("plans", CardPlace(card.plan_id, card.card_id)))
        self.side.closed.connect(self.close)

    def at(self, thread_id: int, *, proposed: str = "") -> None:
        """Shows this thread; `proposed` is written where nobody has it yet."""
        self._looked, self._proposed = thread_id, proposed
        workspace = self._context.workspace
        job = partial(read_question, workspace.database, EventId(thread_id), workspace.clock.now())
        self._context.jobs.run(self, "question", job, self._on_question, self.failed.emit)

    def again(self, thread_id: int) -> None:
        """A click on what is current already: after the side was shut it opens again."""
        if thread_id != self._looked:
            self.at(thread_id)

    def refresh(self) -> None:
        """Reads again what stands at the side."""
        if self.is_open and self.side.shown is not None:
            self.at(self.side.shown.id)

    def close(self) -> None:
        """Puts the side away, as its button and Esc do."""
        self.put_away()
        self.shut.emit()

    def put_away(self) -> None:
        """Puts the side away where it stands there."""
        was_open, self.is_open, self._looked = self.is_open, False, None
        self.deeds.enable(is_shown=False)
        if was_open:
            self.changed.emit()

    def _on_question(self, question: ShownQuestion | None) -> None:
        if question is None:
            self.close()
            return
        late = question.row is not None and is_late(question.row, self.limit)
        self.side.show_question(question, is_late=late, is_writable=self._context.workspace.database.writable)
        proposed, self._proposed = self._proposed, ""
        if proposed and not self.side.owner.text():
            self.side.owner.setText(proposed)
        if not self.is_open:
            self.is_open = True
            self.changed.emit()
        self.deeds.enable(is_shown=self._page.isVisible())

    def _on_names_wanted(self, text: str) -> None:
        job = partial(find_owners, self._context.workspace.database, text)
        self._context.jobs.run(self, "names", job, self.side.offer, self.failed.emit)
