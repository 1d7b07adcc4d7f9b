"""Views: a plan as frozen values for pages, exports and the projection; nothing here knows the document."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workbench.ids import CardId, ObjectiveId, PlanId
from workbench.models.kinds import (
    CardColumn,
    CardKind,
    Channel,
    Focus,
    Horizon,
    ObjectiveKind,
    Pillar,
)
from workbench.models.plan_parts import (
    HAND_KEPT,
    NO_TAGS,
    CheckItem,
    CheckpointMeasure,
    Evidence,
    ObjectiveTags,
    Reading,
    Recurrence,
    RoleLine,
)

__all__ = [
    "HAND_KEPT",
    "NO_TAGS",
    "Baseline",
    "Candidate",
    "CardView",
    "CheckItem",
    "CheckpointMeasure",
    "CheckpointView",
    "Conflict",
    "Evidence",
    "FieldEdit",
    "ObjectiveTags",
    "ObjectiveView",
    "PlanView",
    "Reading",
    "RecordKind",
    "Recurrence",
    "RoleLine",
]


class RecordKind(StrEnum):
    """What a field belongs to."""

    PLAN = "plan"
    OBJECTIVE = "objective"
    CARD = "card"
    CHECKPOINT = "checkpoint"


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field to be written; `record_id` is empty for the plan itself, "30", "60" or "90" for a checkpoint.

    One time of a series is written into the record of the series, under "<number>~<field>" (see `occurrences`). What
    shows already is left alone, unless it is to be said `again`: to stand when other things change around it.
    """

    kind: RecordKind
    record_id: str
    field: str
    value: object
    again: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the values two people gave the same field without knowing of each other."""

    value: object
    at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that waits for a choice; the newest candidate comes first and is the one shown meanwhile.

    Where one archived what another was changing, that it stays comes first, whatever the times; where a locked
    checkpoint holds the field, what it was locked with.

    `record_id` is the id a view shows it under. `occurrence` is set where the field was changed for one time of a
    series only; None for a field of the record itself, which in a series stands for all times.
    """

    kind: RecordKind
    record_id: str
    field: str
    candidates: tuple[Candidate, ...]
    occurrence: int | None = None


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
    """A goal; `baseline` is None until it was frozen for this measure.

    With `HAND_KEPT` as its measure, `readings` hold the values in order of their days, and the baseline is the last one
    up to day 0, else the first. `due_day` is set when `due` is counted from day 0.
    """

    id: ObjectiveId
    position: str
    title: str
    measure: str
    target: float | None
    baseline: Baseline | None
    is_archived: bool
    kind: ObjectiveKind | None = None
    problem: str = ""
    tags: ObjectiveTags = NO_TAGS
    alignment: str = ""
    horizon: Horizon | None = None
    due: date | None = None
    due_day: int | None = None
    hand_unit: str = ""
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class CardView:
    """A card. `due_on` is the day it is due; `due_day` is set when that day is counted from day 0. The same for starts.

    A card with a start is done over a window of days. In a series `series_id` is the id of its record, `occurrence` the
    number of the time (0 is the first) and `own` names the fields that were changed for this time alone.
    """

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
    kind: CardKind = CardKind.ACTIVITY
    focus: Focus | None = None
    channel: Channel | None = None
    starts_on: date | None = None
    starts_day: int | None = None
    objective_id: ObjectiveId | None = None
    promised_to: str = ""
    checklist: tuple[CheckItem, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    recurrence: Recurrence | None = None
    series_id: CardId | None = None
    occurrence: int = 0
    own: frozenset[str] = frozenset()
    came_of: str = ""


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """Day 30, 60 or 90: by the calendar, and the working day it is held on. Once locked it stays as it is."""

    day: int
    counted_on: date
    falls_on: date
    measures: tuple[CheckpointMeasure, ...] = ()
    what_worked: str = ""
    decisions: str = ""
    next_steps: str = ""
    locked_at: datetime | None = None
    locked_by: str = ""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A whole plan; cards come in board order (column, then position), archived ones last.

    `cards` hold every time of every series; `series` hold what all times of each have in common, as `set_series` sets
    it. `risks` has one to a line. `weekly_hours` is what one person gives a week; `holidays` is a country, with a part
    of it where needed ("CH-GE"), or "" for weekends only. `follows` is the id of the plan before. `community_place` is
    what the platform calls the community, (kind, site, id there), or empty where nobody knows.
    """

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
    problem: str = ""
    value_for_organisation: str = ""
    value_for_members: str = ""
    sponsor: str = ""
    roles: tuple[RoleLine, ...] = ()
    risks: str = ""
    alignment: str = ""
    weekly_hours: float = 5.0
    holidays: str = ""
    follows: str = ""
    worked: str = ""
    did_not_work: str = ""
    lessons: str = ""
    checkpoints: tuple[CheckpointView, ...] = ()
    series: tuple[CardView, ...] = ()
    community_place: tuple[str, ...] = ()
