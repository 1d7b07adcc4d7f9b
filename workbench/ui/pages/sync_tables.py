"""HeldBackView: everything that could not be read, as a table with words under it."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.queries.sync_status import QuarantineRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.qt_models import quarantine_table
from workbench.ui.qt_models.quarantine_table import QuarantineTableModel, reason_of
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.filter_box import FilterBox
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.ui.widgets.table_view import TableView


class Detail(QWidget):
    """The selected row in words, with details to copy."""

    def __init__(self, theme: Theme, *, copies: str) -> None:
        super().__init__()
        self._text = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 8)
        row.setSpacing(8)
        self._words = PlainLabel("", role="second", wraps=True)
        self._copy = push_button(copies, theme=theme, kind="link", icon="copy", clicked=lambda: copy(self._text))
        row.addWidget(IconLabel("info", theme, token="third"))
        row.addWidget(self._words, 1)
        row.addWidget(self._copy)

    def show_words(self, words: str, details: str) -> None:
        """Says something else; nothing hides it."""
        self.setVisible(bool(words))
        self._words.setText(words)
        self._text = details
        self._copy.setVisible(bool(details))


class HeldBackView(QWidget):
    """What could not be read; the table can be copied whole."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.model = QuarantineTableModel(self)
        self._context = context
        self._total = 0
        self._rows: tuple[QuarantineRow, ...] = ()
        self.filter = FilterBox(context.theme, hint="Filter by file, reason or community", width=320)
        self.filter.textChanged.connect(self._on_filter)
        self._count = PlainLabel("", role="small", elides=True)
        self._copy = push_button("Copy the list", theme=context.theme, icon="copy", clicked=self._on_copy)
        self.table = TableView(context.theme, name="Held back")
        self.table.setModel(self.model)
        self.table.set_widths(quarantine_table.WIDTHS, gives_way=quarantine_table.GIVES_WAY)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(
            quarantine_table.FILE, self.table.horizontalHeader().sortIndicatorOrder().AscendingOrder
        )
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self._detail = Detail(context.theme, copies="Copy this one")
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self._count)
        tools.addStretch(1)
        tools.addWidget(self.filter)
        tools.addWidget(self._copy)
        lay_out(self, [self.table, self._detail], tools)

    def show_rows(self, rows: Sequence[QuarantineRow], *, total: int) -> None:
        """Shows newer data; `total` may be more than there are rows."""
        if (total, tuple(rows)) == (self._total, self._rows):
            return
        kept = self.table.currentIndex()
        kept_id = self.model.row_at(kept.row()).id if kept.isValid() else None
        self._total, self._rows = total, tuple(rows)
        self.model.set_rows(rows)
        self._say_count()
        if self.model.rowCount():
            self.table.selectRow(max(0, self.model.place_of(lambda row: row.id == kept_id)))
        else:
            self._detail.hide()

    def _say_count(self) -> None:
        shown = self.model.rowCount()
        whole = numbers.plural(self._total, "item", "items")
        lead = whole if shown == self._total else f"{numbers.count(shown)} of {whole}"
        self._count.setText(f"{lead}. Nothing was changed in the files; a mended file can be brought in again.")
        self._copy.setEnabled(shown > 0)

    def _on_filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._say_count()
        if self.model.rowCount():
            self.table.selectRow(0)

    def _on_selected(self, _selected: QItemSelection) -> None:
        index = self.table.currentIndex()
        if not index.isValid():
            self._detail.hide()
            return
        row = self.model.row_at(index.row())
        words = f"{row.source}, at byte {numbers.count(row.position)}: {reason_of(row)}."
        self._detail.show_words(words, f"{row.community}\t{row.source}\t{row.position}\t{row.reason}")

    def _on_copy(self) -> None:
        copy(self.model.text())
        self._context.tell(f"{numbers.plural(self.model.rowCount(), 'line', 'lines')} copied")


def lay_out(owner: QWidget, parts: Sequence[QWidget], tools: QHBoxLayout | None = None) -> None:
    """A table in a card with what belongs under it, `tools` above."""
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    if tools is not None:
        column.addLayout(tools)
    card = Card(padding=1)
    card.body.setSpacing(0)
    for part in parts:
        card.body.addWidget(part)
    card.body.setStretch(0, 1)
    column.addWidget(card, 1)
