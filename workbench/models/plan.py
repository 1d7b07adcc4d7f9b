"""PlanFile (the document's bytes) and its projection to rows: Plan, Objective, Card, Checkpoint."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BLOB, Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


def _text() -> Any:
    return Field(default="", sa_column_kwargs={"server_default": ""})


def _list() -> Any:
    """JSON, in the form `plan_parts` writes and reads."""
    return Field(default="[]", sa_column_kwargs={"server_default": "[]"})


class PlanFile(SQLModel, table=True):
    """A plan as a pycrdt document; the rows below are rebuilt from it in the same transaction.

    `revision` is new with every save, so that a second open editor notices and merges instead of overwriting.
    """

    id: str = Field(primary_key=True)
    document: bytes = Field(sa_column=Column(BLOB, nullable=False))
    updated_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    revision: str


class Plan(SQLModel, table=True):
    """A 90-day plan. `community_place` is what the platform calls its community, JSON [kind, site, id there].

    `community_id` is the one column that is not in the document: another laptop's mirror counts its communities
    differently. It has no foreign key: a plan outlives a removed mirror. NULL with a name is a community that is not
    mirrored here; NULL without one means all of them.
    """

    id: str = Field(foreign_key="planfile.id", ondelete="CASCADE", primary_key=True)
    name: str = Field(unique=True)
    purpose: str
    owner: str
    community_id: int | None = None
    community_name: str = ""
    starts_on: date
    is_archived: bool = False
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    problem: str = _text()
    value_for_organisation: str = _text()
    value_for_members: str = _text()
    sponsor: str = _text()
    roles: str = _list()
    risks: str = _text()
    alignment: str = _text()
    weekly_hours: float = Field(default=5.0, sa_column_kwargs={"server_default": "5.0"})
    holidays: str = _text()
    follows: str = _text()
    worked: str = _text()
    did_not_work: str = _text()
    lessons: str = _text()
    community_place: str = _list()


class Objective(SQLModel, table=True):
    """A goal with a measure of the catalogue; baseline is frozen at day 0 with its numbers and coverage."""

    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="plan.id", ondelete="CASCADE", index=True)
    position: str
    title: str
    measure: str
    target: float | None = None
    baseline_value: float | None = None
    baseline_numerator: float | None = None
    baseline_denominator: float | None = None
    baseline_coverage: float | None = None
    baseline_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    is_archived: bool = False
    kind: str | None = None
    problem: str = _text()
    tags: str = _list()
    alignment: str = _text()
    horizon: str | None = None
    due: date | None = None
    due_day: int | None = None
    hand_unit: str = _text()
    readings: str = _list()


class Card(SQLModel, table=True):
    """An activity on the board; a series has a row for each of its times, with ids "<series>#<number>"."""

    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="plan.id", ondelete="CASCADE", index=True)
    column: str
    position: str
    title: str
    pillar: str | None = None
    owner: str = ""
    due_on: date | None = None
    hours: float | None = None
    notes: str = ""
    done_on: date | None = None
    is_archived: bool = False
    has_conflict: bool = False
    kind: str = Field(default="activity", sa_column_kwargs={"server_default": "activity"})
    focus: str | None = None
    channel: str | None = None
    starts_on: date | None = None
    starts_day: int | None = None
    due_day: int | None = None
    objective_id: str | None = None
    promised_to: str = _text()
    checklist: str = _list()
    evidence: str = _list()
    every_days: int | None = None
    until_day: int | None = None
    series_id: str | None = None
    occurrence: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    own: str = _list()
    came_of: str = _text()


class Checkpoint(SQLModel, table=True):
    """Day 30, 60 or 90 of a plan."""

    plan_id: str = Field(foreign_key="plan.id", ondelete="CASCADE", primary_key=True)
    day: int = Field(primary_key=True)
    falls_on: date
    measures: str = _list()
    what_worked: str = _text()
    decisions: str = _text()
    next_steps: str = _text()
    locked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    locked_by: str = _text()
