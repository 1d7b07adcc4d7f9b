"""PlanCardsList: the cards of a plan as a table: grouped, sorted, edited in place, one or many at once."""

from collections.abc import Container, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout
from typing_extensions import override

from workbench.ids import CardId
from workbench.models.kinds import CardColumn
from workbench.plans.closed_days import NONE
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import BoardData
from workbench.ui.pages.plan_load import overload
from workbench.ui.pages.plan_shown import ShownNote
from workbench.ui.pages.plan_waiting import WaitingView
from workbench.ui.pages.plan_writes import CardWrites
from workbench.ui.qt_models.card_table import CELL_TITLES, CardTable, Cell, GroupBy
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import carded
from workbench.ui.widgets.card_table_view import CardTableView
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.plain_label import PlainLabel

_GROUP_KEY: Final = "plans/list_group"
_CELLS_KEY: Final = "plans/list_columns"
_GROUPS: Final = {
    GroupBy.NONE: "Not grouped", GroupBy.STATUS: "By status", GroupBy.PILLAR: "By pillar", GroupBy.OWNER: "By owner",
    GroupBy.OBJECTIVE: "By objective", GroupBy.WEEK: "By week",
}  # fmt: skip
_SHOWN_FIRST: Final = (Cell.TITLE, Cell.STATUS, Cell.PILLAR, Cell.OWNER, Cell.DAY, Cell.HOURS)


class PlanCardsList(WaitingView):
    """An edit with several lines chosen writes all of them, in one step of undo. `opened(id)` asks for the details."""

    opened = Signal(str)

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs) -> None:
        super().__init__(cards)
        self._context, self._acts = context, acts
        self._writes = CardWrites(cards, acts)
        self._wanted: CardId | None = None
        self._weekly_hours = 0.0
        self._closed: Container[date] = NONE
        self._is_late = False
        self.model = CardTable(self)
        self.view = CardTableView(context.theme, self.model)
        self.group = ChoiceBox(context.theme, name="Group the cards")
        for group, words in _GROUPS.items():
            self.group.addItem(words, group.value)
        self.columns = self._columns_button()
        self.sums = PlainLabel("", role="caption")
        self._build()
        self._recall()
        self.group.currentIndexChanged.connect(self._on_group)
        cards.chosen_changed.connect(self._mark)
        acts.made.connect(self._on_made)
        self.model.edited.connect(self._on_edited)
        self.model.added.connect(self._on_added)
        self.model.modelReset.connect(self._mark)
        self.view.marked.connect(self._on_marked)
        self.view.card_opened.connect(self.opened)
        self.view.moved.connect(self._on_moved)
        self.view.menu_wanted.connect(lambda at: acts.show_menu(self, at))
        self.view.rested.connect(self._on_rested, Qt.ConnectionType.QueuedConnection)
        self.view.cells.refused.connect(context.tell)
        self.setFocusProxy(self.view)

    def show_plan(self, data: BoardData, *, today: date) -> None:
        """Shows what was read of a plan; the mark stays on its card."""
        del today  # the cards know it
        self.model.offer({each.id: each.title for each in data.objectives})
        self.view.cells.owners = data.owners
        self._weekly_hours, self._closed = data.plan.weekly_hours, data.closed
        self.take_in()

    def take_focus(self) -> None:
        """Puts the keyboard on the chosen card, or on the first one."""
        self.view.take_focus()

    def start_card(self) -> None:
        """Opens the line for a new card."""
        self.view.start_card()

    def finish_line(self) -> None:
        """Takes what is typed in a cell or in the line for a new card."""
        self.view.finish_line()

    def set_cells(self, cells: Sequence[Cell]) -> None:
        """Shows other columns, and keeps the choice."""
        self.model.set_cells(cells)
        QSettings().setValue(_CELLS_KEY, ",".join(self.model.cells))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.group)
        head.addWidget(self.columns)
        head.addStretch(1)
        head.addWidget(ShownNote(self._context.theme, self._cards))
        head.addWidget(self.sums)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(carded(self.view), 1)

    def _columns_button(self) -> QPushButton:
        button = push_button("Columns", theme=self._context.theme, icon="columns")
        menu = QMenu(button)
        menu.aboutToShow.connect(partial(self._fill_columns, menu))
        button.setMenu(menu)
        return button

    def _fill_columns(self, menu: QMenu) -> None:
        menu.clear()
        for cell, words in CELL_TITLES.items():
            act = menu.addAction(words)
            act.setCheckable(True)
            act.setChecked(cell in self.model.cells)
            act.setEnabled(cell is not Cell.TITLE)
            act.toggled.connect(partial(self._on_column, cell))

    def _on_column(self, cell: Cell, is_on: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        cells = set(self.model.cells)
        self.set_cells([*cells, cell] if is_on else [each for each in cells if each is not cell])

    def _recall(self) -> None:
        group = str(QSettings().value(_GROUP_KEY, GroupBy.NONE.value))
        if group in set(GroupBy):
            self.group.setCurrentIndex(self.group.findData(group))
            self.model.set_group(GroupBy(group))
        kept = str(QSettings().value(_CELLS_KEY, ",".join(_SHOWN_FIRST))).split(",")
        self.model.set_cells([cell for cell in Cell if cell in kept])

    def _on_group(self) -> None:
        group = GroupBy(self.group.currentData())
        self.model.set_group(group)
        QSettings().setValue(_GROUP_KEY, group.value)

    # What is read

    @override
    def show_cards(self) -> None:
        rows = [self._cards.rows[card] for card in self._cards.shown]
        self._is_late = self.view.is_editing
        self.model.show(rows, today=self._cards.today, keeps_order=self._is_late)
        self.sums.setText(self.model.sums.sums)
        if self._is_late:
            return
        if self._wanted is not None and self.model.line_of(self._wanted) >= 0:
            card, self._wanted = self._wanted, None
            self._cards.choose([card])
        self._mark()

    def _on_rested(self) -> None:
        """Puts lines into their order once nobody types any more."""
        if self._is_late and not self.view.is_editing:
            self.take_in()

    def _mark(self) -> None:
        if not self.view.is_editing:
            self.view.mark(self._cards.chosen, current=self._cards.current)

    # What people do

    def _on_marked(self, cards: Sequence[CardId], current: str) -> None:
        self._cards.choose(cards, current=CardId(current) if current else None)

    def _on_edited(self, card_id: str, cell: str, value: Any) -> None:
        card = CardId(card_id)
        chosen = self._cards.chosen if card in self._cards.chosen else (card,)
        changed = self._writes.set_all(chosen, **{cell: value})
        words = f"{numbers.count(changed)} cards changed." if changed > 1 else ""
        load = self._overload(chosen, value) if changed and cell == Cell.HOURS else ""
        if words or load:
            self._context.tell(" ".join(filter(None, (words, load))), action="edit.undo")

    def _overload(self, chosen: Sequence[CardId], hours: float | None) -> str:
        rows = self._cards.rows
        cards = [rows[card] for card in chosen if card in rows]
        return overload(rows.values(), cards, hours, limit=self._weekly_hours, closed=self._closed)

    def _on_added(self, title: str) -> None:
        from workbench.plans.drafts import CardDraft  # noqa: PLC0415 - loads with the first edit

        self._acts.add(CardDraft(title), on_top=False)

    def _on_made(self, cards: Sequence[CardId]) -> None:
        self._wanted = cards[-1] if self.isVisible() else None

    def _on_moved(self, step: int) -> None:
        """The next or previous column of the board for every chosen card."""
        columns = list(CardColumn)
        current = self._cards.current
        if current is None:
            return
        place = columns.index(self._cards.rows[current].column) + step
        if 0 <= place < len(columns):
            self._acts.set_fields(column=columns[place])
