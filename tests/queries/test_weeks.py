"""Weeks: Mondays, also before 1970."""

from datetime import UTC, date, datetime

import pytest

from workbench.models.moments import to_day
from workbench.queries.weeks import day_of, monday_of, recent_weeks


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2024, 1, 1), date(1969, 12, 31), date(1960, 2, 29)])
def test_the_monday_of_a_day(day):
    assert monday_of(to_day(day)) == to_day(day) - day.weekday()


def test_the_last_of_the_recent_weeks_holds_today():
    sunday = datetime(2024, 3, 3, 23, 59, tzinfo=UTC)
    first, until = recent_weeks(sunday, 2)
    assert (first, until) == (to_day(date(2024, 2, 19)), to_day(date(2024, 3, 4)))
    assert first <= day_of(sunday) < until
