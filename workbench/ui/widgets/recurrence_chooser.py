"""RecurrenceChooser: whether a card comes back, every how many days, and until which day of the plan."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.plan_parts import Recurrence
from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.plain_label import PlainLabel

_WEEK: Final = 7
_LAST_DAY: Final = 90
_MOST_DAYS: Final = 365
_NUMBER_WIDTH: Final = 64
_OTHER: Final = -1
_CHOICES: Final = (
    ("Never", 0), ("Every day", 1), ("Every week", _WEEK), ("Every two weeks", 2 * _WEEK),
    ("Every few days", _OTHER),
)  # fmt: skip


class RecurrenceChooser(QWidget):
    """`edited` when another answer was given; `recurrence()` is it."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown: Recurrence | None = None
        self.choice = ChoiceBox(theme, name="Repeats")
        for words, days in _CHOICES:
            self.choice.addItem(words, days)
        self.every = NumberLine(theme, "Every how many days", most=_MOST_DAYS, value=3)
        self.until = NumberLine(theme, "Until which day of the plan", most=_MOST_DAYS, value=_LAST_DAY)
        self._every_row = _row("Every", self.every, "days")
        self._until_row = _row("Until day", self.until, "of the plan")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.choice, self._every_row, self._until_row):
            column.addWidget(part)
        self.setFocusProxy(self.choice)
        self.choice.activated.connect(self._on_edited)
        for box in (self.every, self.until):
            box.editingFinished.connect(self._on_edited)
        self._fit()

    @property
    def controls(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.choice, self.every, self.until]

    @property
    def is_in_use(self) -> bool:
        """Whether somebody is in it."""
        return any(box.hasFocus() for box in (self.choice, self.every, self.until))

    def recurrence(self) -> Recurrence | None:
        """What is chosen."""
        days = int(self.choice.currentData())
        if days == 0:
            return None
        return Recurrence(self.every.value() if days == _OTHER else days, self.until.value())

    def show_values(self, found: Collection[Recurrence | None]) -> None:
        """Shows how a card comes back, without `edited`."""
        shown = next(iter(found), None)
        if shown == self.recurrence():
            self._shown = shown
            return
        self._shown = shown
        days = 0 if shown is None else shown.every_days
        place = self.choice.findData(days)
        self.choice.setCurrentIndex(self.choice.findData(_OTHER) if place < 0 else place)
        if shown is not None:
            self.every.set_value(shown.every_days)
            self.until.set_value(shown.until_day)
        self._fit()

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.choice.setAccessibleName(name)

    def _on_edited(self) -> None:
        self._fit()
        if self.recurrence() != self._shown:
            self._shown = self.recurrence()
            self.edited.emit()

    def _fit(self) -> None:
        days = int(self.choice.currentData())
        self._every_row.setVisible(days == _OTHER)
        self._until_row.setVisible(days != 0)


class NumberLine(QLineEdit):
    """A whole number from 1 on; what is no such number goes back to the last one."""

    def __init__(self, theme: Theme, name: str, *, most: int, value: int) -> None:
        super().__init__()
        self._most, self._value = most, value
        self.setAccessibleName(name)
        self.setFixedWidth(theme.px(_NUMBER_WIDTH))
        theme.changed.connect(lambda: self.setFixedWidth(theme.px(_NUMBER_WIDTH)))
        self.editingFinished.connect(self._read)
        self.set_value(value)

    def value(self) -> int:
        """The number."""
        return self._value

    def set_value(self, value: int) -> None:
        """Shows another number."""
        self._value = value
        self.setText(numbers.count(value))

    def _read(self) -> None:
        found = numbers.read_number(self.text())
        if found is not None and found == int(found) and 1 <= found <= self._most:
            self._value = int(found)
        self.set_value(self._value)


def _row(before: str, box: QLineEdit, after: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(PlainLabel(before, role="small"))
    row.addWidget(box)
    row.addWidget(PlainLabel(after, role="small"))
    row.addStretch(1)
    return held
