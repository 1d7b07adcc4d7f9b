"""Where the reading of a community stands: gaps close from above, threads are compared once all of them was read."""

from collections.abc import Mapping
from datetime import date

import pytest

from workbench.errors import LineError
from workbench.models.moments import DayRange
from workbench.sync.connector import Cursor
from workbench.sync.engage.messages import Feed
from workbench.sync.engage.position import THREADS_KEPT, Gap, Position

TODAY = date(2026, 3, 2)


def a_feed(
    *ids: int, goes_on: bool = False, threads: Mapping[int, int] | None = None, updates: Mapping[int, int] | None = None
) -> Feed:
    """Messages sent on the day of March of their tens; each its own thread unless told."""
    return Feed(
        ids=ids,
        threads={number: (threads or {}).get(number, number) for number in ids},
        updates=updates or {},
        days={number: date(2026, 1, 1 + number // 10) for number in ids},
        records=(),
        rejected=(),
        likes=(),
        goes_on=goes_on,
        today=TODAY,
    )


def test_the_first_page_leaves_a_gap_down_to_the_beginning():
    position = Position()
    assert position.looked(a_feed(50, 41, 30, goes_on=True))
    position.reached_top(TODAY)
    assert (position.high, position.anchor, position.gaps) == (50, 41, (Gap(30, date(2026, 1, 4)),))
    assert position.covered() == (DayRange(date(2026, 1, 5), date(2026, 3, 1)),)


def test_history_is_whole_once_a_page_does_not_go_on():
    position = Position()
    position.looked(a_feed(50, 30, goes_on=True))
    position.reached_top(TODAY)
    position.filled(a_feed(20, 11, goes_on=True))
    assert position.gaps == (Gap(11, date(2026, 1, 2)),)
    position.filled(a_feed(3))
    assert position.gaps == ()
    assert position.covered() == (DayRange(date(2026, 1, 1), date(2026, 3, 1)),)
    assert position.read == 5


def test_news_that_meet_something_known_leave_no_gap():
    position = Position(high=50, known=(50, 41))
    assert position.looked(a_feed(60, 55, 50, goes_on=True))
    assert (position.gaps, position.known) == ((), (60, 55))
    assert not position.is_apart(50)


def test_news_that_meet_nothing_known_leave_a_gap_that_ends_there():
    position = Position(high=50, known=(50, 41))
    position.looked(a_feed(90, 80, goes_on=True))
    assert position.gaps == (Gap(80, date(2026, 1, 9), floor=50),)
    assert position.is_apart(50)
    position.filled(a_feed(70, 60, goes_on=True))
    assert position.gaps == (Gap(60, date(2026, 1, 7), floor=50),)
    position.filled(a_feed(55, 50, 41, goes_on=True))
    assert position.gaps == ()
    assert position.read == 5


def test_nothing_new_changes_nothing():
    position = Position(high=50, known=(50, 41))
    before = position.cursor()
    assert not position.looked(a_feed(50))
    assert position.cursor() == before


def test_an_empty_community_is_known_until_yesterday():
    position = Position()
    assert not position.looked(a_feed())
    position.reached_top(TODAY)
    assert position.covered() == (DayRange(date(2026, 3, 1), date(2026, 3, 1)),)


def test_a_page_that_does_not_lead_down_is_refused():
    position = Position(high=50, gaps=(Gap(30, TODAY),))
    with pytest.raises(LineError):
        position.filled(a_feed(50, 41, goes_on=True))


def test_a_thread_is_compared_once_its_first_message_lies_above_every_gap():
    position = Position()
    position.looked(a_feed(50, 41, goes_on=True, threads={50: 20}, updates={20: 3}))
    assert position.unwhole() is None
    position.filled(a_feed(20))
    assert position.unwhole() == 20
    position.close(20, 3)
    assert position.unwhole() is None


def test_a_thread_with_as_many_messages_as_it_tells_is_whole():
    position = Position()
    position.looked(a_feed(50, 41, 20, threads={50: 20, 41: 20}, updates={20: 3}))
    assert position.unwhole() is None
    assert position.closed == {20: 3}


def test_a_known_thread_has_to_grow_by_what_came():
    position = Position(high=50, known=(50,), closed={20: 3})
    position.looked(a_feed(60, 50, threads={60: 20}, updates={20: 4}))
    assert position.unwhole() is None
    position.looked(a_feed(70, 60, threads={70: 20}, updates={20: 6}))
    assert position.unwhole() == 20


def test_an_old_thread_nobody_remembers_is_read_once():
    position = Position(high=50, known=(50,))
    position.looked(a_feed(60, 50, threads={60: 20}, updates={20: 9}))
    assert position.unwhole() == 20
    position.close(20, 9)
    position.looked(a_feed(70, 60, threads={70: 20}, updates={20: 10}))
    assert position.unwhole() is None


def test_a_thread_that_tells_nothing_is_taken_as_it_is():
    position = Position()
    position.looked(a_feed(50))
    assert position.unwhole() is None


def test_only_so_many_threads_are_remembered():
    position = Position()
    for thread in range(1, THREADS_KEPT + 3):
        position.close(thread, 1)
    assert len(position.closed) == THREADS_KEPT
    assert 1 not in position.closed


def test_a_cursor_gives_the_same_position():
    position = Position()
    position.looked(a_feed(50, 41, goes_on=True, threads={50: 20}, updates={20: 3}))
    position.reached_top(TODAY)
    position.close(41, None)
    assert Position.of(position.cursor()) == position


def test_a_cursor_of_another_version_begins_afresh():
    assert Position.of(Cursor('{"version": 0, "high": 50}')) == Position.of(None) == Position()
