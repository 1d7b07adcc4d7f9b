"""Projection: a plan's rows for queries and reports, always written in the transaction that writes its document."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlmodel import Session

from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.models.tables import METADATA
from workbench.plans.horizon import checkpoints
from workbench.plans.views import CardView, ObjectiveView, PlanView

_PLAN_FILE, _PLAN = METADATA.tables["planfile"], METADATA.tables["plan"]
_OBJECTIVE, _CARD, _CHECKPOINT = METADATA.tables["objective"], METADATA.tables["card"], METADATA.tables["checkpoint"]
_COMMUNITY = METADATA.tables["community"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one plan; parts by their key."""

    plan: Row
    objectives: Mapping[str, Row]
    cards: Mapping[str, Row]
    checkpoints: Mapping[str, Row]

    @classmethod
    def of(cls, view: PlanView) -> "Rows":
        """What the tables hold when the plan looks like `view`."""
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
            },
            objectives={each.id: _objective(view.id, each) for each in view.objectives},
            cards={card.id: _card(view.id, card) for card in view.cards},
            checkpoints={
                str(each.day): {"plan_id": view.id, "day": each.day, "falls_on": each.falls_on}
                for each in checkpoints(view.starts_on)
            },
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


def community_named(session: Session, name: str) -> int | None:
    """The mirrored community of that name, or None."""
    found: int | None = session.connection().scalar(select(_COMMUNITY.c.id).where(_COMMUNITY.c.name == name))
    return found


def _write_parts(session: Session, rows: Rows, before: Rows | None) -> None:
    _write_table(session, _OBJECTIVE, rows.objectives, before.objectives if before else {})
    _write_table(session, _CARD, rows.cards, before.cards if before else {})
    if before is None or before.checkpoints != rows.checkpoints:
        connection = session.connection()
        connection.execute(delete(_CHECKPOINT).where(_CHECKPOINT.c.plan_id == rows.plan["id"]))
        connection.execute(insert(_CHECKPOINT), list(rows.checkpoints.values()))


def _write_table(session: Session, table: Table, rows: Mapping[str, Row], before: Mapping[str, Row]) -> None:
    # Row by row against what is there: one moved card in a plan of 2,000 is one row, not 2,000.
    old = [{"old_id": key} for key, row in before.items() if rows.get(key) != row]
    new = [row for key, row in rows.items() if before.get(key) != row]
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
    }


def _card(plan_id: PlanId, view: CardView) -> Row:
    return {
        "id": view.id,
        "plan_id": plan_id,
        "column": view.column.value,
        "position": view.position,
        "title": view.title,
        "pillar": view.pillar.value if view.pillar else None,
        "owner": view.owner,
        "due_on": view.due_on,
        "hours": view.hours,
        "notes": view.notes,
        "done_on": view.done_on,
        "is_archived": view.is_archived,
        "has_conflict": view.has_conflict,
    }
