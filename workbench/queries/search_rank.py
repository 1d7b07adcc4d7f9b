"""Search rank: which messages hold the words, and in what order they are worth reading.

rank = text score × (1 + ln(1 + reactions + bookmarks + replies)), ties by time, newest first. A bookmark is the star
of the coordinator's own on the thread; no platform tells of others.

Text score. Where every word is rare (at most 5,000 messages hold it) it is BM25 over the whole mirror, the subject
weighing four times the text. BM25 reads every hit of a word, which takes most of a second for one that stands in half
of all messages. So where a word is common, only the 5,000 hits that came into the mirror last are looked at; those of
the latest 3,000 with the words in the subject go first, then the newest, and for the few hundred that remain a score
of the same shape is worked out from their texts alone: saturating count of the words by length, subject four times, no
rarity of the words (every hit holds all of them). What a common beginning stands for: `search_words`.

Filters. Where every word is rare, all hits are sifted. Where one is common, its newest hits are, 5,000 at a time, until
there are enough to choose from or 40,000 were looked at; what somebody wrote, what bears a tag and what has files is
few, so there the newest 2,000 of those are asked for the words instead.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Any

from workbench.ids import CommunityId, EventId
from workbench.models.database import Reader
from workbench.models.search_text import match_expression, plain_terms, term_ranges
from workbench.queries.search_filters import NO_FILTERS, SearchFilters, newest_passing, passing, with_tags_of
from workbench.queries.search_words import RARE, SearchWords

_SUBJECT_WEIGHT = 4.0
_POOL = 600
_AT_ONCE, _MOST_TITLES = 1_000, 3_000
_ENOUGH = 300
_FINALISTS = 120
_LAST = 1 << 62
_MOST_SIFTED, _MOST_ASKED = 40_000, 2_000
_SATURATION, _LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25, as FTS5 has them

_NEWEST = """
SELECT rowid FROM message_fts WHERE message_fts MATCH :words ORDER BY rowid DESC LIMIT :limit
"""
_BEFORE = """
SELECT rowid FROM message_fts WHERE message_fts MATCH :words AND rowid < :before ORDER BY rowid DESC LIMIT :limit
"""
_HELD = """
SELECT rowid FROM message_fts WHERE message_fts MATCH :words AND rowid IN (SELECT value FROM json_each(:messages))
"""
_RANKED = """
SELECT rowid, -bm25(message_fts, 0.0, 4.0, 1.0) FROM message_fts
WHERE message_fts MATCH :words AND rowid BETWEEN :first AND :last
"""
_FACTS = """
SELECT e.id, e.root_id, e.at, t.messages - 1 + t.reactions + ifnull(k.is_starred, 0)
FROM event e LEFT JOIN thread t ON t.id = e.id LEFT JOIN threadmark k ON k.thread_id = e.id
WHERE e.id IN (SELECT value FROM json_each(?)) AND e.removed_at IS NULL
"""
_ANSWERS = """
SELECT e.parent_id, count(*) FROM event e
WHERE e.root_id IN (SELECT value FROM json_each(:roots)) AND e.kind IN (4, 5) AND e.removed_at IS NULL
  AND e.parent_id IN (SELECT value FROM json_each(:messages))
GROUP BY e.parent_id
"""
_SUBJECTS = "SELECT event_id, subject FROM body WHERE event_id IN (SELECT value FROM json_each(?))"
_TEXTS = """
SELECT event_id, subject, substr(text, 1, 20000) FROM body WHERE event_id IN (SELECT value FROM json_each(?))
"""


def ranked_messages(
    reader: Reader,
    text: str,
    communities: Iterable[CommunityId],
    *,
    limit: int,
    rare: int = RARE,
    looked_at: int = RARE,
    filters: SearchFilters = NO_FILTERS,
) -> list[EventId]:
    """The best `limit` messages that hold every word of `text` (the last one as a beginning), best first.

    A word that stands in more than `rare` messages counts as common; then only the latest `looked_at` hits are ranked.
    A hashtag in the text asks for messages that bear it; with nothing else those are ranked by what they drew.
    """
    scope = tuple(communities)
    text, filters = with_tags_of(text, filters)
    if limit < 1:
        return []
    if not match_expression(text):
        tagged = newest_passing(reader, filters, scope, limit=looked_at) if filters.tags else None
        return _best(reader, dict.fromkeys(tagged or (), 1.0), limit)
    asked = SearchWords(reader, text, rare=rare)
    words = asked.expression(scope)
    wanted = max(_FINALISTS, 2 * limit)
    if asked.is_rare:
        hits = passing(reader, _newest(reader, words, rare), filters)
        return _best(reader, _bm25(reader, asked.expression(), hits, wanted), limit)
    hits = _sifted(reader, words, scope, filters, looked_at) if filters else _newest(reader, words, looked_at)
    terms = plain_terms(text)
    finalists = _finalists(reader, hits, terms, wanted)
    return _best(reader, _own_scores(reader, finalists, terms), limit)


def _newest(reader: Reader, words: str, limit: int) -> list[EventId]:
    return [row[0] for row in reader.rows(_NEWEST, {"words": words, "limit": limit})]


def _holding(reader: Reader, words: str, messages: Sequence[EventId]) -> set[EventId]:
    """Which of these messages hold the words."""
    return {row[0] for row in reader.rows(_HELD, {"words": words, "messages": json.dumps(list(messages))})}


def _sifted(
    reader: Reader, words: str, scope: tuple[CommunityId, ...], filters: SearchFilters, looked_at: int
) -> list[EventId]:
    """The newest of what passes the filters and holds the words, one of which is common."""
    newest = newest_passing(reader, filters, scope, limit=_MOST_ASKED)
    if newest is not None:
        held = _holding(reader, words, newest)
        return [id_ for id_ in newest if id_ in held]
    found: list[EventId] = []
    before = _LAST
    for _ in range(0, _MOST_SIFTED, looked_at):
        hits = [row[0] for row in reader.rows(_BEFORE, {"words": words, "before": before, "limit": looked_at})]
        found += passing(reader, hits, filters)
        if len(hits) < looked_at or len(found) >= _ENOUGH:
            break
        before = hits[-1]
    return found


def _bm25(reader: Reader, words: str, hits: Sequence[EventId], wanted: int) -> dict[EventId, float]:
    """The best `wanted` of `hits` with their scores over the whole mirror, whatever the scope."""
    if not hits:
        return {}
    among = set(hits)
    rows = reader.rows(_RANKED, {"words": words, "first": min(hits), "last": max(hits)})
    scores = sorted(((score, id_) for id_, score in rows if id_ in among), reverse=True)
    return {id_: score for score, id_ in scores[:wanted]}


def _titled(reader: Reader, hits: Sequence[EventId], terms: Sequence[str], wanted: int) -> list[EventId]:
    """The first of `hits` that hold all words in the subject, `wanted` or a few more, if there are as many.

    Not asked of the index: that would look through all it knows of a word which stands in no subject.
    """
    titled: list[EventId] = []
    for start in range(0, min(len(hits), _MOST_TITLES), _AT_ONCE):
        if len(titled) >= wanted:
            break
        some = hits[start : start + _AT_ONCE]
        subjects = dict(reader.rows(_SUBJECTS, (json.dumps(some),)))
        titled += [id_ for id_ in some if all(term_ranges(subjects.get(id_, ""), (term,)) for term in terms)]
    return titled


def _finalists(reader: Reader, hits: Sequence[EventId], terms: Sequence[str], wanted: int) -> list[EventId]:
    """Those of `hits` (newest first) that are worth reading whole: by subject, then by what their threads drew."""
    size = max(_POOL, 2 * wanted)
    pool = _titled(reader, hits, terms, size // 2)[: size // 2]
    titled = set(pool)
    pool += [id_ for id_ in hits if id_ not in titled][: size - len(pool)]
    drew = {id_: count or 0 for id_, _, _, count in reader.rows(_FACTS, (json.dumps(pool),))}
    weights = {id_: (_SUBJECT_WEIGHT if id_ in titled else 1.0) * _worth(count) for id_, count in drew.items()}
    return sorted(weights, key=lambda id_: (weights[id_], id_), reverse=True)[:wanted]


def _own_scores(reader: Reader, messages: Sequence[EventId], terms: Sequence[str]) -> dict[EventId, float]:
    """A score of BM25's shape from the texts alone."""
    counts: dict[EventId, tuple[float, int]] = {}
    for id_, subject, text in reader.rows(_TEXTS, (json.dumps(messages),)):
        found = _SUBJECT_WEIGHT * len(term_ranges(subject, terms)) + len(term_ranges(text, terms))
        counts[id_] = (found, len(subject) + len(text))
    average = sum(length for _, length in counts.values()) / max(1, len(counts)) or 1.0
    return {
        id_: found / (found + _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / average))
        for id_, (found, length) in counts.items()
    }


def _best(reader: Reader, scores: Mapping[EventId, float], limit: int) -> list[EventId]:
    """The ids by rank; messages that were removed have no facts and fall out."""
    facts = reader.rows(_FACTS, (json.dumps(list(scores)),))
    answers = _direct_answers(reader, facts)
    ranks = [
        (scores[id_] * _worth(answers.get(id_, 0) if drew is None else drew), at, id_) for id_, _, at, drew in facts
    ]
    return [id_ for _, _, id_ in sorted(ranks, reverse=True)[:limit]]


def _direct_answers(reader: Reader, facts: Iterable[tuple[Any, ...]]) -> dict[EventId, int]:
    """Replies and reactions to messages that began no thread; those to a beginning are kept with its thread."""
    inside = [(id_, root) for id_, root, _, drew in facts if drew is None and root is not None]
    messages, roots = [id_ for id_, _ in inside], list({root for _, root in inside})
    return dict(reader.rows(_ANSWERS, {"messages": json.dumps(messages), "roots": json.dumps(roots)}))


def _worth(drew: int) -> float:
    return 1 + log(1 + drew)
