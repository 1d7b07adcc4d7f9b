"""PeopleMerger: makes two people one and apart again; events, members and sums follow, nothing is lost."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.keeping import forget_kept
from workbench.models.moments import DAY_MICROSECONDS, to_micros
from workbench.sync import people_kept as kept_things
from workbench.sync import people_places as places
from workbench.sync.lookups import driver
from workbench.sync.people_counted import settle
from workbench.sync.people_joined import Joined
from workbench.sync.rollups import Touched, refresh, refresh_people

_TEMPORARY = (
    "CREATE TEMP TABLE IF NOT EXISTS moving_event (id INTEGER PRIMARY KEY, community_id INTEGER, at INTEGER,"
    " root_id INTEGER)",
    "CREATE TEMP TABLE IF NOT EXISTS moving_target (id INTEGER PRIMARY KEY)",
    "DELETE FROM temp.moving_event",
    "DELETE FROM temp.moving_target",
)
_KEEP_AUTHORS = """
INSERT INTO mergedevent (event_id, author_id) SELECT id, :own FROM temp.moving_event WHERE TRUE
ON CONFLICT (event_id) DO UPDATE SET author_id = coalesce(author_id, excluded.author_id)
"""
# What is aimed at somebody stands in the threads where they wrote, but for mentions and acts on what is not here.
_FIND_TARGETS = (
    "INSERT INTO temp.moving_target SELECT id FROM event INDEXED BY event_aimed"
    " WHERE target_person_id = :own AND (kind = 6 OR root_id IS NULL)",
    "INSERT OR IGNORE INTO temp.moving_target SELECT e.id FROM (SELECT DISTINCT root_id FROM temp.moving_event) m"
    " CROSS JOIN event e INDEXED BY event_root ON e.root_id = m.root_id WHERE e.target_person_id = :own",
)
_KEEP_TARGETS = """
INSERT INTO mergedevent (event_id, target_id) SELECT id, :own FROM temp.moving_target WHERE TRUE
ON CONFLICT (event_id) DO UPDATE SET target_id = coalesce(target_id, excluded.target_id)
"""
_MOVE = (
    "UPDATE event SET person_id = :to WHERE id IN (SELECT id FROM temp.moving_event)",
    "UPDATE event SET target_person_id = :to WHERE id IN (SELECT id FROM temp.moving_target)",
)
_OWN_EVENTS = """
INSERT INTO temp.moving_event SELECT e.id, e.community_id, e.at, e.root_id
FROM mergedevent m CROSS JOIN event e ON e.id = m.event_id WHERE m.author_id IN (SELECT value FROM json_each(:group))
"""
# What came later answers a message of theirs, and says so by its parent only.
_OWN_TARGETS = (
    "INSERT INTO temp.moving_target SELECT event_id FROM mergedevent"
    " WHERE target_id IN (SELECT value FROM json_each(:group))",
    "INSERT OR IGNORE INTO temp.moving_target SELECT e.id FROM (SELECT DISTINCT root_id FROM temp.moving_event) m"
    " CROSS JOIN event e INDEXED BY event_root ON e.root_id = m.root_id"
    " LEFT JOIN mergedevent k ON k.event_id = e.id"
    " WHERE e.target_person_id = :from AND e.kind <> 6 AND k.target_id IS NULL"
    " AND e.parent_id IN (SELECT id FROM temp.moving_event)",
)
_FORGET_OWN = (
    "UPDATE mergedevent SET author_id = NULL WHERE author_id = :own",
    "UPDATE mergedevent SET target_id = NULL WHERE target_id = :own",
    "DELETE FROM mergedevent WHERE author_id IS NULL AND target_id IS NULL",
)


class PeopleMerger:
    """Every call is one transaction and answers what changed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def merge(self, into: PersonId, person: PersonId) -> Changes:
        """`person` becomes one with `into`, whose name stays; handles, messages, notes and tags are all kept.

        Refuses somebody unknown, the same person twice, a person with an automatic sender (BadInputError).
        """
        with self._database.write() as session:
            connection = session.connection()
            joined = Joined(connection, account_id=0)
            target, other = joined.root(into), joined.root(person)
            _require_two(connection, target, other)
            self._join(connection, target, other)
            forget_kept(driver(connection).execute)
        return _CHANGES

    def unmerge(self, person: PersonId) -> Changes:
        """Takes the merge of `person` back; both are as they were, with what came since for the handles of each.

        Merges made later among the same people are taken back before and made again after. Refuses somebody who was
        not made one with anybody (BadInputError).
        """
        with self._database.write() as session:
            connection = session.connection()
            later = _later(connection, person)
            for one, _into in reversed(later):
                self._part(connection, one)
            self._part(connection, person)
            for one, into in later:
                self._join(connection, Joined(connection, account_id=0).root(into), one)
            forget_kept(driver(connection).execute)
        return _CHANGES

    def not_same(self, one: PersonId, other: PersonId, *, is_other: bool = True) -> Changes:
        """Remembers that these two are not one person, so that nobody proposes it again; or forgets it."""
        low, high = sorted((one, other))
        with self._database.write() as session:
            execute = driver(session.connection()).execute
            if is_other:
                execute("INSERT OR IGNORE INTO notsame (low_id, high_id) VALUES (?, ?)", (low, high))
            else:
                execute("DELETE FROM notsame WHERE low_id = ? AND high_id = ?", (low, high))
        return Changes.MEMBERS

    def _join(self, connection: Connection, into: int, own: int) -> None:
        execute = driver(connection).execute
        before = kept_things.snapshot(connection, into)
        joined = Joined(connection, account_id=0)
        places.keep_apart(connection, (into, own))
        for statement in _TEMPORARY:
            execute(statement)
        execute(
            "INSERT INTO temp.moving_event SELECT id, community_id, at, root_id FROM event INDEXED BY event_person"
            " WHERE person_id = :own",
            {"own": own},
        )
        for statement in (_KEEP_AUTHORS, *_FIND_TARGETS, _KEEP_TARGETS):
            execute(statement, {"own": own})
        execute(
            "UPDATE handle SET own_id = coalesce(own_id, person_id), person_id = :to WHERE person_id = :own",
            {"to": into, "own": own},
        )
        # Before events move: who does something somewhere has to be a member there.
        places.show(connection, into, joined.below(into) | joined.below(own))
        self._move(connection, into, own)
        kept = kept_things.join(connection, into, own, before=before)
        latest = execute("SELECT max(merged_at) FROM personmerge").fetchone()[0] or 0
        # Later than any other: the order in which they were made is the order in which they are taken back.
        moment = max(to_micros(self._clock.now()), latest + 1)
        execute(
            "INSERT INTO personmerge (person_id, into_id, merged_at, kept) VALUES (?, ?, ?, ?)",
            (own, into, moment, json.dumps(kept, ensure_ascii=False, separators=(",", ":"))),
        )
        settle(connection, (into,))

    def _part(self, connection: Connection, own: int) -> None:
        execute = driver(connection).execute
        row = execute("SELECT into_id, kept FROM personmerge WHERE person_id = ?", (own,)).fetchone()
        into, kept = row[0], json.loads(row[1])
        theirs = Joined(connection, account_id=0).below(own)
        group = json.dumps(sorted(theirs))
        for statement in _TEMPORARY:
            execute(statement)
        for statement in (_OWN_EVENTS, *_OWN_TARGETS):
            execute(statement, {"group": group, "from": into})
        execute("DELETE FROM personmerge WHERE person_id = ?", (own,))
        execute(
            "UPDATE handle SET person_id = :own, own_id = nullif(own_id, :own)"
            " WHERE own_id IN (SELECT value FROM json_each(:group))",
            {"own": own, "group": group},
        )
        rest = Joined(connection, account_id=0).below(into)
        places.show(connection, own, theirs)
        self._move(connection, own, into)
        places.show(connection, into, rest)
        places.leave(connection, into, rest)
        places.forget_apart(connection, (into, own))
        refresh_people(connection, (into,))
        for statement in _FORGET_OWN:
            execute(statement, {"own": own})
        kept_things.part(connection, into, own, kept)
        settle(connection, (into, own))

    def _move(self, connection: Connection, to: int, from_: int) -> None:
        """The events found become those of `to`, and all sums follow; both must be members where those events are."""
        execute = driver(connection).execute
        for statement in _MOVE:
            execute(statement, {"to": to})
        touched = Touched(people={to, from_})
        rows = execute(
            "SELECT community_id, (at + 62135596800000000) / ? - 719162, root_id FROM temp.moving_event",
            (DAY_MICROSECONDS,),
        )
        for community_id, day, root_id in rows.fetchall():
            touched.days.add((community_id, day))
            touched.members.update(((community_id, to), (community_id, from_)))
            if root_id is not None:
                touched.roots.add(root_id)
        aimed = execute(
            "SELECT e.community_id, e.at, e.root_id FROM temp.moving_target m CROSS JOIN event e ON e.id = m.id"
        )
        for community_id, at, root_id in aimed.fetchall():
            touched.event(community_id, at, root_id)
        refresh(connection, touched)
        places.remove_joined(connection, from_)
        refresh_people(connection, (to, from_))


_CHANGES = Changes.MEMBERS | Changes.EVENTS | Changes.NOTES | Changes.COMMUNITIES | Changes.PREFERENCES


def _require_two(connection: Connection, one: int, other: int) -> None:
    rows: Iterable[tuple[Any, ...]] = driver(connection).execute(
        "SELECT id, is_bot FROM person WHERE id IN (?, ?)", (one, other)
    )
    found = dict(rows)
    if one == other:
        message = "these are one person already"
    elif len(found) < len({one, other}):
        message = "there is no such person in this profile"
    elif found[one] != found[other]:
        message = "an automatic sender cannot be one with a person"
    else:
        return
    raise BadInputError(message)


def _later(connection: Connection, person: int) -> list[tuple[int, int]]:
    """Merges (person, into) among the same people that were made after that of `person`, oldest first."""
    execute = driver(connection).execute
    row = execute("SELECT merged_at FROM personmerge WHERE person_id = ?", (person,)).fetchone()
    if row is None:
        message = "this person was not made one with anybody"
        raise BadInputError(message)
    joined = Joined(connection, account_id=0)
    group = joined.below(joined.root(person))
    found = execute("SELECT person_id, into_id FROM personmerge WHERE merged_at > ? ORDER BY merged_at", row)
    return [(one, into) for one, into in found.fetchall() if one in group]
