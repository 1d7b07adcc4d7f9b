"""Members of Viva Engage communities: whole lists, changes, and either side refusing."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from tests.platforms.server import Asked, Told, told
from tests.platforms.viva_engage import VivaEngage
from tests.sync.clients import as_json
from tests.sync.connectors.engage_network import (
    BASE,
    COMMUNITY,
    GROUP,
    a_network,
    a_network_mirror,
    connector,
    held_members,
    paths,
    pulled,
    synced,
    world_members,
    world_messages,
)
from tests.sync.connectors.runs import Cursors, held_messages
from tests.sync.mirrored import Mirrored
from tests.sync.seats import a_seat
from workbench.errors import ForbiddenError, LineError, SkipStreamError
from workbench.models.moments import from_micros
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Batch
from workbench.sync.connectors.viva_engage import GRAPH, LIKES, MEMBERS, MESSAGES
from workbench.sync.engage.graph import EngageGraph
from workbench.sync.engage.members import EngageMembers, Standing
from workbench.sync.people import address_key
from workbench.sync.records import MemberRecord

SAMPLES = Path(__file__).parents[1] / "connectors" / "viva_engage"


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_network_mirror(tmp_path)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_members_come_from_yammer_alone_if_graph_refuses(status, mirrored):
    platform = a_network(no_graph=status)
    batches = synced(mirrored, platform)
    assert held_members(mirrored) == world_members(platform)
    platform.world.leave(GROUP, max(platform.world.groups[GROUP].members))
    batches += synced(mirrored, platform)
    assert held_members(mirrored) == world_members(platform)
    assert held_messages(mirrored) == world_messages(platform)
    assert any("Graph refused" in batch.note for batch in batches) == (status != 404)


def test_without_graph_an_unchanged_number_of_members_is_not_listed_again():
    platform, cursors = a_network(no_graph=403), Cursors()
    pulled(platform, cursors)
    start = len(platform.asked)
    platform.world.say(GROUP, 1, "News")
    pulled(platform, cursors)
    assert not [path for path in paths(platform, start) if "users" in path]


@pytest.mark.parametrize("status", [401, 403])
def test_members_come_from_graph_alone_if_yammer_refuses(status, mirrored):
    platform = a_network(no_yammer=status)
    reader = connector(platform)
    assert [(item.remote_id, item.mark) for item in reader.communities()] == [(COMMUNITY, None)]
    for stream in (MESSAGES, LIKES):
        with pytest.raises(ForbiddenError, match="members still can"):
            list(reader.pull(COMMUNITY, stream, since=None))
    for batch in reader.pull(COMMUNITY, MEMBERS, since=None):
        mirrored.mirror.apply(mirrored.community_id, MEMBERS.name, batch)
    names = {row[0] for row in mirrored.rows("SELECT p.name FROM member m JOIN person p ON p.id = m.person_id")}
    assert names == {platform.world.people[member].name for member in platform.world.groups[GROUP].members}


def test_people_known_from_both_sides_are_one(mirrored):
    platform = a_network()
    synced(mirrored, platform)
    names = [row[0] for row in mirrored.rows("SELECT name FROM person")]
    assert len(names) == len(set(names))
    assert mirrored.scalar("SELECT count(*) FROM handle") > len(names)


@pytest.mark.parametrize("no_roster", [True, False])
def test_only_where_yammer_refuses_its_list_do_addresses_not_matter(no_roster, mirrored):
    platform = a_network(bare_references=True, no_roster=no_roster)
    synced(mirrored, platform)
    listed = mirrored.scalar("SELECT count(*) FROM member WHERE is_listed")
    assert listed == len(platform.world.groups[GROUP].members)
    assert bool(mirrored.scalar("SELECT count(*) FROM handle WHERE remote_id LIKE 'entra:%'")) == no_roster


def test_if_both_refuse_the_refusal_is_yammers():
    platform = a_network(no_yammer=403, no_graph=401)
    with pytest.raises(ForbiddenError):
        list(connector(platform).communities())
    with pytest.raises(ForbiddenError):
        list(connector(platform).pull(COMMUNITY, MEMBERS, since=None))


def pull_members(platform: VivaEngage, mirrored: Mirrored) -> list[str]:
    """One run of members alone; the addresses it asked for."""
    start = len(platform.asked)
    reader = connector(platform)
    list(reader.communities())
    since = mirrored.mirror.cursor(mirrored.community_id, MEMBERS.name)
    for batch in reader.pull(COMMUNITY, MEMBERS, since=since):
        mirrored.mirror.apply(mirrored.community_id, MEMBERS.name, batch)
    return [path.removeprefix("/api/v1/").removeprefix("/v1.0/") for path in paths(platform, start)[1:]]


def crowded(people: int, **switches) -> VivaEngage:
    """A community in which everybody is."""
    platform = a_network(people=people, messages=0, **switches)
    for person in platform.world.people:
        platform.world.join(GROUP, person)
    platform.world.pass_time(days=1)
    return platform


ROSTER = f"users/in_group/{COMMUNITY}.json"


@pytest.mark.parametrize("people", [2, 49, 50, 51, 100, 120])
def test_everybody_is_listed_by_yammer_whatever_their_number(people, mirrored):
    platform = crowded(people, no_graph=403)
    asked = pull_members(platform, mirrored)
    assert held_members(mirrored) == world_members(platform)
    assert asked.count(ROSTER) == -(-people // 50)


@pytest.mark.parametrize("people", [999, 1000])
def test_everybody_is_listed_by_graph_a_thousand_at_once(people, mirrored):
    platform = crowded(people)
    asked = pull_members(platform, mirrored)
    assert held_members(mirrored) == world_members(platform)
    assert len([path for path in asked if path.endswith("/members")]) == -(-people // 999)
    assert ROSTER not in asked


def test_a_list_that_says_nothing_of_more_pages_ends_with_an_empty_one(mirrored):
    platform = crowded(100, no_graph=403)

    def leave_out(asked: Asked, reply: Told) -> Told:
        if "in_group" not in asked.path:
            return reply
        return told({key: value for key, value in json.loads(reply.body).items() if key != "more_available"})

    platform.after = leave_out
    assert pull_members(platform, mirrored).count(ROSTER) == 3
    assert held_members(mirrored) == world_members(platform)


def test_who_came_and_went_is_asked_for_one_by_one(mirrored):
    platform = crowded(120)
    pull_members(platform, mirrored)
    platform.world.pass_time(hours=1)
    platform.world.leave(GROUP, 7)
    platform.world.join(GROUP, platform.world.person().id)
    asked = pull_members(platform, mirrored)
    assert [path.partition("/")[0] for path in asked] == ["groups", "users", "users"]
    assert held_members(mirrored) == world_members(platform)
    assert platform.world.now == from_micros(mirrored.scalar("SELECT max(left_at) FROM member"))


def test_somebody_who_left_the_organisation_left_the_community(mirrored):
    platform = crowded(30)
    pull_members(platform, mirrored)
    platform.world.leave(GROUP, 7)
    platform.world.people[7].is_gone = True
    pull_members(platform, mirrored)
    assert held_members(mirrored) == world_members(platform)


def test_where_messages_come_without_addresses_people_keep_the_ids_of_yammer(mirrored):
    platform = a_network(bare_references=True)
    synced(mirrored, platform)
    assert held_members(mirrored) == world_members(platform)
    assert not mirrored.scalar("SELECT count(*) FROM handle WHERE remote_id LIKE 'entra:%'")
    platform.world.pass_time(hours=1)
    platform.world.leave(GROUP, max(platform.world.groups[GROUP].members))
    platform.world.join(GROUP, platform.world.person().id)
    start = len(platform.asked)
    synced(mirrored, platform)
    assert held_members(mirrored) == world_members(platform)
    assert paths(platform, start).count("/api/v1/users/by_email.json") == 2
    platform.world.pass_time(days=8)
    pull_members(platform, mirrored)
    assert not mirrored.scalar("SELECT count(*) FROM handle WHERE remote_id LIKE 'entra:%'")


def test_changes_told_over_and_over_change_nothing_more(mirrored):
    platform = crowded(60, replays=True)
    pull_members(platform, mirrored)
    platform.world.join(GROUP, platform.world.person().id)
    for _ in range(3):
        pull_members(platform, mirrored)
        assert held_members(mirrored) == world_members(platform)


@pytest.mark.parametrize("status", [410, 400])
def test_after_more_than_seven_days_the_list_is_read_anew(status, mirrored):
    platform = crowded(60, lost_delta=status)
    pull_members(platform, mirrored)
    platform.world.leave(GROUP, 7)
    platform.world.join(GROUP, platform.world.person().id)
    platform.world.pass_time(days=8)
    assert [path for path in pull_members(platform, mirrored) if path.endswith("/members")]
    assert held_members(mirrored) == world_members(platform)
    assert pull_members(platform, mirrored) == ["groups/delta"]


def test_many_changes_lead_to_the_whole_list(mirrored):
    platform = crowded(60)
    pull_members(platform, mirrored)
    for person in range(2, 20):
        platform.world.leave(GROUP, person)
    for _ in range(3):
        platform.world.join(GROUP, platform.world.person().id)
    assert [path for path in pull_members(platform, mirrored) if path.endswith("/members")]
    assert held_members(mirrored) == world_members(platform)


def refusing(page: str) -> Callable[[Asked], Told | None]:
    return lambda asked: (
        Told(418, b"", "text/plain") if page in (asked.query.get("page"), asked.query.get("$skiptoken")) else None
    )


def test_a_list_of_yammer_that_was_cut_goes_on_at_its_page_and_still_tells_who_left(mirrored):
    platform = crowded(160, no_graph=403)
    pull_members(platform, mirrored)
    platform.world.leave(GROUP, 7)
    platform.before = refusing("3")
    with pytest.raises(SkipStreamError):
        pull_members(platform, mirrored)
    platform.before = None
    assert pull_members(platform, mirrored).count(ROSTER) == 2
    assert held_members(mirrored) == world_members(platform)


def test_a_list_of_graph_that_was_cut_goes_on_at_its_link(mirrored):
    platform = crowded(1500)
    platform.before = lambda asked: Told(500, b"", "text/plain") if "$skiptoken" in asked.query else None
    with pytest.raises(LineError):
        pull_members(platform, mirrored)
    platform.before = None
    asked = pull_members(platform, mirrored)
    assert len(asked) == 1
    assert held_members(mirrored) == world_members(platform)


def test_a_list_of_graph_begins_anew_if_its_link_grew_too_old(mirrored):
    platform = crowded(1500)
    refused = [Told(500, b"", "text/plain")] * 4 + [Told(400, b"", "text/plain")]
    platform.before = lambda asked: refused.pop(0) if refused and "$skiptoken" in asked.query else None
    with pytest.raises(LineError):
        pull_members(platform, mirrored)
    assert len(pull_members(platform, mirrored)) == 3
    assert held_members(mirrored) == world_members(platform)


@pytest.mark.parametrize("switches", [{"no_graph": 403}, {"bare_references": True}])
def test_nobody_is_lost_when_pages_move_while_they_are_read(switches, mirrored):
    platform = crowded(160, **switches)
    platform.world.say(GROUP, 1, "Words")
    synced(mirrored, platform)
    platform.world.pass_time(days=9)
    platform.world.join(GROUP, platform.world.person().id)

    def leave(asked: Asked) -> None:
        platform.world.pass_time(seconds=1)
        if asked.query.get("page") == "2" and 3 in platform.world.groups[GROUP].members:
            platform.world.leave(GROUP, 3)

    platform.before = leave  # type: ignore[assignment]  # answers None: the platform answers
    synced(mirrored, platform)
    assert held_members(mirrored) == world_members(platform)


def test_a_list_that_never_stands_still_leaves_it_to_the_next_run_who_left(mirrored):
    platform = crowded(160, bare_references=True)
    platform.world.say(GROUP, 1, "Words")
    synced(mirrored, platform)
    platform.world.pass_time(days=9)

    def leave(asked: Asked) -> None:
        platform.world.pass_time(seconds=1)
        if asked.query.get("page") == "2":
            platform.world.leave(GROUP, min(member for member in platform.world.groups[GROUP].members if member > 1))

    platform.before = leave  # type: ignore[assignment]  # answers None: the platform answers
    assert pull_members(platform, mirrored).count(ROSTER) == 8
    platform.before = None
    assert len(held_members(mirrored)) == 160
    assert ROSTER not in pull_members(platform, mirrored)
    assert held_members(mirrored) == world_members(platform)


def test_who_was_listed_by_the_other_side_is_not_gone_because_this_side_lists_others():
    page = (SAMPLES / "users_in_group.json").read_bytes()
    members = EngageMembers(*_clients(lambda request: as_json(page)))
    (batch,) = members.whole("2528", Standing(by="graph"), count=2, has_addresses=None)
    assert batch.censuses == ()
    assert Standing.of(batch.cursor).by == "yammer"


def test_communities_of_one_name_are_told_apart_by_their_number(mirrored):
    platform = a_network(groups=2)
    platform.world.groups[12].name = platform.world.groups[GROUP].name
    asked = pull_members(platform, mirrored)
    assert "groups/delta" in asked
    platform.world.join(GROUP, platform.world.person().id)
    pull_members(platform, mirrored)
    assert held_members(mirrored) == world_members(platform)


def test_without_a_number_only_a_name_of_its_own_leads_to_a_group(mirrored):
    platform = a_network(groups=2, other_ids=True)
    assert "groups/delta" in pull_members(platform, mirrored)
    twin = a_network(groups=2, other_ids=True)
    twin.world.groups[12].name = twin.world.groups[GROUP].name
    reader = connector(twin)
    list(reader.communities())
    list(reader.pull(COMMUNITY, MEMBERS, since=None))
    assert "/v1.0/groups/delta" not in paths(twin)


def test_a_list_in_the_shape_of_the_platform_is_read():
    page = (SAMPLES / "users_in_group.json").read_bytes()
    members = EngageMembers(*_clients(lambda request: as_json(page)))
    (batch,) = members.whole("2528", Standing(), count=2, has_addresses=None)
    assert [(item.person.handle, item.person.name, item.person.office) for item in _listed(batch)] == [
        ("172006440961", "Amina Example", None),
        ("7", "Bruno Example", "Suva"),
    ]
    assert _listed(batch)[0].person.address_key == address_key("amina@example.org")
    (census,) = batch.censuses
    assert census.ids == {"172006440961", "7"}


@pytest.mark.parametrize("body", [b"[]", b'{"users": 7}', b'{"users": [{"full_name": "Nobody"}]}'])
def test_what_is_no_list_of_people_is_refused(body):
    members = EngageMembers(*_clients(lambda request: as_json(body)))
    with pytest.raises(LineError):
        list(members.whole("2528", Standing(), count=None, has_addresses=None))


def test_somebody_without_a_number_is_held_back_and_nobody_is_taken_for_gone():
    page = json.dumps({"users": [{"id": 7, "full_name": "Bruno Example"}, {}], "more_available": "false"}).encode()
    (batch,) = EngageMembers(*_clients(lambda request: as_json(page))).whole(
        "2528", Standing(), count=2, has_addresses=None
    )
    assert ([item.code for item in batch.rejected], batch.censuses) == (["no_id"], ())


def _clients(answer: Callable[[httpx2.Request], httpx2.Response]) -> tuple[ApiClient, EngageGraph]:
    seat = a_seat(answer)
    return seat.client(BASE, resource="yammer"), EngageGraph(seat.client(GRAPH, resource="graph"))


def _listed(batch: Batch) -> list[MemberRecord]:
    return [item for item in batch.records if isinstance(item, MemberRecord)]
