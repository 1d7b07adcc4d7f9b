"""Behaviour threads: the conversations behind a behaviour whose measure counts people and not threads."""

import json
from collections.abc import Sequence
from typing import Final

from workbench.ids import EventId
from workbench.models.database import Reader
from workbench.models.moments import to_micros
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within
from workbench.queries.threads import Period, ThreadRow, find_threads
from workbench.queries.ties import outsiders

MOST: Final = 100

_DONE = "AND e.at >= :start AND e.at < :end AND e.removed_at IS NULL AND e.root_id IS NOT NULL"
_NEWEST = "GROUP BY e.root_id ORDER BY max(e.at) DESC, e.root_id DESC LIMIT :most"


def mixed_threads(reader: Reader, scope: Scope, period: Period, groups: Sequence[Sequence[int]]) -> tuple[EventId, ...]:
    """Threads in which people of two offices and of one of these `groups` wrote in [start, end).

    The newest first, 100 at most. Nobody is in two groups.
    """
    statement = sql(
        "SELECT root_id FROM (SELECT e.root_id, max(e.at) AS at FROM json_each(:groups) g",
        "CROSS JOIN json_each(g.value) j CROSS JOIN event e INDEXED BY event_person ON e.person_id = j.value",
        "JOIN person p ON p.id = e.person_id AND NOT p.is_bot",
        "LEFT JOIN personfact f ON f.person_id = e.person_id WHERE",
        within("e.community_id", scope),
        "AND e.kind IN (3, 4) AND ifnull(f.office, p.office) <> ''",
        _DONE,
        "GROUP BY e.root_id, g.key HAVING count(DISTINCT ifnull(f.office, p.office)) > 1)",
        "GROUP BY root_id ORDER BY max(at) DESC, root_id DESC LIMIT :most",
    )
    return _ids(reader, statement, _params(scope, period) | {"groups": json.dumps(groups)})


def outside_threads(reader: Reader, scope: Scope, period: Period) -> tuple[EventId, ...]:
    """Threads in which people no member list names wrote, reacted or mentioned somebody in [start, end).

    The newest first, 100 at most; none where there is no member list.
    """
    people = outsiders(reader, scope)
    statement = sql(
        "SELECT e.root_id FROM event e WHERE",
        seeking("e.community_id", scope),
        "AND e.kind BETWEEN 3 AND 6 AND e.person_id IN (SELECT value FROM json_each(:people))",
        _DONE,
        _NEWEST,
    )
    return _ids(reader, statement, _params(scope, period) | {"people": json.dumps(sorted(people or ()))})


def threads_by_id(reader: Reader, ids: tuple[EventId, ...]) -> list[ThreadRow]:
    """The threads of these ids that are here, in their order."""
    return find_threads(reader, ids)


def _params(scope: Scope, period: Period) -> dict[str, object]:
    start, end = period
    return {"scope": scope_parameter(scope), "start": to_micros(start), "end": to_micros(end), "most": MOST}


def _ids(reader: Reader, statement: str, params: dict[str, object]) -> tuple[EventId, ...]:
    return tuple(EventId(row[0]) for row in reader.rows(statement, params))
