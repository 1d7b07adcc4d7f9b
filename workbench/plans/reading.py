"""Reading: what the registers of a plan say, as views; the newest of concurrent values is the one shown."""

from datetime import date
from typing import Any

from workbench.ids import CardId, ObjectiveId, PlanId
from workbench.models.kinds import CardColumn
from workbench.models.moments import from_micros
from workbench.plans.board import board_order
from workbench.plans.fields import BASELINE_PREFIX, field_of
from workbench.plans.horizon import due_date
from workbench.plans.register import Registers
from workbench.plans.views import Candidate, CardView, Conflict, ObjectiveView, PlanView, RecordKind


def value_of(kind: RecordKind, registers: Registers, name: str) -> Any:
    """The value shown for a field; its default where nobody wrote one. ValueError for what no version of us wrote."""
    field = field_of(kind, name)
    entries = registers.get(name)
    if field is None or not entries:
        return None if field is None else field.default
    return field.decode(entries[0].value)


def conflicts_of(kind: RecordKind, record_id: str, registers: Registers) -> tuple[Conflict, ...]:
    """The fields of one record whose concurrent values differ and were typed by somebody, by field name."""
    found: list[Conflict] = []
    for name, entries in sorted(registers.items()):
        field = field_of(kind, name)
        if len(entries) < 2 or field is None or not field.asks:  # noqa: PLR2004 - a conflict takes two
            continue
        candidates: dict[object, Candidate] = {}
        for entry in entries:
            value = field.decode(entry.value)
            candidates.setdefault(value, Candidate(value, from_micros(entry.at), entry.author))
        if len(candidates) > 1:
            found.append(Conflict(kind, record_id, name, tuple(candidates.values())))
    return tuple(found)


def read_card(card_id: str, registers: Registers, *, starts_on: date) -> CardView:
    """One card; a due day counted from day 0 becomes a working day of this plan."""

    def get(name: str) -> Any:
        return value_of(RecordKind.CARD, registers, name)

    due = get("due")
    column = get("column")
    return CardView(
        id=CardId(card_id),
        column=column,
        position=get("position"),
        title=get("title"),
        pillar=get("pillar"),
        owner=get("owner"),
        due_on=due_date(starts_on, due) if isinstance(due, int) else due,
        due_day=due if isinstance(due, int) else None,
        hours=get("hours"),
        notes=get("notes"),
        # Two people can have moved a card at once, so the stamp may outlive the column it belongs to.
        done_on=get("done_on") if column is CardColumn.DONE else None,
        is_archived=get("is_archived"),
        has_conflict=bool(conflicts_of(RecordKind.CARD, card_id, registers)),
    )


def read_objective(objective_id: str, registers: Registers) -> ObjectiveView:
    """One objective with the baseline of the measure it has now."""

    def get(name: str) -> Any:
        return value_of(RecordKind.OBJECTIVE, registers, name)

    measure = get("measure")
    return ObjectiveView(
        id=ObjectiveId(objective_id),
        position=get("position"),
        title=get("title"),
        measure=measure,
        target=get("target"),
        baseline=get(BASELINE_PREFIX + measure),
        is_archived=get("is_archived"),
    )


def read_plan(
    plan_id: PlanId,
    registers: Registers,
    *,
    objectives: list[ObjectiveView],
    cards: list[CardView],
    conflicts: list[Conflict],
) -> PlanView:
    """The whole plan with its parts in order; `community_id` is not the document's to know and stays None."""

    def get(name: str) -> Any:
        return value_of(RecordKind.PLAN, registers, name)

    return PlanView(
        id=plan_id,
        name=get("name"),
        purpose=get("purpose"),
        owner=get("owner"),
        community_id=None,
        community_name=get("community_name"),
        starts_on=get("starts_on"),
        is_archived=get("is_archived"),
        created_at=get("created_at"),
        objectives=tuple(sorted(objectives, key=lambda each: (each.is_archived, each.position, each.id))),
        cards=tuple(sorted(cards, key=board_order)),
        conflicts=tuple(conflicts),
    )
