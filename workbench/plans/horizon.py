"""Horizon: what "day 37 of 90" means; phases, checkpoints and days counted from day 0."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workbench.plans.closed_days import NONE

LAST_DAY = 90
CHECKPOINT_DAYS = (30, 60, 90)
_SATURDAY = 5
_DAY = timedelta(days=1)


class Phase(StrEnum):
    """What the days of a plan are for."""

    PREPARE = "prepare"
    LISTEN = "listen"
    ACTIVATE = "activate"
    SHOW_VALUE = "show_value"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class CheckpointDay:
    """Day 30, 60 or 90: the day itself by the calendar, and the working day on which its checkpoint is held."""

    day: int
    counted_on: date
    falls_on: date


def day_number(starts_on: date, today: date) -> int:
    """Days since day 0; negative before it."""
    return (today - starts_on).days


def baseline_days(taken_on: date, starts_on: date) -> tuple[date, date]:
    """First and last of the 90 days a baseline covers: those before day 0, whenever after it the plan was made.

    Where it was taken ahead, or day 0 moved since, they end on the day before it was taken.
    """
    until = min(taken_on, starts_on)
    return until - LAST_DAY * _DAY, until - _DAY


def phase(starts_on: date, today: date) -> Phase:
    """Day 0 and before it prepare, 1-30 listen, 31-60 activate, 61-90 show value, then close."""
    day = day_number(starts_on, today)
    if day < 1:
        return Phase.PREPARE
    first, second, last = CHECKPOINT_DAYS
    if day <= first:
        return Phase.LISTEN
    if day <= second:
        return Phase.ACTIVATE
    return Phase.SHOW_VALUE if day <= last else Phase.CLOSE


def day_label(starts_on: date, today: date) -> str:
    """The day in words: "day 37 of 90", "starts in 5 days", "ended 3 days ago"."""
    day = day_number(starts_on, today)
    if day < 0:
        return f"starts in {_days(-day)}"
    if day > LAST_DAY:
        return f"ended {_days(day - LAST_DAY)} ago"
    return f"day {day} of {LAST_DAY}"


def working_day(day: date, *, holidays: Container[date] = NONE) -> date:
    """`day` itself, or the next day that is neither on a weekend nor a holiday."""
    while not is_working_day(day, holidays=holidays):
        day += _DAY
    return day


def is_working_day(day: date, *, holidays: Container[date] = NONE) -> bool:
    """Whether people work on `day`: not on weekends nor on holidays."""
    return day.weekday() < _SATURDAY and day not in holidays


def due_date(starts_on: date, day: int, *, holidays: Container[date] = NONE) -> date:
    """The working day on which something due on `day` of the plan is due; raises OverflowError past year 9999."""
    return working_day(starts_on + timedelta(days=day), holidays=holidays)


def counted_day(starts_on: date, day: int) -> date:
    """A day of the plan by the calendar, weekend or not."""
    return starts_on + timedelta(days=day)


def ends_on(starts_on: date) -> date:
    """Day 90 by the calendar."""
    return counted_day(starts_on, LAST_DAY)


def checkpoints(starts_on: date, *, holidays: Container[date] = NONE) -> tuple[CheckpointDay, ...]:
    """Days 30, 60 and 90; what is held on them is moved off weekends and holidays like every other due day."""
    return tuple(
        CheckpointDay(day, counted_day(starts_on, day), due_date(starts_on, day, holidays=holidays))
        for day in CHECKPOINT_DAYS
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
