"""CardItem: a card as the board shows it, every word and icon chosen once so that painting only draws."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workbench.ids import CardId
from workbench.models.kinds import CardColumn, Pillar
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
_LATIN_END: Final = "\u0530"
"""Scripts before this one (Latin, Greek, Cyrillic) have capitals that stand for a name; others show one sign."""


@dataclass(frozen=True, slots=True)
class CardItem:
    """What one card shows; `spoken` is the rest of what a screen reader says after title, column and position."""

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
    is_later: bool
    has_conflict: bool
    words: str
    spoken: str


def card_item(card: CardRow, *, today: date) -> CardItem:
    """The card in words as of `today`."""
    due, icon, token = due_words(card, today=today)
    pillar = "" if card.pillar is None else PILLAR_TITLES[card.pillar]
    hours = "" if card.hours is None else f"{numbers.decimal(card.hours)}\N{NO-BREAK SPACE}h"
    parts = (pillar, due, hours, card.owner, "two versions" if card.has_conflict else "")
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
        is_later=card.due_on is not None and card.due_on > today + timedelta(days=LATER_DAYS),
        has_conflict=card.has_conflict,
        words=" ".join((card.title, pillar, card.owner, card.notes)).casefold(),
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
    if card.due_on.year != today.year:
        return numbers.day(card.due_on), "calendar-blank", "second"
    return numbers.short_day(card.due_on), "calendar-blank", "second"


def initials(name: str) -> str:
    """Two letters of a name, or one sign where the script has no capitals; empty for no name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return ""
    if words[0][0] >= _LATIN_END:
        return words[0][0]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
