"""One category in one run: which walk, in what order, how far back, what it costs, which days it promises."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.platforms.server import told
from tests.sync.connectors.discourse_site import (
    ALL,
    CATEGORY,
    FORUM,
    Cursors,
    a_forum,
    a_large_forum,
    asked,
    connector,
    cost,
    expected,
    expected_likes,
    likes_in,
    messages_in,
    name_of,
    pulled,
    run,
)
from workbench.errors import WorkbenchError
from workbench.sync.seat import Reach


def test_of_a_small_category_the_topics_are_read_instead():
    platform = a_large_forum(posts=2_000, topics=40)
    small = platform.world.group("Small").id
    platform.world.say(small, 1, "A question?", subject="Small talk")
    for number in range(400):
        platform.world.say(11, 1, f"Meanwhile {number}", parent=1001)
    brought = pulled(platform, community=f"category-{small}")
    assert messages_in(brought).keys() == expected(platform, small).keys()
    assert len(platform.asked) < 12


def test_nothing_new_is_two_lists_and_a_short_look():
    platform, cursors = a_large_forum(posts=500, topics=40), Cursors()
    run(platform, cursors, ALL)
    before, ends = len(platform.asked), dict(cursors)
    brought = run(platform, cursors, ALL)
    assert asked(platform, before) == ["/categories.json", "/groups.json", "/latest.json"]
    assert cost([batch for batches in brought.values() for batch in batches])[1] < 4_000
    assert not [batch.records for batches in brought.values() for batch in batches if batch.records]
    assert cursors == ends


def test_fifty_new_posts_are_one_more_request():
    platform, cursors = a_large_forum(posts=500, topics=40), Cursors()
    run(platform, cursors, ALL)
    before = len(platform.asked)
    platform.world.pass_time(hours=1)
    roots = [said for said in platform.world.said.values() if said.id == said.root]
    for number in range(50):
        root = roots[number % len(roots)]
        platform.world.say(root.group, number % 20 + 1, f"News {number}", parent=root.id)
    brought = run(platform, cursors, ALL)
    assert asked(platform, before) == ["/categories.json", "/groups.json", "/posts.json"]
    assert sum(len(messages_in(batches)) for batches in brought.values()) == 50
    assert cost([batch for batches in brought.values() for batch in batches])[1] < 15_000


def test_news_comes_before_history():
    platform = a_large_forum(posts=1_000, topics=50, categories=1)
    batches = pulled(platform)
    newest = [max(item.sent_at for item in messages_in([batch]).values()) for batch in batches if batch.records]
    assert newest == sorted(newest, reverse=True)
    assert len(asked(platform)) > 20
    first = next(iter(connector(platform).pull(CATEGORY, FORUM, since=None)))
    assert len(messages_in([first])) == 50


def test_days_are_promised_once_they_are_over_and_read():
    platform, cursors = a_large_forum(posts=400, topics=20, categories=1), Cursors()
    batches = pulled(platform, cursors)
    days = [day for batch in batches for span in batch.covered for day in (span.first, span.last)]
    assert max(days) == platform.world.now.date() - timedelta(days=1)
    assert min(days) == min(said.at for said in platform.world.said.values()).date()
    for number, batch in enumerate(batches):
        brought = messages_in(batches[: number + 1])
        for span in batch.covered:
            inside = [said for said in platform.world.said.values() if span.first <= said.at.date() <= span.last]
            assert {name_of(platform, said.id) for said in inside} <= brought.keys()
    platform.world.pass_time(days=2)
    (later,) = pulled(platform, cursors)
    assert [span.last for span in later.covered] == [platform.world.now.date() - timedelta(days=1)]


@pytest.mark.parametrize("way", ["posts", "topics"])
def test_pinned_topics_and_missing_dates_do_not_end_the_walk(way):
    platform, cursors = a_forum(messages=200, groups=1, pinned=4, null_dates=True), Cursors()
    if way == "topics":
        platform.before = lambda asked: told({}, status=404) if asked.path == "/posts.json" else None
    assert messages_in(pulled(platform, cursors)).keys() == expected(platform).keys()
    platform.world.pass_time(days=1)
    platform.world.say(11, 1, "New in a pinned one", parent=1001)
    platform.world.pass_time(days=1)
    later = platform.world.say(11, 1, "New elsewhere", subject="Elsewhere")
    brought = messages_in(pulled(platform, cursors))
    assert {"New in a pinned one", "New elsewhere"} <= {item.text for item in brought.values()}
    platform.world.pass_time(days=1)
    platform.world.say(11, 2, "And an answer", parent=later.id)
    assert "And an answer" in {item.text for item in messages_in(pulled(platform, cursors)).values()}


def test_reading_rests_at_the_date_asked_for_and_goes_on_when_asked_for_more():
    platform, cursors = a_large_forum(posts=1_000, topics=50, categories=1), Cursors()
    oldest = platform.world.now.date() - timedelta(days=30)
    near = pulled(platform, cursors, reach=Reach(oldest=oldest))
    first = messages_in(near)
    days = {item.sent_at.date() for item in first.values()}
    assert oldest - timedelta(days=8) < min(days) < oldest
    assert len([said for said in platform.world.said.values() if said.at.date() >= oldest]) <= len(first) < 500
    assert not any(batch.is_from_start for batch in near)
    before = len(platform.asked)
    assert not messages_in(pulled(platform, cursors, reach=Reach(oldest=oldest)))
    assert asked(platform, before) == ["/categories.json", "/groups.json", "/latest.json"]
    rest = messages_in(pulled(platform, cursors))
    assert {**first, **rest}.keys() == expected(platform).keys()


@pytest.mark.parametrize(("posts", "by_topic"), [(0, False), (60, False), (60, True)])
def test_a_forum_younger_than_the_date_asked_for_is_known_from_that_date_on(posts: int, *, by_topic: bool):
    platform = a_large_forum(posts=posts, topics=min(posts, 5), categories=1)
    if by_topic:
        platform.before = lambda asked: told({}, status=404) if asked.path == "/posts.json" else None
    oldest = min((said.at for said in platform.world.said.values()), default=platform.world.now).date()
    oldest -= timedelta(days=200)
    batches = pulled(platform, reach=Reach(oldest=oldest))
    assert messages_in(batches).keys() == expected(platform).keys()
    yesterday = platform.world.now.date() - timedelta(days=1)
    assert [(span.first, span.last) for span in batches[-1].covered] == [(oldest, yesterday)]
    assert batches[-1].is_from_start


def test_topics_rest_at_the_date_too():
    platform, cursors = a_large_forum(posts=1_000, topics=100, categories=1), Cursors()
    platform.before = lambda asked: told({}, status=404) if asked.path == "/posts.json" else None
    oldest = platform.world.now.date() - timedelta(days=30)
    first = messages_in(pulled(platform, cursors, reach=Reach(oldest=oldest)))
    assert {said.at.date() >= oldest for said in platform.world.said.values()} == {True, False}
    inside = [said for said in platform.world.said.values() if said.at.date() >= oldest]
    assert len(inside) <= len(first) < 600
    before = len(platform.asked)
    pulled(platform, cursors, reach=Reach(oldest=oldest))
    assert asked(platform, before) == ["/categories.json", "/groups.json", "/latest.json"]
    assert {**first, **messages_in(pulled(platform, cursors))}.keys() == expected(platform).keys()


def test_likes_come_last_and_name_who():
    platform = a_forum()
    batches = pulled(platform)
    assert likes_in(batches) == expected_likes(platform)
    assert not messages_in([batch for batch in batches if likes_in([batch])])


def test_a_run_asks_for_so_many_likes_and_the_next_for_more():
    platform, cursors = a_forum(), Cursors()
    runs = [likes_in(pulled(platform, cursors, likes_per_run="7")) for _ in range(30)]
    assert set[str]().union(*runs) == expected_likes(platform)
    assert runs[1]
    assert not runs[-1]
    assert asked(platform).count("/post_action_users.json") == sum(
        bool(said.likes) for said in platform.world.shown(11)
    )


def test_categories_share_what_a_run_may_ask_for_likes():
    platform, cursors = a_forum(), Cursors()
    run(platform, cursors, ALL[:2], likes_per_run="20")
    assert asked(platform).count("/post_action_users.json") == 20


def test_no_likes_are_asked_for_where_none_are_wanted():
    platform = a_forum()
    assert not likes_in(pulled(platform, likes_per_run="0"))
    assert "/post_action_users.json" not in asked(platform)


def test_a_post_that_went_before_its_likes_were_asked_for_is_left_out():
    platform = a_forum()
    platform.before = lambda asked: told({}, status=404) if asked.path == "/post_action_users.json" else None
    batches = pulled(platform)
    assert not likes_in(batches)
    assert messages_in(batches).keys() == expected(platform).keys()


def test_progress_ends_whole():
    shares = [batch.progress.fraction for batch in pulled(a_forum()) if batch.progress]
    assert shares == sorted(share for share in shares if share is not None)
    assert shares[-1] == 1.0


class Hostile:
    """A forum where something happens while it is read, and where some requests fail."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        chosen = self.rng.choice
        self.platform = a_forum(
            messages=chosen((30, 160, 330)), groups=2, people=8, window=chosen((False, True)), pinned=chosen((0, 3, 15))
        )
        self.world = self.platform.world
        self.hidden = self.world.group("For few")
        self.hidden.is_hidden = True
        self.closes_list = chosen((False, False, True))
        self.cursors: Cursors = {}
        self.read: dict[str, set[str]] = {name: set() for name in ALL[:2]}
        self.failing = self.busy = 0.0
        self.platform.before = self.meanwhile

    def meanwhile(self, asked):
        if self.rng.random() < self.busy:
            self.happen()
        if self.closes_list and asked.path == "/posts.json":
            return told({}, status=404)
        return told({}, status=418) if self.rng.random() < self.failing else None

    def happen(self) -> None:
        self.world.pass_time(seconds=self.rng.choice((0, 1, 30, 4_000)))
        roots = [said for said in self.world.said.values() if said.id == said.root]
        root, text = self.rng.choice(roots), f"Words {len(self.world.said)}"
        kind = self.rng.choice(("topic", "answer", "answer", "many", "hidden"))
        if kind == "topic":
            self.world.say(self.rng.choice((11, 12)), 1, text, subject=text)
        elif kind == "hidden":
            first = self.world.say(self.hidden.id, 1, text, subject=text).id
            for _ in range(self.rng.choice((3, 60, 130))):
                self.world.say(self.hidden.id, 1, "Not for you", parent=first)
        else:
            for number in range(70 if kind == "many" else 1):
                self.world.say(root.group, 2, f"{text} {number}", parent=root.id)

    def run(self, reach: Reach) -> None:
        """One run over both categories; what a batch says of days has to be true then and there."""
        reader = connector(self.platform, reach=reach, likes_per_run="0")
        with suppress(WorkbenchError):
            list(reader.communities())
        for name in self.read:
            with suppress(WorkbenchError):
                for batch in reader.pull(name, FORUM, since=self.cursors.get(name)):
                    self.read[name] |= messages_in([batch]).keys()
                    self.cursors |= {} if batch.cursor is None else {name: batch.cursor}
                    for span in batch.covered:
                        said = [said for said in self.world.shown(int(name[-2:])) if self.is_in(said.at.date(), span)]
                        assert {name_of(self.platform, item.id) for item in said} <= self.read[name]

    @staticmethod
    def is_in(day, span) -> bool:
        return span.first <= day <= span.last


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_whatever_happens_meanwhile_nothing_is_lost_and_no_day_is_promised_that_is_not_whole(seed):
    forum = Hostile(seed)
    for _ in range(forum.rng.randint(2, 5)):
        forum.failing, forum.busy = forum.rng.choice((0, 0.1, 0.3)), forum.rng.choice((0, 0.1, 0.4))
        forum.happen()
        month_ago = forum.world.now.date() - timedelta(days=30)
        forum.run(Reach(oldest=forum.rng.choice((None, month_ago))))
    forum.failing = forum.busy = 0.0
    forum.world.pass_time(hours=1)
    forum.run(Reach())
    for name, read in forum.read.items():
        assert read >= expected(forum.platform, int(name[-2:])).keys()
