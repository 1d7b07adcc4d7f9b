"""Load: what is said where hours are typed that ask more of a person in a week than the plan means to."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date

from workbench.models.kinds import CardColumn
from workbench.plans.closed_days import NONE
from workbench.plans.hours import week_hours
from workbench.queries.plans import CardRow
from workbench.ui import numbers


def overload(
    rows: Iterable[CardRow],
    cards: Sequence[CardRow],
    hours: float | None,
    *,
    limit: float,
    closed: Container[date] = NONE,
) -> str:
    """Why `hours` for each of these cards are too many, in one sentence; "" where they are not, or the work is done.

    Counted with everything else the same people have in the weeks these cards fall in.
    """
    if not hours:
        return ""
    asked = {card.id: replace(card, hours=hours) for card in cards if card.column is not CardColumn.DONE}
    weeks = {(each.week, each.owner) for each in week_hours(asked.values(), holidays=closed)}
    owners = {card.owner for card in asked.values()} - {""}
    theirs = [asked.get(row.id, row) for row in rows if row.owner in owners]
    found = week_hours(theirs, holidays=closed)
    above = [each for each in found if (each.week, each.owner) in weeks and each.hours > limit]
    most = f"{_hours(limit)} a week"
    if above:
        worst = max(above, key=lambda each: each.hours)
        week = numbers.short_day(worst.week)
        return f"{worst.owner} has {_hours(worst.hours)} in the week of {week}; the plan gives one person {most}."
    if asked and hours > limit and not (weeks and owners):
        return f"That is more than the {most} the plan gives one person."
    return ""


def _hours(value: float) -> str:
    return f"{numbers.decimal(round(value, 1))}\N{NO-BREAK SPACE}h"
