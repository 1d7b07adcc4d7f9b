"""The verb plan objective: adding, changing and archiving goals, and readings of measures kept by hand."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.plan_rows import Stand, changed
from workbench.cli.plan_values import (
    entries,
    json_in,
    objective_draft,
    objective_options,
    objective_values,
)
from workbench.clock import Clock, local_day
from workbench.errors import BadInputError
from workbench.ids import ObjectiveId, PlanId
from workbench.metrics.catalog import find_metric
from workbench.operations.plan_objectives import add_objective, change_objective
from workbench.operations.plans import plan_named
from workbench.plans.views import HAND_KEPT, ObjectiveTags
from workbench.workspace import Workspace

Gesture = Callable[[Workspace, PlanId, Stand], None]


def run_objective(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """One gesture on objectives; prints the plan with what it touched."""
    make = _GESTURES[options.objective_action](options)
    with open_workspace(options, clock=clock, say=output.warn, writable=True) as workspace:
        plan_id = plan_named(workspace, options.plan)

        def gesture(stand: Stand) -> tuple[()]:
            make(workspace, plan_id, stand)
            return ()

        return changed(workspace, plan_id, output, gesture)


def _add(options: argparse.Namespace) -> Gesture:
    given, said = objective_options(options), json_in(options)
    drafts = []
    for number, each in enumerate(entries(said if said is not None else {}, "objectives")):
        values = objective_values(each, f"objectives[{number}]") | given
        measure = values.get("measure", HAND_KEPT)
        if measure != HAND_KEPT and "title" not in values:
            values["title"] = find_metric(measure).title
        drafts.append(objective_draft(values))

    def make(workspace: Workspace, plan_id: PlanId, _: Stand) -> None:
        for draft in drafts:
            add_objective(workspace, plan_id, draft)

    return make


def _set(options: argparse.Namespace) -> Gesture:
    said = entries(json_in(options) or {}, "objectives")
    if len(said) != 1:
        raise BadInputError(reason="One objective is changed at a time; the JSON holds several.")
    values = objective_values(said[0], "the objective") | objective_options(options)
    values.pop("key", None)
    readings = values.pop("readings", ())
    if not values and not readings:
        raise BadInputError(reason="Say what to set, as in --target 0.8.")

    def make(workspace: Workspace, plan_id: PlanId, stand: Stand) -> None:
        objective = stand.objective(options.objective)
        if "tags" in values:
            values["tags"] = _joined(stand, objective, values["tags"])
        if values:
            change_objective(workspace, plan_id, objective, **values)
        editor = workspace.plans.open(plan_id)
        for each in readings:
            editor.add_reading(objective, on=each.on, value=each.value, note=each.note)

    return make


def _joined(stand: Stand, objective: ObjectiveId, tags: ObjectiveTags) -> ObjectiveTags:
    """The tags as they stand, but for those that were named."""
    (row,) = (each for each in stand.objectives if each.id == objective)
    named: dict[str, Any] = {name: words for name, words in asdict(tags).items() if words}
    return ObjectiveTags(**(asdict(row.tags) | named))


def _archive(options: argparse.Namespace) -> Gesture:
    def make(workspace: Workspace, plan_id: PlanId, stand: Stand) -> None:
        objective = stand.objective(options.objective, is_archived=options.restore)
        workspace.plans.open(plan_id).set_objective(objective, is_archived=not options.restore)

    return make


def _reading(options: argparse.Namespace) -> Gesture:
    def make(workspace: Workspace, plan_id: PlanId, stand: Stand) -> None:
        objective, on = stand.objective(options.objective), options.on or local_day(workspace.clock.now())
        editor = workspace.plans.open(plan_id)
        if options.value is None:
            editor.remove_reading(objective, on=on)
        else:
            editor.add_reading(objective, on=on, value=options.value, note=options.note)

    return make


_GESTURES: Final[Mapping[str, Callable[[argparse.Namespace], Gesture]]] = {
    "add": _add,
    "set": _set,
    "archive": _archive,
    "reading": _reading,
}
