"""NetworkTable: groups against offices, in words and numbers: the picture for whoever does not see one."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from workbench.operations.network_table import NOT_KNOWN, GroupRow, GroupTable, group_words
from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.sanitiser import line
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.table_view import TableView

_NAME_WIDTH: Final = 216
_LEAST_WIDTH: Final = 64
_AROUND: Final = 26
_OTHERS: Final = "Others, not known"
_BESIDE: Final = ("People", _OTHERS, "Ties inside", "To others")


class NetworkTable(QWidget):
    """A row for each group of three or more; as many offices as fit in a column each, the others in one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._data: GroupTable | None = None
        self._table: TableView | None = None
        self._told: tuple[list[int], list[str]] = ([], [])
        self._is_due = False
        theme.changed.connect(self._on_theme)

    def show_table(self, table: GroupTable) -> None:
        """Shows the table of a network; it is made when it is first seen."""
        self._data, self._is_due = table, True
        if self.isVisible():
            self._build()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._build()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._build()

    def _on_theme(self) -> None:
        self._is_due = True
        if self.isVisible():
            self._build()

    def _build(self) -> None:
        data = self._data
        if data is None:
            return
        told, fixed = self._fitting(data), self._fixed(data)
        if (told, list(fixed)) == self._told and not self._is_due:
            return
        self._told, self._is_due = (told, list(fixed)), False
        columns: list[Column[GroupRow]] = [
            Column("Group", lambda row: line(group_words(data, row)), lambda row: row.number)
        ]
        columns += [self._counted(title, value) for title, value in fixed.items()]
        offices = [self._counted(line(data.offices[place]), partial(_in_office, place)) for place in told]
        columns[2:2] = offices
        if self._table is not None:
            self._column.removeWidget(self._table)
            self._table.deleteLater()
        self._table = TableView(self._theme, name="Groups against offices")
        model: RowsModel[GroupRow] = RowsModel(columns, words=lambda row: group_words(data, row), parent=self._table)
        model.set_rows(data.rows)
        self._table.setModel(model)
        self._table.set_widths(tuple(column.width for column in columns))
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._column.addWidget(self._table)

    def _fixed(self, data: GroupTable) -> dict[str, Callable[[GroupRow], int]]:
        """The columns beside those of offices: people always, the others as far as there is room."""
        told = self._fitting(data)
        others = [place for place in range(len(data.offices)) if place not in told]
        found: dict[str, Callable[[GroupRow], int]] = {"People": lambda row: row.people}
        if self._has_room_for(*_BESIDE):
            if others:
                found[_OTHERS] = lambda row: sum(row.offices[place] for place in others)
            found["Ties inside"] = lambda row: row.inside
            found["To others"] = lambda row: row.outside
        return found

    def _has_room_for(self, *titles: str) -> bool:
        return self._room(*titles) >= 0

    def _room(self, *titles: str) -> float:
        """What is left beside the names and columns of these titles, in designed pixels."""
        return self.width() / self._theme.text_scale - _NAME_WIDTH - sum(map(self._width, titles))

    def _fitting(self, data: GroupTable) -> list[int]:
        """Places of the offices with most people that find room, in the order of names."""
        room = self._room(*(_BESIDE if self._has_room_for(*_BESIDE) else _BESIDE[:1]))
        told: list[int] = []
        for place in largest_offices(data):
            width = self._width(line(data.offices[place]))
            if width <= room:
                told.append(place)
                room -= width
        return sorted(told)

    def _counted(self, title: str, value: Callable[[GroupRow], int]) -> Column[GroupRow]:
        return Column(title, lambda row: numbers.count(value(row)), value, self._width(title), is_number=True)

    def _width(self, title: str) -> int:
        """What a column of numbers needs for its title, in designed pixels."""
        metrics = QFontMetrics(self._theme.font(SMALL, weight=QFont.Weight.DemiBold))
        return max(_LEAST_WIDTH, round(metrics.horizontalAdvance(title) / self._theme.text_scale) + _AROUND)


def largest_offices(table: GroupTable) -> list[int]:
    """Places of the known offices, those with most people first."""
    totals = {
        place: sum(row.offices[place] for row in table.rows)
        for place, office in enumerate(table.offices)
        if office != NOT_KNOWN
    }
    return sorted(totals, key=lambda place: -totals[place])


def _in_office(place: int, row: GroupRow) -> int:
    return row.offices[place]
