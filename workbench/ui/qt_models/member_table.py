"""MemberTableModel: people a page at a time, with the columns one can choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from typing_extensions import override

from workbench.ids import PersonId
from workbench.queries.members import MemberRow, MemberSort
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.person_clock import clock_words
from workbench.ui.qt_models.row_pages import RowPages
from workbench.ui.qt_models.rows_model import ROW
from workbench.ui.sanitiser import line

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole
_TOOL_TIP: Final = Qt.ItemDataRole.ToolTipRole
_ALIGNMENT: Final = Qt.ItemDataRole.TextAlignmentRole
_FAR: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_NEAR: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class MemberColumn:
    """One column; `sort` is None where sorting would say nothing. `keeps` says how late it gives way for room."""

    key: str
    title: str
    text: Callable[[MemberRow, datetime | None], str]
    width: int
    keeps: int
    sort: MemberSort | None = None
    is_number: bool = False
    tip: Callable[[MemberRow], str] | None = None


def _age(moment: datetime | None, now: datetime | None) -> str:
    return isolated(numbers.ago(moment, now=now)) if moment is not None and now is not None else numbers.MISSING


def _day(moment: datetime | None) -> str:
    return isolated(numbers.day_of(moment)) if moment is not None else numbers.MISSING


def _topics(row: MemberRow) -> str:
    return " ".join(isolated(line(f"#{topic}")) for topic in row.topics)


COLUMNS: Final[tuple[MemberColumn, ...]] = (
    MemberColumn("name", "Name", lambda row, _: line(row.name), 0, 9, MemberSort.NAME, tip=lambda row: line(row.name)),
    MemberColumn("office", "Office", lambda row, _: line(row.office or numbers.MISSING), 168, 4, MemberSort.OFFICE),
    MemberColumn("communities", "Communities", lambda row, _: numbers.count(row.communities), 112, 3, is_number=True),
    MemberColumn("messages", "Messages", lambda row, _: numbers.count(row.messages), 104, 6, is_number=True),
    MemberColumn(
        "first", "First message", lambda row, _: _day(row.first_at), 128, 1,
        MemberSort.FIRST, tip=lambda row: numbers.moment(row.first_at),
    ),
    MemberColumn(
        "last", "Last message", lambda row, now: _age(row.last_at, now), 128, 7, MemberSort.LAST,
        tip=lambda row: numbers.moment(row.last_at),
    ),
    MemberColumn(
        "tags", "Tags", lambda row, _: line(", ".join(row.tags)), 152, 5, tip=lambda row: line(", ".join(row.tags))
    ),
    MemberColumn("region", "Region", lambda row, _: line(row.region or numbers.MISSING), 128, 2),
    MemberColumn(
        "organisation", "Organisation", lambda row, _: line(row.organisation or numbers.MISSING), 168, 4,
        MemberSort.ORGANISATION, tip=lambda row: line(row.organisation or ""),
    ),
    MemberColumn(
        "role", "Role", lambda row, _: line(row.role or numbers.MISSING), 128, 3, tip=lambda row: line(row.role or "")
    ),
    MemberColumn("topics", "Topics", lambda row, _: _topics(row), 168, 5, tip=_topics),
    MemberColumn("languages", "Languages", lambda row, _: line(row.languages or numbers.MISSING), 128, 3),
    MemberColumn("clock", "Time there", lambda row, now: clock_words(now, row.time_zone) or numbers.MISSING, 96, 2),
)  # fmt: skip
CHOSEN_AT_FIRST: Final = ("name", "office", "communities", "messages", "last", "tags")
NAME_ROOM: Final = 184


def fitting(chosen: Sequence[str], room: int, px: Callable[[float], int], *, asked: str = "") -> frozenset[str]:
    """The chosen columns that find room; those that matter least give way first, the name never, `asked` last."""
    told = (one for one in COLUMNS if one.key in chosen or one.key == "name")
    kept = sorted(told, key=lambda one: (one.key != "name", one.key != asked, -one.keeps))
    fit: set[str] = set()
    left = room - px(NAME_ROOM)
    for column in kept:
        left -= px(column.width)
        if left >= 0 or column.key == "name":
            fit.add(column.key)
        else:
            break
    return frozenset(fit)


class MemberTableModel(QAbstractTableModel):
    """`page_wanted(page)` for rows that came into sight, `order_wanted(sort, is_descending)` when a head is clicked."""

    page_wanted = Signal(int)
    order_wanted = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: RowPages[MemberRow] = RowPages(
            lambda page: QTimer.singleShot(0, self, lambda: self.page_wanted.emit(page))
        )
        self._now: datetime | None = None

    def set_rows(self, total: int, first: Sequence[MemberRow], *, now: datetime) -> None:
        """Shows another answer; `first` is its first page."""
        self.beginResetModel()
        self._now = now
        self._pages.reset(total, first)
        self.endResetModel()

    def give(self, page: int, rows: Sequence[MemberRow]) -> None:
        """Fills in a page that was wanted."""
        places = self._pages.give(page, rows)
        if places:
            self.dataChanged.emit(self.index(places[0], 0), self.index(places[-1], len(COLUMNS) - 1))

    def fail(self) -> None:
        """Says that the wanted page could not be read."""
        self._pages.fail()

    def row_at(self, place: int) -> MemberRow | None:
        """The person at a place; None while they are being fetched."""
        return self._pages.row(place) if 0 <= place < self._pages.total else None

    def place_of(self, person_id: PersonId) -> int:
        """Where a person stands among the rows at hand; -1 when they do not."""
        return next((place for place, row in self._pages.known() if row.person_id == person_id), -1)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._pages.total

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == _ALIGNMENT:
            return _FAR if column.is_number else _NEAR
        if role not in {_DISPLAY, _TOOL_TIP, ROW}:
            return None
        row = self._pages.row(index.row())
        if row is None or role == ROW:
            return row
        if role == _DISPLAY:
            return column.text(row, self._now)
        return column.tip(row) if column.tip is not None else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == _DISPLAY:
            return COLUMNS[section].title
        if role == _ALIGNMENT:
            return _FAR if COLUMNS[section].is_number else _NEAR
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        sort = COLUMNS[column].sort if 0 <= column < len(COLUMNS) else None
        if sort is not None:
            self.order_wanted.emit(sort.value, order is Qt.SortOrder.DescendingOrder)
