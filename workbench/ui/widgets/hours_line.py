"""HoursLine: how many hours a plan asks of each person this week; more than they give is said with a word and icon."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from workbench.plans.hours import WeekHours
from workbench.ui import numbers
from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel


class HoursLine(QWidget):
    """One line: those who have too much first, marked; hidden where this week asks nothing of anybody."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._caption = PlainLabel("This week", role="caption")
        self._too_much = PlainLabel("", role="small", elides=True)
        self._chip = Chip(theme, meaning=Meaning.WATCH)
        self._others = PlainLabel("", role="small", elides=True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel("clock", theme, size=14))
        row.addWidget(self._caption)
        row.addWidget(self._too_much)
        row.addWidget(self._chip)
        row.addWidget(self._others)
        row.addStretch(1)
        self.hide()
        self.warning = ""
        """What is said where somebody has too much this week."""

    def show_hours(self, hours: Sequence[WeekHours], weekly_hours: float, *, today: date) -> None:
        """Shows the week `today` lies in, of all weeks given, against what one person gives a week."""
        week = today - timedelta(days=today.weekday())
        found = [each for each in hours if each.week == week and each.owner]
        found.sort(key=lambda each: (-each.hours, each.owner.casefold()))
        above = [each for each in found if each.hours > weekly_hours]
        others = [each for each in found if each.hours <= weekly_hours]
        limit = f"above {_hours(weekly_hours)}"
        self._too_much.setText(_words(above))
        self.warning = limit if above else ""
        self._chip.show_text(limit, meaning=Meaning.WATCH)
        self._others.setText(_words(others))
        self._fit()
        self.setVisible(bool(found))
        lines = [f"{each.owner}: {_hours(each.hours)}" + (f", {limit}" if each in above else "") for each in found]
        self.setToolTip("\n".join(("Hours this week", *lines)))
        self.setAccessibleName("; ".join(("Hours this week", *lines)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where room is short, those who have too much are what is said; hovering says the rest."""
        above, others = self._too_much.text(), self._others.text()
        parts: list[QWidget] = [self._caption, *([self._too_much, self._chip] if above else ())]
        needed = sum(part.sizeHint().width() + 12 for part in (*parts, self._others))
        is_short = bool(above) and needed + 20 > self.width()
        self._too_much.setVisible(bool(above))
        self._chip.setVisible(bool(above))
        self._others.setVisible(bool(others) and not is_short)
        self._caption.setVisible(not is_short)


def _words(hours: Sequence[WeekHours]) -> str:
    return " · ".join(f"{each.owner} {_hours(each.hours)}" for each in hours)


def _hours(value: float) -> str:
    return f"{numbers.decimal(round(value, 1))}\N{NO-BREAK SPACE}h"
