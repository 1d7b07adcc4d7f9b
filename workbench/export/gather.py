"""Gathering a PlanSummary: plan, live measures, charts and coverage read at one moment, disclosed, and frozen."""

from datetime import date, datetime, timedelta

from workbench import __version__
from workbench.errors import BadInputError
from workbench.export.charts import ChartData, Point
from workbench.export.figures import Figure
from workbench.export.summary import (
    CardLine,
    CheckpointLine,
    ColumnBlock,
    MeasureLine,
    NamesDisclosure,
    PlanSummary,
    Standing,
)
from workbench.ids import PlanId
from workbench.metrics.catalog import Metric, find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.disclosure import is_withheld
from workbench.metrics.value import Value
from workbench.metrics.window import Window, last_days, weeks
from workbench.models.database import Reader
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.horizon import day_label, ends_on, phase
from workbench.queries.coverage import MINIMUM_COVERAGE, coverage_share, known_until
from workbench.queries.plans import CardRow, ObjectiveRow, plan_cards, plan_checkpoints, plan_objectives, plan_row
from workbench.queries.scope import Scope

MEASURE_DAYS = 90
NEXT_DAYS = 30
CHART_KEYS = ("messages", "reply_rate")
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


def gather(reader: Reader, plan_id: PlanId, *, as_of: datetime, names: NamesDisclosure | None = None) -> PlanSummary:
    """The summary of one plan; refuses an unknown plan (BadInputError).

    A measure's "now" is taken over the 90 days up to `as_of`, as its baseline was over the 90 days up to day 0: like is
    compared with like, and on day 90 the window is exactly the plan's own.
    """
    plan = plan_row(reader, plan_id)
    if plan is None:
        message = "There is no such plan."
        raise BadInputError(message)
    today = as_of.date()
    scope: Scope = () if plan.community_id is None else (plan.community_id,)
    cards = [card for card in plan_cards(reader, plan_id) if not card.is_archived]
    due = [
        card
        for card in cards
        if card.column is not CardColumn.DONE and card.due_on is not None and card.due_on <= today + NEXT_DAYS * _DAY
    ]
    due.sort(key=lambda card: (card.due_on or date.max, card.position, card.id))
    last = ends_on(plan.starts_on)
    # The day of `as_of` is not over, so nobody can know all of it: it is no gap.
    elapsed = min(today - _DAY, last)
    return PlanSummary(
        plan=plan.name,
        purpose=plan.purpose,
        owner=plan.owner,
        community=plan.community_name,
        starts_on=plan.starts_on,
        ends_on=last,
        day_words=day_label(plan.starts_on, today),
        phase=PHASE_TITLES[phase(plan.starts_on, today).value],
        as_of=as_of,
        known_until=known_until(reader, scope),
        coverage=coverage_share(reader, scope, plan.starts_on, elapsed) if plan.starts_on <= elapsed else None,
        columns=tuple(
            ColumnBlock(title, tuple(_card(card, today, names) for card in cards if card.column is column))
            for column, title in COLUMN_TITLES.items()
        ),
        measures=_measures(reader, plan_objectives(reader, plan_id), scope, as_of),
        next_days=tuple(_card(card, today, names) for card in due),
        checkpoints=tuple(
            CheckpointLine(checkpoint.day, checkpoint.falls_on, is_past=checkpoint.falls_on < today)
            for checkpoint in plan_checkpoints(reader, plan_id)
        ),
        pillars=tuple(
            (title, sum(1 for card in cards if card.pillar is pillar)) for pillar, title in PILLAR_TITLES.items()
        ),
        hours_planned=sum(card.hours or 0.0 for card in cards),
        hours_done=sum(card.hours or 0.0 for card in cards if card.column is CardColumn.DONE),
        charts=_charts(reader, scope, plan.starts_on, as_of),
        names=names,
        program=f"Community Workbench {__version__}",
    )


def _card(card: CardRow, today: date, names: NamesDisclosure | None) -> CardLine:
    is_done = card.column is CardColumn.DONE
    return CardLine(
        title=card.title,
        pillar="" if card.pillar is None else PILLAR_TITLES[card.pillar],
        owner=card.owner if names is not None else "",
        due_on=card.due_on,
        hours=card.hours,
        done_on=card.done_on if is_done else None,
        is_late=not is_done and card.due_on is not None and card.due_on < today,
    )


def _measures(reader: Reader, objectives: list[ObjectiveRow], scope: Scope, as_of: datetime) -> tuple[MeasureLine, ...]:
    live = [objective for objective in objectives if not objective.is_archived]
    keys = list(dict.fromkeys(objective.measure for objective in live))
    values = measure_all(reader, keys, scope=scope, windows=[last_days(MEASURE_DAYS, as_of)], as_of=as_of)
    return tuple(
        _measure(objective, find_metric(objective.measure), values[objective.measure][0]) for objective in live
    )


def _measure(objective: ObjectiveRow, metric: Metric, now: Value) -> MeasureLine:
    baseline = None
    if objective.baseline_at is not None:
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
        baseline_on=None if objective.baseline_at is None else objective.baseline_at.date(),
        now=here,
        target=objective.target,
        standing=standing(metric, then, here, objective.target),
    )


def disclosed(key: str, value: Value) -> Figure:
    """A value as it may leave: withheld where it counts fewer than five people."""
    if is_withheld(key, value):
        return Figure(None, value.unit.value, coverage=value.coverage, is_withheld=True)
    return Figure(value.value, value.unit.value, value.numerator, value.denominator, value.coverage)


def standing(metric: Metric, baseline: Figure | None, now: Figure, target: float | None) -> Standing:
    """Where a measure stands, told from what may leave: a withheld figure must not show through its standing.

    Nothing is claimed of figures that are not known or cover less than 90 % of their days. Measures where less is
    better run downwards.
    """
    if target is None:
        return Standing.NO_TARGET
    if now.value is None or not _covers(now):
        return Standing.UNKNOWN
    sign = -1 if metric.higher_is_better is False else 1
    if sign * now.value >= sign * target:
        return Standing.REACHED
    if baseline is None or baseline.value is None or not _covers(baseline):
        return Standing.UNKNOWN
    return Standing.ON_THE_WAY if sign * now.value > sign * baseline.value else Standing.NOT_YET


def _covers(figure: Figure) -> bool:
    return figure.coverage is None or figure.coverage >= MINIMUM_COVERAGE


def _charts(reader: Reader, scope: Scope, starts_on: date, as_of: datetime) -> tuple[ChartData, ...]:
    """Whole weeks from 90 days before day 0 to `as_of`; a week that is not over or not known is not drawn."""
    first = starts_on - MEASURE_DAYS * _DAY
    first -= first.weekday() * _DAY
    today = as_of.date()
    end = min(today, ends_on(starts_on)) - min(today, ends_on(starts_on)).weekday() * _DAY
    if end <= first:
        return ()
    windows: list[Window] = weeks(first, end)
    values = measure_all(reader, CHART_KEYS, scope=scope, windows=windows, as_of=as_of)
    return tuple(
        ChartData(
            title=f"{find_metric(key).title} per week",
            unit=find_metric(key).unit.value,
            points=tuple(
                Point(window.start_on, value.value, is_known=(value.coverage or 0.0) >= MINIMUM_COVERAGE)
                for window, value in zip(windows, values[key], strict=True)
            ),
        )
        for key in CHART_KEYS
    )
