"""Threads: the conversation list with its filters; the messages of a thread are passed on from `messages`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from workbench.ids import CommunityId, EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import BEFORE_ALL, from_micros, to_micros
from workbench.queries.messages import MessageHeading, MessageRow, list_messages, thread_messages
from workbench.queries.outbox import sent_topics
from workbench.queries.preferences import me
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within

__all__ = [
    "MessageHeading",
    "MessageRow",
    "ThreadFilter",
    "ThreadRow",
    "count_threads",
    "find_thread",
    "find_threads",
    "list_messages",
    "list_threads",
    "thread_messages",
]


class ThreadFilter(StrEnum):
    """What the conversation list shows."""

    ALL = "all"
    UNANSWERED = "unanswered"
    MINE = "mine"
    STARRED = "starred"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A conversation, headed by the message that began it.

    Where that is not here (`has_beginning` False), the first reply that is heads it: subject, author and `started_at`
    are that one's, and nobody can say whether a question was asked.
    """

    id: EventId
    community_id: CommunityId
    community: str
    subject: str
    author: str
    author_id: PersonId
    started_at: datetime
    last_at: datetime
    messages: int
    people: int
    is_question: bool
    is_answered: bool
    is_starred: bool
    is_unread: bool
    has_beginning: bool = True


def _unread(mark: str) -> str:
    """Whether a thread has words of others later than its `mark`; one's own make nothing unread.

    Own are those of the person the coordinator is, and those that went out from here. A mark before all time says that
    somebody wants to see the thread as unread.
    """
    return f"""
({mark} IS {BEFORE_ALL} OR (ifnull({mark}, {BEFORE_ALL}) < t.last_at AND EXISTS (
  SELECT 1 FROM event w WHERE w.root_id = t.id AND w.at > ifnull({mark}, {BEFORE_ALL}) AND w.kind IN (3, 4)
    AND w.removed_at IS NULL AND w.person_id IS NOT :me AND NOT EXISTS (
      SELECT 1 FROM outboxitem o WHERE o.community_id = w.community_id AND o.remote_id = w.remote_id
        AND o.state = 'sent' AND o.kind <> 'like'))))
"""  # noqa: S608 - our own words


_COLUMNS = f"""
SELECT t.id, t.community_id, c.name, t.subject, p.name, t.author_id,
  CASE WHEN t.started_at > {BEFORE_ALL} THEN t.started_at ELSE (SELECT e.at FROM event e WHERE e.id = t.id) END,
  t.last_at, t.messages, t.people, t.is_question, t.first_reply_at IS NOT NULL, ifnull(k.is_starred, 0),
  {_unread("k.read_at")}, t.started_at > {BEFORE_ALL}
"""  # noqa: S608 - our own constant
# Crossed, because the few threads of a page come first, whatever the planner believes about the other tables.
_JOINED = """
CROSS JOIN thread t ON t.id = page.id
CROSS JOIN community c ON c.id = t.community_id CROSS JOIN person p ON p.id = t.author_id
LEFT JOIN threadmark k ON k.thread_id = t.id
"""
_SOME = sql(_COLUMNS, "FROM (SELECT value AS id FROM json_each(:threads)) page", _JOINED)

_COUNT = "SELECT count(*) FROM thread t WHERE"
_UNREAD = _unread("(SELECT k.read_at FROM threadmark k WHERE k.thread_id = t.id)")
_COUNT_READ = f"""
SELECT count(*) FROM thread t WHERE t.id IN (SELECT thread_id FROM threadmark WHERE read_at IS NOT NULL
  UNION SELECT e.id FROM event e WHERE e.person_id = :me AND e.root_id = e.id AND e.kind IN (3, 4)
  UNION SELECT value FROM json_each(:begun)) AND NOT {_UNREAD} AND
"""  # noqa: S608 - our own constants

_FILTERS = {
    ThreadFilter.ALL: "",
    ThreadFilter.UNANSWERED: "AND t.is_question = 1 AND t.first_reply_at IS NULL AND t.started_at <= :now",
    ThreadFilter.MINE: sql(
        "AND t.id IN (SELECT e.root_id FROM event e",
        "WHERE e.person_id = :me AND e.kind IN (3, 4) AND e.removed_at IS NULL)",
    ),
    ThreadFilter.STARRED: "AND t.id IN (SELECT thread_id FROM threadmark WHERE is_starred)",
    ThreadFilter.UNREAD: sql("AND", _UNREAD),
}

# A plus sign takes an index away from the planner: few threads are picked, then sorted, instead of walking all.
_ORDERS = {
    ThreadFilter.UNANSWERED: "t.started_at",
    ThreadFilter.MINE: "+t.last_at",
    ThreadFilter.STARRED: "+t.last_at",
}

_SPANS = {ThreadFilter.UNANSWERED: "AND t.started_at >= :start AND t.started_at < :end"}

Period = tuple[datetime, datetime]


def list_threads(
    reader: Reader,
    scope: Scope,
    *,
    where: ThreadFilter = ThreadFilter.ALL,
    period: Period | None = None,
    as_of: datetime,
    limit: int,
    offset: int = 0,
) -> list[ThreadRow]:
    """Threads with the latest message first (unanswered questions: the latest asked first).

    With a `period` [start, end) only threads that ran in it: begun before its end (or nobody knows when), last message
    not before its start
    (unanswered questions: asked in it).
    Unanswered are questions without a reply, however young at `as_of`: the dashboard counts the same ones. Mine are
    those the coordinator wrote in (none while the profile does not know who that is).
    """
    condition, params = _conditions(reader, scope, where=where, period=period, as_of=as_of)
    order = _ORDERS.get(where, "t.last_at")
    # The page is found by ids alone, so that what is shown of a thread is read for these few only.
    statement = sql(
        _COLUMNS,
        "FROM (SELECT t.id FROM thread t WHERE",
        condition,
        f"ORDER BY {order} DESC, t.id DESC LIMIT :limit OFFSET :offset) page",
        _JOINED,
        f"ORDER BY {order.removeprefix('+')} DESC, t.id DESC",
    )
    return [_thread(row) for row in reader.rows(statement, {**params, "limit": limit, "offset": offset})]


def count_threads(
    reader: Reader,
    scope: Scope,
    *,
    where: ThreadFilter = ThreadFilter.ALL,
    period: Period | None = None,
    as_of: datetime,
) -> int:
    """How many threads `list_threads` would list."""
    if where is ThreadFilter.ALL and period is None:
        return _count_all(reader, scope)
    if where is ThreadFilter.UNREAD:
        # Few threads are ever marked as read or all one's own: counting those is quicker than asking each other one.
        condition, params = _conditions(reader, scope, where=ThreadFilter.ALL, period=period, as_of=as_of)
        read = _count(reader, _COUNT_READ, condition, {**params, "begun": json.dumps(sent_topics(reader))})
        everything = _count_all(reader, scope) if period is None else _count(reader, _COUNT, condition, params)
        return everything - read
    condition, params = _conditions(reader, scope, where=where, period=period, as_of=as_of)
    return _count(reader, _COUNT, condition, params)


def find_thread(reader: Reader, thread_id: EventId) -> ThreadRow | None:
    """One conversation by its id; None where there is no such thread."""
    return next(iter(find_threads(reader, [thread_id])), None)


def find_threads(reader: Reader, threads: Sequence[EventId]) -> list[ThreadRow]:
    """Conversations by their ids, in this order; those that are not here are left out."""
    rows = {row[0]: _thread(row) for row in reader.rows(_SOME, {"threads": json.dumps(threads), "me": me(reader)})}
    return [rows[thread] for thread in threads if thread in rows]


def _count_all(reader: Reader, scope: Scope) -> int:
    """Every thread of the scope: those whose beginning is here are summed up, and there are few others."""
    params = {"scope": scope_parameter(scope), "before": BEFORE_ALL}
    begun: int = reader.scalar(
        sql("SELECT ifnull(sum(t.threads), 0) FROM communitytotal t WHERE", within("t.community_id", scope)), params
    )
    headless: int = reader.scalar(
        sql("SELECT count(*) FROM thread t WHERE t.started_at = :before AND", within("t.community_id", scope)), params
    )
    return begun + headless


def _count(reader: Reader, start: str, condition: str, params: Mapping[str, object]) -> int:
    count: int = reader.scalar(sql(start, condition), params)
    return count


def _conditions(
    reader: Reader, scope: Scope, *, where: ThreadFilter, period: Period | None, as_of: datetime
) -> tuple[str, dict[str, object]]:
    params: dict[str, object] = {"scope": scope_parameter(scope), "now": to_micros(as_of), "me": me(reader)}
    if period is not None:
        params |= {"start": to_micros(period[0]), "end": to_micros(period[1])}
    span = "" if period is None else _SPANS.get(where, "AND t.last_at >= :start AND t.started_at < :end")
    # Without a span the open questions of every community are a short piece of an index that begins with it.
    is_open = where is ThreadFilter.UNANSWERED and period is None
    community = seeking("t.community_id", scope) if is_open else within("t.community_id", scope)
    return sql(community, _FILTERS[where], span), params


def _thread(row: tuple[Any, ...]) -> ThreadRow:
    id_, community_id, community, subject, author, author_id, started, last, messages, people, *marks = row
    is_question, is_answered, is_starred, is_unread, has_beginning = marks
    return ThreadRow(
        id_,
        community_id,
        community,
        subject,
        author,
        author_id,
        from_micros(started),
        from_micros(last),
        messages,
        people,
        is_question == 1,
        is_answered == 1,
        is_starred == 1,
        is_unread == 1,
        has_beginning == 1,
    )
