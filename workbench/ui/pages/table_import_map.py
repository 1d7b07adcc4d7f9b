"""TableMapView: one table before it is imported: what its rows and columns are, the open dates, and what would come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.operations.tables import TableLook, TableOrder, Trial, preview
from workbench.sync.importers.cells import DayOrder
from workbench.sync.importers.table_mapping import FIELDS, ColumnMapping, TableKind
from workbench.sync.records import Rejected
from workbench.ui import numbers
from workbench.ui.pages import table_import_words as words
from workbench.ui.pages.table_import_grid import MOST_SHOWN, MappingGrid
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.choices import ChoiceRow
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.table_view import TableView

_GRID_HEIGHT: Final = 236
_REJECTED_HEIGHT: Final = 168


class TableMapView(QWidget):
    """`changed` when what would be imported is another; `sheet_wanted(name)` when another sheet was chosen.

    What can be done with it goes into `buttons`, above what a trial found, so that they stay where they are.
    """

    changed = Signal()
    sheet_wanted = Signal(str)

    def __init__(self, theme: Theme, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._now = theme, now
        self._look: TableLook | None = None
        self._known: list[str] = []
        self._is_filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._build_fields())
        column.addWidget(self._build_dates())
        self._doubts = _Note(theme, "info", "third")
        column.addWidget(self._doubts)
        self.grid = MappingGrid(theme)
        self.grid.setFixedHeight(theme.px(_GRID_HEIGHT))
        self.grid.changed.connect(self._on_changed)
        column.addWidget(self.grid)
        self._count = PlainLabel("", role="small", wraps=True)
        column.addWidget(self._count)
        self._problem = _Note(theme, "warning-circle", "bad")
        self._found = _Note(theme, "check-circle", "good")
        self._besides = PlainLabel("", role="second", wraps=True)
        self._rejected_rows: RowsModel[Rejected] = RowsModel(_REJECTED, words=lambda item: item.reason)
        self._rejected = TableView(theme, name="Rows that cannot be read")
        self._rejected.setModel(self._rejected_rows)
        self._rejected.set_widths((96, 0))
        column.addWidget(self._problem)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        column.addLayout(self.buttons)
        for widget in (self._found, self._besides, self._rejected):
            column.addWidget(widget)

    def show_look(self, look: TableLook, *, community: str, known: list[str]) -> None:
        """A table, with what it is taken for."""
        self._look, self._known = look, known
        self._is_filling = True
        mapping = look.proposed()
        self.kind.setCurrentIndex(self.kind.findData(mapping.kind.value))
        if not self.name.text().strip():
            self.name.setText(community)
        self.sheet.clear()
        self.sheet.addItems(look.shape.sheets)
        self.sheet.setCurrentText(look.shape.sheet)
        self._sheet_field.setVisible(len(look.shape.sheets) > 1)
        self._show_columns(mapping)
        self._is_filling = False
        self._read_again()

    def order(self) -> TableOrder | None:
        """What would be imported; None while something is missing."""
        look, mapping = self._look, self._mapping()
        name = " ".join(self.name.text().split())
        if look is None or mapping is None or not name or self._problem_words(look, mapping):
            return None
        return TableOrder(look.shape.path, name, mapping, look.shape.sheet or None)

    def show_trial(self, trial: Trial | None) -> None:
        """What an import would bring; None while nobody looked."""
        self._found.say("" if trial is None else words.trial_words(trial), is_good=trial is not None and trial.rows > 0)
        besides = "" if trial is None else words.besides_words(trial)
        self._besides.setText(besides)
        self._besides.setVisible(bool(besides))
        rejected = () if trial is None else trial.rejected
        self._rejected_rows.set_rows(rejected)
        self._rejected.setVisible(bool(rejected))
        height = self._theme.px(32) * (len(rejected) + 1) + 8
        self._rejected.setFixedHeight(min(height, self._theme.px(_REJECTED_HEIGHT)))

    def say_problem(self, text: str) -> None:
        """Says what is wrong; empty takes it away."""
        self._problem.say(text)

    def take_focus(self) -> None:
        """Puts the keyboard on the first thing to decide: an open date, a missing column, else the name."""
        first = next(iter(self.grid.boxes()), None)
        if self._dates.isVisible() and self._order_chosen() is None:
            self._day_first.setFocus()
        elif first is not None and self.order() is None and self.name.text().strip():
            first.setFocus()
        else:
            self.name.setFocus()

    def _build_fields(self) -> QHBoxLayout:
        theme = self._theme
        self.kind = ChoiceBox(theme, name="What each row is")
        for kind, title in words.KIND_TITLES.items():
            self.kind.addItem(title, kind.value)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.textChanged.connect(self._on_changed)
        self.sheet = ChoiceBox(theme, name="Sheet")
        self.sheet.activated.connect(lambda _index: self.sheet_wanted.emit(self.sheet.currentText()))
        self._name_field = Field(theme, "Name of the community", self.name, hint=" ")
        self._sheet_field = Field(theme, "Sheet", self.sheet, hint=" ")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Field(theme, "Each row is", self.kind, hint=" "), 2)
        row.addWidget(self._sheet_field, 2)
        row.addWidget(self._name_field, 3)
        return row

    def _build_dates(self) -> QWidget:
        self._dates = QWidget()
        column = QVBoxLayout(self._dates)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._date_question = PlainLabel("", role="captionstrong", wraps=True)
        column.addWidget(self._date_question)
        self._day_first = ChoiceRow(self._theme, "The day comes first", "")
        self._month_first = ChoiceRow(self._theme, "The month comes first", "")
        self._orders = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(12)
        for choice in (self._day_first, self._month_first):
            self._orders.addButton(choice)
            choice.toggled.connect(self._on_changed)
            row.addWidget(choice, 1)
        column.addLayout(row)
        return self._dates

    def _mapping(self) -> ColumnMapping | None:
        if self._look is None:
            return None
        mapping = ColumnMapping(TableKind(self.kind.currentData()), self.grid.columns())
        evidence = self._look.day_evidence(mapping)
        return replace(mapping, day_order=evidence.settled or (self._order_chosen() if evidence.is_open else None))

    def _order_chosen(self) -> DayOrder | None:
        if self._day_first.isChecked():
            return DayOrder.DAY_FIRST
        return DayOrder.MONTH_FIRST if self._month_first.isChecked() else None

    def _choose_order(self, order: DayOrder | None) -> None:
        self._orders.setExclusive(False)
        self._day_first.setChecked(order is DayOrder.DAY_FIRST)
        self._month_first.setChecked(order is DayOrder.MONTH_FIRST)
        self._orders.setExclusive(True)

    def _show_columns(self, mapping: ColumnMapping) -> None:
        look = self._look
        if look is None:
            return
        allowed = FIELDS[mapping.kind]
        columns = tuple(field if field in allowed else None for field in mapping.columns)
        rows = preview(look, replace(mapping, columns=columns), now=self._now())
        self.grid.show_table(look.shape.headers, columns, kind=mapping.kind, rows=rows)
        self._choose_order(mapping.day_order)
        before: QWidget = self._month_first
        for after in (*self.grid.boxes(), self.grid):
            QWidget.setTabOrder(before, after)  # made later than what stands below them
            before = after

    def _on_kind(self) -> None:
        look = self._look
        if look is None or self._is_filling:
            return
        kind = TableKind(self.kind.currentData())
        again = look.as_kind(kind)
        self._is_filling = True
        self._show_columns(replace(again, day_order=self._order_chosen()))
        self._is_filling = False
        self._on_changed()

    def _on_changed(self) -> None:
        if not self._is_filling:
            self._read_again()
            self.changed.emit()

    def _read_again(self) -> None:
        """Rows as they are read now, and what is in the way of an import."""
        look, mapping = self._look, self._mapping()
        self.show_trial(None)
        if look is None or mapping is None:
            return
        evidence = look.day_evidence(mapping)
        self._dates.setVisible(evidence.is_open)
        date = words.open_date(look, mapping)
        if evidence.is_open:
            shown = f"“{date}” can be read in two ways. Which is right in this table?"
            self._date_question.setText(shown if date else "Dates here can be read in two ways. Which is right?")
            for choice, order in ((self._day_first, DayOrder.DAY_FIRST), (self._month_first, DayOrder.MONTH_FIRST)):
                choice.set_words(words.read_as(date, order))
        problem = self._problem_words(look, mapping)
        if not words.twice_words(mapping):
            rows = preview(look, mapping, now=self._now())
            self.grid.show_rows(rows)
            self._count.setText(words.preview_words(look, rows, is_settled=not problem))
        self.say_problem(problem)
        doubts = list(look.guess.doubts) if mapping.kind is look.guess.mapping.kind and look.remembered is None else []
        if look.remembered is not None:
            doubts.append("Columns are set as you set them last time for a table with this header.")
        if len(look.shape.headers) > MOST_SHOWN:
            doubts.append(f"Only the first {MOST_SHOWN} of {numbers.count(len(look.shape.headers))} columns are shown.")
        self._doubts.say(" ".join(doubts))
        self._say_name()

    def _problem_words(self, look: TableLook, mapping: ColumnMapping) -> str:
        missing = words.twice_words(mapping) or words.missing_words(mapping)
        if missing:
            return missing
        is_unsaid = look.day_evidence(mapping).is_open and mapping.day_order is None
        return "Say first whether the day or the month comes first." if is_unsaid else ""

    def _say_name(self) -> None:
        name = " ".join(self.name.text().split())
        same = next((known for known in self._known if known.casefold() == name.casefold()), None)
        if same is not None:
            self._name_field.set_hint(f"Joins “{same}”. What joins a community cannot be taken out again by itself.")
        else:
            self._name_field.set_hint("A new community of this name." if name else "How you want to see it in lists.")


class _Note(QWidget):
    """An icon and a sentence, hidden while there is nothing to say."""

    def __init__(self, theme: Theme, icon: str, token: str) -> None:
        super().__init__()
        self._usual = (icon, token)
        self._icon = IconLabel(icon, theme, token=token)
        self._words = PlainLabel("", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str, *, is_good: bool = True) -> None:
        """Says something; empty hides it."""
        icon, token = self._usual if is_good else ("warning-circle", "watch")
        self._icon.set_icon(icon, token=token)
        self._words.setText(words)
        self.setVisible(bool(words))


_REJECTED: Final[tuple[Column[Rejected], ...]] = (
    Column("Line", lambda item: numbers.count(item.position), lambda item: item.position),
    Column("Why it cannot be read", lambda item: item.reason[:1].upper() + item.reason[1:], lambda i: i.reason),
)
