"""Scorecard: the measures of a community over one window, compared, judged by its type, and explained.

The window and the command line show this same one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.metrics.catalog import CATALOG, Family, Metric, Section, find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.metric import Sight
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.models.kinds import CommunityType
from workbench.operations.kept import KeptMeasures
from workbench.operations.page_measures import card_of
from workbench.operations.sight import Unseen, blind_spots, unseen
from workbench.operations.standing import Standing
from workbench.queries.beginnings import LEFT_CENSORED
from workbench.queries.communities import community_names, community_type
from workbench.queries.coverage import MINIMUM_COVERAGE, known_until
from workbench.queries.roster import MembersAre, members_are
from workbench.queries.scope import Scope
from workbench.queries.share_known import whole_percents

NEARLY: Final = 0.8
"""A value that reaches this share of its target is worth a watch, below it is bad (our default)."""

FAMILY_TITLES: Final[Mapping[Family, str]] = {
    Family.PARTICIPATION: "Participation",
    Family.ENGAGEMENT: "Engagement",
    Family.INVOLVEMENT: "Involvement",
    Family.COLLABORATION: "Collaboration",
    Family.CO_CREATION: "Co-creation",
}
SECTION_TITLES: Final[Mapping[Section, str]] = {
    Section.PARTICIPATION: "Who takes part",
    Section.ANSWERS: "Answers",
    Section.DIALOGUE: "How people talk",
    Section.NETWORK: "Ties",
    Section.BEHAVIOURS: "What they do together",
    Section.NEWCOMERS: "Newcomers",
    Section.ADOPTION: "Adoption",
    Section.PROGRAMME: "Programme",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """The value of another window; `why_not` says why it must not be compared, "" where it may."""

    value: Value
    why_not: str = ""

    @property
    def is_comparable(self) -> bool:
        """Whether both windows are known well enough, and both say something."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a value says of itself. `numbers` are what was put into the formula, as (what, how many).

    `unseen` are sentences on what the number leaves out, `doubts` on what may be wrong with it.
    """

    formula: str
    source: str
    numbers: tuple[tuple[str, float], ...]
    window: Window
    coverage: float
    target: float | None
    stretch: float | None
    unseen: tuple[str, ...]
    doubts: tuple[str, ...]
    moves: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One measure: what it is now, what it was, and how that stands."""

    metric: Metric
    now: Value
    previous: Compared
    year_ago: Compared
    standing: Standing
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class FamilyScore:
    """One family of the scorecard."""

    family: Family
    title: str
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The five families, and every other measure in the order of the catalogue."""

    scope: Scope
    community: str
    type: CommunityType | None
    window: Window
    as_of: datetime
    known_until: date | None
    families: tuple[FamilyScore, ...]
    others: tuple[ScoreLine, ...]

    @property
    def lines(self) -> tuple[ScoreLine, ...]:
        """Every line, those of the families first."""
        return (*(line for family in self.families for line in family.lines), *self.others)

    def line(self, key: str) -> ScoreLine:
        """The line of one measure; KeyError where it was not asked for."""
        for line in self.lines:
            if line.metric.key == key:
                return line
        raise KeyError(key)


def scorecard(
    reader: Reader,
    *,
    scope: Scope,
    window: Window,
    as_of: datetime,
    keys: Collection[str] | None = None,
    kept: KeptMeasures | None = None,
) -> Scorecard:
    """The scorecard of the communities of `scope`, those of the whole network together where it is empty.

    `keys` names the measures to be worked out (all). Refuses an unknown key or community (BadInputError). One
    community's type decides the targets; several together have none. With `kept` its `as_of` may be earlier the same
    day: the moment from which the numbers are, which nothing has changed since.
    """
    metrics = CATALOG if keys is None else tuple(find_metric(key) for key in dict.fromkeys(keys))
    name, kind = _whose(reader, scope)
    asked = card_of([metric.key for metric in metrics], window)
    values = (kept or measure_all)(reader, asked.keys, scope=scope, windows=asked.windows, as_of=as_of)
    as_of = as_of if kept is None else kept.as_of(as_of)
    known_by = members_are(reader, scope, before=window.end_on)
    lacking = unseen(reader, scope, known_by)
    lines = {
        metric.key: _line(
            metric,
            *values[metric.key],
            kind=kind,
            lacking=lacking,
            known_by=known_by,
        )
        for metric in metrics
    }
    families = tuple(
        FamilyScore(
            family, FAMILY_TITLES[family], tuple(line for line in lines.values() if line.metric.family is family)
        )
        for family in Family
    )
    others = tuple(line for line in lines.values() if line.metric.family is None)
    return Scorecard(scope, name, kind, window, as_of, known_until(reader, scope), families, others)


def _whose(reader: Reader, scope: Scope) -> tuple[str, CommunityType | None]:
    if not scope:
        return "All communities", None
    names = community_names(reader)
    if any(CommunityId(each) not in names for each in scope):
        raise BadInputError(reason="There is no such community.")
    if len(scope) == 1:
        return names[scope[0]], community_type(reader, scope[0])
    return ", ".join(sorted((names[each] for each in scope), key=str.casefold)), None


def _line(
    metric: Metric,
    now: Value,
    previous: Value,
    year_ago: Value,
    *,
    kind: CommunityType | None,
    lacking: Unseen,
    known_by: MembersAre,
) -> ScoreLine:
    is_share = Sight.SILENT_MEMBERS in metric.cannot
    now, previous, year_ago = (as_seen(metric, each, lacking) for each in (now, previous, year_ago))
    return ScoreLine(
        metric=metric,
        now=now,
        previous=Compared(previous, _why_not(metric, now, previous)),
        year_ago=Compared(year_ago, _why_not(metric, now, year_ago)),
        # Where only who wrote lately is known, a share of the members says nothing.
        standing=Standing.UNKNOWN if is_share and known_by is MembersAre.SEEN else standing(metric, now, kind),
        explanation=_explained(metric, now, kind, lacking),
    )


def standing(metric: Metric, value: Value, kind: CommunityType | None) -> Standing:
    """How a value stands by the target of this type of community; below 90 % coverage nothing is claimed.

    The days behind its window in which a measure follows what happened are part of that.
    """
    known = min(value.coverage or 0.0, reached(value) if metric.waits else 1.0)
    if value.value is None or known < MINIMUM_COVERAGE:
        return Standing.UNKNOWN
    target = metric.target(kind)
    if target is None or metric.higher_is_better is None:
        return Standing.NEUTRAL
    if metric.higher_is_better:
        return _judged(value.value >= target, is_near=value.value >= target * NEARLY)
    return _judged(value.value <= target, is_near=value.value * NEARLY <= target)


def _judged(is_met: bool, *, is_near: bool) -> Standing:  # noqa: FBT001 - one of two truths, the other one is named
    if is_met:
        return Standing.GOOD
    return Standing.WATCH if is_near else Standing.BAD


def _why_not(metric: Metric, now: Value, then: Value) -> str:
    for value, what in ((now, "this window"), (then, "the other window")):
        if (value.coverage or 0.0) < MINIMUM_COVERAGE:
            return _too_little(f"Of {what}", value.coverage or 0.0)
        if reached(value) < MINIMUM_COVERAGE:
            return _too_little(f"Of the days that count beside {what}", reached(value))
    if now.value is None or then.value is None:
        return f"There is no number for {'this window' if now.value is None else 'the other window'}."
    for value, what in ((now, "this window"), (then, "the other window")):
        if metric.counts_firsts and value.detail.get("may_not_be_first"):
            return f"The copy begins less than {LEFT_CENSORED.days} days before {what}: a first may be the first seen."
    return ""


def reached(value: Value) -> float:
    """How much is known of the days a value looks at beside its window; 1.0 where it looks at none."""
    others = [value.detail.get(name) for name in ("previous_coverage", "reach_coverage")]
    return min((each for each in others if isinstance(each, float)), default=1.0)


def _too_little(of: str, known: float) -> str:
    return f"{of} {whole_percents(known)} % is known; it takes {whole_percents(MINIMUM_COVERAGE)} %."


_MARKS: Final = {
    "may_not_be_first": "The copy begins less than 90 days before, so the first time may only be the first seen.",
}


def _explained(metric: Metric, value: Value, kind: CommunityType | None, lacking: Unseen) -> Explanation:
    upper, _, lower = metric.formula.partition(" / ")
    what = metric.numbers or (upper, lower)
    pairs = zip(what, (value.numerator, value.denominator), strict=False)
    if value.window is None:
        raise AssertionError  # `measure_all` puts it there
    return Explanation(
        formula=metric.formula,
        source=metric.source,
        numbers=tuple((words, number) for words, number in pairs if words and number is not None),
        window=value.window,
        coverage=value.coverage or 0.0,
        target=metric.target(kind),
        stretch=metric.next_target(kind),
        unseen=blind_spots(metric, lacking),
        doubts=doubts_of(value),
        moves=metric.moves,
    )


def doubts_of(value: Value) -> tuple[str, ...]:
    """What may be wrong with a value, in sentences."""
    said = value.detail.get("doubts", ())
    doubts = tuple(words for mark, words in _MARKS.items() if value.detail.get(mark))
    found = value.detail.get("reach_coverage")
    if isinstance(found, float) and found < MINIMUM_COVERAGE and not said:
        doubts += (f"Of the days it looks at beside the window {whole_percents(found)} % are known.",)
    return (*doubts, *(said if isinstance(said, tuple) else ()))


def as_seen(metric: Metric, value: Value, lacking: Unseen) -> Value:
    """The value, which says nothing where no source shows what the measure rests on."""
    return replace(value, value=None, numerator=None) if metric.rests_on in lacking.nowhere else value
