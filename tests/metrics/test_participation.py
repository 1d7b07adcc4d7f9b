"""Who takes part: borders of months, leap days, people who left, and the check figures of the sheet."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.metrics.frames import AMINA, BRUNO, a_frame, at, done, everyone, total, us
from workbench.metrics.participation import (
    absence_factor,
    contributors,
    fewest_for_majority,
    interactive_users,
    messages,
    new_contributors,
    retention,
)
from workbench.metrics.window import month
from workbench.queries.membership import ALWAYS, Membership

FEBRUARY = month(2024, 2)
NOW = datetime(2024, 6, 1, tzinfo=UTC)
CHECKS = json.loads((Path(__file__).parent / "example" / "expected.json").read_text(encoding="utf-8"))["formula_checks"]


def test_messages_count_the_leap_day_and_not_the_first_of_march():
    frame = a_frame(
        sums=(total("2024-01-31", 5), total("2024-02-01", 1), total("2024-02-29", 2), total("2024-03-01", 9))
    )
    assert messages(frame, FEBRUARY, as_of=NOW).value == 3


def test_who_only_reacted_is_interactive_but_no_contributor():
    frame = a_frame(days=(done(1, "2024-02-03", posts=1), done(2, "2024-02-04", reactions=3)))
    assert contributors(frame, FEBRUARY, as_of=NOW).value == 1
    assert interactive_users(frame, FEBRUARY, as_of=NOW).value == pytest.approx(2 / 3)


def test_who_mentions_somebody_is_interactive():
    frame = a_frame(days=(done(1, "2024-02-03", mentions=1),))
    assert interactive_users(frame, FEBRUARY, as_of=NOW).numerator == 1


def test_people_who_left_before_the_end_are_not_counted():
    stays = Membership([(AMINA, ALWAYS, us("2024-02-10")), (BRUNO, ALWAYS, us("2024-03-01"))])
    frame = a_frame(days=(done(1, "2024-02-03", posts=1), done(2, "2024-02-03", posts=1)), members=stays)
    assert contributors(frame, FEBRUARY, as_of=NOW).value == 1
    users = interactive_users(frame, FEBRUARY, as_of=NOW)
    assert (users.numerator, users.denominator) == (1, 1)


def test_a_first_message_at_midnight_belongs_to_the_month_that_begins():
    frame = a_frame(first_contributions={AMINA: us("2024-02-01"), BRUNO: us("2024-03-01")})
    assert new_contributors(frame, FEBRUARY, as_of=NOW).value == 1


@pytest.mark.parametrize(("begun", "doubtful"), [("2023-11-03", False), ("2023-11-04", True)])
def test_newcomers_of_the_first_ninety_days_may_not_be_new(begun, doubtful):
    frame = a_frame(
        first_contributions={AMINA: us("2024-02-05")}, first_seen_until=at(begun).date() + timedelta(days=89)
    )
    assert new_contributors(frame, FEBRUARY, as_of=NOW).detail["may_not_be_first"] is doubtful


def test_retention_compares_with_the_month_before():
    days = (
        done(1, "2023-12-31", posts=1),
        done(1, "2024-01-31", replies=1),
        done(2, "2024-01-01", reactions=1),
        done(1, "2024-02-29", posts=1),
        done(3, "2024-02-01", posts=1),
    )
    value = retention(a_frame(days=days), FEBRUARY, as_of=NOW)
    assert (value.numerator, value.denominator) == (1, 2)


def test_retention_after_a_silent_month_is_no_data():
    assert retention(a_frame(days=(done(1, "2024-02-02", posts=1),)), FEBRUARY, as_of=NOW).value is None


def test_the_absence_factor_of_the_published_example():
    check = CHECKS["absence_factor"]
    assert fewest_for_majority(sorted(check["contributions"], reverse=True)).value == check["result"]


def test_exactly_half_is_a_majority():
    assert fewest_for_majority([5, 5]).value == 1


def test_the_absence_factor_adds_up_days_and_kinds():
    days = (done(1, "2024-02-01", posts=1), done(2, "2024-02-01", replies=3), done(1, "2024-02-02", replies=1))
    value = absence_factor(a_frame(days=days), FEBRUARY, as_of=NOW)
    assert (value.value, value.numerator, value.denominator) == (1, 3, 5)


def test_without_messages_nobody_can_be_missed():
    assert absence_factor(a_frame(days=(done(1, "2024-02-01", reactions=4),)), FEBRUARY, as_of=NOW).value is None


def test_one_person_in_one_row_is_everybody():
    frame = a_frame(days=(done(1, "2024-02-29", posts=1),), members=everyone(1))
    assert interactive_users(frame, FEBRUARY, as_of=NOW).value == 1.0
    assert absence_factor(frame, FEBRUARY, as_of=NOW).value == 1
