"""Answer path: how a question found who could answer it: asker, those who named the next one, answerer.

Whoever wrote the accepted answer answered; where none is marked, whoever was named in the thread by somebody else and
replied then for the first time, without bringing in another one, the earliest first; where nobody was named, whoever
replied first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from workbench.ids import CommunityId, EventId, PersonId
from workbench.models.database import Reader
from workbench.models.moments import from_micros, maybe_from_micros
from workbench.queries.ties import end_of, first_ties

CENSORED: Final = timedelta(days=90)
"""Ties older than the mirror are not known: so long after its start "strangers" may only look so."""


class Role(StrEnum):
    """What somebody did on the way."""

    ASKER = "asker"
    REFERRER = "referrer"
    ANSWERER = "answerer"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One person on the way; `hours` since the question. `is_stranger`: had no tie with the asker before.

    As in the measure, ties are those of the community of the question.
    """

    person_id: PersonId
    name: str
    office: str
    role: Role
    at: datetime
    hours: float
    message_id: EventId
    is_stranger: bool


@dataclass(frozen=True, slots=True)
class AnswerPath:
    """The way of one question, from its asker to who answered it, or to its asker alone.

    `hops` is the shortest way from asker to answerer over ties of the community before the question; None where there
    is none. `is_early`: asked so soon after the mirror begins that older ties may not be known.
    """

    thread_id: EventId
    community_id: CommunityId
    steps: tuple[PathStep, ...]
    hops: int | None
    is_accepted: bool
    is_early: bool

    @property
    def is_answered(self) -> bool:
        """Whether the way has an end."""
        return len(self.steps) > 1

    @property
    def hours(self) -> float | None:
        """From question to answer; None while there is none."""
        return self.steps[-1].hours if self.is_answered else None

    @property
    def strangers(self) -> int:
        """How many on the way the asker had never had to do with in this community."""
        return sum(step.is_stranger for step in self.steps)


class _Act(NamedTuple):
    """A reply or mention in the thread; `by` and `to` are people."""

    id: EventId
    kind: int
    at: int
    by: PersonId
    to: PersonId | None
    parent: EventId | None
    is_accepted: int


_THREAD = """
SELECT t.author_id, t.started_at, t.community_id, t.is_question, s.first_message_at
FROM thread t LEFT JOIN communitytotal s ON s.community_id = t.community_id WHERE t.id = ?
"""
_ACTS = """
SELECT e.id, e.kind, e.at, e.person_id, e.target_person_id, e.parent_id, e.is_accepted
FROM event e INDEXED BY event_root CROSS JOIN person p ON p.id = e.person_id
WHERE e.root_id = ? AND e.kind IN (4, 6) AND e.removed_at IS NULL AND NOT p.is_bot ORDER BY e.at, e.id
"""
_PEOPLE = """
SELECT p.id, p.name, coalesce(f.office, p.office, '')
FROM person p LEFT JOIN personfact f ON f.person_id = p.id WHERE p.id IN ({})
"""
_MET = """
SELECT EXISTS (SELECT 1 FROM event e INDEXED BY event_person WHERE e.person_id = :one AND e.target_person_id = :other
    AND e.community_id = :community AND e.at < :asked AND e.kind BETWEEN 3 AND 6 AND e.removed_at IS NULL)
  OR EXISTS (SELECT 1 FROM event e INDEXED BY event_person WHERE e.person_id = :other AND e.target_person_id = :one
    AND e.community_id = :community AND e.at < :asked AND e.kind BETWEEN 3 AND 6 AND e.removed_at IS NULL)
"""


def answer_path(reader: Reader, thread_id: EventId) -> AnswerPath | None:
    """The way of the question that began a thread; None where the thread began with none, or is not here."""
    thread = reader.one(_THREAD, (thread_id,))
    if thread is None or not thread[3]:
        return None
    asker, asked, community_id, _, first = thread
    acts = [_Act._make(row) for row in reader.rows(_ACTS, (thread_id,))]
    answer, way = _way(acts, asker)
    names = _names(reader, {asker, *(act.by for act in way)})
    steps = [_step(names[asker], Role.ASKER, thread_id, asked, asked)]
    for act in way:
        role = Role.ANSWERER if act is answer else Role.REFERRER
        met = {"one": asker, "other": act.by, "asked": asked, "community": community_id}
        is_stranger = not reader.scalar(_MET, met)
        message = act.id if act.kind != _MENTION or act.parent is None else act.parent
        steps.append(_step(names[act.by], role, message, act.at, asked, is_stranger=is_stranger))
    begun = maybe_from_micros(first)
    return AnswerPath(
        thread_id=thread_id,
        community_id=community_id,
        steps=tuple(steps),
        hops=None if answer is None else _hops(reader, community_id, asker, answer.by, before=asked),
        is_accepted=answer is not None and answer.is_accepted == 1,
        is_early=begun is None or from_micros(asked) < begun + CENSORED,
    )


_REPLY, _MENTION = 4, 6


def _way(acts: Iterable[_Act], asker: PersonId) -> tuple[_Act | None, list[_Act]]:
    """The answer, and what led to it: mentions, each of who did the next act, then the answer itself."""
    acts = list(acts)
    replies = [act for act in acts if act.kind == _REPLY and act.by != asker]
    if not replies:
        return None, []
    first: dict[PersonId, int] = {}
    for reply in replies:
        first.setdefault(reply.by, reply.at)
    # Who had replied before being named was not brought in, and whoever asked refers nobody: the question is theirs.
    named = [
        (act, act.to) for act in acts
        if act.kind == _MENTION and act.by != asker and act.to is not None and act.to not in (asker, act.by)
        and act.at < first.get(act.to, act.at)
    ]  # fmt: skip
    brought_in = {to: act for act, to in reversed(named)}
    accepted = [reply for reply in replies if reply.is_accepted]
    end = end_of((act.by, to, first[to]) for act, to in named)
    answer = accepted[-1] if accepted else next((reply for reply in replies if reply.by == end), replies[0])
    way, seen = [answer], {answer.by}
    while (before := brought_in.get(way[0].by)) is not None and before.by not in seen:
        way.insert(0, before)
        seen.add(before.by)
    return answer, way


def _hops(reader: Reader, community_id: CommunityId, one: PersonId, other: PersonId, *, before: int) -> int | None:
    """Steps of the shortest way between two people over ties older than `before`; None where there is none."""
    ties: defaultdict[PersonId, set[PersonId]] = defaultdict(set)
    for low, high in first_ties(reader, (community_id,), until=before):
        ties[low].add(high)
        ties[high].add(low)
    reached, edge, hops = {one}, {one}, 0
    while edge and other not in reached:
        edge = {near for person in edge for near in ties[person]} - reached
        reached |= edge
        hops += 1
    return hops if other in reached else None


def _names(reader: Reader, people: set[PersonId]) -> Mapping[PersonId, tuple[Any, ...]]:
    found = reader.rows(_PEOPLE.format(", ".join("?" * len(people))), sorted(people))
    return {row[0]: row for row in found}


def _step(
    person: tuple[Any, ...], role: Role, message: EventId, at: int, asked: int, *, is_stranger: bool = False
) -> PathStep:
    id_, name, office = person
    when = from_micros(at)
    hours = max(0.0, (when - from_micros(asked)) / timedelta(hours=1))
    return PathStep(id_, name, office, role, when, hours, message, is_stranger)
