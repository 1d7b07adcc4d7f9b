"""The Open Social connector, against a site that lives on loopback and hides what Drupal hides."""

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

from tests.platforms.open_social import OpenSocial
from tests.platforms.open_social_shapes import uuid_of_said
from tests.platforms.server import Asked, Told
from tests.sync.clients import Sleeps
from tests.sync.connector_suite import WireSuite
from tests.sync.connectors.open_social_site import (
    BASE,
    COMMUNITY,
    GROUP,
    a_site,
    a_site_mirror,
    community,
    connector,
    expected,
    held_members,
    paths,
    pulled,
    remote_id,
    spent,
    synced,
    visible,
    world_members,
    world_messages,
)
from tests.sync.connectors.runs import Cursors, held_messages, messages_in
from tests.sync.mirrored import Mirrored
from tests.sync.seats import a_seat
from workbench.clock import FixedClock
from workbench.errors import LineError
from workbench.models.kinds import RunState
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Stage
from workbench.sync.connectors.open_social import MESSAGES, OpenSocialConnector
from workbench.sync.engine import sync_account
from workbench.sync.records import MessageRecord
from workbench.sync.seat import Reach, Seat
from workbench.sync.signing import Fixed


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_site_mirror(tmp_path)


class TestOpenSocial(WireSuite):
    community = COMMUNITY

    @override
    def make(self) -> OpenSocialConnector:
        return connector(a_site())

    @override
    def make_answering(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> OpenSocialConnector:
        return OpenSocialConnector(a_seat(answer, base_url=BASE, user="amina"))


def test_after_a_sync_the_mirror_is_the_group(mirrored):
    platform = a_site(groups=3, messages=200)
    synced(mirrored, platform)
    assert held_messages(mirrored) == world_messages(platform)
    assert held_members(mirrored) == world_members(platform)
    parents, roots = mirrored.parents(), mirrored.roots()
    said = platform.world.said
    for one in visible(platform):
        assert parents[remote_id(one)] == (remote_id(said[one.parent]) if one.parent else None)
        assert roots[remote_id(one)] == remote_id(said[one.root])


def test_what_happens_meanwhile_comes_with_the_next_sync(mirrored):
    platform = a_site(groups=2)
    world = platform.world
    synced(mirrored, platform)
    world.pass_time(days=2)
    old = visible(platform)
    world.edit(old[0].id, "Other words")
    world.edit(old[-1].id, "Other words here too")
    world.say(GROUP, 2, "An answer to something old", parent=old[0].id)
    topic = world.say(GROUP, 3, "Something new", subject="New")
    world.say(GROUP, 2, "And an answer to it", parent=topic.id)
    world.say(12, 2, "Elsewhere", subject="Not here")
    world.join(GROUP, world.person().id)
    synced(mirrored, platform)
    assert held_messages(mirrored) == world_messages(platform)
    assert held_members(mirrored) == world_members(platform)


def test_with_nothing_new_four_requests_serve_all_groups():
    platform = a_site(groups=8, messages=300, people=30)
    cursors: dict[str, Cursors] = {}
    for _ in range(3):
        platform.world.pass_time(minutes=30)
        reader, start, batches = connector(platform), len(platform.asked), []
        for record in reader.communities():
            moved = cursors.setdefault(record.remote_id, {})
            for stream in reader.streams:
                for batch in reader.pull(record.remote_id, stream, since=moved.get(stream.name)):
                    batches.append(batch)
                    moved[stream.name] = batch.cursor
    assert paths(platform, start) == [
        "/jsonapi", "/jsonapi/group/flexible_group", "/jsonapi/node/topic", "/jsonapi/comment/comment",
    ]  # fmt: skip
    _, size_in, size_out = spent(batches)
    assert size_in + size_out <= 8 * 2000


@pytest.mark.parametrize("messages", [0, 1, 49, 50, 51, 240])
def test_nothing_is_lost_at_the_edges_of_pages(messages):
    platform = a_site(groups=2, messages=messages)
    assert messages_in(pulled(platform)).keys() == expected(platform)


def test_many_comments_of_one_second_are_all_found():
    platform, cursors = a_site(messages=5), Cursors()
    pulled(platform, cursors)
    platform.world.pass_time(hours=1)
    root = visible(platform)[0]
    for number in range(130):
        platform.world.say(GROUP, 2, f"Imported {number}", parent=root.id)
    found = messages_in(pulled(platform, cursors))
    assert len(found) >= 130
    assert found.keys() >= {remote_id(said) for said in visible(platform)[-130:]}


@pytest.mark.parametrize(
    "switches", [{"no_filters": True}, {"no_filters": True, "hide": 20}, {"hide": 60}, {"admin": True}]
)
def test_empty_lists_where_filters_are_not_granted_and_short_pages_lose_nothing(switches):
    platform, cursors = a_site(groups=2, messages=160, **switches), Cursors()
    found = messages_in(pulled(platform, cursors))
    assert found.keys() == expected(platform)
    platform.world.pass_time(days=1)
    for number in range(12):
        topic = platform.world.say(GROUP, 2, f"News {number}", subject="News")
        platform.world.say(GROUP, 3, f"Answer {number}", parent=topic.id)
    platform.world.edit(visible(platform)[0].id, "Other words")
    news = messages_in(pulled(platform, cursors))
    assert found.keys() | news.keys() == expected(platform)
    assert news[remote_id(visible(platform)[0])].text == "Other words"


def test_group_types_are_never_filtered():
    platform, cursors = a_site(), Cursors()
    pulled(platform, cursors)
    pulled(platform, cursors)
    for asked in platform.asked:
        if "/group" in asked.path:
            assert not [name for name in asked.query if name.startswith("filter")]


def test_every_list_is_sorted_sparse_and_within_the_clamp():
    platform = a_site(groups=2, messages=160)
    pulled(platform)
    lists = [asked for asked in platform.asked if asked.path != "/jsonapi"]
    assert lists
    for asked in lists:
        assert asked.query["sort"]
        assert int(asked.query["page[limit]"]) <= 50
        assert any(name.startswith("fields[") for name in asked.query)


@pytest.mark.parametrize("switches", [{"relationship": True}, {"hashed": True}, {"hours": True}, {"prefix": True}])
def test_other_names_other_zones_and_other_languages_read_the_same(switches):
    usual = pulled(a_site())
    other = pulled(a_site(**switches))
    assert messages_in(other) == messages_in(usual)
    assert [batch.records for batch in other if batch.censuses] == [batch.records for batch in usual if batch.censuses]


def test_the_revision_in_links_is_never_asked_for():
    platform = a_site()
    pulled(platform)
    assert not [asked for asked in platform.asked if "resourceVersion" in asked.query]


def test_moments_are_kept_as_instants_and_versions_as_seconds():
    platform = a_site(hours=True)
    said = visible(platform)[0]
    record = messages_in(pulled(platform))[remote_id(said)]
    assert record.sent_at == said.at.replace(microsecond=0)
    assert record.version == str(int(said.at.timestamp()))


def test_the_newest_topics_come_first_and_history_waits():
    platform = a_site(messages=300)
    batches = list(connector(platform).pull(COMMUNITY, MESSAGES, since=None))
    first = next(batch for batch in batches if batch.records)
    topics = [said for said in visible(platform) if said.parent is None]
    assert {record.remote_id for record in first.records} <= {remote_id(said) for said in topics[-50:]}
    stages = [batch.then for batch in batches]
    assert stages == sorted(stages)
    assert {Stage.NEWS, Stage.HISTORY} == set(stages)


def test_history_ends_where_it_is_not_wanted_but_late_comments_come_with_their_topics():
    platform, cursors = a_site(messages=300), Cursors()
    world = platform.world
    oldest = world.now.date() - timedelta(days=20)
    batches = pulled(platform, cursors, reach=Reach(oldest=oldest))
    assert not any(batch.is_from_start for batch in batches)
    ever = pulled(platform, Cursors(), reach=Reach(oldest=date(1990, 1, 1)))
    assert any(batch.is_from_start for batch in ever)
    near = messages_in(batches)
    late = {said.root for said in visible(platform) if said.at.date() >= oldest}
    wanted = {remote_id(said) for said in visible(platform) if said.at.date() >= oldest or said.id in late}
    assert wanted <= near.keys() < expected(platform)
    left_out = next(said for said in visible(platform) if remote_id(said) not in near and said.parent is None)
    world.pass_time(hours=1)
    answer = world.say(GROUP, 2, "A late answer", parent=left_out.id)
    news = messages_in(pulled(platform, cursors, reach=Reach(oldest=oldest)))
    assert {remote_id(answer), remote_id(left_out)} <= news.keys()
    rest = messages_in(pulled(platform, cursors))
    assert near.keys() | news.keys() | rest.keys() == expected(platform)


def test_days_are_promised_once_all_of_the_group_is_read():
    platform, cursors = a_site(messages=200), Cursors()
    batches = pulled(platform, cursors)
    (days,) = [days for batch in batches for days in batch.covered]
    assert days.first == visible(platform)[0].at.date()
    assert days.last == platform.world.now.date() - timedelta(days=1)
    platform.world.pass_time(days=3)
    assert {days.last for batch in pulled(platform, cursors) for days in batch.covered} == {
        platform.world.now.date() - timedelta(days=1)
    }


def test_a_topic_that_is_not_in_its_group_yet_is_found_when_it_is():
    platform, cursors = a_site(groups=2), Cursors()
    pulled(platform, cursors)
    world = platform.world
    world.pass_time(hours=1)
    topic = world.say(GROUP, 2, "Half made", subject="Half")
    platform.loose.add(topic.id)
    answer = world.say(GROUP, 3, "Answered already", parent=topic.id)
    assert remote_id(topic) not in messages_in(pulled(platform, cursors))
    world.pass_time(seconds=30)
    platform.move(topic.id, GROUP)
    assert {remote_id(topic), remote_id(answer)} <= messages_in(pulled(platform, cursors)).keys()


def happen(platform: OpenSocial, step: str) -> None:
    """One thing that people do meanwhile."""
    world = platform.world
    here = [said for said in platform.standing() if said.group == GROUP]
    some = here[len(world.said) * 7 % len(here)]
    if step == "remove":
        world.remove(some.id)
    elif step == "edit":
        world.edit(some.id, f"Edited {world.now}")
    elif step == "answer":
        world.say(GROUP, 1, "Meanwhile", parent=some.id)
    elif step in ("topic", "many", "elsewhere"):
        for _ in range(60 if step == "many" else 1):
            world.say(12 if step == "elsewhere" else GROUP, 1, "Meanwhile", subject="New")


@settings(derandomize=True, max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.sampled_from(["topic", "answer", "edit", "remove", "many", "elsewhere", "stop", "nothing"]), max_size=16
    ),
    filters=st.booleans(),
)
def test_a_site_that_lives_while_it_is_read_loses_nothing(steps, filters):
    platform = a_site(groups=2, messages=70, no_filters=not filters)
    world, cursors, left = platform.world, Cursors(), list(steps)
    mirror: dict[str, MessageRecord] = {}

    def live(asked: Asked) -> Told | None:
        step = left.pop() if left else "nothing"
        world.pass_time(seconds=7)
        happen(platform, step)
        return Told(500, b"", "text/plain") if step == "stop" else None

    platform.before = live
    for _ in range(len(steps) + 3):
        world.pass_time(minutes=5)
        reader = connector(platform)
        try:
            for batch in reader.pull(COMMUNITY, MESSAGES, since=cursors.get(MESSAGES.name)):
                mirror |= messages_in([batch])
                cursors[MESSAGES.name] = batch.cursor or cursors[MESSAGES.name]
        except LineError:
            continue
    wanted = {remote_id(said): said.text for said in visible(platform)}
    assert {name: mirror[name].text for name in wanted if name in mirror} == wanted


def test_an_unreadable_item_is_held_back_and_the_page_still_counts():
    platform = a_site()
    said = [one for one in visible(platform) if one.parent is None][-1]

    def spoil(asked: Asked, reply: Told) -> Told:
        page = json.loads(reply.body)
        for item in page["data"]:
            if item["id"] == uuid_of_said(said) and "title" in item.get("attributes", {}):
                item["attributes"]["created"] = "long ago"
        return Told(reply.status, json.dumps(page).encode(), reply.kind)

    platform.after = spoil
    batches = pulled(platform)
    (rejected,) = [item for batch in batches for item in batch.rejected]
    assert rejected.code == "no_date"
    assert messages_in(batches).keys() == expected(platform) - {remote_id(said)}


def test_a_whole_account_is_mirrored_through_the_engine(mirrored):
    platform = a_site(groups=4, messages=250, people=30)
    result = sync_account(connector(platform), mirrored.mirror, account_id=mirrored.account_id, follows_all=True)
    assert (result.error, {item.state for item in result.results}) == (None, {RunState.DONE})
    rows = mirrored.rows(
        "SELECT c.remote_id, e.remote_id FROM event e JOIN community c ON c.id = e.community_id"
        " WHERE e.kind IN (3, 4) AND e.removed_at IS NULL"
    )
    assert set(rows) == {
        (community(group), name) for group in platform.world.groups for name in expected(platform, group)
    }


def test_fifty_new_messages_in_eight_groups_stay_cheap():
    platform = a_site(groups=8, messages=400, people=60)
    cursors: dict[str, Cursors] = {}

    def run():
        reader, batches = connector(platform), []
        for record in reader.communities():
            moved = cursors.setdefault(record.remote_id, {})
            for stream in reader.streams:
                for batch in reader.pull(record.remote_id, stream, since=moved.get(stream.name)):
                    batches.append(batch)
                    moved[stream.name] = batch.cursor
        return batches

    assert spent(run())[0] <= 70
    platform.world.pass_time(hours=3)
    for number in range(50):
        parent = None if number % 5 == 0 else visible(platform, 11 + number % 8)[-1].id
        platform.world.say(
            11 + number % 8, 1, "Words that are about as long as most of them are", parent=parent, subject="News"
        )
    news = run()
    assert len(messages_in(news)) >= 50
    requests, size_in, size_out = spent(news)
    assert requests <= 6
    assert size_in + size_out <= 20_000


def test_events_are_read_where_they_are_wanted():
    platform = a_site()
    assert messages_in(pulled(platform, reads="events")).keys() == expected(platform)
    assert "/jsonapi/node/event" in paths(platform)
    assert "/jsonapi/node/event" not in paths(a_site())


def test_over_a_real_line_the_next_page_is_begun_before_it_is_asked_for():
    with a_site(groups=2, messages=300, people=80) as platform, ExitStack() as opened:
        clock = FixedClock(platform.world.now)

        def client(root, *, resource="", limits=(), refusal=None, keeps_cookies=False) -> ApiClient:
            _ = (resource, limits, keeps_cookies)
            signer = Fixed({"Authorization": "Bearer of the stand-in"})
            made = ApiClient(root, clock=clock, refusal=refusal, sleep=Sleeps(clock), signer=signer)
            return opened.enter_context(made)

        reader = OpenSocialConnector(Seat(platform.address, clock, client, {"user": "amina"}))
        batches = [batch for stream in reader.streams for batch in reader.pull(COMMUNITY, stream, since=None)]
    assert messages_in(batches).keys() == expected(platform)
    assert sum(batch.requests for batch in batches) == len(platform.asked)
    lists = [f"{asked.path}?{asked.query}" for asked in platform.asked if asked.path != "/jsonapi"]
    assert len(set(lists)) == len(lists)
