"""Days of cards: what is to be written so that a card falls on another day; days counted from day 0 stay counted."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workbench.plans.closed_days import NONE
from workbench.plans.horizon import due_date, is_working_day
from workbench.queries.plans import CardRow

Fields = dict[str, object]
_FARTHEST: Final = 3650


@dataclass(frozen=True, slots=True)
class PlanDays:
    """The days of a plan: day 0, and the holidays it keeps beside weekends.

    A day counted from day 0 stays counted where that gives the day wanted: the plan may begin on another day, or be
    made a template. On a weekend or a holiday, where nothing counted falls, the day itself is written.
    """

    starts_on: date
    closed: Container[date] = NONE

    def shifted(self, row: CardRow, days: int) -> Fields:
        """The fields that move a card by so many days; none without a day, a counted one on over closed days."""
        if row.due_on is None:
            return {}
        day = near(row.due_on, days)
        while row.due_day is not None and not self._is_open(day):
            day = near(day, 1 if days > 0 else -1)
        return self.moved(row, day)

    def in_week(self, row: CardRow, day: date, *, earliest: date) -> Fields:
        """The fields that make a card due on `day`, or for a counted one on an open day of that week, near to it.

        No day before `earliest` is taken.
        """
        here = day.weekday()
        steps = (*range(7 - here), *range(-1, -here - 1, -1)) if row.due_day is not None else (0,)
        week = (near(day, step) for step in steps)
        found = next((each for each in week if each >= earliest and self._is_open(each)), day)
        return self.moved(row, found if row.due_day is not None else day)

    def moved(self, row: CardRow, day: date | None) -> Fields:
        """The fields that make a card due on `day`, its window as long as before; None takes both days away."""
        if day is None:
            return {"due_on": None} if row.starts_on is None else {"due_on": None, "starts_on": None}
        if row.starts_on is None or row.due_on is None:
            return self.due(row, day)
        return self.due(row, day) | self.start(row, near(row.starts_on, (day - row.due_on).days))

    def due(self, row: CardRow, day: date) -> Fields:
        """The field that makes a card due on `day`."""
        return {"due_on": day} if row.due_day is None else self._counted("due", day)

    def start(self, row: CardRow, day: date | None) -> Fields:
        """The field that makes a card's window begin on `day`, counted as its end is where it had none."""
        before = row.due_day if row.starts_on is None else row.starts_day
        return {"starts_on": day} if day is None or before is None else self._counted("starts", day)

    def whole(self, changes: Mapping[str, object]) -> Fields:
        """The same changes with the days that follow from counted ones, and the other way round, as rows hold both."""
        found = dict(changes)
        for name in ("due", "starts"):
            number = changes.get(f"{name}_day")
            if isinstance(number, int):
                found[f"{name}_on"] = due_date(self.starts_on, number, holidays=self.closed)
            elif f"{name}_on" in changes or f"{name}_day" in changes:
                found[f"{name}_day"] = None
                found.setdefault(f"{name}_on", None)
        return found

    def _counted(self, name: str, day: date) -> Fields:
        number = (day - self.starts_on).days
        is_fit = abs(number) < _FARTHEST and self._is_open(day)
        return {f"{name}_day": number} if is_fit else {f"{name}_on": day}

    def _is_open(self, day: date) -> bool:
        return is_working_day(day, holidays=self.closed)


def near(day: date, days: int) -> date:
    """The day so many days later or earlier; the last or first there is where it would be beyond."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
