"""The network of a scope: known groups and roles are found, in the order of names, the same each time and when kept."""

from datetime import timedelta

import pytest

from tests.builders import NOW, a_workspace
from tests.networks import HUB, a_circle_of_friends
from workbench.errors import TooManyPeopleError
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.roles import Role
from workbench.metrics.window import Window, last_days
from workbench.operations import network as operation
from workbench.operations.network import look_at_network

WINDOW = last_days(90, NOW)


@pytest.fixture
def workspace(tmp_path):
    with a_workspace(tmp_path) as found:
        yield found


def look(workspace, *scope, window=WINDOW, **how):
    return look_at_network(workspace, scope=scope, window=window, as_of=NOW, **how)


def test_people_stand_in_the_order_of_names_with_their_group_office_and_roles(workspace):
    found = look(workspace, a_circle_of_friends(workspace))
    assert (found.name, found.members, len(found.people), found.clusters) == ("Water circle", 20, 19, 3)
    assert [one.name for one in found.people] == sorted(one.name for one in found.people)
    assert len({one.cluster for one in found.people if one.office == "Lima"}) == 1
    hub = found.people[-1]
    assert (hub.name, hub.office) == (HUB, "Kabul")
    assert {Role.CONNECTOR, Role.BROKER} <= set(hub.roles)
    held = [found.people[one.node].name for one in found.roles[Role.BROKER]]
    assert held == [HUB]
    assert found.near[18] == tuple(place for place in range(18) if place % 6 < 4)
    assert found.known == pytest.approx(1.0)


def test_the_measures_beside_it_are_those_of_the_catalogue(workspace):
    community = a_circle_of_friends(workspace)
    found = look(workspace, community)
    with workspace.database.read() as reader:
        expected = measure_all(reader, list(found.values), scope=(community,), windows=[WINDOW], as_of=NOW)
    for key, value in found.values.items():
        assert value.value == pytest.approx(expected[key][0].value), find_metric(key).title
        assert (value.numerator, value.denominator) == (expected[key][0].numerator, expected[key][0].denominator)


def test_a_second_look_is_equal_and_needs_no_work(workspace, monkeypatch):
    community = a_circle_of_friends(workspace)
    first = look(workspace, community)
    monkeypatch.setattr(operation, "work_out", None)
    assert look(workspace, community) == first


def test_when_little_changes_people_stay_where_they_were(workspace):
    community = a_circle_of_friends(workspace)
    first = look(workspace, community)
    shorter = look(workspace, community, window=Window(WINDOW.start, WINDOW.end - timedelta(days=1)))
    assert [one.place for one in shorter.people] == [one.place for one in first.people], "the same ties"
    later = look(workspace, community, window=Window(NOW.replace(hour=0) - timedelta(days=39), WINDOW.end))
    before = {one.person_id: one.place for one in first.people}
    moves = [
        ((one.place[0] - before[one.person_id][0]) ** 2 + (one.place[1] - before[one.person_id][1]) ** 2) ** 0.5
        for one in later.people
    ]
    width = max(x for x, _ in before.values()) - min(x for x, _ in before.values())
    assert len(later.edges.ends) < len(first.edges.ends)
    assert max(moves) < width / 4


def test_all_time_begins_with_the_first_known_day_and_nothing_is_a_network_too(workspace):
    community = a_circle_of_friends(workspace)
    found = look(workspace, community, window=None)
    assert found.window.start_on == (NOW - timedelta(days=200)).date()
    empty = look(workspace, community, window=Window.between(NOW.date() - timedelta(days=1), NOW.date()))
    assert (empty.people, empty.clusters, empty.members) == ((), 0, 20)
    assert look(workspace, 99).people == ()


def test_more_people_than_anybody_could_wait_for_are_refused(workspace, monkeypatch):
    community = a_circle_of_friends(workspace)
    people = len(look(workspace, community).people)
    monkeypatch.setattr(operation, "MOST_PEOPLE", people - 1)
    with pytest.raises(TooManyPeopleError) as refused:
        look(workspace)
    assert refused.value.details["most"] == people - 1
