"""Savings: the check figures of the definitions, and nothing divided by nothing."""

import json
from pathlib import Path

import pytest

from workbench.metrics.savings import (
    answers_value,
    daily_share_of_monthly,
    gravity,
    gravity_change,
    loaded_hour,
    meeting_cost,
    networked_value,
    return_on_investment,
)

CHECKS = json.loads((Path(__file__).parent / "example" / "expected.json").read_text(encoding="utf-8"))["formula_checks"]


def test_return_on_answers_with_and_without_the_direct_ones():
    check = CHECKS["answers_roi"]
    each, cost = check["value_each"], check["cost_per_year"]
    direct = answers_value(12 * check["answers_per_month"], each)
    found = networked_value(12 * check["searches_per_month"], each)
    assert round(return_on_investment(direct + found, cost) * 100) == check["percent"] == 90
    assert round(return_on_investment(found, cost) * 100) == check["percent_networked_only"] == 50


def test_an_hour_and_a_meeting_are_rounded_at_the_end_only():
    hour, meeting = CHECKS["loaded_hour"], CHECKS["meeting_cost"]
    assert round(loaded_hour(hour["annual_salary"]), 2) == hour["result"]
    cost = meeting_cost(meeting["annual_salary"], attendees=meeting["attendees"], hours=meeting["hours"])
    assert round(cost, 2) == meeting["result"]


@pytest.mark.parametrize("check", CHECKS["gravity_change"])
def test_gravity_changes_per_member(check):
    assert round(gravity_change(check["from"], check["to"], check["members"]), 1) == check["result"]


def test_gravity_weighs_levels_by_their_square():
    assert gravity({1: 5, 4: 3, 7: 1, 10: 1}) == 5 + 48 + 49 + 100


def test_daily_visitors_among_monthly_ones_are_averaged_over_days():
    assert daily_share_of_monthly([(10, 100), (30, 100), (0, 0)]) == pytest.approx(0.2)


def test_nothing_is_divided_by_nothing():
    assert return_on_investment(10, 0) is None
    assert gravity_change(1, 2, 0) is None
    assert daily_share_of_monthly([]) is None
