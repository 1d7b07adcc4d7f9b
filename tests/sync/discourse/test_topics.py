"""The walk through the topics of one category: long topics, bumps, and what was unread before them."""

from tests.platforms.server import told
from tests.sync.connectors.discourse_site import (
    CATEGORY,
    FORUM,
    Cursors,
    a_forum,
    connector,
    expected,
    messages_in,
    pulled,
)


def test_a_topic_longer_than_a_page_comes_whole():
    platform = a_forum(messages=0, groups=1)
    root = platform.world.say(11, 1, "How deep?", subject="Wells").id
    for number in range(130):
        platform.world.say(11, number % 12 + 1, f"So deep: {number}", parent=root)
    platform.before = lambda asked: told({}, status=404) if asked.path == "/posts.json" else None
    assert messages_in(pulled(platform)).keys() == expected(platform).keys()


def test_a_topic_bumped_while_its_history_is_unread_comes_whole():
    platform, cursors = a_forum(messages=200, groups=1), Cursors()
    platform.before = lambda asked: told({}, status=404) if asked.path == "/posts.json" else None
    running = connector(platform).pull(CATEGORY, FORUM, since=None)
    held = [next(running), next(running), next(running)]
    cursors[CATEGORY] = next(batch.cursor for batch in reversed(held) if batch.cursor is not None)
    platform.world.pass_time(hours=2)
    platform.world.say(11, 1, "An old one again", parent=1001)
    assert messages_in([*held, *pulled(platform, cursors)]).keys() == expected(platform).keys()


def a_list_of_topics(count: int):
    """A forum whose list of all posts is closed, with so many topics a minute apart, each answered once."""
    platform = a_forum(messages=0, groups=1)
    add_topics(platform, count)
    return platform


def add_topics(platform, count: int) -> None:
    for number in range(count):
        platform.world.pass_time(minutes=1)
        root = platform.world.say(11, 1, f"Question {number}?", subject=f"Topic {number}").id
        platform.world.say(11, 2, f"Answer {number}", parent=root)


def closed(asked):
    return told({}, status=404) if asked.path == "/posts.json" else None


def test_a_topic_bumped_out_of_history_while_that_is_listed_comes_whole():
    platform, cursors = a_list_of_topics(0), Cursors()
    old = platform.world.say(11, 1, "A long one?", subject="Long ago").id
    for number in range(60):
        platform.world.say(11, 2, f"Long answer {number}", parent=old)
    add_topics(platform, 150)
    platform.before = closed
    running = connector(platform).pull(CATEGORY, FORUM, since=None)
    held = [next(running) for _ in range(6)]
    cursors[CATEGORY] = next(batch.cursor for batch in reversed(held) if batch.cursor is not None)
    platform.world.pass_time(hours=2)

    def bump(asked):
        if asked.path.endswith("/l/latest.json") and asked.query["page"] == "1":
            platform.world.say(11, 3, "Bumped out of it", parent=old)
        return closed(asked)

    platform.before = bump
    held += pulled(platform, cursors)
    platform.before = closed
    platform.world.pass_time(hours=2)
    assert messages_in([*held, *pulled(platform, cursors)]).keys() == expected(platform).keys()


def test_what_was_not_read_yet_is_not_taken_for_known_because_it_was_listed():
    platform, cursors = a_list_of_topics(30), Cursors()
    platform.before = closed
    pulled(platform, cursors)
    platform.world.pass_time(hours=2)
    for number in range(1001, 1031, 2):
        platform.world.pass_time(seconds=5)
        platform.world.say(11, 3, f"More on {number}", parent=number)
    running = connector(platform).pull(CATEGORY, FORUM, since=cursors[CATEGORY])
    held = [next(running) for _ in range(4)]
    cursors[CATEGORY] = next(batch.cursor for batch in reversed(held) if batch.cursor is not None)
    platform.world.say(11, 3, "And one more", parent=1059)
    brought = {item.text for item in messages_in([*held, *pulled(platform, cursors)]).values()}
    assert {f"More on {number}" for number in range(1001, 1031, 2)} | {"And one more"} <= brought
