"""Heat card: conversations, the hottest first; what cools sinks, and more can always be shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.export.cells import csv_table
from workbench.queries.heat import HotThread
from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.table_view import ROW_HEIGHT, TableView

_WIDTHS: Final = (0, 176, 104, 96, 120)
_COMMUNITY: Final = 1
_COLD: Final = 0.05
HEAT_WORDS: Final = "Replies × 3, mentions × 2 and reactions × 1, each halved every 14 days"
_EXPLAINED: Final = f"Formula: {HEAT_WORDS}.\nWindow: every day up to now.\nDays that are not known add nothing."


class HeatModel(RowsModel[HotThread]):
    """In the order they were read, which is that of their heat."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.now: datetime | None = None
        columns: tuple[Column[HotThread], ...] = (
            Column("Conversation", _subject, lambda _row: 0, tip=_subject),
            Column("Community", lambda row: line(row.thread.community), lambda _row: 0, 176),
            Column(
                "Heat", _heat, lambda _row: 0, 104, is_number=True,
                tip=lambda _row: HEAT_WORDS,
            ),
            Column(
                "Messages", lambda row: numbers.count(row.thread.messages), lambda _row: 0, 96, is_number=True
            ),
            Column("Last message", self._last, lambda _row: 0, 120),
        )  # fmt: skip
        super().__init__(columns, words=_subject, parent=parent)

    def _last(self, row: HotThread) -> str:
        return numbers.MISSING if self.now is None else numbers.ago(row.thread.last_at, now=self.now)


class HeatCard(Card):
    """`opened(thread)` on Enter, `more_wanted` by its button."""

    opened = Signal(int)
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("Heat of conversations", "as it is now; what cools sinks and stays findable")
        self._theme = theme
        self.model = HeatModel(self)
        self.table = TableView(theme, name="Conversations, the hottest first")
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.opened.connect(lambda place: self.opened.emit(self.model.row_at(place).thread.id))
        self.table.setFrameShape(TableView.Shape.NoFrame)
        self._nothing = PlainLabel("There is no conversation here yet.", role="second", wraps=True)
        self.more = push_button("Show ten more", theme=theme, kind="link", clicked=self.more_wanted.emit)
        for widget in (self.table, self._nothing):
            self.body.addWidget(widget)
        self.explain(_EXPLAINED)
        self.table.setAccessibleDescription(_EXPLAINED)
        self.tools.addWidget(self.more)

    def show_threads(self, rows: Sequence[HotThread], *, wanted: int, now: datetime, names_community: bool) -> None:
        """Shows the hottest threads; `wanted` is how many were asked for."""
        self.model.now = now
        self.model.set_rows(rows)
        self.table.setColumnHidden(_COMMUNITY, not names_community)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self.more.setVisible(len(rows) >= wanted)
        self.table.setFixedHeight(self._theme.px(ROW_HEIGHT) * (len(rows) + 1) + 8)
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def csv(self) -> str:
        """What is shown as CSV: conversations by their titles, and nobody who wrote in them."""
        head = ("conversation", "community", "heat", "messages", "last message")
        rows = (self.model.row_at(place) for place in range(self.model.rowCount()))
        return csv_table((head, *map(_cells, rows)))

    def drawn(self) -> QWidget:
        """The same table for a picture, with no row chosen."""
        table = TableView(self._theme, name=self.table.accessibleName())
        table.setModel(self.model)
        table.set_widths(_WIDTHS)
        table.setColumnHidden(_COMMUNITY, self.table.isColumnHidden(_COMMUNITY))
        table.setFrameShape(TableView.Shape.NoFrame)
        table.setFixedHeight(self.table.height())
        return table

    def first(self) -> QWidget:
        """Where the keyboard goes."""
        return self.table


def _subject(row: HotThread) -> str:
    return short_subject(row.thread.subject, row.thread.community) or "No subject"


def _heat(row: HotThread) -> str:
    return "cold" if row.heat < _COLD else numbers.decimal(row.heat)


def _cells(row: HotThread) -> tuple[str, ...]:
    thread = row.thread
    return (
        _subject(row),
        line(thread.community),
        f"{row.heat:.3g}",
        str(thread.messages),
        thread.last_at.date().isoformat(),
    )
