"""Clock: the machine's, and one that stands still."""

from datetime import UTC, datetime, timedelta

from workbench.clock import FixedClock, SystemClock


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
