"""CardTable: the cards of a plan as lines of a table, in groups with heads and sums, and a line for a new card."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from workbench.ids import CardId, ObjectiveId
from workbench.models.kinds import CardColumn, CardKind, Pillar
from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.qt_models.card_item import COLUMN_TITLES, PILLAR_ICONS, PILLAR_TITLES, due_words
from workbench.ui.qt_models.rows_model import MARK, ROW

_Index = QModelIndex | QPersistentModelIndex
HEAD: Final = Qt.ItemDataRole.UserRole + 3
"""(title, what stands at the end) of a group's head; None for other lines."""
NEW: Final = "new"
KIND_TITLES: Final = {CardKind.ACTIVITY: "Activity", CardKind.COMMITMENT: "Commitment"}
STATUS_ICONS: Final = {
    CardColumn.TODO: ("circle", "third"), CardColumn.DOING: ("circle-half", "accent"),
    CardColumn.DONE: ("check-circle", "good"),
}  # fmt: skip

# Enum look-ups cost more than the rest of `data`; bound once.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_NEW_LINE: Final[Mapping[int, Any]] = {_DISPLAY: "New card", MARK: ("plus", "third")}


class Cell(StrEnum):
    """The columns there are; the values are the fields of a card they write."""

    TITLE = "title"
    STATUS = "column"
    PILLAR = "pillar"
    OWNER = "owner"
    DAY = "due_on"
    HOURS = "hours"
    OBJECTIVE = "objective_id"
    KIND = "kind"


class GroupBy(StrEnum):
    """What lines are put together by."""

    NONE = "none"
    STATUS = "status"
    PILLAR = "pillar"
    OWNER = "owner"
    OBJECTIVE = "objective"
    WEEK = "week"


CELL_TITLES: Final = {
    Cell.TITLE: "Title", Cell.STATUS: "Status", Cell.PILLAR: "Pillar", Cell.OWNER: "Owner", Cell.DAY: "Day",
    Cell.HOURS: "Hours", Cell.OBJECTIVE: "Objective", Cell.KIND: "Kind",
}  # fmt: skip
WIDTHS: Final = {
    Cell.TITLE: 0, Cell.STATUS: 104, Cell.PILLAR: 116, Cell.OWNER: 148, Cell.DAY: 144, Cell.HOURS: 72,
    Cell.OBJECTIVE: 168, Cell.KIND: 124,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The line above a group: its title, how many cards and how many hours it holds."""

    title: str
    count: int
    hours: float

    @property
    def sums(self) -> str:
        """What stands at its end."""
        words = numbers.plural(self.count, "card", "cards")
        return f"{words} · {numbers.decimal(self.hours)}\N{NO-BREAK SPACE}h" if self.hours else words


Line = CardRow | Head | str
"""A card, the head of a group, or `NEW`."""
_Key = tuple[tuple[Any, ...], str]


class CardTable(QAbstractTableModel):
    """`edited(id, cell, value)` when a cell was changed, `added(title)` when the last line was filled in.

    The model writes nothing by itself: what is written comes back with the next `show`.
    """

    edited = Signal(str, str, object)
    added = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[CardRow] = ()
        self._lines: list[Line] = [NEW]
        self._places: dict[CardId, int] = {}
        self._objectives: Mapping[ObjectiveId, str] = {}
        self._order: Mapping[ObjectiveId, int] = {}
        self._today = date.min
        self.cells: tuple[Cell, ...] = tuple(Cell)
        self.group = GroupBy.NONE
        self._sorted_by: tuple[Cell, bool] | None = None

    @property
    def objectives(self) -> Mapping[ObjectiveId, str]:
        """The objectives a card can be given to."""
        return self._objectives

    @property
    def today(self) -> date:
        """The day the words are chosen for."""
        return self._today

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown, top to bottom."""
        return self._lines

    @property
    def sums(self) -> Head:
        """All cards together."""
        return _head("", self._rows)

    def offer(self, objectives: Mapping[ObjectiveId, str]) -> None:
        """Says which objectives there are."""
        self._objectives = objectives
        self._order = {each: place for place, each in enumerate(objectives)}

    def show(self, rows: Sequence[CardRow], *, today: date, keeps_order: bool = False) -> None:
        """Shows these cards; with `keeps_order` only their values change, while somebody types in one of them."""
        self._rows, self._today = rows, today
        if keeps_order:
            values = {row.id: row for row in rows}
            lines = [values.get(line.id, line) if isinstance(line, CardRow) else line for line in self._lines]
        else:
            lines = self._arranged()
        if _frame(lines) == _frame(self._lines):
            self._lines = lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self.cells) - 1))
        else:
            self._reset(lines)

    def set_group(self, group: GroupBy) -> None:
        """Puts lines together by something else."""
        self.group = group
        self._reset(self._arranged())

    def set_cells(self, cells: Sequence[Cell]) -> None:
        """Shows other columns; the title is always the first."""
        self.cells = (Cell.TITLE, *(cell for cell in Cell if cell in cells and cell is not Cell.TITLE))
        self._reset(self._arranged())

    def line_of(self, card: CardId) -> int:
        """Where a card is shown; -1 when it is not."""
        return self._places.get(card, -1)

    def card_at(self, line: int) -> CardRow | None:
        """The card of a line; None for a head, for the new line and beyond the end."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return found if isinstance(found, CardRow) else None

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.cells)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        line = self._lines[index.row()] if index.isValid() else None
        if isinstance(line, CardRow) or line == NEW:
            is_typed = isinstance(line, CardRow) or index.column() == 0
            base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            return base | Qt.ItemFlag.ItemIsEditable if is_typed else base
        return Qt.ItemFlag.ItemIsEnabled

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, cell = self._lines[index.row()], self.cells[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if cell is Cell.HOURS else _LEFT
        if isinstance(line, CardRow):
            return self._card_data(line, cell, role)
        if isinstance(line, Head):
            if role == HEAD:
                return line.title, line.sums
            return f"{line.title}, {line.sums}" if role in {_DISPLAY, _SPOKEN} and index.column() == 0 else None
        return _NEW_LINE.get(role) if index.column() == 0 else None

    def value_at(self, index: _Index) -> Any:
        """What a cell holds: a day, a pillar, a number; Qt's own roles would turn it into something of Qt's."""
        line, cell = self._lines[index.row()], self.cells[index.column()]
        return getattr(line, cell.value) if isinstance(line, CardRow) else ""

    def write(self, index: _Index, value: Any) -> None:
        """Tells what was typed into a cell; an empty new line is nothing."""
        line, cell = self._lines[index.row()], self.cells[index.column()]
        if isinstance(line, CardRow):
            if value != self.value_at(index):
                self.edited.emit(line.id, cell.value, value)
        elif line == NEW and value:
            self.added.emit(value)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.cells):
            return None
        if role == _DISPLAY:
            return CELL_TITLES[self.cells[section]]
        return (_RIGHT if self.cells[section] is Cell.HOURS else _LEFT) if role == _ALIGNMENT else None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the values of a column; -1 is the order of the board."""
        is_down = order is Qt.SortOrder.DescendingOrder
        self._sorted_by = (self.cells[column], is_down) if 0 <= column < len(self.cells) else None
        self._reset(self._arranged())

    def words_of(self, row: CardRow, cell: Cell) -> str:
        """A cell in words; empty where there is nothing."""
        if cell is Cell.DAY:
            return due_words(row, today=self._today)[0] if row.due_on or row.column is CardColumn.DONE else ""
        found = {
            Cell.TITLE: row.title,
            Cell.STATUS: COLUMN_TITLES[row.column],
            Cell.PILLAR: "" if row.pillar is None else PILLAR_TITLES[row.pillar],
            Cell.OWNER: row.owner,
            Cell.HOURS: "" if row.hours is None else numbers.decimal(row.hours),
            Cell.KIND: KIND_TITLES[row.kind],
        }  # fmt: skip
        return found[cell] if cell in found else self._objective(row)

    def _card_data(self, row: CardRow, cell: Cell, role: int) -> Any:
        if role == _DISPLAY:
            return self.words_of(row, cell)
        if role == ROW:
            return row
        if role == MARK:
            return self._mark(row, cell)
        if role == _SPOKEN:
            return f"{CELL_TITLES[cell]}: {self.words_of(row, cell) or 'none'}"
        if role == _TIP:
            return self._tip(row, cell)
        return None

    def _tip(self, row: CardRow, cell: Cell) -> str | None:
        if cell is Cell.DAY:
            return numbers.day(row.due_on) if row.due_on is not None else None
        return self.words_of(row, cell) if cell in {Cell.TITLE, Cell.OWNER, Cell.OBJECTIVE} else None

    def _mark(self, row: CardRow, cell: Cell) -> tuple[str, str] | None:
        if cell is Cell.TITLE:
            if row.has_conflict:
                return "git-merge", "watch"
            return ("repeat", "third") if row.series_id is not None or row.recurrence is not None else None
        if cell is Cell.STATUS:
            return STATUS_ICONS[row.column]
        if cell is Cell.PILLAR and row.pillar is not None:
            return PILLAR_ICONS[row.pillar], "second"
        if cell is Cell.DAY and row.due_on is not None:
            _words, icon, token = due_words(row, today=self._today)
            return icon, token
        return ("handshake", "second") if cell is Cell.KIND and row.kind is CardKind.COMMITMENT else None

    def _objective(self, row: CardRow) -> str:
        return "" if row.objective_id is None else self._objectives.get(row.objective_id, "")

    def _reset(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self._lines = lines
        self._places = {line.id: place for place, line in enumerate(lines) if isinstance(line, CardRow)}
        self.endResetModel()

    # Order

    def _arranged(self) -> list[Line]:
        rows = self._sorted()
        if self.group is GroupBy.NONE:
            return [*rows, NEW]
        groups: dict[_Key, list[CardRow]] = {}
        key = self._group_key()
        for row in rows:
            groups.setdefault(key(row), []).append(row)
        lines: list[Line] = []
        for found in sorted(groups):
            lines += [_head(found[1], groups[found]), *groups[found]]
        return [*lines, NEW]

    def _sorted(self) -> list[CardRow]:
        if self._sorted_by is None:
            return list(self._rows)
        cell, is_down = self._sorted_by
        key = self._sort_key(cell)
        known = sorted((row for row in self._rows if key(row) is not None), key=key, reverse=is_down)
        return known + [row for row in self._rows if key(row) is None]

    def _sort_key(self, cell: Cell) -> Callable[[CardRow], Any]:
        columns, pillars = list(CardColumn), list(Pillar)
        keys: dict[Cell, Callable[[CardRow], Any]] = {
            Cell.TITLE: lambda row: row.title.casefold(),
            Cell.STATUS: lambda row: columns.index(row.column),
            Cell.PILLAR: lambda row: None if row.pillar is None else pillars.index(row.pillar),
            Cell.OWNER: lambda row: row.owner.casefold() or None,
            Cell.DAY: lambda row: row.due_on,
            Cell.HOURS: lambda row: row.hours,
            Cell.OBJECTIVE: lambda row: self._objective(row).casefold() or None,
            Cell.KIND: lambda row: KIND_TITLES[row.kind],
        }
        return keys[cell]

    def _group_key(self) -> Callable[[CardRow], _Key]:
        columns, pillars, last = list(CardColumn), list(Pillar), 1 << 30

        def week(row: CardRow) -> _Key:
            if row.due_on is None:
                return (last,), "No date"
            monday = row.due_on - timedelta(days=row.due_on.weekday())
            return (monday.toordinal(),), f"Week of {numbers.weekday(monday)}"

        def objective(row: CardRow) -> _Key:
            words = self._objective(row)
            if row.objective_id is None or not words:
                return (last,), "No objective"
            return (self._order[row.objective_id],), words

        keys: dict[GroupBy, Callable[[CardRow], _Key]] = {
            GroupBy.STATUS: lambda row: ((columns.index(row.column),), COLUMN_TITLES[row.column]),
            GroupBy.PILLAR: lambda row: (
                ((last,), "No pillar") if row.pillar is None
                else ((pillars.index(row.pillar),), PILLAR_TITLES[row.pillar])
            ),
            GroupBy.OWNER: lambda row: ((not row.owner, row.owner.casefold()), row.owner or "Nobody yet"),
            GroupBy.OBJECTIVE: objective,
            GroupBy.WEEK: week,
        }  # fmt: skip
        return keys[self.group]


def _head(title: str, rows: Sequence[CardRow]) -> Head:
    return Head(title, len(rows), sum(row.hours or 0 for row in rows))


def _frame(lines: Sequence[Line]) -> list[str]:
    """Which line is which, without what stands in them."""
    return [
        line.id if isinstance(line, CardRow) else f"={line.title}" if isinstance(line, Head) else line for line in lines
    ]
