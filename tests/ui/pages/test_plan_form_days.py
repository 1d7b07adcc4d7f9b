"""The second step of a new plan: first day, hours, holidays, and the cards it begins with."""

from datetime import date, timedelta

import pytest

from tests.ui.plan_samples import TODAY
from tests.ui.settled import settle
from workbench.plans.drafts import CardDraft
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_form_days import WRONG, DaysStep


@pytest.fixture
def step(qtbot, context: Context) -> DaysStep:
    made = DaysStep(context, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.begin(day=TODAY)
    return made


def test_what_is_proposed_is_five_hours_from_today_and_weekends_only(step: DaysStep):
    assert (step.starts_on.day(), step.hours(), step.holidays.code()) == (TODAY, 5.0, "")
    assert step.fields["starts_on"].hint.text() == f"Day 90 is {numbers.day(TODAY + timedelta(days=90))}"
    assert step.wrong() == {}


def test_another_day_is_told_and_day_90_follows(qtbot, step: DaysStep):
    with qtbot.waitSignal(step.day_chosen):
        step.starts_on.line.setText("+7")
        step.starts_on._on_left()
    assert numbers.day(TODAY + timedelta(days=97)) in step.fields["starts_on"].hint.text()


def test_what_cannot_be_is_named_by_field(step: DaysStep):
    step.starts_on.line.setText("soon")
    step.starts_on._on_left()
    step.weekly_hours.setText("-1")
    step.holidays.setText("Atlantis")
    assert step.wrong() == WRONG
    assert step.fields["starts_on"].problem == WRONG["starts_on"]


def test_countries_are_fetched_once_and_known_by_name(qtbot, context: Context, step: DaysStep):
    step.read_countries(step)
    settle(qtbot, context.jobs)
    step.holidays.setText("kenya")
    assert step.holidays.code() == "KE"
    step.read_countries(step)
    assert not context.jobs.running()


def test_day_90_is_moved_off_the_holidays_that_are_chosen(qtbot, context: Context, step: DaysStep):
    step.read_countries(step)
    settle(qtbot, context.jobs)
    step.starts_on.set_day(date(2026, 1, 31))  # day 90 is Labour Day, a Friday
    step.holidays.setText("switzerland")
    assert "checkpoint" not in step.fields["starts_on"].hint.text()
    step.holidays.setText("kenya")
    assert step.fields["starts_on"].hint.text() == "Day 90 is 1 May 2026 (checkpoint on Monday 4 May)"


def test_cards_of_the_plan_before_are_counted(step: DaysStep):
    assert step._carried.isHidden()
    step.carry([CardDraft("One"), CardDraft("Two")])
    assert step._carried.text() == "2 cards of the plan before come along."
    assert len(step.cards) == 2
