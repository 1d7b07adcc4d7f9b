"""Search: messages by words in any script, the most useful first, each with the piece of text that holds them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.ids import CommunityId, EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import from_micros
from workbench.models.search_text import plain_terms
from workbench.queries.scope import Scope
from workbench.queries.search_filters import NO_FILTERS, SearchFilters, with_tags_of
from workbench.queries.search_rank import ranked_messages
from workbench.queries.snippets import Highlight, highlights_in, snippet_of


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A message that was found. Highlights are [start, end) character ranges of `snippet` and `subject`, plain text."""

    id: EventId
    thread_id: EventId
    community_id: CommunityId
    community: str
    subject: str
    author: str
    author_id: PersonId
    sent_at: datetime
    snippet: str
    highlights: tuple[Highlight, ...]
    subject_highlights: tuple[Highlight, ...]


# Words that stand only beyond the first 50,000 characters are found but not shown: a log of megabytes is not worth it.
_ROWS = """
SELECT e.id, ifnull(e.root_id, e.id), e.community_id, c.name, b.subject, p.name, e.person_id, e.at,
  substr(b.text, 1, 50000)
FROM event e JOIN community c ON c.id = e.community_id JOIN person p ON p.id = e.person_id
JOIN body b ON b.event_id = e.id WHERE e.id IN (SELECT value FROM json_each(?))
"""


def search(
    reader: Reader, text: str, *, scope: Scope = (), limit: int = 20, filters: SearchFilters = NO_FILTERS
) -> list[SearchRow]:
    """The best messages of `scope` that hold every word of `text`, the last word as a beginning, "…" as a phrase.

    Takes anything a person may type; without a word or a #hashtag in it the answer is empty. How rank comes about:
    `search_rank`.
    """
    best = ranked_messages(reader, text, scope, limit=limit, filters=filters)
    return found_rows(reader, best, text)


def found_rows(reader: Reader, best: Sequence[EventId], text: str) -> list[SearchRow]:
    """These messages as rows, in this order, with the words of `text` marked; what is gone is left out."""
    terms = plain_terms(with_tags_of(text, NO_FILTERS)[0])
    rows = {row[0]: row for row in reader.rows(_ROWS, (json.dumps(list(best)),))}
    return [_row(rows[id_], terms) for id_ in best if id_ in rows]


def _row(row: tuple[Any, ...], terms: tuple[str, ...]) -> SearchRow:
    id_, thread_id, community_id, community, subject, author, author_id, at, text = row
    snippet = snippet_of(text, terms)
    return SearchRow(
        id=id_,
        thread_id=thread_id,
        community_id=community_id,
        community=community,
        subject=subject,
        author=author,
        author_id=author_id,
        sent_at=from_micros(at),
        snippet=snippet.text,
        highlights=snippet.highlights,
        subject_highlights=highlights_in(subject, terms),
    )
