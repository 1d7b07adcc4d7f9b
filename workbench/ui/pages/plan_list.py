"""PlanList: every plan in use, with its day, how its cards stand and who owns it; Enter opens its board."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.plans.horizon import day_label, day_number
from workbench.queries.plans import PlanRow
from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.table_view import TableView

_WIDTHS = (0, 224, 152, 80, 80, 80, 176)


class PlanList(QWidget):
    """`opened(id)` asks for the board of a plan."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._today = date.min
        self._model: RowsModel[PlanRow] = RowsModel(self._columns(), words=_words, parent=self)
        self._table = TableView(theme, name="Plans")
        self._table.setModel(self._model)
        self._table.set_widths(_WIDTHS)
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(0, self._table.horizontalHeader().sortIndicatorOrder().AscendingOrder)
        self._table.opened.connect(lambda row: self.opened.emit(self._model.row_at(row).id))
        card = Card(padding=1)
        card.body.addWidget(self._table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self._table)

    def show_plans(self, plans: Sequence[PlanRow], *, today: date) -> None:
        """Shows the plans as of today."""
        self._today = today
        self._model.set_rows(plans)
        if plans and not self._table.currentIndex().isValid():
            self._table.selectRow(0)

    def set_filter(self, text: str) -> int:
        """Shows plans that hold every typed word in name, community or owner; answers how many."""
        self._model.set_filter(text)
        return self._model.rowCount()

    def _columns(self) -> list[Column[PlanRow]]:
        return [
            Column("Plan", lambda row: row.name, lambda row: row.name.casefold(), tip=lambda row: row.purpose),
            Column("Community", _community, lambda row: _community(row).casefold(), tip=_community),
            Column("Day", self._day, lambda row: day_number(row.starts_on, self._today), tip=_dates),
            Column("To do", lambda row: numbers.count(row.todo), lambda row: row.todo, is_number=True),
            Column("Doing", lambda row: numbers.count(row.doing), lambda row: row.doing, is_number=True),
            Column("Done", lambda row: numbers.count(row.done), lambda row: row.done, is_number=True),
            Column("Owner", lambda row: row.owner, lambda row: row.owner.casefold(), tip=lambda row: row.owner),
        ]

    def _day(self, row: PlanRow) -> str:
        words = day_label(row.starts_on, self._today)
        return words[0].upper() + words[1:]


def _community(row: PlanRow) -> str:
    return row.community_name or "All communities"


def _dates(row: PlanRow) -> str:
    return f"Day 0: {numbers.day(row.starts_on)}"


def _words(row: PlanRow) -> str:
    return f"{row.name} {row.community_name} {row.owner}"
