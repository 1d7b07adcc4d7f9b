"""Adoption: marks, growth, a curve only where there are eight points, and nothing without a head count."""

from datetime import date
from math import exp

import pytest

from tests.metrics.frames import AMINA, BRUNO, a_frame, at, done, us
from workbench.metrics.adoption import adoption, fit_logistic, post_engagement, reach
from workbench.metrics.window import month
from workbench.models.moments import to_day
from workbench.queries.frames_plans import HeadCount

FEBRUARY = month(2024, 2)
NOW = at("2024-06-01")
FIRSTS = tuple(
    (to_day(date.fromisoformat(day)), people)
    for day, people in (("2024-01-05", 10), ("2024-02-01", 4), ("2024-02-29", 1), ("2024-03-01", 7))
)


def staff(people: int) -> tuple[HeadCount, ...]:
    return (HeadCount(people, date(2024, 1, 1), "Staff list"),)


@pytest.mark.parametrize(("people", "next_mark"), [(100, 0.16), (50, 0.5), (20, None)])
def test_people_so_far_out_of_the_head_count_with_growth_and_the_next_mark(people, next_mark):
    value = adoption(a_frame(first_acts=FIRSTS, staff=staff(people)), FEBRUARY, as_of=NOW)
    assert (value.numerator, value.denominator, value.value) == (15, people, 15 / people)
    assert (value.detail["growth"], value.detail["next_mark"]) == (0.5, next_mark)
    assert value.detail["doubts"] == (f"The head count of {people} is of 2024-01-01 (Staff list).",)


def test_without_a_head_count_people_are_known_and_the_share_is_not():
    value = adoption(a_frame(first_acts=FIRSTS), month(2024, 1), as_of=NOW)
    assert (value.value, value.numerator, value.denominator, value.detail["growth"]) == (None, 10, None, None)


@pytest.mark.parametrize(
    ("counted", "of"),
    [
        ((date(2024, 2, 29), False), 40),
        ((date(2024, 3, 1), False), None),
        ((date(2024, 3, 1), True), 40),
    ],
)
def test_a_head_count_holds_from_its_day_on_and_before_only_where_the_leader_says_so(counted, of):
    on, before = counted
    frame = a_frame(first_acts=FIRSTS, staff=(HeadCount(40, on, "Staff list", holds_before=before),))
    # A later month in the same frame changes nothing for the one before.
    for window, expected in ((FEBRUARY, of), (month(2024, 3), 40)):
        value = adoption(frame, window, as_of=NOW)
        assert (value.denominator, value.value is None) == (expected, expected is None)


def test_a_logistic_curve_comes_back_from_its_own_points():
    points = [(t, 0.6 / (1 + exp(-0.7 * (t - 5)))) for t in range(12)]
    curve = fit_logistic(points)
    assert curve is not None
    assert all(curve.at(t) == pytest.approx(reached, abs=0.01) for t, reached in points)
    assert curve.midpoint == pytest.approx(5, abs=0.3)
    assert curve.ceiling == pytest.approx(0.6, abs=0.02)


@pytest.mark.parametrize(
    "points",
    [
        [(t, 0.1 + t / 100) for t in range(7)],
        [(t, 0.5) for t in range(12)],
        [(t, 0.5 - t / 100) for t in range(12)],
        [(t, 0.0) for t in range(12)],
        [(3, 0.1 + t / 100) for t in range(9)],
    ],
)
def test_fewer_than_eight_points_or_points_that_do_not_rise_give_no_curve(points):
    assert fit_logistic(points) is None


def test_reach_and_response_need_views():
    seen = ((us("2024-02-01"), [AMINA, BRUNO]), (us("2024-03-01"), [AMINA]))
    frame = a_frame(viewers=seen, staff=staff(8), days=(done(1, "2024-02-02", reactions=1),))
    assert (reach(frame, FEBRUARY, as_of=NOW).value, post_engagement(frame, FEBRUARY, as_of=NOW).value) == (0.25, 0.5)
    blind = a_frame(staff=staff(8), days=(done(1, "2024-02-02", reactions=1),))
    assert (reach(blind, FEBRUARY, as_of=NOW).value, post_engagement(blind, FEBRUARY, as_of=NOW).value) == (None, None)
    assert reach(a_frame(viewers=seen), FEBRUARY, as_of=NOW).numerator == 2
