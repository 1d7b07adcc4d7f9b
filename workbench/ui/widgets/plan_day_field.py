"""PlanDayField: a day as people write it, or counted from day 0 of a plan ("day 22"), which it then stays."""

import re
from collections.abc import Callable, Container
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from typing_extensions import override

from workbench.plans.closed_days import NONE
from workbench.plans.codec import MAX_DAY
from workbench.plans.horizon import due_date
from workbench.ui.theme import Theme
from workbench.ui.widgets.day_field import DayField

_DAY_NUMBER: Final = re.compile(r"(?:day|d)\s*([+-]?[0-9]{1,4})", re.IGNORECASE)


class PlanDayField(DayField):
    """`number()` is set while the day is counted from day 0. Another day stays counted where that can be said.

    On a weekend or a holiday nothing counted falls, so a day typed there is the day itself.
    """

    counted_changed = Signal()

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__(theme, today=today)
        self._number: int | None = None
        self._starts_on: date | None = None
        self._closed: Container[date] = NONE
        self.line.setPlaceholderText("No date")

    def number(self) -> int | None:
        """The day counted from day 0; None for a fixed day and for none."""
        return self._number

    def show_day(
        self, day: date | None, number: int | None, *, starts_on: date, closed: Container[date] = NONE
    ) -> None:
        """Shows a day of a plan that begins on `starts_on`, without `edited`."""
        self._starts_on, self._closed = starts_on, closed
        super().set_day(day)
        self._number = number
        self.counted_changed.emit()

    @override
    def set_day(self, day: date | None) -> None:
        if self._number is not None and day != self.day():
            self._number = self._counted(day)
        super().set_day(day)
        self.counted_changed.emit()

    @override
    def _fill_menu(self) -> None:
        super()._fill_menu()
        if self._starts_on is None or self.day() is None:
            return
        self._menu.addSeparator()
        act = self._menu.addAction("Counted from day 0")
        act.setCheckable(True)
        act.setChecked(self._number is not None)
        act.toggled.connect(self._count)

    @override
    def _on_left(self) -> None:
        found = _DAY_NUMBER.fullmatch(self.line.text().strip())
        if found is None or self._starts_on is None:
            super()._on_left()
            return
        number = int(found[1])
        if abs(number) > MAX_DAY:
            self.is_wrong = True
            self.edited.emit()
            return
        day = due_date(self._starts_on, number, holidays=self._closed)
        has_changed = number != self._number or self.is_wrong
        super().set_day(day)
        self._number = number
        self.counted_changed.emit()
        if has_changed:
            self.edited.emit()

    def _count(self, is_counted: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        day = self.day()
        if self._starts_on is not None and day is not None:
            self._number = (day - self._starts_on).days if is_counted else None
            self.counted_changed.emit()
            self.edited.emit()

    def _counted(self, day: date | None) -> int | None:
        if day is None or self._starts_on is None:
            return None
        number = (day - self._starts_on).days
        return number if due_date(self._starts_on, number, holidays=self._closed) == day else None
