"""Plan sheet words: values, standings, checkpoints, shortfalls and the balance of pillars, as the sheet says them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from workbench.metrics.catalog import find_metric
from workbench.models.kinds import Pillar
from workbench.models.plan_parts import HAND_KEPT, CheckpointMeasure
from workbench.plans.horizon import baseline_days as days_of_baseline
from workbench.plans.horizon import counted_day
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.plans import CardRow, CheckpointRow, ObjectiveRow, pillar_balance
from workbench.ui import numbers
from workbench.ui.pages.plan_data import MEASURE_DAYS
from workbench.ui.pages.plan_words import amount, by_hand
from workbench.ui.qt_models.card_item import PILLAR_TITLES
from workbench.ui.theme import Meaning

CHIPS: Final = {
    "reached": ("Reached", Meaning.GOOD),
    "on the way": ("On the way", Meaning.GOOD),
    "not yet moving": ("Not yet moving", Meaning.WATCH),
    "moving away": ("Moving away", Meaning.WATCH),
    "starting": ("Starting", Meaning.NEUTRAL),
    "no target": ("No target", Meaning.NEUTRAL),
    "not known": ("Not known", Meaning.UNKNOWN),
}
_LENIENT_DAYS: Final = 3
"""A checkpoint that falls on a weekend may be held on the Friday before it."""


def said(value: float | None, objective: ObjectiveRow) -> str:
    """A value in the unit of an objective; a dash for none."""
    if objective.measure != HAND_KEPT:
        return amount(value, find_metric(objective.measure).unit)
    return by_hand(value, objective.hand_unit)


def measure_title(objective: ObjectiveRow) -> str:
    """What is measured, in words."""
    return "Kept by hand" if objective.measure == HAND_KEPT else find_metric(objective.measure).title


def baseline_words(objective: ObjectiveRow) -> str:
    """The value at day 0 with the share of its days that was known, where that was too little."""
    value, coverage = objective.baseline_value, objective.baseline_coverage
    if value is None:
        return "not known" if objective.measure != HAND_KEPT else "no reading yet"
    words = said(value, objective)
    if coverage is None or coverage >= MINIMUM_COVERAGE:
        return words
    return f"{words} ({numbers.share_known(coverage)} of its days known)"


def baseline_days(objective: ObjectiveRow, starts_on: date) -> str:
    """Which days a baseline from the mirror was taken over, against day 0; "" for one by hand and for none.

    They end before day 0; where it was taken ahead, or day 0 moved since, they end on the day it was taken.
    """
    at = objective.baseline_at
    if objective.measure == HAND_KEPT or objective.baseline_value is None or at is None:
        return ""
    first, last = days_of_baseline(at.date(), starts_on)
    until = last + timedelta(days=1)
    span = f"Baseline over {numbers.day(first)} – {numbers.day(last)}"
    if until == starts_on:
        return f"{span}, the {numbers.count(MEASURE_DAYS)} days before day 0."
    return f"{span}: it was taken on {numbers.day(until)}, before day 0 on {numbers.day(starts_on)}."


def as_locked(objective: ObjectiveRow, measure: CheckpointMeasure) -> ObjectiveRow:
    """An objective with the target, the baseline, the measure and the due day a checkpoint was locked with."""
    is_same = objective.baseline_value == measure.baseline
    coverage = objective.baseline_coverage if is_same else None
    found = replace(objective, target=measure.target, baseline_value=measure.baseline, baseline_coverage=coverage)
    if not measure.measure:
        return found  # locked before these were kept
    return replace(found, measure=measure.measure, due=measure.due, hand_unit=measure.unit)


def aimed_at(objective: ObjectiveRow, starts_on: date, day: int) -> float | None:
    """Where an objective would be on a day of the plan, going straight from baseline to target; None without both."""
    start, target = objective.baseline_value, objective.target
    if start is None or target is None:
        return None
    due = objective.due
    length = (due - starts_on).days if due is not None and due > starts_on else 90
    return start + min(1.0, day / length) * (target - start)


def is_short(value: float, aimed: float, objective: ObjectiveRow) -> bool:
    """Whether a value is behind the way to the target; whether less is better shows in how baseline and target lie."""
    start, target = objective.baseline_value, objective.target
    falls = start is not None and target is not None and target < start
    return value > aimed if falls else value < aimed


def shortfall(measure: CheckpointMeasure, objective: ObjectiveRow, starts_on: date, day: int) -> str:
    """One sentence where an objective is behind on a checkpoint, or cannot be told; nothing where all is well."""
    if measure.value is None:
        reason = "no reading yet" if objective.measure == HAND_KEPT else "not known"
        return f"{objective.title}: {reason}."
    if measure.coverage is not None and measure.coverage < MINIMUM_COVERAGE:
        known = numbers.share_known(measure.coverage)
        return f"{objective.title}: {known} of the days is known, so nothing is claimed."
    aimed = aimed_at(objective, starts_on, day)
    if aimed is None or not is_short(measure.value, aimed, objective):
        return ""
    return (
        f"{objective.title}: {said(measure.value, objective)}, where the way to "
        f"{said(objective.target, objective)} asks for {said(aimed, objective)} by day {numbers.count(day)}."
    )


def checkpoint_state(row: CheckpointRow, *, today: date) -> tuple[str, Meaning]:
    """How a checkpoint stands, in a word or two."""
    if row.locked_at is not None:
        return "Locked", Meaning.GOOD
    if row.falls_on < today:
        return "Missed", Meaning.BAD
    if row.falls_on == today:
        return "Today", Meaning.WATCH
    return "To come", Meaning.NEUTRAL


def checkpoint_line(row: CheckpointRow, *, starts_on: date, today: date) -> str:
    """How a checkpoint stands, in a sentence."""
    number, day = numbers.count(row.day), numbers.weekday_near(row.falls_on, today=today)
    if row.locked_at is not None:
        by = f" by {row.locked_by}" if row.locked_by else ""
        return f"Locked on {numbers.day_of(row.locked_at)}{by}. Its numbers and words stay as they are."
    if row.falls_on < today:
        late = numbers.plural((today - row.falls_on).days, "day", "days")
        return (
            f"Missed: it was to be held on {day}, {late} ago. It can still be locked, with the numbers of day {number}."
        )
    if can_lock(row, starts_on=starts_on, today=today):
        return f"To be held on {day}."
    ahead = numbers.plural((row.falls_on - today).days, "day", "days")
    return f"To be held on {day}, in {ahead}. Until then the numbers are those of today."


def can_lock(row: CheckpointRow, *, starts_on: date, today: date) -> bool:
    """Whether the day has come: a checkpoint locked weeks before it would say nothing of it."""
    is_near = (counted_day(starts_on, row.day) - today).days <= _LENIENT_DAYS
    return row.locked_at is None and is_near


def balance(cards: Sequence[CardRow]) -> dict[Pillar, int]:
    """{pillar: how many cards serve it}, as documents count them."""
    return pillar_balance(cards)


def balance_words(cards: Sequence[CardRow]) -> str:
    """Names the pillars nothing is planned for; says so where all four have something."""
    empty = [PILLAR_TITLES[pillar] for pillar, count in pillar_balance(cards).items() if not count]
    if not empty:
        return "Every pillar has something to it."
    names = empty[0] if len(empty) == 1 else f"{', '.join(empty[:-1])} and {empty[-1]}"
    return f"Nothing is planned for {names}."
