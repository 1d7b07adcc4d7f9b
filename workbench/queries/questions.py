"""Questions: which wait, who was asked to answer, and what became of them, as the mirror and own marks tell it.

A question is a message that began a thread and asks something. Its state is derived at each reading: answered, once
somebody else replied, the platform marks an answer, or the coordinator said that it was answered elsewhere or posted
an answer by hand; else abandoned, where the coordinator gave it up; else routed, where it has an owner; else open.
Threads of other kinds are on the board while they are routed. What was routed after a reply waits for the next one.
"""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from workbench.ids import CommunityId, EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import MICROSECOND, from_micros, maybe_from_micros, to_micros
from workbench.queries.preferences import preference
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within
from workbench.queries.threads import Period

LIMIT_KEY: Final = "questions.limit_hours"
"""Preference: after so many hours a question has waited too long; JSON, 24 or 48."""
USUAL_LIMIT: Final = 48
LIMITS: Final = (24, 48)
FIRST_MOMENT: Final = datetime.min.replace(tzinfo=UTC)
"""The beginning of a period that has none."""


class QuestionState(StrEnum):
    """The columns of the board."""

    OPEN = "open"
    ROUTED = "routed"
    ANSWERED = "answered"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with what became of it.

    `answered_at` and `answerer` are those of the accepted answer, else of the first reply; None where it was answered
    elsewhere. `is_by_hand`: the coordinator posted an answer, at `answered_at`, that is not back from the platform.
    `hours` is its age, of an answered one how long the answer took (None elsewhere). `owner` is who was asked to see to
    it; `owner_id` None where they are in no directory.
    """

    id: EventId
    community_id: CommunityId
    community: str
    subject: str
    author: str
    author_id: PersonId
    asked_at: datetime
    state: QuestionState
    hours: float | None
    owner: str
    owner_id: PersonId | None
    routed_at: datetime | None
    answerer: str
    answered_at: datetime | None
    is_accepted: bool
    is_urgent: bool
    is_question: bool
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """Questions without a reply that do not wait on the board: why its numbers differ from those of the measures.

    `marked` the coordinator said to be answered, `given_up` gave up; of `accepted` the platform marks an answer that
    is no reply of somebody else.
    """

    marked: int = 0
    given_up: int = 0
    accepted: int = 0

    @property
    def count(self) -> int:
        """All of them."""
        return self.marked + self.given_up + self.accepted

    @property
    def named(self) -> tuple[tuple[int, str], ...]:
        """How many and why, in words, without those there are none of."""
        every = (
            (self.marked, "marked as answered"),
            (self.given_up, "given up"),
            (self.accepted, "with an accepted answer"),
        )
        return tuple((number, words) for number, words in every if number)


_COLUMNS = """
SELECT t.id, t.community_id, c.name, t.subject, p.name, t.author_id, s.at, ifnull(o.name, k.owner_name),
  k.owner_id, k.routed_at, coalesce(ap.name, rp.name, ''),
  coalesce(a.at, t.first_reply_at, CASE k.outcome WHEN 'by_hand' THEN k.closed_at END), a.id IS NOT NULL,
  k.urgent_at IS NOT NULL, t.is_question,
  k.outcome IS 'by_hand' AND t.first_reply_at IS NULL AND a.id IS NULL
"""
_JOINED = """
CROSS JOIN thread t ON t.id = page.id CROSS JOIN event s ON s.id = t.id
CROSS JOIN community c ON c.id = t.community_id CROSS JOIN person p ON p.id = t.author_id
LEFT JOIN thread_care k ON k.thread_id = t.id LEFT JOIN person o ON o.id = k.owner_id
LEFT JOIN event a ON a.id = t.accepted_id LEFT JOIN person ap ON ap.id = a.person_id
LEFT JOIN person rp ON rp.id = t.first_replier_id
"""
# Who answered since a thread was routed is told by the order in which the mirror stored it: a reply may have been
# written before the coordinator routed it, and come in later.
_IS_ROUTED = """
k.routed_at IS NOT NULL AND k.outcome IS NULL AND NOT EXISTS (
  SELECT 1 FROM event r INDEXED BY event_root CROSS JOIN person b ON b.id = r.person_id
  WHERE r.root_id = t.id AND r.kind = 4 AND r.id > k.routed_id AND r.person_id <> t.author_id AND r.removed_at IS NULL
    AND NOT b.is_bot)
"""
_UNREPLIED = "t.is_question = 1 AND t.first_reply_at IS NULL AND t.started_at <= :now"
# Small sets, each found by an index of its own, so that the many threads are read from one index alone.
_ACCEPTED = "t.id IN (SELECT id FROM thread INDEXED BY thread_accepted WHERE accepted_id IS NOT NULL)"
_ELSEWHERE = """
t.id IN (SELECT thread_id FROM thread_care WHERE thread_id IS NOT NULL AND outcome IN ('answered', 'by_hand'))
"""
_KEPT = """
t.id IN (SELECT thread_id FROM thread_care
  WHERE thread_id IS NOT NULL AND (outcome IS NOT NULL OR routed_at IS NOT NULL))
"""
_WAITS_AGAIN = sql(
    "t.id IN (SELECT t.id FROM thread_care k CROSS JOIN thread t ON t.id = k.thread_id WHERE", _IS_ROUTED, ")"
)
_CARED = "FROM thread_care k CROSS JOIN thread t ON t.id = k.thread_id WHERE"
_FOUND: Final = {
    QuestionState.OPEN: sql("FROM thread t WHERE", _UNREPLIED, "AND NOT", _KEPT, "AND NOT", _ACCEPTED, "AND"),
    QuestionState.ROUTED: sql(_CARED, _IS_ROUTED, "AND t.started_at <= :now AND"),
    QuestionState.ANSWERED: sql(
        "FROM thread t WHERE t.is_question = 1 AND t.started_at <= :now AND (t.first_reply_at IS NOT NULL OR",
        _ACCEPTED, "OR", _ELSEWHERE, ") AND NOT", _WAITS_AGAIN, "AND",
    ),
    QuestionState.ABANDONED: sql(
        _CARED, "k.outcome = 'abandoned' AND t.first_reply_at IS NULL AND t.accepted_id IS NULL",
        "AND t.started_at <= :now AND",
    ),
}  # fmt: skip
_MARKED: Final = """
SELECT ifnull(sum(k.outcome IN ('answered', 'by_hand')), 0), ifnull(sum(k.outcome = 'abandoned'), 0)
FROM thread_care k CROSS JOIN thread t ON t.id = k.thread_id WHERE k.outcome IS NOT NULL AND t.accepted_id IS NULL
"""
# Of all time most questions are summed up already. What is begun later than asked about comes off, and so does, or
# comes on top, what the coordinator's marks make of the others.
_SHORT: Final = timedelta(days=200)
"""So many days of threads are walked faster than the open questions of every community are looked up."""
_SUMMED: Final = {
    QuestionState.OPEN: "SELECT ifnull(sum(t.unanswered), 0) FROM communitytotal t WHERE",
    QuestionState.ANSWERED: "SELECT ifnull(sum(t.answered), 0) FROM communitytotal t WHERE",
}
_UNANSWERED = "t.is_question = 1 AND t.first_reply_at IS NULL AND t.accepted_id IS NULL AND t.started_at < :until AND"
_ANSWERED = sql(
    "t.is_question = 1 AND (t.first_reply_at IS NOT NULL OR t.accepted_id IS NOT NULL) AND t.started_at < :until AND"
)
_LATER: Final = {
    QuestionState.OPEN: sql("t.is_question = 1 AND t.first_reply_at IS NULL AND NOT", _ACCEPTED),
    QuestionState.ANSWERED: sql("t.is_question = 1 AND (t.first_reply_at IS NOT NULL OR", _ACCEPTED, ")"),
}
_ELSE: Final = {
    QuestionState.OPEN: ((-1, sql("(k.outcome IS NOT NULL OR k.routed_at IS NOT NULL) AND", _UNANSWERED)),),
    QuestionState.ANSWERED: (
        (1, sql("k.outcome IN ('answered', 'by_hand') AND", _UNANSWERED)),
        (-1, sql(_IS_ROUTED, "AND", _ANSWERED)),
    ),
}
_ORDERS: Final = {
    QuestionState.OPEN: "t.started_at, t.id",
    QuestionState.ROUTED: "t.started_at, t.id",
    QuestionState.ANSWERED: "t.started_at DESC, t.id DESC",
    QuestionState.ABANDONED: "t.started_at DESC, t.id DESC",
}


def list_questions(
    reader: Reader,
    scope: Scope,
    state: QuestionState,
    *,
    as_of: datetime,
    limit: int,
    period: Period | None = None,
    offset: int = 0,
) -> list[QuestionRow]:
    """A column of the board: what waits with the oldest first, what is settled with the newest first.

    With a `period` [start, end) only what was asked in it.
    """
    params = _params(scope, as_of=as_of, period=period) | {"limit": limit, "offset": offset}
    statement = sql(
        _COLUMNS,
        "FROM (SELECT t.id",
        _FOUND[state],
        _where(scope, state=state, period=period),
        f"ORDER BY {_ORDERS[state]} LIMIT :limit OFFSET :offset) page",
        _JOINED,
        f"ORDER BY {_ORDERS[state]}",
    )
    return [_question(row, state, as_of) for row in reader.rows(statement, params)]


def count_questions(
    reader: Reader,
    scope: Scope,
    *,
    as_of: datetime,
    period: Period | None = None,
    states: Iterable[QuestionState] = QuestionState,
) -> Mapping[QuestionState, int]:
    """How many stand in each column, or in those asked for."""
    params = _params(scope, as_of=as_of, period=period)
    is_summed = period is None or _is_late(period)
    until = as_of + MICROSECOND if period is None else min(period[1], as_of + MICROSECOND)
    counts: dict[QuestionState, int] = {}
    for state in states:
        if is_summed and state in _SUMMED:
            counts[state] = _count_summed(reader, scope, state, as_of=as_of, until=until)
        else:
            statement = sql("SELECT count(*)", _FOUND[state], _where(scope, state=state, period=period))
            counts[state] = reader.scalar(statement, params)
    return counts


def _count_summed(reader: Reader, scope: Scope, state: QuestionState, *, as_of: datetime, until: datetime) -> int:
    """How many of those asked before a moment, whenever that was, stand in a column: from the communities' sums."""
    params = {"scope": scope_parameter(scope), "until": to_micros(until)}
    later = sql("SELECT count(*) FROM thread t WHERE", _LATER[state], "AND t.started_at >= :until AND")
    # Open ones of each community are a short piece of an index that begins with it; a few months are shorter still.
    place = seeking if state is QuestionState.OPEN and as_of - until > _SHORT else within
    count: int = reader.scalar(sql(_SUMMED[state], within("t.community_id", scope)), params)
    count -= reader.scalar(sql(later, place("t.community_id", scope)), params)
    for sign, marked in _ELSE[state]:
        count += sign * reader.scalar(sql("SELECT count(*)", _CARED, marked, within("t.community_id", scope)), params)
    return count


def settled_unreplied(reader: Reader, scope: Scope, *, as_of: datetime, period: Period) -> Settled:
    """Of the questions asked in a `period` [start, end) that nobody replied to, those that do not wait all the same."""
    place = sql("AND", _UNREPLIED, "AND", _where(scope, state=QuestionState.ANSWERED, period=period))
    params = _params(scope, as_of=as_of, period=period)
    marked, given_up = reader.rows(sql(_MARKED, place), params)[0]
    accepted = reader.scalar(sql("SELECT count(*) FROM thread t WHERE", _ACCEPTED, place), params)
    return Settled(marked, given_up, accepted)


def unreplied_ages(
    reader: Reader, scope: Scope, *, as_of: datetime, period: Period, limits: Sequence[timedelta]
) -> tuple[int, ...]:
    """How many questions of a `period` [start, end) nobody replied to: younger than each limit, and from the last on.

    The limits go up; what was asked after `as_of` is the youngest.
    """
    place = seeking if period[1] - period[0] > _SHORT else within
    statement = sql(
        "SELECT json_group_array(t.started_at) FROM thread t WHERE",
        place("t.community_id", scope),
        "AND t.is_question = 1 AND t.first_reply_at IS NULL AND t.started_at >= :start AND t.started_at < :end",
    )
    asked = json.loads(reader.scalar(statement, _params(scope, as_of=as_of, period=period)))
    borders = [-to_micros(as_of - limit) for limit in limits]
    ages = Counter(bisect_right(borders, -started) for started in asked)
    return tuple(ages[age] for age in range(len(limits) + 1))


def open_questions(
    reader: Reader,
    scope: Scope,
    *,
    as_of: datetime,
    older_than: timedelta,
    limit: int = 200,
    period: Period | None = None,
    offset: int = 0,
) -> list[QuestionRow]:
    """What has waited longer than that for an answer, open and routed together, the oldest first.

    With a `period` [start, end) only what was asked in it.
    """
    period = asked_before(as_of - older_than, period)
    found = [
        row
        for state in (QuestionState.OPEN, QuestionState.ROUTED)
        for row in list_questions(reader, scope, state, as_of=as_of, period=period, limit=limit + offset)
    ]
    return sorted(found, key=lambda row: (row.asked_at, row.id))[offset : offset + limit]


def asked_before(moment: datetime, period: Period | None = None) -> Period:
    """The part of a period, else of all time, that lies before a moment; empty where none does."""
    start, end = (FIRST_MOMENT, moment) if period is None else period
    return start, min(end, moment)


def find_question(reader: Reader, thread_id: EventId, *, as_of: datetime) -> QuestionRow | None:
    """One thread as the board would show it, in whatever state; None where it is neither a question nor routed."""
    base = {"thread": thread_id, "now": to_micros(as_of)}
    for state, found in _FOUND.items():
        statement = sql(_COLUMNS, "FROM (SELECT t.id", found, "t.id = :thread) page", _JOINED)
        row = reader.one(statement, base)
        if row is not None:
            return _question(row, state, as_of)
    return None


def limit_hours(reader: Reader) -> int:
    """After how many hours a question has waited too long: 48, or 24 where the coordinator chose that."""
    text = preference(reader, LIMIT_KEY)
    value = None if text is None else json.loads(text)
    return value if value in LIMITS else USUAL_LIMIT


def _is_late(period: Period) -> bool:
    """Whether a period has no beginning."""
    return period[0] == FIRST_MOMENT


def _where(scope: Scope, *, state: QuestionState, period: Period | None) -> str:
    is_late = period is not None and _is_late(period)
    span = "" if period is None else "AND t.started_at >= :start AND t.started_at < :end"
    span = "AND t.started_at < :end" if is_late else span
    # Without a beginning the open questions of every community are a short piece of an index that begins with it.
    seeks = state is QuestionState.OPEN and (period is None or is_late)
    return sql(seeking("t.community_id", scope) if seeks else within("t.community_id", scope), span)


def _params(scope: Scope, *, as_of: datetime, period: Period | None) -> dict[str, object]:
    params: dict[str, object] = {"scope": scope_parameter(scope), "now": to_micros(as_of)}
    if period is not None:
        params |= {"start": to_micros(period[0]), "end": to_micros(period[1])}
    return params


def _question(row: tuple[Any, ...], state: QuestionState, as_of: datetime) -> QuestionRow:
    id_, community_id, community, subject, author, author_id, asked, *row_of_care = row
    owner, owner_id, routed, answerer, answered, is_accepted, is_urgent, is_question, by_hand = row_of_care
    asked_at, answered_at = from_micros(asked), maybe_from_micros(answered)
    waits = state is not QuestionState.ANSWERED
    end = as_of if waits else answered_at
    return QuestionRow(
        id=id_,
        community_id=community_id,
        community=community,
        subject=subject,
        author=author,
        author_id=author_id,
        asked_at=asked_at,
        state=state,
        hours=None if end is None else max(0.0, (end - asked_at) / timedelta(hours=1)),  # senders' clocks differ
        owner=owner or "",
        owner_id=owner_id,
        routed_at=maybe_from_micros(routed),
        answerer="" if waits else answerer,
        answered_at=None if waits else answered_at,
        is_accepted=is_accepted == 1 and not waits,
        is_urgent=is_urgent == 1,
        is_question=is_question == 1,
        is_by_hand=by_hand == 1 and not waits,
    )
