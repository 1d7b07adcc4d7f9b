"""Pace: no window of any limit ever holds more calls than it allows, and a restart forgets nothing."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync.clients import Sleeps
from workbench.clock import FixedClock
from workbench.errors import PlatformBusyError
from workbench.sync.pace import Limit, Pace

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MINUTE = Limit("minute", 20, 60)
DAY = Limit("day", 50, 86_400)


def paced(*limits: Limit, clock: FixedClock | None = None) -> tuple[Pace, Sleeps, FixedClock]:
    clock = clock or FixedClock(NOW)
    sleeps = Sleeps(clock)
    return Pace(clock, limits=limits, sleep=sleeps), sleeps, clock


def test_a_burst_is_let_through_and_the_next_call_waits_for_the_window():
    pace, sleeps, clock = paced(Limit("messages", 10, 30))
    for _ in range(10):
        pace.take("messages.json")
        clock.advance(timedelta(seconds=1))
    assert sleeps == []
    pace.take("messages.json")
    assert sleeps == [20]


def test_the_strictest_of_several_limits_decides():
    pace, sleeps, _ = paced(MINUTE, DAY)
    for _ in range(50):
        pace.take("t.json")
    assert sleeps == [60, 60]
    with pytest.raises(PlatformBusyError) as caught:
        pace.take("t.json")
    assert caught.value.details["seconds"] == 86_400 - 120
    assert len(sleeps) == 2


def test_a_call_that_was_refused_does_not_count():
    pace, _, clock = paced(Limit("day", 1, 86_400))
    pace.take("a")
    for _ in range(3):
        with pytest.raises(PlatformBusyError):
            pace.take("a")
    clock.advance(timedelta(days=1))
    pace.take("a")


def test_a_limit_of_some_paths_leaves_the_others_alone():
    pace, sleeps, _ = paced(Limit("messages", 1, 30, paths=("messages", "threads/")), Limit("rest", 2, 10))
    pace.take("messages/in_group/7.json")
    pace.take("groups.json")
    assert sleeps == []
    pace.take("users.json")
    assert sleeps == [10]
    pace.take("threads/7")
    assert sleeps == [10, 20]


def test_without_limits_nothing_waits():
    pace, sleeps, _ = paced()
    for _ in range(1000):
        pace.take("")
    assert sleeps == []


@given(st.lists(st.floats(min_value=0, max_value=40), max_size=60))
def test_no_window_holds_more_than_its_limit(gaps: list[float]):
    pace, _, clock = paced(Limit("short", 3, 10), Limit("long", 7, 60))
    begun = []
    for gap in gaps:
        clock.advance(timedelta(seconds=gap))
        pace.take("x")
        begun.append(clock.monotonic())
    for calls, seconds in ((3, 10), (7, 60)):
        assert all(late - early >= seconds - 1e-5 for early, late in zip(begun, begun[calls:], strict=False))
    assert all(early <= late for early, late in pairwise(begun))


def test_what_was_called_before_a_restart_still_counts():
    pace, _, _ = paced(MINUTE, DAY)
    for _ in range(20):
        pace.take("t.json")
    kept = pace.to_json()
    later = FixedClock(NOW + timedelta(seconds=45))
    again, sleeps, _ = paced(MINUTE, DAY, clock=later)
    again.from_json(kept)
    again.take("t.json")
    assert sleeps == [15]
    assert len(json.loads(again.to_json())["day"]) == 21


def test_what_no_longer_counts_is_not_kept():
    pace, _, clock = paced(MINUTE)
    pace.take("t.json")
    clock.advance(timedelta(seconds=61))
    assert json.loads(pace.to_json()) == {"minute": []}


def test_a_clock_that_was_set_back_holds_no_longer_than_the_limit():
    pace, _, _ = paced(Limit("minute", 1, 60))
    pace.take("t.json")
    again, sleeps, _ = paced(Limit("minute", 1, 60), clock=FixedClock(NOW - timedelta(days=400)))
    again.from_json(pace.to_json())
    again.take("t.json")
    assert sleeps == [60]


def test_a_limit_that_is_gone_is_forgotten():
    pace, sleeps, _ = paced(Limit("new", 1, 60))
    pace.from_json('{"old": [1773144000.0]}')
    pace.take("t.json")
    assert sleeps == []
