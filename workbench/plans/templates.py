"""Templates: what a plan starts from; objectives and cards with days counted from day 0, read from and written to JSON.

Format 2 has every field of a card and objectives; format 1 had title, pillar, hours, notes and days only.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workbench.errors import BadInputError
from workbench.models.kinds import CardKind, Channel, Focus, Horizon, ObjectiveKind, Pillar
from workbench.paths import resource
from workbench.plans.codec import MAX_DAY
from workbench.plans.drafts import CardDraft, ObjectiveDraft, draft_of
from workbench.plans.fields import TAGS
from workbench.plans.horizon import day_number
from workbench.plans.occurrences import MOST_TIMES
from workbench.plans.part_codec import recurrence
from workbench.plans.views import CardView, ObjectiveTags, ObjectiveView, PlanView, Recurrence

FORMAT = 2
STARTER = "starter"
SHIPPED = (STARTER, "welcome", "clean_up", "relaunch", "event_series", "surge")
"""The templates the program ships with, by key, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Template:
    """A named set of cards, with the objectives they serve; each day counts from day 0 and skips days nobody works."""

    key: str
    title: str
    description: str
    cards: tuple[CardDraft, ...]
    objectives: tuple[ObjectiveDraft, ...] = ()


def shipped_template(key: str) -> Template:
    """The template of that key that ships with the program; refuses an unknown key (BadInputError)."""
    if key not in SHIPPED:
        raise BadInputError(reason=f"There is no template “{key}”; there are {', '.join(SHIPPED)}.")
    return read_template(resource(f"templates/{key}.json").read_text(encoding="utf-8"))


def shipped_templates() -> tuple[Template, ...]:
    """The templates that ship with the program, the starter first."""
    return tuple(shipped_template(key) for key in SHIPPED)


def read_template(text: str) -> Template:
    """The template in a JSON text, cards in order of their days; BadInputError for any other text.

    A card with `every_days` is one card that comes back at that interval until `until_day`.
    """
    try:
        data = json.loads(text)
        if data["format"] > FORMAT:
            raise BadInputError(reason="This template was made by a newer version of the program.")
        cards = sorted((_card(entry) for entry in data["cards"]), key=_day)
        return Template(
            key=str(data["key"]),
            title=str(data["title"]),
            description=str(data.get("description", "")),
            cards=tuple(cards),
            objectives=tuple(_objective(entry) for entry in data.get("objectives", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInputError(reason="This file is not a plan template.") from error


def write_template(template: Template) -> str:
    """The template as JSON text, which `read_template` reads to an equal one."""
    data = {
        "format": FORMAT,
        "key": template.key,
        "title": template.title,
        "description": template.description,
        "objectives": [_filled(_objective_entry(draft)) for draft in template.objectives],
        "cards": [_filled(_card_entry(draft)) for draft in template.cards],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def template_from_plan(view: PlanView, *, title: str, description: str = "") -> Template:
    """What a plan was made of, for another one: days counted from day 0, nothing done, and nobody named.

    Owners, sponsors and who was promised are left out; notes and titles are free text and stay as they are. Single
    times of a series that were changed come back as the series has them.
    """
    shown = [card for card in view.cards if not card.is_archived and not card.series_id]
    cards = [_for_anybody(card, view) for card in [*shown, *(each for each in view.series if not each.is_archived)]]
    objectives = [each for each in view.objectives if not each.is_archived]
    return Template(
        key=key_for(title),
        title=title,
        description=description,
        cards=tuple(sorted(cards, key=_day)),
        objectives=tuple(_objective_for_anybody(each, view) for each in objectives),
    )


def key_for(title: str) -> str:
    """A short word for a template, from its title."""
    return re.sub(r"\W+", "_", title.casefold()).strip("_") or "template"


def _for_anybody(card: CardView, view: PlanView) -> CardDraft:
    def day(on: date | None, counted: int | None) -> int | None:
        if counted is None and on is not None:
            counted = day_number(view.starts_on, on)
        return None if counted is None else max(-MAX_DAY, min(counted, MAX_DAY))

    return replace(
        draft_of(card),
        column=CardDraft("").column,
        owner="",
        promised_to="",
        due_on=None,
        due_day=day(card.due_on, card.due_day),
        starts_on=None,
        starts_day=day(card.starts_on, card.starts_day),
    )


def _objective_for_anybody(view: ObjectiveView, plan: PlanView) -> ObjectiveDraft:
    due_day = view.due_day
    if due_day is None and view.due is not None:
        due_day = day_number(plan.starts_on, view.due)
    return ObjectiveDraft(
        title=view.title,
        measure=view.measure,
        target=view.target,
        key=view.id,
        kind=view.kind,
        problem=view.problem,
        tags=view.tags,
        alignment=view.alignment,
        horizon=view.horizon,
        due_day=due_day,
        hand_unit=view.hand_unit,
    )


def _day(card: CardDraft) -> int:
    return MAX_DAY + 1 if card.due_day is None else card.due_day


def _card(entry: Mapping[str, Any]) -> CardDraft:
    day = entry.get("day")
    hours, pillar, focus, channel = (entry.get(name) for name in ("hours", "pillar", "focus", "channel"))
    return CardDraft(
        title=str(entry["title"]),
        pillar=None if pillar is None else Pillar(pillar),
        due_day=None if day is None else int(day),
        hours=None if hours is None else float(hours),
        notes=str(entry.get("notes", "")),
        kind=CardKind(entry.get("kind", CardKind.ACTIVITY)),
        focus=None if focus is None else Focus(focus),
        channel=None if channel is None else Channel(channel),
        starts_day=int(entry["starts"]) if "starts" in entry else None,
        objective_id=str(entry["objective"]) if "objective" in entry else None,
        checklist=tuple(str(line) for line in entry.get("checklist", ())),
        recurrence=_recurrence(entry, int(day or 0)) if entry.get("every_days") else None,
    )


def _recurrence(entry: Mapping[str, Any], first: int) -> Recurrence:
    found = Recurrence(int(entry["every_days"]), int(entry.get("until_day", first)))
    if found.every_days < 1 or not 0 <= found.until_day - first < found.every_days * MOST_TIMES:
        raise BadInputError(reason=f"A card of a template comes back at most {MOST_TIMES} times, forward in time.")
    recurrence(found)
    return found


def _objective(entry: Mapping[str, Any]) -> ObjectiveDraft:
    kind, horizon, target, due = (entry.get(name) for name in ("kind", "horizon", "target", "due_day"))
    return ObjectiveDraft(
        title=str(entry["title"]),
        measure=str(entry["measure"]),
        target=None if target is None else float(target),
        key=str(entry["key"]),
        kind=None if kind is None else ObjectiveKind(kind),
        problem=str(entry.get("problem", "")),
        tags=ObjectiveTags(*(tuple(str(word) for word in entry.get("tags", {}).get(name, ())) for name in TAGS)),
        alignment=str(entry.get("alignment", "")),
        horizon=None if horizon is None else Horizon(horizon),
        due_day=None if due is None else int(due),
        hand_unit=str(entry.get("hand_unit", "")),
    )


def _card_entry(draft: CardDraft) -> dict[str, Any]:
    return {
        "day": draft.due_day,
        "starts": draft.starts_day,
        "every_days": draft.recurrence.every_days if draft.recurrence else None,
        "until_day": draft.recurrence.until_day if draft.recurrence else None,
        "kind": None if draft.kind is CardKind.ACTIVITY else draft.kind,
        "pillar": draft.pillar,
        "focus": draft.focus,
        "channel": draft.channel,
        "objective": draft.objective_id,
        "hours": draft.hours,
        "title": draft.title,
        "notes": draft.notes,
        "checklist": list(draft.checklist),
    }


def _objective_entry(draft: ObjectiveDraft) -> dict[str, Any]:
    return {
        "key": draft.key,
        "title": draft.title,
        "measure": draft.measure,
        "target": draft.target,
        "kind": draft.kind,
        "horizon": draft.horizon,
        "due_day": draft.due_day,
        "problem": draft.problem,
        "alignment": draft.alignment,
        "hand_unit": draft.hand_unit,
        "tags": _filled({name: list(getattr(draft.tags, name)) for name in TAGS}),
    }


def _filled(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry without what is empty: a file people read."""
    return {name: value for name, value in entry.items() if value not in (None, "", [], {})}
