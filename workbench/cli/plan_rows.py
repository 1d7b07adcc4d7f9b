"""Plan rows: a plan as the command line prints it, and what a command has changed in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from workbench.cli.output import Output, Row
from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.ids import CardId, ObjectiveId, PlanId
from workbench.models.changes import Changes
from workbench.models.plan_parts import CheckpointMeasure
from workbench.operations.plans import current_values
from workbench.plans.horizon import day_label
from workbench.queries.plans import (
    CardRow,
    CheckpointRow,
    ObjectiveRow,
    PlanRow,
    plan_cards,
    plan_checkpoints,
    plan_objectives,
    plan_row,
)
from workbench.workspace import Workspace

CARDS = (
    "id", "column", "title", "kind", "pillar", "focus", "channel", "owner", "promised_to", "starts_on", "due_on",
    "hours", "objective_id", "checked", "checks", "done_on", "came_of", "has_conflict",
)  # fmt: skip
OBJECTIVES = (
    "id", "title", "measure", "unit", "baseline", "baseline_coverage", "now", "now_coverage", "target", "due_on",
)  # fmt: skip
CHECKPOINTS = (
    "day", "falls_on", "what_worked", "decisions", "next_steps", "measures", "locked_at", "locked_by",
)  # fmt: skip
TOUCHED = ("what", "title", "change", "fields", "id")
_COUNTS = frozenset({"todo", "doing", "done"})


@dataclass(frozen=True, slots=True)
class Stand:
    """A plan as its rows say it, at one moment."""

    plan: PlanRow
    cards: tuple[CardRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    checkpoints: tuple[CheckpointRow, ...]

    @classmethod
    def of(cls, workspace: Workspace, plan_id: PlanId) -> "Stand":
        """The plan of that id; refuses an unknown one (BadInputError)."""
        with workspace.database.read() as reader:
            plan = plan_row(reader, plan_id)
            if plan is None:
                raise BadInputError(reason="There is no such plan.")
            return cls(
                plan,
                tuple(plan_cards(reader, plan_id)),
                tuple(plan_objectives(reader, plan_id)),
                tuple(plan_checkpoints(reader, plan_id)),
            )

    def cards_named(self, wanted: str, *, is_archived: bool = False) -> list[CardRow]:
        """The cards of that id or title, on the board or archived."""
        cards = [card for card in self.cards if card.is_archived is is_archived]
        return [card for card in cards if card.id == wanted] or [card for card in cards if card.title == wanted]

    def card(self, wanted: str, *, is_archived: bool = False) -> CardId:
        """A card by its id, or by its title where only one card has it."""
        same = self.cards_named(wanted, is_archived=is_archived)
        if len(same) != 1:
            reason = "There is no card" if not same else "There is more than one card"
            message = f"{reason} called “{wanted}” in this plan; `workbench plan show` lists cards with their ids."
            raise BadInputError(message)
        return same[0].id

    def objective(self, wanted: str, *, is_archived: bool = False) -> ObjectiveId:
        """An objective by its id, or by its title where only one has it."""
        there = [each for each in self.objectives if each.is_archived is is_archived]
        same = [each.id for each in there if each.id == wanted] or [each.id for each in there if each.title == wanted]
        if len(same) != 1:
            reason = "There is no objective" if not same else "There is more than one objective"
            message = f"{reason} called “{wanted}” in this plan; `workbench plan show` lists them with their ids."
            raise BadInputError(message)
        return same[0]


def show_plan(workspace: Workspace, plan_id: PlanId, output: Output) -> None:
    """The plan whole, for people and for programs."""
    stand = Stand.of(workspace, plan_id)
    row = plan_json(workspace, stand)
    if output.as_json:
        output.one(row)
        return
    output.one({key: value for key, value in row.items() if not isinstance(value, list)})
    output.say("")
    output.rows(row["objectives"], ("title", "measure", "baseline", "now", "target"))
    output.say("")
    output.rows(row["cards"], ("column", "title", "pillar", "owner", "due_on", "id"), empty="No card yet.")
    locked = [each for each in row["checkpoints"] if each["locked_at"] is not None]
    if locked:
        output.say("")
        output.rows(locked, ("day", "falls_on", "decisions", "locked_at"))


def changed(
    workspace: Workspace, plan_id: PlanId, output: Output, gestures: Callable[[Stand], Sequence[Changes]]
) -> int:
    """Makes gestures on a plan, all of them or none, and says what they touched."""
    before = Stand.of(workspace, plan_id)
    with workspace.database.write():
        gestures(before)
    after = Stand.of(workspace, plan_id)
    rows = touched(before, after)
    if output.as_json:
        output.one(plan_json(workspace, after) | {"touched": rows})
    else:
        output.rows(rows, TOUCHED, empty="Nothing changed: it was so already.")
    return 0


def plan_json(workspace: Workspace, stand: Stand) -> dict[str, Any]:
    """The plan as `plan show --json` prints it; what is archived is left out."""
    plan = stand.plan
    values = {each.objective_id: each for each in current_values(workspace, plan.id)}
    return {
        "id": plan.id, "name": plan.name, "purpose": plan.purpose, "owner": plan.owner,
        "community": plan.community_name, "is_mirrored": plan.is_here, "starts_on": plan.starts_on,
        "day": day_label(plan.starts_on, local_day(workspace.clock.now())), "is_archived": plan.is_archived,
        "objectives": [_objective(each, values.get(each.id)) for each in stand.objectives if not each.is_archived],
        "cards": [card_json(card) for card in stand.cards if not card.is_archived],
        "checkpoints": checkpoints_json(workspace, stand),
    }  # fmt: skip


def card_json(card: CardRow) -> dict[str, Any]:
    """A card under the names of CARDS."""
    known: dict[str, Any] = {"checked": sum(item.is_done for item in card.checklist), "checks": len(card.checklist)}
    return {name: known[name] if name in known else getattr(card, name) for name in CARDS}


def checkpoints_json(workspace: Workspace, stand: Stand) -> list[dict[str, Any]]:
    """The checkpoints under the names of CHECKPOINTS, with the name of who locked them where it is known."""
    names: Mapping[str, str] = {}
    if any(each.locked_by for each in stand.checkpoints):
        from workbench.operations.partners import names_behind_marks  # noqa: PLC0415 - loads keys; few plans need it

        names = names_behind_marks(workspace)
    return [_checkpoint(each) | {"locked_by": names.get(each.locked_by, each.locked_by)} for each in stand.checkpoints]


def touched(before: Stand, after: Stand) -> list[Row]:
    """What is new or other in a plan, record by record, with the fields."""
    rows = _compared("plan", {"": before.plan}, {"": after.plan}, lambda plan: plan.name)
    for what, old, new in (
        ("objective", before.objectives, after.objectives),
        ("card", before.cards, after.cards),
    ):
        rows += _compared(
            what, {each.id: each for each in old}, {each.id: each for each in new}, lambda record: record.title
        )
    return rows + _compared(
        "checkpoint",
        {str(each.day): each for each in before.checkpoints},
        {str(each.day): each for each in after.checkpoints},
        lambda checkpoint: f"Day {checkpoint.day}",
    )


def _compared(what: str, old: Mapping[str, Any], new: Mapping[str, Any], title: Callable[[Any], str]) -> list[Row]:
    rows: list[Row] = []
    for record_id, record in new.items():
        was = old.get(record_id)
        if was == record:
            continue
        names = [] if was is None else _differing(was, record)
        if was is None or names:
            change = "new" if was is None else "changed"
            rows.append({"what": what, "title": title(record), "change": change, "fields": names, "id": record_id})
    return rows


def _differing(was: Any, record: Any) -> list[str]:
    names = [each.name for each in fields(record) if each.name not in _COUNTS]
    return [name for name in names if getattr(was, name) != getattr(record, name)]


def _checkpoint(checkpoint: CheckpointRow) -> dict[str, Any]:
    measures = [
        {"objective_id": each.objective_id, "title": each.title, "value": each.value, "coverage": each.coverage}
        for each in checkpoint.measures
    ]
    return {name: measures if name == "measures" else getattr(checkpoint, name) for name in CHECKPOINTS}


def _objective(row: ObjectiveRow, now: CheckpointMeasure | None) -> dict[str, Any]:
    known = {
        "unit": row.hand_unit, "baseline": row.baseline_value, "due_on": row.due,
        "now": now and now.value, "now_coverage": now and now.coverage,
    }  # fmt: skip
    return {name: known[name] if name in known else getattr(row, name) for name in OBJECTIVES}
