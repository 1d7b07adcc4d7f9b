"""BoardSlots: what a board can be divided by: columns by status, pillar, owner or week, and rows by objective."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from workbench.models.kinds import CardColumn
from workbench.ui import numbers
from workbench.ui.qt_models.card_item import COLUMN_TITLES, PILLAR_TITLES, CardItem

MOST: Final = 6
"""More weeks than this say nothing about what is next."""
_MOST_OWNERS: Final = 24
LEAST: Final = 3

NONE: Final = ""
"""The slot of cards that have no pillar, no owner or no objective."""
BEFORE, LATER, NO_DATE, OTHERS = "\0before", "\0later", "\0none", "\0others"
"""Keys no owner can have: a name holds no such sign."""
_WEEKS: Final = ("week0", "week1", "week2")
_WEEK: Final = timedelta(days=7)
_HINTS: Final = {
    CardColumn.TODO: "Nothing to do here yet. Ctrl+N adds a card.",
    CardColumn.DOING: "Move a card here when work on it begins.",
    CardColumn.DONE: "Finished cards gather here.",
}
_EMPTY: Final = "No cards here."


class Columns(StrEnum):
    """What the columns of a board stand for."""

    STATUS = "status"
    PILLAR = "pillar"
    OWNER = "owner"
    WEEK = "week"


class Rows(StrEnum):
    """What the rows of a board stand for."""

    NONE = "none"
    OBJECTIVE = "objective"


class Slot(NamedTuple):
    """One column or row; `takes` is False where no card can be put, because it would not say what is meant."""

    key: str
    title: str
    hint: str = _EMPTY
    takes: bool = True


def columns_for(
    by: Columns, cards: Iterable[CardItem], *, owners: Iterable[str], today: date, most: int = MOST
) -> tuple[Slot, ...]:
    """The columns these cards need, in the order they are read; of weeks at `most` so many."""
    most = max(LEAST, min(most, MOST))
    if by is Columns.STATUS:
        return tuple(Slot(column, title, _HINTS[column]) for column, title in COLUMN_TITLES.items())
    if by is Columns.PILLAR:
        return (*(Slot(pillar, title) for pillar, title in PILLAR_TITLES.items()), Slot(NONE, "No pillar"))
    return _weeks(cards, today=today, most=most) if by is Columns.WEEK else _owners(cards, owners)


def rows_for(by: Rows, objectives: Mapping[str, str]) -> tuple[Slot, ...]:
    """The rows: one for all, or one for each objective {id: title} and one for cards that serve none."""
    if by is Rows.NONE:
        return (Slot(NONE, ""),)
    return (*(Slot(key, title) for key, title in objectives.items()), Slot(NONE, "No objective"))


def column_of(by: Columns, card: CardItem, slots: Container[str], *, today: date) -> str:
    """The key of the column, one of `slots`, that a card belongs in."""
    if by is Columns.WEEK:
        key = week_key(card.due_on, today=today)
        return key if key in slots else _WEEKS[0] if key == BEFORE else LATER
    key = {Columns.STATUS: card.column.value, Columns.PILLAR: card.pillar_key}.get(by, card.owner)
    return key if key in slots else OTHERS


def week_key(day: date | None, *, today: date) -> str:
    """The column of a day on a board by week."""
    if day is None:
        return NO_DATE
    weeks = (monday_of(day) - monday_of(today)) // _WEEK
    if weeks < 0:
        return BEFORE
    return _WEEKS[weeks] if weeks < len(_WEEKS) else LATER


def day_in(key: str, was: date | None, slots: Container[str], *, today: date) -> date | None:
    """The day in the week of a column that has the weekday of `was`, but never before `today`; None for no date.

    A card without a day gets the first day of that week that is not over. Later begins after the last week that has a
    column of its own among `slots`.
    """
    if key == NO_DATE:
        return None
    weeks = sum(week in slots for week in _WEEKS) if key == LATER else _WEEKS.index(key)
    first = monday_of(today) + weeks * _WEEK
    return max(today, first if was is None else first + timedelta(days=was.weekday()))


def monday_of(day: date) -> date:
    """The first day of the week a day lies in, as hours are counted by."""
    return day - timedelta(days=day.weekday())


def _weeks(cards: Iterable[CardItem], *, today: date, most: int) -> tuple[Slot, ...]:
    """As room gets short: two weeks ahead joins later, what is before joins this week, next week joins later."""
    titles = ("This week", "Next week", f"From {numbers.short_day(monday_of(today) + 2 * _WEEK)}")
    has_before = most > LEAST + 1 and any(week_key(card.due_on, today=today) == BEFORE for card in cards)
    weeks = {3: 1, 4: 2, 5: 2}.get(most, 3)
    slots = [Slot(key, title) for key, title in zip(_WEEKS[:weeks], titles, strict=False)]
    before = [Slot(BEFORE, "Before this week", takes=False)] if has_before else []
    return (*before, *slots, Slot(LATER, "Later"), Slot(NO_DATE, "No date"))


def _owners(cards: Iterable[CardItem], owners: Iterable[str]) -> tuple[Slot, ...]:
    """One for each owner; beyond so many, those with the fewest cards share one that takes none."""
    load = Counter({owner: 0 for owner in owners if owner})
    load.update(card.owner for card in cards if card.owner)
    named = sorted((owner for owner, _ in load.most_common(_MOST_OWNERS)), key=str.casefold)
    slots = [Slot(NONE, "Nobody yet"), *(Slot(owner, owner) for owner in named)]
    if any(count for owner, count in load.items() if owner not in named):
        slots.append(Slot(OTHERS, "Others", takes=False))
    return tuple(slots)
