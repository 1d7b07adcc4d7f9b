"""An office's own snapshot: what is known of which weeks, and small counts blank so that no total gives them away."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.queries.network import a_message, a_network
from workbench.export.rollup_gather import gather_office
from workbench.sync.rollup_snapshot import WHOLE_OFFICE, OfficeSnapshot, WeekState, from_lines, to_lines

FIRST, LAST = date(2024, 1, 1), date(2024, 1, 14)
AS_OF = datetime(2024, 1, 17, 12, tzinfo=UTC)


@pytest.fixture
def network(tmp_path):
    made = a_network(tmp_path)
    yield made
    made.database.close()


def gathered(network, *, weeks: int = 2) -> OfficeSnapshot:
    with network.read() as reader:
        return gather_office(reader, name="Kenya", country="Kenya", as_of=AS_OF, weeks=weeks)


def weeks_of(snapshot: OfficeSnapshot, name: str) -> tuple[WeekState, ...]:
    found = [each for each in snapshot.communities if each.name == name]
    return found[0].weeks if found else ()


def people(count: int, prefix: str, *, hours: float = 0):
    """One message each of so many people."""
    return [a_message(f"{prefix}-{n}-{hours}", by=f"{prefix}{n}", hours=hours + n) for n in range(count)]


def test_only_whole_weeks_that_are_known_are_told(network):
    water, wells = network.community("Water"), network.community("Wells")
    network.apply(water, *people(6, "water"), *people(7, "late", hours=24 * 15))
    network.apply(wells, *people(6, "wells"))
    network.cover(water, FIRST, LAST)
    network.cover(wells, FIRST, FIRST + timedelta(days=2))
    told = gathered(network)
    assert [(week.week.day, week.known_days, week.messages, week.contributors) for week in weeks_of(told, "Water")] == [
        (1, 7, 6, 6),
        (8, 7, 0, 0),
    ]
    assert [(week.week.day, week.known_days) for week in weeks_of(told, "Wells")] == [(1, 3)]
    assert told.office.first_week == FIRST
    assert told.office.weeks == (date(2024, 1, 1), date(2024, 1, 8))
    assert [(week.week.day, week.messages) for week in weeks_of(told, "")] == [(1, 12)]


def test_a_profile_without_anything_tells_of_nothing_and_not_of_zeros(network):
    told = gathered(network)
    assert (told.plans, told.communities, told.office.known_until) == ((), (), None)
    assert from_lines(to_lines(told)) == told


def test_one_small_community_hides_behind_the_next_smallest(network):
    sizes = {"Small": 3, "Middle": 8, "Large": 12}
    for name, size in sizes.items():
        community = network.community(name)
        network.apply(community, *people(size, name))
        network.cover(community, FIRST, LAST)
    told = gathered(network)
    assert {name: weeks_of(told, name)[0].contributors for name in sizes} == {
        "Small": None,
        "Middle": None,
        "Large": 12,
    }
    assert weeks_of(told, "")[0].contributors == 23
    assert weeks_of(told, "Small")[0].is_withheld
    assert weeks_of(told, "Small")[0].messages == 3


def test_a_median_of_few_answers_is_left_out(network):
    water = network.community("Water")
    network.apply(water, *people(9, "asked"))
    replies = [a_message(f"r{n}", by=f"helper{n}", hours=n + 2, to=f"asked-{n}-0") for n in range(4)]
    network.apply(water, *replies)
    network.cover(water, FIRST, LAST)
    week = weeks_of(gathered(network), "Water")[0]
    assert (week.threads, week.replied_threads, week.first_reply_hours) == (9, 4, None)
    network.apply(water, a_message("r4", by="helper4", hours=6, to="asked-4-0"))
    assert weeks_of(gathered(network), "Water")[0].first_reply_hours == 2.0


GROUPS = st.lists(st.sets(st.integers(0, 14), max_size=14), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GROUPS)
def test_no_total_gives_a_small_count_away(tmp_path_factory, groups):
    network = a_network(tmp_path_factory.mktemp("gathered"))
    for number, group in enumerate(groups):
        community = network.community(f"Community {number}")
        network.apply(community, *(a_message(f"{number}-{person}", by=f"p{person}", hours=person) for person in group))
        network.cover(community, FIRST, LAST)
    told = gathered(network)
    network.database.close()
    assert from_lines(to_lines(told)) == told
    for monday in told.office.weeks:
        rows = {each.key: week for each in told.communities for week in each.weeks if week.week == monday}
        whole = rows.pop(WHOLE_OFFICE).contributors
        parts = [week.contributors for week in rows.values()]
        assert all(count == 0 or count >= 5 for count in (*parts, whole) if count is not None)
        if whole is not None and None in parts:
            assert parts.count(None) >= 2
            assert not 0 < whole - sum(count for count in parts if count is not None) < 5
