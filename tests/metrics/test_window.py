"""Windows: whole UTC days, half-open, and the window before."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from workbench.errors import BadInputError
from workbench.metrics.window import (
    Window,
    days_over,
    last_days,
    last_days_over,
    last_full_month,
    month,
    months,
    weeks,
)

NOON = datetime(2024, 3, 15, 12, tzinfo=UTC)


def test_a_window_that_cuts_a_day_is_refused():
    with pytest.raises(BadInputError, match="midnight UTC"):
        Window(datetime(2024, 1, 1, 9, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC))


def test_midnight_somewhere_else_is_not_midnight():
    elsewhere = timezone(timedelta(hours=2))
    with pytest.raises(BadInputError):
        Window(datetime(2024, 1, 1, tzinfo=elsewhere), datetime(2024, 2, 1, tzinfo=elsewhere))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(BadInputError):
        Window(datetime(2024, 1, 1), datetime(2024, 2, 1))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("end", [date(2024, 1, 1), date(2023, 12, 31)])
def test_an_empty_window_is_refused(end: date):
    with pytest.raises(BadInputError, match="end after it begins"):
        Window.between(date(2024, 1, 1), end)


def test_the_end_day_is_outside():
    window = Window.between(date(2024, 2, 1), date(2024, 3, 1))
    assert window.days == 29
    assert window.until_day - window.first_day == 29
    assert (window.start_on, window.end_on) == (date(2024, 2, 1), date(2024, 3, 1))


def test_before_a_calendar_month_comes_the_month_before():
    assert month(2024, 3).previous == month(2024, 2)
    assert month(2024, 1).previous == month(2023, 12)
    assert month(2023, 12).following == month(2024, 1)


def test_before_several_calendar_months_come_as_many():
    quarter = Window.between(date(2024, 1, 1), date(2024, 4, 1))
    assert quarter.previous == Window.between(date(2023, 10, 1), date(2024, 1, 1))
    assert quarter.previous.following == quarter


def test_before_any_other_window_come_as_many_days():
    week = Window.between(date(2024, 3, 4), date(2024, 3, 11))
    assert week.previous.start_on == date(2024, 2, 26)
    assert week.previous.following == week


def test_the_last_full_month_is_over():
    assert last_full_month(NOON) == month(2024, 2)
    assert last_full_month(datetime(2024, 3, 1, tzinfo=UTC)) == month(2024, 2)


def test_the_last_days_end_with_today():
    assert last_days(7, NOON) == Window.between(date(2024, 3, 9), date(2024, 3, 16))


def test_days_over_leave_out_the_one_that_runs():
    march = NOON.date()
    assert last_days_over(7, NOON) == Window.between(date(2024, 3, 8), march)
    for first, last, end in (
        (date(2024, 3, 8), march, march),
        (date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 3)),
        (march, march, date(2024, 3, 16)),  # a window has at least a day
    ):
        assert days_over(first, last, today=march) == Window.between(first, end)


def test_weeks_begin_on_monday_and_tile_the_span():
    pieces = weeks(date(2024, 2, 1), date(2024, 3, 1))
    assert [piece.start_on for piece in pieces] == [date(2024, 2, day) for day in (1, 5, 12, 19, 26)]
    assert pieces[-1].end_on == date(2024, 3, 1)
    assert all(before.end == after.start for before, after in pairwise(pieces))


def test_months_tile_the_span_over_a_leap_day_and_a_new_year():
    pieces = months(date(2023, 12, 15), date(2024, 3, 1))
    assert [piece.days for piece in pieces] == [17, 31, 29]


def test_an_empty_span_has_no_weeks_and_says_so():
    with pytest.raises(BadInputError):
        weeks(date(2024, 1, 1), date(2024, 1, 1))
