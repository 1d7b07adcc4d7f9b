"""Backlog: every day is read once, newest first, whatever is refused; cursors keep it."""

import json
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.models.moments import DayRange
from workbench.sync.backlog import AHEAD, EMPTY_IN_A_ROW, RETRY_FAILED, Backlog, Task, tasks_for
from workbench.sync.windows import BEGINNING, DayWindow

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)
LOOKED_AT = 60


def kept(backlog: Backlog) -> Backlog:
    """As it comes back out of a cursor."""
    return Backlog.from_json(json.loads(json.dumps(backlog.to_json())))


@settings(deadline=None)
@given(
    st.integers(1, 100_000),
    st.integers(0, 9_000),
    st.lists(st.booleans(), max_size=25),
    st.lists(st.integers(0, 2_000_000), max_size=25),
)
def test_what_is_read_and_what_is_set_aside_is_all_of_time_once(count, age, refusals, sizes):
    backlog = Backlog.beginning(count=count, newest=TODAY - DAY, oldest=TODAY - DAY - DAY * age)
    read: list[DayWindow] = []
    promised: set[date] = set()
    said: list[Task] = []
    for step in range(20_000):
        task = backlog.next()
        if task is None:
            break
        assert isinstance(task, DayWindow)
        if step < len(refusals) and refusals[step]:
            backlog, said = kept(backlog.refused(task, today=TODAY)), []
            continue
        size = sizes[step % len(sizes)] if sizes else 100
        if step < LOOKED_AT:
            said = said[1:] + backlog.following()[len(said[1:]) :]
        backlog, covered = backlog.done(task, size=size, first_day=task.start, today=TODAY)
        backlog = kept(backlog)
        assert step >= LOOKED_AT or not said or backlog.next() == said[0]
        read.append(task)
        promised |= {
            span.first + DAY * number for span in covered for number in range((span.last - span.first).days + 1)
        }
    assert backlog.next() is None
    spans = sorted(
        (window for window in (*read, *(task for task, _ in backlog.failed)) if isinstance(window, DayWindow)),
        key=lambda window: window.start or date.min,
    )
    assert spans[0].start is None
    assert spans[-1].end is None
    assert all(earlier.end == later.start for earlier, later in pairwise(spans))
    for task, _ in backlog.failed:
        assert isinstance(task, DayWindow)
        assert not [
            day for day in promised if (not task.start or task.start <= day) and (not task.end or day < task.end)
        ]


def test_a_list_of_a_few_messages_is_read_whole():
    backlog = Backlog.beginning(count=20, newest=TODAY, oldest=TODAY - 60 * DAY)
    assert backlog.next() == DayWindow(None, None)


def test_windows_grow_over_quiet_years_and_shrink_over_busy_days_two_windows_later():
    for size, expected in ((50, [30, 30, 120]), (600_000, [30, 30, 3])):
        backlog, lengths = Backlog(edge=TODAY, days=30, oldest=BEGINNING), []
        for _ in expected:
            task = backlog.next()
            assert isinstance(task, DayWindow)
            backlog, _ = backlog.done(task, size=size, first_day=TODAY, today=TODAY)
            lengths.append(backlog.days)
        assert lengths == expected


def test_a_length_that_was_refused_is_not_tried_again_while_there_is_mail():
    backlog = Backlog(edge=TODAY, days=40, oldest=BEGINNING).refused(DayWindow(TODAY - 40 * DAY, TODAY), today=TODAY)
    backlog, _ = backlog.done(DayWindow(TODAY - 20 * DAY, TODAY), size=10, first_day=TODAY, today=TODAY)
    assert backlog.days == 20


def test_without_a_known_beginning_empty_years_end_the_walk():
    backlog = Backlog(edge=TODAY, days=366)
    for _ in range(EMPTY_IN_A_ROW):
        task = backlog.next()
        assert isinstance(task, DayWindow)
        assert task.start is not None
        backlog, _ = backlog.done(task, size=20, first_day=None, today=TODAY)
    last = backlog.next()
    assert isinstance(last, DayWindow)
    assert last.start is None
    backlog, _ = backlog.done(last, size=20, first_day=None, today=TODAY)
    assert backlog.next() is None


def test_what_follows_is_not_said_where_an_empty_year_may_end_the_walk():
    backlog = Backlog(edge=TODAY, days=366)
    assert backlog.following() == [
        DayWindow(TODAY - 732 * DAY, TODAY - 366 * DAY),
        DayWindow(TODAY - 1098 * DAY, TODAY - 732 * DAY),
    ]
    empty, _ = backlog.done(DayWindow(TODAY - 366 * DAY, TODAY), size=20, first_day=None, today=TODAY)
    assert empty.following() == []


def test_what_follows_stops_at_the_floor_and_comes_after_what_waits():
    month = [DayWindow(TODAY - 30 * DAY * (number + 1), TODAY - 30 * DAY * number) for number in range(4)]
    backlog = Backlog(todo=("A", "B"), edge=TODAY, days=30, oldest=BEGINNING)
    assert backlog.following() == ["B", *month[:3]]
    assert len(backlog.following()) == AHEAD
    assert Backlog(edge=TODAY, days=30, oldest=BEGINNING).following() == month[1:3]
    assert Backlog(edge=TODAY, days=30, oldest=BEGINNING).following(floor=TODAY - 60 * DAY) == [month[1]]
    assert Backlog(edge=TODAY, days=30, oldest=BEGINNING).following(floor=TODAY - 30 * DAY) == []
    assert Backlog().following() == []


def test_what_broke_off_goes_on_and_its_first_days_are_promised_only_once_they_are_proven():
    window, rest = DayWindow(TODAY - 30 * DAY, TODAY), DayWindow(TODAY - 10 * DAY, TODAY)
    backlog = Backlog(edge=TODAY, days=30, oldest=BEGINNING, until=TODAY)
    cut = kept(backlog.broken_off(window, rest))
    assert (cut.next(), cut.following()[0]) == (rest, backlog.following()[0])
    cut, covered = cut.done(rest, size=10, first_day=TODAY, today=TODAY)
    assert covered == (DayRange(TODAY - 10 * DAY, TODAY - DAY),)
    assert cut.doubtful == (DayWindow(TODAY - 30 * DAY, TODAY - 10 * DAY),)
    sure, covered = cut.proven(today=TODAY)
    assert (sure.doubtful, covered) == ((), (DayRange(TODAY - 30 * DAY, TODAY - 11 * DAY),))
    again = cut.doubted()
    assert (again.doubtful, again.next()) == ((), cut.doubtful[0])


def test_windows_that_were_begun_are_read_first_and_history_goes_on_below_them():
    begun = (DayWindow(TODAY - 5 * DAY, None), DayWindow(TODAY - 9 * DAY, TODAY - 5 * DAY))
    backlog = Backlog.beginning(count=900, newest=TODAY, oldest=TODAY - 2 * DAY, begun=begun)
    assert (backlog.todo, backlog.edge, backlog.until) == (begun, TODAY - 9 * DAY, TODAY - 5 * DAY)
    whole = Backlog.beginning(count=90, newest=TODAY, oldest=BEGINNING, begun=(DayWindow(None, None),))
    assert (whole.edge, whole.until) == (None, BEGINNING)


def test_what_failed_is_tried_after_a_week():
    window = DayWindow(TODAY, TODAY + DAY)
    backlog = Backlog(todo=(window, "NAME")).refused(window, today=TODAY).refused("NAME", today=TODAY)
    assert [task for task, _ in backlog.failed] == [window, "NAME"]
    assert backlog.refusals == 2
    assert backlog.retrying(today=TODAY + RETRY_FAILED - DAY).next() is None
    again = kept(backlog).retrying(today=TODAY + RETRY_FAILED)
    assert again.todo == (window, "NAME")
    assert again.failed == ()


def test_tasks_put_ahead_are_read_first_and_once():
    backlog = Backlog(todo=("A", "B")).ahead(("B", "C"))
    assert backlog.todo == ("B", "C", "A")


def test_days_are_followed_only_when_nothing_waits():
    waiting, covered = Backlog(todo=("A",), until=TODAY - 2 * DAY).settled(today=TODAY)
    assert (waiting.until, covered) == (TODAY - 2 * DAY, ())
    done, covered = waiting.done("A", size=1, first_day=TODAY, today=TODAY)
    assert done.until == TODAY
    assert [(span.first, span.last) for span in covered] == [(TODAY - 2 * DAY, TODAY - DAY)]


def test_items_close_together_share_a_window_and_one_alone_is_named():
    days = {"A": TODAY, "B": TODAY - DAY, "C": TODAY - 90 * DAY}
    assert tasks_for(days) == [DayWindow(TODAY - DAY, TODAY + DAY), "C"]


def test_history_stops_at_the_floor_and_goes_on_below_it_when_that_is_lowered():
    floor = TODAY - 50 * DAY
    backlog = Backlog(edge=TODAY, days=30, oldest=TODAY - 400 * DAY)
    for expected in (TODAY - 30 * DAY, floor):
        task = backlog.next(floor=floor)
        assert isinstance(task, DayWindow)
        assert task.start == expected
        backlog, _ = kept(backlog).done(task, size=10, first_day=None, today=TODAY)
    assert backlog.next(floor=floor) is None
    assert backlog.next() is not None
    assert Backlog.beginning(count=9, newest=TODAY, oldest=BEGINNING, floor=floor).edge == floor
