"""ReadingsEditor: the values of a measure kept by hand, with the day each was read, and a line to add one."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.models.plan_parts import Reading
from workbench.ui import numbers
from workbench.ui.pages.plan_inspector_fields import read_number
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.plain_label import PlainLabel


class ReadingsEditor(QWidget):
    """`added(day, value, note)` and `removed(day)`; a second value for a day takes the place of the first."""

    added = Signal(object, float, str)
    removed = Signal(object)

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self._shown: tuple[Reading, ...] = ()
        self._unit = ""
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self._held: list[QWidget] = []
        self.on = DayField(theme, today=today, allows_none=False)
        self.on.setAccessibleName("Day of the reading")
        self.value, self.note = QLineEdit(), QLineEdit()
        self._problem = ProblemLine(theme)
        self._build()

    @property
    def problem(self) -> str:
        """What is said to be wrong with what was typed."""
        return self._problem.text

    def show_readings(self, readings: Sequence[Reading], *, unit: str) -> None:
        """Shows what is stored."""
        if self.on.day() is None:
            self.on.set_day(self._today())
        if tuple(readings) == self._shown and unit == self._unit:
            return
        self._shown, self._unit = tuple(readings), unit
        for widget in self._held:
            widget.hide()
            widget.deleteLater()
        self._held = []
        for place, reading in enumerate(reversed(self._shown)):
            said = f"{numbers.decimal(reading.value)} {unit}".strip()
            day = numbers.day(reading.on)
            note = LinesLabel(self._theme, size=SMALL, token="second")
            note.set_text(reading.note)
            remove = icon_button(
                f"Remove the reading of {day}",
                icon="x",
                theme=self._theme,
                clicked=partial(self.removed.emit, reading.on),
            )
            row = (PlainLabel(day, role="second"), PlainLabel(said), note, remove)
            for column, widget in enumerate(row):
                self._grid.addWidget(widget, place + 1, column)
                self._held.append(widget)

    def add(self) -> None:
        """Asks for what was typed to be written down, or says what is wrong with it."""
        value, day = read_number(self.value.text()), self.on.day()
        if self.on.is_wrong or day is None:
            self._problem.say("Write a day such as 14 May, today or -7.")
            return
        if value is None:
            self._problem.say("A reading is a number, such as 42 or 3.7.")
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._problem.say("")
        self.added.emit(day, value, self.note.text().strip())
        self.value.clear()
        self.note.clear()
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.value.setPlaceholderText("Value")
        self.value.setAccessibleName("Value read")
        self.value.setFixedWidth(self._theme.px(96))
        self.note.setPlaceholderText("How it was read, if that matters")
        self.note.setAccessibleName("Note on the reading")
        for field in (self.value, self.note):
            field.returnPressed.connect(self.add)
        line = QGridLayout()
        line.setHorizontalSpacing(8)
        line.addWidget(self.on, 0, 0)
        line.addWidget(self.value, 0, 1)
        line.addWidget(self.note, 0, 2)
        line.addWidget(push_button("Add a reading", theme=self._theme, icon="plus", clicked=self.add), 0, 3)
        line.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._problem)
        column.addLayout(self._grid)
