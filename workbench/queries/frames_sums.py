"""Frame parts from stored sums: messages by day, who wrote how much, threads, questions, first messages."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import day_start, from_day, to_micros
from workbench.queries.people import days_of_people
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


DELAY: Final = "max(0, t.first_reply_at - t.started_at)"
"""How long a thread waited for its first reply: each sender's clock tells the time of mail, and nobody answers before
the question.
"""


def thread_sums(reader: Reader, scope: Scope, borders: Sequence[int], *, as_of: datetime) -> tuple[ThreadSum, ...]:
    """What the threads begun between two borders (microseconds) drew until `as_of`, for each pair of neighbours."""
    statement = sql(
        "SELECT count(*),",
        "json_group_array(",
        DELAY,
        ") FILTER (WHERE t.first_reply_at <= :seen),",
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


def day_sums(reader: Reader, scope: Scope, span: Mapping[str, object]) -> tuple[DaySum, ...]:
    """Messages and questions of each day of the span."""
    statement = sql(
        "SELECT d.day, d.posts + d.replies, d.questions FROM activityday d WHERE",
        within("d.community_id", scope) if scope else "d.community_id = 0",
        "AND d.day >= :first AND d.day < :until ORDER BY d.day",
    )
    return tuple(map(DaySum._make, reader.rows(statement, span)))


def day_writers(reader: Reader, scope: Scope, span: Mapping[str, object]) -> tuple[DayWriters, ...]:
    """Who wrote how much on each day of the span."""
    statement = sql(
        "SELECT d.day, json_group_array(d.person_id),",
        "json_group_array(json_array(d.person_id, d.posts + d.replies - 1)) FILTER (WHERE d.posts + d.replies > 1)",
        "FROM",
        days_of_people(scope),
        "AND d.day >= :first AND d.day < :until AND d.posts + d.replies > 0 GROUP BY d.day",
    )
    rows = reader.rows(statement, span)
    return tuple(DayWriters(day, json.loads(people), json.loads(more)) for day, people, more in rows)


def questions(reader: Reader, scope: Scope, span: Mapping[str, object]) -> tuple[Question, ...]:
    """The questions that began a thread in the span, oldest first."""
    statement = sql(
        "SELECT t.id, t.started_at, t.first_reply_at FROM thread t WHERE",
        within("t.community_id", scope),
        "AND t.is_question = 1 AND t.started_at >= :first AND t.started_at < :until ORDER BY t.started_at, t.id",
    )
    return tuple(map(Question._make, reader.rows(statement, span)))


def first_contributions(reader: Reader, scope: Scope, span: Mapping[str, object]) -> dict[PersonId, int]:
    """Whose first message ever, in the scope, lies in the span, and when it was."""
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
