"""Families: thirteen whole weeks, roles of plans that run, threads made by several offices."""

from datetime import date

import pytest

from tests.metrics.frames import AMINA, a_frame, at, done, everyone, offices, talk
from workbench.ids import PersonId
from workbench.metrics.families import co_creation, engagement, involvement, thirteen_weeks
from workbench.metrics.window import month
from workbench.models.moments import to_day
from workbench.queries.frames_plans import Holding

MARCH = month(2024, 3)
NOW = at("2024-06-01")


def test_thirteen_weeks_end_with_the_last_sunday_of_the_window():
    weeks = thirteen_weeks(MARCH)
    assert len(weeks) == 13
    # 1 April 2024 is a Monday: the last week is over with March.
    assert (weeks[0].start_on, weeks[-1].end_on) == (date(2024, 1, 1), date(2024, 4, 1))
    assert thirteen_weeks(month(2024, 2))[-1].end_on == date(2024, 2, 26)


def test_engagement_is_the_median_of_active_weeks_of_those_who_did_anything():
    days = (
        done(1, "2024-01-01", posts=1),
        done(1, "2024-01-07", reactions=1),
        done(1, "2024-01-08", mentions=1),
        done(2, "2024-03-31", posts=1),
        done(2, "2023-12-31", posts=1),
    )
    value = engagement(a_frame(days=days), MARCH, as_of=NOW)
    assert (value.value, value.numerator, value.denominator) == (1.5, 3, 2)
    short = a_frame(days=days, mirror_start=at("2024-02-05"), first_seen_until=date(2024, 5, 4))
    assert engagement(short, MARCH, as_of=NOW).detail["doubts"] == ("The copy holds 8 of the 13 weeks.",)


@pytest.mark.parametrize(
    ("first", "until", "held"),
    [("2024-04-01", "2024-06-01", None), ("2024-03-31", "2024-06-01", 1), ("2024-01-01", "2024-03-01", None)],
)
def test_involvement_counts_members_once_in_plans_that_run(first, until, held):
    span = [to_day(date.fromisoformat(day)) for day in (first, until)]
    holdings = tuple(
        Holding(person, *span, leads) for person, leads in ((AMINA, True), (AMINA, False), (PersonId(9), True))
    )
    value = involvement(a_frame(holdings=holdings, members=everyone(1, 2)), MARCH, as_of=NOW)
    assert (value.numerator, value.denominator) == (held, 2)
    assert ("doubts" in value.detail) is (held is None), "without a plan nobody is said to be uninvolved"


def test_made_together_takes_three_people_of_two_offices_in_the_window():
    talks = (
        talk("2024-03-01", 10, 1, 2),
        talk("2024-03-15", 10, 2, 3),
        talk("2024-03-15", 11, 1, 3, 4),
        talk("2024-03-15", 12, 1, 2),
        talk("2024-04-01", 12, 3),
    )
    frame = a_frame(talks=talks, ties=offices(p1="Lima", p2="Lima", p3="Dakar", p4=""), members=everyone(1, 2, 3, 4))
    frame_without = a_frame(talks=talks, ties=offices(p1="Lima", p2="Lima"))
    value = co_creation(frame, MARCH, as_of=NOW)
    assert (value.value, value.denominator, value.detail["thread_ids"]) == (2, 3, (10, 11))
    assert co_creation(frame_without, MARCH, as_of=NOW).value == 0
