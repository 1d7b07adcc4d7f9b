"""Schedule: when an account is due, and what it may do on the link there is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import NOW
from workbench.models.day_cap import DayCap
from workbench.sync.schedule import (
    Link,
    Occasion,
    Reason,
    Standing,
    allowance,
    budget_from,
    by_itself,
    check_is_due,
    next_run,
    wait_until,
)

HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2024, 6, 16, tzinfo=UTC)
HOURLY = Standing(every_minutes=60, tried_at=NOW - 2 * HOUR)


@pytest.mark.parametrize(
    ("standing", "due"),
    [
        (Standing(), None),
        (Standing(every_minutes=60), NOW),
        (HOURLY, NOW),
        (replace(HOURLY, tried_at=NOW - HOUR / 2), NOW + HOUR / 2),
        (replace(HOURLY, tried_at=NOW + 9 * HOUR), NOW),
        (replace(HOURLY, not_before=NOW + 3 * HOUR), NOW + 3 * HOUR),
        (replace(HOURLY, not_before=NOW - HOUR), NOW),
        (replace(HOURLY, daily_cap=10, spent_today=10), MIDNIGHT),
        (replace(HOURLY, daily_cap=10, spent_today=9), NOW),
        (replace(HOURLY, is_paused=True), None),
        (replace(HOURLY, error_code="sign_in"), None),
        (replace(HOURLY, error_code="line"), NOW),
    ],
)
def test_the_next_run_is_when_everything_lets_it(standing: Standing, due: datetime | None):
    assert next_run(standing, now=NOW) == due


@pytest.mark.parametrize(
    ("standing", "link", "reason", "at"),
    [
        (HOURLY, Link.NONE, Reason.NO_LINK, None),
        (replace(HOURLY, is_paused=True), Link.OPEN, Reason.PAUSED, None),
        (replace(HOURLY, daily_cap=10, spent_today=11), Link.OPEN, Reason.BUDGET_SPENT, MIDNIGHT),
        (replace(HOURLY, not_before=NOW + HOUR), Link.OPEN, Reason.ASKED_TO_WAIT, NOW + HOUR),
        (replace(HOURLY, tried_at=NOW), Link.OPEN, Reason.NOT_DUE, NOW + HOUR),
        (replace(HOURLY, error_code="sign_in"), Link.OPEN, Reason.SIGN_IN, None),
        (Standing(), Link.OPEN, Reason.BY_HAND, None),
    ],
)
def test_what_stands_in_the_way_is_said_with_until_when(standing: Standing, link: Link, reason: Reason, at):
    answer = allowance(standing, link=link, now=NOW)
    assert (answer.may_run, answer.reason, answer.at) == (False, reason, at)
    by_hand = allowance(standing, link=link, now=NOW, by_hand=True)
    assert by_hand.may_run is (reason not in {Reason.NO_LINK, Reason.BUDGET_SPENT})


def test_on_a_metered_link_only_text_is_fetched():
    assert not allowance(HOURLY, link=Link.OPEN, now=NOW).is_text_only
    assert allowance(HOURLY, link=Link.METERED, now=NOW).is_text_only
    assert allowance(replace(HOURLY, is_text_only=True), link=Link.OPEN, now=NOW).is_text_only


@pytest.mark.parametrize(
    ("days", "ours", "theirs", "due"),
    [(6, None, None, False), (7, None, None, True), (2, 5, 5, False), (2, 5, 6, True), (0, 5, 6, False)],
)
def test_a_check_is_due_weekly_and_sooner_where_numbers_do_not_agree(days, ours, theirs, due):
    checked_at = NOW - timedelta(days=days)
    assert check_is_due(now=NOW, synced_at=NOW, checked_at=checked_at, ours=ours, theirs=theirs) is due


@pytest.mark.parametrize(("theirs", "due"), [(12, False), (13, True), (10, True)])
def test_a_difference_that_a_check_left_calls_for_no_other(theirs: int, due: bool):
    day_ago = NOW - timedelta(days=1)
    assert check_is_due(now=NOW, synced_at=NOW, checked_at=day_ago, ours=10, theirs=theirs, known_gap=-2) is due


def test_nothing_is_checked_before_all_was_read_once():
    assert not check_is_due(now=NOW, synced_at=None, checked_at=None, ours=1, theirs=2)
    assert check_is_due(now=NOW, synced_at=NOW, checked_at=None)
    assert check_is_due(now=NOW, synced_at=NOW, checked_at=NOW + HOUR)


SIX_HOURLY = Standing(every_minutes=360, tried_at=NOW - 2 * HOUR)
CUT = replace(SIX_HOURLY, error_code="line", tried_at=NOW - HOUR / 10)


@pytest.mark.parametrize(
    ("standing", "at_hour", "at_link"),
    [
        (SIX_HOURLY, False, True),
        (replace(SIX_HOURLY, tried_at=NOW - 7 * HOUR), True, True),
        (replace(SIX_HOURLY, tried_at=NOW - HOUR / 2), False, False),
        (CUT, False, True),
        (replace(CUT, tried_at=NOW - HOUR / 3), True, True),
        (replace(CUT, not_before=NOW + HOUR), False, False),
        (replace(SIX_HOURLY, is_broken_off=True), True, True),
        (replace(CUT, error_code=None, is_broken_off=True), False, True),
        (replace(SIX_HOURLY, is_broken_off=True, error_code="platform_busy"), False, True),
        (replace(SIX_HOURLY, is_paused=True), False, False),
        (replace(SIX_HOURLY, error_code="sign_in"), False, False),
        (replace(CUT, daily_cap=10, spent_today=10), False, False),
        (Standing(tried_at=NOW - 9 * HOUR), False, False),
        (Standing(tried_at=NOW - 9 * HOUR, error_code="line"), False, False),
    ],
)
def test_a_link_or_waking_up_makes_an_account_run_sooner(standing: Standing, *, at_hour: bool, at_link: bool):
    assert by_itself(standing, link=Link.OPEN, now=NOW).may_run is at_hour
    for occasion in (Occasion.LINK, Occasion.WAKE):
        assert by_itself(standing, link=Link.OPEN, now=NOW, occasion=occasion).may_run is at_link
        assert not by_itself(standing, link=Link.NONE, now=NOW, occasion=occasion).may_run


def test_a_wish_counted_from_a_clock_that_was_ahead_is_not_waited_for():
    later = NOW + timedelta(days=400)
    assert wait_until(later, tried_at=NOW, now=NOW) == later
    assert wait_until(later, tried_at=later - timedelta(hours=1), now=NOW) is None
    assert wait_until(NOW, tried_at=None, now=NOW) is None


@pytest.mark.parametrize(
    ("standing", "until"),
    [
        (Standing(daily_cap=60, spent_today=52), None),
        (Standing(daily_cap=60, spent_today=99, raised=DayCap(raised_on=NOW.date(), raised=100)), None),
        (Standing(daily_cap=60, spent_today=99, raised=DayCap(raised_on=NOW.date(), raised=90)), MIDNIGHT),
        (Standing(daily_cap=60, spent_today=99, raised=DayCap(raised_on=NOW.date() - 24 * HOUR, raised=500)), MIDNIGHT),
        (Standing(daily_cap=60, spent_today=52, error_code="budget_spent", tried_at=NOW), MIDNIGHT),
        (Standing(daily_cap=60, spent_today=0, error_code="budget_spent", tried_at=NOW - 24 * HOUR), None),
        (Standing(spent_today=52, error_code="budget_spent", tried_at=NOW), None),
    ],
)
def test_a_run_that_a_page_too_many_ended_used_the_day_up(standing: Standing, until: datetime | None):
    assert budget_from(standing, now=NOW) == until
