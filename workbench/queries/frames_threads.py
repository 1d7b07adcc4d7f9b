"""Frame parts about threads: who talked where, what drew an echo, accepted answers, meetings, tags, calls, heat."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, from_micros
from workbench.queries.heat import heats
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within

_FEW: Final = 3
"""Nobody asks who they were where fewer wrote: three make a thread a common work."""
CALL_US: Final = DAY_MICROSECONDS
"""For so long after its first message, those who reply to a thread that was marked urgent respond to the call."""


class TalkSum(NamedTuple):
    """What was written in threads from `start_us` on until the next cut, as columns of one length.

    `people` are named only of threads in which three or more ever wrote, else they are empty. `dialogues` are 1 where
    by the moment asked two people or more had written in the thread, whenever that was, else 0.
    """

    start_us: int
    threads: Sequence[EventId]
    messages: Sequence[int]
    people: Sequence[Sequence[PersonId]]
    dialogues: Sequence[int]


class EchoSum(NamedTuple):
    """How many messages written from `start_us` on drew a reply, reaction or mention by someone else."""

    start_us: int
    echoed: int


class Accepted(NamedTuple):
    """A question and the answer that its platform marks as accepted; microseconds since 1970."""

    id: EventId
    asked_us: int
    accepted_us: int


class Meeting(NamedTuple):
    """Who came to a meeting that began at `at_us`."""

    at_us: int
    people: Sequence[PersonId]


class TagUse(NamedTuple):
    """Who used a tag from `start_us` on until the next cut; `first_us` is its first use in the scope ever."""

    start_us: int
    tag: str
    people: Sequence[PersonId]
    threads: Sequence[EventId]
    first_us: int


class HeatSum(NamedTuple):
    """How hot the threads were at `at_us`; cold ones are left out."""

    at_us: int
    heats: Mapping[EventId, float]


class UrgentCall(NamedTuple):
    """A thread that was marked urgent, and who else replied within a day of its beginning."""

    id: EventId
    began_us: int
    responders: Sequence[PersonId]


# What was removed did not happen, and a machine is nobody.
_BY_PEOPLE = "AND e.removed_at IS NULL AND e.person_id NOT IN (SELECT id FROM person WHERE is_bot)"
_WRITTEN = "AND e.at >= :first AND e.at < :until AND e.kind IN (3, 4)"


def talk_sums(reader: Reader, scope: Scope, borders: Sequence[int], *, seen: int) -> tuple[TalkSum, ...]:
    """The threads in which somebody wrote between each two neighbours of `borders` (microseconds)."""
    statement = sql(
        "SELECT json_group_array(g.root), json_group_array(g.messages),",
        "json_group_array(iif(ifnull(t.people, :few) < :few, json('[]'), json(g.people))),",
        "json_group_array(CASE WHEN t.last_at <= :seen THEN t.people > 1 ELSE",
        "(SELECT count(DISTINCT e.person_id) FROM event e INDEXED BY event_root",
        "WHERE e.root_id = g.root AND e.at <= :seen AND e.kind IN (3, 4)",
        _BY_PEOPLE,
        ") > 1 END) FROM (SELECT ifnull(e.root_id, e.id) AS root, count(*) AS messages,",
        "json_group_array(DISTINCT e.person_id) AS people FROM event e WHERE",
        seeking("e.community_id", scope),
        _WRITTEN,
        _BY_PEOPLE,
        "GROUP BY root) g LEFT JOIN thread t ON t.id = g.root",
    )
    params = {"scope": scope_parameter(scope), "seen": seen, "few": _FEW}
    return tuple(
        TalkSum(first, *map(json.loads, reader.rows(statement, params | {"first": first, "until": until})[0]))
        for first, until in pairwise(borders)
    )


def echo_sums(reader: Reader, scope: Scope, borders: Sequence[int], *, seen: int) -> tuple[EchoSum, ...]:
    """How many messages of each span somebody else had taken up by `seen`.

    Looked for thread by thread: there is no index of what answers a message, but the events of a thread lie together.
    """
    statement = sql(
        "SELECT count(DISTINCT e.id) FROM (SELECT DISTINCT e.root_id AS id FROM event e WHERE",
        seeking("e.community_id", scope),
        _WRITTEN,
        _BY_PEOPLE,
        ") r CROSS JOIN event c INDEXED BY event_root ON c.root_id = r.id CROSS JOIN event e ON e.id = c.parent_id",
        "WHERE c.kind BETWEEN 4 AND 6 AND c.at <= :seen AND c.person_id <> e.person_id AND c.removed_at IS NULL",
        "AND c.person_id NOT IN (SELECT id FROM person WHERE is_bot)",
        _WRITTEN,
        _BY_PEOPLE,
    )
    params = {"scope": scope_parameter(scope), "seen": seen}
    return tuple(
        EchoSum(first, reader.scalar(statement, params | {"first": first, "until": until}))
        for first, until in pairwise(borders)
    )


def accepted_answers(reader: Reader, scope: Scope, *, first: int, until: int, seen: int) -> tuple[Accepted, ...]:
    """The questions begun in [first, until) of which somebody else's answer was accepted by `seen`."""
    statement = sql(
        "SELECT t.id, t.started_at, a.at FROM thread t JOIN event a ON a.id = t.accepted_id WHERE",
        within("t.community_id", scope),
        "AND t.is_question = 1 AND t.started_at >= :first AND t.started_at < :until",
        "AND a.at <= :seen AND a.person_id <> t.author_id ORDER BY t.started_at, t.id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen}
    return tuple(map(Accepted._make, reader.rows(statement, params)))


def meetings(reader: Reader, scope: Scope, *, first: int, until: int) -> tuple[Meeting, ...]:
    """The meetings that began in [first, until): attendances of one moment, or of one thing attended."""
    statement = sql(
        "SELECT min(e.at), json_group_array(DISTINCT e.person_id) FROM event e INDEXED BY event_seldom WHERE",
        seeking("e.community_id", scope),
        "AND e.at >= :first AND e.at < :until AND e.kind >= 9 AND e.kind = 9",
        _BY_PEOPLE,
        "GROUP BY e.community_id, ifnull(e.parent_id, -e.at) ORDER BY 1, e.community_id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until}
    return tuple(Meeting(at, json.loads(people)) for at, people in reader.rows(statement, params))


def tag_uses(reader: Reader, scope: Scope, borders: Sequence[int]) -> tuple[TagUse, ...]:
    """The tags used between each two neighbours of `borders`, with who used them and in which threads."""
    statement = sql(
        "SELECT g.tag, g.people, g.threads, (SELECT f.at FROM event_tag f CROSS JOIN event e ON e.id = f.event_id",
        "WHERE f.tag = g.tag AND",
        within("f.community_id", scope),
        _BY_PEOPLE,
        "ORDER BY f.at LIMIT 1",
        ") FROM (SELECT u.tag, json_group_array(DISTINCT e.person_id) AS people,",
        "json_group_array(DISTINCT e.root_id) AS threads",
        "FROM event e CROSS JOIN event_tag u ON u.event_id = e.id WHERE",
        seeking("e.community_id", scope),
        _WRITTEN,
        _BY_PEOPLE,
        "GROUP BY u.tag) g ORDER BY g.tag",
    )
    params = {"scope": scope_parameter(scope)}
    return tuple(
        TagUse(begin, tag, json.loads(people), json.loads(threads), first_use)
        for begin, until in pairwise(borders)
        for tag, people, threads, first_use in reader.rows(statement, params | {"first": begin, "until": until})
    )


def heat_at(reader: Reader, scope: Scope, borders: Sequence[int], *, seen: int) -> tuple[HeatSum, ...]:
    """How hot each thread was when each of `borders` but the first (microseconds) came, at the latest at `seen`."""
    moments = [(border, from_micros(min(border - 1, seen))) for border in borders[1:]]
    return tuple(HeatSum(border, heats(reader, scope, as_of=moment)) for border, moment in moments)


def urgent_calls(reader: Reader, scope: Scope, *, first: int, until: int, seen: int) -> tuple[UrgentCall, ...]:
    """The threads begun in [first, until) that were marked urgent, and who else replied within a day, up to `seen`."""
    statement = sql(
        "SELECT t.id, t.started_at, (SELECT json_group_array(DISTINCT e.person_id) FROM event e INDEXED BY event_root",
        "WHERE e.root_id = t.id AND e.kind = 4 AND e.at <= min(t.started_at + :day, :seen)",
        "AND e.person_id <> t.author_id",
        _BY_PEOPLE,
        ") FROM thread_care c CROSS JOIN thread t ON t.id = c.thread_id WHERE c.urgent_at IS NOT NULL AND",
        within("t.community_id", scope),
        "AND t.started_at >= :first AND t.started_at < :until ORDER BY t.started_at, t.id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen, "day": CALL_US}
    return tuple(UrgentCall(id_, at, json.loads(people)) for id_, at, people in reader.rows(statement, params))
