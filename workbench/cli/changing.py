"""Verbs that change the profile: import, account, sync, plan."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.cancel import CancelToken
from workbench.cli.interrupt import stop_on_interrupt
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output, ProgressLine
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import CardId, PlanId
from workbench.metrics.catalog import find_metric
from workbench.models.kinds import CardColumn, Pillar, RunState
from workbench.operations.plans import MeasureChoice, plan_named, start_plan
from workbench.operations.sources import (
    add_hyperkitty,
    community_names,
    forget_account,
    import_mailing_list,
    import_table,
    install_sample,
    sync_accounts,
)
from workbench.plans.drafts import CardDraft
from workbench.queries.plans import list_plans, plan_cards, plan_objectives
from workbench.queries.sync_status import list_accounts
from workbench.sync.engine import RunResult
from workbench.workspace import Workspace

ACCOUNTS = ("name", "kind", "communities", "held_back", "last_success_at", "last_state", "is_paused")
PLANS = ("name", "owner", "community", "starts_on", "todo", "doing", "done")
RESULT = ("community", "state", "added", "changed", "unchanged", "rejected")
EXIT = {RunState.DONE: 0, RunState.PARTLY: 3, RunState.CANCELLED: 3, RunState.FAILED: 1, RunState.RUNNING: 1}


@contextmanager
def _changing(options: argparse.Namespace, output: Output, clock: Clock) -> Iterator[Workspace]:
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=True) as workspace:
        yield workspace


def _import(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _changing(options, output, clock) as workspace:
        names = community_names(workspace)
        progress, cancel = ProgressLine(clock), CancelToken()
        with stop_on_interrupt(cancel):
            try:
                if options.source == "mailing-list":
                    results = [
                        import_mailing_list(
                            workspace,
                            paths=options.paths,
                            community=options.community,
                            report=progress,
                            cancel=cancel,
                        )
                    ]
                elif options.source == "table":
                    results = [
                        import_table(
                            workspace,
                            events=options.events,
                            members=options.members,
                            community=options.community,
                            report=progress,
                            cancel=cancel,
                        )
                    ]
                else:
                    results = install_sample(workspace, report=progress, cancel=cancel)
            finally:
                progress.close()
        del names
        return _told(results, workspace, output)


def _told(results: list[RunResult], workspace: Workspace, output: Output) -> int:
    """Prints what came of each run and answers the worst exit code."""
    names = community_names(workspace)
    rows = [
        {
            "community": names.get(result.community_id, ""),
            "state": result.state,
            "added": result.totals.added,
            "changed": result.totals.changed,
            "unchanged": result.totals.unchanged,
            "rejected": result.totals.rejected,
        }
        for result in results
    ]
    output.rows(rows, RESULT, empty="There is nothing to sync yet.")
    code = 0
    for result in results:
        own = EXIT[result.state]
        if result.error is not None:
            output.fail(result.error) if not output.as_json else output.warn_of(result.error)
            own = max(own, result.error.exit_code)
        code = max(code, own)
    if any(result.totals.rejected for result in results):
        output.say("What could not be read was held back; `workbench status` lists it with file, place and reason.")
    return code


def _account(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _changing(options, output, clock) as workspace:
        if options.action == "add":
            community = add_hyperkitty(workspace, url=options.url, name=options.name)
            output.say(f"Added {community}. `workbench sync` fetches its messages.")
            if output.as_json:
                output.one({"community": community})
            return 0
        if options.action == "forget":
            forget_account(workspace, name=options.name)
            output.say(f"Removed {options.name} and everything mirrored from it.")
            return 0
        with workspace.database.read() as reader:
            rows = list_accounts(reader)
    output.rows([{key: getattr(row, key) for key in ACCOUNTS} for row in rows], ACCOUNTS, empty="No account yet.")
    return 0


def _sync(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _changing(options, output, clock) as workspace:
        progress, cancel = ProgressLine(clock), CancelToken()
        with stop_on_interrupt(cancel):
            try:
                results = sync_accounts(workspace, name=options.account, report=progress, cancel=cancel)
            finally:
                progress.close()
        return _told(results, workspace, output)


def _plan(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with _changing(options, output, clock) as workspace:
        if options.action == "new":
            plan_id = start_plan(
                workspace,
                name=options.name,
                purpose=options.purpose,
                owner=options.owner,
                measures=[_choice(text) for text in options.measure],
                community=options.community,
                starts_on=options.start,
                with_starter_cards=options.template == "starter",
            )
            return _show_plan(workspace, plan_id, output)
        if options.action == "list":
            with workspace.database.read() as reader:
                plans = [plan for plan in list_plans(reader) if not plan.is_archived]
            rows = [
                {key: getattr(plan, key) for key in PLANS if key != "community"} | {"community": plan.community_name}
                for plan in plans
            ]
            output.rows(rows, PLANS, empty="No plan yet. Start one: workbench plan new NAME --purpose … --owner …")
            return 0
        if options.action == "show":
            return _show_plan(workspace, plan_named(workspace, options.name), output)
        return _card(options, workspace, output)


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
        output.one(head | {"objectives": _plain(measures), "cards": _plain(board)})
        return 0
    output.one(head)
    output.say("")
    output.rows(measures, ("title", "measure", "baseline", "target"))
    output.say("")
    output.rows(board, ("column", "title", "pillar", "owner", "due_on", "id"), empty="No card yet.")
    return 0


def _plain(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    from workbench.cli.output import plain  # noqa: PLC0415 - shares a name with this function's purpose

    return [{key: plain(value) for key, value in row.items()} for row in rows]


def _choice(text: str) -> MeasureChoice:
    """`reply_rate=0.58` → a measure with its target."""
    key, _, target = text.partition("=")
    find_metric(key.strip())
    try:
        return MeasureChoice(key.strip(), float(target) if target else None)
    except ValueError:
        message = f"“{target}” is not a number; write a target like reply_rate=0.58"
        raise BadInputError(message) from None


VERBS = {"import": _import, "account": _account, "sync": _sync, "plan": _plan}
