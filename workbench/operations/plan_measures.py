"""Plan measures: what the objectives of a plan stand at, now and at its checkpoints, read from the mirror."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.export.gather import MEASURE_DAYS
from workbench.ids import PlanId
from workbench.metrics.compute import measure_all
from workbench.metrics.value import Value
from workbench.metrics.window import Window, last_days
from workbench.models.database import Reader
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.horizon import CHECKPOINT_DAYS, counted_day
from workbench.plans.views import HAND_KEPT, CheckpointMeasure
from workbench.queries.plans import ObjectiveRow, PlanRow, plan_objectives, plan_row
from workbench.queries.scope import Scope
from workbench.workspace import Workspace


def measured_before(
    reader: Reader, objectives: Sequence[ObjectiveDraft | ObjectiveRow], *, scope: Scope, day: date
) -> dict[str, Value]:
    """The measures of objectives over the 90 days up to `day`, that day left out: {key: value}."""
    window = Window.between(date.fromordinal(day.toordinal() - MEASURE_DAYS), day)
    return _measured(reader, objectives, scope=scope, window=window, as_of=window.end)


def current_values(
    workspace: Workspace, plan_id: PlanId, *, as_of: datetime | None = None
) -> tuple[CheckpointMeasure, ...]:
    """What every objective that is not archived stands at now, as reports say it; refuses an unknown plan.

    A measure of the mirror is taken over the 90 days up to `as_of` (now), one kept by hand is its last reading.
    """
    moment = as_of or workspace.clock.now()
    with workspace.database.read() as reader:
        plan = _plan(reader, plan_id)
        objectives = _live(reader, plan_id)
        window = last_days(MEASURE_DAYS, moment)
        values = _measured(reader, objectives, scope=plan.scope, window=window, as_of=moment)
    return tuple(_stands(each, values, until=local_day(moment), at=moment) for each in objectives)


def freeze_checkpoint(workspace: Workspace, plan_id: PlanId, day: int) -> tuple[CheckpointMeasure, ...]:
    """What every objective stood at on day 30, 60 or 90, to be handed to `PlanEditor.lock_checkpoint`.

    Taken over the 90 days up to that day by the calendar, or up to today where it is still to come, as the baseline was
    up to day 0: like is compared with like. Refuses an unknown plan and other days (BadInputError).
    """
    if day not in CHECKPOINT_DAYS:
        raise BadInputError(reason="A plan has checkpoints on day 30, 60 and 90.")
    now = workspace.clock.now()
    with workspace.database.read() as reader:
        plan = _plan(reader, plan_id)
        objectives = _live(reader, plan_id)
        counted = counted_day(plan.starts_on, day)
        values = measured_before(reader, objectives, scope=plan.scope, day=min(counted, now.date()))
    return tuple(
        # What the numbers are compared with is locked beside them: a later target must not change what was said.
        replace(
            _stands(each, values, until=min(counted, local_day(now)), at=now),
            target=each.target,
            baseline=each.baseline_value,
            measure=each.measure,
            due=each.due,
            unit=each.hand_unit,
        )
        for each in objectives
    )


def not_here(community: str) -> str:
    """What a plan of a community that is not mirrored here has to say."""
    return (
        f"“{community}” is not mirrored here, so nothing is known of its numbers. The plan finds it as soon as it is; "
        "or choose another community in the charter."
    )


def _measured(
    reader: Reader,
    objectives: Sequence[ObjectiveDraft | ObjectiveRow],
    *,
    scope: Scope,
    window: Window,
    as_of: datetime,
) -> dict[str, Value]:
    keys = list(dict.fromkeys(each.measure for each in objectives if each.measure != HAND_KEPT))
    found = measure_all(reader, keys, scope=scope, windows=[window], as_of=as_of)
    return {key: values[0] for key, values in found.items()}


def _stands(objective: ObjectiveRow, values: dict[str, Value], *, until: date, at: datetime) -> CheckpointMeasure:
    if objective.measure == HAND_KEPT:
        known = [reading.value for reading in objective.readings if reading.on <= until]
        return CheckpointMeasure(objective.id, objective.title, known[-1] if known else None, None, None, None, at)
    value = values[objective.measure]
    return CheckpointMeasure(
        objective.id, objective.title, value.value, value.numerator, value.denominator, value.coverage, at
    )


def _plan(reader: Reader, plan_id: PlanId) -> PlanRow:
    plan = plan_row(reader, plan_id)
    if plan is None:
        raise BadInputError(reason="There is no such plan.")
    return plan


def _live(reader: Reader, plan_id: PlanId) -> list[ObjectiveRow]:
    return [each for each in plan_objectives(reader, plan_id) if not each.is_archived]
