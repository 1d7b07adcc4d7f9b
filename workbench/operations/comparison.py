"""Comparison: communities of one type side by side, by activity and by what shows their value; never ranked.

The window shows it; communities stand in the order of their names.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workbench.cancel import CancelToken
from workbench.clock import local_day
from workbench.errors import BadInputError
from workbench.export.gather import MEASURE_DAYS
from workbench.export.standings import disclosed, hand_standing, standing
from workbench.export.summary import Standing as Way
from workbench.ids import CommunityId, PlanId
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import measure, measure_all
from workbench.metrics.families import offices_of
from workbench.metrics.participation import written_by
from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window, last_days
from workbench.models.database import Reader
from workbench.models.kinds import AskedBy, CardColumn, CommunityType
from workbench.operations.scorecard import ScoreLine, scorecard
from workbench.plans.views import HAND_KEPT
from workbench.queries.benchmarks import BenchmarkRow, benchmarks
from workbench.queries.community_card import CommunityCardRow, community_cards
from workbench.queries.comparison import plans_of
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.frames import FramePart, load_frame
from workbench.queries.plans import ObjectiveRow, plan_cards, plan_objectives
from workbench.queries.scope import Scope

MEASURES: Final = (
    "interactive_users",
    "contributors",
    "new_contributors",
    "messages",
    "reply_rate",
    "first_reply_hours",
    "curiosity",
    "dialogue_share",
    "two_way",
    "cross_office",
    "absence_factor",
    "organisations",
    "co_creation",
    "collective_intelligence",
)


@dataclass(frozen=True, slots=True)
class ValueEvidence:
    """What plans for a community show: objectives reached out of all, done cards with evidence out of all done."""

    reached: int
    objectives: int
    evidenced: int
    done: int


@dataclass(frozen=True, slots=True)
class ComparedCommunity:
    """One column. `offices` is how many offices those who wrote are known to come from."""

    card: CommunityCardRow
    lines: tuple[ScoreLine, ...]
    offices: Value
    evidence: ValueEvidence

    def line(self, key: str) -> ScoreLine:
        """The line of one measure; KeyError where it is not compared."""
        for line in self.lines:
            if line.metric.key == key:
                return line
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Communities of one type by name. `bottom_up` is the share members asked for, as the measure tells it.

    `communities` are the columns asked for; the rest is about all `many` of the type. `offices` and `organisations`
    count each once over all of them.
    """

    type: CommunityType | None
    window: Window
    communities: tuple[ComparedCommunity, ...]
    many: int
    benchmarks: dict[str, BenchmarkRow]
    bottom_up: Value
    not_said: int
    coordinated: Value
    offices: Value
    organisations: Value

    @property
    def ids(self) -> tuple[CommunityId, ...]:
        """Those that have a column, in their order."""
        return tuple(each.card.community_id for each in self.communities)


def compare(
    reader: Reader,
    *,
    ids: Sequence[CommunityId],
    window: Window,
    as_of: datetime,
    columns: Collection[CommunityId] | None = None,
    cancel: CancelToken | None = None,
) -> Comparison:
    """The communities side by side over one window; `columns` says which of them get one, None all.

    Refuses none at all, one that is not here, and communities of several types (BadInputError).
    """
    stop = cancel or CancelToken()
    cards = [card for card in community_cards(reader, tuple(ids)) if card.community_id in set(ids)] if ids else []
    if not cards or len(cards) != len(set(ids)):
        raise BadInputError(reason="There is no such community.")
    if len({card.type for card in cards}) > 1:
        raise BadInputError(reason="Communities of several types are not compared: their targets differ.")
    kind, scope = cards[0].type, tuple(card.community_id for card in cards)
    shown = cards if columns is None else [card for card in cards if card.community_id in columns]
    plans = plans_of(reader, tuple(card.community_id for card in shown)) if shown else {}
    compared: list[ComparedCommunity] = []
    for card in shown:
        stop.check()
        own: Scope = (card.community_id,)
        lines = _in_order(scorecard(reader, scope=own, window=window, as_of=as_of, keys=MEASURES).lines)
        evidence = value_evidence(reader, plans.get(card.community_id, ()), scope=own, as_of=as_of)
        offices = _offices(reader, own, window, as_of, covered=lines[0].now.coverage)
        compared.append(ComparedCommunity(card, lines, offices, evidence))
    organisations = measure(reader, "organisations", scope=scope, windows=[window], as_of=as_of)[0]
    said = [card.asked_by for card in cards if card.asked_by is not None]
    return Comparison(
        kind,
        window,
        tuple(compared),
        len(cards),
        benchmarks(reader, kind),
        share(said.count(AskedBy.MEMBERS), len(cards)) if said else Value(None, Unit.SHARE, None, len(cards)),
        len(cards) - len(said),
        share(sum(card.has_coordinator for card in cards), len(cards)),
        _offices(reader, scope, window, as_of, covered=organisations.coverage),
        organisations,
    )


def value_evidence(reader: Reader, plans: Sequence[PlanId], *, scope: Scope, as_of: datetime) -> ValueEvidence:
    """What these plans show. A measure is taken over the last 90 days, as in reports; one by hand is its last reading.

    Told from what may leave: an objective about fewer than five people is not said to be reached.
    """
    objectives = [each for plan in plans for each in plan_objectives(reader, plan) if not each.is_archived]
    done = [
        card
        for plan in plans
        for card in plan_cards(reader, plan)
        if card.column is CardColumn.DONE and not card.is_archived
    ]
    keys = list(dict.fromkeys(each.measure for each in objectives if each.measure != HAND_KEPT))
    windows = [last_days(MEASURE_DAYS, as_of)]
    values = measure_all(reader, keys, scope=scope, windows=windows, as_of=as_of)
    reached = sum(_is_reached(each, values, as_of) for each in objectives)
    return ValueEvidence(reached, len(objectives), sum(bool(card.evidence) for card in done), len(done))


def _is_reached(objective: ObjectiveRow, values: dict[str, list[Value]], as_of: datetime) -> bool:
    if objective.measure == HAND_KEPT:
        known = [reading.value for reading in objective.readings if reading.on <= local_day(as_of)]
        return hand_standing(objective, known[-1] if known else None) is Way.REACHED
    now = disclosed(objective.measure, values[objective.measure][0])
    return standing(find_metric(objective.measure), None, now, objective.target) is Way.REACHED


def _offices(reader: Reader, scope: Scope, window: Window, as_of: datetime, *, covered: float | None) -> Value:
    """How many offices those who wrote in the window are known to come from.

    Nothing where somebody wrote and nobody's office is known, nor where too few days are known to say that nobody did.
    """
    parts = FramePart.WRITTEN | FramePart.OFFICES
    frame = load_frame(reader, scope, start=window.start, end=window.end, as_of=as_of, parts=parts)
    wrote = written_by(frame, window)
    count = offices_of(frame, wrote)
    is_told = count or not (wrote or (covered or 0.0) < MINIMUM_COVERAGE)
    return Value(count if is_told else None, Unit.OFFICES, count, coverage=covered, window=window)


def _in_order(lines: Sequence[ScoreLine]) -> tuple[ScoreLine, ...]:
    by_key = {line.metric.key: line for line in lines}
    return tuple(by_key[key] for key in MEASURES)
