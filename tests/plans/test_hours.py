"""Hours by week and person: windows are spread over working days, and nothing is counted twice or invented."""

from dataclasses import replace
from datetime import date

import pytest

from tests.ui.plan_samples import a_row
from workbench.plans.hours import WeekHours, week_hours, working_days

MONDAY = date(2026, 5, 18)


def test_a_card_counts_in_the_week_of_its_day_for_its_owner() -> None:
    cards = [
        a_row("a", owner="Amina Example", due_on=date(2026, 5, 20), hours=2.0),
        a_row("b", owner="Amina Example", due_on=date(2026, 5, 22), hours=1.5),
        a_row("c", owner="", due_on=date(2026, 5, 25), hours=1.0),
    ]
    assert week_hours(cards) == (
        WeekHours(MONDAY, "Amina Example", 3.5),
        WeekHours(date(2026, 5, 25), "", 1.0),
    )


def test_a_window_is_spread_over_its_working_days_and_keeps_its_sum() -> None:
    card = a_row("a", starts_on=date(2026, 5, 21), due_on=date(2026, 5, 27), hours=5.0)
    found = week_hours([card])
    assert [(line.week, line.hours) for line in found] == [(MONDAY, 2.0), (date(2026, 5, 25), 3.0)]
    off = week_hours([card], holidays={date(2026, 5, 25)})
    assert sum(line.hours for line in off) == pytest.approx(5.0)
    assert [line.hours for line in off] == [2.5, 2.5]


def test_cards_without_a_day_without_hours_or_archived_count_nowhere() -> None:
    card = a_row("a", due_on=MONDAY, hours=2.0)
    assert week_hours([replace(card, due_on=None), replace(card, hours=None), replace(card, is_archived=True)]) == ()


def test_a_window_with_no_working_day_falls_on_its_last_day() -> None:
    assert working_days(date(2026, 5, 23), date(2026, 5, 24)) == [date(2026, 5, 24)]
    assert working_days(date(2026, 5, 25), MONDAY) == [MONDAY]
