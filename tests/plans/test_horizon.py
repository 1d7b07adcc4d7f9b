"""Horizon: days, phases, weekends, leap days and month ends."""

from datetime import date, timedelta

import pytest

from workbench.plans.horizon import (
    Phase,
    baseline_days,
    checkpoints,
    day_label,
    day_number,
    due_date,
    ends_on,
    phase,
    working_day,
)

START = date(2024, 1, 1)  # a Monday, in a leap year


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (-14, Phase.PREPARE),
        (0, Phase.PREPARE),
        (1, Phase.LISTEN),
        (30, Phase.LISTEN),
        (31, Phase.ACTIVATE),
        (60, Phase.ACTIVATE),
        (61, Phase.SHOW_VALUE),
        (90, Phase.SHOW_VALUE),
        (91, Phase.CLOSE),
    ],
)
def test_each_day_belongs_to_one_phase(day: int, expected: Phase) -> None:
    today = START + timedelta(days=day)
    assert day_number(START, today) == day
    assert phase(START, today) is expected


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (-5, "starts in 5 days"),
        (-1, "starts in 1 day"),
        (0, "day 0 of 90"),
        (37, "day 37 of 90"),
        (90, "day 90 of 90"),
        (91, "ended 1 day ago"),
        (100, "ended 10 days ago"),
    ],
)
def test_the_day_reads_as_words(day: int, words: str) -> None:
    assert day_label(START, START + timedelta(days=day)) == words


def test_a_weekend_moves_to_the_monday_after_it() -> None:
    assert working_day(date(2024, 6, 14)) == date(2024, 6, 14)
    assert working_day(date(2024, 6, 15)) == date(2024, 6, 17)
    assert working_day(date(2024, 6, 16)) == date(2024, 6, 17)
    assert working_day(date(2024, 8, 31)) == date(2024, 9, 2)


def test_due_days_count_over_leap_days_and_month_ends() -> None:
    assert due_date(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert due_date(date(2023, 2, 28), 1) == date(2023, 3, 1)
    assert due_date(date(2024, 12, 31), 1) == date(2025, 1, 1)
    assert due_date(START, -3) == date(2023, 12, 29)
    assert ends_on(date(2024, 1, 31)) == date(2024, 4, 30)


def test_checkpoints_are_days_30_60_and_90_off_weekends() -> None:
    assert [(each.day, each.falls_on) for each in checkpoints(START)] == [
        (30, date(2024, 1, 31)),
        (60, date(2024, 3, 1)),
        (90, date(2024, 4, 1)),
    ]
    assert {each.falls_on.weekday() < 5 for offset in range(7) for each in checkpoints(START + timedelta(offset))} == {
        True
    }


@pytest.mark.parametrize(
    ("taken_on", "days"),
    [
        (date(2024, 6, 3), (date(2024, 3, 5), date(2024, 6, 2))),
        (date(2024, 7, 20), (date(2024, 3, 5), date(2024, 6, 2))),
        (date(2024, 5, 31), (date(2024, 3, 2), date(2024, 5, 30))),
    ],
)
def test_a_baseline_covers_the_90_days_before_day_0_whenever_it_was_taken(taken_on: date, days: tuple[date, date]):
    assert baseline_days(taken_on, date(2024, 6, 3)) == days
