"""BoardModel: the cards of one plan as lists in columns and rows; holds back what is far ahead."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from workbench.ids import CardId
from workbench.models.kinds import CardColumn
from workbench.ui import numbers
from workbench.ui.qt_models.board_slots import (
    BEFORE,
    MOST,
    NONE,
    Columns,
    Rows,
    Slot,
    column_of,
    columns_for,
    rows_for,
    week_key,
)
from workbench.ui.qt_models.card_item import CardItem

_Index = QModelIndex | QPersistentModelIndex

ITEM: Final = Qt.ItemDataRole.UserRole
"""The CardItem."""

# Enum look-ups cost more than the rest of `data`; bound once.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole


class ColumnModel(QAbstractListModel):
    """The cards one column shows, top to bottom."""

    def __init__(
        self,
        title: str,
        parent: QObject | None = None,
        *,
        lane: str = "",
        objectives: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(parent)
        self.title, self.lane = title, lane
        self._objectives = objectives
        self._items: list[CardItem] = []

    @property
    def items(self) -> Sequence[CardItem]:
        """What is shown."""
        return self._items

    def show_items(self, items: Sequence[CardItem]) -> None:
        """Shows these cards; only the stretch that differs is told to views, so that scroll and selection stay."""
        old, new = self._items, list(items)
        same = min(len(old), len(new))
        first = next((place for place in range(same) if old[place].id != new[place].id), same)
        tail = 0
        while tail < same - first and old[-1 - tail].id == new[-1 - tail].id:
            tail += 1
        changed = [place for place in range(first) if old[place] != new[place]]
        changed += [len(new) - place for place in range(tail, 0, -1) if old[-place] != new[-place]]
        if first < len(old) - tail:
            self.beginRemoveRows(QModelIndex(), first, len(old) - tail - 1)
            self._items = old[:first] + old[len(old) - tail :]
            self.endRemoveRows()
        if first < len(new) - tail:
            self.beginInsertRows(QModelIndex(), first, len(new) - tail - 1)
            self._items = new
            self.endInsertRows()
        self._items = new
        for start, last in runs(changed):
            self.dataChanged.emit(self.index(start), self.index(last))

    def row_of(self, card_id: CardId) -> int:
        """Where a card is shown; -1 when it is not."""
        return next((row for row, item in enumerate(self._items) if item.id == card_id), -1)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._items)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role == _DISPLAY:
            return item.title
        if role == _SPOKEN:
            return self._spoken(item, index.row())
        return _tip(item, self._objectives.get(item.objective_id, "")) if role == _TIP else None

    def _spoken(self, item: CardItem, row: int) -> str:
        place = f"position {numbers.count(row + 1)} of {numbers.count(len(self._items))}"
        return ", ".join(part for part in (item.title, self.lane, self.title, place, item.spoken) if part)


class Place(NamedTuple):
    """Where a card is shown: the keys of row and column, and how far down."""

    lane: str
    column: str
    row: int


class BoardModel(QObject):
    """A list for every column, or for every row and column. `changed` follows all that alters what is shown or counted.

    `relaid` comes first where there are other columns or rows than before. In To do, cards due later than 30 days from
    now, and coming times of cards that come back, are kept back unless asked for, touched in this session or found by
    typed words: they would bury the ones that matter now.
    """

    changed = Signal()
    relaid = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.by, self.rows_by = Columns.STATUS, Rows.NONE
        self.slots: tuple[Slot, ...] = ()
        self.lanes: tuple[Slot, ...] = ()
        self.cells: dict[tuple[str, str], ColumnModel] = {}
        self._cards: Sequence[CardItem] = ()
        self._passing: Collection[CardId] | None = None
        self._finds_all = False
        self._objectives: dict[str, str] = {}
        self._owners: Sequence[str] = ()
        self._today = date.min
        self._most = MOST
        self._kept: set[CardId] = set()
        self._places: dict[CardId, Place] = {}
        self._back: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()
        self._limits: Mapping[str, int] = {}
        self._shows_later = False
        self._arrange()

    @property
    def columns(self) -> dict[str, ColumnModel]:
        """The lists of the first row, by column; all there are where there is one row."""
        return {slot.key: self.cells[self.lanes[0].key, slot.key] for slot in self.slots}

    @property
    def shows_later(self) -> bool:
        """Whether what is kept back is shown."""
        return self._shows_later

    @property
    def is_filtered(self) -> bool:
        """Whether a filter keeps cards out."""
        return self._passing is not None

    @property
    def finds_all(self) -> bool:
        """Whether words were typed, so that nothing they find is kept back."""
        return self._finds_all

    def lay_out(self, *, by: Columns, rows: Rows) -> None:
        """Says what columns and rows stand for."""
        if (by, rows) != (self.by, self.rows_by):
            self.by, self.rows_by = by, rows
            self._arrange()

    def set_most(self, most: int) -> None:
        """Says how many weeks there is room for."""
        if most != self._most:
            self._most = most
            if self.by is Columns.WEEK:
                self._arrange()

    def offer(self, *, objectives: Mapping[str, str], owners: Sequence[str]) -> bool:
        """Says which objectives {id: title} and owners a plan has, for the next cards; True where these are others."""
        if (objectives, owners) == (self._objectives, self._owners):
            return False
        self._owners = owners
        # The lists have it in hand for their tips.
        self._objectives.clear()
        self._objectives.update(objectives)
        return True

    def set_cards(
        self,
        cards: Sequence[CardItem],
        *,
        today: date,
        passing: Collection[CardId] | None = None,
        finds_all: bool = False,
    ) -> None:
        """Shows the cards of a plan, given in board order; of them those `passing` a filter, None for all.

        With `finds_all`, as for typed words, nothing that passes is kept back.
        """
        self._cards, self._today = cards, today
        self._passing, self._finds_all = passing, finds_all
        self._arrange()

    def set_shows_later(self, *, shows: bool) -> None:
        """Shows what is kept back, or keeps it back again."""
        if shows is not self._shows_later:
            self._shows_later = shows
            self._kept.clear()
            self._arrange()

    def keep(self, cards: Iterable[CardId]) -> None:
        """Shows these cards though they may wait, from the next arranging on; for cards somebody is working with."""
        self._kept.update(cards)

    def forget_kept(self) -> None:
        """Treats every card alike again; for another plan."""
        self._kept.clear()
        self._shows_later = False

    def place_of(self, card_id: CardId) -> Place | None:
        """Where a card is shown; None when it is not."""
        return self._places.get(card_id)

    def reading_order(self) -> list[CardId]:
        """The cards shown, row by row and in it column by column."""
        return [item.id for model in self.cells.values() for item in model.items]

    def total(self, column: str) -> int:
        """The cards of a column, shown or not."""
        return self._totals[column]

    def count(self, column: str) -> int:
        """The cards of a column that are shown."""
        return sum(len(model.items) for (_, key), model in self.cells.items() if key == column)

    def later(self, column: str) -> int:
        """How many cards of a column are, or would be, kept back."""
        return self._back[column]

    def index_for(self, cards: Collection[CardId], *, lane: str, to: str, row: int) -> int:
        """The place in the whole of a status that a drop at `row` of the shown cards means, all without the cards."""
        taken = set(cards)
        whole = [card.id for card in self._cards if card.column == to and card.id not in taken]
        shown = [card.id for card in self.cells[lane, to].items if card.id not in taken]
        if row < len(shown):
            return whole.index(shown[max(0, row)])
        return whole.index(shown[-1]) + 1 if shown else 0

    def limit(self, column: str) -> int | None:
        """How many cards somebody wants in a column at most; None for no limit."""
        return self._limits.get(column)

    def set_limits(self, limits: Mapping[str, int]) -> None:
        """Sets how many cards there should be at most, by column; more are never refused."""
        self._limits = limits
        self.changed.emit()

    def _arrange(self) -> None:
        slots = columns_for(self.by, self._cards, owners=self._owners, today=self._today, most=self._most)
        lanes = rows_for(self.rows_by, self._objectives)
        if (slots, lanes) != (self.slots, self.lanes):
            self._lay(slots, lanes)
        found: dict[tuple[str, str], list[CardItem]] = {key: [] for key in self.cells}
        self._back.clear()
        self._totals.clear()
        columns, rows = {slot.key for slot in slots}, {lane.key for lane in lanes}
        passing = None if self._passing is None else set(self._passing)
        for card in self._cards:
            column = column_of(self.by, card, columns, today=self._today)
            self._totals[column] += 1
            if passing is not None and card.id not in passing:
                continue
            if self._may_wait(card):
                self._back[column] += 1
                if not self._shows_later and not self._finds_all:
                    continue
            found[card.objective_id if card.objective_id in rows else NONE, column].append(card)
        # All chosen cards are looked up after every change, and all of them can be chosen.
        self._places = {card.id: Place(*key, row) for key in found for row, card in enumerate(found[key])}
        for key, model in self.cells.items():
            model.show_items(found[key])
        self.changed.emit()

    def _lay(self, slots: tuple[Slot, ...], lanes: tuple[Slot, ...]) -> None:
        self.slots, self.lanes = slots, lanes
        for model in self.cells.values():
            model.deleteLater()
        self.cells = {
            (lane.key, slot.key): ColumnModel(slot.title, self, lane=lane.title, objectives=self._objectives)
            for lane in lanes
            for slot in slots
        }
        self.relaid.emit()

    def _may_wait(self, card: CardItem) -> bool:
        if card.id in self._kept:
            return False
        if card.column is CardColumn.TODO:
            return card.is_later
        is_over = self.by is Columns.WEEK and week_key(card.due_on, today=self._today) == BEFORE
        return is_over and card.column is CardColumn.DONE


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows in rising order as stretches without a gap: first and last of each."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _tip(item: CardItem, objective: str) -> str:
    """What may be cut short on the card, and the objective it serves."""
    lines = (item.title, item.owner and f"Owner: {item.owner}", objective and f"Objective: {objective}")
    return "\n".join((*(line for line in lines if line), *(fact.words for fact in item.facts)))
