"""Where the reading of a property's days stands: what is unread, what counts as unread again, what is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workbench.models.moments import DayRange
from workbench.sync.analytics.position import (
    Position,
    day_in,
    days_of,
    parts_of,
    runs_of,
    settled_until,
    tasks_for,
    week_of,
    window_of,
)
from workbench.sync.connector import Cursor

TODAY = date(2026, 3, 2)  # a Monday
DAY = timedelta(days=1)
TOTALS = dict.fromkeys(days_of(window_of(TODAY)), (7, 3, 4, 20))


def a_position(*, today: date = TODAY) -> Position:
    return Position(zone="UTC").begun(date(2026, 1, 1), today=today).read(TOTALS, TOTALS)


def test_a_cursor_says_all_of_it():
    assert Position.of(a_position().cursor()) == a_position()
    assert Position.of(Position().cursor()) == Position()
    assert Position.of(Cursor('{"version": 7}')) is None


def test_on_the_same_day_only_other_totals_are_stale():
    position = a_position().moved(today=TODAY)
    assert position.stale(TOTALS, today=TODAY) == ()
    grown = {**TOTALS, TODAY - 9 * DAY: (8, 3, 4, 21)}
    assert position.stale(grown, today=TODAY) == (TODAY - 9 * DAY,)
    del grown[TODAY - 2 * DAY]
    assert position.stale(grown, today=TODAY) == (TODAY - 2 * DAY, TODAY - 9 * DAY)


@pytest.mark.parametrize(("away", "stale"), [(1, 5), (2, 5), (4, 7), (12, 15)])
def test_on_another_day_the_last_ones_are_stale(away, stale):
    today = TODAY + away * DAY
    totals = dict.fromkeys(days_of(window_of(today)), (7, 3, 4, 20))
    position = a_position().moved(today=today)
    assert len(position.stale(totals, today=today)) == stale
    assert position.gaps == a_position().gaps


def test_what_fell_out_of_the_fortnight_unread_is_a_gap():
    today = TODAY + 30 * DAY
    position = a_position().moved(today=today)
    assert position.gaps[0] == DayRange(TODAY - 2 * DAY, today - 15 * DAY)
    assert position.moved(today=today) == position


def test_gaps_are_filled_week_by_week_as_far_as_is_wanted():
    position = Position().begun(date(2026, 1, 28), today=TODAY)
    read = []
    while (gap := position.next_gap(oldest=None)) is not None:
        read.append(gap)
        position = position.filled(gap)
    assert read == [
        DayRange(date(2026, 2, 9), date(2026, 2, 15)),
        DayRange(date(2026, 2, 2), date(2026, 2, 8)),
        DayRange(date(2026, 1, 28), date(2026, 2, 1)),
    ]
    position = Position().begun(date(2026, 1, 28), today=TODAY)
    assert position.next_gap(oldest=date(2026, 2, 12)) == DayRange(date(2026, 2, 12), date(2026, 2, 15))
    assert position.next_gap(oldest=date(2026, 2, 16)) is None


def test_a_site_younger_than_a_fortnight_has_no_gap():
    position = Position().begun(TODAY - 3 * DAY, today=TODAY)
    assert position.gaps == ()
    assert position.stale({}, today=TODAY) == tuple(TODAY - back * DAY for back in range(4))


def test_weeks_that_are_over_come_before_their_days():
    days = [TODAY - back * DAY for back in range(3)]
    assert tasks_for(days, TODAY) == [
        DayRange(TODAY, TODAY),
        week_of(TODAY - DAY),
        DayRange(TODAY - DAY, TODAY - DAY),
        DayRange(TODAY - 2 * DAY, TODAY - 2 * DAY),
    ]
    assert [len(part) for part in parts_of(tasks_for(sorted(TOTALS, reverse=True), TODAY))] == [5, 5, 5, 2]


def test_days_become_ranges():
    days = [TODAY, TODAY - DAY, TODAY - 4 * DAY]
    assert runs_of(days) == (DayRange(TODAY - 4 * DAY, TODAY - 4 * DAY), DayRange(TODAY - DAY, TODAY))


def test_a_day_is_settled_two_days_after_it_is_over():
    assert settled_until(TODAY) == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Tokyo", 3), ("UTC", 2), ("America/New_York", 2), ("Nowhere/At_all", 2), ("", 2), ("../etc", 2)],
)
def test_the_day_is_that_of_the_zone_and_the_earliest_where_it_is_not_known(zone, day):
    assert day_in(zone, datetime(2026, 3, 2, 18, tzinfo=UTC)) == date(2026, 3, day)
    assert day_in("Nowhere/At_all", datetime(2026, 3, 2, 11, tzinfo=UTC)) == date(2026, 3, 1)
