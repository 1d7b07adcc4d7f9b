"""People by day: over the whole network, weeks of bits say what the days of people say."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.queries.network import START, a_message, a_network, a_reaction
from workbench.models.moments import to_day
from workbench.queries.people import people_by_day

MONDAY = to_day(date(2024, 1, 1))
PEOPLE = [f"person{number}" for number in range(130)]  # more than two rows of bits hold


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """130 people over five weeks in two communities; every fifth only reacts."""
    network = a_network(tmp_path_factory.mktemp("busy"))
    water, health = network.community("Water"), network.community("Health")
    for community, step in ((water, 7), (health, 11)):
        records = [a_message(f"root{step}", by="host", at=START)]
        for number, handle in enumerate(PEOPLE):
            hours = 24 * (number * step % 35) + 1
            if number % 5:
                records.append(a_message(f"m{step}.{number}", by=handle, hours=hours, to=f"root{step}"))
            else:
                records.append(a_reaction(f"x{step}.{number}", by=handle, hours=hours, to=f"root{step}"))
        network.apply(community, *records)
    yield network, water, health
    network.database.close()


@pytest.mark.parametrize("wrote", [False, True])
@pytest.mark.parametrize(
    "borders",
    [(0, 35), (3, 31), (0, 7, 14), (2, 5), (5, 9), (1, 20, 21, 33), (0, 1), (-40, 90), (400, 500)],
)
def test_between_any_borders_the_network_is_all_of_its_communities(busy, borders, wrote):
    network, water, health = busy
    days = [MONDAY + border for border in borders]
    with network.read() as reader:
        whole = people_by_day(reader, (), days, wrote=wrote)
        named = people_by_day(reader, (water, health), days, wrote=wrote)
    assert [row.day for row in whole] == sorted({row.day for row in whole})
    for first, until in pairwise(days):
        assert among(whole, first, until) == among(named, first, until)


def test_whole_weeks_come_as_one_row(busy):
    network, _, _ = busy
    with network.read() as reader:
        rows = people_by_day(reader, (), [MONDAY, MONDAY + 35], wrote=False)
    assert [row.day for row in rows] == [MONDAY]
    assert len(rows[0].people) == len(set(rows[0].people)) == len(PEOPLE) + 1


def test_one_community_has_a_row_for_each_day_somebody_did_something(busy):
    network, water, _ = busy
    with network.read() as reader:
        rows = people_by_day(reader, (water,), [MONDAY, MONDAY + 3, MONDAY + 35], wrote=False)
    assert [row.day for row in rows] == list(range(MONDAY, MONDAY + 35, 7))


def test_the_epoch_and_before_it_are_weeks_like_others(network):
    water = network.community("Water")
    network.apply(water, a_message("m1", at=START - timedelta(days=60 * 365)), a_message("m2", by="bruno"))
    with network.read() as reader:
        rows = people_by_day(reader, (), [MONDAY - 80 * 365, MONDAY], wrote=True)
    assert among(rows, MONDAY - 80 * 365, MONDAY) == {network.person("amina")}


def among(rows, first: int, until: int) -> set[int]:
    return {person for row in rows if first <= row.day < until for person in row.people}
