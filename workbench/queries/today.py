"""Today: what may want the coordinator's attention, as the mirror, the plans and the outbox tell it, and its marks."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from workbench.ids import CardId, CommunityId, EventId, PersonId, PlanId
from workbench.models.database import Reader
from workbench.models.kinds import CardColumn, CardKind, OutboxState
from workbench.models.moments import from_day, from_micros, maybe_from_micros, to_micros
from workbench.queries.preferences import me
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within

NEWCOMER_DAYS: Final = 14
"""Somebody is new for so many days (the queue of the welcome campaign looks back as far)."""
SURE_AFTER_DAYS: Final = 28
"""A first message counts as somebody's first only in a community whose mirror began at least so long before it."""
_ANSWERED: Final = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.SENT, OutboxState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What was decided about an item; `until` only where it was put off."""

    key: str
    kind: str
    state: str
    until: datetime | None
    marked_at: datetime


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


@dataclass(frozen=True, slots=True)
class NewcomerRow:
    """Somebody who came to a community lately and to whom nobody has turned there.

    `since` is when they joined, or else when they first wrote. `thread_id` is the thread of their first message, where
    they wrote one; `key` names person and community for good. `known_since`: since when they have been in some other
    community, None where they are new there, too.
    """

    key: str
    person_id: PersonId
    name: str
    community_id: CommunityId
    community: str
    since: datetime
    thread_id: EventId | None
    known_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueCard:
    """A card that should be done by now; of a series the latest time, with how many of it are open in `times`."""

    card_id: CardId
    plan_id: PlanId
    plan: str
    title: str
    owner: str
    due_on: date
    hours: float | None
    column: CardColumn
    promised_to: str
    times: int

    @property
    def is_promise(self) -> bool:
        """Whether somebody was promised it."""
        return bool(self.promised_to)


@dataclass(frozen=True, slots=True)
class DueCheckpoint:
    """A checkpoint that is near or past and not locked."""

    plan_id: PlanId
    plan: str
    day: int
    falls_on: date


@dataclass(frozen=True, slots=True)
class PlanConflicts:
    """A plan in which two leaders gave the same field two values."""

    plan_id: PlanId
    plan: str
    cards: int


@dataclass(frozen=True, slots=True)
class WeekCard:
    """A card with its day in a stretch of days: due there and open, or done there, whenever it was due."""

    card_id: CardId
    plan_id: PlanId
    plan: str
    title: str
    owner: str
    on: date
    hours: float | None
    is_done: bool
    due_on: date | None = None


def today_marks(reader: Reader) -> dict[str, MarkRow]:
    """Every mark by the key of its item."""
    rows = reader.rows('SELECT "key", kind, state, until, marked_at FROM todaymark')
    return {
        key: MarkRow(key, kind, state, maybe_from_micros(until), from_micros(at))
        for key, kind, state, until, at in rows
    }


_QUESTIONS = """
SELECT t.id, t.community_id, c.name, t.subject, p.name, t.started_at, e.remote_id, c.remote_id, a.kind,
  ifnull(a.base_url, a.name),
  (SELECT max(o.id) FROM outboxitem o WHERE o.root_id = t.id AND o.kind = 'reply' AND o.state = 'draft'),
  (SELECT max(k.last_day) FROM coverage k WHERE k.community_id = t.community_id
     AND k.first_day <= t.started_at / 86400000000),
  coalesce(o.name, q.owner_name, ''), q.routed_at
FROM thread t CROSS JOIN community c ON c.id = t.community_id CROSS JOIN account a ON a.id = c.account_id
CROSS JOIN event e ON e.id = t.id CROSS JOIN person p ON p.id = t.author_id
LEFT JOIN thread_care q ON q.thread_id = t.id LEFT JOIN person o ON o.id = q.owner_id
WHERE t.is_question = 1 AND t.first_reply_at IS NULL AND t.accepted_id IS NULL
  AND t.started_at >= :since AND t.started_at <= :until AND t.author_id IS NOT :me
  AND q.outcome IS NULL AND (q.routed_at IS NULL OR q.routed_at <= :until)
  AND NOT EXISTS (SELECT 1 FROM outboxitem o WHERE o.root_id = t.id AND o.kind = 'reply'
    AND o.state IN (SELECT value FROM json_each(:answered)))
  AND
"""


def waiting_questions(
    reader: Reader, scope: Scope, *, since: datetime, until: datetime, limit: int
) -> list[QuestionRow]:
    """Questions asked in [since, until] that nobody else answered, the oldest first.

    Left out are those whose answer is written and waits in the outbox, those given up or answered elsewhere, those
    that were routed to somebody after `until`, and the coordinator's own.
    """
    found = reader.rows(
        sql(_QUESTIONS, seeking("t.community_id", scope), "ORDER BY t.started_at, t.id LIMIT :limit"),
        {
            "scope": scope_parameter(scope),
            "since": to_micros(since),
            "until": to_micros(until),
            "me": me(reader),
            "answered": json.dumps([state.value for state in _ANSWERED]),
            "limit": limit,
        },
    )
    return [_question(row) for row in found]


# The account of a newcomer: their name on its platform is what their key is made of.
_HANDLE = "(SELECT min(h.remote_id) FROM handle h WHERE h.person_id = m.person_id AND h.account_id = c.account_id)"

_NEWCOMERS = sql(
    """
SELECT m.person_id, p.name, m.community_id, c.name, ifnull(m.joined_at, m.first_message_at), c.remote_id, a.kind,
  ifnull(a.base_url, a.name),""",
    _HANDLE,
    """,
  (SELECT e.root_id FROM event e WHERE e.person_id = m.person_id AND e.community_id = m.community_id
     AND e.kind IN (3, 4) AND e.removed_at IS NULL AND e.at >= :since ORDER BY e.at, e.id LIMIT 1),
  (SELECT min(min(ifnull(o.joined_at, o.first_message_at), ifnull(o.first_message_at, o.joined_at))) FROM member o
   WHERE o.person_id = m.person_id AND o.community_id <> m.community_id
     AND (o.joined_at < :since OR o.first_message_at < :since))
FROM (
  SELECT community_id, person_id FROM member INDEXED BY member_joined WHERE joined_at >= :since AND joined_at <= :now
  UNION ALL SELECT community_id, person_id FROM member INDEXED BY member_present
  WHERE community_id IN (SELECT id FROM community) AND left_at IS NULL AND last_message_at >= :since
    AND first_message_at >= :since AND joined_at IS NULL
) n CROSS JOIN member m ON m.community_id = n.community_id AND m.person_id = n.person_id
CROSS JOIN community c ON c.id = m.community_id CROSS JOIN account a ON a.id = c.account_id
CROSS JOIN person p ON p.id = m.person_id
WHERE m.left_at IS NULL AND NOT p.is_bot AND m.person_id IS NOT :me AND (
    (m.joined_at >= :since AND m.joined_at <= :now AND ifnull(m.first_message_at, m.joined_at) >= :since)
    OR (m.joined_at IS NULL AND m.first_message_at >= :since AND m.first_message_at <= :now
      AND (SELECT min(k.first_day) FROM coverage k WHERE k.community_id = m.community_id)
        <= m.first_message_at / :day - :sure))
  AND NOT EXISTS (SELECT 1 FROM event mine CROSS JOIN event other ON other.root_id = mine.root_id
    WHERE mine.person_id = m.person_id AND mine.community_id = m.community_id AND mine.at >= :since
      AND other.target_person_id = m.person_id AND other.person_id <> m.person_id AND other.removed_at IS NULL)
  AND c.is_followed AND c.removed_at IS NULL AND
""",
)


def newcomers(reader: Reader, scope: Scope, *, as_of: datetime) -> list[NewcomerRow]:
    """Who came in the last fourteen days and was not yet turned to, by name; those known elsewhere come last.

    By the day of joining where a platform tells it, else by the first message, which counts only where the mirror began
    well before it: what looks like the first may else be the first that was fetched. Who wrote here before these days
    is not new, whenever they joined.
    """
    found = reader.rows(
        sql(_NEWCOMERS, within("c.id", scope)),
        {
            "scope": scope_parameter(scope),
            "since": to_micros(as_of - timedelta(days=NEWCOMER_DAYS)),
            "now": to_micros(as_of),
            "me": me(reader),
            "day": 86_400_000_000,
            "sure": SURE_AFTER_DAYS,
        },
    )
    people = [_newcomer(row) for row in found]
    return sorted(people, key=_new_to_all_first)


def _new_to_all_first(row: NewcomerRow) -> tuple[bool, str, int, int]:
    return row.known_since is not None, row.name.casefold(), row.person_id, row.community_id


_DUE = """
SELECT d.id, d.plan_id, p.name, d.title, d.owner, max(d.due_on), d.hours, d."column", d.promised_to, count(*), d.kind
FROM card d JOIN plan p ON p.id = d.plan_id
WHERE NOT d.is_archived AND NOT p.is_archived AND d."column" <> 'done' AND d.due_on <= :today AND
"""


def due_cards(reader: Reader, scope: Scope, *, today: date) -> list[DueCard]:
    """Open cards whose day is today or past, the longest overdue first; a plan for all communities is in each scope."""
    rows = reader.rows(
        sql(_DUE, _plan_in(scope), "GROUP BY d.plan_id, ifnull(d.series_id, d.id) ORDER BY 6, d.id"),
        {"today": today.isoformat(), "scope": scope_parameter(scope)},
    )
    return [
        DueCard(
            card_id=CardId(id_),
            plan_id=PlanId(plan_id),
            plan=plan,
            title=title,
            owner=owner,
            due_on=date.fromisoformat(due_on),
            hours=hours,
            column=CardColumn(column),
            promised_to=promised_to if kind == CardKind.COMMITMENT else "",
            times=times,
        )
        for id_, plan_id, plan, title, owner, due_on, hours, column, promised_to, times, kind in rows
    ]


def due_checkpoints(reader: Reader, scope: Scope, *, until: date) -> list[DueCheckpoint]:
    """Checkpoints up to `until` that are not locked, the earliest first."""
    rows = reader.rows(
        sql(
            "SELECT d.plan_id, p.name, d.day, d.falls_on FROM checkpoint d JOIN plan p ON p.id = d.plan_id",
            "WHERE d.locked_at IS NULL AND NOT p.is_archived AND d.falls_on <= :until AND",
            _plan_in(scope),
            "ORDER BY d.falls_on, d.plan_id",
        ),
        {"until": until.isoformat(), "scope": scope_parameter(scope)},
    )
    return [DueCheckpoint(PlanId(plan_id), plan, day, date.fromisoformat(on)) for plan_id, plan, day, on in rows]


def plans_with_conflicts(reader: Reader, scope: Scope) -> list[PlanConflicts]:
    """Plans in which two values of a field wait for a choice, by name."""
    rows = reader.rows(
        sql(
            "SELECT d.plan_id, p.name, count(*) FROM card d JOIN plan p ON p.id = d.plan_id",
            "WHERE d.has_conflict AND NOT d.is_archived AND NOT p.is_archived AND",
            _plan_in(scope),
            "GROUP BY d.plan_id ORDER BY p.name, d.plan_id",
        ),
        {"scope": scope_parameter(scope)},
    )
    return [PlanConflicts(PlanId(plan_id), plan, cards) for plan_id, plan, cards in rows]


_WEEK = """
SELECT d.id, d.plan_id, p.name, d.title, d.owner, d.due_on, d.done_on, d."column", d.hours
FROM card d JOIN plan p ON p.id = d.plan_id
WHERE NOT d.is_archived AND NOT p.is_archived
  AND ((d."column" = 'done' AND d.done_on BETWEEN :first AND :last)
    OR (d."column" <> 'done' AND d.due_on BETWEEN :first AND :last)) AND
"""


def cards_of_days(reader: Reader, scope: Scope, *, first: date, last: date) -> list[WeekCard]:
    """Cards that are due, or were done, on the days [first, last], by day and title."""
    rows = reader.rows(
        sql(_WEEK, _plan_in(scope)),
        {"first": first.isoformat(), "last": last.isoformat(), "scope": scope_parameter(scope)},
    )
    cards = [_week_card(row) for row in rows]
    return sorted(cards, key=lambda card: (card.on, card.is_done, card.title.casefold(), card.card_id))


def sent_on_days(reader: Reader, scope: Scope, *, start: datetime, end: datetime) -> int:
    """How many of the coordinator's own answers and topics went out in [start, end)."""
    count: int = reader.scalar(
        sql(
            "SELECT count(*) FROM outboxitem o WHERE o.state = 'sent' AND o.kind <> 'like'",
            "AND o.changed_at >= :start AND o.changed_at < :end AND",
            within("o.community_id", scope),
        ),
        {"start": to_micros(start), "end": to_micros(end), "scope": scope_parameter(scope)},
    )
    return count


def people_marked(reader: Reader, keys: Collection[str], *, start: datetime, end: datetime) -> int:
    """How many items of these kinds were marked as done in [start, end)."""
    count: int = reader.scalar(
        "SELECT count(*) FROM todaymark WHERE state = 'done' AND marked_at >= ? AND marked_at < ?"
        " AND kind IN (SELECT value FROM json_each(?))",
        (to_micros(start), to_micros(end), json.dumps(sorted(keys))),
    )
    return count


def _plan_in(scope: Scope) -> str:
    return "TRUE" if not scope else sql("(p.community_id IS NULL OR", within("p.community_id", scope), ")")


def lasting_key(*parts: str | None) -> str:
    """A short name made of what the platform itself calls the thing and the place it is in."""
    text = "\x1f".join(part or "" for part in parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _question(row: tuple[Any, ...]) -> QuestionRow:
    id_, community_id, community, subject, author, asked, remote, place, kind, base, draft, *rest = row
    last_day, owner, routed = rest
    return QuestionRow(
        key=f"answer:{lasting_key(kind, base, place, remote)}",
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


def _newcomer(row: tuple[Any, ...]) -> NewcomerRow:
    person_id, name, community_id, community, since, place, kind, base, handle, thread_id, known = row
    return NewcomerRow(
        key=f"greet:{lasting_key(kind, base, place, handle or str(person_id))}",
        person_id=PersonId(person_id),
        name=name,
        community_id=CommunityId(community_id),
        community=community,
        since=from_micros(since),
        thread_id=None if thread_id is None else EventId(thread_id),
        known_since=maybe_from_micros(known),
    )


def _week_card(row: tuple[Any, ...]) -> WeekCard:
    id_, plan_id, plan, title, owner, due_on, done_on, column, hours = row
    is_done = column == CardColumn.DONE
    on = date.fromisoformat(done_on if is_done else due_on)
    due = None if due_on is None else date.fromisoformat(due_on)
    return WeekCard(CardId(id_), PlanId(plan_id), plan, title, owner, on, hours, is_done, due)
