"""Known: one answer for every screen about how far a span is known, and why today is no gap."""

from datetime import timedelta

import pytest

from tests.queries.network import NOW, START, a_message
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.queries.coverage import Behind
from workbench.queries.known import all_days, read_known, unknown_days

DAY = timedelta(days=1)
TODAY = NOW.date()


def known(network, scope, days: int = 90):
    with network.read() as reader:
        return read_known(reader, scope, TODAY - (days - 1) * DAY, TODAY, today=TODAY)


def test_what_nobody_read_is_not_known_whatever_is_here(network):
    water, silent = network.community("Water"), network.community("Silent")
    network.apply(water, a_message("m1"))
    found = known(network, (water,))
    assert (found.since, found.until, found.unknown_days, found.kind) == (None, None, 90, AccountKind.TABLE)
    assert (found.has_messages, found.has_known_days, found.is_whole, found.ended_on) == (True, False, False, None)
    assert not known(network, (silent,)).has_messages
    assert known(network, (water, silent)).kind is None


def test_the_newest_stretch_tells_since_when_and_until_when(network):
    water = network.community("Water")
    network.cover(water, TODAY - 400 * DAY, TODAY - 41 * DAY)
    network.cover(water, TODAY - 30 * DAY, TODAY - DAY)
    found = known(network, (water,))
    assert (found.since, found.until) == (TODAY - 30 * DAY, TODAY - DAY)
    assert (found.unknown_days, found.has_known_days, found.is_whole) == (10, True, False)
    assert known(network, (water,), 28).is_whole, "that today is not over takes nothing away"
    with network.read() as reader:
        later = read_known(reader, (water,), TODAY + DAY, TODAY + 3 * DAY, today=TODAY + 3 * DAY)
    assert later.ended_on == TODAY - DAY


def test_what_most_communities_know_is_not_said_of_the_one_that_lacks_it(network):
    followed = tuple(network.community(f"Group {number}") for number in range(10))
    for one in followed[1:]:
        network.cover(one, TODAY - 89 * DAY, TODAY - DAY)
    network.cover(followed[0], TODAY - 89 * DAY, TODAY - 80 * DAY)
    for scope in ((), followed):
        found = known(network, scope)
        assert (found.unknown_days, found.is_whole) == (0, False), "nine of ten are enough for a day"
        assert found.behind == Behind(10, 1, "Group 0", 10 / 89)
        assert known(network, scope, 1).behind is None, "today is not over for anybody"
    assert known(network, followed[:1]).behind is None, "one community says it with its days"
    assert known(network, followed[1:]).is_whole
    network.cover(followed[0], TODAY - 79 * DAY, TODAY - 2 * DAY)
    network.community("Silent")
    found = known(network, ())
    assert found.behind == Behind(11, 2, "Silent", 0.0)


@pytest.mark.parametrize(("missing", "count"), [([], 0), ([0], 0), ([1, 0], 1), ([3, 2, 1, 0], 4)])
def test_today_is_missing_only_where_everything_is(missing, count):
    gaps = [DayRange(TODAY - missing[0] * DAY, TODAY)] if missing else []
    assert unknown_days(gaps, TODAY - 3 * DAY, TODAY, today=TODAY) == count


def test_all_time_begins_with_the_first_day_that_is_here(network):
    water = network.community("Water")
    with network.read() as reader:
        assert all_days(reader, (water,), NOW) == (TODAY, TODAY)
    network.apply(water, a_message("m1"))
    with network.read() as reader:
        assert all_days(reader, (water,), NOW) == (START.date(), TODAY)
