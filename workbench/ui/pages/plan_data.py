"""Plan data: what the Plans page reads, each in one transaction away from the window, and the frozen answers."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workbench.clock import local_day
from workbench.ids import CardId, CommunityId, PlanId
from workbench.metrics.catalog import METRICS, Metric, find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window, last_days
from workbench.models.changes import Changes
from workbench.models.database import Database, Reader
from workbench.models.plan_parts import HAND_KEPT
from workbench.plans.closed_days import NONE, closed_days
from workbench.plans.hours import WeekHours, week_hours
from workbench.queries.communities import community_names
from workbench.queries.coverage import known_until
from workbench.queries.plans import CardRow, ObjectiveRow, PlanRow, list_plans, plan_cards, plan_objectives, plan_row
from workbench.queries.scope import Scope
from workbench.ui import numbers
from workbench.ui.qt_models.card_item import CardItem, card_item

MEASURE_DAYS = 90
"""A measure's "now" is taken over as many days as its baseline was, so that like is compared with like."""
MEASURED = (
    Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE | Changes.COMMUNITIES
    | Changes.MARKS | Changes.NOTES | Changes.PREFERENCES
)  # fmt: skip
"""What values of measures rest on beside plans: what is mirrored, and what the coordinator marked, typed or chose."""


@dataclass(frozen=True, slots=True)
class BoardData:
    """One plan to be shown as a board; archived objectives are left out, `archived` cards are apart."""

    plan: PlanRow
    rows: dict[CardId, CardRow]
    items: tuple[CardItem, ...]
    objectives: tuple[ObjectiveRow, ...]
    owners: tuple[str, ...]
    hours: tuple[WeekHours, ...] = ()
    closed: Container[date] = NONE
    """The holidays of the plan."""
    archived: tuple[CardRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PlansData:
    """Every plan in use, and the one asked for; `board` is None where that one is gone or archived.

    `scope` are the communities chosen in the window, `where` names them; both are empty for all communities.
    """

    plans: tuple[PlanRow, ...]
    board: BoardData | None
    archived: tuple[PlanRow, ...] = ()
    scope: Scope = ()
    where: str = ""

    @property
    def here(self) -> tuple[PlanRow, ...]:
        """The plans in use for the chosen communities."""
        return tuple(plan for plan in self.plans if is_in(plan, self.scope))


@dataclass(frozen=True, slots=True)
class ObjectiveData:
    """An objective as it stands now; `standing` is the word the summary for headquarters uses too.

    Without a `metric` it is kept by hand: `now` is its last reading, in the unit of the objective.
    """

    objective: ObjectiveRow
    metric: Metric | None
    now: Value
    standing: str


@dataclass(frozen=True, slots=True)
class MeasureOffer:
    """A measure that a plan can take: its value now and the target proposed for this type of community."""

    metric: Metric
    now: Value
    target: float | None

    @property
    def is_reached(self) -> bool:
        """Whether the value now is as good as the target for the type, or better: nobody sets out for less."""
        if self.target is None or self.now.value is None:
            return False
        sign = -1 if self.metric.higher_is_better is False else 1
        return sign * self.now.value >= sign * self.target

    @property
    def proposed(self) -> float | None:
        """The target worth proposing; None where there is none, or it is reached already."""
        return None if self.is_reached else self.target


@dataclass(frozen=True, slots=True)
class Outlook:
    """The baselines a plan would start with: each measure over the 90 days before day 0, `until` left out."""

    baselines: dict[str, Value]
    until: date
    known_until: date | None


def is_in(plan: PlanRow, scope: Scope) -> bool:
    """Whether a plan is for one of the chosen communities; with none chosen every plan is."""
    return not scope or plan.community_id in scope


def read_plans(database: Database, *, plan_id: PlanId | None, today: date, scope: Scope = ()) -> PlansData:
    """The plans, and the board of one of them."""
    with database.read() as reader:
        every, where = list_plans(reader), _scope_words(reader, scope)
        plans = tuple(plan for plan in every if not plan.is_archived)
        archived = tuple(plan for plan in every if plan.is_archived)
        found = None if plan_id is None else plan_row(reader, plan_id)
        if found is None or found.is_archived:
            return PlansData(plans, None, archived, scope, where)
        every_card = plan_cards(reader, found.id)
        objectives = tuple(each for each in plan_objectives(reader, found.id) if not each.is_archived)
    cards = [card for card in every_card if not card.is_archived]
    closed = closed_days(found.holidays)
    owners = {found.owner, *(card.owner for card in cards)} - {""}
    board = BoardData(
        plan=found,
        rows={card.id: card for card in cards},
        items=tuple(card_item(card, today=today) for card in cards),
        objectives=objectives,
        owners=tuple(sorted(owners, key=str.casefold)),
        hours=week_hours(cards, holidays=closed),
        closed=closed,
        archived=tuple(card for card in every_card if card.is_archived),
    )
    return PlansData(plans, board, archived, scope, where)


def read_objectives(
    database: Database,
    *,
    scope: Scope,
    objectives: Sequence[ObjectiveRow],
    now: datetime,
    starts_on: date = date.min,
) -> tuple[ObjectiveData, ...]:
    """Each objective's measure over the 90 days up to `now`, or its last reading, and where it stands.

    Up to `starts_on`, day 0 of their plan, nothing is said of their way.
    """
    # Words for documents bring Babel with them, which the window's first page can do without.
    from workbench.export.figures import Figure  # noqa: PLC0415 - see above
    from workbench.export.gather import begun, hand_standing, standing  # noqa: PLC0415 - see above

    def figure(value: Value) -> Figure:
        # Nothing is withheld here: the figures stay in the window of the person who may see them.
        return Figure(value.value, value.unit.value, value.numerator, value.denominator, value.coverage)

    keys = list(dict.fromkeys(each.measure for each in objectives if each.measure != HAND_KEPT))
    with database.read() as reader:
        windows = [last_days(MEASURE_DAYS, now)]
        values = measure_all(reader, keys, scope=scope, windows=windows, as_of=now)
    found, today = [], local_day(now)
    for objective in objectives:
        if objective.measure == HAND_KEPT:
            read = [reading.value for reading in objective.readings if reading.on <= today]
            last = Value(read[-1] if read else None, Unit.PEOPLE)
            said = begun(hand_standing(objective, last.value), starts_on, today)
            found.append(ObjectiveData(objective, None, last, said.value))
            continue
        metric, value = find_metric(objective.measure), values[objective.measure][0]
        baseline = baseline_of(objective, metric)
        word = standing(metric, None if baseline is None else figure(baseline), figure(value), objective.target)
        found.append(ObjectiveData(objective, metric, value, begun(word, starts_on, today).value))
    return tuple(found)


def read_outlook(database: Database, *, community_id: CommunityId | None, starts_on: date, now: datetime) -> Outlook:
    """What starting on `starts_on` would freeze, taken over the same days as `start_plan` takes it."""
    until = min(starts_on, now.date())
    window = Window.between(until - timedelta(days=MEASURE_DAYS), until)
    keys, scope = [metric.key for metric in METRICS], _scope(community_id)
    with database.read() as reader:
        values = measure_all(reader, keys, scope=scope, windows=[window], as_of=window.end)
        return Outlook({key: found[0] for key, found in values.items()}, until, known_until(reader, scope))


def read_communities(database: Database) -> dict[CommunityId, str]:
    """{id: name} of every community."""
    with database.read() as reader:
        return community_names(reader)


def baseline_of(objective: ObjectiveRow, metric: Metric) -> Value | None:
    """The frozen baseline as a value; None while nobody has frozen one."""
    if objective.baseline_at is None:
        return None
    return Value(
        objective.baseline_value,
        metric.unit,
        objective.baseline_numerator,
        objective.baseline_denominator,
        objective.baseline_coverage,
    )


def _scope(community_id: CommunityId | None) -> Scope:
    return () if community_id is None else (community_id,)


def _scope_words(reader: Reader, scope: Scope) -> str:
    if len(scope) > 1:
        return f"the {numbers.count(len(scope))} chosen communities"
    return community_names(reader).get(scope[0], "this community") if scope else ""
