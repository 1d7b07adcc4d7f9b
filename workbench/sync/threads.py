"""Threading: which message answers which, settled so that it does not matter how records were cut into batches.

The parent of a message is the nearest reference that is known. References to messages not seen yet are kept (Orphan)
and win as soon as those arrive. A message with no known reference is an opening; when its subject looks like a reply,
it hangs on the latest opening of that subject up to 90 days before (a guess, given up for a real reference).
References that would close a circle are cut.

A message that answers others of which none is here stays a reply. It heads what we have of its thread, so that this can
be read, but it began nothing: nobody counts it as a thread or a question until what it answers is here.

`Threader.place` says, before the new rows exist, where they go; `settle`, after they were written, moves what had
to wait for them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection

from workbench.models.kinds import EventKind
from workbench.models.moments import DAY_MICROSECONDS
from workbench.sync.lookups import driver, select_among
from workbench.sync.moves import Moves, move
from workbench.sync.rollups import Touched

MOST_REFERENCES = 24
_GUESS_REACH = 90 * DAY_MICROSECONDS

_TEMPORARY = (
    "CREATE TEMP TABLE IF NOT EXISTS touched_subject (subject_key BLOB PRIMARY KEY, from_at INTEGER, until_at INTEGER)"
    " WITHOUT ROWID"
)
# Behind the first true opening after the last change nothing can differ: later replies hang on that one or a later one.
_BOUND_SUBJECTS = """
UPDATE temp.touched_subject SET until_at = (
  SELECT min(o.at) FROM opening o INDEXED BY opening_subject
  WHERE o.community_id = ? AND o.subject_key = touched_subject.subject_key AND o.at > touched_subject.until_at
    AND NOT o.is_reply)
"""
_LATEST_BEFORE = """
SELECT t.subject_key, e.id, e.at
FROM temp.touched_subject t
CROSS JOIN event e ON e.id = (
  SELECT o.event_id FROM opening o INDEXED BY opening_subject CROSS JOIN event s ON s.id = o.event_id
  WHERE o.community_id = ? AND o.subject_key = t.subject_key AND o.at < t.from_at AND o.at >= t.from_at - ?
    AND s.parent_id IS NULL
  ORDER BY o.at DESC, o.is_reply DESC, s.remote_key DESC LIMIT 1)
"""
_OPENINGS = """
SELECT o.subject_key, o.event_id, o.at, o.is_reply, e.parent_id
FROM temp.touched_subject t
CROSS JOIN opening o INDEXED BY opening_subject ON o.community_id = ? AND o.subject_key = t.subject_key
  AND o.at >= t.from_at AND (t.until_at IS NULL OR o.at < t.until_at)
CROSS JOIN event e ON e.id = o.event_id
ORDER BY t.subject_key, o.at, o.is_reply, e.remote_key
"""
_STRONG_ANCESTORS = """
WITH RECURSIVE chain (id, parent_id) AS (
  SELECT e.id, CASE WHEN o.event_id IS NULL THEN e.parent_id END
  FROM event e LEFT JOIN opening o ON o.event_id = e.id WHERE e.id = ?
  UNION ALL
  SELECT e.id, CASE WHEN o.event_id IS NULL THEN e.parent_id END
  FROM chain CROSS JOIN event e ON e.id = chain.parent_id LEFT JOIN opening o ON o.event_id = e.id
)
SELECT id, parent_id FROM chain
"""


class Newcomer(NamedTuple):
    """A message that is not stored yet. `references` are digests, the nearest first."""

    id: int
    key: bytes
    person_id: int
    at: int
    references: tuple[bytes, ...]
    subject_key: bytes | None
    is_reply: bool


class NewAct(NamedTuple):
    """Any other event that is not stored yet; `target` is the digest of the message acted on."""

    id: int
    target: bytes | None


class Place(NamedTuple):
    """Where an event hangs: its parent, the root of its thread, and whom it answers.

    `is_headless` is true of a message that answers something, of which nothing is here.
    """

    parent_id: int | None
    root_id: int | None
    target_person_id: int | None
    is_headless: bool = False


@dataclass(slots=True)
class _Waiting:
    """References nobody answered yet, and what became of those that were."""

    by_key: dict[bytes, list[tuple[int, int]]] = field(default_factory=dict)
    acts: set[int] = field(default_factory=set)
    headless: set[int] = field(default_factory=set)
    new_rows: dict[int, dict[int, bytes]] = field(default_factory=dict)
    adopted_rank: dict[int, int] = field(default_factory=dict)
    cut: list[tuple[int, int]] = field(default_factory=list)

    def await_message(self, event_id: int, rank: int, key: bytes) -> None:
        self.by_key.setdefault(key, []).append((event_id, rank))
        self.new_rows.setdefault(event_id, {})[rank] = key


class Threader:
    """Threads the new events of one part of a batch; used once."""

    def __init__(self, connection: Connection, community_id: int) -> None:
        self._connection = connection
        self._driver = driver(connection)
        self._community_id = community_id
        self._known: dict[bytes, int] = {}
        self._stored: dict[int, tuple[int | None, int]] = {}  # id → root and author, of messages in the database
        self._parents: dict[int, int | None] = {}  # of newcomers, acts, and what they adopted
        self._ancestors: dict[int, int | None] = {}  # parents by reference, as far as they were asked for
        self._waiting = _Waiting()
        self._newcomers: Sequence[Newcomer] = ()
        self._subjects: dict[bytes, tuple[int, int]] = {}

    def place(self, newcomers: Sequence[Newcomer], acts: Sequence[NewAct]) -> dict[int, Place]:
        """Where each new event goes, as far as stored rows stay where they are."""
        self._newcomers = newcomers
        self._load_known(newcomers, acts)
        self._load_waiting(newcomers)
        for newcomer in newcomers:
            self._join(newcomer)
            self._known[newcomer.key] = newcomer.id
            self._adopt(newcomer)
        for act in acts:
            self._parents[act.id] = self._known.get(act.target) if act.target is not None else None
            if act.target is not None and self._parents[act.id] is None:
                self._waiting.await_message(act.id, 0, act.target)
        return self._places([*(newcomer.id for newcomer in newcomers), *(act.id for act in acts)])

    def settle(self, touched: Touched, *, redated: Iterable[tuple[int, int]] = ()) -> None:
        """Writes what is still waited for and moves stored events to parents that came; `touched` learns of it.

        `redated` are stored messages with their new moment: an opening may lead other replies then.
        """
        new = {newcomer.id for newcomer in self._newcomers}
        moves: Moves = {event: parent for event, parent in self._parents.items() if event in self._waiting.adopted_rank}
        moves = {event: parent for event, parent in moves.items() if event not in new}
        self._write_orphans(moves)
        self._close_openings(moves)
        # What nothing is awaited for any more, because it would close a circle, began its thread after all.
        moves.update({event: None for event, _ in self._waiting.cut if event in self._waiting.headless - moves.keys()})
        self._redate_openings(redated)
        self._write_openings()
        moves.update(self._guesses())
        move(self._connection, moves, touched)

    def _load_known(self, newcomers: Sequence[Newcomer], acts: Sequence[NewAct]) -> None:
        nearest = {newcomer.references[0] for newcomer in newcomers if newcomer.references}
        self._look_up(nearest | {act.target for act in acts if act.target is not None})
        earlier: set[bytes] = set()
        farther: set[bytes] = set()
        for newcomer in newcomers:
            references = newcomer.references
            if len(references) > 1 and references[0] not in self._known and references[0] not in earlier:
                farther.update(references[1:])
            earlier.add(newcomer.key)
        self._look_up(farther)

    def _look_up(self, keys: Iterable[bytes]) -> None:
        statement = (
            "SELECT remote_key, id, root_id, person_id FROM event"
            " WHERE community_id = ? AND remote_key IN (?*) AND kind IN (3, 4)"
        )
        for key, event_id, root_id, person_id in select_among(
            self._connection, statement, sorted(keys), before=(self._community_id,)
        ):
            self._known[key] = event_id
            self._stored[event_id] = (root_id, person_id)

    def _load_waiting(self, newcomers: Sequence[Newcomer]) -> None:
        anything = "SELECT 1 FROM orphan WHERE community_id = ? LIMIT 1"
        if self._driver.execute(anything, (self._community_id,)).fetchone() is None:
            return
        statement = (
            "SELECT o.reference_key, o.event_id, o.rank, e.kind, e.parent_id FROM orphan o"
            " CROSS JOIN event e ON e.id = o.event_id WHERE o.community_id = ? AND o.reference_key IN (?*)"
        )
        keys = sorted(newcomer.key for newcomer in newcomers)
        waiting = select_among(self._connection, statement, keys, before=(self._community_id,))
        for key, event_id, rank, kind, parent_id in waiting:
            self._waiting.by_key.setdefault(key, []).append((event_id, rank))
            if kind not in {EventKind.POST, EventKind.REPLY}:
                self._waiting.acts.add(event_id)
            elif parent_id is None:
                self._waiting.headless.add(event_id)

    def _join(self, newcomer: Newcomer) -> None:
        parent: int | None = None
        for rank, reference in enumerate(newcomer.references):
            parent = self._known.get(reference)
            if parent is not None:
                break
            if reference != newcomer.key:
                self._waiting.await_message(newcomer.id, rank, reference)
        self._parents[newcomer.id] = self._ancestors[newcomer.id] = parent

    def _adopt(self, newcomer: Newcomer) -> None:
        waiting = self._waiting
        for event_id, rank in sorted(waiting.by_key.pop(newcomer.key, ())):
            if rank >= waiting.adopted_rank.get(event_id, MOST_REFERENCES):
                continue
            if event_id not in waiting.acts and self._descends(newcomer.id, event_id):
                waiting.cut.append((event_id, rank))
                waiting.new_rows.get(event_id, {}).pop(rank, None)
                continue
            waiting.adopted_rank[event_id] = rank
            self._parents[event_id] = self._ancestors[event_id] = newcomer.id
            rows = waiting.new_rows.get(event_id, {})
            for farther in [other for other in rows if other >= rank]:
                del rows[farther]

    def _descends(self, event_id: int, from_id: int) -> bool:
        """Whether references lead from `event_id` up to `from_id`."""
        current: int | None = event_id
        while current is not None:
            if current == from_id:
                return True
            if current not in self._ancestors:
                for ancestor, parent in self._driver.execute(_STRONG_ANCESTORS, (current,)):
                    self._ancestors.setdefault(ancestor, parent)
            current = self._ancestors.get(current)
        return False

    def _places(self, events: Iterable[int]) -> dict[int, Place]:
        authors = {newcomer.id: newcomer.person_id for newcomer in self._newcomers}
        roots: dict[int, int | None] = {newcomer.id: newcomer.id for newcomer in self._newcomers}
        places: dict[int, Place] = {}
        settled: set[int] = set()
        for event_id in events:
            path: list[int] = []
            current = event_id
            while current not in settled and self._parents.get(current) is not None and current not in self._stored:
                path.append(current)
                current = self._parents[current] or 0
            root = self._stored[current][0] if current in self._stored else roots.get(current)
            for step in path:
                roots[step] = root
            settled.update(path)
            parent = self._parents.get(event_id)
            target = None if parent is None else authors.get(parent, self._stored.get(parent, (None, None))[1])
            is_headless = parent is None and event_id in authors and bool(self._waiting.new_rows.get(event_id))
            places[event_id] = Place(parent, roots.get(event_id), target, is_headless)
        return places

    def _write_orphans(self, moves: Moves) -> None:
        execute = self._driver.executemany
        gone = [(event_id, self._waiting.adopted_rank[event_id]) for event_id in moves]
        if gone:
            execute("DELETE FROM orphan WHERE event_id = ? AND rank >= ?", gone)
        if self._waiting.cut:
            execute("DELETE FROM orphan WHERE event_id = ? AND rank = ?", self._waiting.cut)
        rows = [
            (self._community_id, event_id, rank, key)
            for event_id, ranks in self._waiting.new_rows.items()
            for rank, key in ranks.items()
        ]
        if rows:
            execute("INSERT INTO orphan (community_id, event_id, rank, reference_key) VALUES (?, ?, ?, ?)", rows)

    def _close_openings(self, moves: Moves) -> None:
        """Stored openings that a reference leads away from now are openings no longer."""
        found = select_among(
            self._connection, "SELECT event_id, subject_key, at FROM opening WHERE event_id IN (?*)", sorted(moves)
        )
        closed: list[tuple[int]] = []
        for event_id, key, at in found:
            self._stir(key, at)
            closed.append((event_id,))
        if closed:
            self._driver.executemany("DELETE FROM opening WHERE event_id = ?", closed)

    def _redate_openings(self, redated: Iterable[tuple[int, int]]) -> None:
        moments = dict(redated)
        found = select_among(
            self._connection, "SELECT event_id, subject_key, at FROM opening WHERE event_id IN (?*)", sorted(moments)
        )
        rows: list[tuple[int, int]] = []
        for event_id, key, at in found:
            self._stir(key, at)
            self._stir(key, moments[event_id])
            rows.append((moments[event_id], event_id))
        if rows:
            self._driver.executemany("UPDATE opening SET at = ? WHERE event_id = ?", rows)

    def _write_openings(self) -> None:
        rows: list[tuple[int, int, bytes, int, bool]] = []
        for newcomer in self._newcomers:
            if newcomer.subject_key is not None and self._parents[newcomer.id] is None:
                self._stir(newcomer.subject_key, newcomer.at)
                rows.append((newcomer.id, self._community_id, newcomer.subject_key, newcomer.at, newcomer.is_reply))
        if rows:
            self._driver.executemany(
                "INSERT INTO opening (event_id, community_id, subject_key, at, is_reply) VALUES (?, ?, ?, ?, ?)", rows
            )

    def _stir(self, key: bytes, at: int) -> None:
        first, last = self._subjects.get(key, (at, at))
        self._subjects[key] = (min(first, at), max(last, at))

    def _guesses(self) -> Moves:
        """Replies by subject whose best opening is another one than the one they hang on."""
        if not self._subjects:
            return {}
        execute = self._driver.execute
        execute(_TEMPORARY)
        execute("DELETE FROM temp.touched_subject")
        self._driver.executemany(
            "INSERT INTO temp.touched_subject VALUES (?, ?, ?)",
            [(key, first, last) for key, (first, last) in sorted(self._subjects.items())],
        )
        execute(_BOUND_SUBJECTS, (self._community_id,))
        latest: dict[Any, tuple[int, int]] = {
            key: (event_id, at) for key, event_id, at in execute(_LATEST_BEFORE, (self._community_id, _GUESS_REACH))
        }
        moves: Moves = {}
        for key, event_id, at, is_reply, parent_id in execute(_OPENINGS, (self._community_id,)).fetchall():
            opening = latest.get(key)
            best = opening[0] if opening is not None and is_reply and at - opening[1] <= _GUESS_REACH else None
            if best is None:
                latest[key] = (event_id, at)
            if best != parent_id:
                moves[event_id] = best
        return moves
