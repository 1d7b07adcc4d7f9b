"""Messages: a thread as it is read, and plain headings for lists."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import from_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message of a thread with its text; `html` only where there was no plain text. `depth` is 0 for the root."""

    id: EventId
    thread_id: EventId
    community: str
    author: str
    author_id: PersonId
    sent_at: datetime
    sent_at_is_guess: bool
    subject: str
    text: str
    html: str | None
    is_root: bool
    parent_id: EventId | None
    depth: int


@dataclass(frozen=True, slots=True)
class MessageHeading:
    """A message without its text: what the command line lists."""

    id: EventId
    remote_id: str
    thread_id: EventId
    community: str
    author: str
    author_id: PersonId
    sent_at: datetime
    subject: str
    is_root: bool


_SKELETON = """
SELECT e.id, e.parent_id, e.removed_at IS NULL FROM event e
WHERE e.root_id = ? AND e.kind IN (3, 4) ORDER BY e.at, e.id
"""

_TEXTS = """
SELECT e.id, e.root_id, c.name, p.name, e.person_id, e.at, e.at_is_guess, ifnull(b.subject, ''), ifnull(b.text, ''),
  b.html, e.parent_id
FROM event e JOIN community c ON c.id = e.community_id JOIN person p ON p.id = e.person_id
LEFT JOIN body b ON b.event_id = e.id WHERE e.id IN (SELECT value FROM json_each(?))
"""

_HEADINGS = """
SELECT e.id, e.remote_id, ifnull(e.root_id, e.id), c.name, p.name, e.person_id, e.at, ifnull(b.subject, ''),
  ifnull(e.root_id, e.id) = e.id
FROM event e JOIN community c ON c.id = e.community_id JOIN person p ON p.id = e.person_id
LEFT JOIN body b ON b.event_id = e.id
"""

# The newest k messages of all lie in the k communities whose last events are newest, among the newest k of each.
# The last event of a community may be a reaction or a removed message, so the inner question is the same as the outer.
_NEWEST_OF_MANY = """
WITH latest AS MATERIALIZED (
  SELECT c.id, (SELECT n.at FROM event n WHERE n.community_id = c.id AND n.kind IN (3, 4) AND n.removed_at IS NULL
    ORDER BY n.at DESC LIMIT 1) AS at
  FROM community c WHERE {scope}
)
SELECT e.id FROM (SELECT id FROM latest ORDER BY at DESC LIMIT :reach) f JOIN event e ON e.id IN (
  SELECT i.id FROM event i WHERE i.community_id = f.id AND i.kind IN (3, 4) AND i.removed_at IS NULL
    ORDER BY i.at DESC, i.id DESC LIMIT :reach
) ORDER BY e.at DESC, e.id DESC LIMIT :limit OFFSET :offset
"""

_NEWEST_OF_ONE = """
SELECT e.id FROM event e WHERE e.community_id = :scope AND e.kind IN (3, 4) AND e.removed_at IS NULL
ORDER BY e.at DESC, e.id DESC LIMIT :limit OFFSET :offset
"""


def thread_messages(
    reader: Reader, thread_id: EventId, *, limit: int | None = None, offset: int = 0
) -> list[MessageRow]:
    """The messages of a thread as they are read: each followed by the answers to it, answers by time.

    Removed messages are left out, what hangs below them stays. Empty where there is no such thread.
    """
    order = _reading_order(reader.rows(_SKELETON, (thread_id,)))
    end = None if limit is None else offset + limit
    page = order[offset:end]
    rows = {row[0]: row for row in reader.rows(_TEXTS, (json.dumps([id_ for id_, _ in page]),))}
    return [_message(rows[id_], depth) for id_, depth in page]


def list_messages(reader: Reader, scope: Scope, *, limit: int | None = None, offset: int = 0) -> list[MessageHeading]:
    """Headings of the messages of a scope, bots' too, the newest first; without `limit` all from `offset` on."""
    if limit is None:
        statement = sql(
            _HEADINGS,
            "WHERE e.kind IN (3, 4) AND e.removed_at IS NULL AND",
            within("e.community_id", scope),
            "ORDER BY e.at DESC, e.id DESC LIMIT -1 OFFSET :offset",
        )
        return [_heading(row) for row in reader.rows(statement, {"scope": scope_parameter(scope), "offset": offset})]
    params = {"scope": scope_parameter(scope), "limit": limit, "offset": offset, "reach": limit + offset}
    newest = _NEWEST_OF_ONE if len(scope) == 1 else _NEWEST_OF_MANY.replace("{scope}", within("c.id", scope))
    page = [row[0] for row in reader.rows(newest, params)]
    statement = sql(_HEADINGS, "WHERE e.id IN (SELECT value FROM json_each(?))")
    rows = {row[0]: _heading(row) for row in reader.rows(statement, (json.dumps(page),))}
    return [rows[id_] for id_ in page]


def _reading_order(skeleton: Sequence[tuple[Any, ...]]) -> list[tuple[EventId, int]]:
    """(message, depth) for what was not removed; a message whose parent is not in the thread hangs below nothing."""
    known = {id_ for id_, _, _ in skeleton}
    present = {id_ for id_, _, is_present in skeleton if is_present}
    answers: defaultdict[EventId | None, list[EventId]] = defaultdict(list)
    for id_, parent, _ in skeleton:
        answers[parent if parent in known and parent != id_ else None].append(id_)
    order: list[tuple[EventId, int]] = []
    # A stack, not recursion: a thread may be a chain of a thousand answers.
    waiting = [(id_, 0) for id_ in reversed(answers[None])]
    while waiting:
        id_, depth = waiting.pop()
        if id_ in present:
            order.append((id_, depth))
        waiting.extend((answer, depth + 1) for answer in reversed(answers[id_]))
    return order


def _message(row: tuple[Any, ...], depth: int) -> MessageRow:
    id_, thread_id, community, author, author_id, at, is_guess, subject, text, html, parent_id = row
    return MessageRow(
        id=id_,
        thread_id=thread_id,
        community=community,
        author=author,
        author_id=author_id,
        sent_at=from_micros(at),
        sent_at_is_guess=bool(is_guess),
        subject=subject,
        text=text,
        html=html,
        is_root=id_ == thread_id,
        parent_id=parent_id,
        depth=depth,
    )


def _heading(row: tuple[Any, ...]) -> MessageHeading:
    id_, remote_id, thread_id, community, author, author_id, at, subject, is_root = row
    return MessageHeading(
        id_, remote_id, thread_id, community, author, author_id, from_micros(at), subject, is_root=bool(is_root)
    )
