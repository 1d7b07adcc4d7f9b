"""Plans: starting one with its baseline frozen, and finding one by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workbench.errors import BadInputError
from workbench.export.gather import MEASURE_DAYS
from workbench.ids import PlanId
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import measure
from workbench.metrics.window import Window
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.fields import field_of
from workbench.plans.templates import starter_cards
from workbench.plans.views import Baseline, RecordKind
from workbench.queries.communities import find_community
from workbench.queries.plans import find_plan
from workbench.queries.sources import list_sources
from workbench.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """A measure of the catalogue that a plan is to move, with its target in the measure's own unit."""

    key: str
    target: float | None = None
    title: str = ""


def refuse_incomplete(*, name: str, purpose: str, owner: str, measures: Sequence[MeasureChoice]) -> None:
    """BadInputError, with why it matters, for a plan that lacks what every plan needs or names an unknown measure.

    Asks nothing of a profile, so that none has to be made for a plan that cannot be.
    """
    for field, value in (("name", name), ("purpose", purpose), ("owner", owner)):
        known = field_of(RecordKind.PLAN, field)
        if known is not None:
            known.encode(value)
    if not measures:
        message = "A plan needs at least one measure: without a number nobody can show what 90 days changed."
        raise BadInputError(message)
    for choice in measures:
        find_metric(choice.key)


def start_plan(
    workspace: Workspace,
    *,
    name: str,
    purpose: str,
    owner: str,
    measures: Sequence[MeasureChoice],
    community: str | None = None,
    starts_on: date | None = None,
    with_starter_cards: bool = True,
) -> PlanId:
    """Starts a plan and freezes the baseline of each measure, taken over the 90 days before day 0.

    Refuses a plan without name, purpose, owner or a measure of the catalogue, a community that is not mirrored, and a
    name that is taken (BadInputError).
    """
    refuse_incomplete(name=name, purpose=purpose, owner=owner, measures=measures)
    now = workspace.clock.now()
    day_zero = starts_on or now.date()
    metrics = [find_metric(choice.key) for choice in measures]
    with workspace.database.read() as reader:
        community_id = None if community is None else find_community(reader, community)
        if community is not None and community_id is None:
            message = f"There is no community called “{community}” in this profile."
            raise BadInputError(message)
        scope = () if community_id is None else (community_id,)
        names = {source.community_id: source.community for source in list_sources(reader)}
        window = _before(min(day_zero, now.date()))
        baselines = [
            measure(reader, metric.key, scope=scope, windows=[window], as_of=window.end)[0] for metric in metrics
        ]
    objectives = [
        ObjectiveDraft(
            title=choice.title or metric.title,
            measure=metric.key,
            target=choice.target,
            baseline=Baseline(value.value, value.numerator, value.denominator, value.coverage, now),
        )
        for choice, metric, value in zip(measures, metrics, baselines, strict=True)
    ]
    return workspace.plans.create(
        name=name,
        purpose=purpose,
        owner=owner,
        starts_on=day_zero,
        community_id=community_id,
        community_name="" if community_id is None else names[community_id],
        objectives=objectives,
        cards=starter_cards() if with_starter_cards else (),
    )


def _before(day: date) -> Window:
    """The 90 days up to a day, that day left out."""
    return Window.between(date.fromordinal(day.toordinal() - MEASURE_DAYS), day)


def plan_named(workspace: Workspace, name: str) -> PlanId:
    """The plan a person means by `name`; BadInputError where there is none."""
    with workspace.database.read() as reader:
        plan = find_plan(reader, name)
    if plan is None:
        message = f"There is no plan called “{name}” in this profile."
        raise BadInputError(message)
    return plan.id
