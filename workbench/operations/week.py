"""Week: the days of one week with what is planned and what was done, against the hours there are."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workbench.models.database import Reader
from workbench.plans.closed_days import closed_days
from workbench.plans.hours import week_hours
from workbench.queries.plans import list_plans, plan_cards
from workbench.queries.preferences import my_name
from workbench.queries.scope import Scope
from workbench.queries.today import DueCheckpoint, WeekCard, cards_of_days, due_checkpoints

HOURS: Final = 5.0
"""So many hours a week a coordinator has, where no plan says otherwise."""
_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One local day. `checkpoints` fall on it; `cards` are due on it, or were done on it."""

    day: date
    cards: tuple[WeekCard, ...]
    checkpoints: tuple[DueCheckpoint, ...]

    @property
    def hours(self) -> float:
        """Hours of its cards, done or not; cards without hours count none."""
        return sum(card.hours or 0.0 for card in self.cards)


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday. Hours are those of the coordinator's own cards and of cards without an owner.

    `hours_planned` are those due in the week, done or not, as the plan's timeline counts them.
    """

    days: tuple[WeekDay, ...]
    hours_there_are: float
    hours_planned: float

    @property
    def hours_done(self) -> float:
        """Hours of the cards that were done in the week, whenever they were due."""
        return sum(card.hours or 0.0 for day in self.days for card in day.cards if card.is_done)

    @property
    def without_hours(self) -> int:
        """Cards nobody gave hours to, so that the sums leave them out."""
        return sum(card.hours is None for day in self.days for card in day.cards)


def week_of(reader: Reader, *, scope: Scope = (), day: date) -> Week:
    """The week `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=_DAYS - 1)
    mine = my_name(reader).casefold()
    cards = [card for card in cards_of_days(reader, scope, first=monday, last=sunday) if _is_mine(card, mine)]
    checkpoints = [one for one in due_checkpoints(reader, scope, until=sunday) if one.falls_on >= monday]
    days = tuple(monday + timedelta(days=number) for number in range(_DAYS))
    return Week(
        days=tuple(
            WeekDay(
                one,
                tuple(card for card in cards if card.on == one),
                tuple(point for point in checkpoints if point.falls_on == one),
            )
            for one in days
        ),
        hours_there_are=_hours_there_are(reader, day),
        hours_planned=_hours_planned(reader, scope, monday, mine),
    )


def cards_done(reader: Reader, *, scope: Scope = (), first: date, last: date) -> tuple[WeekCard, ...]:
    """The coordinator's own cards, and those without an owner, that were done from `first` to `last`."""
    mine = my_name(reader).casefold()
    found = cards_of_days(reader, scope, first=first, last=last)
    return tuple(card for card in found if card.is_done and _is_mine(card, mine))


def _hours_planned(reader: Reader, scope: Scope, monday: date, mine: str) -> float:
    plans = [plan for plan in list_plans(reader) if not plan.is_archived]
    return sum(
        each.hours
        for plan in plans
        if not scope or not plan.scope or plan.community_id in scope
        for each in week_hours(plan_cards(reader, plan.id), holidays=closed_days(plan.holidays))
        if each.week == monday and _is_owner_mine(each.owner, mine)
    )


def _is_mine(card: WeekCard, mine: str) -> bool:
    return _is_owner_mine(card.owner, mine)


def _is_owner_mine(owner: str, mine: str) -> bool:
    """Whoever has not said who they are sees the cards of everybody."""
    return not mine or not owner or owner.casefold() == mine


def _hours_there_are(reader: Reader, day: date) -> float:
    """The most that a plan in use gives a person for a week."""
    running = [plan for plan in list_plans(reader) if not plan.is_archived and plan.starts_on <= day]
    return max((plan.weekly_hours for plan in running), default=HOURS)
