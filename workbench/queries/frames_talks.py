"""Frame parts about what was written: who talked in which thread, who was alone there, and what drew an echo.

SQLite hands over messages as flat columns out of one index; put together in threads by SQL they take several times as
long, and the rows themselves lie far apart.
"""

import json
from collections.abc import Iterable, Sequence, Set
from itertools import compress, pairwise
from operator import ne
from typing import Final, NamedTuple

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within


class TalkSum(NamedTuple):
    """What was written from `start_us` on until the next cut: of each message its thread and who wrote it.

    In the threads of `alone` nobody but one person had written by the moment asked, whenever that was.
    """

    start_us: int
    threads: Sequence[EventId]
    people: Sequence[PersonId]
    alone: Set[EventId]


class EchoSum(NamedTuple):
    """How many messages written from `start_us` on drew a reply, reaction or mention by someone else."""

    start_us: int
    echoed: int


# What was removed did not happen, and a machine is nobody.
BY_PEOPLE = "AND e.removed_at IS NULL AND e.person_id NOT IN (SELECT id FROM person WHERE is_bot)"
WRITTEN = "AND e.at >= :first AND e.at < :until AND e.kind IN (3, 4)"


def talk_sums(reader: Reader, scope: Scope, borders: Sequence[int], *, seen: int) -> tuple[TalkSum, ...]:
    """The messages written between each two neighbours of `borders` (microseconds)."""
    statement = sql(
        "SELECT json_group_array(ifnull(e.root_id, e.id)), json_group_array(e.person_id) FROM event e WHERE",
        seeking("e.community_id", scope),
        WRITTEN,
        BY_PEOPLE,
    )
    sums: list[TalkSum] = []
    for first, until in pairwise(borders):
        params = {"scope": scope_parameter(scope), "first": first, "until": until}
        threads, people = map(json.loads, reader.rows(statement, params)[0])
        # Of what goes on after the moment asked, two who wrote here tell nothing.
        doubtful = _by_one(threads, people) if until <= seen else set(threads)
        alone = _alone(reader, scope, doubtful, first=first, until=until, seen=seen)
        sums.append(TalkSum(first, threads, people, alone))
    return tuple(sums)


def _by_one(threads: Sequence[EventId], people: Sequence[PersonId]) -> set[EventId]:
    """The threads all of whose messages here are of one person."""
    last = dict(zip(threads, people, strict=True))
    return set(last).difference(compress(threads, map(ne, people, map(last.__getitem__, threads))))


def _alone(reader: Reader, scope: Scope, threads: set[EventId], *, first: int, until: int, seen: int) -> set[EventId]:
    """Those of `threads` in which nobody else had written by `seen` either.

    Most of them began in [first, until) and have no first reply, as the roll-up's index tells; others are looked up.
    """
    statement = sql(_BEGUN, "INDEXED BY thread_when WHERE" if not scope else "WHERE", within("t.community_id", scope))
    params = {"scope": scope_parameter(scope), "first": first, "until": until, "seen": seen}
    silent = threads.intersection(json.loads(reader.scalar(sql(statement, _BEGUN_IN), params)))
    return silent | _looked_up(reader, threads - silent, seen)


def _looked_up(reader: Reader, threads: Iterable[EventId], seen: int) -> set[EventId]:
    named = json.dumps(list(threads))
    return set(json.loads(reader.scalar(_WRITTEN_ALONE, {"threads": named, "seen": seen})))


_BEGUN = "SELECT json_group_array(t.id) FROM thread t"
_BEGUN_IN = """
AND t.started_at >= :first AND t.started_at < :until AND t.started_at <= :seen
AND ifnull(t.first_reply_at, :seen + 1) > :seen
"""
# What a machine began has no row, and what was written after the moment asked does not count.
_WRITTEN_ALONE = sql(
    "SELECT json_group_array(j.value) FROM json_each(:threads) j LEFT JOIN thread t ON t.id = j.value",
    "WHERE CASE WHEN t.last_at <= :seen THEN t.people ELSE",
    "(SELECT count(DISTINCT e.person_id) FROM event e INDEXED BY event_root",
    "WHERE e.root_id = j.value AND e.at <= :seen AND e.kind IN (3, 4)",
    BY_PEOPLE,
    ") END < 2",
)


def echo_sums(reader: Reader, scope: Scope, borders: Sequence[int], *, seen: int) -> tuple[EchoSum, ...]:
    """How many messages of each span somebody else had taken up by `seen`, and not more than a day before the span.

    A clock that is wrong dates an answer before what it answers. What came lately is one walk over all that was done
    since. Of what is long ago that would be too much: then the threads are looked through, each of them by itself.
    """
    if seen - borders[0] <= _LATELY * (borders[-1] - borders[0]):
        return _echoes_since(reader, scope, borders, seen)
    params = {"scope": scope_parameter(scope), "seen": seen}
    statement = sql(
        _IN_THREADS[0], seeking("e.community_id", scope), WRITTEN, BY_PEOPLE, _IN_THREADS[1], WRITTEN, BY_PEOPLE
    )
    return tuple(
        EchoSum(first, reader.scalar(statement, params | {"first": first, "until": until, "since": _since(first)}))
        for first, until in pairwise(borders)
    )


def _echoes_since(reader: Reader, scope: Scope, borders: Sequence[int], seen: int) -> tuple[EchoSum, ...]:
    """As `echo_sums`, from everything done since the first border; the last span first."""
    acts = sql(_ACTS, seeking("e.community_id", scope), _TAKING_UP, BY_PEOPLE)
    written = sql(_MESSAGES, seeking("e.community_id", scope), WRITTEN, BY_PEOPLE)
    parents: list[EventId] = []
    takers: list[PersonId] = []
    sums: list[EchoSum] = []
    before = seen + 1
    for first, until in reversed(tuple(pairwise(borders))):
        params = {"scope": scope_parameter(scope), "first": first, "until": until}
        done = reader.rows(acts, params | {"since": _since(first), "before": before})[0]
        parents += json.loads(done[0])
        takers += json.loads(done[1])
        before = min(before, _since(first))
        messages, writers = map(json.loads, reader.rows(written, params)[0])
        writer = dict(zip(messages, writers, strict=True))
        taken = map(ne, map(writer.get, parents, takers), takers)
        sums.append(EchoSum(first, len(set(compress(parents, taken)))))
    return tuple(reversed(sums))


def _since(first: int) -> int:
    return first - DAY_MICROSECONDS


_LATELY: Final = 5
"""Up to so many times as long as the span itself, all that was done since is walked over sooner than its threads."""
_ACTS = "SELECT json_group_array(e.parent_id), json_group_array(e.person_id) FROM event e WHERE"
_TAKING_UP = "AND e.at >= :since AND e.at < :before AND e.kind BETWEEN 4 AND 6"
_MESSAGES = "SELECT json_group_array(e.id), json_group_array(e.person_id) FROM event e WHERE"
_IN_THREADS = (
    "SELECT count(DISTINCT e.id) FROM (SELECT DISTINCT e.root_id AS id FROM event e WHERE",
    """
    ) r CROSS JOIN event c INDEXED BY event_root ON c.root_id = r.id CROSS JOIN event e ON e.id = c.parent_id
    WHERE c.kind BETWEEN 4 AND 6 AND c.at BETWEEN :since AND :seen AND c.person_id <> e.person_id
      AND c.removed_at IS NULL AND c.person_id NOT IN (SELECT id FROM person WHERE is_bot)
    """,
)
