"""Frames: what the measures are worked out from, read once for a span of days and then cut by arithmetic.

SQLite hands over people and delays as one JSON list for a day or a window: to fetch a row for each takes several times
as long, and a year of a large network has hundreds of thousands.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Flag, auto
from itertools import pairwise
from typing import NamedTuple

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, day_start, from_day, to_micros
from workbench.queries.membership import Membership, load_membership
from workbench.queries.people import DayPeople, days_of_people, people_by_day
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within


class DaySum(NamedTuple):
    """What happened on one UTC day in one community of the scope (over the whole network: in all of them)."""

    day: int
    messages: int
    questions: int


class DayWriters(NamedTuple):
    """Who wrote on one UTC day: one message of each of `people`, and more of those in `more` (person, how many more).

    Most people write once a day; that the second message of a day is told apart makes counting half as long. Somebody
    stands there once for each community of the scope.
    """

    day: int
    people: Sequence[PersonId]
    more: Sequence[tuple[PersonId, int]]


class ThreadSum(NamedTuple):
    """The threads begun from `start_us` on until the next sum begins: how many, and what they drew by the moment asked.

    `delays` has the microseconds to the first reply of each that had one, in no order; `responses` counts those that
    had a reply or a reaction to their first message.
    """

    start_us: int
    threads: int
    delays: Sequence[int]
    responses: int


class Question(NamedTuple):
    """A question that began a thread, and when its first reply came, in microseconds since 1970 (None: none yet)."""

    id: EventId
    started_us: int
    first_reply_us: int | None


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
    EVERYTHING = SUMS | ACTIVE | WROTE | WRITTEN | THREADS | QUESTIONS | MEMBERS | FIRSTS


@dataclass(frozen=True, slots=True)
class MeasureFrame:
    """Rows of the span [start, end): days sorted by day, threads and questions by start; bots are in none.

    `first_contributions` (microseconds) are the first messages ever, in the scope, of those who began in the span.
    `mirror_start` is the first day that was mirrored, None while nothing was.
    """

    sums: tuple[DaySum, ...] = ()
    active: tuple[DayPeople, ...] = ()
    wrote: tuple[DayPeople, ...] = ()
    written: tuple[DayWriters, ...] = ()
    threads: tuple[ThreadSum, ...] = ()
    questions: tuple[Question, ...] = ()
    members: Membership = field(default_factory=Membership)
    first_contributions: Mapping[PersonId, int] = field(default_factory=dict)
    mirror_start: datetime | None = None


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
    first, until = to_micros(start), to_micros(end)
    base = {"scope": scope_parameter(scope)}
    span = {**base, "first": first, "until": until}
    days = {**base, "first": first // DAY_MICROSECONDS, "until": until // DAY_MICROSECONDS}
    borders = sorted({first, until, *(at for cut in cuts if first < (at := to_micros(cut)) < until)})
    cut_days = [border // DAY_MICROSECONDS for border in borders]
    return MeasureFrame(
        sums=_sums(reader, scope, days) if FramePart.SUMS in parts else (),
        active=people_by_day(reader, scope, cut_days, wrote=False) if FramePart.ACTIVE in parts else (),
        wrote=people_by_day(reader, scope, cut_days, wrote=True) if FramePart.WROTE in parts else (),
        written=_written(reader, scope, days) if FramePart.WRITTEN in parts else (),
        threads=thread_sums(reader, scope, borders, as_of=as_of) if FramePart.THREADS in parts else (),
        questions=_questions(reader, scope, span) if FramePart.QUESTIONS in parts else (),
        members=load_membership(reader, scope, since=first, until=until)
        if FramePart.MEMBERS in parts
        else Membership(),
        first_contributions=_first_contributions(reader, scope, span) if FramePart.FIRSTS in parts else {},
        mirror_start=mirror_start(reader, scope) if FramePart.FIRSTS in parts else None,
    )


def thread_sums(reader: Reader, scope: Scope, borders: Sequence[int], *, as_of: datetime) -> tuple[ThreadSum, ...]:
    """What the threads begun between two borders (microseconds) drew until `as_of`, for each pair of neighbours."""
    statement = sql(
        "SELECT count(*),",
        "json_group_array(t.first_reply_at - t.started_at) FILTER (WHERE t.first_reply_at <= :seen),",
        "count(*) FILTER (WHERE t.first_response_at <= :seen)",
        "FROM thread t WHERE",
        within("t.community_id", scope),
        "AND t.started_at >= :first AND t.started_at < :until",
    )
    params = {"scope": scope_parameter(scope), "seen": to_micros(as_of)}
    sums: list[ThreadSum] = []
    for first, until in pairwise(borders):
        threads, delays, responses = reader.rows(statement, {**params, "first": first, "until": until})[0]
        sums.append(ThreadSum(first, threads, json.loads(delays), responses))
    return tuple(sums)


def mirror_start(reader: Reader, scope: Scope) -> datetime | None:
    """Midnight of the first day in the mirror: promised by a source, or the first with an event; None when empty."""
    statement = sql(
        "SELECT min(day) FROM (",
        "SELECT min(first_day) AS day FROM coverage WHERE",
        seeking("community_id", scope),
        "UNION ALL",
        sql(
            "SELECT min(day) FROM (SELECT (SELECT min(d.day) FROM activityday d WHERE d.community_id = c.id) AS day",
            "FROM community c WHERE",
            within("c.id", scope),
            ")",
        )
        if scope
        else "SELECT min(day) FROM activityday WHERE community_id = 0",
        ")",
    )
    day = reader.scalar(statement, {"scope": scope_parameter(scope)})
    return None if day is None else day_start(from_day(day))


def _sums(reader: Reader, scope: Scope, span: Mapping[str, object]) -> tuple[DaySum, ...]:
    statement = sql(
        "SELECT d.day, d.posts + d.replies, d.questions FROM activityday d WHERE",
        within("d.community_id", scope) if scope else "d.community_id = 0",
        "AND d.day >= :first AND d.day < :until ORDER BY d.day",
    )
    return tuple(map(DaySum._make, reader.rows(statement, span)))


def _written(reader: Reader, scope: Scope, span: Mapping[str, object]) -> tuple[DayWriters, ...]:
    statement = sql(
        "SELECT d.day, json_group_array(d.person_id),",
        "json_group_array(json_array(d.person_id, d.posts + d.replies - 1)) FILTER (WHERE d.posts + d.replies > 1)",
        "FROM",
        days_of_people(scope),
        "AND d.day >= :first AND d.day < :until AND d.posts + d.replies > 0 GROUP BY d.day",
    )
    rows = reader.rows(statement, span)
    return tuple(DayWriters(day, json.loads(people), json.loads(more)) for day, people, more in rows)


def _questions(reader: Reader, scope: Scope, span: Mapping[str, object]) -> tuple[Question, ...]:
    statement = sql(
        "SELECT t.id, t.started_at, t.first_reply_at FROM thread t WHERE",
        within("t.community_id", scope),
        "AND t.is_question = 1 AND t.started_at >= :first AND t.started_at < :until ORDER BY t.started_at",
    )
    return tuple(map(Question._make, reader.rows(statement, span)))


def _first_contributions(reader: Reader, scope: Scope, span: Mapping[str, object]) -> dict[PersonId, int]:
    if not scope:
        return dict(reader.rows(_NETWORK_FIRSTS, span))
    statement = sql(
        "SELECT m.person_id, min(m.first_message_at) FROM member m WHERE",
        within("m.community_id", scope),
        "GROUP BY m.person_id HAVING min(m.first_message_at) >= :first AND min(m.first_message_at) < :until",
    )
    return dict(reader.rows(statement, span))


_NETWORK_FIRSTS = """
SELECT n.person_id, n.first_message_at FROM networkperson n
WHERE n.first_message_at >= :first AND n.first_message_at < :until
"""
