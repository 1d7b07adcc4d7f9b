"""The calendar of 52 weeks: known days are filled, others hatched, each day can be reached and says itself."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt

from workbench.models.moments import DayRange
from workbench.ui.theme import Theme
from workbench.ui.widgets.coverage_calendar import WEEKS, CoverageCalendar

TODAY = date(2024, 6, 15)
KNOWN = (DayRange(date(2023, 1, 1), date(2024, 5, 31)), DayRange(date(2024, 6, 10), date(2024, 6, 14)))


@pytest.fixture
def calendar(qtbot, theme: Theme) -> CoverageCalendar:
    made = CoverageCalendar(theme)
    qtbot.addWidget(made)
    made.show_days(TODAY, KNOWN, words="Water: known until yesterday")
    made.resize(made.sizeHint())
    made.show()
    return made


def colour_at(calendar: CoverageCalendar, day: date):
    return calendar.grab().toImage().pixelColor(calendar._cell(day).center().toPoint())


def test_known_days_are_filled_and_others_are_not(calendar: CoverageCalendar, theme: Theme):
    assert colour_at(calendar, date(2024, 6, 11)) == theme.colour("accent")
    assert colour_at(calendar, date(2024, 6, 5)) != theme.colour("accent")
    assert colour_at(calendar, TODAY) != theme.colour("accent")


def test_days_before_it_began_are_neither_known_nor_missing(calendar: CoverageCalendar, theme: Theme):
    calendar.show_days(TODAY, KNOWN[1:], began=date(2024, 6, 10), words="Water")
    assert calendar.says(date(2024, 6, 9)) == "9 Jun 2024: before it began"
    assert colour_at(calendar, date(2024, 6, 9)) == colour_at(calendar, date(2023, 8, 1)) == theme.colour("grid")
    assert colour_at(calendar, date(2024, 6, 11)) == theme.colour("accent")


def test_it_begins_on_a_monday_and_holds_52_weeks(calendar: CoverageCalendar):
    assert calendar.first.weekday() == 0
    assert (TODAY - calendar.first).days // 7 == WEEKS - 1


def test_it_says_the_same_in_words(calendar: CoverageCalendar):
    assert calendar.accessibleName() == "Water: known until yesterday"
    assert calendar.says(date(2024, 6, 11)) == "11 Jun 2024: everything is here"
    assert calendar.says(date(2024, 6, 5)) == "5 Jun 2024: not known to be complete"


def test_arrows_go_from_day_to_day_and_each_says_itself(qtbot, calendar: CoverageCalendar):
    for key, words in (
        (Qt.Key.Key_Up, "14 Jun 2024"),
        (Qt.Key.Key_Left, "7 Jun 2024"),
        (Qt.Key.Key_Right, "14 Jun 2024"),
        (Qt.Key.Key_Down, "15 Jun 2024"),
        (Qt.Key.Key_Down, "15 Jun 2024"),
        (Qt.Key.Key_Home, "19 Jun 2023"),
    ):
        qtbot.keyClick(calendar, key)
        assert calendar.accessibleDescription().startswith(words)
    assert not calendar.grab().isNull()


def test_it_runs_from_right_to_left_where_text_does(qtbot, calendar: CoverageCalendar):
    left = calendar._cell(TODAY).center()
    calendar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert calendar._cell(TODAY).center().x() < left.x()
    assert calendar._day_at(calendar._cell(date(2024, 3, 1)).center().toPoint()) == date(2024, 3, 1)
    qtbot.keyClick(calendar, Qt.Key.Key_Right)
    assert calendar.accessibleDescription().startswith("8 Jun 2024")


def test_every_spot_is_a_day_up_to_today(calendar: CoverageCalendar):
    assert calendar._day_at(QPoint(10_000, 10_000)) == TODAY
    assert calendar._day_at(QPoint(-5, -5)) == calendar.first
    assert calendar._day_at(calendar._cell(TODAY - timedelta(days=40)).center().toPoint()) == TODAY - timedelta(days=40)
