"""Pages of Yammer: communities at any number, limits kept, refusals told apart."""

import json
from pathlib import Path

import pytest

from tests.platforms.server import Asked, Told, told
from tests.platforms.viva_engage import VivaEngage
from tests.platforms.world import World
from tests.sync.connectors.engage_network import (
    BASE,
    COMMUNITY,
    GROUP,
    a_network,
    a_network_mirror,
    connector,
    expected,
    following,
    paths,
    pulled,
)
from tests.sync.connectors.runs import messages_in
from tests.sync.mirrored import Mirrored
from tests.sync.seats import a_seat
from workbench.errors import LineError, SignInError
from workbench.sync.connectors.viva_engage import MESSAGES, VivaEngageConnector
from workbench.sync.signing import Fixed


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_network_mirror(tmp_path)


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100])
def test_communities_end_at_any_number_of_them(count):
    world = World()
    me = world.person()
    for number in range(count):
        world.join(world.group(f"Group {number}").id, me.id)
    platform = VivaEngage(world)
    assert len(list(connector(platform).communities())) == count
    assert len(platform.asked) == count // 50 + 1


def test_only_ones_own_communities_are_listed_unless_all_are_wanted():
    platform = a_network(groups=2)
    platform.world.leave(12, platform.world.me)
    assert [item.remote_id for item in connector(platform).communities()] == [COMMUNITY]
    assert len(list(connector(platform, communities="all").communities())) == 2


def test_the_community_of_everybody_can_be_read_from_the_general_feed():
    platform = a_network(groups=2)

    def name_it(asked: Asked, reply: Told) -> Told:
        if not asked.path.endswith("groups.json"):
            return reply
        return told([item | {"company_group": "true"} for item in json.loads(reply.body)])

    platform.after = name_it
    assert messages_in(pulled(platform, everybody="messages.json")).keys() == expected(platform)
    assert "/api/v1/messages.json" in paths(platform)


def test_a_mark_changes_with_messages_and_members():
    platform = a_network()

    def mark() -> str | None:
        return next(record.mark for record in connector(platform).communities() if record.remote_id == COMMUNITY)

    marks = [mark()]
    said = platform.world.say(GROUP, 1, "New")
    marks.append(mark())
    platform.world.remove(said.id)
    platform.world.remove(said.id - 1)
    marks.append(mark())
    platform.world.join(GROUP, platform.world.person().id)
    marks.append(mark())
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("limit", ["told", "bare"])
def test_ten_calls_in_thirty_seconds_are_never_exceeded(limit):
    platform = a_network(messages=600, groups=3, limit=limit)
    refused: list[Told] = []
    platform.after = lambda asked, reply: (refused.append(reply) if reply.status == 429 else None) or reply
    seat = a_seat(platform, base_url=BASE)
    platform.before = following(platform, seat)  # type: ignore[assignment]  # answers None: the platform answers
    reader = VivaEngageConnector(seat)
    for record in reader.communities():
        for stream in reader.streams:
            list(reader.pull(record.remote_id, stream, since=None))
    assert len(platform.asked) > 30
    assert not refused


@pytest.mark.parametrize(("limit", "seconds"), [("told", 30), ("bare", 30)])
def test_too_many_calls_wait_as_long_as_said_or_half_a_minute(limit, seconds):
    platform = a_network(messages=5, limit=limit)
    seat = a_seat(platform, base_url=BASE)
    for _ in range(10):  # another program of the same person
        platform.respond(Asked("GET", "/api/v1/groups.json", {}, {}))
    platform.before = following(platform, seat)  # type: ignore[assignment]  # answers None: the platform answers
    start = seat.clock.monotonic()
    assert list(VivaEngageConnector(seat).communities())
    assert seat.clock.monotonic() - start == seconds


def test_a_web_page_instead_of_json_is_a_bad_line():
    with pytest.raises(LineError):
        list(connector(a_network(html=True)).communities())


def test_an_old_error_of_a_token_asks_for_a_sign_in():
    platform = a_network()
    error = told({"error": {"type": "OAuthException", "message": "Error validating access token."}}, status=400)
    platform.before = lambda asked: error
    with pytest.raises(SignInError):
        list(connector(platform).pull(COMMUNITY, MESSAGES, since=None))


def test_a_token_refused_once_is_renewed():
    class Renewing(Fixed):
        def renew(self, refused) -> bool:
            is_old = refused == {"Authorization": "Bearer old"}
            self._headers = {"Authorization": "Bearer new"}
            return is_old

    platform = a_network(stale_token="Bearer old")
    assert list(connector(platform, signer=Renewing({"Authorization": "Bearer old"})).communities())


def test_pages_that_do_not_lead_down_are_a_bad_reply():
    platform = a_network()
    page = platform.respond(Asked("GET", f"/api/v1/messages/in_group/{COMMUNITY}.json", {}, {}))
    platform.before = lambda asked: page if "older_than" in asked.query else None
    with pytest.raises(LineError):
        pulled(platform)
