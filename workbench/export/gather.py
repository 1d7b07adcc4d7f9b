"""Gathering a PlanSummary: plan, live measures, charts and coverage read at one moment, disclosed, and frozen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from workbench import __version__
from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.export.figures import Figure
from workbench.export.paths import PATH_DAYS
from workbench.export.plan_charts import plan_charts
from workbench.export.standings import BY_HAND, begun, disclosed, hand_standing, moved, standing
from workbench.export.summary import (
    CardLine,
    Charter,
    CheckpointLine,
    ColumnBlock,
    EvidenceLine,
    Extent,
    MeasureLine,
    NamesDisclosure,
    Paper,
    PlanSummary,
    WeekLine,
)
from workbench.ids import ObjectiveId, PlanId
from workbench.metrics.catalog import Metric, find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.value import Value
from workbench.metrics.window import last_days
from workbench.models.database import Reader
from workbench.models.kinds import CardColumn, CardKind, EvidenceKind, Pillar
from workbench.models.plan_parts import HAND_KEPT, CheckpointMeasure, Evidence
from workbench.plans.closed_days import closed_days
from workbench.plans.horizon import baseline_days, day_label, ends_on, phase
from workbench.plans.hours import week_hours
from workbench.queries.coverage import coverage_share, known_until
from workbench.queries.plans import (
    CardRow,
    CheckpointRow,
    ObjectiveRow,
    PlanRow,
    pillar_balance,
    plan_cards,
    plan_checkpoints,
    plan_objectives,
    plan_row,
)
from workbench.queries.scope import Scope

__all__ = [
    "COLUMN_TITLES",
    "MEASURE_DAYS",
    "NEXT_DAYS",
    "PILLAR_TITLES",
    "begun",
    "disclosed",
    "gather",
    "hand_standing",
    "moved",
    "standing",
]

MEASURE_DAYS = PATH_DAYS
NEXT_DAYS = 30
COLUMN_TITLES = {CardColumn.TODO: "To do", CardColumn.DOING: "Doing", CardColumn.DONE: "Done"}
PILLAR_TITLES = {
    Pillar.BILLBOARD: "Billboard",
    Pillar.UI: "U&I",
    Pillar.LIBRARY: "Library",
    Pillar.DIALOGUE: "Dialogue",
}
PHASE_TITLES = {
    "prepare": "prepare",
    "listen": "listen",
    "activate": "activate",
    "show_value": "show value",
    "close": "close",
}
_DAY = timedelta(days=1)
_HELD = "named in the plan"
_EVIDENCE = {
    EvidenceKind.THREAD: "conversation",
    EvidenceKind.FILE: "file",
    EvidenceKind.LINK: "link",
    EvidenceKind.NUMBER: "number",
}


def gather(
    reader: Reader,
    plan_id: PlanId,
    *,
    as_of: datetime,
    names: NamesDisclosure | None = None,
    extent: Extent = Extent.FULL,
    paper: Paper = Paper.A4,
) -> PlanSummary:
    """The summary of one plan; refuses an unknown plan (BadInputError).

    A measure's "now" is taken over the 90 days up to `as_of`, as its baseline was over the 90 days up to day 0: like is
    compared with like, and on day 90 the window is exactly the plan's own.
    """
    plan = plan_row(reader, plan_id)
    if plan is None:
        message = "There is no such plan."
        raise BadInputError(message)
    today = local_day(as_of)
    scope = plan.scope
    every = plan_cards(reader, plan_id)
    cards = [card for card in every if not card.is_archived]
    objectives = [objective for objective in plan_objectives(reader, plan_id) if not objective.is_archived]
    goals = {objective.id: objective for objective in objectives}
    due = [
        card
        for card in cards
        if card.column is not CardColumn.DONE and card.due_on is not None and card.due_on <= today + NEXT_DAYS * _DAY
    ]
    due.sort(key=lambda card: (card.due_on or date.max, card.position, card.id))
    last = ends_on(plan.starts_on)
    # The day of `as_of` is not over, so nobody can know all of it: it is no gap.
    elapsed = min(as_of.date() - _DAY, last)
    return PlanSummary(
        plan=plan.name,
        purpose=plan.purpose,
        owner=plan.owner,
        community=plan.community,
        starts_on=plan.starts_on,
        ends_on=last,
        day_words=day_label(plan.starts_on, today),
        phase=PHASE_TITLES[phase(plan.starts_on, today).value],
        as_of=as_of,
        known_until=known_until(reader, scope),
        coverage=coverage_share(reader, scope, plan.starts_on, elapsed) if plan.starts_on <= elapsed else None,
        columns=tuple(
            ColumnBlock(title, tuple(_card(card, today, names, goals) for card in cards if card.column is column))
            for column, title in COLUMN_TITLES.items()
        ),
        measures=_begun(_measures(reader, objectives, scope, as_of, plan.starts_on), plan.starts_on, today),
        next_days=tuple(_card(card, today, names, goals) for card in due),
        checkpoints=tuple(_checkpoint(row, goals, today) for row in plan_checkpoints(reader, plan_id)),
        pillars=tuple((PILLAR_TITLES[pillar], count) for pillar, count in pillar_balance(cards).items()),
        hours_planned=sum(card.hours or 0.0 for card in cards),
        hours_done=sum(card.hours or 0.0 for card in cards if card.column is CardColumn.DONE),
        charts=plan_charts(reader, objectives, scope=scope, starts_on=plan.starts_on, as_of=as_of),
        names=names,
        program=f"Community Workbench {__version__}",
        extent=extent,
        paper=paper,
        charter=_charter(plan, names),
        risks=tuple(line.strip() for line in plan.risks.splitlines() if line.strip()),
        weeks=_weeks(cards, plan, today),
        retrospective=tuple((title, text) for title, text in _looked_back(plan) if text),
        weekly_hours=plan.weekly_hours,
        plan_id=plan.id,
        archived=tuple(_card(card, today, None, goals) for card in every if card.is_archived),
    )


def _charter(plan: PlanRow, names: NamesDisclosure | None) -> Charter:
    """The charter; who the sponsor is and who holds a role is told only where names go out."""
    is_told = names is not None
    return Charter(
        problem=plan.problem,
        value_for_organisation=plan.value_for_organisation,
        value_for_members=plan.value_for_members,
        alignment=plan.alignment,
        sponsor=plan.sponsor if is_told else _HELD if plan.sponsor else "",
        roles=tuple((line.role, line.holder if is_told else _HELD if line.holder else "") for line in plan.roles),
    )


def _looked_back(plan: PlanRow) -> tuple[tuple[str, str], ...]:
    return (("What worked", plan.worked), ("What did not", plan.did_not_work), ("Lessons", plan.lessons))


def _checkpoint(row: CheckpointRow, goals: Mapping[ObjectiveId, ObjectiveRow], today: date) -> CheckpointLine:
    """A checkpoint; until it is locked its words are a draft and stay at home."""
    if row.locked_at is None:
        return CheckpointLine(row.day, row.falls_on, is_past=row.falls_on < today)
    return CheckpointLine(
        row.day,
        row.falls_on,
        is_past=row.falls_on < today,
        locked_on=local_day(row.locked_at),
        measures=tuple((measure.title, _frozen(measure, goals.get(measure.objective_id))) for measure in row.measures),
        what_worked=row.what_worked,
        decisions=row.decisions,
        next_steps=row.next_steps,
    )


def _frozen(measure: CheckpointMeasure, objective: ObjectiveRow | None) -> Figure:
    """A value as it was frozen; of an objective that is gone the unit is not known and its number stays plain."""
    key = measure.measure or (HAND_KEPT if objective is None else objective.measure)
    if key == HAND_KEPT:
        return Figure(measure.value, BY_HAND, measure.numerator, measure.denominator, measure.coverage)
    metric = find_metric(key)
    value = Value(measure.value, metric.unit, measure.numerator, measure.denominator, measure.coverage)
    return disclosed(metric.key, value)


def _weeks(cards: Sequence[CardRow], plan: PlanRow, today: date) -> tuple[WeekLine, ...]:
    """Hours week by week, everybody together: what one person gives is nobody else's business."""
    planned: defaultdict[date, float] = defaultdict(float)
    done: defaultdict[date, float] = defaultdict(float)
    for week in week_hours(cards, holidays=closed_days(plan.holidays)):
        planned[week.week] += week.hours
    for card in cards:
        if card.done_on is not None and card.done_on <= today and card.hours:
            done[card.done_on - card.done_on.weekday() * _DAY] += card.hours
    return tuple(WeekLine(week, planned[week], done[week]) for week in sorted(planned.keys() | done.keys()))


def _card(
    card: CardRow, today: date, names: NamesDisclosure | None, goals: Mapping[ObjectiveId, ObjectiveRow]
) -> CardLine:
    goal = None if card.objective_id is None else goals.get(card.objective_id)
    is_done = card.column is CardColumn.DONE
    return CardLine(
        title=card.title,
        pillar="" if card.pillar is None else PILLAR_TITLES[card.pillar],
        owner=card.owner if names is not None else "",
        due_on=card.due_on,
        hours=card.hours,
        done_on=card.done_on if is_done else None,
        is_late=not is_done and card.due_on is not None and card.due_on < today,
        starts_on=card.starts_on,
        is_commitment=card.kind is CardKind.COMMITMENT,
        objective="" if goal is None else goal.title,
        checked=sum(item.is_done for item in card.checklist),
        checks=len(card.checklist),
        card_id=card.id,
        evidence=tuple(_evidence(each, is_told=names is not None) for each in card.evidence),
        came_of=card.came_of.strip(),
    )


def _evidence(each: Evidence, *, is_told: bool) -> EvidenceLine:
    """A link goes out whole. A thread's title may be a member's own words, so that it goes where names do."""
    kind, title = _EVIDENCE[each.kind], " ".join(each.title.split())
    if each.kind is EvidenceKind.THREAD:
        return EvidenceLine(kind, title if is_told else "")
    # Of a file the name: the folders above it are nobody else's business.
    place = each.value.replace("\\", "/").rsplit("/", 1)[-1] if each.kind is EvidenceKind.FILE else each.value
    return EvidenceLine(kind, title, "" if place == title else place)


def _measures(
    reader: Reader, objectives: list[ObjectiveRow], scope: Scope, as_of: datetime, starts_on: date
) -> tuple[MeasureLine, ...]:
    keys = list(dict.fromkeys(each.measure for each in objectives if each.measure != HAND_KEPT))
    values = measure_all(reader, keys, scope=scope, windows=[last_days(MEASURE_DAYS, as_of)], as_of=as_of)
    return tuple(
        _by_hand(objective, local_day(as_of))
        if objective.measure == HAND_KEPT
        else _measure(objective, find_metric(objective.measure), values[objective.measure][0], starts_on)
        for objective in objectives
    )


def _begun(lines: Iterable[MeasureLine], starts_on: date, today: date) -> tuple[MeasureLine, ...]:
    return tuple(replace(line, standing=begun(line.standing, starts_on, today)) for line in lines)


def _by_hand(objective: ObjectiveRow, today: date) -> MeasureLine:
    """An objective whose values people type: the newest up to today; nobody says how much of the days it covers."""
    known = [reading for reading in objective.readings if reading.on <= today]
    now = Figure(known[-1].value if known else None, BY_HAND)
    baseline = None if objective.baseline_value is None else Figure(objective.baseline_value, BY_HAND)
    return MeasureLine(
        objective=objective.title,
        measure=objective.hand_unit or "kept by hand",
        formula="",
        baseline=baseline,
        baseline_on=None if objective.baseline_at is None else objective.baseline_at.date(),
        now=now,
        target=objective.target,
        standing=hand_standing(objective, now.value),
        **_about(objective),
        is_hand_kept=True,
    )


def _about(objective: ObjectiveRow) -> dict[str, Any]:
    tags = objective.tags
    return {
        "kind": "" if objective.kind is None else objective.kind.value,
        "tags": (*tags.behaviour, *tags.family, *tags.benefit, *tags.risk),
        "alignment": objective.alignment,
        "due_on": objective.due,
    }


def _measure(objective: ObjectiveRow, metric: Metric, now: Value, starts_on: date) -> MeasureLine:
    baseline, taken = None, None if objective.baseline_at is None else objective.baseline_at.date()
    if taken is not None:
        baseline = Value(
            objective.baseline_value,
            metric.unit,
            objective.baseline_numerator,
            objective.baseline_denominator,
            objective.baseline_coverage,
        )
    then = None if baseline is None else disclosed(metric.key, baseline)
    here = disclosed(metric.key, now)
    return MeasureLine(
        objective=objective.title,
        measure=metric.title,
        formula=metric.formula,
        baseline=then,
        baseline_on=taken,
        baseline_days=None if taken is None else baseline_days(taken, starts_on),
        now=here,
        target=objective.target,
        standing=standing(metric, then, here, objective.target),
        **_about(objective),
    )
