"""Discourse connector over a stand-in that keeps state: both walks, both meanings of before, likes, people, requests."""

from collections.abc import Callable
from datetime import timedelta

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.platforms.server import told
from tests.sync.connector_suite import SECRET, WireSuite
from tests.sync.connectors.discourse_site import (
    CATEGORY,
    FORUM,
    GROUP,
    Cursors,
    a_forum,
    a_forum_mirror,
    a_large_forum,
    asked,
    connector,
    expected,
    expected_likes,
    held_likes,
    held_members,
    held_messages,
    messages_in,
    name_of,
    pulled,
    synced,
)
from workbench.clock import FixedClock
from workbench.errors import BadInputError, NotFoundError
from workbench.sync.connector import Connector


class TestDiscourseOnTheSuite(WireSuite):
    community = CATEGORY

    def make(self) -> Connector:
        return connector(a_forum())

    def make_answering(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> Connector:
        return connector(answer, key=SECRET)


class TestDiscourseWithWindows(TestDiscourseOnTheSuite):
    def make(self) -> Connector:
        return connector(a_forum(window=True))


class TestDiscourseByTopic(TestDiscourseOnTheSuite):
    """A small category of a large forum."""

    community = "category-14"

    def make(self) -> Connector:
        platform = a_large_forum(posts=900, topics=60, categories=3)
        small = platform.world.group("Small").id
        root = platform.world.say(small, 1, "A first question?", subject="Small talk").id
        for number in range(45):
            platform.world.say(small, number % 20 + 1, f"Answer {number}", parent=root)
        platform.world.say(small, 2, "Alone here", subject="Other talk")
        return connector(platform)


class TestDiscourseThatListsNoPosts(TestDiscourseOnTheSuite):
    def make(self) -> Connector:
        platform = a_forum()
        platform.before = lambda asked: (
            None if asked.path != "/posts.json" else told({"error_type": "not_found"}, status=404)
        )
        return connector(platform)


class TestDiscourseGroups(WireSuite):
    community = GROUP

    def make(self) -> Connector:
        return connector(a_forum())

    def make_answering(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> Connector:
        return connector(answer, key=SECRET)


class TestDiscourseDirectory(TestDiscourseGroups):
    community = "everybody"


def test_tags_are_harmless_in_both_shapes():
    assert messages_in(pulled(a_forum(tag_objects=True))) == messages_in(pulled(a_forum()))


def test_a_forum_in_a_folder_is_read_inside_it():
    platform = a_forum(folder="/forum")
    assert messages_in(pulled(platform)).keys() == expected(platform).keys()
    assert {path.split("/")[1] for path in asked(platform)} == {"forum"}


def test_the_system_is_a_person_that_is_a_bot():
    platform = a_forum(groups=1)
    platform.world.people[-1] = type(platform.world.people[1])(-1, "system", "system", "")
    platform.world.say(11, -1, "This topic was closed", parent=1001)
    authors = {item.author.handle: item.author.is_bot for item in messages_in(pulled(platform)).values()}
    assert authors.pop("-1") is True
    assert not any(authors.values())


@pytest.mark.parametrize("way", ["posts", "topics"])
def test_who_is_named_in_a_post_is_mentioned_where_the_forum_tells(way, tmp_path):
    forum = a_forum(statuses=True)
    named = forum.world.people[3]
    said = forum.world.say(11, 2, f"What does @{named.username} say, and @nobody?", parent=forum.world.shown(11)[-1].id)
    if way == "topics":
        forum.before = lambda asked: told({}, status=404) if asked.path == "/posts.json" else None
    mirrored = a_forum_mirror(tmp_path)
    synced(mirrored, forum)
    rows = mirrored.rows(
        "SELECT e.remote_id, a.name, t.name, m.remote_id FROM event e JOIN person a ON a.id = e.person_id"
        " JOIN person t ON t.id = e.target_person_id JOIN event m ON m.id = e.parent_id WHERE e.kind = 6"
    )
    message = name_of(forum, said.id)
    assert rows == [(f"mention:{message}:3", forum.world.people[2].name, named.name, message)]


def test_categories_groups_and_the_directory_are_listed_with_their_counts():
    platform = a_forum()
    listed = {record.remote_id: record for record in connector(platform).communities()}
    assert set(listed) == {"category-11", "category-12", "group-water_points", "group-school_meals", "everybody"}
    water = listed["category-11"]
    assert (water.name, water.messages, water.mark) == ("Water points", len(expected(platform)), None)
    assert water.url == "https://forum.example.org/c/water-points/11"
    group = listed["group-water_points"]
    assert (group.name, group.members, group.is_mine) == (
        "Water points team (group)",
        len(platform.world.groups[11].members),
        True,
    )


def test_without_groups_a_listing_is_one_request():
    platform = a_forum()
    assert {record.remote_id for record in connector(platform, people="no").communities()} == {CATEGORY, "category-12"}
    assert asked(platform) == ["/categories.json"]


def test_a_forum_that_keeps_its_groups_to_itself_shows_its_categories():
    platform = a_forum()
    platform.before = lambda asked: told({}, status=403) if asked.path == "/groups.json" else None
    listed = {record.remote_id for record in connector(platform).communities()}
    assert listed == {"category-11", "category-12", "everybody"}


def test_what_is_open_to_all_is_read_without_a_key():
    platform = a_forum()
    assert messages_in(pulled(platform, key=None)).keys() == expected(platform).keys()


def test_an_unknown_community_is_not_found():
    for name in ("category-x", "category-999", "elsewhere"):
        with pytest.raises(NotFoundError):
            list(connector(a_forum()).pull(name, FORUM, since=None))


def test_a_setting_that_is_no_number_is_named():
    with pytest.raises(BadInputError) as caught:
        connector(a_forum(), likes_per_run="many")
    assert caught.value.details == {"setting": "likes_per_run"}


def test_it_keeps_to_the_calls_a_key_is_allowed():
    platform = a_large_forum(posts=2_000, topics=100)
    platform.switches["per_minute"] = 20
    clock = FixedClock(platform.world.now)
    platform.before = lambda asked: setattr(platform.world, "now", clock.now())
    began = clock.now()
    batches = pulled(platform, clock=clock, calls_per_minute="18")
    assert messages_in(batches).keys() == expected(platform).keys()
    assert clock.now() - began > timedelta(minutes=1)


def test_after_a_run_of_the_engine_the_mirror_is_the_forum(tmp_path):
    platform, mirrored = a_forum(), a_forum_mirror(tmp_path)
    assert synced(mirrored, platform).error is None
    for number in (11, 12):
        assert held_messages(mirrored, f"category-{number}") == expected(platform, number)
        assert held_likes(mirrored, f"category-{number}") == expected_likes(platform, number)
    assert held_members(mirrored) == {str(number) for number in platform.world.groups[11].members}
    assert len(held_members(mirrored, "everybody")) == 12
    parents = mirrored.parents()
    for said in platform.world.shown():
        parent = None if said.parent is None else name_of(platform, said.parent)
        assert parents[name_of(platform, said.id)] == parent


def test_what_happens_meanwhile_comes_with_the_next_run(tmp_path):
    platform, mirrored = a_forum(groups=1), a_forum_mirror(tmp_path)
    synced(mirrored, platform)
    platform.world.pass_time(days=1)
    said = platform.world.say(11, 2, "A new question?", subject="New here")
    platform.world.say(11, 3, "An answer", parent=said.id)
    platform.world.like(said.id, 4)
    newest = platform.world.shown(11)[-3]
    platform.world.edit(newest.id, "Better words for it")
    newcomer = platform.world.person("Zora Example")
    platform.world.join(11, newcomer.id)
    platform.world.leave(11, 3)
    synced(mirrored, platform)
    assert held_messages(mirrored) == expected(platform)
    assert held_likes(mirrored) == expected_likes(platform)
    assert held_members(mirrored) == {str(number) for number in platform.world.groups[11].members}
    # An edit bumps like an answer, and no list of posts tells: that costs one look more, once.
    synced(mirrored, platform)
    # Nothing new: two lists, a look, the newest of the group and the first page of the directory.
    before = len(platform.asked)
    totals = synced(mirrored, platform).totals
    assert len(platform.asked) - before == 5
    assert totals.added == totals.changed == 0


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.data(),
    st.sampled_from(("posts", "topics", "window")),
)
def test_pages_shifted_under_our_feet_lose_nothing(data, way):
    platform, cursors = a_forum(messages=140, groups=1, window=way == "window"), Cursors()
    world, turn = platform.world, [0]
    changes = data.draw(st.lists(st.sampled_from("snnrle"), max_size=12))

    def meanwhile(asked):
        turn[0] += 1
        if way == "topics" and asked.path == "/posts.json":
            return told({}, status=404)
        if turn[0] % 2 and changes:
            change_world(world, changes.pop(), turn[0])
        return None

    platform.before = meanwhile
    first = pulled(platform, cursors, likes_per_run="0")
    platform.before = None if way != "topics" else meanwhile
    world.pass_time(minutes=20)
    brought = messages_in([*first, *pulled(platform, cursors, likes_per_run="0")])
    assert brought.keys() >= expected(platform).keys()


def change_world(world, change, number):
    """Something happens: a topic, answers in old and new topics, a removal, a like, an edit."""
    world.pass_time(seconds=30)
    shown = world.shown()
    some = shown[number * 37 % len(shown)]
    if change == "n":
        world.say(11, 1, f"News {number}?", subject=f"Topic {number}")
    elif change == "s":
        world.say(11, 2, f"Answer {number}", parent=some.id)
    elif change == "r" and some.id != some.root:
        world.remove(some.id)
    elif change == "l":
        world.like(some.id, 1)
    elif change == "e":
        world.edit(some.id, f"Other words {number}")
