"""Surge: threads that the coordinator marked as urgent: who came to help, from how many offices, and how fast.

Reached, once at least five people from at least three offices answered within 24 hours of the first message (flash
coordination). People whose office is not known count as people, not as an office.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.ids import CommunityId, EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import from_micros, to_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within

RESPONDERS: Final = 5
OFFICES: Final = 3
WITHIN: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Responder:
    """Somebody who answered, with their first message; in the order in which they came."""

    person_id: PersonId
    name: str
    office: str
    at: datetime
    hours: float


@dataclass(frozen=True, slots=True)
class Surge:
    """An urgent thread. `reached_hours` says after how many hours the fifth person and third office were there."""

    id: EventId
    community_id: CommunityId
    community: str
    subject: str
    author: str
    started_at: datetime
    marked_at: datetime
    responders: tuple[Responder, ...]
    offices: int
    people_in_time: int
    offices_in_time: int
    reached_hours: float | None
    is_over: bool
    """Whether its 24 hours have passed."""

    @property
    def is_reached(self) -> bool:
        """Whether enough people from enough offices came in time."""
        return self.reached_hours is not None

    @property
    def is_marked_late(self) -> bool:
        """Whether it was marked only once its 24 hours were over, so that nobody was called in time."""
        return self.marked_at > self.started_at + WITHIN


_URGENT = """
SELECT t.id, t.community_id, c.name, t.subject, p.name, s.at, k.urgent_at, t.author_id
FROM thread_care k CROSS JOIN thread t ON t.id = k.thread_id CROSS JOIN event s ON s.id = t.id
CROSS JOIN community c ON c.id = t.community_id CROSS JOIN person p ON p.id = t.author_id
WHERE k.urgent_at IS NOT NULL AND
"""
_RESPONDERS = """
SELECT e.person_id, p.name, coalesce(f.office, p.office, ''), min(e.at)
FROM event e INDEXED BY event_root CROSS JOIN person p ON p.id = e.person_id
  LEFT JOIN personfact f ON f.person_id = p.id
WHERE e.root_id = :thread AND e.kind = 4 AND e.person_id <> :author AND e.removed_at IS NULL AND NOT p.is_bot
  AND e.at <= :now
GROUP BY e.person_id ORDER BY 4, 1
"""


def urgent_threads(reader: Reader, scope: Scope, *, as_of: datetime) -> list[Surge]:
    """Every thread marked as urgent, the newest first."""
    statement = sql(_URGENT, within("t.community_id", scope), "ORDER BY t.started_at DESC, t.id DESC")
    rows = reader.rows(statement, {"scope": scope_parameter(scope)})
    return [_surge(reader, row, as_of) for row in rows]


def thread_surge(reader: Reader, thread_id: EventId, *, as_of: datetime) -> Surge | None:
    """One thread; None where it is not marked as urgent."""
    row = reader.one(sql(_URGENT, "t.id = ?"), (thread_id,))
    return None if row is None else _surge(reader, row, as_of)


def _surge(reader: Reader, row: tuple[Any, ...], as_of: datetime) -> Surge:
    id_, community_id, community, subject, author, started, marked, author_id = row
    begun = from_micros(started)
    found = reader.rows(_RESPONDERS, {"thread": id_, "author": author_id, "now": to_micros(as_of)})
    # By the clocks of two senders a reply may lie before what it answers; it came at once.
    responders = tuple(
        Responder(person_id, name, office, at, (at - begun) / timedelta(hours=1))
        for person_id, name, office, at in ((*person, max(from_micros(at), begun)) for *person, at in found)
    )
    in_time = [one for one in responders if one.at <= begun + WITHIN]
    reached: float | None = None
    for count, one in enumerate(in_time, 1):
        if count >= RESPONDERS and len({other.office for other in in_time[:count]} - {""}) >= OFFICES:
            reached = one.hours
            break
    return Surge(
        id=EventId(id_),
        community_id=CommunityId(community_id),
        community=community,
        subject=subject,
        author=author,
        started_at=begun,
        marked_at=from_micros(marked),
        responders=responders,
        offices=len({one.office for one in responders} - {""}),
        people_in_time=len(in_time),
        offices_in_time=len({one.office for one in in_time} - {""}),
        reached_hours=reached,
        is_over=as_of >= begun + WITHIN,
    )
