"""Questions page: who waits for an answer and who sees to it; listening, urgent threads, hashtags, lanes, Library."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import EventId
from workbench.models.changes import Changes
from workbench.operations import questions as deeds
from workbench.queries.hashtags import TagRow
from workbench.queries.lanes import MOST_STALE, LibraryItem
from workbench.queries.listening import ListeningRow
from workbench.queries.questions import LIMITS
from workbench.queries.surge import Surge
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.known_note import show_known
from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_inspector_fields import Choice
from workbench.ui.pages.questions_board import QuestionBoard
from workbench.ui.pages.questions_data import (
    Asked,
    ShownBoard,
    ShownLanes,
    read_board,
    read_ideas,
    read_lanes,
    read_library,
    read_listening,
    read_outputs,
    read_tags,
    read_urgent,
    read_watched,
)
from workbench.ui.pages.questions_edits import QuestionEdits
from workbench.ui.pages.questions_heard import QuestionsHeard
from workbench.ui.pages.questions_kept import idea_panel, output_panel, watch_panel
from workbench.ui.pages.questions_lanes import LanesPanel
from workbench.ui.pages.questions_listening import ListeningPanel
from workbench.ui.pages.questions_look import QuestionLook
from workbench.ui.pages.questions_states import (
    first_use_words,
    kept_words,
    late_words,
    no_tags_words,
    no_urgent_words,
    nothing_stale_words,
    stale_words,
    tags_words,
)
from workbench.ui.pages.questions_tables import LibraryModel, SurgeModel, TagModel
from workbench.ui.period import Period, PeriodKind
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.state_panel import Offer
from workbench.ui.widgets.table_view import TableView
from workbench.ui.widgets.tabs import Tabs

BOARD, LISTENING, URGENT, TAGS, LANES, LIBRARY, WATCHED, OUTPUTS, IDEAS = range(9)
TABS: Final = ("Board", "Listening", "Urgent", "Hashtags", "Lanes", "Library", "Watched", "Outputs", "Ideas")


class QuestionsPage(Page):
    """Opened with a thread's id it shows that thread at the side; with the title of a tab ("Listening") that tab."""

    KEY: ClassVar[str] = "questions"
    TITLE: ClassVar[str] = "Questions"
    ICON: ClassVar[str] = "question"
    DEPENDS_ON: ClassVar[Changes] = (
        Changes.COMMUNITIES | Changes.EVENTS | Changes.COVERAGE | Changes.MARKS | Changes.PREFERENCES
        | Changes.PLANS | Changes.OUTBOX
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._asked: Asked | None = None
        self._wanted: EventId | None = None
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
        self.edits = QuestionEdits(context, self)
        self.look = QuestionLook(context, self.edits, self)
        self.side, self.deeds = self.look.side, self.look.deeds
        forms = self.deeds.forms
        self.kept = {
            WATCHED: watch_panel(context, forms),
            OUTPUTS: output_panel(context, forms),
            IDEAS: idea_panel(context, forms),
        }
        self._parts = QStackedWidget()
        for part in (
            self.board,
            self.listening,
            self._table(self.surges, "Urgent threads", lambda row: self._open(row.id)),
            self._table(self.tags, "Hashtags", self._search_tag),
            self.lanes,
            self._table(self.library, "Files and links nobody touched for long", lambda row: self._open(row.thread_id)),
            *self.kept.values(),
        ):
            self._parts.addWidget(part)
        self.body.addWidget(self._parts)
        self._per_column, self._stale = deeds.PER_COLUMN, MOST_STALE
        self.heard = QuestionsHeard(context, self.listening, self.edits)
        self._connect()

    # Page

    @override
    def opened(self, argument: object) -> None:
        if isinstance(argument, int):
            self.tabs.setCurrentIndex(BOARD)
            self._wanted = EventId(argument)
            self.board.choose(self._wanted)
            self.look.at(self._wanted)
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
            WATCHED: (partial(read_watched, database, asked), partial(self._on_kept, WATCHED)),
            OUTPUTS: (partial(read_outputs, database, asked), partial(self._on_kept, OUTPUTS)),
            IDEAS: (partial(read_ideas, database, asked), partial(self._on_kept, IDEAS)),
        }
        self.load(*jobs[self.tabs.currentIndex()])
        self.look.refresh()

    @override
    def inspector(self) -> QWidget | None:
        return self.side if self.look.is_open else None

    @override
    def take_focus(self) -> None:
        part = self._parts.currentWidget()
        if isinstance(part, QuestionBoard | ListeningPanel | LanesPanel):
            part.take_focus()
        elif part is not None:
            part.setFocus()

    @override
    def go_back(self) -> bool:
        if not self.look.is_open:
            return False
        self.look.close()
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.deeds.enable(is_shown=self.look.is_open)

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
        self.look.put_away()
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
        self.look.limit = board.limit_hours
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
        self.set_title(self.TITLE, tags_words(rows))
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
        self.set_title(self.TITLE, stale_words(len(items), is_all=len(items) < self._stale))
        if not items:
            self.show_state(nothing_stale_words())

    def _on_kept(self, tab: int, rows: list[Any]) -> None:
        self.kept[tab].show_rows(rows, is_writable=self.context.workspace.database.writable)
        self.set_title(self.TITLE, kept_words(tab - WATCHED, rows))

    def _all_time(self) -> None:
        self.context.set_period(Period(PeriodKind.ALL))

    def _search_tag(self, row: TagRow) -> None:
        self.context.open_page("conversations", f"#{row.tag}")

    # What parts ask for

    def _look_for(self, thread_id: int) -> None:
        """A message that came in: whoever sees to those words is proposed."""
        self.look.at(thread_id, proposed=self.listening.owner.text().strip())

    def _open(self, thread_id: int) -> None:
        self.context.open_page("conversations", int(thread_id))

    def _on_limit(self) -> None:
        hours = self.limit.value()
        if hours is not None and hours != self.look.limit:
            job = partial(deeds.choose_limit, self.context.workspace, hours=hours)
            self.context.jobs.run(self, "limit", job, self.context.bus.publish, self.context.tell_error, lane="plan")

    # Building

    def _table(self, model: Any, name: str, opened: Callable[[Any], None]) -> QWidget:
        table = TableView(self.theme, name=name)
        table.setModel(model)
        table.set_widths(model.WIDTHS)
        table.setSortingEnabled(True)
        table.sortByColumn(model.FIRST, Qt.SortOrder.DescendingOrder)
        table.opened.connect(lambda place: opened(model.row_at(place)))
        if not isinstance(model, TagModel):
            current = table.selectionModel().currentChanged
            current.connect(lambda now, _past: self._on_current(model, now.row(), self.look.at))
            table.clicked.connect(lambda index: self._on_current(model, index.row(), self.look.again))
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
            part.chosen.connect(self.look.at)
            part.clicked.connect(self.look.again)
            part.opened.connect(self._open)
        for panel in self.kept.values():
            panel.chosen.connect(self.look.at)
            panel.opened.connect(self._open)
        self.board.more_wanted.connect(self._show_more)
        self.listening.hit_chosen.connect(self._look_for)
        self.listening.hit_clicked.connect(self.look.again)
        self.listening.hit_opened.connect(self._open)
        self.look.changed.connect(self.inspector_changed)
        self.look.shut.connect(self.take_focus)
        self.look.failed.connect(self.show_part_error)
        self.heard.failed.connect(self.show_part_error)
        self.follow(self.edits)
        self.edits.failed.connect(self.context.tell_error)
