"""RowsModel: frozen rows and columns as data, for tables that fit in memory; sorts by value and filters by words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

Row = TypeVar("Row")
_Index = QModelIndex | QPersistentModelIndex

ROW: Final = Qt.ItemDataRole.UserRole
"""The whole row."""
SPARK: Final = Qt.ItemDataRole.UserRole + 1
"""Numbers to be drawn as a sparkline, None among them where nothing is known; or None."""
MARK: Final = Qt.ItemDataRole.UserRole + 2
"""(icon, token) to be drawn before the words, or None."""

# Enum look-ups cost more than the rest of `data`; bound once.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOL_TIP = Qt.ItemDataRole.ToolTipRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: `text` is what is shown, `key` what is sorted by (None sorts last), `width` in designed pixels."""

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any]
    width: int = 0
    is_number: bool = False
    tip: Callable[[Row], str] | None = None
    spark: Callable[[Row], Sequence[int | None]] | None = None
    mark: Callable[[Row], tuple[str, str] | None] | None = None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows in, roles out. `words` gives the text a filter looks in."""

    def __init__(
        self, columns: Sequence[Column[Row]], *, words: Callable[[Row], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._words = words
        self._all: Sequence[Row] = ()
        self._rows: list[Row] = []
        self._wanted: list[str] = []
        self._sorted_by = (0, Qt.SortOrder.AscendingOrder)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows other rows; sort and filter stay."""
        self._all = rows
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Shows rows that hold every typed word."""
        wanted = text.casefold().split()
        if wanted != self._wanted:
            self._wanted = wanted
            self._arrange()

    def row_at(self, row: int) -> Row:
        """The row shown at this place."""
        return self._rows[row]

    def place_of(self, is_wanted: Callable[[Row], bool]) -> int:
        """Where the first fitting row is shown; -1 when it is not."""
        return next((place for place, row in enumerate(self._rows) if is_wanted(row)), -1)

    @property
    def total(self) -> int:
        """Rows without the filter."""
        return len(self._all)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == _DISPLAY:
            return column.text(row)
        if role == _ALIGNMENT:
            return _RIGHT if column.is_number else _LEFT
        if role == ROW:
            return row
        asked = {_TOOL_TIP: column.tip, SPARK: column.spark, MARK: column.mark}.get(role)
        return asked(row) if asked is not None else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == _DISPLAY:
            return self._columns[section].title
        if role == _ALIGNMENT:
            return _RIGHT if self._columns[section].is_number else _LEFT
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = (column, order)
        self._arrange()

    def _arrange(self) -> None:
        column, order = self._sorted_by
        key = self._columns[column].key
        rows = [row for row in self._all if self._fits(row)]
        known = [row for row in rows if key(row) is not None]
        known.sort(key=key, reverse=order is Qt.SortOrder.DescendingOrder)
        self.beginResetModel()
        self._rows = known + [row for row in rows if key(row) is None]
        self.endResetModel()

    def _fits(self, row: Row) -> bool:
        if not self._wanted:
            return True
        text = self._words(row).casefold()
        return all(word in text for word in self._wanted)
