"""Days of cards: moved with their windows, counted days staying counted, weekends and holidays passed over."""

from datetime import date, timedelta

import pytest

from tests.ui.plan_samples import a_row
from workbench.ui.pages.plan_days import PlanDays, near

DAY_0 = date(2024, 6, 3)  # a Monday
FRIDAY, MONDAY = date(2024, 6, 7), date(2024, 6, 10)
DAYS = PlanDays(DAY_0)


def test_fixed_days_move_with_the_start_of_their_window():
    row = a_row("a", starts_on=FRIDAY - timedelta(days=2), due_on=FRIDAY)
    assert DAYS.shifted(row, 7) == {"due_on": date(2024, 6, 14), "starts_on": date(2024, 6, 12)}


def test_counted_days_stay_counted_from_day_0():
    row = a_row("a", starts_on=DAY_0, starts_day=0, due_on=FRIDAY - timedelta(days=1), due_day=3)
    assert DAYS.shifted(row, 1) == {"due_day": 4, "starts_day": 1}
    assert DAYS.moved(row, date(2024, 6, 13)) == {"due_day": 10, "starts_day": 7}


@pytest.mark.parametrize("number", [5, 6, 7])
def test_a_day_earlier_than_a_monday_is_the_friday_before(number):
    # Days 5 and 6 are a weekend: what is due on them is due on the Monday, day 7.
    assert DAYS.shifted(a_row("a", due_on=MONDAY, due_day=number), -1) == {"due_day": 4}


def test_a_day_earlier_than_the_day_after_a_holiday_is_the_day_before_it():
    days = PlanDays(DAY_0, frozenset({FRIDAY, MONDAY}))
    tuesday = MONDAY + timedelta(days=1)
    assert days.shifted(a_row("a", due_on=tuesday, due_day=8), -1) == {"due_day": 3}
    assert days.shifted(a_row("a", due_on=FRIDAY - timedelta(days=1), due_day=3), 1) == {"due_day": 8}
    # A day of the calendar is moved by days of the calendar.
    assert days.shifted(a_row("a", due_on=tuesday), -1) == {"due_on": MONDAY}


def test_a_counted_day_put_on_a_closed_one_is_written_as_the_day_itself():
    assert DAYS.moved(a_row("a", due_on=FRIDAY, due_day=4), date(2024, 6, 8)) == {"due_on": date(2024, 6, 8)}


def test_in_a_week_a_counted_day_takes_the_open_one_that_is_near():
    days = PlanDays(DAY_0, frozenset({FRIDAY}))
    counted, fixed = a_row("a", due_on=DAY_0, due_day=0), a_row("b", due_on=DAY_0)
    assert days.in_week(counted, FRIDAY, earliest=DAY_0) == {"due_day": 3}
    assert days.in_week(counted, DAY_0, earliest=DAY_0) == {"due_day": 0}
    assert days.in_week(fixed, FRIDAY, earliest=DAY_0) == {"due_on": FRIDAY}
    # None of the days that are left is open.
    assert days.in_week(counted, FRIDAY, earliest=FRIDAY) == {"due_on": FRIDAY}


def test_card_without_a_day_is_not_shifted_but_can_be_given_one():
    assert DAYS.shifted(a_row("a"), 1) == {}
    assert DAYS.moved(a_row("a"), FRIDAY) == {"due_on": FRIDAY}


def test_no_date_takes_the_whole_window_away():
    assert DAYS.moved(a_row("a", due_on=FRIDAY), None) == {"due_on": None}
    window = a_row("a", starts_on=DAY_0, due_on=FRIDAY)
    assert DAYS.moved(window, None) == {"due_on": None, "starts_on": None}


def test_what_rows_hold_follows_from_what_is_written():
    assert DAYS.whole({"due_day": 5}) == {"due_day": 5, "due_on": MONDAY}
    assert PlanDays(DAY_0, frozenset({FRIDAY})).whole({"due_day": 4})["due_on"] == MONDAY
    assert DAYS.whole({"due_on": FRIDAY}) == {"due_on": FRIDAY, "due_day": None}
    assert DAYS.whole({"due_day": None}) == {"due_day": None, "due_on": None}
    assert DAYS.whole({"owner": "Amina Example"}) == {"owner": "Amina Example"}


def test_days_end_where_the_calendar_does():
    assert near(date.max, 1) == date.max
    assert near(date.min, -1) == date.min
    assert near(DAY_0, 4) == FRIDAY
