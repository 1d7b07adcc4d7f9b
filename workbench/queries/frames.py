"""Frames: what the measures are worked out from, read once for a span of days and then cut by arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Flag, auto
from typing import NamedTuple

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, day_start, from_day, to_micros
from workbench.queries.membership import Membership, load_membership
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within


class PersonDayRow(NamedTuple):
    """What one person did on one UTC day, in one community of the scope. A tuple: a year holds tens of thousands."""

    person_id: PersonId
    day: int
    posts: int
    replies: int
    reactions: int
    mentions: int
    questions: int


class DaySum(NamedTuple):
    """What happened on one UTC day in one community of the scope (over the whole network: in all of them)."""

    day: int
    messages: int
    questions: int


class ThreadFact(NamedTuple):
    """When a thread began and what it drew, in microseconds since 1970; None for what never came."""

    id: EventId
    started_us: int
    is_question: int
    first_reply_us: int | None
    first_response_us: int | None


class FramePart(Flag):
    """What a measure needs; the rest is not read."""

    SUMS = auto()
    DAYS = auto()
    THREADS = auto()
    MEMBERS = auto()
    FIRSTS = auto()
    EVERYTHING = SUMS | DAYS | THREADS | MEMBERS | FIRSTS


@dataclass(frozen=True, slots=True)
class MeasureFrame:
    """Rows of the days in [start, end): `sums` and `days` sorted by day, `threads` by start; bots are in none.

    `first_contributions` (microseconds) knows everyone who ever wrote in the scope, whatever the span.
    `mirror_start` is the first day that was mirrored, None while nothing was.
    """

    sums: tuple[DaySum, ...] = ()
    days: tuple[PersonDayRow, ...] = ()
    threads: tuple[ThreadFact, ...] = ()
    members: Membership = field(default_factory=Membership)
    first_contributions: Mapping[PersonId, int] = field(default_factory=dict)
    mirror_start: datetime | None = None


EMPTY_FRAME = MeasureFrame()


def load_frame(
    reader: Reader, scope: Scope, *, start: datetime, end: datetime, parts: FramePart = FramePart.EVERYTHING
) -> MeasureFrame:
    """The rows of [start, end), which are UTC midnights, for the communities of `scope`.

    Only stored sums are read, and those hold nothing of bots and nothing that was removed.
    """
    first, until = to_micros(start), to_micros(end)
    span = {"scope": scope_parameter(scope), "first": first, "until": until}
    days = {**span, "first": first // DAY_MICROSECONDS, "until": until // DAY_MICROSECONDS}
    return MeasureFrame(
        sums=_sums(reader, scope, days) if FramePart.SUMS in parts else (),
        days=_days(reader, scope, days) if FramePart.DAYS in parts else (),
        threads=_threads(reader, scope, span) if FramePart.THREADS in parts else (),
        members=load_membership(reader, scope, since=first) if FramePart.MEMBERS in parts else Membership(),
        first_contributions=_first_contributions(reader, scope) if FramePart.FIRSTS in parts else {},
        mirror_start=mirror_start(reader, scope) if FramePart.FIRSTS in parts else None,
    )


def mirror_start(reader: Reader, scope: Scope) -> datetime | None:
    """Midnight of the first day in the mirror: promised by a source, or the first with an event; None when empty."""
    statement = sql(
        "SELECT min(day) FROM (",
        "SELECT min(first_day) AS day FROM coverage WHERE",
        seeking("community_id", scope),
        "UNION ALL SELECT min(day) FROM (SELECT (SELECT min(d.day) FROM activityday d WHERE d.community_id = c.id)",
        "AS day FROM community c WHERE",
        seeking("c.id", scope),
        "))",
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


def _days(reader: Reader, scope: Scope, span: Mapping[str, object]) -> tuple[PersonDayRow, ...]:
    statement = sql(
        "SELECT d.person_id, d.day, d.posts, d.replies, d.reactions, d.mentions, d.questions FROM personday d WHERE",
        seeking("d.community_id", scope),
        "AND d.day >= :first AND d.day < :until",
        # The key begins with community and day: for one community the rows come in order and nothing is sorted.
        "ORDER BY d.day",
    )
    return tuple(map(PersonDayRow._make, reader.rows(statement, span)))


def _threads(reader: Reader, scope: Scope, span: Mapping[str, object]) -> tuple[ThreadFact, ...]:
    statement = sql(
        "SELECT t.id, t.started_at, t.is_question, t.first_reply_at, t.first_response_at FROM thread t WHERE",
        within("t.community_id", scope),
        "AND t.started_at >= :first AND t.started_at < :until ORDER BY t.started_at",
    )
    return tuple(map(ThreadFact._make, reader.rows(statement, span)))


def _first_contributions(reader: Reader, scope: Scope) -> dict[PersonId, int]:
    statement = sql(
        "SELECT m.person_id, min(m.first_message_at) FROM member m WHERE",
        within("m.community_id", scope),
        "AND m.first_message_at IS NOT NULL GROUP BY m.person_id",
    )
    return dict(reader.rows(statement, {"scope": scope_parameter(scope)}))
