"""Clock: the machine's, and one that stands still."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workbench.clock import FixedClock, SystemClock, local_day, local_midnight


def test_system_clock_is_aware_and_never_runs_back():
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    first = clock.monotonic()
    assert clock.monotonic() >= first


def test_fixed_clock_moves_only_when_moved():
    moment = datetime(2024, 6, 15, tzinfo=UTC)
    clock = FixedClock(moment)
    assert (clock.now(), clock.monotonic()) == (moment, 0.0)
    clock.advance(timedelta(minutes=2))
    assert (clock.now(), clock.monotonic()) == (moment + timedelta(minutes=2), 120.0)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", (2026, 11, 23, 2), date(2026, 11, 23)),
        ("America/Lima", (2026, 11, 23, 2), date(2026, 11, 22)),
        ("Pacific/Auckland", (2026, 11, 22, 20), date(2026, 11, 23)),
        ("Europe/Berlin", (2026, 10, 24, 22), date(2026, 10, 25)),  # midnight of the day with 25 hours
    ],
)
def test_a_day_is_that_of_the_machines_zone_and_begins_at_its_midnight(in_zone, zone, moment, day):
    in_zone(zone)
    at = datetime(*moment, tzinfo=UTC)
    assert local_day(at) == day
    assert local_midnight(day) <= at < local_midnight(day + timedelta(days=1))
