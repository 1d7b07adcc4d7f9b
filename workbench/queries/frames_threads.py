"""Frame parts about threads: accepted answers, meetings, tags, urgent calls, heat."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, from_micros
from workbench.queries.frames_talks import BY_PEOPLE, WRITTEN
from workbench.queries.heat import heats
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within

CALL_US: Final = DAY_MICROSECONDS
"""For so long after its first message, those who reply to a thread that was marked urgent respond to the call."""


class Accepted(NamedTuple):
    """A question and the answer that its platform marks as accepted; microseconds since 1970."""

    id: EventId
    asked_us: int
    accepted_us: int


class Meeting(NamedTuple):
    """Who came to a meeting that began at `at_us`; `regions` has one for each of them whose region is known."""

    at_us: int
    people: Sequence[PersonId]
    regions: Sequence[str] = ()


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
    is_late: bool = False
    """Whether it was marked only once that day was over: nobody had been called."""


def accepted_answers(reader: Reader, scope: Scope, *, first: int, until: int, seen: int) -> tuple[Accepted, ...]:
    """The questions begun in [first, until) of which somebody else's answer was accepted by `seen`."""
    if not reader.scalar(_ANY_ACCEPTED):
        return ()  # many platforms do not mark any: then no question is looked at for it
    statement = sql(
        "SELECT t.id, t.started_at, a.at FROM thread t JOIN event a ON a.id = t.accepted_id WHERE",
        within("t.community_id", scope),
        "AND t.is_question = 1 AND t.started_at >= :first AND t.started_at < :until",
        "AND a.at <= :seen AND a.person_id <> t.author_id ORDER BY t.started_at, t.id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen}
    return tuple(map(Accepted._make, reader.rows(statement, params)))


_ANY_ACCEPTED = "SELECT EXISTS (SELECT 1 FROM thread INDEXED BY thread_accepted WHERE accepted_id IS NOT NULL)"


def meetings(reader: Reader, scope: Scope, *, first: int, until: int) -> tuple[Meeting, ...]:
    """The meetings that began in [first, until): attendances of one moment, or of one thing attended."""
    statement = sql(
        "SELECT min(e.at), json_group_array(DISTINCT e.person_id) FROM event e INDEXED BY event_seldom WHERE",
        seeking("e.community_id", scope),
        "AND e.at >= :first AND e.at < :until AND e.kind >= 9 AND e.kind = 9",
        BY_PEOPLE,
        "GROUP BY e.community_id, ifnull(e.parent_id, -e.at) ORDER BY 1, e.community_id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until}
    found = [(at, json.loads(people)) for at, people in reader.rows(statement, params)]
    came = json.dumps(sorted({person for _, people in found for person in people}))
    regions = dict(reader.rows(_REGIONS, {"people": came})) if found else {}
    return tuple(
        Meeting(at, people, [regions[person] for person in people if person in regions]) for at, people in found
    )


_REGIONS = """
SELECT p.id, ifnull(f.region, p.region) FROM json_each(:people) j CROSS JOIN person p ON p.id = j.value
LEFT JOIN personfact f ON f.person_id = p.id WHERE ifnull(f.region, p.region) <> ''
"""


def tag_uses(reader: Reader, scope: Scope, borders: Sequence[int]) -> tuple[TagUse, ...]:
    """The tags first used between the first and last of `borders`: between each two neighbours who used them, where."""
    fresh = {tag: at for tag, at in _tags(reader, scope, borders) if borders[0] <= at < borders[-1]}
    if not fresh:
        return ()
    statement = sql(_USES, within("u.community_id", scope), BY_PEOPLE, "GROUP BY u.tag ORDER BY u.tag")
    params = {"scope": scope_parameter(scope), "tags": json.dumps(list(fresh))}
    return tuple(
        TagUse(begin, tag, json.loads(people), json.loads(threads), fresh[tag])
        for begin, until in pairwise(borders)
        for tag, people, threads in reader.rows(statement, params | {"first": begin, "until": until})
    )


def _tags(reader: Reader, scope: Scope, borders: Sequence[int]) -> list[tuple[str, int]]:
    """(tag, its first use) of the tags used in the span; of the whole network of all tags, told once per reading.

    There the messages of a span are many more than the tags there are.
    """
    first_use = sql(_FIRST_USE, within("f.community_id", scope), BY_PEOPLE, "ORDER BY f.at LIMIT 1")
    statement = sql("SELECT tag, (", first_use, ") AS at FROM g WHERE at IS NOT NULL")
    if not scope:
        return reader.once(_tags, lambda: reader.rows(sql(_ALL_TAGS, statement)))
    used = sql("WITH g AS MATERIALIZED (", _USED, seeking("e.community_id", scope), WRITTEN, BY_PEOPLE, ")", statement)
    return reader.rows(used, {"scope": scope_parameter(scope), "first": borders[0], "until": borders[-1]})


# From one tag to the next in their index: each is looked up, however often it was used.
_ALL_TAGS = """
WITH RECURSIVE g(tag) AS (
  SELECT min(tag) FROM event_tag
  UNION ALL SELECT (SELECT min(h.tag) FROM event_tag h WHERE h.tag > g.tag) FROM g WHERE g.tag IS NOT NULL)
"""
_USED = "SELECT DISTINCT u.tag AS tag FROM event e CROSS JOIN event_tag u ON u.event_id = e.id WHERE"
_FIRST_USE = "SELECT f.at FROM event_tag f CROSS JOIN event e ON e.id = f.event_id WHERE f.tag = g.tag AND"
_USES = """
SELECT u.tag, json_group_array(DISTINCT e.person_id), json_group_array(DISTINCT e.root_id)
FROM json_each(:tags) j CROSS JOIN event_tag u ON u.tag = j.value CROSS JOIN event e ON e.id = u.event_id
WHERE u.at >= :first AND u.at < :until AND e.kind IN (3, 4) AND
"""


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
        BY_PEOPLE,
        "), c.urgent_at > t.started_at + :day FROM thread_care c CROSS JOIN thread t ON t.id = c.thread_id",
        "WHERE c.urgent_at IS NOT NULL AND",
        within("t.community_id", scope),
        "AND t.started_at >= :first AND t.started_at < :until ORDER BY t.started_at, t.id",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen, "day": CALL_US}
    rows = reader.rows(statement, params)
    return tuple(UrgentCall(id_, at, json.loads(people), bool(is_late)) for id_, at, people, is_late in rows)
