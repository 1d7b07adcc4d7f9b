"""Windows: halves, promised days and gaps add up to the whole, with open ends too."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbench.models.moments import DayRange
from workbench.sync.windows import DayWindow, around, without

TODAY = date(2026, 3, 10)
days = st.dates(date(1960, 1, 1), date(2100, 1, 1))


@given(st.none() | days, st.none() | days, days)
def test_the_halves_of_a_window_hold_each_of_its_days_once(start: date | None, end: date | None, day: date):
    if start and end and end <= start:
        start, end = end, start + timedelta(days=1)
    window = DayWindow(start, end)
    halves = window.halves(today=TODAY)
    if halves is not None:
        assert sum(half.holds(day) for half in halves) == window.holds(day)
        assert halves[0].start is not None
        assert halves[0].start == halves[1].end


@given(st.none() | days, st.none() | days)
def test_halving_comes_to_an_end(start: date | None, end: date | None):
    if start and end and end <= start:
        start, end = end, start + timedelta(days=1)
    left = [DayWindow(start, end)]
    for _ in range(200):
        halves = left[-1].halves(today=TODAY)
        if halves is None:
            return
        left = [*left, *halves]
    assert left[-1].halves(today=TODAY) is None


def test_only_days_that_are_over_are_promised():
    assert DayWindow(date(2026, 3, 1), None).days_until(TODAY) == DayRange(date(2026, 3, 1), date(2026, 3, 9))
    assert DayWindow(date(2026, 3, 1), date(2026, 3, 3)).days_until(TODAY) == DayRange(
        date(2026, 3, 1), date(2026, 3, 2)
    )
    assert DayWindow(TODAY, None).days_until(TODAY) is None
    assert DayWindow(None, TODAY).days_until(TODAY) is None


@given(days, st.integers(0, 60), st.lists(st.tuples(st.none() | days, st.none() | days), max_size=4))
def test_holes_are_taken_out_of_promised_days(first: date, length: int, spans: list[tuple[date | None, date | None]]):
    holes = [DayWindow(start, end) for start, end in spans if not start or not end or start < end]
    whole = [first + timedelta(days=number) for number in range(length + 1)]
    left = [day for day in whole if not any(hole.holds(day) for hole in holes)]
    ranges = without(DayRange(first, whole[-1]), holes)
    assert sorted(day for day in whole for span in ranges if span.first <= day <= span.last) == left


def test_days_close_together_share_a_window_and_the_latest_comes_first():
    found = [date(2026, 3, 5), date(2026, 1, 2), date(2026, 3, 7), date(2026, 3, 5)]
    assert around(found, gap=timedelta(days=4)) == [
        DayWindow(date(2026, 3, 5), date(2026, 3, 8)),
        DayWindow(date(2026, 1, 2), date(2026, 1, 3)),
    ]


def test_a_window_says_its_days():
    assert str(DayWindow(None, date(2026, 1, 2))) == "… to 2026-01-02"
