"""Hours: how much work a plan asks of whom, week by week."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.plans.closed_days import NONE
from workbench.plans.horizon import is_working_day
from workbench.plans.views import CardView
from workbench.queries.plans import CardRow

_DAY = timedelta(days=1)
_LONGEST_WINDOW = 3_650


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Hours one person gives in the week that begins on Monday `week`; `owner` is empty for cards nobody has taken."""

    week: date
    owner: str
    hours: float


def week_hours(cards: Iterable[CardView | CardRow], *, holidays: Container[date] = NONE) -> tuple[WeekHours, ...]:
    """Hours by week and owner, in that order. A window is spread evenly over its working days.

    Cards without a day or without hours count nowhere; so do archived ones.
    """
    found: defaultdict[tuple[date, str], float] = defaultdict(float)
    for card in cards:
        if card.is_archived or not card.hours or card.due_on is None:
            continue
        days = working_days(card.starts_on, card.due_on, holidays=holidays)
        for day in days:
            found[day - day.weekday() * _DAY, card.owner] += card.hours / len(days)
    return tuple(WeekHours(week, owner, found[week, owner]) for week, owner in sorted(found))


def working_days(starts_on: date | None, due_on: date, *, holidays: Container[date] = NONE) -> list[date]:
    """The working days of a window; its last day alone where it has no start, or no working day at all."""
    first = due_on if starts_on is None or starts_on > due_on else starts_on
    length = min((due_on - first).days, _LONGEST_WINDOW)
    days = (due_on - back * _DAY for back in range(length, -1, -1))
    return [day for day in days if is_working_day(day, holidays=holidays)] or [due_on]
