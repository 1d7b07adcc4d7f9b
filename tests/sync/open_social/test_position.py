"""Where the reading of a group stands, and what it promises."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import LineError
from workbench.models.moments import DayRange
from workbench.sync.connector import Cursor
from workbench.sync.open_social.position import Lane, Position
from workbench.sync.open_social.shapes import Relation, Row, Target

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def tie(number: int, *, days: int = 0) -> Relation:
    return Relation(number, "group", Target("node--topic", f"uuid{number}", number), NOW - timedelta(days=days))


def begun(*, oldest: date | None = None) -> Position:
    position = Position()
    position.reach(oldest)
    position.lanes["topic"] = Lane()
    return position


@settings(derandomize=True, max_examples=30)
@given(topics=st.sets(st.integers(1, 100_000)), far=st.sets(st.integers(1, 100_000)))
def test_a_cursor_keeps_everything(topics, far):
    position = Position(
        lanes={"topic": Lane(7, 8, 9, 10, 11, topics, far, True, "2026-03-02")},
        said=5,
        todo=["topic:a"],
        far=["topic:b"],
        open=["topic:c"],
        is_far=True,
        is_named=True,
        number=12,
        oldest=date(2026, 1, 1),
        skip=date(2026, 2, 1),
        first=date(2026, 1, 5),
        read=77,
    )
    assert Position.of(position.cursor()) == position


def test_numbers_of_topics_take_little_room():
    position = begun()
    position.lanes["topic"].topics = set(range(1_000_000, 1_003_000, 3))
    assert len(position.cursor()) < 2_600


@pytest.mark.parametrize("text", ["", "7", "[]", "{}", '{"lanes": {"topic": 7}}'])
def test_a_cursor_that_is_none_of_ours_is_refused(text):
    with pytest.raises(LineError):
        Position.of(Cursor(text))


def test_old_topics_wait_for_their_latest_comments_only():
    position = begun(oldest=date(2026, 2, 20))
    for relation in (tie(1), tie(2, days=30), tie(1)):
        position.take("topic", relation, is_news=False)
    position.take("topic", tie(3, days=30), is_news=True)
    assert (position.todo, position.far) == (["topic:uuid1", "topic:uuid3"], ["topic:uuid2"])
    assert (position.lanes["topic"].topics, position.lanes["topic"].far) == ({1, 3}, {2})


def test_open_conversations_stay_open_when_others_arrive():
    position = begun()
    for number in range(3):
        position.take("topic", tie(number), is_news=True)
    assert position.opens(2, with_far=False)
    position.number, position.is_named = 5, True
    position.take("topic", tie(9), is_news=True)
    resumed = Position.of(position.cursor())
    assert resumed.opens(2, with_far=False)
    assert (resumed.open, resumed.number, resumed.is_named) == (["topic:uuid0", "topic:uuid1"], 5, True)
    resumed.close()
    assert resumed.opens(2, with_far=False)
    assert (resumed.open, resumed.number, resumed.is_named) == (["topic:uuid2", "topic:uuid9"], 0, False)


def test_old_ones_are_opened_last_and_only_when_wanted():
    position = begun(oldest=date(2026, 2, 20))
    position.take("topic", tie(2, days=30), is_news=False)
    assert not position.opens(2, with_far=False)
    assert position.opens(2, with_far=True)
    assert position.is_far


def test_an_older_beginning_starts_again_but_not_with_what_is_known():
    position = begun(oldest=date(2026, 2, 20))
    position.lanes["topic"].below = 0
    position.take("topic", tie(2, days=30), is_news=False)
    position.far.clear()
    position.reach(None)
    assert (position.skip, position.is_whole) == (date(2026, 2, 20), False)
    position.take("topic", tie(1), is_news=False)
    position.take("topic", tie(2, days=30), is_news=False)
    assert position.todo == ["topic:uuid2"]
    assert position.lanes["topic"].topics == {1, 2}


def test_a_nearer_beginning_is_taken_only_while_history_is_read():
    position = begun()
    position.reach(date(2026, 2, 20))
    assert position.oldest == date(2026, 2, 20)
    whole = begun()
    whole.lanes["topic"].below = 0
    whole.reach(date(2026, 2, 20))
    assert whole.oldest is None


def test_days_are_covered_once_everything_is_read():
    position = begun()
    position.first = date(2026, 1, 5)
    assert position.covered(today=NOW.date()) == ()
    position.lanes["topic"].below = 0
    assert position.covered(today=NOW.date()) == (DayRange(date(2026, 1, 5), date(2026, 3, 1)),)
    assert position.covered(today=date(2026, 1, 5)) == ()


def test_a_fresh_topic_is_looked_for_until_it_had_time_to_reach_its_group():
    lane = Lane(seen=5, topics={7})

    def topic(number: int) -> Row:
        return Row("node--topic", str(number), {"drupal_internal__nid": number}, {})

    assert [lane.is_unknown(topic(number)) for number in (4, 5, 6, 7)] == [False, False, True, False]
    lane.settle([(6, NOW - timedelta(minutes=5)), (8, NOW), (None, NOW), (9, None)], now=NOW)
    assert lane.seen == 6
