"""Ties: who turned to whom in a scope, when two people first did, who answered a question, who is from outside.

SQLite hands over columns as JSON lists: a year of a large network has a hundred thousand pairs, and to fetch a row for
each takes several times as long.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import BEFORE_ALL
from workbench.queries.membership import STILL
from workbench.queries.places import Place, places
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within

Pair = tuple[PersonId, PersonId]
"""Two people, the lower id first."""
Columns = tuple[Sequence[PersonId], Sequence[PersonId]]
"""Who turned to somebody, and to whom."""


class TieSum(NamedTuple):
    """Directed interactions from `start_us` on until the next sum begins, of each kind who turned to whom.

    Both columns of a kind are of one length; who did it twice stands there twice. To count is for whoever needs it:
    SQLite takes several times as long to put pairs together.
    """

    start_us: int
    messages: Columns
    mentions: Columns
    reactions: Columns

    @property
    def kinds(self) -> tuple[Columns, ...]:
        """The columns of every kind."""
        return self.messages, self.mentions, self.reactions


class Answer(NamedTuple):
    """A question that began a thread and was answered by someone else; moments in microseconds since 1970."""

    thread_id: EventId
    asked_us: int
    asker: PersonId
    answered_us: int
    answerer: PersonId


class Referral(NamedTuple):
    """Somebody, neither asker nor answerer, named the later answerer in the thread of a question."""

    thread_id: EventId
    asked_us: int
    asker: PersonId
    referrer: PersonId
    answered_us: int
    answerer: PersonId


class _Named(NamedTuple):
    """Somebody named in the thread of a question who replied for the first time after that."""

    thread_id: EventId
    asked: int
    asker: PersonId
    referrer: PersonId
    named: PersonId
    accepted: PersonId | None
    accepted_at: int | None
    at: int
    mention: EventId
    replied: int


@dataclass(frozen=True, slots=True)
class TieFrame:
    """The parts of a frame that the network measures read; bots are in none of them.

    `firsts` (microseconds) has the first directed interaction, either way, in all that is mirrored of the scope: of
    every pair that began in the span of the frame and of every asker with their answerer, and of all pairs where
    somebody was referred to; who is not in it knew one another before, or never met. `referrals` at most one for a
    question. `outsiders` did something here though a member list does not name them; None where there is
    no member list to say so.
    """

    sums: tuple[TieSum, ...] = ()
    offices: Mapping[PersonId, str] = field(default_factory=dict)
    firsts: Mapping[Pair, int] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    referrals: tuple[Referral, ...] = ()
    outsiders: frozenset[PersonId] | None = None


NO_TIES = TieFrame()

# Nobody turns to themselves, what was removed did not happen, and a machine is nobody.
_DIRECTED = """
AND e.kind BETWEEN 3 AND 6 AND e.target_person_id <> e.person_id AND e.removed_at IS NULL
AND e.person_id NOT IN (SELECT id FROM person WHERE is_bot)
AND e.target_person_id NOT IN (SELECT id FROM person WHERE is_bot)
"""


def tie_sums(reader: Reader, scope: Scope, borders: Sequence[int]) -> tuple[TieSum, ...]:
    """The directed interactions between each two neighbours of `borders` (microseconds), oldest first."""
    statement = sql(
        _TURNED,
        seeking("e.community_id", scope),
        "AND e.at >= :first AND e.at < :until",
        _DIRECTED,
    )
    params = {"scope": scope_parameter(scope)}
    sums: list[TieSum] = []
    for first, until in pairwise(borders):
        columns = list(map(json.loads, reader.rows(statement, params | {"first": first, "until": until})[0]))
        sums.append(TieSum(first, *zip(columns[::2], columns[1::2], strict=True)))
    return tuple(sums)


_TURNED = """
SELECT json_group_array(e.person_id) FILTER (WHERE e.kind < 5),
  json_group_array(e.target_person_id) FILTER (WHERE e.kind < 5),
  json_group_array(e.person_id) FILTER (WHERE e.kind = 6),
  json_group_array(e.target_person_id) FILTER (WHERE e.kind = 6),
  json_group_array(e.person_id) FILTER (WHERE e.kind = 5),
  json_group_array(e.target_person_id) FILTER (WHERE e.kind = 5)
FROM event e WHERE
"""


def first_ties(reader: Reader, scope: Scope, *, since: int = BEFORE_ALL, until: int = STILL) -> dict[Pair, int]:
    """When two people first had to do with one another in the scope, of pairs whose first time is in [since, until).

    All in microseconds since 1970.
    """
    span = "WHERE first_at >= :since AND first_at < :until"
    return _firsts(reader, scope, sql(_met("pairfirst p", scope), span), {"since": since, "until": until})


def first_ties_of(reader: Reader, scope: Scope, pairs: Iterable[Pair]) -> dict[Pair, int]:
    """As `first_ties`, of these pairs, whenever it was; those who never met are left out."""
    named = sql(
        "json_each(:pairs) j CROSS JOIN pairfirst p",
        "ON p.low_id = j.value ->> 0 AND p.high_id = j.value ->> 1",
    )
    return _firsts(reader, scope, _met(named, scope), {"pairs": json.dumps(list(pairs))})


def _met(pairs: str, scope: Scope) -> str:
    """Pairs with their first time in the scope; of several communities the earliest."""
    if len(scope) > 1:
        first = "SELECT p.low_id, p.high_id, min(p.first_at) AS first_at"
        return sql("(", first, "FROM", pairs, "WHERE", within("p.community_id", scope), "GROUP BY 1, 2)")
    place = within("p.community_id", scope) if scope else "p.community_id = 0"
    return sql("(SELECT p.low_id, p.high_id, p.first_at FROM", pairs, "WHERE", place, ")")


def _firsts(reader: Reader, scope: Scope, met: str, params: Mapping[str, object]) -> dict[Pair, int]:
    statement = sql("SELECT json_group_array(low_id), json_group_array(high_id), json_group_array(first_at) FROM", met)
    low, high, first = map(json.loads, reader.rows(statement, {"scope": scope_parameter(scope), **params})[0])
    return dict(zip(zip(low, high, strict=True), first, strict=True))


def offices(reader: Reader, scope: Scope) -> dict[PersonId, str]:
    """The office of everybody in the scope of whom one is known; what the coordinator typed wins. Bots are left out."""
    known = places(reader, scope, Place.OFFICE)
    statement = sql("SELECT json_group_array(id), json_group_array(place) FROM (", known, ")")
    people, names = map(json.loads, reader.rows(statement, {"scope": scope_parameter(scope)})[0])
    return dict(zip(people, names, strict=True))


# Whoever wrote the answer that the platform marks as accepted answered; where none is marked, whoever replied first.
# What the asker accepts of their own, and what a machine said, is nobody's help.
_ANSWERED = """
FROM thread t LEFT JOIN event a ON a.id = t.accepted_id AND a.person_id <> t.author_id AND a.at <= :seen
  AND a.removed_at IS NULL AND a.person_id NOT IN (SELECT id FROM person WHERE is_bot)
"""
_ASKED = "AND t.is_question = 1 AND t.started_at >= :first AND t.started_at < :until AND t.first_reply_at <= :seen"


def answers(reader: Reader, scope: Scope, *, first: int, until: int, seen: int) -> tuple[Answer, ...]:
    """The questions begun in [first, until) that someone else had answered by `seen`; all in microseconds."""
    statement = sql(
        "SELECT t.id, t.started_at, t.author_id, ifnull(a.at, t.first_reply_at),",
        "ifnull(a.person_id, t.first_replier_id)",
        _ANSWERED,
        "WHERE",
        within("t.community_id", scope),
        _ASKED,
        "ORDER BY t.started_at, t.id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen}
    return tuple(map(Answer._make, reader.rows(statement, params)))


def end_of(named: Iterable[tuple[PersonId, PersonId, int]]) -> PersonId | None:
    """Who of those brought into a thread answered, of (who named them, they, when they first replied).

    Whoever replied first of those who brought in nobody else: a chain of mentions leads to its end. Of a ring, which
    has none, whoever replied first; None where nobody was brought in.
    """
    rows = list(named)
    referrers = {referrer for referrer, _, _ in rows}
    ends = [row for row in rows if row[1] not in referrers] or rows
    return min(ends, key=lambda row: row[2])[1] if ends else None


def referrals(reader: Reader, scope: Scope, *, first: int, until: int, seen: int) -> tuple[Referral, ...]:
    """Questions begun in [first, until) in whose thread someone else brought in the later answerer by mention.

    Brought in is who was named before their first reply; whoever asked refers nobody. Where the platform marks an
    answer as accepted, its author is the one who has to have been brought in, else it is `end_of` the thread. The
    referrer is who named them first.
    """
    statement = sql(
        "SELECT * FROM (SELECT t.id AS thread, t.started_at AS asked, t.author_id AS asker, e.person_id AS referrer,",
        "e.target_person_id AS named, a.person_id AS accepted, a.at AS accepted_at, e.at AS at, e.id AS id,",
        "(SELECT min(r.at) FROM event r WHERE r.root_id = t.id AND r.person_id = e.target_person_id",
        "AND r.kind = 4 AND r.removed_at IS NULL) AS replied",
        _ANSWERED,
        "CROSS JOIN event e ON e.root_id = t.id WHERE",
        within("t.community_id", scope),
        _ASKED,
        "AND e.kind = 6 AND t.author_id NOT IN (e.person_id, e.target_person_id)",
        _DIRECTED,
        ") WHERE at < replied AND replied <= :seen ORDER BY asked, thread, at, id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen}
    found: list[Referral] = []
    for _, rows in groupby(map(_Named._make, reader.rows(statement, params)), key=lambda row: row.thread_id):
        thread = list(rows)
        accepted = thread[0].accepted
        answerer = end_of((row.referrer, row.named, row.replied) for row in thread) if accepted is None else accepted
        by = next((row for row in thread if row.named == answerer), None)
        if by is not None:
            answered = by.replied if by.accepted_at is None else by.accepted_at
            found.append(Referral(by.thread_id, by.asked, by.asker, by.referrer, answered, by.named))
    return tuple(found)


def outsiders(reader: Reader, scope: Scope) -> frozenset[PersonId] | None:
    """Who did something in the scope though its member lists name others; None where no community has a list."""
    statement = sql(_ON_LISTS, within("c.id", scope))
    listed, others = map(json.loads, reader.rows(statement, {"scope": scope_parameter(scope)})[0])
    return frozenset(others).difference(listed) if listed else None


_ON_LISTS = """
SELECT json_group_array(m.person_id) FILTER (WHERE m.is_listed OR m.joined_at IS NOT NULL),
  json_group_array(m.person_id) FILTER (WHERE NOT m.is_listed AND m.joined_at IS NULL)
FROM community c CROSS JOIN member m ON m.community_id = c.id
WHERE EXISTS (SELECT 1 FROM member l INDEXED BY member_listed WHERE l.community_id = c.id AND l.is_listed)
  AND m.person_id NOT IN (SELECT id FROM person WHERE is_bot) AND
"""


class TopicAnswers(NamedTuple):
    """What one person answered to questions with one hashtag, and how much of that was thanked or accepted."""

    tag: str
    person_id: PersonId
    answers: int
    thanked: int


def topic_answers(reader: Reader, scope: Scope, *, first: int, until: int) -> tuple[TopicAnswers, ...]:
    """Who answered questions begun in [first, until) (microseconds) whose first message carries a hashtag, by hashtag.

    An answer counts as thanked when somebody else reacted to it, or the platform marks it as accepted.
    """
    statement = sql(
        "SELECT g.tag, r.person_id, count(*), count(*) FILTER (WHERE r.id = t.accepted_id OR EXISTS (",
        "SELECT 1 FROM event l WHERE l.root_id = t.id AND l.parent_id = r.id AND l.kind = 5",
        "AND l.person_id <> r.person_id AND l.removed_at IS NULL))",
        "FROM thread t CROSS JOIN event_tag g ON g.event_id = t.id CROSS JOIN event r ON r.root_id = t.id WHERE",
        within("t.community_id", scope),
        "AND t.is_question = 1 AND t.started_at >= :first AND t.started_at < :until AND r.kind = 4",
        "AND r.person_id <> t.author_id AND r.removed_at IS NULL",
        "AND r.person_id NOT IN (SELECT id FROM person WHERE is_bot)",
        "GROUP BY g.tag, r.person_id ORDER BY g.tag, r.person_id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until}
    return tuple(map(TopicAnswers._make, reader.rows(statement, params)))
