"""Growth data: what the page shows, read in jobs and frozen; no Qt in here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.ids import CommunityId
from workbench.metrics.compute import measure, measure_all
from workbench.metrics.shape import BAND_WEEKS
from workbench.metrics.value import Value
from workbench.metrics.window import Window, months, months_before
from workbench.models.database import Database, Reader
from workbench.models.moments import DayRange, from_day, to_day
from workbench.operations.scorecard import ScoreLine, scorecard
from workbench.queries.annotations import AnnotationRow, annotations
from workbench.queries.beginnings import began_on, first_seen_until
from workbench.queries.communities import community_names
from workbench.queries.coverage import MINIMUM_COVERAGE, gaps
from workbench.queries.frames_plans import HeadCount, head_count_on, head_counts
from workbench.queries.known import Known, all_days, read_known
from workbench.queries.scope import Scope
from workbench.queries.weeks import WEEK_DAYS, monday_of

BY_MONTH: Final = ("adoption", "funnel", "greeted", "activated", "split")
COMPARED: Final = ("contributors", "new_contributors")
EXPLAINED: Final = (*BY_MONTH, *COMPARED, "burstiness")
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=WEEK_DAYS)
_SHORT_DAYS: Final = 92
_USUAL_MONTHS: Final = 12


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
    """The window the page is about, and everything in it. `past_gaps` are of the year before, moved to this one."""

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

    @property
    def last(self) -> date:
        """The last day of the window."""
        return self.window.end_on - _DAY

    @property
    def head_count(self) -> HeadCount | None:
        """The head count that holds on the last day."""
        return head_count_on(self.head_counts, self.last)


def growth_days(days: tuple[date, date]) -> tuple[date, date]:
    """The days the page looks at: those of the period, twelve months up to its end where it has fewer than three.

    They begin with a month, because people are counted by month of joining.
    """
    first, last = days
    is_short = (last - first).days + 1 < _SHORT_DAYS
    begin = months_before(last.replace(day=1), _USUAL_MONTHS - 1) if is_short else first
    return begin.replace(day=1), last


def read_growth(database: Database, *, scope: Scope, days: tuple[date, date] | None, now: datetime) -> GrowthData:
    """Everything on the page but the explanations; `days` None is all time."""
    with database.read() as reader:
        first, last = growth_days(days or all_days(reader, scope, now))
        window = Window.between(first, last + _DAY)
        past = window.year_before
        names = community_names(reader)
        one = scope[0] if len(scope) == 1 else None
        began = began_on(reader, scope)
        return GrowthData(
            name=names.get(one, "") if one is not None else _name_of(scope),
            community_id=one,
            known=read_known(reader, scope, first, last, today=now.astimezone(UTC).date()),
            window=window,
            months=_months(reader, scope, window, now),
            weeks=_weeks(reader, scope, window, now),
            gaps=tuple(gaps(reader, scope, first, last)),
            past_gaps=_moved(gaps(reader, scope, past.start_on, past.end_on - _DAY), window.start_on - past.start_on),
            notes=tuple(annotations(reader, scope, first, last)),
            head_counts=head_counts(reader, scope),
            can_have_head_count=len(scope) <= 1,
            is_everywhere=not scope,
            first_seen_until=first_seen_until(reader, scope),
            began=began,
        )


def read_lines(database: Database, *, scope: Scope, window: Window, now: datetime) -> dict[str, ScoreLine]:
    """What the values of the whole window say of themselves, by measure."""
    with database.read() as reader:
        card = scorecard(reader, scope=scope, window=window, as_of=now, keys=EXPLAINED)
    return {line.metric.key: line for line in card.lines}


def is_known(value: Value, *, last: date) -> bool:
    """Whether enough of a span is known to claim a number; the one that runs is told "so far" once it has any."""
    covered, window = value.coverage or 0.0, value.window
    if window is not None and window.end_on > last and (value.numerator or value.denominator):
        return True
    return covered >= MINIMUM_COVERAGE


def _name_of(scope: Scope) -> str:
    return f"{len(scope)} communities" if scope else "All communities"


def _months(reader: Reader, scope: Scope, window: Window, now: datetime) -> MonthsData:
    windows = tuple(months(window.start_on, window.end_on))
    values = measure_all(reader, BY_MONTH, scope=scope, windows=[window, *windows], as_of=now)
    old = [each.year_before for each in windows]
    both = measure_all(reader, COMPARED, scope=scope, windows=[*windows, *old], as_of=now)
    count = len(windows)
    found = {key: tuple(each[1:]) for key, each in values.items()} | {key: tuple(v[:count]) for key, v in both.items()}
    before = {key: tuple(each[count:]) for key, each in both.items()}
    return MonthsData(windows, found, before, {key: each[0] for key, each in values.items()})


def _weeks(reader: Reader, scope: Scope, window: Window, now: datetime) -> tuple[WeekSum, ...]:
    """The weeks that begin in the window. What is usual rests on eight weeks before, so all of these must be known."""
    first = from_day(monday_of(to_day(window.start_on) + WEEK_DAYS - 1))
    if first >= window.end_on:
        return ()
    mondays = [first + place * _WEEK for place in range(-BAND_WEEKS, -(-(window.end_on - first).days // WEEK_DAYS))]
    spans = [Window.between(monday, min(monday + _WEEK, window.end_on)) for monday in mondays]
    sums = measure(reader, "messages", scope=scope, windows=spans, as_of=now)
    (judged,) = measure(reader, "burstiness", scope=scope, windows=[Window.between(first, window.end_on)], as_of=now)
    usual = {monday: (low, high) for monday, _, low, high in _rows(judged.detail["weeks"])}
    outside = {monday for monday, *_ in _rows(judged.detail["outside"])}
    last, found = window.end_on - _DAY, list[WeekSum]()
    whole = [(value.coverage or 0.0) >= MINIMUM_COVERAGE for value in sums]
    for place in range(BAND_WEEKS, len(mondays)):
        monday, value = mondays[place], sums[place]
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
