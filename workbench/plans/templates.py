"""Templates: what a plan starts from; cards with days counted from day 0, read from a JSON file."""

import json
from dataclasses import dataclass
from typing import Any

from workbench.errors import BadInputError
from workbench.models.kinds import Pillar
from workbench.paths import resource
from workbench.plans.drafts import CardDraft

FORMAT = 1
_STARTER = "templates/starter.json"
_MOST_REPEATS = 200


@dataclass(frozen=True, slots=True)
class Template:
    """A named set of cards; each due day counts from day 0 and skips weekends once it becomes a date."""

    key: str
    title: str
    description: str
    cards: tuple[CardDraft, ...]


def starter_template() -> Template:
    """The starter 90-day plan that ships with the program."""
    return read_template(resource(_STARTER).read_text(encoding="utf-8"))


def starter_cards() -> tuple[CardDraft, ...]:
    """The cards of the starter plan, ready for `PlanStore.create`."""
    return starter_template().cards


def read_template(text: str) -> Template:
    """The template in a JSON text, cards in order of their days; BadInputError for any other text.

    A card with `every_days` comes back at that interval until `until_day`, and says which time it is.
    """
    try:
        data = json.loads(text)
        if data["format"] > FORMAT:
            raise BadInputError(reason="This template was made by a newer version of the program.")
        cards = [card for entry in data["cards"] for card in _cards(entry)]
        cards.sort(key=lambda card: card.due_day or 0)
        return Template(str(data["key"]), str(data["title"]), str(data.get("description", "")), tuple(cards))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInputError(reason="This file is not a plan template.") from error


def _cards(entry: dict[str, Any]) -> list[CardDraft]:
    first, step, last = int(entry["day"]), int(entry.get("every_days", 0)), int(entry.get("until_day", entry["day"]))
    days = range(first, last + 1, step) if step else range(first, first + 1)
    if not 0 < len(days) <= _MOST_REPEATS:
        raise BadInputError(reason=f"A card of a template comes back at most {_MOST_REPEATS} times.")
    pillar = entry.get("pillar")
    hours = entry.get("hours")
    return [
        CardDraft(
            title=f"{entry['title']} ({number} of {len(days)})" if len(days) > 1 else str(entry["title"]),
            pillar=None if pillar is None else Pillar(pillar),
            due_day=day,
            hours=None if hours is None else float(hours),
            notes=str(entry.get("notes", "")),
        )
        for number, day in enumerate(days, start=1)
    ]
