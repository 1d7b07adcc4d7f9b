"""Questions page: who waits for an answer and who sees to it; listening, urgent threads, hashtags, lanes, Library."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import EventId, PersonId
from workbench.models.changes import Changes
from workbench.operations import questions as deeds
from workbench.queries.hashtags import TagRow
from workbench.queries.lanes import MOST_STALE, LibraryItem
from workbench.queries.listening import ListeningId, ListeningRow
from workbench.queries.questions import LIMITS, USUAL_LIMIT
from workbench.queries.search import SearchRow
from workbench.queries.surge import Surge
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.known_note import show_known
from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_inspector_fields import Choice
from workbench.ui.pages.question_inspector import QuestionInspector
from workbench.ui.pages.questions_board import QuestionBoard
from workbench.ui.pages.questions_data import (
    Asked,
    ShownBoard,
    ShownLanes,
    ShownQuestion,
    find_owners,
    read_board,
    read_hits,
    read_lanes,
    read_library,
    read_listening,
    read_question,
    read_tags,
    read_urgent,
)
from workbench.ui.pages.questions_deeds import QuestionDeeds
from workbench.ui.pages.questions_edits import QuestionEdits
from workbench.ui.pages.questions_lanes import LanesPanel
from workbench.ui.pages.questions_listening import ListeningPanel
from workbench.ui.pages.questions_states import (
    first_use_words,
    late_words,
    no_tags_words,
    no_urgent_words,
    nothing_stale_words,
)
from workbench.ui.pages.questions_tables import LibraryModel, SurgeModel, TagModel
from workbench.ui.period import Period, PeriodKind
from workbench.ui.qt_models.question_list import is_late
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.state_panel import Offer
from workbench.ui.widgets.table_view import TableView
from workbench.ui.widgets.tabs import Tabs
from workbench.ui.words import error_words

BOARD, LISTENING, URGENT, TAGS, LANES, LIBRARY = range(6)
TABS: Final = ("Board", "Listening", "Urgent", "Hashtags", "Lanes", "Library")


class QuestionsPage(Page):
    """Opened with a thread's id it shows that thread at the side; with the title of a tab ("Listening") that tab."""

    KEY: ClassVar[str] = "questions"
    TITLE: ClassVar[str] = "Questions"
    ICON: ClassVar[str] = "question"
    DEPENDS_ON: ClassVar[Changes] = (
        Changes.COMMUNITIES | Changes.EVENTS | Changes.COVERAGE | Changes.MARKS | Changes.PREFERENCES
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._asked: Asked | None = None
        self._limit = USUAL_LIMIT
        self._wanted: EventId | None = None
        self._proposed = ""
        self.tabs = Tabs(TABS, name="Parts of this page")
        self.tabs.currentChanged.connect(self._on_tab)
        self.tabs.entered.connect(self._enter)
        outer = cast("QVBoxLayout", self.layout())
        # Above the note, which is of some parts only: what is under the mouse does not move when another is shown.
        outer.insertWidget(1, self.tabs)
        outer.insertSpacing(1, 12)
        titles = {hours: f"Late after {hours} h" for hours in LIMITS}
        self.limit = Choice(self.theme, name="A question has waited too long", titles=titles)
        self.limit.edited.connect(self._on_limit)
        self.limit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.buttons.addWidget(self.limit)
        self.more = push_button("Show more", theme=self.theme, icon="caret-down", clicked=self._show_more)
        self.more.hide()
        self.buttons.addWidget(self.more)
        self.board = QuestionBoard(self.theme)
        self.listening = ListeningPanel(self.theme)
        self.lanes = LanesPanel(self.theme)
        self.surges, self.tags, self.library = SurgeModel(self), TagModel(self), LibraryModel(self)
        self._parts = QStackedWidget()
        for part in (
            self.board,
            self.listening,
            self._table(self.surges, "Urgent threads", lambda row: self._open(row.id)),
            self._table(self.tags, "Hashtags", self._search_tag),
            self.lanes,
            self._table(self.library, "Files and links nobody touched for long", lambda row: self._open(row.thread_id)),
        ):
            self._parts.addWidget(part)
        self.body.addWidget(self._parts)
        self.side = QuestionInspector(self.theme)
        self._is_open = False
        self._looked: int | None = None
        """The thread at the side or on its way there."""
        self._per_column, self._stale = deeds.PER_COLUMN, MOST_STALE
        self.edits = QuestionEdits(context, self)
        self.deeds = QuestionDeeds(context, self.side, self.edits)
        self._connect()

    # Page

    @override
    def opened(self, argument: object) -> None:
        if isinstance(argument, int):
            self.tabs.setCurrentIndex(BOARD)
            self._wanted = EventId(argument)
            self.board.choose(self._wanted)
            self._look(self._wanted)
        elif isinstance(argument, str) and argument in TABS:
            self.tabs.setCurrentIndex(TABS.index(argument))

    @override
    def refresh(self) -> None:
        workspace, now = self.context.workspace, self.context.workspace.clock.now()
        database, period = workspace.database, self.context.period.bounds(now)
        asked = self._asked = Asked(self.context.scope, period, now, self._per_column, self._stale)
        jobs: dict[int, tuple[Callable[[], Any], Callable[[Any], None]]] = {
            BOARD: (partial(read_board, database, asked), self._on_board),
            LISTENING: (partial(read_listening, database), self._on_listening),
            URGENT: (partial(read_urgent, database, asked), self._on_urgent),
            TAGS: (partial(read_tags, database, asked), self._on_tags),
            LANES: (partial(read_lanes, database, asked), self._on_lanes),
            LIBRARY: (partial(read_library, database, asked), self._on_library),
        }
        self.load(*jobs[self.tabs.currentIndex()])
        if self._is_open and self.side.shown is not None:
            self._look(self.side.shown.id)

    @override
    def inspector(self) -> QWidget | None:
        return self.side if self._is_open else None

    @override
    def take_focus(self) -> None:
        part = self._parts.currentWidget()
        if isinstance(part, QuestionBoard | ListeningPanel | LanesPanel):
            part.take_focus()
        elif part is not None:
            part.setFocus()

    @override
    def go_back(self) -> bool:
        if not self._is_open:
            return False
        self._shut()
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.deeds.enable(is_shown=self._is_open)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.deeds.enable(is_shown=False)

    # The parts

    def _show_more(self) -> None:
        if self.tabs.currentIndex() == LIBRARY:
            self._stale += MOST_STALE
        else:
            self._per_column += deeds.PER_COLUMN
        self.refresh()

    def _on_tab(self) -> None:
        self._parts.setCurrentIndex(self.tabs.currentIndex())
        self.limit.setVisible(self.tabs.currentIndex() == BOARD)
        self.more.hide()
        self.set_title(self.TITLE)
        self.set_note("")
        if self._is_open:
            self._put_away()
        self._has_content = False
        self.mark_stale()

    def _enter(self) -> None:
        self.take_focus()

    def _on_board(self, shown: ShownBoard) -> None:
        asked = self._asked
        if asked is None:
            return
        self.tabs.setVisible(shown.communities > 0)
        self.limit.setVisible(shown.communities > 0)
        if not shown.communities:
            self.set_title(self.TITLE)
            self.show_state(first_use_words(self.context.actions))
            return
        board = shown.board
        self._limit = board.limit_hours
        self.limit.show_values({board.limit_hours})
        self.limit.setEnabled(self.context.workspace.database.writable)
        self.set_title(self.TITLE, late_words(board))
        show_known(self, shown.known, only_missing=True)
        is_whole = shown.known is None or shown.known.is_whole
        if board.outside and is_whole:
            before = numbers.plural(board.outside, "open question was", "open questions were")
            self.set_note(
                f"{before} asked before this period", icon="clock", token="watch",
                offer=Offer("Look at all time", self._all_time, "calendar-blank"),
            )  # fmt: skip
        self.board.show_board(board, names_community=len(asked.scope) != 1)
        if self._wanted is not None:
            self.board.choose(self._wanted)
            self._wanted = None

    def _on_listening(self, rows: list[ListeningRow]) -> None:
        new = sum(row.new for row in rows)
        self.set_title(self.TITLE, f"{numbers.plural(new, 'new hit', 'new hits')}" if rows else "")
        self.listening.show_rows(rows, is_writable=self.context.workspace.database.writable)

    def _on_urgent(self, rows: list[Surge]) -> None:
        self.surges.set_rows(rows)
        if not rows:
            self.show_state(no_urgent_words())

    def _on_tags(self, rows: list[TagRow]) -> None:
        self.tags.set_rows(rows)
        self.set_title(self.TITLE, numbers.plural(len(rows), "hashtag", "hashtags"))
        if not rows:
            has_period = self._asked is not None and self._asked.period is not None
            self.show_state(no_tags_words(self._all_time if has_period else None))

    def _on_lanes(self, shown: ShownLanes) -> None:
        if self._asked is not None:
            self.lanes.show_lanes(shown, self._asked)
            said = (
                "" if shown.share is None else f"{numbers.percent(shown.share)} of the period's messages are dialogue"
            )
            self.set_title(self.TITLE, said)

    def _on_library(self, items: list[LibraryItem]) -> None:
        self.library.set_rows(items)
        self.more.setVisible(len(items) == self._stale)
        latest = "the latest " if len(items) == self._stale else ""
        self.set_title(self.TITLE, latest + numbers.plural(len(items), "item untouched", "items untouched"))
        if not items:
            self.show_state(nothing_stale_words())

    def _all_time(self) -> None:
        self.context.set_period(Period(PeriodKind.ALL))

    def _search_tag(self, row: TagRow) -> None:
        self.context.open_page("conversations", f"#{row.tag}")

    # The question at the side

    def _look(self, thread_id: int) -> None:
        self._looked = thread_id
        workspace = self.context.workspace
        job = partial(read_question, workspace.database, EventId(thread_id), workspace.clock.now())
        self.context.jobs.run(self, "question", job, self._on_question, self.show_error)

    def _look_again(self, thread_id: int) -> None:
        """A click on what is current already: after the side was shut it opens again."""
        if thread_id != self._looked:
            self._look(thread_id)

    def _look_for(self, thread_id: int) -> None:
        """A message that came in: whoever sees to those words is proposed."""
        self._proposed = self.listening.owner.text().strip()
        self._look(thread_id)

    def _on_question(self, question: ShownQuestion | None) -> None:
        if question is None:
            self._shut()
            return
        late = question.row is not None and is_late(question.row, self._limit)
        self.side.show_question(question, is_late=late, is_writable=self.context.workspace.database.writable)
        proposed, self._proposed = self._proposed, ""
        if proposed and not self.side.owner.text():
            self.side.owner.setText(proposed)
        if not self._is_open:
            self._is_open = True
            self.inspector_changed.emit()
        self.deeds.enable(is_shown=self.isVisible())

    def _shut(self) -> None:
        self._put_away()
        self.take_focus()

    def _put_away(self) -> None:
        self._is_open, self._looked = False, None
        self.deeds.enable(is_shown=False)
        self.inspector_changed.emit()

    def _open(self, thread_id: int) -> None:
        self.context.open_page("conversations", int(thread_id))

    def _on_limit(self) -> None:
        hours = self.limit.value()
        if hours is not None and hours != self._limit:
            job = partial(deeds.choose_limit, self.context.workspace, hours=hours)
            self.context.jobs.run(self, "limit", job, self.context.bus.publish, self.show_error, lane="plan")

    # Listening

    def _on_added(self, words: str) -> None:
        job = partial(deeds.listen_for, self.context.workspace, words=words, scope=self.context.scope)
        self.edits.make(job, f"Listening for “{line(words)}”.")

    def _on_picked(self, listening_id: int) -> None:
        wanted = ListeningId(listening_id)

        def done(hits: list[SearchRow]) -> None:
            self.listening.show_hits(wanted, hits)

        job = partial(read_hits, self.context.workspace.database, wanted)
        self.context.jobs.run(self, "hits", job, done, self.show_error)

    def _on_looked(self, listening_id: int) -> None:
        job = partial(deeds.looked_at, self.context.workspace, listening_id=listening_id)
        self.edits.make(job, "Counted as seen.")

    def _on_stopped(self, listening_id: int) -> None:
        job = partial(deeds.stop_listening, self.context.workspace, listening_id=listening_id)
        self.edits.make(job, "No longer listened for.")

    def _on_given(self, listening_id: int, name: str, person_id: PersonId | None) -> None:
        give = partial(deeds.give_listening, self.context.workspace, listening_id=listening_id)
        words = f"{line(name)} sees to it." if name else "Nobody sees to it now."
        self.edits.make(partial(give, owner=name, owner_id=person_id), words)

    # Building

    def _names(self, offer: Callable[[Any], None], text: str) -> None:
        job = partial(find_owners, self.context.workspace.database, text)
        self.context.jobs.run(self, "names", job, offer, self.show_error)

    def _table(self, model: Any, name: str, opened: Callable[[Any], None]) -> QWidget:
        table = TableView(self.theme, name=name)
        table.setModel(model)
        table.set_widths(model.WIDTHS)
        table.setSortingEnabled(True)
        table.sortByColumn(model.FIRST, Qt.SortOrder.DescendingOrder)
        table.opened.connect(lambda place: opened(model.row_at(place)))
        if not isinstance(model, TagModel):
            current = table.selectionModel().currentChanged
            current.connect(lambda now, _past: self._on_current(model, now.row(), self._look))
            table.clicked.connect(lambda index: self._on_current(model, index.row(), self._look_again))
        card = Card(padding=1)
        card.body.addWidget(table)
        card.setFocusProxy(table)
        return card

    def _on_current(self, model: Any, place: int, look: Callable[[int], None]) -> None:
        if 0 <= place < model.rowCount():
            row = model.row_at(place)
            look(row.thread_id if hasattr(row, "thread_id") else row.id)

    def _connect(self) -> None:
        for part in (self.board, self.lanes):
            part.chosen.connect(self._look)
            part.clicked.connect(self._look_again)
            part.opened.connect(self._open)
        self.board.more_wanted.connect(self._show_more)
        self.listening.added.connect(self._on_added)
        self.listening.picked.connect(self._on_picked)
        self.listening.looked.connect(self._on_looked)
        self.listening.stopped.connect(self._on_stopped)
        self.listening.given.connect(self._on_given)
        self.listening.hit_chosen.connect(self._look_for)
        self.listening.hit_clicked.connect(self._look_again)
        self.listening.hit_opened.connect(self._open)
        self.listening.names_wanted.connect(partial(self._names, self.listening.offer))
        self.side.names_wanted.connect(partial(self._names, self.side.offer))
        self.side.thread_wanted.connect(self._open)
        self.side.closed.connect(self._shut)
        self.follow(self.edits)
        self.edits.failed.connect(self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.context.tell(" ".join(error_words(error)[0][:2]))
