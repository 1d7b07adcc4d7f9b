"""PeriodPopup: chooses the stretch of time: a usual one by one click, or two dates."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QGridLayout, QWidget
from typing_extensions import override

from workbench.ui.period import PERIOD_TITLES, Period, PeriodKind
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.choice_box import paint_caret
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover

_EARLIEST: Final = QDate(1970, 1, 1)


class PeriodPopup(Popover):
    """A list of usual periods; below it two dates with their own button."""

    def __init__(
        self, theme: Theme, anchor: QWidget, *, period: Period, today: date, chosen: Callable[[Period], object]
    ) -> None:
        super().__init__(theme, anchor, width=280)
        self._chosen = chosen
        self.setAccessibleName("Period")
        group = QButtonGroup(self)
        self.column.setSpacing(2)
        side = "right" if anchor.layoutDirection() is Qt.LayoutDirection.RightToLeft else "left"
        for kind in PeriodKind:
            if kind is PeriodKind.CUSTOM:
                continue
            button = push_button(
                PERIOD_TITLES[kind], theme=theme, kind="plain", clicked=partial(self._finish, Period(kind))
            )
            button.setCheckable(True)
            button.setChecked(kind is period.kind)
            button.setStyleSheet(f"text-align: {side};")
            group.addButton(button)
            self.column.addWidget(button)
            if kind is period.kind:
                button.setFocus()
        days = period.days(today) or (today, today)
        self._first = self._date(days[0], "First day", today)
        self._last = self._date(days[1], "Last day", today)
        grid = QGridLayout()
        grid.setContentsMargins(12, 8, 12, 0)
        grid.setSpacing(8)
        grid.addWidget(PlainLabel("From", role="second"), 0, 0)
        grid.addWidget(self._first, 0, 1)
        grid.addWidget(PlainLabel("To", role="second"), 1, 0)
        grid.addWidget(self._last, 1, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(push_button("Use these dates", theme=theme, clicked=self._on_dates), 2, 1)
        self.column.addLayout(grid)

    def _date(self, value: date, name: str, today: date) -> QDateEdit:
        edit = _DayEdit(self._theme, QDate(value.year, value.month, value.day))
        edit.setCalendarPopup(True)
        if QLocale().zeroDigit() != "0":
            # The field writes its digits itself, and they are those of the window; a week begins as it does there.
            edit.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
            edit.calendarWidget().setFirstDayOfWeek(QLocale().firstDayOfWeek())
        # As every other day of the window: the short form of many languages leaves open which number is the month.
        edit.setDisplayFormat("d MMM yyyy")
        edit.setDateRange(_EARLIEST, QDate(today.year, today.month, today.day))
        edit.setAccessibleName(name)
        return edit

    def _on_dates(self) -> None:
        first, last = sorted((_plain(self._first.date()), _plain(self._last.date())))
        self._finish(Period(PeriodKind.CUSTOM, first, last))

    def _finish(self, period: Period) -> None:
        self._chosen(period)
        self.close()


class _DayEdit(QDateEdit):
    """A day with a calendar, and the arrow that the boxes of the window have."""

    def __init__(self, theme: Theme, day: QDate) -> None:
        super().__init__(day)
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_caret(self, self._theme)


def _plain(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
