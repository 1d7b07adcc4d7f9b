"""Dashboard data: what the dashboard shows, read in jobs and frozen; no Qt in here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.ids import CommunityId
from workbench.metrics.catalog import Metric, find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.value import Value
from workbench.metrics.window import Window, days_over
from workbench.models.database import Database, Reader
from workbench.models.kinds import CommunityType
from workbench.models.moments import DayRange, to_micros
from workbench.queries.annotations import AnnotationRow, annotations
from workbench.queries.beginnings import began_on, first_seen_until
from workbench.queries.communities import community_names, community_type
from workbench.queries.coverage import MINIMUM_COVERAGE, gaps
from workbench.queries.frames import FramePart, load_frame
from workbench.queries.known import Known, all_days, read_known
from workbench.queries.questions import Settled, settled_unreplied
from workbench.queries.roster import MembersAre, members_are
from workbench.queries.scope import Scope
from workbench.queries.series import WeekRow, week_activity

HEADLINES: Final = ("interactive_users", "reply_rate", "first_reply_hours", "messages")
_DAY: Final = timedelta(days=1)
_HOUR_MICROSECONDS: Final = 3_600_000_000
AGE_LIMITS_HOURS: Final = (24, 48, 7 * 24)
"""Questions without a reply are shown under one day, up to two, up to a week, and older."""


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
            value.value is not None and (value.coverage or 0) >= MINIMUM_COVERAGE for value in (self.now, self.before)
        )


@dataclass(frozen=True, slots=True)
class DashboardData:
    """The first part: what it is about, how far it is known, the headline numbers and open questions by age.

    `ages` counts what the platform shows no reply to; `settled` are those of them that do not wait on the board.
    """

    name: str
    community_id: CommunityId | None
    type: CommunityType | None
    members: int
    known: Known
    is_compared: bool
    headlines: tuple[Headline, ...]
    ages: tuple[int, ...]
    members_are: MembersAre = MembersAre.LISTED
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class WeeksData:
    """The second part: a row per week and the days nobody promised.

    Until `first_seen_until`, newcomers may have been there before; None where everything is here. Before `began` there
    was nothing. `notes` are what the leader says happened.
    """

    weeks: tuple[WeekRow, ...]
    gaps: tuple[DayRange, ...]
    last: date
    first_seen_until: date | None = None
    began: date | None = None
    notes: tuple[AnnotationRow, ...] = ()


def read_dashboard(database: Database, *, scope: Scope, days: tuple[date, date] | None, now: datetime) -> DashboardData:
    """Numbers of the days of [first, last] that are over; all time when `days` is None, compared with nothing."""
    with database.read() as reader:
        today = now.astimezone(UTC).date()
        first, last = days or all_days(reader, scope, now)
        window = days_over(first, last, today=today)
        windows = [window, window.previous] if days is not None else [window]
        values = measure_all(reader, HEADLINES, scope=scope, windows=windows, as_of=now)
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
            ages=_ages(reader, scope, asked, now=now),
            members_are=members_are(reader, scope, before=first),
            settled=settled_unreplied(reader, scope, as_of=now, period=(asked.start, asked.end)),
        )


def read_weeks(database: Database, *, scope: Scope, first: date, last: date) -> WeeksData:
    """The charts' rows for the weeks of [first, last]."""
    with database.read() as reader:
        return WeeksData(
            tuple(week_activity(reader, scope, first, last)),
            tuple(gaps(reader, scope, first, last)),
            last,
            first_seen_until(reader, scope),
            began_on(reader, scope),
            tuple(annotations(reader, scope, first, last)),
        )


def _about(reader: Reader, scope: Scope) -> tuple[str, CommunityType | None]:
    names = community_names(reader)
    if len(scope) != 1:
        return ("All communities" if not scope else f"{len(scope)} communities"), None
    return names.get(scope[0], ""), community_type(reader, scope[0])


def _ages(reader: Reader, scope: Scope, window: Window, *, now: datetime) -> tuple[int, ...]:
    """Root questions of the window without a reply, by how long they have waited."""
    frame = load_frame(reader, scope, start=window.start, end=window.end, as_of=now, parts=FramePart.QUESTIONS)
    counts = [0] * (len(AGE_LIMITS_HOURS) + 1)
    for question in frame.questions:
        if question.first_reply_us is None:
            waited = (to_micros(now) - question.started_us) / _HOUR_MICROSECONDS
            counts[sum(waited >= limit for limit in AGE_LIMITS_HOURS)] += 1
    return tuple(counts)
