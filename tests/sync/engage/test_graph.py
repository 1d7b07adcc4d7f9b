"""Microsoft Graph on communities: opaque ids, links of several pages, links that grew too old."""

import json
from pathlib import Path

import httpx2
import pytest

from tests.platforms.viva_engage import VivaEngage
from tests.platforms.viva_engage_shapes import group_guid, person_guid
from tests.sync.clients import as_json, replies
from tests.sync.connectors.engage_network import GROUP, a_network
from tests.sync.seats import a_seat
from workbench.errors import ForbiddenError, LineError, SkipStreamError
from workbench.sync.connectors.viva_engage import GRAPH
from workbench.sync.engage.graph import PREFIX, EngageGraph, number_within, person_of, refusal

SAMPLES = Path(__file__).parents[1] / "connectors" / "viva_engage"
WATER = "195d9ecd-f80e-4bab-af95-176eba253dfa"


def graph(platform) -> EngageGraph:
    return EngageGraph(a_seat(platform).client(GRAPH, resource="graph", refusal=refusal))


def sampled(name: str) -> httpx2.Response:
    return as_json((SAMPLES / name).read_bytes(), Date="Mon, 02 Mar 2026 08:00:00 GMT")


def test_communities_tell_their_group_and_a_number():
    found = list(graph(replies(sampled("graph_communities.json"))).communities())
    assert [(item.name, item.group, item.number) for item in found] == [
        ("Water points", WATER, "191326289920"),
        ("School meals", "0bed8b86-5026-4a93-ac7d-56750cc099f1", "191476637696"),
    ]
    assert found[1].description == ""


def test_communities_come_over_all_pages():
    platform = a_network(groups=45, messages=0)
    assert len(list(graph(platform).communities())) == 45
    assert len(platform.asked) == 3


@pytest.mark.parametrize("text", ["", "opaque", "e30", "W10", "éé", "eyJpZCI6Im5vbmUifQ"])
def test_an_id_that_holds_no_number_gives_none(text):
    assert number_within(text) is None


def test_changes_are_those_of_the_group_alone():
    changed = graph(replies(sampled("graph_delta.json"))).changed(f"{GRAPH}/groups/delta?$deltatoken=s", WATER)
    assert changed is not None
    assert changed.added == {"37de1ae3-408f-4702-8636-20824abda004"}
    assert changed.removed == {"632f6bb2-3ec8-4c1f-9073-0027a8c68590"}
    assert changed.link.endswith("sZwAFZibx-LQOdZIo1hHhm")


def test_changes_told_twice_over_two_pages_count_once():
    platform = a_network(replays=True)
    reader, group = graph(platform), group_guid(GROUP)
    link = reader.link_from_now(group)
    platform.world.pass_time(hours=1)
    leaver, newcomer = max(platform.world.groups[GROUP].members), platform.world.person().id
    platform.world.leave(GROUP, leaver)
    platform.world.join(GROUP, newcomer)
    changed = reader.changed(link, group)
    assert changed is not None
    assert (changed.added, changed.removed) == ({person_guid(newcomer)}, {person_guid(leaver)})
    assert changed.at == platform.world.now


@pytest.mark.parametrize("status", [410, 400])
def test_a_link_older_than_seven_days_says_to_begin_anew(status):
    platform = a_network(lost_delta=status)
    reader, group = graph(platform), group_guid(GROUP)
    link = reader.link_from_now(group)
    platform.world.pass_time(days=7)
    assert reader.changed(link, group) is not None
    platform.world.pass_time(hours=1)
    assert reader.changed(link, group) is None


def test_another_refusal_is_not_taken_for_an_old_link():
    platform = a_network()
    reader, group = graph(platform), group_guid(GROUP)
    link = reader.link_from_now(group)
    platform.switches["no_graph"] = 403
    with pytest.raises(ForbiddenError):
        reader.changed(link, group)
    platform.switches["no_graph"] = 400
    with pytest.raises(SkipStreamError):
        reader.changed(link, group)


def test_links_are_followed_at_our_own_address_only():
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url.copy_with(query=None)))
        link = {} if len(asked) > 1 else {"@odata.nextLink": "https://elsewhere.example.net/v1.0/next?$skiptoken=x"}
        return as_json(json.dumps({"value": [], **link}).encode())

    assert not list(graph(answer).communities())
    assert asked == [f"{GRAPH}/employeeExperience/communities", f"{GRAPH}/next"]


def test_pages_that_lead_in_a_circle_are_refused():
    page = {"value": [], "@odata.nextLink": f"{GRAPH}/employeeExperience/communities?$skiptoken=x"}
    with pytest.raises(LineError):
        list(graph(replies(as_json(json.dumps(page).encode()))).communities())


@pytest.mark.parametrize("value", [[], {}, {"value": {}}, {"value": [7]}, {"value": [{"id": "x"}]}])
def test_what_is_no_list_is_refused(value):
    with pytest.raises(LineError):
        list(graph(replies(as_json(json.dumps(value).encode()))).communities())


def test_groups_within_a_group_are_no_people():
    people = [{"@odata.type": "#microsoft.graph.group", "id": "g"}, {"@odata.type": "#microsoft.graph.user", "id": "u"}]
    ((listed, following),) = graph(replies(as_json(json.dumps({"value": people}).encode()))).members("x")
    assert ([item["id"] for item in listed], following) == (["u"], None)


def test_somebody_gone_from_the_directory_is_nobody():
    platform = a_network()
    platform.world.people[2].is_gone = True
    assert graph(platform).person(person_guid(2)) is None


def test_a_person_of_graph_is_known_by_their_entra_id():
    platform: VivaEngage = a_network()
    found = graph(platform).person(person_guid(3))
    assert found is not None
    who = person_of(found)
    assert (who.handle, who.name) == (PREFIX + person_guid(3), platform.world.people[3].name)
    assert who.address_key is not None
    assert "@" not in repr(who)
