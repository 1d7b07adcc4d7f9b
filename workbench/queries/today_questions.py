"""Today's questions: which wait for an answer, each under a name for good, and what is told of the few on the list."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from workbench.ids import CommunityId, EventId
from workbench.models.database import Reader
from workbench.models.kinds import OutboxState
from workbench.models.moments import from_day, from_micros, maybe_from_micros, to_micros
from workbench.queries.preferences import me
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.today import lasting_key

_ANSWERED: Final = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.SENT, OutboxState.UNKNOWN)
_ALL: Final = -1  # what LIMIT takes for no limit


class WaitingQuestion(NamedTuple):
    """A question that waits, by its thread; `key` names it for good."""

    thread_id: EventId
    key: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question that began a thread and that nobody else has answered; `key` names it for good.

    `draft` is the id of an answer that is being written. `known_until` is the last day since it was asked that is
    completely mirrored, None where not even that day is: whether a reply came after it is not known. `owner` was asked
    to answer it at `routed_at`.
    """

    key: str
    thread_id: EventId
    community_id: CommunityId
    community: str
    subject: str
    author: str
    asked_at: datetime
    draft: str | None
    known_until: date | None
    owner: str
    routed_at: datetime | None


_WAITS = """
LEFT JOIN thread_care q ON q.thread_id = t.id
WHERE t.is_question = 1 AND t.first_reply_at IS NULL AND t.started_at >= :since AND t.started_at <= :until
  AND t.accepted_id IS NULL AND t.author_id IS NOT :me
  AND q.outcome IS NULL AND (q.routed_at IS NULL OR q.routed_at <= :routed)
  AND NOT EXISTS (SELECT 1 FROM outboxitem o WHERE o.root_id = t.id AND o.kind = 'reply'
    AND o.state IN (SELECT value FROM json_each(:answered)))
  AND
"""
_ASKED = sql("FROM thread t", _WAITS)
_BEGUN = sql("FROM (SELECT DISTINCT root_id FROM outboxitem WHERE state = 'draft' AND kind = 'reply') w",
             "CROSS JOIN thread t ON t.id = w.root_id", _WAITS)  # fmt: skip
# Of each only its own name is looked up: thousands may have to be named.
_NAMES = """
SELECT page.id, page.place, e.remote_id FROM page CROSS JOIN event e ON e.id = page.id ORDER BY page.at, page.id
"""
_PLACES = """
SELECT c.id, a.kind, ifnull(a.base_url, a.name), c.remote_id FROM community c JOIN account a ON a.id = c.account_id
"""
_QUESTIONS = """
SELECT t.id, t.community_id, c.name, t.subject, p.name, t.started_at, e.remote_id, c.remote_id, a.kind,
  ifnull(a.base_url, a.name),
  (SELECT max(o.id) FROM outboxitem o WHERE o.root_id = t.id AND o.kind = 'reply' AND o.state = 'draft'),
  (SELECT max(k.last_day) FROM coverage k WHERE k.community_id = t.community_id
     AND k.first_day <= t.started_at / 86400000000),
  coalesce(o.name, q.owner_name, ''), q.routed_at
FROM (SELECT value AS id FROM json_each(?)) page CROSS JOIN thread t ON t.id = page.id
CROSS JOIN community c ON c.id = t.community_id
CROSS JOIN account a ON a.id = c.account_id CROSS JOIN event e ON e.id = t.id CROSS JOIN person p ON p.id = t.author_id
LEFT JOIN thread_care q ON q.thread_id = t.id LEFT JOIN person o ON o.id = q.owner_id
ORDER BY t.started_at, t.id
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions looked for: asked in [since, until] and, where routed, routed up to `routed_until`."""

    since: datetime
    until: datetime
    routed_until: datetime


def waiting_questions(reader: Reader, scope: Scope, asked: Asked, *, limit: int = _ALL) -> list[WaitingQuestion]:
    """Questions that nobody else answered, the oldest first.

    Left out are those whose answer is written and waits in the outbox, those given up or answered elsewhere, those
    that were routed to somebody lately, and the coordinator's own.
    """
    return _named(reader, scope, _ASKED, asked, limit=limit)


def begun_questions(reader: Reader, scope: Scope, asked: Asked) -> list[WaitingQuestion]:
    """Those of `waiting_questions` to which an answer is being written."""
    return _named(reader, scope, _BEGUN, asked, limit=_ALL)


def count_waiting(reader: Reader, scope: Scope, asked: Asked) -> int:
    """How many there are in `waiting_questions`."""
    statement = sql("SELECT count(*)", _ASKED, within("t.community_id", scope))
    count: int = reader.scalar(statement, _params(reader, scope, asked))
    return count


def told_questions(reader: Reader, threads: Collection[EventId]) -> list[QuestionRow]:
    """What is told of questions, the oldest first."""
    return [_question(row) for row in reader.rows(_QUESTIONS, (json.dumps(list(threads)),))]


def _named(reader: Reader, scope: Scope, found: str, asked: Asked, *, limit: int) -> list[WaitingQuestion]:
    page = sql(
        "WITH page AS (SELECT t.id AS id, t.community_id AS place, t.started_at AS at",
        found,
        within("t.community_id", scope),
        "ORDER BY t.started_at, t.id LIMIT :limit)",
    )
    rows = reader.rows(sql(page, _NAMES), _params(reader, scope, asked) | {"limit": limit})
    places = {id_: (kind, base, place) for id_, kind, base, place in reader.rows(_PLACES)} if rows else {}
    return [WaitingQuestion(EventId(id_), _key(*places[place], remote)) for id_, place, remote in rows]


def _params(reader: Reader, scope: Scope, asked: Asked) -> dict[str, object]:
    return {
        "scope": scope_parameter(scope),
        "since": to_micros(asked.since),
        "until": to_micros(asked.until),
        "routed": to_micros(asked.routed_until),
        "me": me(reader),
        "answered": json.dumps([state.value for state in _ANSWERED]),
    }


def _key(kind: str, base: str, place: str, remote: str) -> str:
    return f"answer:{lasting_key(kind, base, place, remote)}"


def _question(row: tuple[Any, ...]) -> QuestionRow:
    id_, community_id, community, subject, author, asked, remote, place, kind, base, draft, *rest = row
    last_day, owner, routed = rest
    return QuestionRow(
        key=_key(kind, base, place, remote),
        thread_id=EventId(id_),
        community_id=CommunityId(community_id),
        community=community,
        subject=subject,
        author=author,
        asked_at=from_micros(asked),
        draft=draft,
        known_until=None if last_day is None else from_day(last_day),
        owner=owner,
        routed_at=maybe_from_micros(routed),
    )
