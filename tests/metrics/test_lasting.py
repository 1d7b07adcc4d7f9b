"""Who stays and who goes: borders of months, leap days, silence that ends on its last day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.metrics.frames import AMINA, BRUNO, CHEN, a_frame, at, done, us
from workbench.ids import PersonId
from workbench.metrics.lasting import (
    activity_and_silence,
    drifting,
    half_years,
    health_index,
    inactive,
    lapsed,
    last_year,
    occasional,
)
from workbench.metrics.window import Window, month
from workbench.queries.frames_people import RegularSum
from workbench.queries.seldom import Seldom

FEBRUARY = month(2024, 2)
NOW = at("2024-03-01")


def test_half_years_end_on_the_last_day_of_a_shorter_month():
    window = Window.between(date(2024, 8, 1), date(2024, 8, 31))
    earlier, later = half_years(window)
    assert (earlier.start_on, earlier.end_on, later.end_on) == (date(2023, 8, 31), date(2024, 2, 29), date(2024, 8, 31))
    assert last_year(month(2024, 2))[0].start_on == date(2023, 3, 1)


def test_drifting_wrote_in_the_first_half_and_not_in_the_second():
    days = (
        done(1, "2023-03-01", posts=1),
        done(2, "2023-08-31", replies=1),
        done(2, "2023-09-01", reactions=1),
        done(3, "2023-08-31", posts=1),
        done(3, "2024-02-29", replies=1),
        done(1, "2023-02-28", posts=1),
    )
    value = drifting(a_frame(days=days), FEBRUARY, as_of=NOW)
    assert (value.value, value.denominator) == (2, 3)


def test_lapsed_did_fifty_things_and_then_nothing_for_thirty_days():
    active, silent = activity_and_silence(FEBRUARY)
    assert (active.days, silent.days, silent.end) == (90, 30, FEBRUARY.end)
    before = RegularSum(active.start_us, [AMINA, BRUNO, PersonId(9)])
    days = (done(3, silent.start_on.isoformat(), mentions=1), done(2, "2024-02-29", mentions=1))
    value = lapsed(a_frame(days=days, regulars=(before, RegularSum(active.end_us, [CHEN]))), FEBRUARY, as_of=NOW)
    assert (value.value, value.denominator) == (1, 2)


@pytest.mark.parametrize(("as_of", "count"), [("2024-08-26T23:00", 0), ("2024-08-27", 1)])
def test_inactive_after_a_hundred_and_eighty_days_counted_in_the_month_of_the_last_message(as_of, count):
    last = {AMINA: us("2024-02-29T23:59"), BRUNO: us("2024-03-01"), CHEN: us("2024-01-31T23:59")}
    value = inactive(a_frame(last_contributions=last), FEBRUARY, as_of=at(as_of))
    assert (value.value, value.denominator) == (count, 1)
    assert bool(value.detail["doubts"]) is not bool(count), "who may still come back is told"


def test_nobody_is_said_to_have_stayed_before_they_can_have_gone_silent():
    last = {AMINA: us("2024-02-01")}
    young = inactive(a_frame(last_contributions=last), FEBRUARY, as_of=at("2024-07-29T23:00"))
    assert (young.value, young.numerator, young.denominator) == (None, None, 1)
    assert young.detail["doubts"][0].endswith("known from 2024-07-30 on.")
    assert inactive(a_frame(last_contributions=last), FEBRUARY, as_of=at("2024-07-30")).value == 1


def test_occasional_writes_little_or_with_long_pauses_and_both_limits_are_free():
    quarter = Window.between(date(2024, 1, 1), date(2024, 4, 1))
    days = (
        done(1, "2024-01-01", posts=2),
        done(2, "2024-01-01", posts=5),
        done(2, "2024-02-01", posts=1),
        done(3, "2024-01-01", posts=5),
        done(3, "2024-01-31", posts=1),
    )
    frame = a_frame(days=days)
    assert occasional(frame, quarter, as_of=NOW).value == 2
    assert occasional(replace(frame, seldom=Seldom(2, 31)), quarter, as_of=NOW).value == 0
    assert occasional(replace(frame, seldom=Seldom(7, 29)), quarter, as_of=NOW).value == 3


@pytest.mark.parametrize(("first_seen", "doubts"), [(date(2024, 4, 1), 1), (None, 0)])
def test_the_health_index_says_when_the_copy_begins_in_its_year(first_seen, doubts):
    days = (done(1, "2024-01-15", posts=1), done(2, "2024-02-15", posts=1))
    frame = a_frame(days=days, mirror_start=at("2024-01-02"), first_seen_until=first_seen)
    value = health_index(frame, FEBRUARY, as_of=NOW)
    assert (value.numerator, value.denominator) == (1, 2)
    assert len(value.detail["doubts"]) == doubts
