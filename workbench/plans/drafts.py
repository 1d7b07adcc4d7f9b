"""Drafts: what a person fills in before a card or an objective exists, and the edits that make it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workbench.ids import CardId, ObjectiveId
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.board import Board, end_position, top_position
from workbench.plans.fields import BASELINE_PREFIX
from workbench.plans.positions import between
from workbench.plans.views import Baseline, FieldEdit, RecordKind


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card to be added. `due_day` counts from day 0 and moves with it; `due_on` is a fixed day and wins."""

    title: str
    column: CardColumn = CardColumn.TODO
    pillar: Pillar | None = None
    owner: str = ""
    due_on: date | None = None
    due_day: int | None = None
    hours: float | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveDraft:
    """A goal to be added; `measure` is a key of the metrics catalogue, `target` in the measure's own unit.

    With a `baseline` it is frozen from the first moment; without, `PlanEditor.set_baseline` freezes it once.
    """

    title: str
    measure: str
    target: float | None = None
    baseline: Baseline | None = None


def card_edits(
    drafts: Sequence[CardDraft], ids: Sequence[CardId], *, board: Board, today: date, on_top: bool = False
) -> list[FieldEdit]:
    """The edits that add cards, each at the end of its column; one added to Done counts as done today.

    With `on_top` the last of them stands first in its column.
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
        }
        edits += [FieldEdit(RecordKind.CARD, card_id, name, value) for name, value in values.items()]
        end = ends[draft.column]
        ends[draft.column] = between("", end) if on_top else between(end, None)
    return edits


def objective_edits(draft: ObjectiveDraft, objective_id: ObjectiveId, *, position: str) -> list[FieldEdit]:
    """The edits that add an objective, with its baseline where the draft brings one."""
    values: dict[str, object] = {
        "title": draft.title,
        "measure": draft.measure,
        "target": draft.target,
        "position": position,
    }
    if draft.baseline is not None:
        values[BASELINE_PREFIX + draft.measure] = draft.baseline
    return [FieldEdit(RecordKind.OBJECTIVE, objective_id, name, value) for name, value in values.items()]
