"""Frames: what the measures are worked out from, read once for a span of days and then cut by arithmetic.

SQLite hands over people and delays as one JSON list for a day or a window: to fetch a row for each takes several times
as long, and a year of a large network has hundreds of thousands.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Flag, auto
from typing import Any, TypeVar

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, from_day, to_micros
from workbench.queries.beginnings import first_seen_until
from workbench.queries.coverage import CoverageMap, load_coverage
from workbench.queries.frames_people import (
    ActSum,
    Newcomer,
    RegularSum,
    act_sums,
    first_acts,
    last_contributions,
    leaders,
    newcomers,
    organisation_starts,
    organisations,
    regulars,
    viewers,
)
from workbench.queries.frames_plans import (
    NO_COORDINATION,
    Activity,
    Coordination,
    HeadCount,
    Holding,
    activities,
    coordination,
    head_counts,
    holdings,
    library_threads,
)
from workbench.queries.frames_sums import (
    DaySum,
    DayWriters,
    Question,
    ThreadSum,
    day_sums,
    day_writers,
    first_contributions,
    mirror_start,
    questions,
    thread_sums,
)
from workbench.queries.frames_talks import EchoSum, TalkSum, echo_sums, talk_sums
from workbench.queries.frames_threads import (
    Accepted,
    HeatSum,
    Meeting,
    TagUse,
    UrgentCall,
    accepted_answers,
    heat_at,
    meetings,
    tag_uses,
    urgent_calls,
)
from workbench.queries.membership import Membership, load_membership
from workbench.queries.people import DayPeople, people_by_day
from workbench.queries.questions import USUAL_LIMIT, limit_hours
from workbench.queries.scope import Scope, scope_parameter
from workbench.queries.seldom import USUAL_SELDOM, Seldom, seldom
from workbench.queries.ties import (
    NO_TIES,
    Pair,
    TieFrame,
    answers,
    first_ties,
    first_ties_of,
    offices,
    outsiders,
    referrals,
    tie_sums,
)

__all__ = [
    "EMPTY_FRAME",
    "DaySum",
    "DayWriters",
    "FramePart",
    "MeasureFrame",
    "Question",
    "ThreadSum",
    "load_frame",
    "mirror_start",
    "thread_sums",
]


_T = TypeVar("_T")


class FramePart(Flag):
    """What a measure needs; the rest is not read."""

    SUMS = auto()
    ACTIVE = auto()
    WROTE = auto()
    WRITTEN = auto()
    THREADS = auto()
    QUESTIONS = auto()
    MEMBERS = auto()
    FIRSTS = auto()
    TIES = auto()
    FIRST_TIES = auto()
    REFERRALS = auto()
    OUTSIDERS = auto()
    OFFICES = auto()
    ANSWERS = auto()
    ACTS = auto()
    REGULARS = auto()
    LASTS = auto()
    NEWCOMERS = auto()
    FIRST_ACTS = auto()
    LEADERS = auto()
    ORGANISATIONS = auto()
    VIEWERS = auto()
    TALKS = auto()
    ECHOES = auto()
    ACCEPTED = auto()
    MEETINGS = auto()
    TAGS = auto()
    URGENT = auto()
    HEAT = auto()
    HOLDINGS = auto()
    LIBRARY = auto()
    ACTIVITIES = auto()
    COORDINATION = auto()
    STAFF = auto()
    START = auto()
    KNOWN = auto()
    EVERYTHING = SUMS | ACTIVE | WROTE | WRITTEN | THREADS | QUESTIONS | MEMBERS | FIRSTS


@dataclass(frozen=True, slots=True)
class MeasureFrame:
    """Rows of the span [start, end): days sorted by day, threads and questions by start; bots are in none.

    `first_contributions` and `last_contributions` (microseconds) are the first and last messages, in the scope, of
    those whose first or last one lies in the span; `first_acts` say on which day how many did something for the first
    time. A question waits too long after `patience_hours`. `mirror_start` is the first day that was mirrored, None
    while nothing was; until the day `first_seen_until` a first time may only be the first that was seen, None where
    the mirror holds all there ever was.
    """

    sums: tuple[DaySum, ...] = ()
    active: tuple[DayPeople, ...] = ()
    wrote: tuple[DayPeople, ...] = ()
    written: tuple[DayWriters, ...] = ()
    seldom: Seldom = USUAL_SELDOM
    threads: tuple[ThreadSum, ...] = ()
    questions: tuple[Question, ...] = ()
    patience_hours: int = USUAL_LIMIT
    members: Membership = field(default_factory=Membership)
    first_contributions: Mapping[PersonId, int] = field(default_factory=dict)
    mirror_start: datetime | None = None
    first_seen_until: date | None = None
    ties: TieFrame = NO_TIES
    worked: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What several measures need of the same window, kept by whoever works it out first."""
    acts: tuple[ActSum, ...] = ()
    regulars: tuple[RegularSum, ...] = ()
    last_contributions: Mapping[PersonId, int] = field(default_factory=dict)
    newcomers: tuple[Newcomer, ...] = ()
    first_acts: tuple[tuple[int, int], ...] = ()
    leaders: frozenset[PersonId] = frozenset()
    organisations: Mapping[PersonId, str] = field(default_factory=dict)
    organisation_starts: Mapping[str, int] = field(default_factory=dict)
    viewers: tuple[tuple[int, Sequence[PersonId]], ...] = ()
    talks: tuple[TalkSum, ...] = ()
    echoes: tuple[EchoSum, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    tags: tuple[TagUse, ...] = ()
    urgent: tuple[UrgentCall, ...] = ()
    heat: tuple[HeatSum, ...] = ()
    holdings: tuple[Holding, ...] = ()
    library: frozenset[EventId] = frozenset()
    activities: tuple[Activity, ...] = ()
    coordination: Coordination = NO_COORDINATION
    staff: tuple[HeadCount, ...] = ()
    known: CoverageMap | None = None


EMPTY_FRAME = MeasureFrame()


def load_frame(
    reader: Reader,
    scope: Scope,
    *,
    start: datetime,
    end: datetime,
    as_of: datetime,
    cuts: Sequence[datetime] = (),
    parts: FramePart = FramePart.EVERYTHING,
) -> MeasureFrame:
    """The rows of [start, end), which are UTC midnights, for the communities of `scope`; only stored sums are read.

    Threads and people are put together between the moments of `cuts`, so these have to hold every beginning and end of
    the windows that will be asked for. A reply or reaction after `as_of` has not happened yet.
    """
    first, until, seen = to_micros(start), to_micros(end), to_micros(as_of)
    borders = sorted({first, until, *(at for cut in cuts if first < (at := to_micros(cut)) < until)})
    return MeasureFrame(
        **_sums_and_days(reader, scope, borders, parts),
        **_people(reader, scope, borders, seen=seen, parts=parts),
        **_threads(reader, scope, borders, as_of=as_of, parts=parts),
        **_plans(reader, scope, parts),
        ties=_ties(reader, scope, borders, seen=seen, parts=parts),
    )


def _sums_and_days(reader: Reader, scope: Scope, borders: Sequence[int], parts: FramePart) -> dict[str, Any]:
    """The parts that were summed up by day, and who was a member."""
    days = [border // DAY_MICROSECONDS for border in borders]
    span = {"scope": scope_parameter(scope), "first": days[0], "until": days[-1]}
    return _read(
        parts,
        {
            FramePart.SUMS: lambda: {"sums": day_sums(reader, scope, span)},
            FramePart.ACTIVE: lambda: {"active": people_by_day(reader, scope, days, wrote=False)},
            FramePart.WROTE: lambda: {"wrote": people_by_day(reader, scope, days, wrote=True)},
            FramePart.WRITTEN: lambda: {"written": day_writers(reader, scope, span), "seldom": seldom(reader)},
            FramePart.ACTS: lambda: {"acts": act_sums(reader, scope, days)},
            FramePart.REGULARS: lambda: {"regulars": regulars(reader, scope, days)},
            FramePart.FIRST_ACTS: lambda: {"first_acts": _once(reader, first_acts, scope)},
            FramePart.MEMBERS: lambda: {"members": _members(reader, scope, borders[0], borders[-1])},
            FramePart.KNOWN: lambda: {"known": load_coverage(reader, scope, from_day(days[0]), from_day(days[-1] - 1))},
            FramePart.START | FramePart.FIRSTS: lambda: {
                "mirror_start": _once(reader, mirror_start, scope),
                "first_seen_until": first_seen_until(reader, scope),
            },
        },
    )


def _people(reader: Reader, scope: Scope, borders: Sequence[int], *, seen: int, parts: FramePart) -> dict[str, Any]:
    """The parts that are about single people."""
    moments = {"first": borders[0], "until": borders[-1]}
    span = {"scope": scope_parameter(scope), **moments}
    return _read(
        parts,
        {
            FramePart.FIRSTS: lambda: {"first_contributions": first_contributions(reader, scope, span)},
            FramePart.LASTS: lambda: {"last_contributions": last_contributions(reader, scope, **moments, seen=seen)},
            FramePart.NEWCOMERS: lambda: {"newcomers": newcomers(reader, scope, **moments, seen=seen)},
            FramePart.LEADERS: lambda: {"leaders": leaders(reader, scope)},
            FramePart.ORGANISATIONS: lambda: {
                "organisations": _once(reader, organisations, scope),
                "organisation_starts": _once(reader, organisation_starts, scope),
            },
            FramePart.VIEWERS: lambda: {"viewers": viewers(reader, scope, borders)},
        },
    )


def _threads(
    reader: Reader, scope: Scope, borders: Sequence[int], *, as_of: datetime, parts: FramePart
) -> dict[str, Any]:
    """The parts that are about threads and what happened in them."""
    seen, moments = to_micros(as_of), {"first": borders[0], "until": borders[-1]}
    span = {"scope": scope_parameter(scope), **moments}
    return _read(
        parts,
        {
            FramePart.THREADS: lambda: {"threads": thread_sums(reader, scope, borders, as_of=as_of)},
            FramePart.QUESTIONS: lambda: {
                "questions": questions(reader, scope, span),
                "patience_hours": limit_hours(reader),
            },
            FramePart.TALKS: lambda: {"talks": talk_sums(reader, scope, borders, seen=seen)},
            FramePart.ECHOES: lambda: {"echoes": echo_sums(reader, scope, borders, seen=seen)},
            FramePart.ACCEPTED: lambda: {"accepted": accepted_answers(reader, scope, **moments, seen=seen)},
            FramePart.MEETINGS: lambda: {"meetings": meetings(reader, scope, **moments)},
            FramePart.TAGS: lambda: {"tags": tag_uses(reader, scope, borders)},
            FramePart.HEAT: lambda: {"heat": heat_at(reader, scope, borders, seen=seen)},
            FramePart.URGENT: lambda: {"urgent": urgent_calls(reader, scope, **moments, seen=seen)},
        },
    )


def _plans(reader: Reader, scope: Scope, parts: FramePart) -> dict[str, Any]:
    """The parts that come from plans and from what an office typed in."""
    return _read(
        parts,
        {
            FramePart.HOLDINGS: lambda: {"holdings": holdings(reader, scope)},
            FramePart.LIBRARY: lambda: {"library": library_threads(reader, scope)},
            FramePart.ACTIVITIES: lambda: {"activities": activities(reader, scope)},
            FramePart.COORDINATION: lambda: {"coordination": coordination(reader, scope)},
            FramePart.STAFF: lambda: {"staff": head_counts(reader, scope)},
        },
    )


def _read(parts: FramePart, readers: Mapping[FramePart, Callable[[], dict[str, Any]]]) -> dict[str, Any]:
    """What was asked for, and nothing else."""
    found: dict[str, Any] = {}
    for part, read in readers.items():
        if part & parts:
            found |= read()
    return found


def _ties(reader: Reader, scope: Scope, borders: Sequence[int], *, seen: int, parts: FramePart) -> TieFrame:
    """The parts of the network measures."""
    span = {"first": borders[0], "until": borders[-1], "seen": seen}
    referred = referrals(reader, scope, **span) if FramePart.REFERRALS in parts else ()
    needs_answers = bool(parts & (FramePart.FIRST_TIES | FramePart.REFERRALS | FramePart.ANSWERS))
    answered = answers(reader, scope, **span) if needs_answers else ()
    firsts: Mapping[Pair, int] = {}
    if referred:
        firsts = first_ties(reader, scope)  # ways through the network are looked for
    elif FramePart.FIRST_TIES in parts:
        asked = {(min(row.asker, row.answerer), max(row.asker, row.answerer)) for row in answered}
        firsts = first_ties(reader, scope, since=borders[0], until=borders[-1]) | first_ties_of(reader, scope, asked)
    return TieFrame(
        sums=tie_sums(reader, scope, borders) if FramePart.TIES in parts else (),
        offices=_once(reader, offices, scope) if parts & (FramePart.TIES | FramePart.OFFICES) else {},
        firsts=firsts,
        answers=answered,
        referrals=referred,
        outsiders=_once(reader, outsiders, scope) if FramePart.OUTSIDERS in parts else None,
    )


def _members(reader: Reader, scope: Scope, since: int, until: int) -> Membership:
    """Who was a member when; what was read for a longer span answers for a shorter one within."""
    read = reader.once((load_membership, scope), dict[tuple[int, int], Membership])
    for (first, last), known in read.items():
        if first <= since and until <= last:
            return known
    found = read[since, until] = load_membership(reader, scope, since=since, until=until)
    return found


def _once(reader: Reader, find: Callable[[Reader, Scope], _T], scope: Scope) -> _T:
    """What does not depend on the span: several frames of one reading share it."""
    return reader.once((find, scope), lambda: find(reader, scope))
