"""Beginnings: where history was read to its start, the days before are known to be empty."""

from datetime import datetime, timedelta

import pytest

from tests.queries.network import NOW, START, a_message, a_network
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange, to_day
from workbench.queries.beginnings import began_on, beginnings, first_seen_until
from workbench.queries.communities import list_communities
from workbench.queries.coverage import coverage_share, gaps, known_lately, known_until
from workbench.queries.known import read_known
from workbench.sync.connector import Batch

DAY = timedelta(days=1)
FIRST_DAY = START.date()
LAST_DAY = NOW.date() - DAY
YEAR_AGO = FIRST_DAY - 365 * DAY


@pytest.fixture
def forum(tmp_path):
    """A forum whose first post and first whole day are the start, read to its end."""
    network = a_network(tmp_path, kind=AccountKind.DISCOURSE)
    water = network.community("Water")
    network.apply(water, a_message("first"), a_message("second", hours=48))
    network.cover(water, FIRST_DAY, LAST_DAY)
    network.mirror.settle(water, mark=None)
    yield network, water
    network.database.close()


def test_days_before_a_community_began_are_no_gap(forum):
    network, water = forum
    scope = (water,)
    with network.read() as reader:
        assert beginnings(reader, scope) == {water: FIRST_DAY}
        assert began_on(reader, scope) == began_on(reader, ()) == FIRST_DAY
        assert first_seen_until(reader, scope) is None
        assert gaps(reader, scope, YEAR_AGO, LAST_DAY) == []
        assert coverage_share(reader, scope, YEAR_AGO, LAST_DAY) == 1.0
        known = read_known(reader, scope, YEAR_AGO, LAST_DAY, today=NOW.date())
        row = list_communities(reader, as_of=NOW)[0]
    assert (known.began, known.since, known.until, known.unknown_days) == (FIRST_DAY, FIRST_DAY, LAST_DAY, 0)
    assert row.began == FIRST_DAY


@pytest.mark.parametrize(
    "undone",
    [
        "UPDATE communitystate SET synced_at = NULL",
        f"UPDATE account SET history_from = {to_day(FIRST_DAY)}",
        "UPDATE account SET kind = 'mailing-list'",
        f"UPDATE coverage SET first_day = {to_day(FIRST_DAY) + 1}",
    ],
)
def test_what_was_not_read_to_its_start_has_no_beginning(forum, undone):
    network, water = forum
    network.change(undone)
    with network.read() as reader:
        assert beginnings(reader, (water,)) == {}
        assert began_on(reader, ()) is None
        assert first_seen_until(reader, (water,)) == FIRST_DAY + 89 * DAY
        assert gaps(reader, (water,), YEAR_AGO, LAST_DAY)[0].first == YEAR_AGO


def test_where_the_platform_has_nothing_older_a_limit_hides_nothing(forum):
    network, water = forum
    network.change(f"UPDATE account SET history_from = {to_day(FIRST_DAY)}")
    network.mirror.apply(water, "messages", Batch((), is_from_start=True))
    with network.read() as reader:
        assert beginnings(reader, (water,)) == {water: FIRST_DAY}
        assert gaps(reader, (water,), YEAR_AGO, LAST_DAY) == []
    network.mirror.apply(water, "messages", Batch((), is_from_start=False))
    with network.read() as reader:
        assert beginnings(reader, (water,)) == {}


def test_empty_days_that_were_promised_before_the_first_message_are_no_beginning(forum):
    network, water = forum
    network.cover(water, FIRST_DAY - 100 * DAY, LAST_DAY)
    with network.read() as reader:
        assert beginnings(reader, (water,)) == {water: FIRST_DAY}
        assert began_on(reader, ()) == FIRST_DAY
        assert coverage_share(reader, (), YEAR_AGO, LAST_DAY) == 1.0


def test_a_community_that_began_today_is_known_up_to_yesterday(forum):
    network, _ = forum
    new = network.community("New")
    network.apply(new, a_message("today", at=NOW))
    network.mirror.settle(new, mark=None)
    with network.read() as reader:
        assert beginnings(reader, (new,)) == {new: NOW.date()}
        assert known_until(reader, (new,)) == LAST_DAY


def test_one_that_was_read_and_is_empty_keeps_nobody_from_knowing_the_others(forum):
    network, water = forum
    group = network.community("Group without posts")
    with network.read() as reader:
        assert known_until(reader, ()) is None
    network.mirror.settle(group, mark=None)
    with network.read() as reader:
        assert known_until(reader, ()) == known_until(reader, (group,)) == LAST_DAY
        assert gaps(reader, (), YEAR_AGO, LAST_DAY) == []
        assert beginnings(reader, ()) == {water: FIRST_DAY}
        assert (began_on(reader, ()), began_on(reader, (group,))) == (FIRST_DAY, None)
        row = list_communities(reader, as_of=NOW)[0]
    assert (row.id, row.known_until, row.began, row.known[-1].last) == (group, LAST_DAY, None, LAST_DAY)


def test_one_that_began_later_keeps_nobody_from_knowing_what_was_before(forum):
    network, _ = forum
    later = network.community("Later")
    began = datetime(2024, 5, 1, 9, tzinfo=START.tzinfo)
    network.apply(later, a_message("late start", at=began))
    network.cover(later, began.date(), LAST_DAY)
    network.mirror.settle(later, mark=None)
    with network.read() as reader:
        assert gaps(reader, (), YEAR_AGO, LAST_DAY) == []
        assert known_lately(reader, ()) == DayRange(FIRST_DAY, LAST_DAY)
        assert began_on(reader, ()) == FIRST_DAY


def test_of_several_the_one_whose_past_is_missing_decides_until_when_first_means_seen(forum):
    network, water = forum
    half = network.community("Half")
    network.apply(half, a_message("lately", at=NOW - 10 * DAY))
    network.cover(half, LAST_DAY - 5 * DAY, LAST_DAY)
    with network.read() as reader:
        assert first_seen_until(reader, (water, half)) == NOW.date() - 10 * DAY + 89 * DAY
        assert first_seen_until(reader, ()) == first_seen_until(reader, (half,))
        assert first_seen_until(reader, (network.community("Silent"),)) is None
