"""Who knows about something: by what people wrote and were thanked for, in name order, with the threads as proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from workbench.ids import CommunityId, EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import to_micros
from workbench.models.search_text import plain_terms
from workbench.queries.member_filter import known_people
from workbench.queries.people_own import as_date
from workbench.queries.scope import Scope, scope_text
from workbench.queries.search_words import SearchWords

LOOKED_AT: Final = 1500
MOST_KNOWERS: Final = 12
HOW_FAR: Final = f"At most {MOST_KNOWERS} people, from the newest {LOOKED_AT:,} messages with these words."
"""What an answer does not say by itself: who wrote about a common word long ago is not in it."""
_PROOFS: Final = 3
_YEARS: Final = timedelta(days=730)
_RARE: Final = 2


@dataclass(frozen=True, slots=True)
class Proof:
    """A thread in which somebody showed what they know; `is_accepted` and `likes` say how it was received."""

    thread_id: EventId
    subject: str
    community: str
    is_accepted: bool
    likes: int


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody who wrote about it. `threads` counts those found, `thanked` those where they were thanked for it.

    Why they are here is said in words from these; nobody is ranked by them.
    """

    person_id: PersonId
    name: str
    office: str | None
    threads: int
    thanked: int
    is_leaving: bool
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class LeavingHolder:
    """Somebody marked as leaving who answers what few others do, so that it can be handed on in time.

    `alone` counts questions of the last two years that only they answered. `topics` are hashtags of questions that at
    most two people answered.
    """

    person_id: PersonId
    name: str
    leaves_on: date | None
    answers: int
    alone: int
    topics: tuple[str, ...]

    @property
    def is_rare(self) -> bool:
        """Whether something goes with them."""
        return bool(self.alone or self.topics)


# The newest hits only, as in the search: a common word is in half of all messages.
_WROTE = """
WITH hits AS MATERIALIZED (
  SELECT rowid AS id FROM message_fts WHERE message_fts MATCH :match ORDER BY rowid DESC LIMIT :most)
SELECT e.person_id, p.name, coalesce(f.office, p.office), coalesce(f.is_leaving, 0), e.root_id, t.subject, c.name,
  max(t.accepted_id IS e.id),
  sum((SELECT count(*) FROM event r INDEXED BY event_root WHERE r.root_id = e.root_id AND r.at >= e.at
       AND r.kind = 5 AND r.parent_id = e.id AND r.person_id <> e.person_id AND r.removed_at IS NULL)),
  max(e.at), min(e.is_question),
  EXISTS (SELECT 1 FROM thanks k WHERE k.person_id = e.person_id AND k.thread_id = e.root_id)
FROM hits h CROSS JOIN event e ON e.id = h.id CROSS JOIN thread t ON t.id = e.root_id
CROSS JOIN person p ON p.id = e.person_id CROSS JOIN community c ON c.id = e.community_id
LEFT JOIN personfact f ON f.person_id = p.id
WHERE e.kind IN (3, 4) AND e.removed_at IS NULL AND NOT p.is_bot AND NOT (e.kind = 3 AND e.is_question)
  AND NOT (t.is_question AND t.author_id = e.person_id)
GROUP BY e.person_id, e.root_id
"""


def who_knows(
    reader: Reader, text: str, scope: Scope = (), *, limit: int = MOST_KNOWERS, only_known: bool = False
) -> list[Knower]:
    """Up to `limit` people who answered or wrote about `text`, in name order; nobody for a text without words.

    Where more qualify, those stay who were thanked for it, accepted or liked, and then those with more threads. Who
    only asked about it is left out: what askers write under their own question, and replies that ask and were never
    thanked for. `only_known`: of those whom the coordinator knows.
    """
    if not plain_terms(text):
        return []
    known = known_people(reader) if only_known else None
    match = SearchWords(reader, text).expression(scope)
    by_person: dict[int, list[tuple[object, ...]]] = {}
    for row in reader.rows(_WROTE, {"match": match, "most": LOOKED_AT, "scope": scope_text(scope)}):
        if (not row[10] or _is_thanked(row)) and (known is None or row[0] in known):
            by_person.setdefault(row[0], []).append(row)
    found = [_knower(rows) for rows in by_person.values()]
    chosen = sorted(found, key=lambda one: (-one.thanked, -one.threads, one.name.casefold()))[:limit]
    return sorted(chosen, key=lambda one: (one.name.casefold(), one.person_id))


def _is_thanked(row: tuple[object, ...]) -> bool:
    return bool(row[7] or row[8] or row[11])


def _knower(rows: Sequence[tuple[object, ...]]) -> Knower:
    # An accepted answer is the best proof, then what others liked, then what is newest.
    best = sorted(rows, key=lambda row: (not row[7], -int(str(row[8])), -int(str(row[9]))))
    proofs = tuple(
        Proof(EventId(int(str(row[4]))), str(row[5]), str(row[6]), bool(row[7]), int(str(row[8])))
        for row in best[:_PROOFS]
    )
    first = rows[0]
    return Knower(
        person_id=PersonId(int(str(first[0]))),
        name=str(first[1]),
        office=None if first[2] is None else str(first[2]),
        threads=len(rows),
        thanked=sum(map(_is_thanked, rows)),
        is_leaving=bool(first[3]),
        proofs=proofs,
    )


_LEAVING = """
SELECT p.id, p.name, f.leaves_on FROM personfact f CROSS JOIN person p ON p.id = f.person_id
WHERE f.is_leaving AND NOT p.is_bot AND NOT EXISTS (SELECT 1 FROM personmerge x WHERE x.person_id = p.id)
ORDER BY p.name_key, p.id
"""
_ANSWERED = """
SELECT t.id, t.people FROM (
  SELECT DISTINCT root_id FROM event INDEXED BY event_person
  WHERE person_id = :person AND at >= :start AND kind = 4 AND removed_at IS NULL) n
CROSS JOIN thread t ON t.id = n.root_id
WHERE t.is_question AND t.author_id <> :person
  AND (:scope = '[]' OR t.community_id IN (SELECT value FROM json_each(:scope)))
"""
# Who answered questions with a hashtag: the asker's own replies are none.
_RARELY = """
SELECT own.tag FROM (
  SELECT DISTINCT g.tag FROM json_each(:threads) j CROSS JOIN event_tag g ON g.event_id = j.value) own
WHERE (SELECT count(DISTINCT e.person_id) FROM event_tag a INDEXED BY event_tag_tag
       CROSS JOIN thread t ON t.id = a.event_id
       CROSS JOIN event e INDEXED BY event_root ON e.root_id = t.id AND e.kind = 4 AND e.person_id <> t.author_id
       CROSS JOIN person p ON p.id = e.person_id AND NOT p.is_bot
       WHERE a.tag = own.tag AND a.at >= :start AND t.is_question AND e.removed_at IS NULL) <= :rare
ORDER BY own.tag
"""


def leaving_holders(
    reader: Reader, scope: Scope = (), *, as_of: datetime, days: tuple[date, date] | None = None
) -> list[LeavingHolder]:
    """Who is marked as leaving, by name, with what they alone, or with one other, answered in two years.

    `scope` is where their answers are looked for; how rare a hashtag is, is counted over all communities. `days`: only
    who leaves from the first to the second of these days, or at a time nobody knows.
    """
    start = to_micros(as_of - _YEARS)
    rows = reader.rows(_LEAVING)
    if days is not None:
        rows = [row for row in rows if row[2] is None or days[0] <= as_date(row[2]) <= days[1]]
    return [_holder(reader, row, scope, start=start) for row in rows]


def _holder(reader: Reader, row: tuple[int, str, str | None], scope: Scope, *, start: int) -> LeavingHolder:
    person_id, name, leaves_on = row
    answered = reader.rows(_ANSWERED, {"person": person_id, "start": start, "scope": scope_text(scope)})
    threads = scope_text(tuple(CommunityId(thread) for thread, _ in answered))
    topics = reader.rows(_RARELY, {"threads": threads, "start": start, "rare": _RARE}) if answered else []
    return LeavingHolder(
        person_id=PersonId(person_id),
        name=name,
        leaves_on=None if leaves_on is None else as_date(leaves_on),
        answers=len(answered),
        # Two people in it: the one who asked and the one who answers.
        alone=sum(people <= _RARE for _, people in answered),
        topics=tuple(tag for (tag,) in topics),
    )
