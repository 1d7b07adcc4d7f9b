"""HistoryView: every run as a table; the chosen one in words, with its steps for whoever wants to read them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.queries.sync_status import RunRow
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.pages.sync_tables import lay_out
from workbench.ui.qt_models import run_table
from workbench.ui.qt_models.run_table import RunTableModel
from workbench.ui.run_words import cost_words, run_facts, run_words
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.ui.widgets.table_view import TableView

_LINE_HEIGHT: Final = 20
_AROUND: Final = 26
_LEAST_LINES: Final = 2
_MOST_LINES: Final = 7


class HistoryView(QWidget):
    """Runs, newest first; Enter or a double click opens the steps of one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.model = RunTableModel(self)
        self._is_running = False
        self._rows: tuple[RunRow, ...] = ()
        self.table = TableView(context.theme, name="History of syncs and imports")
        self.table.setModel(self.model)
        self.table.set_widths(run_table.WIDTHS, gives_way=run_table.GIVES_WAY)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(run_table.STARTED, Qt.SortOrder.DescendingOrder)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.detail = RunDetail(context)
        self.table.opened.connect(lambda _row: self.detail.open())
        self.cost = PlainLabel("", role="small", wraps=True)
        self.cost.setContentsMargins(12, 6, 12, 6)
        lay_out(self, [self.table, self.detail, self.cost])
        self.detail.hide()
        self.cost.hide()

    def show_cost(self, cost: int, *, of_runs: int, of_removed: int = 0) -> None:
        """Says what today cost, and how much of that is not in any run."""
        words = cost_words(cost, of_runs=of_runs, of_removed=of_removed)
        self.cost.setText(words)
        self.cost.setVisible(bool(words))

    def show_runs(self, runs: Sequence[RunRow], *, is_running: bool) -> None:
        """Shows newer data; the selected run stays selected and in sight."""
        if (tuple(runs), is_running) == (self._rows, self._is_running):
            return
        kept, at = self.table.currentIndex(), self.table.verticalScrollBar().value()
        kept_id = self.model.row_at(kept.row()).id if kept.isValid() else None
        self._rows, self._is_running = tuple(runs), is_running
        self.model.set_running(is_running=is_running)
        self.model.set_rows(runs)
        place = self.model.place_of(lambda row: row.id == kept_id)
        if runs:
            self.table.selectRow(max(place, 0))
            self.table.verticalScrollBar().setValue(at)

    def _on_selected(self, _selected: QItemSelection) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.detail.show_run(self.model.row_at(index.row()), is_running=self._is_running)
        else:
            self.detail.hide()


class RunDetail(QWidget):
    """One run: how it went, what it cost and brought, and its steps once they are asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme = context.theme
        self._theme, self._copied = theme, ""
        self._words = PlainLabel("", role="second", wraps=True)
        self._facts = PlainLabel("", role="small", wraps=True)
        self.toggle = push_button("Show steps", theme=theme, kind="link", icon="caret-down", clicked=self._on_toggle)
        self._copy = push_button("Copy details", theme=theme, kind="link", icon="copy", clicked=self._on_copy)
        self.steps = QPlainTextEdit()
        self.steps.setReadOnly(True)
        self.steps.setTabChangesFocus(True)
        self.steps.setAccessibleName("Steps of this run, times in UTC")
        self.steps.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.steps.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._words)
        words.addWidget(self._facts)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("info", theme, token="third"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.toggle)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.steps)
        theme.changed.connect(self._measure)
        self._measure()

    def show_run(self, run: RunRow, *, is_running: bool) -> None:
        """Shows another run; open steps stay open where this one has some."""
        words, details = run_words(run, is_running=is_running)
        self._words.setText(words)
        self._facts.setText(run_facts(run))
        trace = run.trace or ""
        self._copied = "\n".join(part for part in (details, trace) if part)
        self._copy.setVisible(bool(self._copied))
        self.toggle.setVisible(bool(trace))
        if self.steps.toPlainText() != trace:
            self.steps.setPlainText(trace)
            self._measure()
        if not trace:
            self._turn(is_open=False)
        self.show()

    def open(self) -> None:
        """Shows the steps, and puts the keyboard on them."""
        if self.toggle.isVisible():
            self._turn(is_open=True)
            self.steps.setFocus()

    def _on_toggle(self) -> None:
        self._turn(is_open=self.steps.isHidden())

    def _turn(self, *, is_open: bool) -> None:
        self.steps.setVisible(is_open)
        say(self.toggle, "Hide steps" if is_open else "Show steps")
        self.toggle.setIcon(icon("caret-up" if is_open else "caret-down", self._theme, token="accent"))

    def _on_copy(self) -> None:
        copy(self._copied)

    def _measure(self) -> None:
        """As tall as its lines, up to a few; the rest is scrolled to."""
        lines = min(_MOST_LINES, max(_LEAST_LINES, self.steps.blockCount()))
        self.steps.setFixedHeight(lines * self._theme.px(_LINE_HEIGHT) + self._theme.px(_AROUND))
