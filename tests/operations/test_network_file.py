"""GraphML: people are numbers, small offices are left out, and names go only to somebody for something."""

from collections import Counter
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from tests.builders import NOW, a_workspace
from tests.networks import HUB, a_circle_of_friends
from workbench.errors import BadInputError
from workbench.metrics.window import last_days
from workbench.operations.network import look_at_network
from workbench.operations.network_file import NamesFor, graphml

SPACE = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def look(tmp_path):
    with a_workspace(tmp_path) as workspace:
        scope = (a_circle_of_friends(workspace),)
        yield look_at_network(workspace, scope=scope, window=last_days(90, NOW), as_of=NOW)


def read(document: bytes):
    graph = fromstring(document).find(f"{SPACE}graph")
    nodes = {node.get("id"): {data.get("key"): data.text for data in node} for node in graph.iter(f"{SPACE}node")}
    edges = [(edge.get("source"), edge.get("target"), int(edge[0].text)) for edge in graph.iter(f"{SPACE}edge")]
    return {data.get("key"): data.text for data in graph.findall(f"{SPACE}data")}, nodes, edges


def test_without_a_recipient_people_are_numbers(look):
    document = graphml(look, as_of=NOW)
    about, nodes, edges = read(document)
    assert b"Example" not in document
    assert b"connector" not in document
    assert about["people"] == "19"
    assert len(nodes) == 19
    assert {data.get("office") for data in nodes.values()} == {"Dakar", None}, "Kabul is one person"
    assert sum(weight for *_, weight in edges) == sum(look.arcs.values())
    assert len(edges) == len(look.arcs)
    assert graphml(look, as_of=NOW) == document


def test_numbers_are_not_in_the_order_of_names(look):
    named = read(graphml(look, as_of=NOW, names=NamesFor("Luis", "map")))[1]
    order = [named[f"n{number}"]["name"] for number in range(1, 20)]
    assert order != sorted(order)
    assert sorted(order) == [one.name for one in look.people]


def test_names_stand_beside_whom_and_what_they_are_for(look):
    about, nodes, _ = read(graphml(look, as_of=NOW, names=NamesFor("Regional office", "Planning a meeting")))
    assert (about["recipient"], about["purpose"]) == ("Regional office", "Planning a meeting")
    assert HUB in {data["name"] for data in nodes.values()}
    assert "Kabul" in {data["office"] for data in nodes.values()}


def test_offices_leave_only_where_they_and_what_is_left_are_five_people_or_more(look):
    """Kabul is one person: alone without an office it would tell where that one sits."""
    people = tuple(replace(one, office=one.office or "Lima") for one in look.people)
    nodes = read(graphml(replace(look, people=people), as_of=NOW))[1]
    offices = Counter(data.get("office") for data in nodes.values())
    assert len(offices) == 2, "the next smallest goes with Kabul"
    assert all(count >= 5 for count in offices.values())


def test_a_network_of_fewer_than_five_people_leaves_only_with_their_names_to_somebody(tmp_path):
    with a_workspace(tmp_path) as workspace:
        look = look_at_network(workspace, scope=(), window=last_days(90, NOW), as_of=NOW)
    with pytest.raises(BadInputError, match="fewer than 5 people"):
        graphml(look, as_of=NOW)
    assert graphml(look, as_of=NOW, names=NamesFor("Luis", "map"))
