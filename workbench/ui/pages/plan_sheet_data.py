"""Plan sheet data: what the sheet of a plan reads, each in one transaction away from the window."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workbench.cancel import CancelToken
from workbench.clock import local_day
from workbench.export.paths import path_days, path_values
from workbench.ids import ObjectiveId, PlanId
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.value import Value
from workbench.metrics.window import last_days
from workbench.models.database import Database
from workbench.models.plan_parts import HAND_KEPT
from workbench.queries.communities import community_names
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.partners import author_names
from workbench.queries.plans import (
    CardRow,
    CheckpointRow,
    ObjectiveRow,
    PlanRow,
    list_plans,
    plan_cards,
    plan_checkpoints,
    plan_objectives,
)
from workbench.ui.pages.plan_data import MEASURE_DAYS, baseline_of
from workbench.ui.widgets.path_chart import PathPoint


@dataclass(frozen=True, slots=True)
class SheetData:
    """One plan whole: archived objectives come last, archived cards are left out.

    `communities` are the names there are in the mirror, `people` the names this plan knows; `before` is the name of the
    plan it follows, and `after` that of the plan that follows it.
    """

    plan: PlanRow
    objectives: tuple[ObjectiveRow, ...]
    checkpoints: tuple[CheckpointRow, ...]
    cards: tuple[CardRow, ...]
    communities: tuple[str, ...]
    people: tuple[str, ...]
    before: str = ""
    after: str = ""

    @property
    def live(self) -> tuple[ObjectiveRow, ...]:
        """The objectives in force."""
        return tuple(each for each in self.objectives if not each.is_archived)


@dataclass(frozen=True, slots=True)
class ObjectivePath:
    """How an objective has gone: a point for every week of the plan, its value now, and where that stands in a word."""

    points: tuple[PathPoint, ...]
    now: Value | None
    standing: str


def read_sheet(database: Database, *, plan_id: PlanId) -> SheetData | None:
    """The whole plan; None where it is gone."""
    with database.read() as reader:
        plans = {plan.id: plan for plan in list_plans(reader)}
        plan = plans.get(plan_id)
        if plan is None:
            return None
        objectives = plan_objectives(reader, plan_id)
        cards = tuple(card for card in plan_cards(reader, plan_id) if not card.is_archived)
        # A lock keeps the mark of a copy of the program, which nobody can read; whose it is stays unsaid if not known.
        names = author_names(reader)
        checkpoints = tuple(
            replace(each, locked_by=names.get(each.locked_by, "")) for each in plan_checkpoints(reader, plan_id)
        )
        communities = tuple(sorted(community_names(reader).values(), key=str.casefold))
    before = plans.get(PlanId(plan.follows)) if plan.follows else None
    after = next((each.name for each in plans.values() if each.follows == plan_id), "")
    people = {plan.owner, plan.sponsor, *(card.owner for card in cards), *(line.holder for line in plan.roles)} - {""}
    return SheetData(
        plan=plan,
        objectives=tuple(sorted(objectives, key=lambda each: each.is_archived)),
        checkpoints=checkpoints,
        cards=cards,
        communities=communities,
        people=tuple(sorted(people, key=str.casefold)),
        before="" if before is None else before.name,
        after=after,
    )


def read_paths(
    database: Database,
    *,
    plan: PlanRow,
    objectives: Sequence[ObjectiveRow],
    now: datetime,
    cancel: CancelToken | None = None,
) -> dict[ObjectiveId, ObjectivePath]:
    """Each objective over the weeks of its plan.

    A point covers the 90 days up to it, as the baseline does: like stands beside like. It is not known where fewer than
    90 % of those days are mirrored.
    """
    # Words for documents bring Babel with them, which the window's first page can do without.
    from workbench.export.figures import Figure  # noqa: PLC0415 - see above
    from workbench.export.gather import begun, hand_standing, standing  # noqa: PLC0415 - see above

    def figure(value: Value) -> Figure:
        # Nothing is withheld here: the figures stay in the window of the person who may see them.
        return Figure(value.value, value.unit.value, value.numerator, value.denominator, value.coverage)

    scope = plan.scope
    keys = list(dict.fromkeys(each.measure for each in objectives if each.measure != HAND_KEPT))
    days = path_days(plan.starts_on, now.date())
    with database.read() as reader:
        weeks = path_values(reader, keys, scope=scope, days=days, cancel=cancel)
        current = measure_all(reader, keys, scope=scope, windows=[last_days(MEASURE_DAYS, now)], as_of=now)
    found: dict[ObjectiveId, ObjectivePath] = {}
    today = local_day(now)
    for each in objectives:
        if each.measure == HAND_KEPT:
            read = [reading for reading in each.readings if reading.on <= today]
            word = hand_standing(each, read[-1].value if read else None)
            points = tuple(PathPoint(reading.on, reading.value) for reading in read if reading.on >= plan.starts_on)
            found[each.id] = ObjectivePath(points, None, begun(word, plan.starts_on, today).value)
            continue
        metric, value = find_metric(each.measure), current[each.measure][0]
        baseline = baseline_of(each, metric)
        word = standing(metric, None if baseline is None else figure(baseline), figure(value), each.target)
        points = tuple(
            PathPoint(day, one.value, is_known=(one.coverage or 0.0) >= MINIMUM_COVERAGE)
            for day, one in zip(days, weeks[each.measure], strict=True)
        )
        found[each.id] = ObjectivePath(points, value, begun(word, plan.starts_on, today).value)
    return found
