"""The verb plan checkpoint: what was written on day 30, 60 and 90, and closing a day with its numbers."""

import argparse

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.plan_rows import CHECKPOINTS, Stand, changed, checkpoints_json
from workbench.cli.plan_values import Values, checkpoint_values, entry, json_in
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.operations.plans import freeze_checkpoint, plan_named
from workbench.workspace import Workspace

_WORDS = ("what_worked", "decisions", "next_steps")


def run_checkpoint(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """One action; `show` works beside an open window."""
    if options.checkpoint_action == "show":
        with open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace:
            return _show(options, workspace, output)
    given = vars(options)
    values = checkpoint_values(entry(json_in(options) or {}, "the checkpoint"))
    values |= {name: given[name] for name in _WORDS if name in given}
    with open_workspace(options, clock=clock, say=output.warn, writable=True) as workspace:
        plan_id = plan_named(workspace, options.plan)
        day = int(options.day)
        if options.checkpoint_action == "lock":
            return changed(workspace, plan_id, output, lambda _: [_lock(workspace, plan_id, day, values)])
        if not values:
            raise BadInputError(reason="Say what to write down, as in --decisions TEXT.")
        return changed(
            workspace, plan_id, output, lambda _: [workspace.plans.open(plan_id).set_checkpoint(day, **values)]
        )


def _lock(workspace: Workspace, plan_id: PlanId, day: int, values: Values) -> Changes:
    measures = freeze_checkpoint(workspace, plan_id, day)
    return workspace.plans.open(plan_id).lock_checkpoint(day, measures=measures, **values)


def _show(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    stand = Stand.of(workspace, plan_named(workspace, options.plan))
    rows = [row for row in checkpoints_json(workspace, stand) if options.day in {None, str(row["day"])}]
    if output.as_json:
        output.rows(rows, CHECKPOINTS)
        return 0
    for number, row in enumerate(rows):
        if number:
            output.say("")
        output.one({key: value for key, value in row.items() if key != "measures"})
        for measure in row["measures"]:
            known = "not known" if measure["value"] is None else f"{measure['value']:g}"
            output.say(f"  {measure['title']}: {known}")
    return 0
