"""Gathering an office's own snapshot: plan states and weekly sums, disclosed and without a name of anybody.

Owners, sponsors, roles, cards, the words of objectives and checkpoints never get here; what is left are counts,
measures of the catalogue, and the names of plans and communities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from workbench.clock import local_day
from workbench.export.figures import Figure
from workbench.export.gather import MEASURE_DAYS, disclosed, moved, standing
from workbench.export.summary import Standing
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.disclosure import MINIMUM_PEOPLE
from workbench.metrics.suppression import suppress
from workbench.metrics.value import Value
from workbench.metrics.window import last_days
from workbench.models.database import Reader
from workbench.models.kinds import CardColumn
from workbench.models.plan_parts import HAND_KEPT, Reading
from workbench.plans.horizon import day_number
from workbench.queries.coverage import covered, days_known, known_until
from workbench.queries.plans import (
    CheckpointRow,
    ObjectiveRow,
    PlanRow,
    list_plans,
    plan_cards,
    plan_checkpoints,
    plan_objectives,
)
from workbench.queries.rollup import ToldCommunity, community_key, told_communities
from workbench.queries.scope import Scope
from workbench.queries.series import WeekRow, week_activity
from workbench.sync.rollup_snapshot import (
    MOST_TEXT,
    WHOLE_OFFICE,
    CheckpointState,
    CommunityState,
    ObjectiveState,
    OfficeSnapshot,
    OfficeState,
    PlanState,
    Told,
    WeekState,
)

WEEKS: Final = 8
"""Each file states so many weeks anew: late mail changes them, and one that is lost is made good by the next."""
LAST_PLAN_DAY: Final = 365
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def gather_office(
    reader: Reader, *, name: str, country: str | None, as_of: datetime, weeks: int = WEEKS
) -> OfficeSnapshot:
    """What this profile tells of its office at `as_of`: the last `weeks` whole weeks, and plans of up to a year ago."""
    today = as_of.date()
    first = today - today.weekday() * _DAY - weeks * _WEEK
    last = first + (weeks - 1) * _WEEK
    communities = told_communities(reader)
    plans = [plan for plan in list_plans(reader) if day_number(plan.starts_on, today) <= LAST_PLAN_DAY]
    return OfficeSnapshot(
        OfficeState(name, country, first, last, known_until(reader, ())),
        tuple(_plan(reader, plan, communities, as_of) for plan in plans),
        _communities(reader, communities, first, last),
    )


def _communities(
    reader: Reader, communities: Sequence[ToldCommunity], first: date, last: date
) -> tuple[CommunityState, ...]:
    """Each community, and the whole office, with small counts of people blank so that totals give none away."""
    told = {community.key: _weeks(reader, (community.id,), first, last) for community in communities}
    whole = _weeks(reader, (), first, last)
    for week in sorted(whole):
        holding = [weeks for weeks in told.values() if week in weeks]
        people = [weeks[week].contributors or 0 for weeks in holding]
        blank = suppress(people, whole[week].contributors or 0)
        for place in blank.cells:
            holding[place][week] = _withheld(holding[place][week])
        if blank.total:
            whole[week] = _withheld(whole[week])
    states = [
        CommunityState(each.key, each.name[:MOST_TEXT], each.type, _in_order(told[each.key]))
        for each in communities
        if told[each.key]
    ]
    if whole:
        states.append(CommunityState(WHOLE_OFFICE, "", None, _in_order(whole)))
    return tuple(states)


def _weeks(reader: Reader, scope: Scope, first: date, last: date) -> dict[date, WeekState]:
    """The weeks of which something is known or was found; one that is not known is left out, since it is not zero."""
    known = covered(reader, scope, first, last + 6 * _DAY)
    found = {}
    for row in week_activity(reader, scope, first, last):
        days = days_known(known, row.week, row.week + 6 * _DAY)
        if days or row.messages:
            found[row.week] = _week(row, days)
    return found


def _week(row: WeekRow, days: int) -> WeekState:
    hours = row.first_reply_median_hours if row.replied_roots >= MINIMUM_PEOPLE else None
    return WeekState(
        week=row.week,
        known_days=days,
        messages=row.messages,
        contributors=row.contributors,
        threads=row.roots,
        replied_threads=row.replied_roots,
        first_reply_hours=None if hours is None else round(hours, 2),
    )


def _withheld(week: WeekState) -> WeekState:
    return replace(week, contributors=None, is_withheld=True)


def _in_order(weeks: Mapping[date, WeekState]) -> tuple[WeekState, ...]:
    return tuple(weeks[week] for week in sorted(weeks))


def _plan(reader: Reader, plan: PlanRow, communities: Sequence[ToldCommunity], as_of: datetime) -> PlanState:
    today = local_day(as_of)
    community = next((each for each in communities if each.id == plan.community_id), None)
    cards = [card for card in plan_cards(reader, plan.id) if not card.is_archived]
    at = {column: [card for card in cards if card.column is column] for column in CardColumn}
    open_cards = [*at[CardColumn.TODO], *at[CardColumn.DOING]]
    return PlanState(
        plan_id=plan.id,
        name=plan.name[:MOST_TEXT],
        community_key=_key(plan, community),
        community=plan.community_name[:MOST_TEXT],
        community_type=None if community is None else community.type,
        starts_on=plan.starts_on,
        day=day_number(plan.starts_on, today),
        is_archived=plan.is_archived,
        todo=len(at[CardColumn.TODO]),
        doing=len(at[CardColumn.DOING]),
        done=len(at[CardColumn.DONE]),
        late=sum(1 for card in open_cards if card.due_on is not None and card.due_on < today),
        hours_planned=sum(card.hours or 0.0 for card in cards),
        hours_done=sum(card.hours or 0.0 for card in at[CardColumn.DONE]),
        objectives=_objectives(reader, plan, as_of),
        checkpoints=tuple(_checkpoint(each) for each in plan_checkpoints(reader, plan.id)),
    )


def _key(plan: PlanRow, community: ToldCommunity | None) -> str:
    """What offices know its community by, also while it is not mirrored here."""
    if community is not None:
        return community.key
    if plan.is_here:
        return WHOLE_OFFICE
    kind, *_, remote_id = plan.community_place or ("", plan.community_name)
    return community_key(kind, remote_id)


def _checkpoint(row: CheckpointRow) -> CheckpointState:
    decisions = sum(1 for line in row.decisions.splitlines() if line.strip())
    return CheckpointState(row.day, row.falls_on, row.locked_at is not None, decisions)


def _objectives(reader: Reader, plan: PlanRow, as_of: datetime) -> tuple[ObjectiveState, ...]:
    rows = [row for row in plan_objectives(reader, plan.id) if not row.is_archived]
    keys = list(dict.fromkeys(row.measure for row in rows if row.measure != HAND_KEPT))
    values = measure_all(reader, keys, scope=plan.scope, windows=[last_days(MEASURE_DAYS, as_of)], as_of=as_of)
    return tuple(
        _by_hand(place, row, plan.starts_on, local_day(as_of))
        if row.measure == HAND_KEPT
        else _measured(place, row, values[row.measure][0])
        for place, row in enumerate(rows)
    )


def _measured(place: int, row: ObjectiveRow, now: Value) -> ObjectiveState:
    metric = find_metric(row.measure)
    baseline = None
    if row.baseline_at is not None:
        stored = (row.baseline_value, metric.unit, row.baseline_numerator, row.baseline_denominator)
        baseline = disclosed(metric.key, Value(*stored, row.baseline_coverage))
    here = disclosed(metric.key, now)
    return ObjectiveState(
        position=place,
        measure=metric.key,
        unit=metric.unit.value,
        standing=standing(metric, baseline, here, row.target).value,
        now=_told(here),
        target=row.target,
        baseline=None if baseline is None else _told(baseline),
        baseline_on=None if row.baseline_at is None else row.baseline_at.date(),
    )


def _told(figure: Figure) -> Told:
    return Told(figure.value, figure.numerator, figure.denominator, figure.coverage, figure.is_withheld)


def _by_hand(place: int, row: ObjectiveRow, starts_on: date, today: date) -> ObjectiveState:
    """A measure that people read and type; what it counts nobody can know, so a whole number below five is withheld."""
    readings = sorted((each for each in row.readings if each.on <= today), key=lambda each: each.on)
    before = [each for each in readings if each.on <= starts_on]
    baseline, now = ((before or readings[:1])[-1], readings[-1]) if readings else (None, None)
    first, last = _read(baseline), _read(now)
    return ObjectiveState(
        position=place,
        measure=HAND_KEPT,
        unit=row.hand_unit[:MOST_TEXT],
        standing=_hand_standing(first, last, row.target).value,
        now=last,
        target=row.target,
        baseline=first,
        baseline_on=None if baseline is None else baseline.on,
        is_by_hand=True,
    )


def _read(reading: Reading | None) -> Told:
    if reading is None:
        return Told()
    if reading.value == int(reading.value) and 0 <= reading.value < MINIMUM_PEOPLE:
        return Told(is_withheld=True)
    return Told(reading.value)


def _hand_standing(first: Told, last: Told, target: float | None) -> Standing:
    """Which way is better follows from the target: it lies beyond the baseline."""
    if target is None:
        return Standing.NO_TARGET
    if first.value is None or last.value is None:
        return Standing.UNKNOWN
    sign = 1 if target >= first.value else -1
    if sign * last.value >= sign * target:
        return Standing.REACHED
    return moved(sign * (last.value - first.value))
