"""Plans: the list, the board's cards and the objectives, as projected from the plan documents."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workbench.ids import CardId, CommunityId, ObjectiveId, PlanId
from workbench.models.database import Reader
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus, Horizon, ObjectiveKind, Pillar
from workbench.models.moments import from_micros, maybe_from_micros
from workbench.models.plan_parts import (
    NO_TAGS,
    CheckItem,
    CheckpointMeasure,
    Evidence,
    ObjectiveTags,
    Reading,
    Recurrence,
    RoleLine,
    read_checklist,
    read_evidence,
    read_measures,
    read_names,
    read_readings,
    read_roles,
    read_tags,
)
from workbench.queries.scope import EVERYTHING, NOWHERE, Scope


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with how many of its cards stand in each column; archived cards are not counted."""

    id: PlanId
    name: str
    purpose: str
    owner: str
    community_id: CommunityId | None
    community_name: str
    starts_on: date
    is_archived: bool
    created_at: datetime
    todo: int
    doing: int
    done: int
    problem: str = ""
    value_for_organisation: str = ""
    value_for_members: str = ""
    sponsor: str = ""
    roles: tuple[RoleLine, ...] = ()
    risks: str = ""
    alignment: str = ""
    weekly_hours: float = 5.0
    holidays: str = ""
    follows: str = ""
    worked: str = ""
    did_not_work: str = ""
    lessons: str = ""
    community_place: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        """Whether its community is mirrored here; a plan that names none is for all of them."""
        return self.community_id is not None or not self.community_name

    @property
    def scope(self) -> Scope:
        """The communities whose numbers are the plan's: its own, all, or `NOWHERE`."""
        if self.community_id is not None:
            return (self.community_id,)
        return EVERYTHING if self.is_here else NOWHERE

    @property
    def community(self) -> str:
        """Its community in words; "" for all of them."""
        return self.community_name if self.is_here else f"{self.community_name} (not mirrored here)"


@dataclass(frozen=True, slots=True)
class CardRow:
    """An activity on the board, one row for each time of a series; fields as in `plans.views.CardView`."""

    id: CardId
    plan_id: PlanId
    column: CardColumn
    position: str
    title: str
    pillar: Pillar | None
    owner: str
    due_on: date | None
    hours: float | None
    notes: str
    done_on: date | None
    is_archived: bool
    has_conflict: bool
    kind: CardKind = CardKind.ACTIVITY
    focus: Focus | None = None
    channel: Channel | None = None
    starts_on: date | None = None
    starts_day: int | None = None
    due_day: int | None = None
    objective_id: ObjectiveId | None = None
    promised_to: str = ""
    checklist: tuple[CheckItem, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    recurrence: Recurrence | None = None
    series_id: CardId | None = None
    occurrence: int = 0
    own: frozenset[str] = frozenset()
    came_of: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """A goal with its measure and the baseline frozen on day 0; fields as in `plans.views.ObjectiveView`."""

    id: ObjectiveId
    plan_id: PlanId
    position: str
    title: str
    measure: str
    target: float | None
    baseline_value: float | None
    baseline_numerator: float | None
    baseline_denominator: float | None
    baseline_coverage: float | None
    baseline_at: datetime | None
    is_archived: bool
    kind: ObjectiveKind | None = None
    problem: str = ""
    tags: ObjectiveTags = NO_TAGS
    alignment: str = ""
    horizon: Horizon | None = None
    due: date | None = None
    due_day: int | None = None
    hand_unit: str = ""
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """Day 30, 60 or 90 of a plan; locked, it stays as it is."""

    day: int
    falls_on: date
    measures: tuple[CheckpointMeasure, ...] = ()
    what_worked: str = ""
    decisions: str = ""
    next_steps: str = ""
    locked_at: datetime | None = None
    locked_by: str = ""


_PLANS = """
SELECT id, name, purpose, owner, community_id, community_name, starts_on, is_archived, created_at,
  problem, value_for_organisation, value_for_members, sponsor, roles, risks, alignment, weekly_hours, holidays, follows,
  worked, did_not_work, lessons, community_place FROM plan
"""
_COLUMNS = 'SELECT plan_id, "column", count(*) FROM card WHERE NOT is_archived GROUP BY plan_id, "column"'
_CARDS = """
SELECT id, plan_id, "column", position, title, pillar, owner, due_on, hours, notes, done_on, is_archived, has_conflict,
  kind, focus, channel, starts_on, starts_day, due_day, objective_id, promised_to, checklist, evidence, every_days,
  until_day, series_id, occurrence, own, came_of
FROM card WHERE plan_id = ? ORDER BY position, id
"""
_OBJECTIVES = """
SELECT id, plan_id, position, title, measure, target, baseline_value, baseline_numerator, baseline_denominator,
  baseline_coverage, baseline_at, is_archived, kind, problem, tags, alignment, horizon, due, due_day, hand_unit,
  readings
FROM objective WHERE plan_id = ? ORDER BY position, id
"""
_CHECKPOINTS = """
SELECT day, falls_on, measures, what_worked, decisions, next_steps, locked_at, locked_by
FROM checkpoint WHERE plan_id = ? ORDER BY day
"""


def list_plans(reader: Reader) -> list[PlanRow]:
    """Every plan by name, archived ones too."""
    cards: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for plan_id, column, count in reader.rows(_COLUMNS):
        cards[plan_id][column] = count
    rows = [_plan(row, cards[row[0]]) for row in reader.rows(_PLANS)]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def find_plan(reader: Reader, name: str) -> PlanRow | None:
    """The plan a person means by `name`: the same letters in any case, else the only one that begins so."""
    wanted = name.strip().casefold()
    plans = list_plans(reader)
    same = [plan for plan in plans if plan.name.casefold() == wanted]
    if same:
        return same[0]
    begins = [plan for plan in plans if wanted and plan.name.casefold().startswith(wanted)]
    return begins[0] if len(begins) == 1 else None


def plan_row(reader: Reader, plan_id: PlanId) -> PlanRow | None:
    """One plan; None where there is none of this id."""
    return next((plan for plan in list_plans(reader) if plan.id == plan_id), None)


def plan_cards(reader: Reader, plan_id: PlanId) -> list[CardRow]:
    """The cards of a plan in board order: column by column, from the top; archived ones too."""
    order = list(CardColumn)
    cards = [_card(row) for row in reader.rows(_CARDS, (plan_id,))]
    return sorted(cards, key=lambda card: order.index(card.column))


def plan_objectives(reader: Reader, plan_id: PlanId) -> list[ObjectiveRow]:
    """The objectives of a plan in their order; archived ones too."""
    return [_objective(row) for row in reader.rows(_OBJECTIVES, (plan_id,))]


def plan_checkpoints(reader: Reader, plan_id: PlanId) -> list[CheckpointRow]:
    """The checkpoints of a plan, first to last."""
    rows = reader.rows(_CHECKPOINTS, (plan_id,))
    return [
        CheckpointRow(
            day, date.fromisoformat(on), read_measures(measures), worked, decisions, after, maybe_from_micros(at), by
        )
        for day, on, measures, worked, decisions, after, at, by in rows
    ]


def pillar_balance(cards: Iterable[CardRow]) -> dict[Pillar, int]:
    """{pillar: how many cards serve it}; a series counts once, an archived card not at all."""
    seen = {(card.series_id or card.id, card.pillar) for card in cards if card.pillar and not card.is_archived}
    counts = Counter(pillar for _, pillar in seen)
    return {pillar: counts[pillar] for pillar in Pillar}


def _plan(row: tuple[Any, ...], cards: Counter[str]) -> PlanRow:
    id_, name, purpose, owner, community_id, community_name, starts_on, is_archived, created_at, *charter = row
    problem, for_organisation, for_members, sponsor, roles, risks, alignment, weekly_hours, holidays, *rest = charter
    follows, worked, did_not_work, lessons, place = rest
    return PlanRow(
        id=id_,
        name=name,
        purpose=purpose,
        owner=owner,
        community_id=community_id,
        community_name=community_name,
        starts_on=date.fromisoformat(starts_on),
        is_archived=bool(is_archived),
        created_at=from_micros(created_at),
        todo=cards[CardColumn.TODO],
        doing=cards[CardColumn.DOING],
        done=cards[CardColumn.DONE],
        problem=problem,
        value_for_organisation=for_organisation,
        value_for_members=for_members,
        sponsor=sponsor,
        roles=read_roles(roles),
        risks=risks,
        alignment=alignment,
        weekly_hours=weekly_hours,
        holidays=holidays,
        follows=follows,
        worked=worked,
        did_not_work=did_not_work,
        lessons=lessons,
        community_place=read_names(place),
    )


def _objective(row: tuple[Any, ...]) -> ObjectiveRow:
    id_, plan_id, position, title, measure, target, value, numerator, denominator, coverage, at, *rest = row
    is_archived, kind, problem, tags, alignment, horizon, due, due_day, hand_unit, readings = rest
    return ObjectiveRow(
        id=id_,
        plan_id=plan_id,
        position=position,
        title=title,
        measure=measure,
        target=target,
        baseline_value=value,
        baseline_numerator=numerator,
        baseline_denominator=denominator,
        baseline_coverage=coverage,
        baseline_at=maybe_from_micros(at),
        is_archived=bool(is_archived),
        kind=None if kind is None else ObjectiveKind(kind),
        problem=problem,
        tags=read_tags(tags),
        alignment=alignment,
        horizon=None if horizon is None else Horizon(horizon),
        due=_day(due),
        due_day=due_day,
        hand_unit=hand_unit,
        readings=read_readings(readings),
    )


def _card(row: tuple[Any, ...]) -> CardRow:
    id_, plan_id, column, position, title, pillar, owner, due_on, hours, notes, done_on, is_archived, *more = row
    conflict, kind, focus, channel, starts_on, starts_day, due_day, objective_id, promised_to, *rest = more
    checklist, evidence, every_days, until_day, series_id, occurrence, own, came_of = rest
    return CardRow(
        id=id_,
        plan_id=plan_id,
        column=CardColumn(column),
        position=position,
        title=title,
        pillar=None if pillar is None else Pillar(pillar),
        owner=owner,
        due_on=_day(due_on),
        hours=hours,
        notes=notes,
        done_on=_day(done_on),
        is_archived=bool(is_archived),
        has_conflict=bool(conflict),
        kind=CardKind(kind),
        focus=None if focus is None else Focus(focus),
        channel=None if channel is None else Channel(channel),
        starts_on=_day(starts_on),
        starts_day=starts_day,
        due_day=due_day,
        objective_id=objective_id,
        promised_to=promised_to,
        checklist=read_checklist(checklist) if checklist != "[]" else (),
        evidence=read_evidence(evidence) if evidence != "[]" else (),
        recurrence=None if every_days is None else Recurrence(every_days, until_day),
        series_id=series_id,
        occurrence=occurrence,
        own=frozenset(read_names(own)) if own != "[]" else frozenset(),
        came_of=came_of,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
