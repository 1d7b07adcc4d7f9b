"""Related threads: other conversations that share a thread's rare words and hashtags.

Cheap by design: of the words of the subject and the beginning of the first message those are taken that stand in few
messages; what holds most of them, weighed by BM25, comes first, and a shared hashtag counts like a good word.
"""

import json
import re
from collections import defaultdict
from typing import Final

from workbench.ids import EventId
from workbench.models.database import Reader
from workbench.models.search_text import match_expression, plain_terms
from workbench.queries.hashtags import tagged_messages, thread_tags
from workbench.queries.threads import ThreadRow, find_thread

_MOST_WORDS: Final = 24
_RARE_WORDS: Final = 5
_FEWEST, _MOST = 2, 2_000
_TAG_WORTH: Final = 4.0
_LONG_ENOUGH: Final = 4
_BEGINNING: Final = 600
_ADDRESS = re.compile(r"\S*(?:://|@)\S*")

_TEXT = "SELECT b.subject, substr(b.text, 1, :length) FROM body b WHERE b.event_id = :thread"
_HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM message_fts WHERE message_fts MATCH :words LIMIT :limit)"
_NEAR = """
SELECT rowid, -bm25(message_fts, 0.0, 4.0, 1.0) AS score FROM message_fts WHERE message_fts MATCH :words
ORDER BY score DESC LIMIT 200
"""
_ROOTS = """
SELECT e.id, e.root_id FROM event e WHERE e.id IN (SELECT value FROM json_each(?)) AND e.removed_at IS NULL
"""


def related_threads(reader: Reader, thread_id: EventId, *, limit: int = 5) -> list[ThreadRow]:
    """The nearest other threads, nearest first; none where the thread has no rare word and no tag, or is gone."""
    scores: defaultdict[EventId, float] = defaultdict(float)
    words = _rare_words(reader, thread_id)
    if words:
        expression = f"{{subject body}} : ({' OR '.join(words)})"
        scores.update(reader.rows(_NEAR, {"words": expression}))
    for tag in thread_tags(reader, thread_id):
        for message in tagged_messages(reader, tag):
            scores[message] += _TAG_WORTH
    best: defaultdict[EventId, float] = defaultdict(float)
    for message, root in reader.rows(_ROOTS, (json.dumps(list(scores)),)):
        if root is not None and root != thread_id:
            best[root] = max(best[root], scores[message])
    nearest = sorted(best, key=lambda root: (best[root], root), reverse=True)[:limit]
    found = (find_thread(reader, root) for root in nearest)
    return [row for row in found if row is not None]


def _rare_words(reader: Reader, thread_id: EventId) -> list[str]:
    """The few rarest words with which a thread begins, as MATCH takes them; what stands nowhere else leads nowhere."""
    text = reader.one(_TEXT, {"thread": thread_id, "length": _BEGINNING})
    if text is None:
        return []
    terms = plain_terms(_ADDRESS.sub(" ", f"{text[0]} {text[1]}"))[: 4 * _MOST_WORDS]
    long = [term for term in terms if not term.isdigit() and (len(term) >= _LONG_ENOUGH or not term.isascii())]
    counted: list[tuple[int, str]] = []
    for term in long[:_MOST_WORDS]:
        word = match_expression(term, ends_with_beginning=False).removeprefix("{subject body} : ")
        count = int(reader.scalar(_HOW_MANY, {"words": word, "limit": _MOST + 1})) if word else 0
        if _FEWEST <= count <= _MOST:
            counted.append((count, word))
    return [word for _, word in sorted(counted)[:_RARE_WORDS]]
