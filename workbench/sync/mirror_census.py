"""Censuses: what the mirror holds that a whole list of the platform does not name is gone upstream."""

from functools import partial

from sqlalchemy import Connection

from workbench.models.moments import to_micros
from workbench.sync.connector import Census, CensusOf
from workbench.sync.gone import Removals
from workbench.sync.lookups import remote_key, storable
from workbench.sync.mirror_gone import Going, alive, remove_events
from workbench.sync.people_joined import Joined
from workbench.sync.people_places import show
from workbench.sync.rollups import Touched

_MESSAGES = "SELECT id, person_id, at, root_id, remote_id FROM event"
# A person may have several handles in one account: they are there while any of them is named.
_REACTIONS = """
SELECT e.id, e.person_id, e.at, e.root_id, h.remote_id FROM event t
CROSS JOIN event e INDEXED BY event_root ON e.root_id = t.root_id
LEFT JOIN mergedevent k ON k.event_id = e.id
LEFT JOIN handle h ON h.person_id = e.person_id AND h.account_id = ?
  AND coalesce(h.own_id, h.person_id) = coalesce(k.author_id, e.person_id)
WHERE t.community_id = ? AND t.remote_key = ? AND e.parent_id = t.id AND e.kind = 5 AND e.removed_at IS NULL
"""
_MEMBERS = """
SELECT m.person_id, h.remote_id FROM member m
LEFT JOIN handle h ON h.person_id = m.person_id AND h.account_id = ?
WHERE m.community_id = ? AND m.is_listed AND m.left_at IS NULL
  AND m.person_id NOT IN (SELECT into_id FROM personmerge)
"""
# Of those who are one each is there, or not, by itself.
_WORDS = """
SELECT own_id FROM memberword WHERE community_id = ? AND is_listed AND left_at IS NULL
"""
_OWN_HANDLES = """
SELECT coalesce(own_id, person_id), remote_id FROM handle
WHERE person_id IN (SELECT into_id FROM personmerge) AND account_id = ?
"""
_LEFT = "UPDATE member SET left_at = ? WHERE community_id = ? AND person_id = ?"
_WORD_LEFT = "UPDATE memberword SET left_at = ? WHERE community_id = ? AND own_id = ?"


class Censuses:
    """Takes the censuses of one batch, after its records; asks `removals` before anything goes."""

    def __init__(
        self, connection: Connection, *, account_id: int, community_id: int, now: int, removals: Removals
    ) -> None:
        self._connection = connection
        self._account_id = account_id
        self._community_id = community_id
        self._now = now
        self._removals = removals

    def take(self, census: Census, touched: Touched) -> int:
        """How many are gone by it; none where that would be too many at once, or nobody is sure of it."""
        if not census.is_sure and not self._removals.trusts_gone:
            return 0
        named = frozenset(map(storable, census.ids))
        if census.of is CensusOf.MEMBERS:
            return self._members(census, named, touched)
        events = self._reactions(census, named) if census.of is CensusOf.REACTIONS else self._messages(census, named)
        if not self._may_remove(census, len(events)):
            return 0
        remove_events(self._connection, self._community_id, events, now=self._now, touched=touched)
        return len(events)

    def _may_remove(self, census: Census, count: int) -> bool:
        counted = partial(alive, self._connection, self._community_id, census.of)
        may = self._removals.may_remove(census.of, count, counted)
        if census.root is None and census.since is None and census.until is None:
            self._removals.went_through(census.of)
        return may

    def _messages(self, census: Census, named: frozenset[str]) -> list[Going]:
        where, values = "WHERE community_id = ? AND kind IN (3, 4) AND removed_at IS NULL", [self._community_id]
        if census.root is not None:
            root_id = self._connection.exec_driver_sql(
                "SELECT id FROM event WHERE community_id = ? AND remote_key = ?",
                (self._community_id, remote_key(census.root)),
            ).scalar()
            if root_id is None:
                return []
            where += " AND root_id = ?"
            values.append(root_id)
        if census.since is not None:
            where += " AND at >= ?"
            values.append(to_micros(census.since))
        if census.until is not None:
            where += " AND at < ?"
            values.append(to_micros(census.until))
        # Pieces of our own; every value travels as a parameter.
        rows = self._connection.exec_driver_sql(f"{_MESSAGES} {where}", tuple(values))
        return [Going(*row[:4]) for row in rows if row[4] not in named]

    def _reactions(self, census: Census, named: frozenset[str]) -> list[Going]:
        if census.root is None:
            message = "a census of reactions is one of a message"
            raise ValueError(message)
        rows = self._connection.exec_driver_sql(
            _REACTIONS, (self._account_id, self._community_id, remote_key(census.root))
        ).all()
        there = {row[0] for row in rows if row[4] in named}
        return [Going(*row) for row in sorted({tuple(row[:4]) for row in rows if row[0] not in there})]

    def _members(self, census: Census, named: frozenset[str], touched: Touched) -> int:
        execute = self._connection.exec_driver_sql
        rows = execute(_MEMBERS, (self._account_id, self._community_id)).all()
        there = {person_id for person_id, handle in rows if handle in named}
        left = sorted({person_id for person_id, _ in rows} - there)
        words = {own for (own,) in execute(_WORDS, (self._community_id,))}
        named_words = {own for own, handle in execute(_OWN_HANDLES, (self._account_id,)) if handle in named}
        gone = sorted(words - named_words)
        if not self._may_remove(census, len(left) + len(gone)) or not (left or gone):
            return 0
        # Observed now; when they really left, nobody told. A list that names them again takes it back.
        for statement, people in ((_LEFT, left), (_WORD_LEFT, gone)):
            if people:
                execute(statement, [(self._now, self._community_id, person_id) for person_id in people])
        joined = Joined(self._connection, account_id=self._account_id)
        for root in sorted({joined.root(own) for own in gone}):
            show(self._connection, root, joined.below(root), within=self._community_id)
            touched.people.add(root)
        touched.people.update(left)
        return len(left) + len(gone)
