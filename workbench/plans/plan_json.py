"""Plan JSON: a plan as JSON for scripts, in the form of resources/schemas/plan.schema.json, and read back from it.

Ids in the file only tie its parts together: what is read becomes a plan of its own, with ids of its own.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from workbench.errors import BadInputError
from workbench.plans.fields import CHECK_PREFIX, EVIDENCE_PREFIX, TAGS
from workbench.plans.json_reading import PlanParts, read_parts
from workbench.plans.views import (
    Baseline,
    CardView,
    CheckItem,
    CheckpointMeasure,
    CheckpointView,
    Conflict,
    Evidence,
    ObjectiveView,
    PlanView,
)

__all__ = ["FORMAT", "PlanParts", "from_json", "from_json_text", "to_json"]

FORMAT = 1
PLAN_TEXTS = (
    "name", "purpose", "owner", "community_name", "problem", "value_for_organisation", "value_for_members", "sponsor",
    "risks", "alignment", "holidays", "follows", "worked", "did_not_work", "lessons",
)  # fmt: skip
_DAYS = {"due": ("due_on", "due_day"), "starts": ("starts_on", "starts_day")}


def to_json(view: PlanView) -> dict[str, Any]:
    """The plan as `json.dumps` takes it; lists in the order shown, days as 2024-06-03, moments with their offset."""
    patterns = {card.series_id: card for card in view.series}
    alone = [card for card in view.cards if card.series_id is None]
    return {
        "format": FORMAT,
        "plan": {
            "id": view.id,
            **{name: getattr(view, name) for name in PLAN_TEXTS},
            "community_place": list(view.community_place),
            "roles": [asdict(line) for line in view.roles],
            "weekly_hours": view.weekly_hours,
            "starts_on": view.starts_on.isoformat(),
            "is_archived": view.is_archived,
            "created_at": view.created_at.isoformat(),
        },
        "objectives": [_objective(each) for each in view.objectives],
        "cards": [_card(card) for card in alone] + [_series(card, view) for card in patterns.values()],
        "checkpoints": [_checkpoint(each) for each in view.checkpoints],
        "conflicts": [_conflict(each) for each in view.conflicts],
    }


def from_json(data: object, *, new_id: Callable[[], str] = lambda: str(uuid.uuid4())) -> PlanParts:
    """The plan in the values `json.loads` gave, for `PlanStore.add`; BadInputError says what cannot be, and where.

    Everything but a name, a purpose, an owner, a first day, one objective and the titles may be left out. What only
    follows from the rest (days by the calendar beside counted ones, open conflicts) is not read.
    """
    return read_parts(data, newest=FORMAT, new_id=new_id)


def from_json_text(text: str | bytes) -> PlanParts:
    """The plan in a JSON text; refuses as `from_json` does."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInputError(reason="This file is not a plan: it is not JSON.") from error
    return from_json(data)


def _objective(view: ObjectiveView) -> dict[str, Any]:
    return {
        "id": view.id,
        "position": view.position,
        "title": view.title,
        "measure": view.measure,
        "target": view.target,
        "baseline": None if view.baseline is None else _numbers(view.baseline),
        "kind": view.kind,
        "problem": view.problem,
        "tags": {name: list(getattr(view.tags, name)) for name in TAGS},
        "alignment": view.alignment,
        "horizon": view.horizon,
        "due_on": _iso(view.due),
        "due_day": view.due_day,
        "hand_unit": view.hand_unit,
        "readings": [{"on": each.on.isoformat(), "value": each.value, "note": each.note} for each in view.readings],
        "is_archived": view.is_archived,
    }


def _card(view: CardView) -> dict[str, Any]:
    return {
        "id": view.id,
        "column": view.column,
        "position": view.position,
        "title": view.title,
        "kind": view.kind,
        "pillar": view.pillar,
        "focus": view.focus,
        "channel": view.channel,
        "owner": view.owner,
        "promised_to": view.promised_to,
        "due_on": _iso(view.due_on),
        "due_day": view.due_day,
        "starts_on": _iso(view.starts_on),
        "starts_day": view.starts_day,
        "hours": view.hours,
        "objective_id": view.objective_id,
        "notes": view.notes,
        "came_of": view.came_of,
        "checklist": [asdict(item) for item in view.checklist],
        "evidence": [asdict(each) for each in view.evidence],
        "done_on": _iso(view.done_on),
        "is_archived": view.is_archived,
    }


def _series(pattern: CardView, view: PlanView) -> dict[str, Any]:
    times = sorted(
        (card for card in view.cards if card.series_id == pattern.series_id), key=lambda card: card.occurrence
    )
    return {
        **_card(pattern),
        "recurrence": None if pattern.recurrence is None else asdict(pattern.recurrence),
        "times": [_time(card) for card in times if card.own],
    }


def _time(view: CardView) -> dict[str, Any]:
    """What one time of a series has of its own."""
    whole = _card(view)
    found: dict[str, Any] = {"number": view.occurrence}
    for field in sorted(view.own):
        if field.startswith(CHECK_PREFIX):
            found.setdefault("checklist", []).append(_part(view.checklist, field.removeprefix(CHECK_PREFIX)))
        elif field.startswith(EVIDENCE_PREFIX):
            found.setdefault("evidence", []).append(_part(view.evidence, field.removeprefix(EVIDENCE_PREFIX)))
        else:
            found |= {name: whole[name] for name in _DAYS.get(field, (field,)) if name in whole}
    return found


def _part(parts: tuple[CheckItem, ...] | tuple[Evidence, ...], part_id: str) -> dict[str, Any]:
    found = next((part for part in parts if part.id == part_id), None)
    return {"id": part_id, "is_removed": True} if found is None else asdict(found)


def _checkpoint(view: CheckpointView) -> dict[str, Any]:
    return {
        "day": view.day,
        "counted_on": view.counted_on.isoformat(),
        "falls_on": view.falls_on.isoformat(),
        "measures": [
            {
                "objective_id": each.objective_id,
                "title": each.title,
                **_numbers(each),
                "target": each.target,
                "baseline": each.baseline,
                "measure": each.measure,
                "due_on": _iso(each.due),
                "unit": each.unit,
            }
            for each in view.measures
        ],
        "what_worked": view.what_worked,
        "decisions": view.decisions,
        "next_steps": view.next_steps,
        "locked_at": None if view.locked_at is None else view.locked_at.isoformat(),
        "locked_by": view.locked_by,
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "kind": conflict.kind,
        "record_id": conflict.record_id,
        "field": conflict.field,
        "values": [
            {"value": str(each.value), "at": each.at.isoformat(), "author": each.author} for each in conflict.candidates
        ],
    }


def _numbers(value: Baseline | CheckpointMeasure) -> dict[str, Any]:
    return {
        "value": value.value,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "coverage": value.coverage,
        "at": value.at.isoformat(),
    }


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
