"""The HCL Connections connector, against a site that lives on loopback and misbehaves as real ones do."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest
from typing_extensions import override

from tests.platforms.hcl_shapes import community_id
from tests.sync.connector_suite import WireSuite
from tests.sync.connectors.hcl_network import (
    BASE,
    COMMUNITY,
    GROUP,
    a_site,
    a_site_mirror,
    a_topic,
    commented,
    connector,
    cost,
    expected,
    held_members,
    name_of,
    paths,
    pulled,
    standing,
    synced,
    words_in,
    world_members,
)
from tests.sync.connectors.runs import Cursors, held_messages, messages_in
from tests.sync.mirrored import Mirrored
from workbench.errors import LineError, NotFoundError, SignInError
from workbench.sync.connector import Stage
from workbench.sync.connectors.hcl_connections import MEMBERS, MESSAGES, PLATFORM, HclConnectionsConnector
from workbench.sync.platforms import SignInKind
from workbench.sync.seat import Reach


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_site_mirror(tmp_path)


class TestHclConnections(WireSuite):
    community = COMMUNITY

    @override
    def make(self) -> HclConnectionsConnector:
        return connector(a_site())

    @override
    def make_answering(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> HclConnectionsConnector:
        return connector(answer)


class TestHclConnectionsInSmallPages(TestHclConnections):
    @override
    def make(self) -> HclConnectionsConnector:
        return connector(a_site(messages=150, cap=7, likes_inside=True, no_email=True))


class TestHclConnectionsWithoutHelp(TestHclConnections):
    """No links to next pages, and no order by change."""

    @override
    def make(self) -> HclConnectionsConnector:
        return connector(a_site(messages=150, cap=7, no_next=True, unsorted=True))


def test_after_a_sync_the_mirror_is_the_community(mirrored):
    platform = a_site(ghosts=True, likes_inside=True)
    assert synced(mirrored, platform).error is None
    assert held_messages(mirrored) == expected(platform)
    assert held_members(mirrored) == world_members(platform)
    parents = mirrored.parents()
    for said in standing(platform):
        parent = None if said.parent is None else name_of(platform, platform.world.said[said.parent])
        assert parents[name_of(platform, said)] == parent


def test_what_happens_meanwhile_comes_with_the_next_sync(mirrored):
    platform = a_site()
    world = platform.world
    synced(mirrored, platform)
    world.pass_time(days=1)
    topic = a_topic(platform)
    world.say(GROUP, 2, "An answer", parent=topic.id)
    world.edit(topic.id, "Other words")
    world.say(GROUP, 3, "Something new?", subject="News")
    world.say(GROUP, 4, "A comment", parent=commented(platform).id)
    world.join(GROUP, world.person().id)
    leaver = max(person for person in world.groups[GROUP].members if person not in (1, 2, 3, 4, 13))
    world.leave(GROUP, leaver)
    world.pass_time(minutes=20)
    assert synced(mirrored, platform).error is None
    assert held_messages(mirrored) == expected(platform)
    assert held_members(mirrored) == world_members(platform)


def test_with_nothing_new_one_small_request_asks_each_community():
    platform, cursors = a_site(groups=3), Cursors()
    pulled(platform, cursors)
    platform.world.pass_time(minutes=10)
    start = len(platform.asked)
    batches = pulled(platform, cursors)
    assert paths(platform, start) == ["my", "topics"]
    assert not messages_in(batches)
    assert cost(batches)[1] <= 2_000 + 4_000  # the list of communities is the account's


def test_no_community_has_a_mark_because_nothing_moves_with_its_messages():
    assert {record.mark for record in connector(a_site(groups=3)).communities()} == {None}


def test_forums_are_asked_in_milliseconds_and_blogs_in_text():
    platform, cursors = a_site(), Cursors()
    pulled(platform, cursors)
    platform.world.pass_time(days=1)
    start = len(platform.asked)
    pulled(platform, cursors)
    since = {
        asked.path.removesuffix("/atom").rsplit("/", 1)[-1]: asked.query.get("since")
        for asked in platform.asked[start:]
    }
    now = platform.world.now - timedelta(days=1)
    assert since["topics"] == str(int((now - timedelta(minutes=2)).timestamp() * 1000))
    assert since["comments"] == since["entries"] == (now - timedelta(minutes=12)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_pages_begin_at_one_in_forums_and_at_zero_in_blogs():
    platform = a_site(messages=150, cap=5)
    pulled(platform)
    pages = {"topics": set(), "entries": set()}
    for asked in platform.asked:
        kind = asked.path.removesuffix("/atom").rsplit("/", 1)[-1]
        if kind in pages:
            pages[kind].add(int(asked.query["page"]))
    assert min(pages["topics"]) == 1
    assert min(pages["entries"]) == 0
    assert max(pages["entries"]) >= 1


def test_no_link_of_the_site_leads_us_to_another_host():
    platform = a_site(messages=150, cap=5)
    hosts = set()
    reader = connector(lambda request: (hosts.add(request.url.host), platform.wire().handle_request(request))[1])
    records = list(reader.communities())
    list(reader.pull(COMMUNITY, MESSAGES, since=None))
    assert hosts == {"connections.example.org"}
    assert {str(httpx2.URL(record.url or "").copy_with(path="/", query=None)) for record in records} == {f"{BASE}/"}


@pytest.mark.parametrize("stream", [MESSAGES, MEMBERS])
def test_the_sites_own_sign_in_page_asks_for_a_sign_in(stream):
    with pytest.raises(SignInError):
        list(connector(a_site(login_page=True)).pull(COMMUNITY, stream, since=None))


def test_a_page_of_somebody_on_the_way_is_a_bad_line():
    with pytest.raises(LineError) as caught:
        list(connector(a_site(portal=True)).communities())
    assert caught.value.details["cause"] == "portal"


def test_a_refused_password_is_known_though_it_comes_as_a_web_page():
    with pytest.raises(SignInError):
        list(connector(a_site(refused=True)).communities())


@pytest.mark.parametrize("is_html", [True, False])
def test_a_community_that_is_gone_is_not_found_in_either_dress(is_html):
    with pytest.raises(NotFoundError):
        list(connector(a_site(html_errors=is_html)).pull(community_id(99), MESSAGES, since=None))


def test_a_forum_that_is_not_running_is_no_deleted_community():
    with pytest.raises(LineError):
        list(connector(a_site(stopped="forums")).pull(COMMUNITY, MESSAGES, since=None))


def test_under_oauth_the_addresses_lie_in_a_folder():
    platform = a_site(oauth=True)
    assert words_in(pulled(platform, client_id="our-program")) == expected(platform)
    with pytest.raises(NotFoundError):
        pulled(platform, client_id="our-program", paths="plain")


def test_news_come_first_and_then_the_rest():
    batches = [batch for batch in pulled(a_site(messages=200, cap=10), lists=False) if batch.then is not Stage.MEMBERS]
    stages = [batch.then for batch in batches]
    assert stages == sorted(stages, key=lambda stage: stage is Stage.HISTORY)
    assert stages.count(Stage.NEWS) == 2
    starts = [max(record.sent_at for record in messages_in([batch]).values()) for batch in batches[:1]]
    assert starts[0] > a_site().world.now - timedelta(days=40)


def test_history_ends_where_it_is_not_wanted_and_goes_on_when_it_is():
    platform, cursors = a_site(messages=200, cap=5), Cursors()
    oldest = platform.world.now.date() - timedelta(days=20)
    near = pulled(platform, cursors, reach=Reach(oldest=oldest))
    wanted = {name_of(platform, said) for said in standing(platform) if said.at.date() >= oldest}
    assert wanted <= words_in(near).keys() < expected(platform).keys()
    assert min(days.first for batch in near for days in batch.covered) <= oldest
    assert not any(batch.is_from_start for batch in near)
    ever = pulled(platform, Cursors(), reach=Reach(oldest=date(1990, 1, 1)))
    assert any(batch.is_from_start for batch in ever)
    rest = pulled(platform, cursors)
    assert words_in(near) | words_in(rest) == expected(platform)


def test_an_old_topic_that_is_answered_is_read_whole_where_it_was_never_read():
    platform, cursors = a_site(messages=200, cap=5), Cursors()
    oldest = platform.world.now.date() - timedelta(days=20)
    pulled(platform, cursors, reach=Reach(oldest=oldest))
    roots = [said for said in standing(platform) if said.id == said.root and said.id not in platform.blogged]
    first = next(said for said in roots if len(platform.world.thread(said.id)) > 2)
    platform.world.pass_time(days=1)
    platform.world.say(GROUP, 1, "Late", parent=first.id)
    found = words_in(pulled(platform, cursors, reach=Reach(oldest=oldest)))
    assert {name_of(platform, said) for said in platform.world.thread(first.id)} <= found.keys()


def test_of_a_topic_that_was_read_only_the_new_replies_are_fetched():
    platform, cursors = a_site(), Cursors()
    pulled(platform, cursors)
    platform.world.pass_time(days=1)
    topic = a_topic(platform)
    said = platform.world.say(GROUP, 1, "Late", parent=topic.id)
    assert words_in(pulled(platform, cursors)).keys() == {name_of(platform, topic), name_of(platform, said)}


@pytest.mark.parametrize("switches", [{}, {"pinned": 3}, {"no_totals": True}])
def test_days_are_promised_once_they_are_over_and_read(switches):
    platform, cursors = a_site(messages=120, cap=10, **switches), Cursors()
    batches = pulled(platform, cursors)
    first = min(said.at for said in standing(platform)).date()
    yesterday = platform.world.now.date() - timedelta(days=1)
    spans = [(days.first, days.last) for batch in batches for days in batch.covered]
    assert spans[-1] == (first, yesterday)
    platform.world.pass_time(days=3)
    later = pulled(platform, cursors)
    assert {days.last for batch in later for days in batch.covered} == {yesterday + timedelta(days=3)}


def test_a_blog_that_went_away_leaves_the_forum_as_it_is():
    platform, cursors = a_site(), Cursors()
    pulled(platform, cursors)
    platform.switches["no_blogs"] = True
    platform.world.pass_time(days=1)
    said = platform.world.say(GROUP, 2, "New", subject="News")
    assert words_in(pulled(platform, cursors)).keys() == {name_of(platform, said)}


def test_blogs_can_be_left_out():
    platform = a_site()
    words = words_in(pulled(platform, blogs="no"))
    assert words.keys() == {name for name in expected(platform) if name.startswith("forum:")}


def test_fifty_new_messages_in_eight_communities_stay_cheap():
    platform = a_site(groups=8, messages=400, people=60)
    cursors: dict[str, Cursors] = {community_id(11 + number): {} for number in range(8)}

    def run() -> tuple[int, int, set[str]]:
        start, reader, batches = len(platform.asked), connector(platform), []
        for record in reader.communities():
            moved = cursors[record.remote_id]
            for stream in reader.streams:
                for batch in reader.pull(record.remote_id, stream, since=moved.get(stream.name)):
                    batches.append(batch)
                    if batch.cursor is not None:
                        moved[stream.name] = batch.cursor
        return len(platform.asked) - start, cost(batches)[1], set(messages_in(batches))

    first = run()
    platform.world.pass_time(hours=3)
    idle = run()
    for number in range(50):
        topic = None if number % 5 == 0 else max(
            said.id for said in standing(platform, 11 + number % 8) if said.id == said.root and said.id not in platform.blogged
        )  # fmt: skip
        words = "Words of a new message that are about as long as most of them are"
        platform.world.say(11 + number % 8, 1, words, subject="" if topic else "New", parent=topic)
    platform.world.pass_time(hours=1)
    news = run()
    assert len(first[2]) == 400
    assert idle[0] == 9
    assert len(news[2]) >= 50
    assert news[0] <= 1 + 8 + 16
    assert news[1] <= 60_000


def test_the_declaration_names_what_a_sign_in_needs():
    ways = {way.kind: way for way in PLATFORM.sign_in}
    assert {setting.name for setting in ways[SignInKind.BASIC].settings} == {"user", "password"}
    assert {"authorize", "token"} <= ways[SignInKind.OAUTH].facts.keys()
    assert all("{address}" in fact for fact in ways[SignInKind.OAUTH].facts.values())
    assert PLATFORM.connect is HclConnectionsConnector
