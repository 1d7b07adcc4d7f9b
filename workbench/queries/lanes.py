"""Lanes: announcements (Billboard) beside talk (Dialogue), and what lies in the Library untouched.

A thread is talk once two people have written in it, as the measure dialogue_share counts; until then it is an
announcement, whatever it meant to be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.ids import EventId
from workbench.models.database import Reader
from workbench.models.moments import from_micros, to_micros
from workbench.models.search_text import scope_token
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.threads import Period, ThreadRow, find_threads

STALE_AFTER: Final = timedelta(days=180)
"""As long as an inactive group is left alone."""


class Lane(StrEnum):
    """Where a thread runs."""

    BILLBOARD = "billboard"
    DIALOGUE = "dialogue"


@dataclass(frozen=True, slots=True)
class LaneCount:
    """How many threads run in a lane, and how many messages they hold."""

    threads: int
    messages: int


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """A file (`name`) or the link of a message (`name` is the address) nobody has touched for long.

    `last_at` is when anybody last wrote or reacted in its thread.
    """

    thread_id: EventId
    message_id: EventId
    community: str
    subject: str
    name: str
    is_file: bool
    author: str
    added_at: datetime
    last_at: datetime


MOST_STALE: Final = 200
MOST_LINKS: Final = 20_000
"""Of so many messages with an address, the last stored of the communities asked for, those that nobody touched."""
_ADDRESSES: Final = "{body} : (http OR https)"
# The plus sign leaves the order to an index: the latest are a few steps away, and all of a lane are not.
_IN_LANE: Final = {Lane.BILLBOARD: "+t.people < 2", Lane.DIALOGUE: "+t.people >= 2"}
_EVER = """
SELECT ifnull(sum(t.notices), 0), ifnull(sum(t.notice_messages), 0), ifnull(sum(t.talks), 0),
  ifnull(sum(t.talk_messages), 0)
FROM communitytotal t WHERE
"""
_RUNNING = "AND t.last_at >= :start AND t.started_at < :end"


def lane_counts(reader: Reader, scope: Scope, *, period: Period | None = None) -> Mapping[Lane, LaneCount]:
    """Both lanes: what ran in the period (begun before its end, last message not before its start), else ever."""
    params, span = _params(scope, period)
    if period is None:
        statement = sql(_EVER, within("t.community_id", scope))
        notices, in_notices, talks, in_talks = reader.rows(statement, params)[0]
        return {Lane.BILLBOARD: LaneCount(notices, in_notices), Lane.DIALOGUE: LaneCount(talks, in_talks)}
    statement = sql(
        "SELECT count(*) FILTER (WHERE t.people < 2), ifnull(sum(t.messages) FILTER (WHERE t.people < 2), 0),",
        "count(*) FILTER (WHERE t.people >= 2), ifnull(sum(t.messages) FILTER (WHERE t.people >= 2), 0)",
        "FROM thread t WHERE",
        within("t.community_id", scope),
        span,
    )
    (found,) = reader.rows(statement, params)
    return {Lane.BILLBOARD: LaneCount(*found[:2]), Lane.DIALOGUE: LaneCount(*found[2:])}


def lane_threads(
    reader: Reader, scope: Scope, lane: Lane, *, limit: int, period: Period | None = None, offset: int = 0
) -> list[ThreadRow]:
    """The threads of a lane, the latest message first."""
    params, span = _params(scope, period)
    statement = sql(
        "SELECT t.id FROM thread t WHERE",
        within("t.community_id", scope),
        "AND",
        _IN_LANE[lane],
        span,
        "ORDER BY t.last_at DESC, t.id DESC LIMIT :limit OFFSET :offset",
    )
    rows = reader.rows(statement, params | {"limit": limit, "offset": offset})
    return find_threads(reader, [row[0] for row in rows])


# A root that only carries a link or a file is what people put into a library; a link within talk is not.
_STALE = """
SELECT e.root_id, e.id, c.name, t.subject, {name}, {is_file}, p.name, e.at, max(t.last_at, e.at) AS last
FROM {source} CROSS JOIN event e ON e.id = {event} CROSS JOIN thread t ON t.id = e.root_id
CROSS JOIN community c ON c.id = e.community_id CROSS JOIN person p ON p.id = e.person_id
WHERE e.removed_at IS NULL AND t.last_at < :before AND {where}
  AND NOT EXISTS (SELECT 1 FROM event r INDEXED BY event_root WHERE r.root_id = t.id AND r.at >= :before
    AND r.removed_at IS NULL)
"""
_FILES = _STALE.format(name="a.name", is_file="1", source="attachment a", event="a.event_id", where="TRUE")
_LINKS = _STALE.format(
    name="substr(b.text, instr(lower(b.text), 'http'), 300)",
    is_file="0",
    source=sql(
        "(SELECT rowid AS id FROM message_fts WHERE message_fts MATCH :addresses",
        "ORDER BY rowid DESC LIMIT :links) l CROSS JOIN body b ON b.event_id = l.id",
    ),
    event="l.id",
    where=sql(
        "e.kind = 3 AND e.length < 600 AND b.text LIKE '%http%://%'",
        # What stands behind the author's own words is a signature.
        "AND instr(lower(b.text), 'http') <= e.length",
        "AND NOT EXISTS (SELECT 1 FROM attachment f WHERE f.event_id = l.id)",
    ),
)


def stale_items(
    reader: Reader,
    scope: Scope,
    *,
    as_of: datetime,
    untouched: timedelta = STALE_AFTER,
    limit: int = MOST_STALE,
    links: int = MOST_LINKS,
) -> list[LibraryItem]:
    """Files, and short first messages that bring a link, in whose threads nothing happened for so long.

    The latest of them first: what went quiet lately is the likeliest to be still worth a look. Links are looked for in
    the last `links` messages with an address.
    """
    tokens = " OR ".join(scope_token(community) for community in scope)
    params = {
        "before": to_micros(as_of - untouched),
        "scope": scope_parameter(scope),
        "limit": limit,
        "links": links,
        # The limit comes after the scope: a small old community has its links too.
        "addresses": f"{{scope}} : ({tokens}) AND {_ADDRESSES}" if tokens else _ADDRESSES,
    }
    found: list[LibraryItem] = []
    for statement in (_FILES, _LINKS):
        rows = reader.rows(
            sql(statement, "AND", within("e.community_id", scope), "ORDER BY last DESC, e.id DESC LIMIT :limit"), params
        )
        for thread, message, community, subject, name, is_file, author, added, last in rows:
            shown = name if is_file else name.split(maxsplit=1)[0].rstrip(".,;)>\"'")
            found.append(
                LibraryItem(
                    thread,
                    message,
                    community,
                    subject,
                    shown,
                    bool(is_file),
                    author,
                    from_micros(added),
                    from_micros(last),
                )
            )
    found.sort(key=lambda item: (item.last_at, item.message_id), reverse=True)
    return found[:limit]


def _params(scope: Scope, period: Period | None) -> tuple[dict[str, object], str]:
    params: dict[str, object] = {"scope": scope_parameter(scope)}
    if period is None:
        return params, ""
    return params | {"start": to_micros(period[0]), "end": to_micros(period[1])}, _RUNNING
