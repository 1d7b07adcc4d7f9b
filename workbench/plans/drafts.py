"""Drafts: what a person fills in before a card or an objective exists, and the edits that make it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from workbench.ids import CardId, ObjectiveId
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus, Horizon, ObjectiveKind, Pillar
from workbench.plans.board import Board, end_position, top_position
from workbench.plans.fields import BASELINE_PREFIX, CHECK_PREFIX, EVIDENCE_PREFIX, READING_PREFIX, TAGS
from workbench.plans.positions import between, run
from workbench.plans.views import (
    NO_TAGS,
    Baseline,
    CardView,
    CheckItem,
    Evidence,
    FieldEdit,
    ObjectiveTags,
    Reading,
    RecordKind,
    Recurrence,
)

NO_OBJECTIVES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card to be added. `due_day` counts from day 0 and moves with it, `due_on` is fixed and wins; so for starts.

    `objective_id` may also be the `key` of an objective that is made together with the card.
    """

    title: str
    column: CardColumn = CardColumn.TODO
    pillar: Pillar | None = None
    owner: str = ""
    due_on: date | None = None
    due_day: int | None = None
    hours: float | None = None
    notes: str = ""
    kind: CardKind = CardKind.ACTIVITY
    focus: Focus | None = None
    channel: Channel | None = None
    starts_on: date | None = None
    starts_day: int | None = None
    objective_id: str | None = None
    promised_to: str = ""
    checklist: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    recurrence: Recurrence | None = None
    came_of: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveDraft:
    """A goal to be added; `measure` is a key of the metrics catalogue, `target` in the measure's own unit.

    With a `baseline` it is frozen from the first moment; without, `PlanEditor.set_baseline` freezes it once. A measure
    of `HAND_KEPT` is kept in `readings`, in `hand_unit`. By `key`, cards made with it name it.
    """

    title: str
    measure: str
    target: float | None = None
    baseline: Baseline | None = None
    key: str = ""
    kind: ObjectiveKind | None = None
    problem: str = ""
    tags: ObjectiveTags = NO_TAGS
    alignment: str = ""
    horizon: Horizon | None = None
    due: date | None = None
    due_day: int | None = None
    hand_unit: str = ""
    readings: tuple[Reading, ...] = ()


def card_edits(
    drafts: Sequence[CardDraft],
    ids: Sequence[CardId],
    *,
    board: Board,
    today: date,
    on_top: bool = False,
    objectives: Mapping[str, str] = NO_OBJECTIVES,
) -> list[FieldEdit]:
    """The edits that add cards, each at the end of its column; one added to Done counts as done today.

    With `on_top` the last of them stands first in its column. `objectives` gives the id of each objective that drafts
    may name, by id or key; a name that is not there is left out.
    """
    ends = {column: (top_position if on_top else end_position)(board, column) for column in CardColumn}
    edits: list[FieldEdit] = []
    for draft, card_id in zip(drafts, ids, strict=True):
        values = {
            "title": draft.title,
            "column": draft.column,
            "position": ends[draft.column],
            "pillar": draft.pillar,
            "owner": draft.owner,
            "due": draft.due_day if draft.due_on is None else draft.due_on,
            "hours": draft.hours,
            "notes": draft.notes,
            "done_on": today if draft.column is CardColumn.DONE else None,
            "kind": draft.kind,
            "focus": draft.focus,
            "channel": draft.channel,
            "starts": draft.starts_day if draft.starts_on is None else draft.starts_on,
            "objective_id": objectives.get(draft.objective_id) if draft.objective_id else None,
            "promised_to": draft.promised_to,
            "recurrence": draft.recurrence,
            "came_of": draft.came_of,
        } | _parts(draft)
        edits += [FieldEdit(RecordKind.CARD, card_id, name, value) for name, value in values.items()]
        end = ends[draft.column]
        ends[draft.column] = between("", end) if on_top else between(end, None)
    return edits


def objective_edits(draft: ObjectiveDraft, objective_id: ObjectiveId, *, position: str) -> list[FieldEdit]:
    """The edits that add an objective, with its baseline or readings where the draft brings them."""
    values: dict[str, object] = {
        "title": draft.title,
        "measure": draft.measure,
        "target": draft.target,
        "position": position,
        "kind": draft.kind,
        "problem": draft.problem,
        **{name: getattr(draft.tags, name) for name in TAGS},
        "alignment": draft.alignment,
        "horizon": draft.horizon,
        "due": draft.due_day if draft.due is None else draft.due,
        "hand_unit": draft.hand_unit,
    }
    if draft.baseline is not None:
        values[BASELINE_PREFIX + draft.measure] = draft.baseline
    values |= {READING_PREFIX + reading.on.isoformat(): reading for reading in draft.readings}
    return [FieldEdit(RecordKind.OBJECTIVE, objective_id, name, value) for name, value in values.items()]


def draft_of(card: CardView, *, with_days: bool = True) -> CardDraft:
    """A card to be done again: not done, nothing ticked off, no evidence; without its days where they mean nothing."""
    return CardDraft(
        title=card.title,
        column=CardColumn.TODO if card.column is CardColumn.DONE else card.column,
        pillar=card.pillar,
        owner=card.owner,
        due_on=card.due_on if with_days and card.due_day is None else None,
        due_day=card.due_day if with_days else None,
        hours=card.hours,
        notes=card.notes,
        kind=card.kind,
        focus=card.focus,
        channel=card.channel,
        starts_on=card.starts_on if with_days and card.starts_day is None else None,
        starts_day=card.starts_day if with_days else None,
        objective_id=card.objective_id,
        promised_to=card.promised_to,
        checklist=tuple(item.text for item in card.checklist),
        recurrence=card.recurrence if with_days and card.occurrence == 0 else None,
    )


def new_part_id() -> str:
    """An id for a line of a checklist or a piece of evidence, which two people may add to one card at once."""
    return str(uuid.uuid4())


def _parts(draft: CardDraft) -> dict[str, object]:
    positions = run("", None, len(draft.checklist))
    lines = zip(draft.checklist, positions, strict=True)
    return {CHECK_PREFIX + new_part_id(): CheckItem("", line, position=position) for line, position in lines} | {
        EVIDENCE_PREFIX + (each.id or new_part_id()): each for each in draft.evidence
    }
