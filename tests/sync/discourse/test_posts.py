"""The walk down all posts of a forum: shared, complete under both meanings of before, ended by counting."""

from datetime import timedelta
from itertools import islice

import pytest

from tests.platforms.discourse import Discourse
from tests.sync.connectors.discourse_site import (
    ALL,
    BASE,
    FORUM,
    Cursors,
    a_large_forum,
    asked,
    connector,
    expected,
    messages_in,
    pulled,
    run,
)
from workbench.clock import FixedClock
from workbench.sync.api_client import ApiClient
from workbench.sync.discourse import forum as discourse_forum
from workbench.sync.discourse.forum import Forum
from workbench.sync.discourse.walk import CategoryPull
from workbench.sync.pace import Limit, Pace


def test_all_categories_share_one_walk_over_all_posts():
    platform, cursors = a_large_forum(posts=2_000, topics=100), Cursors()
    brought = run(platform, cursors, ALL)
    for name in ALL:
        assert messages_in(brought[name]).keys() == expected(platform, int(name[-2:])).keys()
    # Forty pages hold the posts; the rest are the lists of categories, groups and topics.
    assert asked(platform).count("/posts.json") == 40
    assert len(platform.asked) == 43


def test_without_memory_every_category_reads_for_itself_and_ends_alike(monkeypatch):
    monkeypatch.setattr(discourse_forum, "KEPT_CAP", 0)
    platform = a_large_forum(posts=400, topics=20, categories=2)
    brought = run(platform, {}, ALL[:2])
    for name in ALL[:2]:
        assert messages_in(brought[name]).keys() == expected(platform, int(name[-2:])).keys()
    assert asked(platform).count("/posts.json") == 15


def test_many_new_posts_are_read_down_to_the_known_ones():
    platform, cursors = a_large_forum(posts=300, topics=20, categories=1), Cursors()
    pulled(platform, cursors)
    for number in range(333):
        platform.world.say(11, 1, f"News {number}", parent=1001)
    before = len(platform.asked)
    brought = pulled(platform, cursors)
    assert {f"News {number}" for number in range(333)} <= {item.text for item in messages_in(brought).values()}
    assert asked(platform, before).count("/posts.json") == 7


def test_a_walk_that_goes_on_ends_with_the_first_message_of_its_category():
    platform, cursors = a_large_forum(posts=600, topics=20, categories=2), Cursors()
    begun = connector(platform).pull(ALL[0], FORUM, since=None)
    first = list(islice(begun, 3))
    cursors[ALL[0]] = next(batch.cursor for batch in reversed(first) if batch.cursor is not None)
    begun.close()
    before = len(platform.asked)
    brought = [*first, *pulled(platform, cursors)]
    assert messages_in(brought).keys() == expected(platform).keys()
    assert brought[-1].is_from_start
    assert asked(platform, before).count("/posts.json") <= 12, "all numbers are above 1000; nothing is looked for below"


@pytest.mark.parametrize("window", [False, True])
def test_neither_meaning_of_before_loses_a_post_between_gaps(window):
    platform = a_large_forum(posts=400, topics=20, categories=1)
    platform.switches["window"] = window
    for number in (*range(1100, 1170), *range(1201, 1352), 1001):
        if number != platform.world.said[number].root:
            platform.world.remove(number)
    assert messages_in(pulled(platform)).keys() == expected(platform).keys()


def test_a_hidden_category_between_visible_posts_is_no_end():
    platform = a_large_forum(posts=400, topics=20, categories=1)
    hidden = platform.world.group("Archive of the staff")
    hidden.is_hidden = True
    root = platform.world.say(hidden.id, 1, "Only for few", subject="Imported").id
    for number in range(700):
        platform.world.say(hidden.id, 1, f"Imported {number}", parent=root)
    for number in range(20):
        platform.world.say(11, 1, f"After it {number}", parent=1001)
    cursors = Cursors()
    assert messages_in(pulled(platform, cursors)).keys() == expected(platform).keys()
    for number in range(120):
        platform.world.say(hidden.id, 1, f"Imported again {number}", parent=root)
    platform.world.pass_time(minutes=1)
    platform.world.say(11, 1, "Before even more of it", parent=1001)
    platform.world.pass_time(minutes=1)
    for number in range(120):
        platform.world.say(hidden.id, 1, f"And again {number}", parent=root)
    assert "Before even more of it" in {item.text for item in messages_in(pulled(platform, cursors)).values()}


def test_what_the_list_of_all_posts_leaves_out_is_read_from_its_topics():
    platform = a_large_forum(posts=400, topics=20, categories=2)
    platform.switches["moderator_posts"] = 37
    assert messages_in(pulled(platform)).keys() == expected(platform).keys()


def test_a_look_that_is_younger_than_the_shared_page_does_not_hide_what_lies_between():
    platform, cursors = a_large_forum(posts=200, topics=20, categories=2), Cursors()
    counted = []

    def after(asked, reply):
        if asked.path == "/categories.json":  # a forum counts when it pleases
            counted.append(reply)
            return counted[0]
        if asked.path == "/posts.json" and not asked.query and len(counted) == 2:
            platform.world.say(11, 1, "Just after that page", parent=1001)
        return reply

    platform.after = after
    run(platform, cursors, ALL[:1])
    platform.world.pass_time(hours=1)
    # The second category is new, so that the newest posts are read before anybody looks whether there are any.
    run(platform, cursors, [ALL[1], ALL[0]])
    platform.world.pass_time(hours=1)
    brought = run(platform, cursors, ALL[:1])
    assert "Just after that page" in {item.text for item in messages_in(brought[ALL[0]]).values()}


def test_days_are_over_by_the_first_look_of_a_run():
    platform, cursors = a_large_forum(posts=600, topics=20, categories=2), Cursors()
    running = connector(platform).pull(ALL[0], FORUM, since=None)
    (first,) = [next(running)]
    assert first.cursor is not None
    cursors[ALL[0]] = first.cursor
    looked = platform.world.now.date()

    def sleep_over(asked):
        if asked.path == "/posts.json" and not asked.query:
            platform.world.pass_time(days=2)

    platform.before = sleep_over
    reader = run(platform, cursors, ALL[:2])
    promised = [span.last for batch in reader[ALL[0]] for span in batch.covered]
    assert promised
    assert max(promised) == looked - timedelta(days=1)


@pytest.mark.parametrize("days", [None, 30], ids=["all there is", "a month"])
def test_pages_begun_ahead_are_those_that_are_asked_for_anyway(days: int | None):
    def pages(*, is_eager: bool) -> list[str]:
        platform = a_large_forum(posts=2_000, topics=100, categories=2)
        oldest = None if days is None else platform.world.now.date() - timedelta(days=days)
        with a_client(platform, is_eager=is_eager) as client:
            forum = Forum(client)
            pulls = [CategoryPull(forum, category, oldest=oldest, likes=0).run(None) for category in (11, 12)]
            # Both begin before one comes to its history.
            for pull in (*(islice(one, 1) for one in pulls), *pulls):
                list(pull)
        return sorted(item.query.get("before", "") for item in platform.asked if item.path == "/posts.json")

    one_by_one, ahead = pages(is_eager=False), pages(is_eager=True)
    assert set(one_by_one) <= set(ahead)
    assert len(ahead) == len(set(ahead)) <= len(one_by_one) + (0 if days is None else 1)


def a_client(platform: Discourse, *, is_eager: bool) -> ApiClient:
    clock = FixedClock(platform.world.now)
    pace = Pace(clock, limits=(Limit("any", 100_000, 1.0),))
    return ApiClient(BASE, clock=clock, pace=pace, is_eager=is_eager, transport=platform.wire())


def test_what_no_other_category_will_read_is_not_kept():
    platform = a_large_forum(posts=2_000, topics=100, categories=2)
    with a_client(platform, is_eager=False) as client:
        forum = Forum(client)
        pulls = [CategoryPull(forum, category, oldest=None, likes=0).run(None) for category in (11, 12)]
        for pull in pulls:
            next(pull)  # both have begun before the first of them comes to its history
        most = 0
        for _ in pulls[0]:
            most = max(most, len(forum._pages))
        list(pulls[1])
        assert (most > 30, len(forum._pages) < 10) == (True, True)
    assert asked(platform).count("/posts.json") == 40
