"""Views: a plan as frozen values for pages, exports and the projection; nothing here knows the document."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workbench.ids import CardId, ObjectiveId, PlanId
from workbench.models.kinds import CardColumn, Pillar


class RecordKind(StrEnum):
    """What a field belongs to."""

    PLAN = "plan"
    OBJECTIVE = "objective"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field to be written; `record_id` is empty for the plan itself."""

    kind: RecordKind
    record_id: str
    field: str
    value: object


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the values two people gave the same field without knowing of each other."""

    value: object
    at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that waits for a choice; the newest candidate comes first and is the one shown meanwhile."""

    kind: RecordKind
    record_id: str
    field: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A measure as it stood at day 0; numbers in the measure's own unit, coverage 0.0 to 1.0."""

    value: float | None
    numerator: float | None
    denominator: float | None
    coverage: float | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """A goal; `baseline` is None until it was frozen for this measure."""

    id: ObjectiveId
    position: str
    title: str
    measure: str
    target: float | None
    baseline: Baseline | None
    is_archived: bool


@dataclass(frozen=True, slots=True)
class CardView:
    """A card. `due_on` is the day it is due; `due_day` is set when that day is counted from day 0."""

    id: CardId
    column: CardColumn
    position: str
    title: str
    pillar: Pillar | None
    owner: str
    due_on: date | None
    due_day: int | None
    hours: float | None
    notes: str
    done_on: date | None
    is_archived: bool
    has_conflict: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """A whole plan; cards come in board order (column, then position), archived ones last."""

    id: PlanId
    name: str
    purpose: str
    owner: str
    community_id: int | None
    community_name: str
    starts_on: date
    is_archived: bool
    created_at: datetime
    objectives: tuple[ObjectiveView, ...]
    cards: tuple[CardView, ...]
    conflicts: tuple[Conflict, ...]
