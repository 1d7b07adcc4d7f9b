"""Dashboard data: what the dashboard shows, read in jobs and frozen; no Qt in here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.ids import CommunityId
from workbench.metrics.catalog import Metric, find_metric
from workbench.metrics.metric import WAIT_DAYS
from workbench.metrics.value import Value
from workbench.metrics.window import Window, days_over
from workbench.models.database import Database, Reader
from workbench.models.kinds import CommunityType
from workbench.models.moments import DayRange
from workbench.operations.kept import kept_measures
from workbench.operations.page_measures import HEADLINES, headline_question, trend_days
from workbench.operations.scorecard import reached
from workbench.queries.annotations import AnnotationRow, annotations
from workbench.queries.beginnings import began_on, first_seen_until
from workbench.queries.communities import community_names, community_type
from workbench.queries.coverage import MINIMUM_COVERAGE, gaps
from workbench.queries.known import Known, all_days, read_known
from workbench.queries.questions import Settled, settled_unreplied, unreplied_ages
from workbench.queries.roster import MembersAre, members_are
from workbench.queries.scope import Scope
from workbench.queries.series import WeekRow, week_activity

_DAY: Final = timedelta(days=1)
AGE_LIMITS_HOURS: Final = (24, 48, 7 * 24)
"""Questions without a reply are shown under one day, up to two, up to a week, and older."""
_AGE_LIMITS: Final = tuple(timedelta(hours=hours) for hours in AGE_LIMITS_HOURS)


@dataclass(frozen=True, slots=True)
class Headline:
    """One number with what stands beside it; `before` is None where there is nothing to compare with."""

    metric: Metric
    now: Value
    before: Value | None
    target: float | None

    @property
    def is_comparable(self) -> bool:
        """Whether both spans are known well enough for a change to mean something."""
        return self.before is not None and all(
            value.value is not None and min(value.coverage or 0, reached(value)) >= MINIMUM_COVERAGE
            for value in (self.now, self.before)
        )


@dataclass(frozen=True, slots=True)
class DashboardData:
    """The first part: what it is about, how far it is known, the headline numbers and open questions by age.

    `trend` are the days of the charts, which are more than the period where that is short. `ages` counts what the
    platform shows no reply to; `settled` are those of them that do not wait on the board.
    """

    name: str
    community_id: CommunityId | None
    type: CommunityType | None
    members: int
    known: Known
    trend: DayRange
    is_compared: bool
    headlines: tuple[Headline, ...]
    ages: tuple[int, ...]
    members_are: MembersAre = MembersAre.LISTED
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class WeeksData:
    """The second part: a row per week and the days nobody promised.

    Until `first_seen_until`, newcomers may have been there before; None where everything is here. Before `began` there
    was nothing. `notes` are what the leader says happened. `unheard` are missing days in which replies may have come,
    up to two days after the last one.
    """

    weeks: tuple[WeekRow, ...]
    gaps: tuple[DayRange, ...]
    last: date
    first_seen_until: date | None = None
    began: date | None = None
    notes: tuple[AnnotationRow, ...] = ()
    unheard: tuple[DayRange, ...] = ()


def read_dashboard(database: Database, *, scope: Scope, days: tuple[date, date] | None, now: datetime) -> DashboardData:
    """Numbers of the days of [first, last] that are over; all time when `days` is None, compared with nothing."""
    with kept_measures(database) as (reader, measures):
        today = now.astimezone(UTC).date()
        first, last = days or all_days(reader, scope, now)
        window = days_over(first, last, today=today)
        windows = headline_question(window).windows if days is not None else (window,)
        values = measures(reader, HEADLINES, scope=scope, windows=windows, as_of=now)
        name, kind = _about(reader, scope)
        asked = Window.between(first, last + _DAY)
        target_type = kind if len(scope) == 1 else None
        members = values["interactive_users"][0].denominator or 0
        return DashboardData(
            name=name,
            community_id=scope[0] if len(scope) == 1 else None,
            type=target_type,
            members=round(members),
            known=read_known(reader, scope, first, window.end_on - _DAY, today=today),
            trend=_trend(reader, scope, (first, last), today=today),
            is_compared=days is not None,
            headlines=tuple(
                Headline(
                    find_metric(key),
                    found[0],
                    found[1] if len(found) > 1 else None,
                    find_metric(key).target(target_type),
                )
                for key, found in values.items()
            ),
            ages=unreplied_ages(reader, scope, as_of=now, period=(asked.start, asked.end), limits=_AGE_LIMITS),
            members_are=members_are(reader, scope, before=first),
            settled=settled_unreplied(reader, scope, as_of=now, period=(asked.start, asked.end)),
        )


def read_weeks(database: Database, *, scope: Scope, first: date, last: date, today: date | None = None) -> WeeksData:
    """The charts' rows for the weeks of [first, last]; `today` says which days after them are over."""
    # Nobody can promise a day that is not over, and a sync may be a day old.
    until = min(last + WAIT_DAYS * _DAY, (today or last) - 2 * _DAY)
    with database.read() as reader:
        return WeeksData(
            tuple(week_activity(reader, scope, first, last)),
            tuple(gaps(reader, scope, first, last)),
            last,
            first_seen_until(reader, scope),
            began_on(reader, scope),
            tuple(annotations(reader, scope, first, last)),
            tuple(gaps(reader, scope, first, until)) if until >= first else (),
        )


def _trend(reader: Reader, scope: Scope, days: tuple[date, date], *, today: date) -> DayRange:
    """The days of the charts; they begin with what is known, or with the period: a year of "not known" says nothing."""
    first, last = trend_days(days, today=today)
    missing = gaps(reader, scope, first, last)
    if missing and missing[0].first == first:
        first = min(days[0], missing[0].last + _DAY)
    return DayRange(first, last)


def _about(reader: Reader, scope: Scope) -> tuple[str, CommunityType | None]:
    names = community_names(reader)
    if len(scope) != 1:
        return ("All communities" if not scope else f"{len(scope)} communities"), None
    return names.get(scope[0], ""), community_type(reader, scope[0])
