"""Comparison page: communities of one type side by side, measures in rows; by name, never ranked."""

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from workbench.clock import local_day
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import CommunityType
from workbench.operations.comparison import MEASURES, Comparison
from workbench.queries.benchmarks import BenchmarkRow
from workbench.queries.scope import Scope
from workbench.ui import numbers
from workbench.ui.context import Context, PagePart
from workbench.ui.grids import emptied
from workbench.ui.pages.comparison_choice import ComparisonChoice
from workbench.ui.pages.comparison_data import (
    ComparisonView,
    as_csv,
    keep_chosen,
    read_comparison,
    rows_of,
    summary_words,
)
from workbench.ui.pages.comparison_side import BenchmarkEdit, ComparisonSide, TypedBenchmark
from workbench.ui.pages.known_note import show_known
from workbench.ui.pages.member_edits import MemberEdits
from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_inspector_fields import Choice
from workbench.ui.pages.scorecard_words import FEW_LEFT_OUT, window_words
from workbench.ui.pages.table_file import TableFile
from workbench.ui.qt_models.community_table import TYPE_TITLES
from workbench.ui.qt_models.comparison_table import ComparisonTableModel
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.stat_card import Stat, StatCard
from workbench.ui.widgets.state_panel import Offer, ways_in
from workbench.ui.widgets.table_view import TableView

_LEAST_WIDTH: Final = 152
_MOST_AT_ONCE: Final = 6
_NO_TYPE: Final = "Without a type"
_TITLE_WIDTH: Final = 224
_BENCHMARK_WIDTH: Final = 120
_AROUND: Final = 96
_KINDS_WIDTH: Final = 232
_LEAST_TABLE: Final = 200
_FOUR: Final = 4
_FOUR_FROM: Final = 800


class ComparisonPage(Page):
    """About the communities of the scope that have the type chosen, over the period of the top bar."""

    KEY: ClassVar[str] = "comparison"
    TITLE: ClassVar[str] = "Comparison"
    ICON: ClassVar[str] = "columns"
    PARENT: ClassVar[str] = "communities"
    SCROLLS: ClassVar[bool] = True
    DEPENDS_ON: ClassVar[Changes] = (
        Changes.COMMUNITIES
        | Changes.EVENTS
        | Changes.MEMBERS
        | Changes.COVERAGE
        | Changes.PLANS
        | Changes.NOTES
        | Changes.MARKS
        | Changes.PREFERENCES
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._in_row = 0
        self._kind: CommunityType | str | None = ""
        self._found: Comparison | None = None
        self._names: tuple[tuple[CommunityId, str], ...] = ()
        self._first, self._at_once = 0, 1
        self._scope: Scope = ()
        self._wanted: CommunityId | None = None
        self._chosen = ""
        self._is_benchmark_wanted = False
        self.file = TableFile(context, self)
        self.edits = MemberEdits(context, self)
        self.follow(self.edits)
        self.side = ComparisonSide(self.theme, today=lambda: local_day(context.workspace.clock.now()))
        self.side.closed.connect(self._shut)
        self.side.benchmark_wanted.connect(self._set_benchmark)
        self.edits.failed.connect(lambda error: self.side.say_problem(str(error)))
        self._build()

    # Page

    @override
    def opened(self, argument: object) -> None:
        self._is_benchmark_wanted = argument is PagePart.BENCHMARK
        if self._is_benchmark_wanted:
            self.mark_stale()

    @override
    def refresh(self) -> None:
        workspace, now, scope = self.context.workspace, self.context.workspace.clock.now(), self.context.scope
        if scope != self._scope:
            # Another choice at the top begins with its own type; one community is brought into sight among its like.
            self._scope, self._kind, self._first = scope, "", 0
            self._wanted = scope[0] if len(scope) == 1 else None
        job = partial(
            read_comparison,
            workspace.database,
            scope=scope,
            kind=self._kind,
            days=self.context.period.days(now.date()),
            now=now,
        )
        self.load(job, self._on_view, title="Comparing communities")

    @override
    def inspector(self) -> QWidget | None:
        return self.side if self._chosen else None

    @override
    def take_focus(self) -> None:
        self.table.setFocus()

    @override
    def go_back(self) -> bool:
        if self._chosen:
            self._shut()
        else:
            self.context.open_page("communities")
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self._found is not None and self._fitting() != self._at_once:
            self._show_table()

    def _arrange(self) -> None:
        """Four facts in one row where there is room, in two where there is not."""
        in_row = _FOUR if self.width() >= self.theme.px(_FOUR_FROM) else 2
        if in_row == self._in_row:
            return
        self._in_row = in_row
        emptied(self._grid)
        for place, card in enumerate(self._stats):
            self._grid.addWidget(card, place // in_row, place % in_row)
        for column in range(in_row):
            self._grid.setColumnStretch(column, 1)

    # Acts

    def choose(self, key: str) -> None:
        """Shows one measure at the side; a fact has nothing more to say."""
        if self._found is not None and key:
            self._chosen = key
            self.table.selectRow(MEASURES.index(key))
            kept = self._found.benchmarks.get(key)
            is_writable = self.context.workspace.database.writable
            self.side.show_measure(key, self._found.communities, kept, is_writable=is_writable)
            self.inspector_changed.emit()

    def turn(self, by: int) -> None:
        """Shows the next communities, or those before."""
        if self._found is not None:
            self._first = max(0, min(len(self._found.communities) - 1, self._first + by * self._at_once))
            self._show_table()

    def choose_columns(self) -> None:
        """Opens the panel that says which communities of the type get a column."""
        shown = frozenset() if self._found is None else frozenset(self._found.ids)
        popup = ComparisonChoice(self.theme, self.more, communities=self._names, shown=shown, chosen=self._on_columns)
        popup.open_at(self.more)

    def save_csv(self) -> None:
        """Asks for a place and writes the table; figures of fewer than five people are withheld."""
        if self._found is not None:
            self.file.choose("Save the comparison", "Comparison", as_csv(self._found), told=FEW_LEFT_OUT)

    # Showing

    def _build(self) -> None:
        theme = self.theme
        to_communities = partial(self.context.open_page, "communities")
        self.add_way_up("Communities", to_communities)
        self.kinds = Choice(theme, name="Type of community", titles={None: _NO_TYPE})
        self.kinds.setMinimumWidth(theme.px(_KINDS_WIDTH))
        self.kinds.edited.connect(self._on_kind)
        self.buttons.addWidget(self.kinds)
        self._saver = push_button("Save as CSV", theme=theme, icon="download-simple", clicked=self.save_csv)
        self.buttons.addWidget(self._saver)
        self._stats = [StatCard(theme) for _ in range(_FOUR)]
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self.body.addLayout(self._grid)
        self.table = TableView(theme, name="Communities side by side")
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.opened.connect(self._on_opened)
        self.table.clicked.connect(lambda index: self._on_opened(index.row()))
        self._card = Card("Side by side", "in the order of their names")
        self.earlier = icon_button("Communities before", icon="caret-left", theme=theme, clicked=partial(self.turn, -1))
        self.later = icon_button("More communities", icon="caret-right", theme=theme, clicked=partial(self.turn, 1))
        self.place = PlainLabel("", role="small")
        self.more = push_button("", theme=theme, kind="plain", icon="columns", clicked=self.choose_columns)
        self.asker = push_button(
            "Add a benchmark", theme=theme, kind="link", icon="scales", clicked=self._ask_for_benchmark
        )
        self.asker.setToolTip("A published number, typed in beside a measure with its source")
        for widget in (self.earlier, self.place, self.later, self.more, self.asker):
            self._card.tools.addWidget(widget)
        self.table.setMinimumHeight(theme.px(_LEAST_TABLE))
        self._card.body.addWidget(self.table)
        self.body.addWidget(self._card, 1)
        self.setFocusProxy(self.table)

    def _on_view(self, view: ComparisonView) -> None:
        self._found, self._names = view.comparison, view.names
        for control in (self.kinds, self._saver):
            control.setVisible(view.comparison is not None)
        if view.comparison is None:
            self._say_first_use()
            return
        found = view.comparison
        self.kinds.set_titles(
            {group.type: f"{_type_title(group.type)} ({numbers.count(len(group.ids))})" for group in view.groups}
        )
        self.kinds.show_values({found.type})
        self.set_title(self.TITLE, f"{_group_words(found)} · {window_words(found.window)}")
        show_known(self, view.known)
        for card, (title, value, beside, told) in zip(self._stats, summary_words(found), strict=True):
            # Below the number, as it has no room beside "No data" in a narrow window.
            card.show_stat(Stat(title=title, value=value, change_words=beside, change_icon="", explanation=told))
        self._first = min(self._first, len(found.communities) - 1)
        if self._wanted in found.ids:
            self._first = found.ids.index(self._wanted)
        self._wanted = None
        self._show_table()
        if self._chosen:
            self.choose(self._chosen)
        if self._is_benchmark_wanted:
            self._is_benchmark_wanted = False
            self._ask_for_benchmark()

    def _show_table(self) -> None:
        found = self._found
        if found is None:
            return
        self._at_once = self._fitting()
        # Whole pages of what fits; the one that was first stays in sight.
        start = self._first // self._at_once * self._at_once
        shown = range(start, min(start + self._at_once, len(found.communities)))
        titles = [line(found.communities[place].card.name) for place in shown]
        has_benchmarks = bool(found.benchmarks)
        self.asker.setVisible(not has_benchmarks and self.context.workspace.database.writable)
        model = ComparisonTableModel(titles, self, has_benchmarks=has_benchmarks)
        model.set_rows(rows_of(found, shown))
        row, past = self.table.currentIndex().row(), self.table.model()
        self.table.setModel(model)
        if past is not None:
            past.deleteLater()
        last = (_BENCHMARK_WIDTH,) if has_benchmarks else ()
        self.table.set_widths((_TITLE_WIDTH, *(0 for _ in shown), *last))
        self.table.selectRow(max(0, row))
        many = len(found.communities)
        self.place.setText(f"Columns {shown.start + 1} to {shown.stop} of {numbers.count(many)}")
        for widget in (self.earlier, self.place, self.later):
            widget.setVisible(many > self._at_once)
        self.earlier.setEnabled(shown.start > 0)
        self.later.setEnabled(shown.stop < many)
        self.more.setVisible(found.many > many)
        self.more.setEnabled(self.context.workspace.database.writable)
        self.more.setText(f"and {numbers.count(found.many - many)} more: choose which")

    def _fitting(self) -> int:
        """How many communities stand beside each other, so that nothing scrolls sideways."""
        px = self.theme.px
        room = self.width() - px(_TITLE_WIDTH + _BENCHMARK_WIDTH) - px(_AROUND)
        return max(1, min(_MOST_AT_ONCE, room // px(_LEAST_WIDTH)))

    def _say_first_use(self) -> None:
        actions = self.context.actions
        self.set_title(self.TITLE)
        self.set_note("")
        if self.context.scope:
            self.show_first_use(
                "Nothing here to compare",
                "What is chosen at the top has no members and no messages.",
                offers=(Offer("Show all communities", lambda: self.context.set_scope(()), "users-three"),),
            )
            return
        self.show_first_use(
            "See communities of one kind side by side",
            "Once communities are here and have a type, their activity and what it was worth stand beside each other.",
            offers=ways_in(actions),
        )

    def _on_kind(self) -> None:
        self._kind, self._first = self.kinds.value(), 0
        self.refresh()

    def _on_columns(self, chosen: tuple[CommunityId, ...]) -> None:
        if self._found is not None:
            self._first = 0
            job = partial(keep_chosen, self.context.workspace.notes, self._found.type, chosen)
            self.context.jobs.run(self, "columns", job, self._on_kept, self.context.tell_error, lane="plan")

    def _on_kept(self, changes: Changes) -> None:
        self.context.bus.publish(changes)
        self.refresh()

    def _on_opened(self, place: int) -> None:
        model = self.table.model()
        if isinstance(model, ComparisonTableModel):
            self.choose(model.row_at(place).key)

    def _shut(self) -> None:
        self._chosen = ""
        self.inspector_changed.emit()
        self.table.setFocus()

    def _ask_for_benchmark(self) -> None:
        self.choose(self._chosen or MEASURES[0])
        self.side.number.setFocus()

    def _set_benchmark(self, key: str, typed: TypedBenchmark | None) -> None:
        if self._found is not None:
            before = self._found.benchmarks.get(key)
            after = None if typed is None else BenchmarkRow(key, typed.value, typed.source, typed.day)
            self.edits.make(BenchmarkEdit(key, self._found.type, before, after))


def _type_title(kind: CommunityType | None) -> str:
    return _NO_TYPE if kind is None else TYPE_TITLES[kind]


def _group_words(found: Comparison) -> str:
    """What the numbers above the table are about: every community of the type, also those not in sight."""
    many = found.many
    if many == 1:
        return "1 community"
    return f"all {numbers.count(many)} {'without a type' if found.type is None else 'of this type'}"
