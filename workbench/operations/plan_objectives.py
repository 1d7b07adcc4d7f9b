"""Plan objectives: adding one to a running plan, or changing its measure, with the baseline frozen as of day 0."""

from dataclasses import replace

from workbench.errors import BadInputError
from workbench.ids import ObjectiveId, PlanId, uuid7
from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Value
from workbench.operations.plan_measures import measured_before
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.views import HAND_KEPT, Baseline
from workbench.queries.plans import plan_row
from workbench.workspace import Workspace


def add_objective(
    workspace: Workspace, plan_id: PlanId, draft: ObjectiveDraft, *, editor: PlanEditor | None = None
) -> ObjectiveId:
    """Adds an objective whose baseline is what its measure stood at before day 0, or before today where that is sooner.

    `editor` is one that holds the plan open already. Refuses an unknown plan and measure, and what the editor refuses.
    """
    value = _before(workspace, plan_id, draft.measure)
    if value is not None and draft.baseline is None:
        draft = replace(draft, baseline=_baseline(workspace, value))
    objective_id = ObjectiveId(uuid7(workspace.clock))
    (editor or workspace.plans.open(plan_id)).add_objective(draft, objective_id=objective_id)
    return objective_id


def change_objective(
    workspace: Workspace,
    plan_id: PlanId,
    objective_id: ObjectiveId,
    *,
    editor: PlanEditor | None = None,
    **fields: object,
) -> None:
    """Sets fields of an objective, as `PlanEditor.set_objective` does; a measure new to it gets its baseline."""
    measure = fields.get("measure")
    value = None if measure is None else _before(workspace, plan_id, str(measure))
    held = editor or workspace.plans.open(plan_id)
    held.set_objective(objective_id, **fields)
    objective = next(each for each in held.view().objectives if each.id == objective_id)
    if value is not None and objective.baseline is None:
        frozen = _baseline(workspace, value)
        held.set_baseline(
            objective_id,
            value=frozen.value,
            numerator=frozen.numerator,
            denominator=frozen.denominator,
            coverage=frozen.coverage,
            at=frozen.at,
        )


def _before(workspace: Workspace, plan_id: PlanId, measure: str) -> Value | None:
    if measure == HAND_KEPT:
        return None
    find_metric(measure)
    with workspace.database.read() as reader:
        plan = plan_row(reader, plan_id)
        if plan is None:
            raise BadInputError(reason="There is no such plan.")
        day = min(plan.starts_on, workspace.clock.now().date())
        return measured_before(reader, [ObjectiveDraft("", measure)], scope=plan.scope, day=day)[measure]


def _baseline(workspace: Workspace, value: Value) -> Baseline:
    return Baseline(value.value, value.numerator, value.denominator, value.coverage, workspace.clock.now())
