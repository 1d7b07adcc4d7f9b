"""PickTable: communities with a tick before each, to be chosen by mouse or keyboard."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.queries.sync_status import CommunityStateRow
from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.table_view import ROW_HEIGHT, TableView

_ROWS_SHOWN: Final = (4, 9)
_AROUND: Final = 490
"""What stands above and below the rows in the window, so that the buttons are in sight."""
_Row = CommunityStateRow


class PickTable(TableView):
    """Space, Enter or a click ticks a row; `picked` holds the ids of ticked ones and `changed` follows each tick."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, name="Communities of the account")
        self._theme = theme
        self.picked: set[CommunityId] = set()
        self.rows_model = PickModel(self.picked)
        self.setModel(self.rows_model)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicatorClearable(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self._on_clicked)
        self.setAccessibleDescription("Space ticks the community of this row.")

    def show_rows(self, rows: Sequence[_Row]) -> None:
        """Shows these communities, ticked where they are followed."""
        self.picked.clear()
        self.picked.update(row.community_id for row in rows if row.is_followed and row.is_visible)
        has_mine = any(row.is_mine for row in rows) and not all(row.is_mine for row in rows)
        self.set_widths((0, 150, 110, 120), gives_way=(1,) if has_mine else ())
        self.setColumnHidden(1, not has_mine)
        self.rows_model.set_rows(rows)
        self.sortByColumn(1 if has_mine else 0, Qt.SortOrder.AscendingOrder)
        fewest, most = _ROWS_SHOWN
        fitting = (self.window().height() - self._theme.px(_AROUND)) // self._theme.px(ROW_HEIGHT)
        shown = max(fewest, min(most, fitting, len(rows)))
        self.setFixedHeight(self._theme.px(ROW_HEIGHT * (shown + 1)) + 6)
        if rows:
            self.setCurrentIndex(self.rows_model.index(0, 0))

    def tick(self, row: int) -> None:
        """Ticks a row, or takes its tick away."""
        self.picked ^= {self.rows_model.row_at(row).community_id}
        self.rows_model.tell_ticks()
        self.changed.emit()

    def tick_shown(self, *, is_on: bool) -> None:
        """Ticks every row the filter lets through, or none of them."""
        shown = {self.rows_model.row_at(place).community_id for place in range(self.rows_model.rowCount())}
        changed = self.picked | shown if is_on else self.picked - shown
        self.picked.clear()
        self.picked.update(changed)
        self.rows_model.tell_ticks()
        self.changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.tick(index.row())
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.tick(index.row())


class PickModel(RowsModel[_Row]):
    """Communities with a tick that a screen reader is told of too."""

    def __init__(self, picked: set[CommunityId]) -> None:
        self._picked = picked
        columns: tuple[Column[_Row], ...] = (
            Column("Community", lambda row: row.name, lambda row: row.name.casefold(), mark=self._tick),
            Column("Membership", _belonging, lambda row: (not row.is_mine, row.name.casefold()), width=150),
            Column(
                "Members", lambda row: numbers.count(row.platform_members), lambda row: row.platform_members,
                width=110, is_number=True,
            ),
            Column(
                "Messages", lambda row: numbers.count(row.platform_messages), lambda row: row.platform_messages,
                width=120, is_number=True,
            ),
        )  # fmt: skip
        super().__init__(columns, words=lambda row: row.name)

    def tell_ticks(self) -> None:
        """Draws the ticks again."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    @override
    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid() and index.column() == 0:
            row = self.row_at(index.row())
            return f"{row.name}, {'ticked' if row.community_id in self._picked else 'not ticked'}"
        return super().data(index, role)

    def _tick(self, row: _Row) -> tuple[str, str]:
        return ("check-square", "accent") if row.community_id in self._picked else ("square", "control")


def _belonging(row: _Row) -> str:
    if not row.is_visible:
        return "No longer listed"
    return "You belong to it" if row.is_mine else ""
