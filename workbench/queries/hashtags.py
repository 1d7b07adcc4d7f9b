"""Hashtags: which are in use, by how many people and offices, whether they grow, and where they stand."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.ids import EventId
from workbench.models.database import Reader
from workbench.models.hashtags import tag_key
from workbench.models.moments import DAY_MICROSECONDS, from_micros, to_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.threads import Period

WEEKS: Final = 26
FEWEST_PEOPLE: Final = 5
"""Tags of fewer people are in no file: they would tell of those who used them."""
_WEEK: Final = 7 * DAY_MICROSECONDS


@dataclass(frozen=True, slots=True)
class TagRow:
    """A hashtag without its "#"; `uses` are messages. `trend` counts them for each of the last 26 weeks, oldest first.

    `is_new`: nobody here used it before the period.
    """

    tag: str
    uses: int
    people: int
    offices: int
    communities: int
    last_at: datetime
    trend: tuple[int, ...]
    is_new: bool


_USED = """
SELECT h.tag, count(*), count(DISTINCT e.person_id), count(DISTINCT nullif(ifnull(f.office, p.office), '')),
  count(DISTINCT h.community_id), max(h.at)
FROM event_tag h CROSS JOIN event e ON e.id = h.event_id CROSS JOIN person p ON p.id = e.person_id
  LEFT JOIN personfact f ON f.person_id = p.id
WHERE e.removed_at IS NULL AND NOT p.is_bot AND h.at >= :start AND h.at < :end AND
"""
_TRENDS = """
SELECT h.tag, (:now - h.at) / :week, count(*) FROM event_tag h CROSS JOIN event e ON e.id = h.event_id
WHERE h.tag IN (SELECT value FROM json_each(:tags)) AND h.at > :now - :week * :weeks AND h.at <= :now
  AND e.removed_at IS NULL AND e.person_id NOT IN (SELECT id FROM person INDEXED BY person_bot WHERE is_bot) AND
"""
_EARLIER = """
SELECT j.value FROM json_each(:tags) j WHERE EXISTS (
  SELECT 1 FROM event_tag h CROSS JOIN event e ON e.id = h.event_id
  WHERE h.tag = j.value AND h.at < :start AND e.removed_at IS NULL
    AND e.person_id NOT IN (SELECT id FROM person INDEXED BY person_bot WHERE is_bot) AND
"""


def list_hashtags(
    reader: Reader, scope: Scope, *, as_of: datetime, period: Period | None = None, limit: int = 200
) -> list[TagRow]:
    """The tags used in a period (else ever), by how many people used them, then by name; of bots none."""
    start, end = (datetime.min.replace(tzinfo=as_of.tzinfo), as_of + timedelta(seconds=1)) if period is None else period
    params: dict[str, object] = {"start": to_micros(start), "end": to_micros(end), "scope": scope_parameter(scope)}
    where = within("h.community_id", scope)
    used = reader.rows(
        sql(_USED, where, "GROUP BY h.tag ORDER BY 3 DESC, 2 DESC, 1 LIMIT :limit"), params | {"limit": limit}
    )
    params |= {"tags": json.dumps([row[0] for row in used]), "now": to_micros(as_of), "week": _WEEK, "weeks": WEEKS}
    trends: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for tag, weeks_ago, uses in reader.rows(sql(_TRENDS, where, "GROUP BY 1, 2"), params):
        trends[tag][weeks_ago] = uses
    earlier = set() if period is None else {row[0] for row in reader.rows(sql(_EARLIER, where, ")"), params)}
    is_known = period is not None
    return [_tag(row, trends[row[0]], is_new=is_known and row[0] not in earlier) for row in used]


def tagged_messages(reader: Reader, tag: str, scope: Scope = (), *, limit: int = 200) -> list[EventId]:
    """The messages that bear a tag (as typed, with "#" or without), the newest first; of bots none."""
    statement = sql(
        "SELECT h.event_id FROM event_tag h CROSS JOIN event e ON e.id = h.event_id WHERE h.tag = :tag",
        "AND e.removed_at IS NULL",
        "AND e.person_id NOT IN (SELECT id FROM person INDEXED BY person_bot WHERE is_bot) AND",
        within("h.community_id", scope),
        "ORDER BY h.at DESC, h.event_id DESC LIMIT :limit",
    )
    params = {"tag": tag_key(tag), "scope": scope_parameter(scope), "limit": limit}
    return [EventId(row[0]) for row in reader.rows(statement, params)]


def thread_tags(reader: Reader, thread_id: EventId) -> tuple[str, ...]:
    """The tags of a thread's messages, by name."""
    rows = reader.rows(
        "SELECT DISTINCT h.tag FROM event e INDEXED BY event_root CROSS JOIN event_tag h ON h.event_id = e.id"
        " WHERE e.root_id = ? ORDER BY 1",
        (thread_id,),
    )
    return tuple(row[0] for row in rows)


def disclosed(rows: Sequence[TagRow]) -> list[TagRow]:
    """Those that may stand in a file: used by at least five people."""
    return [row for row in rows if row.people >= FEWEST_PEOPLE]


def _tag(row: tuple[Any, ...], trend: dict[int, int], *, is_new: bool) -> TagRow:
    tag, uses, people, offices, communities, last = row
    weeks = tuple(trend.get(ago, 0) for ago in reversed(range(WEEKS)))
    return TagRow(tag, uses, people, offices, communities, from_micros(last), weeks, is_new)
