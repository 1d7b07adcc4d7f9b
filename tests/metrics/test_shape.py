"""How activity is spread: the split of members, meetings, and weeks outside their band."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.metrics.frames import AMINA, BRUNO, CHEN, a_frame, at, done, offices, total, us
from workbench.metrics.parts import parts_of
from workbench.metrics.shape import attendance, burstiness, split, weeks_before
from workbench.metrics.window import Window, month
from workbench.models.moments import to_day
from workbench.queries.coverage import CoverageMap
from workbench.queries.frames_threads import Meeting

MARCH = month(2024, 3)
NOW = at("2024-06-01")


def test_the_split_has_silent_few_and_many():
    days = (done(1, "2024-03-01", posts=2), done(2, "2024-03-01", posts=2), done(2, "2024-03-31", replies=1))
    value = split(a_frame(days=days), MARCH, as_of=NOW)
    assert (value.numerator, value.denominator) == (2, 3)
    assert [value.detail[name] for name in ("none", "few", "many")] == [1, 1, 1]


def test_attendance_is_the_median_of_meetings_with_offices_and_trend():
    held = (
        Meeting(us("2024-02-29T23:00"), [AMINA]),
        Meeting(us("2024-03-01"), [AMINA, BRUNO, CHEN], ["North", "West"]),
        Meeting(us("2024-03-20"), [BRUNO], ["West"]),
    )
    value = attendance(a_frame(meetings=held, ties=offices(p1="Lima", p2="Dakar")), MARCH, as_of=NOW)
    assert (value.value, value.numerator, value.denominator) == (2, 4, 2)
    assert value.detail["meetings"] == ((date(2024, 3, 1), 3), (date(2024, 3, 20), 1))
    assert value.detail["offices"] == (("Dakar", 2), ("Lima", 1))
    assert [(part.words, part.number) for part in parts_of(value)][-4:] == [
        ("Region North", 1), ("Region West", 2), ("Meeting of 2024-03-01", 3), ("Meeting of 2024-03-20", 1),
    ]  # fmt: skip


def weeks_of(*counts: int, first: str = "2024-01-08"):
    monday = date.fromisoformat(first)
    days = tuple(total((monday + timedelta(weeks=i)).isoformat(), count) for i, count in enumerate(counts) if count)
    return a_frame(sums=days, mirror_start=at(first))


@pytest.mark.parametrize(("week", "outside"), [(8, 0), (10, 0), (11, 1), (6, 0), (5, 1)])
def test_a_week_beyond_two_standard_deviations_is_unusual_and_one_on_the_border_is_not(week, outside):
    # 8 weeks of 7 and 9: mean 8, standard deviation 1.
    frame = weeks_of(7, 9, 7, 9, 7, 9, 7, 9, week)
    window = Window.between(date(2024, 3, 4), date(2024, 3, 11))
    value = burstiness(frame, window, as_of=NOW)
    assert (value.value, value.denominator) == (outside, 1)
    assert value.detail["weeks"] == ((date(2024, 3, 4), week, 6.0, 10.0),)


def test_a_gap_keeps_its_week_and_the_eight_after_it_from_being_judged():
    frame = replace(weeks_of(*[8] * 4, 0, *[8] * 12), known=CoverageMap([], 1))
    first, hole = to_day(date(2024, 1, 8)), to_day(date(2024, 2, 5))
    window = Window.between(date(2024, 3, 4), date(2024, 5, 6))
    assert burstiness(frame, window, as_of=NOW).value is None
    frame = replace(frame, known=CoverageMap([(first, hole - 1, 1), (hole + 7, first + 200, 1)], 1))
    judged = burstiness(frame, window, as_of=NOW).detail["weeks"]
    assert [week[0] for week in judged] == [date(2024, 4, 8) + timedelta(weeks=week) for week in range(4)]


def test_only_whole_weeks_that_are_over_and_have_eight_before_them_are_judged():
    frame = weeks_of(*[8] * 13)
    assert weeks_before(MARCH)[0] == Window.between(date(2024, 1, 8), date(2024, 3, 4))
    assert burstiness(frame, MARCH, as_of=NOW).denominator == 4
    assert burstiness(frame, MARCH, as_of=at("2024-03-24T12:00")).denominator == 2
    assert burstiness(frame, month(2024, 2), as_of=NOW).value is None
