"""The Viva Engage connector, against a network that lives on loopback and misbehaves as the real one does."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typing_extensions import override

from tests.platforms.server import Asked, Told, told
from tests.platforms.viva_engage_shapes import REALTIME_TOKEN, message_id
from tests.sync.clients import Sleeps
from tests.sync.connector_suite import WireSuite
from tests.sync.connectors.engage_network import (
    BASE,
    COMMUNITY,
    GROUP,
    a_network,
    a_network_mirror,
    connector,
    expected,
    held_likes,
    held_members,
    paths,
    pulled,
    synced,
    world_likes,
    world_members,
    world_messages,
)
from tests.sync.connectors.runs import Cursors, held_messages, messages_in
from tests.sync.mirrored import Mirrored
from tests.sync.seats import a_seat
from workbench.clock import FixedClock
from workbench.errors import LineError
from workbench.models.kinds import EventKind
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Stage
from workbench.sync.connectors.viva_engage import MESSAGES, PLATFORM, VivaEngageConnector
from workbench.sync.pace import Pace
from workbench.sync.records import MessageRecord
from workbench.sync.seat import Reach, Seat


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_network_mirror(tmp_path)


class TestVivaEngage(WireSuite):
    community = COMMUNITY

    @override
    def make(self) -> VivaEngageConnector:
        return connector(a_network())

    @override
    def make_answering(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> VivaEngageConnector:
        return VivaEngageConnector(a_seat(answer, base_url=BASE))


def test_after_a_sync_the_mirror_is_the_network(mirrored):
    platform = a_network()
    synced(mirrored, platform)
    assert held_messages(mirrored) == world_messages(platform)
    assert held_likes(mirrored) == world_likes(platform)
    assert held_members(mirrored) == world_members(platform)
    parents = mirrored.parents()
    for said in platform.world.shown(GROUP):
        assert parents[str(message_id(said.id))] == (str(message_id(said.parent)) if said.parent else None)


def test_what_happens_meanwhile_comes_with_the_next_sync(mirrored):
    platform = a_network()
    world = platform.world
    synced(mirrored, platform)
    world.pass_time(days=2)
    newest = world.shown(GROUP)[-1]
    world.like(newest.id, 5)
    world.edit(newest.id, "Other words")
    world.say(GROUP, 2, "And an answer", parent=newest.id)
    newcomer, leaver = world.person().id, max(world.groups[GROUP].members)
    world.join(GROUP, newcomer)
    world.leave(GROUP, leaver)
    synced(mirrored, platform)
    assert held_messages(mirrored) == {**world_messages(platform)}
    assert held_likes(mirrored) == world_likes(platform)
    assert held_members(mirrored) == world_members(platform)


def test_with_nothing_new_the_communities_page_is_all_that_is_asked():
    platform = a_network(groups=8, messages=400)
    before = list(connector(platform).communities())
    start = len(platform.asked)
    reader = connector(platform)
    assert list(reader.communities()) == before
    assert paths(platform, start) == ["/api/v1/groups.json"]
    assert all(record.mark for record in before)


def test_with_nothing_new_a_pull_asks_once_for_members_and_not_for_messages():
    platform, cursors = a_network(), Cursors()
    pulled(platform, cursors)
    start, kept = len(platform.asked), dict(cursors)
    batches = pulled(platform, cursors)
    assert paths(platform, start) == ["/api/v1/groups.json", "/v1.0/groups/delta"]
    assert not [record for batch in batches for record in batch.records]
    assert cursors[MESSAGES.name] == kept[MESSAGES.name]


def test_the_newest_page_comes_first_and_then_what_lies_before_it():
    reader = connector(a_network())
    batches = list(reader.pull(COMMUNITY, MESSAGES, since=None))
    newest = [
        max(int(item.remote_id) for item in batch.records if isinstance(item, MessageRecord)) for batch in batches
    ]
    assert newest == sorted(newest, reverse=True)
    assert [batch.then for batch in batches] == [Stage.HISTORY] * 4
    assert [batch.requests for batch in batches] == [1] * 4
    assert not [batch for batch in batches if batch.censuses]  # nothing of it was held before


@pytest.mark.parametrize("newer", ["newest", "oldest"])
@pytest.mark.parametrize("lists", [True, False])
@pytest.mark.parametrize("no_older", [True, False])
@pytest.mark.parametrize("many", [1, 19, 20, 21, 39, 40, 63])
@pytest.mark.parametrize("bounds", ["both", "newer_than", "older_than", "oldest"])
def test_many_new_messages_are_all_found_in_every_reading(newer, lists, no_older, many, bounds):
    platform, cursors = a_network(newer=newer, no_older=no_older, bounds=bounds), Cursors()
    first = messages_in(pulled(platform, cursors, lists=lists))
    platform.world.pass_time(days=1)
    for number in range(many):
        platform.world.say(GROUP, 1, f"News {number}")
    news = pulled(platform, cursors, lists=lists)
    assert {*first, *messages_in(news)} == expected(platform)
    assert len(messages_in(news).keys() - first.keys()) == many


@pytest.mark.parametrize(("many", "pages"), [(13, 1), (33, 2), (40, 3), (93, 5)])
def test_of_many_new_messages_hardly_any_page_shows_what_is_known(many, pages):
    platform, cursors = a_network(), Cursors()
    pulled(platform, cursors)
    for number in range(many):
        platform.world.say(GROUP, 1, f"News {number}")
    start = len(platform.asked)
    first, *rest = pulled(platform, cursors)
    feed = f"/api/v1/messages/in_group/{COMMUNITY}.json"
    assert paths(platform, start).count(feed) == pages
    assert len(messages_in([first, *rest])) <= many + 1


def test_an_empty_page_that_promises_more_ends_the_walk():
    platform, cursors = a_network(messages=0, empty_tail=True), Cursors()
    assert not messages_in(pulled(platform, cursors))
    platform.world.say(GROUP, 1, "The first")
    assert messages_in(pulled(platform, cursors)).keys() == expected(platform)


def test_history_ends_where_it_is_not_wanted_and_goes_on_when_it_is():
    platform, cursors = a_network(), Cursors()
    oldest = platform.world.shown(GROUP)[-1].at.date() - timedelta(days=20)
    near = pulled(platform, cursors, reach=Reach(oldest=oldest))
    wanted = {str(message_id(said.id)) for said in platform.world.shown(GROUP) if said.at.date() >= oldest}
    assert wanted <= messages_in(near).keys() < expected(platform)
    assert min(days.first for batch in near for days in batch.covered) <= oldest
    assert not any(batch.is_from_start for batch in near)
    ever = pulled(platform, Cursors(), reach=Reach(oldest=date(1990, 1, 1)))
    assert any(batch.is_from_start for batch in ever)
    rest = messages_in(pulled(platform, cursors))
    assert {*messages_in(near), *rest} == expected(platform)


def test_days_are_promised_once_they_are_over_and_read():
    platform, cursors = a_network(), Cursors()
    batches = pulled(platform, cursors)
    first = platform.world.shown(GROUP)[0].at.date()
    yesterday = platform.world.now.date() - timedelta(days=1)
    assert batches[0].covered[0].first > first
    spans = [(days.first, days.last) for batch in batches for days in batch.covered]
    assert (first, yesterday) in spans
    assert max(last for _, last in spans) == yesterday
    platform.world.pass_time(days=3)
    later = pulled(platform, cursors)
    assert {days.last for batch in later for days in batch.covered} == {yesterday + timedelta(days=3)}


def test_nothing_is_promised_above_the_oldest_of_the_new_messages():
    platform, cursors = a_network(newer="oldest"), Cursors()
    pulled(platform, cursors)
    for _ in range(50):
        platform.world.pass_time(hours=6)
        platform.world.say(GROUP, 1, "News")
    batches = [batch for batch in pulled(platform, cursors) if batch.records]
    known = max(days.last for days in batches[0].covered)
    assert known <= date(2026, 3, 1)


@settings(derandomize=True, max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.sampled_from(["say", "answer", "remove", "many", "stop", "nothing"]), max_size=14),
    newest=st.booleans(),
    bounds=st.sampled_from(["both", "newer_than", "older_than"]),
)
def test_a_network_that_lives_while_it_is_read_loses_nothing(steps, newest, bounds):
    platform = a_network(messages=45, newer="newest" if newest else "oldest", bounds=bounds)
    world, cursors, left = platform.world, Cursors(), list(steps)
    mirror: dict[str, MessageRecord] = {}

    def live(asked: Asked) -> Told | None:
        step = left.pop() if left else "nothing"
        world.pass_time(minutes=7)
        if step == "remove":
            world.remove(world.shown(GROUP)[len(world.said) * 7 % len(world.shown(GROUP))].id)
        elif step != "nothing":
            for _ in range(25 if step == "many" else 1):
                world.say(GROUP, 1, "Meanwhile", parent=world.shown(GROUP)[-1].id if step == "answer" else None)
        return Told(500, b"", "text/plain") if step == "stop" else None

    platform.before = live
    for _ in range(len(steps) + 3):
        reader = connector(platform)
        try:
            list(reader.communities())
            for batch in reader.pull(COMMUNITY, MESSAGES, since=cursors.get(MESSAGES.name)):
                mirror |= messages_in([batch])
                cursors[MESSAGES.name] = batch.cursor or cursors[MESSAGES.name]
        except LineError:
            continue
    assert mirror.keys() >= expected(platform)


def test_answers_are_found_even_if_the_last_message_told_of_opens_a_thread():
    platform, cursors = a_network(), Cursors()

    def tell_starters(asked: Asked, reply: Told) -> Told:
        if not asked.path.endswith("groups.json"):
            return reply
        roots = [said.id for said in platform.world.shown(GROUP) if said.parent is None]
        (group,) = json.loads(reply.body)
        return told([group | {"stats": group["stats"] | {"last_message_id": message_id(max(roots))}}])

    platform.after = tell_starters
    pulled(platform, cursors)
    for number in range(45):
        platform.world.say(GROUP, 1, f"Answer {number}", parent=platform.world.shown(GROUP)[-1].id)
    platform.switches["newer"] = "oldest"
    assert len(messages_in(pulled(platform, cursors)).keys()) >= 45


def test_the_realtime_token_is_kept_nowhere(mirrored, caplog):
    platform = a_network()
    batches = synced(mirrored, platform)
    assert REALTIME_TOKEN not in repr(batches)
    assert REALTIME_TOKEN not in caplog.text


def test_what_the_platform_wrote_itself_is_neither_a_join_nor_a_contribution(mirrored):
    platform = a_network(messages=10)
    said = platform.world.say(GROUP, 3, "")
    platform.system.add(said.id)
    batches = synced(mirrored, platform)
    assert all(getattr(item, "kind", None) is not EventKind.JOIN for batch in batches for item in batch.records)
    assert str(message_id(said.id)) not in held_messages(mirrored)
    assert synced(mirrored, platform)[0].requests <= 1


def test_the_declaration_names_what_a_sign_in_needs():
    assert PLATFORM.connect is VivaEngageConnector
    for way in PLATFORM.sign_in:
        assert {"authority", "scopes yammer", "scopes graph"} <= way.facts.keys()
        assert "client_id" in {setting.name for setting in way.settings}


def test_over_a_real_line_the_next_page_is_begun_before_it_is_asked_for():
    with a_network(messages=130) as platform, ExitStack() as opened:
        clock = FixedClock(platform.world.now)

        def client(root, *, resource="", limits=(), refusal=None, keeps_cookies=False, signer=None) -> ApiClient:
            _ = (resource, keeps_cookies, signer)
            pace = Pace(clock, limits=limits, sleep=Sleeps(clock))
            return opened.enter_context(ApiClient(root, clock=clock, pace=pace, refusal=refusal, sleep=Sleeps(clock)))

        settings_of = {"graph": f"{platform.address}/v1.0"}
        reader = VivaEngageConnector(Seat(f"{platform.address}/api/v1", clock, client, settings_of))
        list(reader.communities())
        batches = [batch for stream in reader.streams for batch in reader.pull(COMMUNITY, stream, since=None)]
    assert messages_in(batches).keys() == expected(platform)
    assert len(platform.asked) == 1 + 1 + 7 + 3
    assert len({str(asked) for asked in platform.asked}) == len(platform.asked)
