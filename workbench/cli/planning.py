"""The verb plan: starting one, listing and showing them, adding and moving cards."""

import argparse

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import CardId, PlanId
from workbench.models.kinds import CardColumn, Pillar
from workbench.operations.plans import MeasureChoice, plan_named, refuse_incomplete, start_plan
from workbench.plans.drafts import CardDraft
from workbench.queries.plans import list_plans, plan_cards, plan_objectives
from workbench.workspace import Workspace

PLANS = ("name", "owner", "community", "starts_on", "todo", "doing", "done")


def run_plan(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """One action on plans; `list` and `show` only read, so they work beside an open window."""
    if options.action == "new":
        return _new(options, output, clock)
    is_reading = options.action in {"list", "show"}
    with open_workspace(options, clock=clock, say=output.warn, writable=not is_reading) as workspace:
        if options.action == "list":
            return _list(workspace, output)
        if options.action == "show":
            return _show_plan(workspace, plan_named(workspace, options.name), output)
        return _card(options, workspace, output)


def _new(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    measures = [_choice(text) for text in options.measure]
    refuse_incomplete(name=options.name, purpose=options.purpose, owner=options.owner, measures=measures)
    # A community can only be found in a profile that is there.
    create = options.community is None
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=create) as workspace:
        plan_id = start_plan(
            workspace,
            name=options.name,
            purpose=options.purpose,
            owner=options.owner,
            measures=measures,
            community=options.community,
            starts_on=options.start,
            with_starter_cards=options.template == "starter",
        )
        return _show_plan(workspace, plan_id, output)


def _list(workspace: Workspace, output: Output) -> int:
    with workspace.database.read() as reader:
        plans = [plan for plan in list_plans(reader) if not plan.is_archived]
    rows = [
        {key: getattr(plan, key) for key in PLANS if key != "community"} | {"community": plan.community_name}
        for plan in plans
    ]
    output.rows(rows, PLANS, empty="No plan yet. Start one: workbench plan new NAME --purpose … --owner … --measure …")
    return 0


def _card(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    plan_id = plan_named(workspace, options.plan)
    editor = workspace.plans.open(plan_id)
    if options.card_action == "add":
        draft = CardDraft(
            title=options.title,
            column=CardColumn(options.column),
            pillar=None if options.pillar is None else Pillar(options.pillar),
            owner=options.owner,
            due_on=options.due,
            hours=options.hours,
        )
        editor.add_card(draft)
    else:
        editor.move_card(_card_named(workspace, plan_id, options.card), to=CardColumn(options.column), index=0)
    return _show_plan(workspace, plan_id, output)


def _card_named(workspace: Workspace, plan_id: PlanId, wanted: str) -> CardId:
    """A card by its id, or by its title where only one card has it."""
    with workspace.database.read() as reader:
        cards = [card for card in plan_cards(reader, plan_id) if not card.is_archived]
    same = [card.id for card in cards if wanted in {card.id, card.title}]
    if len(same) != 1:
        reason = "There is no card" if not same else "There is more than one card"
        message = f"{reason} called “{wanted}” in this plan; `workbench plan show` lists cards with their ids."
        raise BadInputError(message)
    return same[0]


def _show_plan(workspace: Workspace, plan_id: PlanId, output: Output) -> int:
    with workspace.database.read() as reader:
        plan = next(row for row in list_plans(reader) if row.id == plan_id)
        cards = [card for card in plan_cards(reader, plan_id) if not card.is_archived]
        objectives = plan_objectives(reader, plan_id)
    head = {
        "id": plan.id, "name": plan.name, "purpose": plan.purpose, "owner": plan.owner,
        "community": plan.community_name, "starts_on": plan.starts_on,
    }  # fmt: skip
    measures = [
        {"title": row.title, "measure": row.measure, "baseline": row.baseline_value, "target": row.target}
        for row in objectives
        if not row.is_archived
    ]
    board = [
        {
            "id": card.id, "column": card.column, "title": card.title, "pillar": card.pillar, "owner": card.owner,
            "due_on": card.due_on, "hours": card.hours, "done_on": card.done_on,
        }
        for card in cards
    ]  # fmt: skip
    if output.as_json:
        output.one(head | {"objectives": measures, "cards": board})
        return 0
    output.one(head)
    output.say("")
    output.rows(measures, ("title", "measure", "baseline", "target"))
    output.say("")
    output.rows(board, ("column", "title", "pillar", "owner", "due_on", "id"), empty="No card yet.")
    return 0


def _choice(text: str) -> MeasureChoice:
    """`reply_rate=0.58` → a measure with its target."""
    key, _, target = text.partition("=")
    try:
        return MeasureChoice(key.strip(), float(target) if target else None)
    except ValueError:
        message = f"“{target}” is not a number; write a target like reply_rate=0.58"
        raise BadInputError(message) from None
