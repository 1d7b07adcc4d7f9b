"""Growth data: what the page shows, read in jobs and frozen; no Qt in here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.ids import CommunityId
from workbench.metrics.shape import BAND_WEEKS
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Database
from workbench.models.moments import DayRange
from workbench.operations import page_measures
from workbench.operations.kept import kept_measures
from workbench.operations.page_measures import GrowthQuestions, Question, growth_days, growth_questions
from workbench.operations.scorecard import ScoreLine, reached, scorecard
from workbench.queries.annotations import AnnotationRow, annotations
from workbench.queries.beginnings import began_on, first_seen_until
from workbench.queries.communities import community_names
from workbench.queries.coverage import MINIMUM_COVERAGE, gaps
from workbench.queries.frames_plans import HeadCount, head_count_on, head_counts
from workbench.queries.known import Known, all_days, read_known
from workbench.queries.scope import Scope

BY_MONTH: Final = page_measures.BY_MONTH
COMPARED: Final = page_measures.COMPARED
EXPLAINED: Final = page_measures.EXPLAINED
_DAY: Final = timedelta(days=1)

_Ask = Callable[[Question], dict[str, list[Value]]]


@dataclass(frozen=True, slots=True)
class MonthsData:
    """A value for each month of the span and one for the whole of it, by measure; `before` is of a year before."""

    windows: tuple[Window, ...]
    values: Mapping[str, tuple[Value, ...]]
    before: Mapping[str, tuple[Value, ...]]
    whole: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class WeekSum:
    """Messages of the week of a Monday, None where it is not known, and what is usual, where anybody can say."""

    monday: date
    messages: float | None
    usual: tuple[float, float] | None
    is_outside: bool


@dataclass(frozen=True, slots=True)
class GrowthData:
    """The window the page is about, and everything in it.

    `period` is what was chosen, None for all time. `past_gaps` are of the year before, moved to this one.
    """

    name: str
    community_id: CommunityId | None
    known: Known
    window: Window
    months: MonthsData
    weeks: tuple[WeekSum, ...]
    gaps: tuple[DayRange, ...]
    past_gaps: tuple[DayRange, ...]
    notes: tuple[AnnotationRow, ...]
    head_counts: tuple[HeadCount, ...]
    can_have_head_count: bool
    is_everywhere: bool
    first_seen_until: date | None
    began: date | None
    today: date
    period: DayRange | None = None

    @property
    def last(self) -> date:
        """The last day of the window."""
        return self.window.end_on - _DAY

    @property
    def head_count(self) -> HeadCount | None:
        """The head count that holds on the last day, or today where the days go up to yesterday."""
        return head_count_on(self.head_counts, self.today if self.window.end_on == self.today else self.last)


def read_growth(database: Database, *, scope: Scope, days: tuple[date, date] | None, now: datetime) -> GrowthData:
    """Everything on the page but the explanations; `days` None is all time."""
    with kept_measures(database) as (reader, kept):
        first, last = growth_days(days or all_days(reader, scope, now), today=now.astimezone(UTC).date())
        window = Window.between(first, last + _DAY)
        past = window.year_before
        names = community_names(reader)
        one = scope[0] if len(scope) == 1 else None
        began = began_on(reader, scope)
        asked = growth_questions(window)

        def ask(question: Question) -> dict[str, list[Value]]:
            return kept(reader, question.keys, scope=scope, windows=question.windows, as_of=now)

        return GrowthData(
            name=names.get(one, "") if one is not None else _name_of(scope),
            community_id=one,
            known=read_known(reader, scope, first, last, today=now.astimezone(UTC).date()),
            window=window,
            months=_months(asked, ask),
            weeks=_weeks(asked, ask, last=last),
            gaps=tuple(gaps(reader, scope, first, last)),
            past_gaps=_moved(gaps(reader, scope, past.start_on, past.end_on - _DAY), window.start_on - past.start_on),
            notes=tuple(annotations(reader, scope, first, last)),
            head_counts=head_counts(reader, scope),
            can_have_head_count=len(scope) <= 1,
            is_everywhere=not scope,
            first_seen_until=first_seen_until(reader, scope),
            began=began,
            today=now.astimezone(UTC).date(),
            period=None if days is None else DayRange(min(days[0], last), last),
        )


def read_lines(database: Database, *, scope: Scope, window: Window, now: datetime) -> dict[str, ScoreLine]:
    """What the values of the whole window say of themselves, by measure."""
    with kept_measures(database) as (reader, kept):
        card = scorecard(reader, scope=scope, window=window, as_of=now, keys=EXPLAINED, kept=kept)
    return {line.metric.key: line for line in card.lines}


def is_known(value: Value, *, last: date) -> bool:
    """Whether enough of a span is known to claim a number; the one that runs is told "so far" once it has any."""
    covered, window = value.coverage or 0.0, value.window
    if reached(value) < MINIMUM_COVERAGE:  # what came of it lies in days that nobody fetched
        return False
    if window is not None and window.end_on > last and (value.numerator or value.denominator):
        return True
    return covered >= MINIMUM_COVERAGE


def _name_of(scope: Scope) -> str:
    return f"{len(scope)} communities" if scope else "All communities"


def _months(asked: GrowthQuestions, ask: _Ask) -> MonthsData:
    values, both = ask(asked.by_month), ask(asked.compared)
    count = len(asked.months)
    found = {key: tuple(each[1:]) for key, each in values.items()} | {key: tuple(v[:count]) for key, v in both.items()}
    before = {key: tuple(each[count:]) for key, each in both.items()}
    return MonthsData(asked.months, found, before, {key: each[0] for key, each in values.items()})


def _weeks(asked: GrowthQuestions, ask: _Ask, *, last: date) -> tuple[WeekSum, ...]:
    """The weeks that begin in the window. What is usual rests on eight weeks before, so all of these must be known."""
    if asked.weeks is None or asked.judged is None:
        return ()
    sums, (judged,) = ask(asked.weeks)["messages"], ask(asked.judged)["burstiness"]
    # Fewer messages than none are not usual, however far the weeks before lie apart.
    usual = {monday: (max(0.0, low), high) for monday, _, low, high in _rows(judged.detail["weeks"])}
    outside = {monday for monday, *_ in _rows(judged.detail["outside"])}
    found = list[WeekSum]()
    whole = [(value.coverage or 0.0) >= MINIMUM_COVERAGE for value in sums]
    for place, monday in list(enumerate(asked.mondays))[BAND_WEEKS:]:
        value = sums[place]
        band = usual.get(monday) if all(whole[place - BAND_WEEKS : place + 1]) else None
        messages = value.numerator if is_known(value, last=last) else None
        found.append(WeekSum(monday, messages, band, band is not None and monday in outside))
    return tuple(found)


def _rows(found: object) -> Sequence[tuple[date, int, float, float]]:
    if not isinstance(found, tuple):
        raise TypeError(found)
    return found


def _moved(ranges: Sequence[DayRange], by: timedelta) -> tuple[DayRange, ...]:
    return tuple(DayRange(each.first + by, each.last + by) for each in ranges)
