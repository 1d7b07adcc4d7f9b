"""Words of the plan sheet: values, checkpoints to come, missed and locked, what falls short, the balance of pillars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.ui.plan_samples import a_row
from workbench.ids import ObjectiveId, PlanId
from workbench.models.kinds import Pillar
from workbench.models.plan_parts import HAND_KEPT, CheckpointMeasure
from workbench.queries.plans import CheckpointRow, ObjectiveRow
from workbench.ui.pages import plan_sheet_words as words
from workbench.ui.theme import Meaning

START = date(2024, 5, 6)
AT = datetime(2024, 6, 5, 9, tzinfo=UTC)
GOAL = ObjectiveRow(
    ObjectiveId("goal"),
    PlanId("plan"),
    "a",
    "Questions answered",
    "reply_rate",
    0.8,
    0.5,
    5,
    10,
    1.0,
    AT,
    is_archived=False,
)
BY_HAND = replace(GOAL, measure=HAND_KEPT, target=40.0, baseline_value=10.0, baseline_coverage=None, hand_unit="people")
DAY_30 = CheckpointRow(30, START + timedelta(days=30))


def measured(value: float | None, coverage: float | None = 1.0) -> CheckpointMeasure:
    return CheckpointMeasure(GOAL.id, GOAL.title, value, None, None, coverage, AT)


def test_values_are_said_in_the_unit_of_their_objective():
    assert words.said(0.71, GOAL) == "71\xa0%"
    assert words.said(12.5, BY_HAND) == "12.5 people"
    assert words.said(None, BY_HAND) == "–"
    assert (words.measure_title(GOAL), words.measure_title(BY_HAND)) == ("Reply rate", "Kept by hand")


def test_a_baseline_says_how_much_of_it_was_known():
    assert words.baseline_words(GOAL) == "50\xa0%"
    assert words.baseline_words(replace(GOAL, baseline_coverage=0.44)) == "50\xa0% (only 44\xa0% of its days known)"
    assert words.baseline_words(replace(GOAL, baseline_value=None)) == "not known"
    assert words.baseline_words(replace(BY_HAND, baseline_value=None)) == "no reading yet"


def test_what_falls_short_is_named_with_what_the_way_asks_for():
    assert words.shortfall(measured(0.55), GOAL, START, 30) == (
        "Questions answered: 55\xa0%, where the way to 80\xa0% asks for 60\xa0% by day 30."
    )
    assert words.shortfall(measured(0.6), GOAL, START, 30) == ""
    assert words.shortfall(measured(None), GOAL, START, 30) == "Questions answered: not known."
    assert "nothing is claimed" in words.shortfall(measured(0.1, 0.5), GOAL, START, 30)
    assert words.shortfall(measured(None), BY_HAND, START, 30) == "Questions answered: no reading yet."
    assert words.shortfall(measured(0.1), replace(GOAL, target=None), START, 30) == ""


def test_less_is_better_where_the_target_lies_below_the_baseline():
    falling = replace(GOAL, measure="first_reply_hours", baseline_value=10.0, target=4.0)
    assert words.shortfall(measured(9.0), falling, START, 30) != ""
    assert words.shortfall(measured(8.0), falling, START, 30) == ""


def test_an_earlier_day_makes_the_way_steeper():
    sooner = replace(GOAL, due=START + timedelta(days=30))
    assert words.aimed_at(sooner, START, 30) == pytest.approx(0.8)
    assert words.aimed_at(GOAL, START, 90) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("today", "state", "beginning", "can"),
    [
        (START, "To come", "To be held on", False),
        (START + timedelta(days=28), "To come", "To be held on", True),
        (START + timedelta(days=30), "Today", "To be held on", True),
        (START + timedelta(days=35), "Missed", "Missed: it was to be held on Wednesday 5 Jun, 5 days ago.", True),
        (START + timedelta(days=395), "Missed", "Missed: it was to be held on Wednesday 5 Jun 2024, 365 days", True),
    ],
)
def test_an_open_checkpoint_says_how_it_stands(today, state, beginning, can):
    assert words.checkpoint_state(DAY_30, today=today)[0] == state
    assert words.checkpoint_line(DAY_30, starts_on=START, today=today).startswith(beginning)
    assert words.can_lock(DAY_30, starts_on=START, today=today) is can


def test_a_locked_checkpoint_says_by_whom():
    row = replace(DAY_30, locked_at=AT, locked_by="Amina Example")
    today = START + timedelta(days=60)
    assert words.checkpoint_state(row, today=today) == ("Locked", Meaning.GOOD)
    assert words.checkpoint_line(row, starts_on=START, today=today).startswith("Locked on 5 Jun 2024 by Amina Example.")
    assert not words.can_lock(row, starts_on=START, today=today)


def test_empty_pillars_are_named_and_a_series_counts_once():
    series = [a_row(f"s#{n}", pillar=Pillar.LIBRARY, series_id="s") for n in range(3)]
    cards = [*series, a_row("a", pillar=Pillar.UI), a_row("b")]
    assert words.balance(cards) == {Pillar.BILLBOARD: 0, Pillar.UI: 1, Pillar.LIBRARY: 1, Pillar.DIALOGUE: 0}
    assert words.balance_words(cards) == "Nothing is planned for Billboard and Dialogue."
    assert words.balance_words([]) == "Nothing is planned for Billboard, U&I, Library and Dialogue."
    every = [a_row(pillar.value, pillar=pillar) for pillar in Pillar]
    assert words.balance_words(every) == "Every pillar has something to it."
    assert words.balance_words(every[1:]) == "Nothing is planned for Billboard."


def test_the_way_of_a_locked_checkpoint_is_that_of_its_day():
    locked = replace(measured(0.6), target=0.9, baseline=0.3, measure="reply_rate", due=START + timedelta(days=60))
    goal = words.as_locked(replace(BY_HAND, due=START + timedelta(days=90)), locked)
    assert (goal.measure, goal.due, words.said(locked.value, goal)) == ("reply_rate", locked.due, "60\xa0%")
    assert words.aimed_at(goal, START, 30) == pytest.approx(0.6)
    # One that was locked before these were kept goes by what the objective says now.
    older = words.as_locked(BY_HAND, replace(measured(12.0), target=20.0, baseline=10.0))
    assert (older.measure, older.due, older.hand_unit) == (HAND_KEPT, BY_HAND.due, "people")
