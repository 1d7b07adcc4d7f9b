"""HCL Connections while people are at it: what moves, jumps, is removed or edited as it is read."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.platforms.hcl_connections import HclConnections
from tests.platforms.server import Asked, Told
from tests.sync.connectors.hcl_network import (
    COMMUNITY,
    GROUP,
    a_site,
    a_site_mirror,
    a_topic,
    checked,
    commented,
    connector,
    expected,
    held_members,
    name_of,
    pulled,
    standing,
    synced,
    words_in,
    world_members,
)
from tests.sync.connectors.runs import Cursors, held_messages, messages_in
from tests.sync.mirrored import Mirrored
from workbench.errors import LineError
from workbench.models.kinds import RunState
from workbench.models.moments import DayRange
from workbench.sync.connectors.hcl_connections import MESSAGES
from workbench.sync.seat import Reach


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_site_mirror(tmp_path)


def test_a_list_out_of_order_promises_no_days_and_is_read_all_the_same():
    platform, cursors = a_site(messages=120, cap=10, unsorted=True), Cursors()
    batches = pulled(platform, cursors, reach=Reach(oldest=platform.world.now.date()))
    assert {name for name in expected(platform) if name.startswith("forum:")} <= words_in(batches).keys()
    assert not [days for batch in batches for days in batch.covered]


def test_no_day_is_promised_of_which_something_is_still_unread():
    platform = a_site(messages=200, cap=8)
    got: set[str] = set()
    for batch in pulled(platform):
        got |= messages_in([batch]).keys()
        for days in batch.covered:
            inside = [said for said in standing(platform) if days.first <= said.at.date() <= days.last]
            assert {name_of(platform, said) for said in inside} <= got


def test_a_topic_that_jumps_past_a_look_of_several_pages_loses_no_reply():
    platform, cursors = a_site(cap=4), Cursors()
    world, topic = platform.world, a_topic(platform)
    pulled(platform, cursors)
    world.pass_time(days=1)
    before = world.say(GROUP, 1, "Before the look", parent=topic.id)
    world.pass_time(hours=1)
    for number in range(6):
        world.say(GROUP, 1, f"News {number}", subject="News")
    world.pass_time(hours=1)
    during: list[str] = []

    def jump(asked: Asked) -> None:
        if asked.path.endswith("/topics") and asked.query["page"] == "2" and not during:
            world.pass_time(minutes=5)
            during.append(name_of(platform, world.say(GROUP, 1, "During the look", parent=topic.id)))

    platform.before = jump
    got = words_in(pulled(platform, cursors)).keys() | words_in(pulled(platform, cursors)).keys()
    assert {name_of(platform, before), *during} <= got


@settings(derandomize=True, max_examples=80, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    switches=st.sampled_from(
        [{}, {"proxy": True}, {"pinned": 3}, {"no_next": True}, {"ghosts": True, "likes_inside": True}]
    ),
    pace=st.sampled_from([0.1, 0.3, 0.6]),
)
def test_a_site_that_lives_while_it_is_read_loses_nothing_and_promises_no_more(seed, switches, pace):
    rng = Random(seed)
    platform = a_site(messages=rng.randint(0, 80), cap=rng.randint(2, 9), **switches)
    cursors, got, covered = Cursors(), dict[str, str](), list[DayRange]()

    def live(_asked: Asked) -> Told | None:
        platform.world.pass_time(seconds=rng.choice([1, 7, 60, 600]))
        return happen(platform, rng) if rng.random() < pace else None

    def run(oldest: date | None = None) -> None:
        reader = connector(platform, reach=Reach(oldest=oldest))
        try:
            for batch in reader.pull(COMMUNITY, MESSAGES, since=cursors.get(MESSAGES.name)):
                got.update(words_in([batch]))
                covered.extend(batch.covered)
                assert batch.cursor is not None
                cursors[MESSAGES.name] = batch.cursor
        except LineError:
            pass  # the next run goes on from there
        platform.world.pass_time(hours=rng.choice([0, 1, 8, 30]))

    platform.before = live
    oldest = rng.choice([None, platform.world.now.date() - timedelta(days=rng.randint(1, 60))])
    for _ in range(rng.randint(1, 5)):
        run(oldest)
    for _ in range(2):
        run()
    platform.before = None
    for _ in range(2):
        platform.world.pass_time(days=1)
        run()
    there = standing(platform)
    assert {name_of(platform, said) for said in there} <= got.keys()
    promised = [said for said in there if any(days.first <= said.at.date() <= days.last for days in covered)]
    assert {name_of(platform, said) for said in promised} <= got.keys()


def happen(platform: HclConnections, rng: Random) -> Told | None:
    """One thing that people do while we read, or a line that breaks."""
    world, there = platform.world, standing(platform)
    topics = [said.id for said in there if said.id == said.root and said.id not in platform.blogged]
    posts = [said.id for said in there if said.id in platform.blogged]
    replies = [said.id for said in there if said.id != said.root]
    step = rng.choice(["topic", "reply", "reply", "comment", "post", "many", "remove", "remove reply", "stop"])
    if step in {"topic", "many"}:
        for _ in range(7 if step == "many" else 1):
            world.say(GROUP, 1, "Of late", subject="News")
    elif step == "post":
        platform.blogged.add(world.say(GROUP, 1, "Of late", subject="News").id)
    elif step == "reply" and topics:
        world.say(GROUP, 1, "Meanwhile", parent=rng.choice(topics))
    elif step == "comment" and posts:
        world.say(GROUP, 1, "By the way", parent=rng.choice(posts))
    elif step.startswith("remove") and (gone := replies if step == "remove reply" else topics):
        world.remove(rng.choice(gone))
    return Told(500, b"", "text/plain") if step == "stop" and rng.random() < 0.5 else None


def test_what_a_proxy_still_hides_from_a_second_try_comes_with_the_next_sync():
    platform, cursors = a_site(proxy="now"), Cursors()
    pulled(platform, cursors)
    platform.world.pass_time(days=1)
    pulled(platform, dict(cursors))  # what it brought was lost with the line
    platform.world.pass_time(seconds=5)
    said = platform.world.say(GROUP, 1, "Just now", parent=a_topic(platform).id)
    comment = platform.world.say(GROUP, 1, "By the way", parent=commented(platform).id)
    platform.world.pass_time(seconds=5)
    assert not words_in(pulled(platform, cursors))
    platform.world.pass_time(minutes=1)
    assert name_of(platform, said) in words_in(pulled(platform, cursors))
    platform.world.pass_time(days=1)
    assert name_of(platform, comment) in words_in(pulled(platform, cursors))


@pytest.mark.parametrize("count", [1, 5, 11])
def test_topics_removed_while_their_list_is_read_let_none_slip_past(count):
    platform = a_site(messages=150, cap=5)
    pages: list[str] = []

    def remove(asked: Asked) -> None:
        if asked.path.endswith("/topics"):
            pages.append(asked.query["page"])
            if len(pages) == 3:
                listed = [
                    said for said in standing(platform) if said.id == said.root and said.id not in platform.blogged
                ]
                newest = sorted(listed, key=lambda said: max(item.at for item in platform.world.thread(said.id)))
                for said in newest[-count:]:
                    platform.world.remove(said.id)

    platform.before = remove
    got = words_in(pulled(platform)).keys()
    assert expected(platform).keys() <= got
    assert len(pages) > len(set(pages))


@pytest.mark.parametrize("kind", ["entries", "comments"])
def test_what_is_removed_from_a_blog_while_it_is_read_lets_nothing_slip_past(kind):
    platform = a_site(messages=300, cap=3)
    count = 0

    def remove(asked: Asked) -> None:
        nonlocal count
        if f"/{kind}/" in asked.path:
            count += 1
            if count == 3:
                shown = [said for said in standing(platform) if said.root in platform.blogged]
                platform.world.remove([said for said in shown if (said.id == said.root) == (kind == "entries")][-1].id)

    platform.before = remove
    got = words_in(pulled(platform)).keys()
    assert {name for name in expected(platform) if name.startswith("blogs:")} <= got


def test_comments_move_nothing_and_are_found_all_the_same():
    platform, cursors = a_site(), Cursors()
    pulled(platform, cursors)
    said = platform.world.say(GROUP, 2, "A comment", parent=commented(platform).id)
    platform.world.pass_time(hours=1)
    assert not words_in(pulled(platform, cursors))
    platform.world.pass_time(hours=6)
    assert words_in(pulled(platform, cursors)).keys() == {name_of(platform, said)}


@pytest.mark.parametrize("ghosts", [True, False])
def test_a_check_finds_what_moved_nothing(mirrored, ghosts):
    platform = a_site(messages=160, ghosts=ghosts)
    world = platform.world
    synced(mirrored, platform)
    replies = [said for said in standing(platform) if said.id != said.root and said.root not in platform.blogged]
    topic = a_topic(platform)
    young = [said for said in replies if said.at > world.now - timedelta(days=20) and said.root != topic.id]
    answered = next(said for said in young if any(other.parent == said.id for other in replies))
    world.edit(young[-1].id, "Other words")
    world.remove(answered.id)
    world.remove(next(said.id for said in replies if said.root != topic.id))
    world.remove(topic.id)
    post = commented(platform)
    comments = [
        said for said in standing(platform) if said.root in platform.blogged and said.root != post.id != said.id
    ]
    world.remove(next(said.id for said in comments if said.id != said.root))
    for said in world.thread(post.id):
        world.remove(said.id)
    world.leave(GROUP, max(world.groups[GROUP].members))
    result = checked(mirrored, platform)
    assert result.error is None
    assert result.state is RunState.DONE
    assert held_messages(mirrored) == expected(platform)
    assert held_members(mirrored) == world_members(platform)


def test_a_check_of_what_stands_still_takes_nothing_away(mirrored):
    platform = a_site(cap=9, likes_inside=True)
    synced(mirrored, platform)
    assert checked(mirrored, platform).totals.gone == 0
    assert held_messages(mirrored) == expected(platform)
