"""Listening: the saved words and searches, with what came in since somebody last looked."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NewType

from workbench.ids import EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import from_micros, maybe_from_micros
from workbench.models.search_text import match_expression
from workbench.queries.scope import Scope
from workbench.queries.search import SearchRow, found_rows
from workbench.queries.search_filters import SearchFilters, passing, with_tags_of

ListeningId = NewType("ListeningId", int)
MOST_NEW: Final = 500
"""More new hits than that are "more than 500": nobody reads them one by one."""


@dataclass(frozen=True, slots=True)
class ListeningRow:
    """Words that are listened for. `new` counts hits since the last look; `is_cut` where there are more than that."""

    id: ListeningId
    words: str
    scope: Scope
    filters: SearchFilters
    owner: str
    owner_id: PersonId | None
    new: int
    is_cut: bool
    looked_at: datetime | None
    created_at: datetime


_ALL = """
SELECT l.id, l.words, l.filters, ifnull(o.name, l.owner_name), l.owner_id, l.seen_id, l.looked_at, l.created_at
FROM listening l LEFT JOIN person o ON o.id = l.owner_id
"""
_NEW = """
SELECT rowid FROM message_fts WHERE message_fts MATCH :words AND rowid > :seen ORDER BY rowid DESC LIMIT :limit
"""
_TAGGED = """
SELECT DISTINCT event_id FROM event_tag WHERE tag IN (SELECT value FROM json_each(:tags)) AND event_id > :seen
ORDER BY event_id DESC LIMIT :limit
"""


def list_listening(reader: Reader) -> list[ListeningRow]:
    """Everything that is listened for, by its words."""
    rows = [_row(reader, row) for row in reader.rows(_ALL)]
    return sorted(rows, key=lambda row: (row.words.casefold(), row.id))


def new_hits(reader: Reader, listening_id: ListeningId, *, limit: int = 100) -> list[SearchRow]:
    """What came in for one of them since the last look, the latest first; before the first look the latest there is."""
    row = reader.one(f"{_ALL} WHERE l.id = ?", (listening_id,))
    if row is None:
        return []
    words, scope, filters = row[1], *saved_search(row[2])
    return found_rows(reader, _hits(reader, words, scope, filters, seen=row[5], limit=limit), words)


def saved_search(text: str) -> tuple[Scope, SearchFilters]:
    """The scope and filters of a saved search, as `search_text_of` wrote them."""
    told = json.loads(text)
    return tuple(told.pop("scope", ())), SearchFilters.from_text(json.dumps(told))


def search_text_of(scope: Scope, filters: SearchFilters) -> str:
    """Scope and filters of a search as JSON text."""
    told = json.loads(filters.to_text())
    return json.dumps(told | ({"scope": list(scope)} if scope else {}), sort_keys=True)


def _hits(reader: Reader, text: str, scope: Scope, filters: SearchFilters, *, seen: int, limit: int) -> list[EventId]:
    words, filters = with_tags_of(text, filters)
    params: dict[str, object] = {"seen": seen, "limit": limit}
    expression = match_expression(words, scope, ends_with_beginning=False)
    if expression:
        found = reader.rows(_NEW, params | {"words": expression})
    else:
        found = reader.rows(_TAGGED, params | {"tags": json.dumps(filters.tags)})
    hits = passing(reader, [EventId(row[0]) for row in found], filters)
    return hits if expression or not scope else _within(reader, hits, scope)


def _within(reader: Reader, messages: list[EventId], scope: Scope) -> list[EventId]:
    statement = (
        "SELECT id FROM event WHERE id IN (SELECT value FROM json_each(?))"
        " AND community_id IN (SELECT value FROM json_each(?))"
    )
    kept = {row[0] for row in reader.rows(statement, (json.dumps(messages), json.dumps(scope)))}
    return [id_ for id_ in messages if id_ in kept]


def _row(reader: Reader, row: tuple[Any, ...]) -> ListeningRow:
    id_, words, text, owner, owner_id, seen, looked, created = row
    scope, filters = saved_search(text)
    hits = _hits(reader, words, scope, filters, seen=seen, limit=MOST_NEW + 1)
    return ListeningRow(
        id=ListeningId(id_),
        words=words,
        scope=scope,
        filters=filters,
        owner=owner,
        owner_id=owner_id,
        new=min(len(hits), MOST_NEW),
        is_cut=len(hits) > MOST_NEW,
        looked_at=maybe_from_micros(looked),
        created_at=from_micros(created),
    )
