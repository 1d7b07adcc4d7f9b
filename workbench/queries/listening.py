"""Listening: the words and searches that are kept, with what came in since somebody last looked."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NewType

from workbench.ids import CommunityId, EventId, PersonId
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
    """Words that are listened for, or a search that is kept by a `name`.

    `new` counts hits since the last look; `is_cut` where there are more than that.
    """

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
    name: str = ""
    person: str = ""
    """Whose messages alone are wanted, where somebody's are."""
    is_gone: bool = False
    """Whether none of its communities is here, or not its person: it finds nothing until they are."""

    @property
    def title(self) -> str:
        """What it is called: its name, else its words."""
        return self.name or self.words


_ALL = """
SELECT l.id, l.words, l.filters, ifnull(o.name, l.owner_name), l.owner_id, l.seen_id, l.looked_at, l.created_at, l.name
FROM listening l LEFT JOIN person o ON o.id = l.owner_id
"""
_NEW = """
SELECT rowid FROM message_fts WHERE message_fts MATCH :words AND rowid > :seen AND rowid < :before
ORDER BY rowid DESC LIMIT :step
"""
_TAGGED = """
SELECT DISTINCT event_id FROM event_tag
WHERE tag IN (SELECT value FROM json_each(:tags)) AND event_id > :seen AND event_id < :before
ORDER BY event_id DESC LIMIT :step
"""
_STEP: Final = 2_000
_MOST_LOOKED: Final = 50_000
"""So many messages with the words are looked at for those that pass the filters; what lies behind is "more"."""
_LAST: Final = 1 << 62


def list_listening(reader: Reader) -> list[ListeningRow]:
    """Everything that is listened for, by what it is called."""
    rows = [_row(reader, row) for row in reader.rows(_ALL)]
    return sorted(rows, key=lambda row: (row.title.casefold(), row.id))


def find_listening(reader: Reader, title: str) -> ListeningRow | None:
    """The one that is called so, else the one with these words, whatever their case; None where none is."""
    rows, wanted = list_listening(reader), " ".join(title.split()).casefold()
    named = [row for row in rows if row.name.casefold() == wanted]
    return next(iter([*named, *(row for row in rows if row.words.casefold() == wanted)]), None)


def new_hits(reader: Reader, listening_id: ListeningId, *, limit: int = 100) -> list[SearchRow]:
    """What came in for one of them since the last look, the latest first; before the first look the latest there is."""
    row = reader.one(f"{_ALL} WHERE l.id = ?", (listening_id,))
    if row is None:
        return []
    words, asked = row[1], saved_search(reader, row[2])
    hits, _ = _hits(reader, words, asked, seen=row[5], limit=limit)
    return found_rows(reader, hits, words)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a kept search asks for, as it is now. `is_gone`: of its communities none is here, or not its person."""

    scope: Scope
    filters: SearchFilters
    is_gone: bool


def saved_search(reader: Reader, text: str) -> Saved:
    """What `search_text_of` wrote, found again by the names that platforms use."""
    told = json.loads(text)
    places, person = told.pop("places", None), told.pop("person", None)
    scope = tuple(CommunityId(row[0]) for row in reader.rows(_PLACES, (json.dumps(places or []),)))
    person_id = None if person is None else reader.scalar(_PERSON, person)
    filters = replace(SearchFilters.from_text(json.dumps(told)), person_id=person_id)
    is_gone = (places is not None and not scope) or (person is not None and person_id is None)
    return Saved(scope, filters, is_gone)


def search_text_of(reader: Reader, scope: Scope, filters: SearchFilters) -> str:
    """Scope and filters of a search as JSON text.

    Communities and people stand there as their platform calls them: numbers of rows go to others once an account is
    removed, and people become one.
    """
    told = json.loads(replace(filters, person_id=None).to_text())
    if scope:
        told["places"] = sorted(map(list, reader.rows(_NAMES_OF_PLACES, (json.dumps(scope),))))
    if filters.person_id is not None:
        told["person"] = list(reader.one(_NAMES_OF_PERSON, (filters.person_id,)) or _NOBODY)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


_NOBODY: Final = ("", "", "")
_NAMES_OF_PLACES = """
SELECT a.kind, ifnull(a.base_url, a.name), c.remote_id FROM json_each(?) j CROSS JOIN community c ON c.id = j.value
CROSS JOIN account a ON a.id = c.account_id
"""
_NAMES_OF_PERSON = """
SELECT a.kind, ifnull(a.base_url, a.name), h.remote_id FROM handle h CROSS JOIN account a ON a.id = h.account_id
WHERE h.person_id = ? ORDER BY h.own_id IS NOT NULL, h.id LIMIT 1
"""
_PLACES = """
SELECT DISTINCT c.id FROM json_each(?) j
CROSS JOIN account a ON a.kind = json_extract(j.value, '$[0]')
  AND ifnull(a.base_url, a.name) = json_extract(j.value, '$[1]')
CROSS JOIN community c ON c.account_id = a.id AND c.remote_id = json_extract(j.value, '$[2]') ORDER BY c.id
"""
_PERSON = """
SELECT h.person_id FROM account a CROSS JOIN handle h ON h.account_id = a.id
WHERE a.kind = ? AND ifnull(a.base_url, a.name) = ? AND h.remote_id = ? ORDER BY h.id LIMIT 1
"""


def _hits(reader: Reader, text: str, asked: Saved, *, seen: int, limit: int) -> tuple[list[EventId], bool]:
    """The newest that pass, and whether there may be more."""
    if asked.is_gone:
        return [], False
    # What is new is told by when it came here: a search of days that are over would never have anything new.
    words, filters = with_tags_of(text, replace(asked.filters, period=None))
    expression = match_expression(words, asked.scope, ends_with_beginning=False)
    statement, tags = (_NEW if expression else _TAGGED), json.dumps(filters.tags)
    hits, before = list[EventId](), _LAST
    for _ in range(0, _MOST_LOOKED, _STEP):
        params = {"words": expression, "tags": tags, "seen": seen, "before": before, "step": _STEP}
        newest = [EventId(row[0]) for row in reader.rows(statement, params)]
        found = passing(reader, newest, filters)
        hits += found if expression or not asked.scope else _within(reader, found, asked.scope)
        if len(newest) < _STEP or len(hits) >= limit:
            return hits[:limit], len(hits) > limit
        before = newest[-1]
    return hits, True


def _within(reader: Reader, messages: list[EventId], scope: Scope) -> list[EventId]:
    statement = (
        "SELECT id FROM event WHERE id IN (SELECT value FROM json_each(?))"
        " AND community_id IN (SELECT value FROM json_each(?))"
    )
    kept = {row[0] for row in reader.rows(statement, (json.dumps(messages), json.dumps(scope)))}
    return [id_ for id_ in messages if id_ in kept]


def _row(reader: Reader, row: tuple[Any, ...]) -> ListeningRow:
    id_, words, text, owner, owner_id, seen, looked, created, name = row
    asked = saved_search(reader, text)
    hits, is_cut = _hits(reader, words, asked, seen=seen, limit=MOST_NEW + 1)
    person = reader.scalar("SELECT name FROM person WHERE id = ?", (asked.filters.person_id,))
    return ListeningRow(
        id=ListeningId(id_),
        words=words,
        scope=asked.scope,
        filters=asked.filters,
        owner=owner,
        owner_id=owner_id,
        new=min(len(hits), MOST_NEW),
        is_cut=is_cut or len(hits) > MOST_NEW,
        looked_at=maybe_from_micros(looked),
        created_at=from_micros(created),
        name=name,
        person=person or "",
        is_gone=asked.is_gone,
    )
