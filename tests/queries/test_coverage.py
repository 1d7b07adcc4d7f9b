"""Coverage: what is known of days, over one community and over many."""

from datetime import date

import pytest

from tests.builders import a_clock
from workbench.models.kinds import WEB_SITES
from workbench.models.moments import DayRange, to_day
from workbench.queries.coverage import (
    CoverageMap,
    coverage_share,
    covered,
    covered_by_community,
    gaps,
    known_until,
    load_coverage,
    weeks_known,
)
from workbench.sync.accounts import AccountStore
from workbench.sync.records import CommunityRecord

FIRST, LAST = date(2024, 1, 1), date(2024, 1, 31)


@pytest.fixture
def half_known(network):
    community = network.community("Water")
    network.cover(community, date(2024, 1, 5), date(2024, 1, 10))
    network.cover(community, date(2024, 1, 21), date(2024, 2, 15))
    return network, (community,)


def test_known_days_and_gaps_tile_the_span(half_known):
    network, scope = half_known
    with network.read() as reader:
        known, missing = covered(reader, scope, FIRST, LAST), gaps(reader, scope, FIRST, LAST)
        share = coverage_share(reader, scope, FIRST, LAST)
    assert known == [DayRange(date(2024, 1, 5), date(2024, 1, 10)), DayRange(date(2024, 1, 21), LAST)]
    assert missing == [DayRange(FIRST, date(2024, 1, 4)), DayRange(date(2024, 1, 11), date(2024, 1, 20))]
    assert share == 17 / 31


def test_every_community_by_itself_has_the_ranges_it_has_alone(half_known):
    network, (water,) = half_known
    health = network.community("Health")
    network.cover(health, date(2023, 1, 1), date(2024, 1, 2))
    network.community("Silent")
    with network.read() as reader:
        found = covered_by_community(reader, FIRST, LAST)
        alone = {community: covered(reader, (community,), FIRST, LAST) for community in (water, health)}
    assert found == alone


def test_known_until_is_the_last_promised_day(half_known):
    network, scope = half_known
    with network.read() as reader:
        assert known_until(reader, scope) == date(2024, 2, 15)


def test_without_any_promise_everything_is_a_gap(network):
    scope = (network.community("Water"),)
    with network.read() as reader:
        assert covered(reader, scope, FIRST, LAST) == []
        assert gaps(reader, scope, FIRST, LAST) == [DayRange(FIRST, LAST)]
        assert coverage_share(reader, scope, FIRST, LAST) == 0.0
        assert known_until(reader, scope) is None


def test_an_empty_profile_knows_nothing(network):
    with network.read() as reader:
        assert coverage_share(reader, (), FIRST, LAST) == 0.0
        assert known_until(reader, ()) is None


def test_over_two_communities_days_count_by_half_and_are_known_where_both_are(half_known):
    network, scope = half_known
    other = network.community("Health")
    network.cover(other, FIRST, LAST)
    with network.read() as reader:
        everywhere = load_coverage(reader, (), FIRST, LAST)
        assert everywhere.share(FIRST, LAST) == (17 + 31) / 62
        assert everywhere.known(FIRST, LAST) == covered(reader, scope, FIRST, LAST)
        assert known_until(reader, (other, *scope)) == LAST


def test_a_day_is_known_where_nine_of_ten_communities_are_complete():
    day = to_day(FIRST)
    assert CoverageMap([(day, day, 4), (day, day, 5)], 10).known(FIRST, LAST) == [DayRange(FIRST, FIRST)]
    assert CoverageMap([(day, day, 8)], 10).known(FIRST, LAST) == []


def test_ranges_that_touch_because_the_count_changed_are_one():
    day = to_day(FIRST)
    ranges = [(day, day + 9, 10), (day + 5, day + 9, 1)]
    assert CoverageMap(ranges, 10).known(FIRST, LAST) == [DayRange(FIRST, date(2024, 1, 10))]


def test_the_share_of_days_after_the_last_promise_is_zero():
    day = to_day(FIRST)
    assert CoverageMap([(day, day, 1)], 1).share(date(2024, 1, 2), LAST) == 0.0
    assert CoverageMap([(day, day, 1)], 1).share(FIRST, date(2024, 1, 2)) == 0.5


def test_a_community_nobody_follows_is_not_waited_for(half_known):
    network, (water,) = half_known
    known_of = network.community("Known of only")
    network.change("UPDATE community SET is_followed = 0 WHERE id = ?", known_of)
    with network.read() as reader:
        assert coverage_share(reader, (), FIRST, LAST) == 17 / 31
        assert known_until(reader, ()) == date(2024, 2, 15)
        assert coverage_share(reader, (water, known_of), FIRST, LAST) == 17 / 62


@pytest.mark.parametrize("kind", sorted(WEB_SITES))
def test_a_web_site_keeps_nobody_from_knowing_all_messages(half_known, kind):
    network, (water,) = half_known
    accounts = AccountStore(network.database, a_clock())
    site = network.mirror.ensure_community(accounts.add(kind, "Our site"), CommunityRecord("1", "Our site"))
    with network.read() as reader:
        assert coverage_share(reader, (), FIRST, LAST) == 17 / 31
        assert known_until(reader, ()) == date(2024, 2, 15)
    network.cover(site, FIRST, LAST)
    with network.read() as reader:
        assert covered(reader, (), FIRST, LAST) == covered(reader, (water,), FIRST, LAST)
        assert coverage_share(reader, (site,), FIRST, LAST) == 1


def test_weeks_are_known_when_all_their_days_are():
    monday, today = date(2024, 5, 27), date(2024, 6, 15)
    for first, last, known in [
        (date(2024, 5, 27), today, (True, True, True)),
        (date(2024, 5, 28), today, (False, True, True)),
        (date(2024, 5, 1), date(2024, 6, 13), (True, True, True)),
        (date(2024, 5, 1), date(2024, 6, 12), (True, True, False)),
        (date(2024, 6, 12), today, (False, False, False)),
    ]:
        assert weeks_known([DayRange(first, last)], first=monday, weeks=3, today=today) == known


@pytest.mark.parametrize(("last", "known"), [(date(2024, 6, 8), True), (date(2024, 6, 7), False)])
def test_on_a_monday_the_week_before_does_not_wait_for_yesterday(last: date, known):
    begun = [DayRange(date(2024, 6, 1), last)]
    assert weeks_known(begun, first=date(2024, 6, 3), weeks=1, today=date(2024, 6, 10)) == (known,)


@pytest.mark.parametrize(("last", "known"), [(date(2024, 6, 9), True), (date(2024, 6, 8), False)])
def test_week_that_began_today_is_known_when_the_day_before_is(last: date, known):
    monday = date(2024, 6, 10)
    assert weeks_known([DayRange(date(2024, 6, 1), last)], first=monday, weeks=1, today=monday) == (known,)
