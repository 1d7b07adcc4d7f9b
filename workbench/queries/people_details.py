"""What the person beside the directory shows beyond the card: handles, facts, roles, ties, help, promises."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from workbench.ids import CommunityId, EventId, PersonId, PlanId
from workbench.models.database import Reader
from workbench.models.moments import to_day, to_micros
from workbench.models.people_keys import FACTS, plain_key
from workbench.queries.people_own import (
    NO_WORD,
    AdvocatePath,
    ContactRow,
    Counted,
    NudgeRow,
    OwnFacts,
    ThanksRow,
    advocate_path,
    as_date,
    contacts,
    counted_as,
    last_nudge,
    own_facts,
    thanks_to,
)

DETAIL_DAYS: Final = 90
"""So far back goes what is told of ties, help and visible acts."""
_TOPICS: Final = 8


@dataclass(frozen=True, slots=True)
class HandleRow:
    """What an account calls a person; `merged_id` is who that was before two became one."""

    account: str
    name: str
    merged_id: PersonId | None


@dataclass(frozen=True, slots=True)
class MergedRow:
    """Somebody who was made one with the person, and can be told apart again."""

    person_id: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that a member list gives them."""

    community_id: CommunityId
    community: str
    role: str


@dataclass(frozen=True, slots=True)
class Tied:
    """How many of the people they wrote with belong to an office, or have a level; "" where that is not known."""

    place: str
    people: int


@dataclass(frozen=True, slots=True)
class HelpedRow:
    """A question of somebody else to which theirs was the first, or the accepted, answer."""

    thread_id: EventId
    subject: str
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A commitment of a plan in which they stand: as the one who promised, or to whom it was promised."""

    plan_id: PlanId
    plan: str
    title: str
    is_theirs: bool
    due_on: date | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """All of it. Counts are of the last 90 days; nothing of this is ever exported.

    `told` are the facts of sources, `own` what was typed. `offices` and `levels` are those of the people they wrote
    with, by name, what is not known last. `helped` are the newest first. `given` and `received` are what a persona is
    made of.
    """

    told: OwnFacts
    own: OwnFacts
    handles: tuple[HandleRow, ...]
    merged: tuple[MergedRow, ...]
    roles: tuple[RoleRow, ...]
    topics: tuple[str, ...]
    offices: tuple[Tied, ...]
    levels: tuple[Tied, ...]
    partners: int
    helped: tuple[HelpedRow, ...]
    liked: int
    posts: int
    given: int
    received: int
    path: AdvocatePath
    contacts: tuple[ContactRow, ...]
    thanks: tuple[ThanksRow, ...]
    nudge: NudgeRow | None
    promises: tuple[PromiseRow, ...]
    last_thread: EventId | None = None
    """Where they last wrote, whenever that was."""
    counted: Counted = NO_WORD
    """Whether they count as a program."""


_HANDLES = """
SELECT a.name, h.name, h.own_id FROM handle h CROSS JOIN account a ON a.id = h.account_id
WHERE h.person_id = ? ORDER BY a.name, h.name, h.id
"""
_MERGED = """
SELECT p.id, p.name FROM personmerge m CROSS JOIN person p ON p.id = m.person_id WHERE m.into_id = ?
ORDER BY p.name_key, p.id
"""
_ROLES = """
SELECT c.id, c.name, m.role FROM member m CROSS JOIN community c ON c.id = m.community_id
WHERE m.person_id = ? AND m.role IS NOT NULL AND m.left_at IS NULL ORDER BY c.name, c.id
"""
_TAGS = """
SELECT t.tag FROM (SELECT id FROM event INDEXED BY event_person WHERE person_id = ? ORDER BY at DESC LIMIT 1000) lately
CROSS JOIN event_tag t ON t.event_id = lately.id GROUP BY t.tag ORDER BY count(*) DESC, t.tag LIMIT ?
"""
# Both ways: whom they turned to, and who turned to them in the threads where they wrote.
_MET = """
WITH mine AS MATERIALIZED (
  SELECT id, root_id, target_person_id FROM event INDEXED BY event_person
  WHERE person_id = :person AND at >= :start AND kind BETWEEN 3 AND 6 AND removed_at IS NULL),
met AS (
  SELECT target_person_id AS id FROM mine WHERE target_person_id IS NOT NULL
  UNION ALL
  SELECT e.person_id FROM (SELECT DISTINCT root_id FROM mine) r
  CROSS JOIN event e INDEXED BY event_root ON e.root_id = r.root_id AND e.at >= :start
  WHERE e.target_person_id = :person AND e.kind BETWEEN 3 AND 6 AND e.removed_at IS NULL)
SELECT coalesce(f.office, p.office, ''), coalesce(f.level, p.level, ''), count(DISTINCT p.id)
FROM met CROSS JOIN person p ON p.id = met.id LEFT JOIN personfact f ON f.person_id = p.id
WHERE p.id <> :person AND NOT p.is_bot GROUP BY 1, 2
"""
_HELPED = """
SELECT t.id, t.subject, max(coalesce(t.accepted_id = n.id, 0)) FROM (
  SELECT id, root_id FROM event INDEXED BY event_person
  WHERE person_id = :person AND at >= :start AND kind = 4 AND removed_at IS NULL) n
CROSS JOIN thread t ON t.id = n.root_id
WHERE t.is_question AND t.author_id <> :person AND (t.first_replier_id = :person OR t.accepted_id = n.id)
GROUP BY t.id ORDER BY t.started_at DESC
"""
_RECEIVED = """
SELECT sum(e.kind = 4), sum(e.kind = 5) FROM (
  SELECT DISTINCT root_id FROM event INDEXED BY event_person
  WHERE person_id = :person AND at >= :year AND kind IN (3, 4)) r
CROSS JOIN event e INDEXED BY event_root ON e.root_id = r.root_id AND e.at >= :start
WHERE e.target_person_id = :person AND e.person_id <> :person AND e.kind IN (4, 5) AND e.removed_at IS NULL
"""
_LAST_THREAD = """
SELECT root_id FROM event INDEXED BY event_person
WHERE person_id = ? AND kind IN (3, 4) AND removed_at IS NULL ORDER BY at DESC LIMIT 1
"""
_GIVEN = "SELECT sum(posts), sum(posts + replies + reactions) FROM personday WHERE person_id = ? AND day >= ?"
_PROMISES = """
SELECT l.id, l.name, c.title, c.owner, c.promised_to, c.due_on, c.done_on IS NOT NULL, l.sponsor
FROM card c JOIN plan l ON l.id = c.plan_id WHERE c.kind = 'commitment' AND NOT c.is_archived AND NOT l.is_archived
ORDER BY c.due_on IS NULL, c.due_on, c.title
"""


def person_details(reader: Reader, person_id: PersonId, *, as_of: datetime) -> PersonDetails:
    """Everything beyond the card, of somebody who is there."""
    start = as_of - timedelta(days=DETAIL_DAYS)
    span = {
        "person": person_id, "start": to_micros(start), "year": to_micros(as_of - timedelta(days=365)),
    }  # fmt: skip
    name, *facts = reader.rows(f"SELECT name, {', '.join(FACTS)} FROM person WHERE id = ?", (person_id,))[0]  # noqa: S608 - our own constant
    met = reader.rows(_MET, span)
    helped = reader.rows(_HELPED, span)
    replies, likes = reader.rows(_RECEIVED, span)[0]
    posts, given = reader.rows(_GIVEN, (person_id, to_day(start.date())))[0]
    return PersonDetails(
        told=OwnFacts(**dict(zip(FACTS, facts, strict=True))),
        own=own_facts(reader, person_id),
        handles=tuple(HandleRow(*row) for row in reader.rows(_HANDLES, (person_id,))),
        merged=tuple(MergedRow(*row) for row in reader.rows(_MERGED, (person_id,))),
        roles=tuple(RoleRow(*row) for row in reader.rows(_ROLES, (person_id,))),
        topics=tuple(tag for (tag,) in reader.rows(_TAGS, (person_id, _TOPICS))),
        offices=_tied((office, people) for office, _, people in met),
        levels=_tied((level, people) for _, level, people in met),
        partners=sum(row[2] for row in met),
        helped=tuple(HelpedRow(thread, subject, bool(accepted)) for thread, subject, accepted in helped),
        liked=likes or 0,
        posts=posts or 0,
        given=given or 0,
        received=(replies or 0) + (likes or 0),
        path=advocate_path(reader, person_id),
        contacts=contacts(reader, person_id),
        thanks=thanks_to(reader, person_id),
        nudge=last_nudge(reader, person_id, as_of=as_of),
        promises=promises_of(reader, name),
        last_thread=reader.scalar(_LAST_THREAD, (person_id,)),
        counted=counted_as(reader, person_id),
    )


def _tied(met: Iterable[tuple[str, int]]) -> tuple[Tied, ...]:
    """By name: who is met more is no order of people, nor is a grade."""
    people: Counter[str] = Counter()
    for place, count in met:
        people[place] += count
    return tuple(Tied(place, people[place]) for place in sorted(people, key=lambda one: (not one, one.casefold(), one)))


def promises_of(reader: Reader, name: str) -> tuple[PromiseRow, ...]:
    """Commitments of plans made by or to somebody of this name, whatever its case and accents."""
    key = plain_key(name)
    found = []
    for plan_id, plan, title, owner, promised_to, due_on, is_done, _sponsor in reader.rows(_PROMISES):
        is_theirs = plain_key(owner) == key
        if is_theirs or plain_key(promised_to) == key:
            due = None if due_on is None else as_date(due_on)
            found.append(PromiseRow(plan_id, plan, title, is_theirs, due, bool(is_done)))
    return tuple(found)
