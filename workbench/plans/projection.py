"""Projection: a plan's rows for queries and reports, always written in the transaction that writes its document."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlmodel import Session

from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.models.plan_parts import (
    checklist_json,
    evidence_json,
    measures_json,
    names_json,
    read_names,
    readings_json,
    roles_json,
    tags_json,
)
from workbench.models.plans_kept import community_at
from workbench.models.tables import METADATA
from workbench.plans.views import CardView, CheckpointView, ObjectiveView, PlanView

_PLAN_FILE, _PLAN = METADATA.tables["planfile"], METADATA.tables["plan"]
_OBJECTIVE, _CARD, _CHECKPOINT = METADATA.tables["objective"], METADATA.tables["card"], METADATA.tables["checkpoint"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one plan; parts by their key."""

    plan: Row
    objectives: Mapping[str, Row]
    cards: Mapping[str, Row]
    checkpoints: Mapping[str, Row]
    views: Mapping[str, CardView]

    @classmethod
    def of(cls, view: PlanView, *, before: "Rows | None" = None) -> "Rows":
        """What the tables hold when the plan looks like `view`; rows of cards that are those of `before` are kept."""
        views, rows = ({}, {}) if before is None else (before.views, before.cards)
        return cls(
            plan={
                "id": view.id,
                "name": view.name,
                "purpose": view.purpose,
                "owner": view.owner,
                "community_id": view.community_id,
                "community_name": view.community_name,
                "starts_on": view.starts_on,
                "is_archived": view.is_archived,
                "created_at": view.created_at,
                "problem": view.problem,
                "value_for_organisation": view.value_for_organisation,
                "value_for_members": view.value_for_members,
                "sponsor": view.sponsor,
                "roles": roles_json(view.roles),
                "risks": view.risks,
                "alignment": view.alignment,
                "weekly_hours": view.weekly_hours,
                "holidays": view.holidays,
                "follows": view.follows,
                "worked": view.worked,
                "did_not_work": view.did_not_work,
                "lessons": view.lessons,
                "community_place": names_json(view.community_place),
            },
            objectives={each.id: _objective(view.id, each) for each in view.objectives},
            cards={
                card.id: rows[card.id] if views.get(card.id) is card else _card(view.id, card) for card in view.cards
            },
            checkpoints={str(each.day): _checkpoint(view.id, each) for each in view.checkpoints},
            views={card.id: card for card in view.cards},
        )


def new_revision() -> str:
    """A mark no other save has."""
    return secrets.token_hex(8)


def write_new(session: Session, rows: Rows, document: bytes, *, at: datetime, revision: str) -> None:
    """Stores a plan that was not there."""
    connection = session.connection()
    file = {"id": rows.plan["id"], "document": document, "updated_at": at, "revision": revision}
    connection.execute(insert(_PLAN_FILE), [file])
    connection.execute(insert(_PLAN), [rows.plan])
    _write_parts(session, rows, None)


def write_changed(
    session: Session, rows: Rows, document: bytes, *, before: Rows | None, at: datetime, revision: str
) -> None:
    """Stores a plan anew: its document, and the rows that differ from `before` (all of them when None)."""
    connection = session.connection()
    plan_id = rows.plan["id"]
    connection.execute(
        update(_PLAN_FILE).where(_PLAN_FILE.c.id == plan_id),
        {"document": document, "updated_at": at, "revision": revision},
    )
    if before is None or before.plan != rows.plan:
        connection.execute(update(_PLAN).where(_PLAN.c.id == plan_id), rows.plan)
    if before is None:
        for table in (_OBJECTIVE, _CARD, _CHECKPOINT):
            connection.execute(delete(table).where(table.c.plan_id == plan_id))
    _write_parts(session, rows, before)


def stored_revision(session: Session, plan_id: PlanId) -> str | None:
    """The revision of the stored plan, or None where it is gone."""
    revision: str | None = session.connection().scalar(select(_PLAN_FILE.c.revision).where(_PLAN_FILE.c.id == plan_id))
    return revision


def stored_document(session: Session, plan_id: PlanId) -> bytes:
    """The bytes of the stored plan."""
    document: bytes = (
        session.connection().execute(select(_PLAN_FILE.c.document).where(_PLAN_FILE.c.id == plan_id)).scalar_one()
    )
    return document


def refuse_taken_name(session: Session, plan_id: PlanId, name: str) -> None:
    """BadInputError when another plan has this name, whatever its capitals: people and scripts call plans by name."""
    names = session.connection().scalars(select(_PLAN.c.name).where(_PLAN.c.id != plan_id))
    if name.strip().casefold() in {other.casefold() for other in names}:
        raise BadInputError(reason="Another plan has this name already; people and reports tell plans apart by it.")


def placed(session: Session, view: PlanView) -> PlanView:
    """The plan with its community as it is mirrored here: None where it is not, or where it means all of them.

    One that is tied to a community stays so while it names the same; the platform may have renamed that.
    """
    connection = session.connection()
    columns = (_PLAN.c.community_id, _PLAN.c.community_name, _PLAN.c.community_place)
    stored = connection.execute(select(*columns).where(_PLAN.c.id == view.id)).first()
    place = view.community_place
    if stored is not None and stored.community_name == view.community_name:
        known = tuple(read_names(stored.community_place))
        place = place or known
        if place == known and stored.community_id is not None:
            return replace(view, community_id=stored.community_id, community_place=place)
    found = community_at(connection, place, view.community_name)
    return replace(view, community_id=found, community_place=place)


def _write_parts(session: Session, rows: Rows, before: Rows | None) -> None:
    _write_table(session, _OBJECTIVE, rows.objectives, before.objectives if before else {})
    _write_table(session, _CARD, rows.cards, before.cards if before else {})
    if before is None or before.checkpoints != rows.checkpoints:
        connection = session.connection()
        connection.execute(delete(_CHECKPOINT).where(_CHECKPOINT.c.plan_id == rows.plan["id"]))
        connection.execute(insert(_CHECKPOINT), list(rows.checkpoints.values()))


def _write_table(session: Session, table: Table, rows: Mapping[str, Row], before: Mapping[str, Row]) -> None:
    # Row by row against what is there: one moved card in a plan of 2,000 is one row, not 2,000.
    changed = {key for key, row in rows.items() if (was := before.get(key)) is not row and was != row}
    old = [{"old_id": key} for key in before if key in changed or key not in rows]
    new = [rows[key] for key in rows if key in changed]
    connection = session.connection()
    if old:
        connection.execute(delete(table).where(table.c.id == bindparam("old_id")), old)
    if new:
        connection.execute(insert(table), new)


def _objective(plan_id: PlanId, view: ObjectiveView) -> Row:
    baseline = view.baseline
    return {
        "id": view.id,
        "plan_id": plan_id,
        "position": view.position,
        "title": view.title,
        "measure": view.measure,
        "target": view.target,
        "baseline_value": baseline.value if baseline else None,
        "baseline_numerator": baseline.numerator if baseline else None,
        "baseline_denominator": baseline.denominator if baseline else None,
        "baseline_coverage": baseline.coverage if baseline else None,
        "baseline_at": baseline.at if baseline else None,
        "is_archived": view.is_archived,
        "kind": view.kind,
        "problem": view.problem,
        "tags": tags_json(view.tags),
        "alignment": view.alignment,
        "horizon": view.horizon,
        "due": view.due,
        "due_day": view.due_day,
        "hand_unit": view.hand_unit,
        "readings": readings_json(view.readings),
    }


def _card(plan_id: PlanId, view: CardView) -> Row:
    return {
        "id": view.id,
        "plan_id": plan_id,
        "column": view.column,
        "position": view.position,
        "title": view.title,
        "pillar": view.pillar,
        "owner": view.owner,
        "due_on": view.due_on,
        "hours": view.hours,
        "notes": view.notes,
        "done_on": view.done_on,
        "is_archived": view.is_archived,
        "has_conflict": view.has_conflict,
        "kind": view.kind,
        "focus": view.focus,
        "channel": view.channel,
        "starts_on": view.starts_on,
        "starts_day": view.starts_day,
        "due_day": view.due_day,
        "objective_id": view.objective_id,
        "promised_to": view.promised_to,
        "checklist": checklist_json(view.checklist),
        "evidence": evidence_json(view.evidence),
        "came_of": view.came_of,
        "every_days": view.recurrence.every_days if view.recurrence else None,
        "until_day": view.recurrence.until_day if view.recurrence else None,
        "series_id": view.series_id,
        "occurrence": view.occurrence,
        "own": names_json(sorted(view.own)),
    }


def _checkpoint(plan_id: PlanId, view: CheckpointView) -> Row:
    return {
        "plan_id": plan_id,
        "day": view.day,
        "falls_on": view.falls_on,
        "measures": measures_json(view.measures),
        "what_worked": view.what_worked,
        "decisions": view.decisions,
        "next_steps": view.next_steps,
        "locked_at": view.locked_at,
        "locked_by": view.locked_by,
    }
