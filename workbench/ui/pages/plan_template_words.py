"""Template words: how many cards a template has, what it asks a week, and its cards by the part of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.metrics.catalog import METRICS
from workbench.models.plan_parts import HAND_KEPT
from workbench.ui import numbers

if TYPE_CHECKING:
    from workbench.plans.drafts import CardDraft
    from workbench.plans.templates import Template

_WEEKS: Final = 13
_PARTS: Final = (("Before day 1", 0), ("Days 1 to 30", 30), ("Days 31 to 60", 60), ("Days 61 to 90", 90))
_AFTER: Final = "After day 90"
_NO_DAY: Final = "Without a day"
_MEASURES: Final = {metric.key: metric.title for metric in METRICS} | {HAND_KEPT: "kept by hand"}


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line of a preview: a heading, or a card with its day and hours."""

    words: str
    beside: str = ""
    is_heading: bool = False


def times(card: "CardDraft") -> int:
    """How many times a card comes up in a plan."""
    if card.recurrence is None:
        return 1
    first = card.due_day or 0
    return max(1, (card.recurrence.until_day - first) // card.recurrence.every_days + 1)


def template_line(template: "Template") -> str:
    """What is in it, in one line: cards and hours a week."""
    count = sum(times(card) for card in template.cards)
    hours = sum((card.hours or 0.0) * times(card) for card in template.cards) / _WEEKS
    if not count:
        return "No cards"
    words = numbers.plural(count, "card", "cards")
    return f"{words}, about {numbers.decimal(round(hours, 1))} h a week" if hours else words


def preview_lines(template: "Template") -> tuple[PreviewLine, ...]:
    """Objectives, then cards under the part of the plan in which they first come up."""
    lines: list[PreviewLine] = []
    if template.objectives:
        lines.append(PreviewLine("Objectives", is_heading=True))
        lines += [PreviewLine(each.title, _MEASURES.get(each.measure, each.measure)) for each in template.objectives]
    for title, cards in _parts(template.cards):
        lines.append(PreviewLine(title, numbers.plural(len(cards), "card", "cards"), is_heading=True))
        lines += [PreviewLine(card.title, _beside(card)) for card in cards]
    return tuple(lines)


def _parts(cards: "Sequence[CardDraft]") -> "list[tuple[str, list[CardDraft]]]":
    found: dict[str, list[CardDraft]] = {}
    for card in cards:
        found.setdefault(_part(card.due_day), []).append(card)
    order = [*(title for title, _ in _PARTS), _AFTER, _NO_DAY]
    return [(title, found[title]) for title in order if title in found]


def _part(day: int | None) -> str:
    if day is None:
        return _NO_DAY
    return next((title for title, last in _PARTS if day <= last), _AFTER)


def _beside(card: "CardDraft") -> str:
    day = "" if card.due_day is None else f"day {numbers.count(card.due_day)}"
    again = "" if card.recurrence is None else f"every {numbers.plural(card.recurrence.every_days, 'day', 'days')}"
    hours = "" if not card.hours else f"{numbers.decimal(card.hours)} h"
    return " · ".join(part for part in (day, again, hours) if part)
