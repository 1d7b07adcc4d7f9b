"""CardItem: a card as the board shows it, every word and icon chosen once so that painting only draws."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from workbench.ids import CardId
from workbench.models.kinds import CardColumn, CardKind, Pillar
from workbench.queries.plans import CardRow
from workbench.ui import numbers

LATER_DAYS: Final = 30
"""To do shows what is due within this many days; the rest of a long template waits behind one line."""

COLUMN_TITLES: Final = {CardColumn.TODO: "To do", CardColumn.DOING: "Doing", CardColumn.DONE: "Done"}
PILLAR_TITLES: Final = {
    Pillar.BILLBOARD: "Billboard",
    Pillar.UI: "U&I",
    Pillar.LIBRARY: "Library",
    Pillar.DIALOGUE: "Dialogue",
}
PILLAR_ICONS: Final = {
    Pillar.BILLBOARD: "megaphone",
    Pillar.UI: "users",
    Pillar.LIBRARY: "books",
    Pillar.DIALOGUE: "chat-circle-dots",
}
COMMITMENT_ICON: Final = "handshake"
SERIES_DAYS: Final = 7
"""Of a card that comes back, To do shows the times due within this many days."""
_WEEK: Final = 7
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}
_TEENS: Final = range(11, 14)
_LATIN_END: Final = "\u0530"
"""Scripts before this one (Latin, Greek, Cyrillic) have capitals that stand for a name; others show one sign."""


class Fact(NamedTuple):
    """A line of a card that few cards have."""

    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class CardItem:
    """What one card shows; `spoken` is the rest of what a screen reader says after title, column and position.

    `is_later` when it may wait out of sight. `pillar_key`, `objective_id` and `due_on` are what boards sort by.
    """

    id: CardId
    column: CardColumn
    title: str
    pillar: str
    pillar_icon: str
    hours: str
    due: str
    due_icon: str
    due_token: str
    owner: str
    initials: str
    facts: tuple[Fact, ...]
    pillar_key: str
    objective_id: str
    due_on: date | None
    is_later: bool
    has_conflict: bool
    words: str
    spoken: str


def card_item(card: CardRow, *, today: date) -> CardItem:
    """The card in words as of `today`."""
    due, icon, token = due_words(card, today=today)
    pillar = "" if card.pillar is None else PILLAR_TITLES[card.pillar]
    hours = "" if card.hours is None else f"{numbers.decimal(card.hours)}\N{NO-BREAK SPACE}h"
    facts = _facts(card)
    parts = (
        pillar, due, hours, card.owner, *(fact.words for fact in facts), "two versions" if card.has_conflict else "",
    )  # fmt: skip
    return CardItem(
        id=card.id,
        column=card.column,
        title=card.title,
        pillar=pillar,
        pillar_icon="" if card.pillar is None else PILLAR_ICONS[card.pillar],
        hours=hours,
        due=due,
        due_icon=icon,
        due_token=token,
        owner=card.owner,
        initials=initials(card.owner),
        facts=facts,
        pillar_key=card.pillar or "",
        objective_id=card.objective_id or "",
        due_on=card.due_on,
        is_later=_may_wait(card, today=today),
        has_conflict=card.has_conflict,
        words=" ".join((card.title, pillar, card.owner, card.promised_to, card.notes)).casefold(),
        spoken=", ".join(part for part in parts if part),
    )


def due_words(card: CardRow, *, today: date) -> tuple[str, str, str]:
    """When a card is due, or was done: words, icon, token of the colour that goes with them."""
    if card.column is CardColumn.DONE:
        return ("Done" if card.done_on is None else f"Done {numbers.short_day(card.done_on)}", "check-circle", "good")
    if card.due_on is None:
        return "No date", "calendar-blank", "third"
    days = (card.due_on - today).days
    if days < 0:
        return f"{numbers.plural(-days, 'day', 'days')} late", "warning-circle", "bad"
    if days <= 1:
        return ("Tomorrow" if days else "Today"), "clock", "watch"
    said = numbers.short_day if card.due_on.year == today.year else numbers.day
    if card.starts_on is not None and card.starts_on < card.due_on:
        return _window(numbers.short_day(card.starts_on), said(card.due_on)), "calendar-blank", "second"
    return said(card.due_on), "calendar-blank", "second"


def series_words(every_days: int) -> str:
    """How often a card comes back: `Weekly`, `Every 3 days`."""
    if every_days in {1, _WEEK}:
        return "Daily" if every_days == 1 else "Weekly"
    if every_days % _WEEK:
        return f"Every {numbers.count(every_days)} days"
    return f"Every {numbers.count(every_days // _WEEK)} weeks"


def initials(name: str) -> str:
    """Two letters of a name, or one sign where the script has no capitals; empty for no name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return ""
    if words[0][0] >= _LATIN_END:
        return words[0][0]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def _facts(card: CardRow) -> tuple[Fact, ...]:
    facts = []
    if card.kind is CardKind.COMMITMENT:
        facts.append(Fact(COMMITMENT_ICON, f"Promised to {card.promised_to}" if card.promised_to else "Promised"))
    if card.recurrence is not None:
        facts.append(Fact("repeat", f"{series_words(card.recurrence.every_days)}, {_nth(card.occurrence + 1)} time"))
    if card.checklist:
        done, whole = sum(item.is_done for item in card.checklist), len(card.checklist)
        facts.append(Fact("check-square", f"{numbers.count(done)} of {numbers.count(whole)}"))
    return tuple(facts)


def _window(first: str, last: str) -> str:
    """`17 – 24 Jun`, the month once where a language writes it after the day."""
    day, _, month = first.partition(" ")
    return f"{day if month and last.endswith(' ' + month) else first} – {last}"


def _may_wait(card: CardRow, *, today: date) -> bool:
    """Whether it is far ahead; of a card that comes back, every time to come that nobody has touched."""
    if card.due_on is None:
        return False
    is_touched = bool(card.own) or any(item.is_done for item in card.checklist)
    ahead = SERIES_DAYS if card.series_id is not None and not is_touched else LATER_DAYS
    return card.due_on > today + timedelta(days=ahead)


def _nth(number: int) -> str:
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
