"""PlanFile (the document's bytes) and its projection to rows: Plan, Objective, Card, Checkpoint."""

from datetime import date, datetime

from sqlalchemy import BLOB, Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class PlanFile(SQLModel, table=True):
    """A plan as a pycrdt document; the rows below are rebuilt from it in the same transaction.

    `revision` is new with every save, so that a second open editor notices and merges instead of overwriting.
    """

    id: str = Field(primary_key=True)
    document: bytes = Field(sa_column=Column(BLOB, nullable=False))
    updated_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    revision: str


class Plan(SQLModel, table=True):
    """A 90-day plan. `community_id` has no foreign key: a plan outlives a removed mirror.

    It is the one column that is not in the document: another laptop's mirror counts its communities differently.
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


class Card(SQLModel, table=True):
    """An activity on the board."""

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


class Checkpoint(SQLModel, table=True):
    """Day 30, 60 or 90 of a plan."""

    plan_id: str = Field(foreign_key="plan.id", ondelete="CASCADE", primary_key=True)
    day: int = Field(primary_key=True)
    falls_on: date
