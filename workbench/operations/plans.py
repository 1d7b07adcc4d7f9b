"""Plans: starting one with its baseline frozen, reading one from a file, and finding one by name."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.ids import CommunityId, PlanId
from workbench.metrics.catalog import METRICS, find_metric
from workbench.metrics.value import Value
from workbench.operations.plan_follow_up import CarriedOver, carry_over
from workbench.operations.plan_measures import current_values, freeze_checkpoint, measured_before
from workbench.operations.plan_templates import (
    find_template,
    forget_template,
    keep_template,
    list_templates,
)
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.fields import field_of
from workbench.plans.plan_json import from_json_text, to_json
from workbench.plans.templates import STARTER, Template
from workbench.plans.views import HAND_KEPT, Baseline, RecordKind
from workbench.queries.communities import community_type, find_community, list_communities
from workbench.queries.plans import find_plan
from workbench.queries.sources import list_sources
from workbench.workspace import Workspace

__all__ = [
    "CarriedOver",
    "MeasureChoice",
    "SimilarCommunity",
    "carry_over",
    "current_values",
    "find_template",
    "forget_template",
    "freeze_checkpoint",
    "import_plan",
    "keep_template",
    "list_templates",
    "plan_named",
    "plan_text",
    "propose_targets",
    "refuse_incomplete",
    "similar_communities",
    "start_plan",
]

_ALIKE = 60.0


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
        if choice.key != HAND_KEPT:
            find_metric(choice.key)


def start_plan(
    workspace: Workspace,
    *,
    name: str,
    purpose: str,
    owner: str,
    measures: Sequence[MeasureChoice] = (),
    objectives: Sequence[ObjectiveDraft] = (),
    community: str | None = None,
    starts_on: date | None = None,
    template: str | Template | None = None,
    with_starter_cards: bool = True,
    cards: Sequence[CardDraft] = (),
    **charter: object,
) -> PlanId:
    """Starts a plan and freezes the baseline of each measure, taken over the 90 days before day 0.

    `objectives` come after those of `measures`; with neither, the objectives of the template are taken. `template` is
    one, or the key of one, and brings its cards; None is the starter, or no cards when `with_starter_cards` is off.
    `cards` come first: those of the plan before, for one. `charter` takes every other field of `PlanView` by name.
    Refuses a plan without name, purpose, owner or a measure of the catalogue, a community that is not mirrored, a
    template that is not there, and a name that is taken (BadInputError).
    """
    if template is None and with_starter_cards:
        template = STARTER
    found = find_template(workspace, template) if isinstance(template, str) else template
    drafts = [_drafted(choice) for choice in measures] + list(objectives)
    if found is not None:
        drafts = drafts or list(found.objectives)
    refuse_incomplete(
        name=name, purpose=purpose, owner=owner, measures=[MeasureChoice(each.measure) for each in drafts]
    )
    now = workspace.clock.now()
    day_zero = starts_on or local_day(now)
    with workspace.database.read() as reader:
        community_id = None if community is None else find_community(reader, community)
        if community is not None and community_id is None:
            message = f"There is no community called “{community}” in this profile."
            raise BadInputError(message)
        names = {source.community_id: source.community for source in list_sources(reader)}
        scope = () if community_id is None else (community_id,)
        measured = measured_before(reader, drafts, scope=scope, day=min(day_zero, now.date()))
    return workspace.plans.create(
        name=name,
        purpose=purpose,
        owner=owner,
        starts_on=day_zero,
        community_id=community_id,
        community_name="" if community_id is None else names[community_id],
        objectives=[_frozen(draft, measured.get(draft.measure), at=now) for draft in drafts],
        cards=[*cards, *(found.cards if found is not None else ())],
        **charter,
    )


def _drafted(choice: MeasureChoice) -> ObjectiveDraft:
    title = "" if choice.key == HAND_KEPT else find_metric(choice.key).title
    return ObjectiveDraft(title=choice.title or title, measure=choice.key, target=choice.target)


def _frozen(draft: ObjectiveDraft, value: Value | None, *, at: datetime) -> ObjectiveDraft:
    if value is None or draft.baseline is not None:
        return draft
    baseline = Baseline(value.value, value.numerator, value.denominator, value.coverage, at)
    return replace(draft, baseline=baseline)


def propose_targets(workspace: Workspace, community: str | None) -> dict[str, float]:
    """What a community of this one's type aims at: {key of a measure: target in its unit}.

    Empty where nobody chose a type, for an unknown community, and for all communities together (None).
    """
    with workspace.database.read() as reader:
        community_id = None if community is None else find_community(reader, community)
        kind = None if community_id is None else community_type(reader, community_id)
    targets = {metric.key: metric.target(kind) for metric in METRICS}
    return {key: target for key, target in targets.items() if target is not None}


@dataclass(frozen=True, slots=True)
class SimilarCommunity:
    """A mirrored community that may serve the same purpose; `likeness` is 0 to 100."""

    id: CommunityId
    name: str
    description: str
    likeness: float


def similar_communities(workspace: Workspace, text: str, *, limit: int = 5) -> tuple[SimilarCommunity, ...]:
    """Communities whose name or description is much like `text`, a name or a purpose; the most alike first."""
    from rapidfuzz import fuzz, utils  # noqa: PLC0415 - 30 ms, and only for a plan that begins

    with workspace.database.read() as reader:
        rows = list_communities(reader, as_of=workspace.clock.now())

    def likeness(said: str) -> float:
        return float(fuzz.token_set_ratio(text, said, processor=utils.default_process)) if said else 0.0

    found = [
        SimilarCommunity(row.id, row.name, row.description, max(likeness(row.name), likeness(row.description)))
        for row in rows
    ]
    alike = [each for each in found if each.likeness >= _ALIKE]
    return tuple(sorted(alike, key=lambda each: (-each.likeness, each.name.casefold()))[:limit])


def plan_text(workspace: Workspace, plan_id: PlanId) -> str:
    """The plan as JSON text, in the form of resources/schemas/plan.schema.json."""
    return json.dumps(to_json(workspace.plans.open(plan_id).view()), ensure_ascii=False, indent=2) + "\n"


def import_plan(workspace: Workspace, text: str | bytes, *, name: str | None = None) -> PlanId:
    """Makes a plan of a JSON text, under another name if one is given; refuses what is no plan, and says where.

    A measure the catalogue does not have is refused as well (BadInputError).
    """
    parts = from_json_text(text)
    for edit in parts.edits:
        if edit.kind is RecordKind.OBJECTIVE and edit.field == "measure" and edit.value != HAND_KEPT:
            find_metric(str(edit.value))
    return workspace.plans.add(parts, name=name)


def plan_named(workspace: Workspace, name: str) -> PlanId:
    """The plan a person means by `name`; BadInputError where there is none."""
    with workspace.database.read() as reader:
        plan = find_plan(reader, name)
    if plan is None:
        message = f"There is no plan called “{name}” in this profile."
        raise BadInputError(message)
    return plan.id
