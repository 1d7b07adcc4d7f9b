"""BoardModel: the cards of one plan as three lists; filters, holds back what is far ahead, moves at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from workbench.ids import CardId
from workbench.models.kinds import CardColumn
from workbench.ui import numbers
from workbench.ui.qt_models.card_item import COLUMN_TITLES, CardItem

_Index = QModelIndex | QPersistentModelIndex

ITEM: Final = Qt.ItemDataRole.UserRole
"""The CardItem."""

# Enum look-ups cost more than the rest of `data`; bound once.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole


class ColumnModel(QAbstractListModel):
    """The cards one column shows, top to bottom."""

    def __init__(self, column: CardColumn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.column = column
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
        for place in changed:
            self.dataChanged.emit(self.index(place), self.index(place))

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
        return _tip(item) if role == _TIP else None

    def _spoken(self, item: CardItem, row: int) -> str:
        place = f"position {numbers.count(row + 1)} of {numbers.count(len(self._items))}"
        return ", ".join(part for part in (item.title, COLUMN_TITLES[self.column], place, item.spoken) if part)


class BoardModel(QObject):
    """Three columns over one list of cards. `changed` follows everything that alters what is shown or counted.

    In To do, cards due later than 30 days from now are kept back unless asked for, touched in this session or found by
    the filter: the weekly cards of a template would bury the ones that matter now. Moves show at once; the next
    reading of the plan confirms them or puts them back.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = {column: ColumnModel(column, self) for column in CardColumn}
        self._cards: dict[CardColumn, list[CardItem]] = {column: [] for column in CardColumn}
        self._wanted: list[str] = []
        self._kept: set[CardId] = set()
        self._shows_later = False
        self._is_arranging = False

    @property
    def is_arranging(self) -> bool:
        """Whether cards are being put in place right now, so that what views report is not a person's choice."""
        return self._is_arranging

    @property
    def shows_later(self) -> bool:
        """Whether To do shows cards due later than 30 days from now."""
        return self._shows_later

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is in force."""
        return bool(self._wanted)

    def set_cards(self, cards: Sequence[CardItem]) -> None:
        """Shows the cards of a plan, given in board order."""
        for column in CardColumn:
            self._cards[column] = [card for card in cards if card.column is column]
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Shows cards that hold every typed word, wherever they are."""
        wanted = text.casefold().split()
        if wanted != self._wanted:
            self._wanted = wanted
            self._arrange()

    def set_shows_later(self, *, shows: bool) -> None:
        """Shows cards due later than 30 days from now, or keeps them back again."""
        if shows is not self._shows_later:
            self._shows_later = shows
            self._kept.clear()
            self._arrange()

    def keep(self, card_id: CardId) -> None:
        """Shows this card though it is due later; for cards somebody is working with."""
        self._kept.add(card_id)
        self._arrange()

    def forget_kept(self) -> None:
        """Treats every card alike again; for another plan."""
        self._kept.clear()
        self._shows_later = False

    def place_of(self, card_id: CardId) -> tuple[CardColumn, int] | None:
        """Column and row where a card is shown; None when it is not."""
        for column, model in self.columns.items():
            row = model.row_of(card_id)
            if row >= 0:
                return column, row
        return None

    def total(self, column: CardColumn) -> int:
        """The cards of a column, shown or not."""
        return len(self._cards[column])

    def later(self) -> int:
        """How many cards of To do are, or would be, kept back."""
        return sum(1 for card in self._cards[CardColumn.TODO] if card.is_later and card.id not in self._kept)

    def index_for(self, card_id: CardId, *, to: CardColumn, row: int) -> int:
        """The place among all cards of `to` that a drop at `row` of the shown ones means, both without the card."""
        whole = [card.id for card in self._cards[to] if card.id != card_id]
        shown = [card.id for card in self.columns[to].items if card.id != card_id]
        if row < len(shown):
            return whole.index(shown[max(0, row)])
        return whole.index(shown[-1]) + 1 if shown else 0

    def move(self, card_id: CardId, *, to: CardColumn, index: int) -> None:
        """Shows a card at `index` of all cards of `to`; an unknown card changes nothing."""
        card = self._taken(card_id)
        if card is None:
            return
        self._cards[to].insert(max(0, index), replace(card, column=to))
        self._kept.add(card_id)
        self._arrange()

    def remove(self, card_id: CardId) -> None:
        """Shows a card no more."""
        if self._taken(card_id) is not None:
            self._arrange()

    def _taken(self, card_id: CardId) -> CardItem | None:
        for cards in self._cards.values():
            for card in cards:
                if card.id == card_id:
                    cards.remove(card)
                    return card
        return None

    def _arrange(self) -> None:
        self._is_arranging = True
        for column, model in self.columns.items():
            model.show_items([card for card in self._cards[column] if self._is_shown(card)])
        self._is_arranging = False
        self.changed.emit()

    def _is_shown(self, card: CardItem) -> bool:
        if self._wanted:
            return all(word in card.words for word in self._wanted)
        is_kept_back = card.column is CardColumn.TODO and card.is_later and card.id not in self._kept
        return self._shows_later or not is_kept_back


def _tip(item: CardItem) -> str:
    """What may be cut short on the card."""
    return "\n".join(part for part in (item.title, item.owner and f"Owner: {item.owner}") if part)
