"""MirrorStore: writes what sources bring; rows, roll-ups, index, quarantine, coverage and cursor in one transaction."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from workbench.clock import Clock
from workbench.errors import WorkbenchError
from workbench.ids import AccountId, CommunityId
from workbench.models.cards_kept import keep_type
from workbench.models.changes import Changes
from workbench.models.connections import BULK_CACHE_KIB, WRITER_CACHE_KIB
from workbench.models.database import Database
from workbench.models.kinds import CommunityType, RunState
from workbench.models.moments import to_micros
from workbench.sync import mirror_ledger as ledger
from workbench.sync.connector import Batch, Cursor
from workbench.sync.gone import Removals
from workbench.sync.records import CommunityRecord
from workbench.sync.trace import Trace, size_words

if TYPE_CHECKING:
    from workbench.sync.platform_clock import PlatformClock
    from workbench.sync.rollups import Touched


@dataclass(frozen=True, slots=True)
class Applied:
    """What batches did: each record was added, changed, left as it was or gone; rejected items are in quarantine.

    What a census found to be gone counts as well. `messages` of those added are messages, the others people, likes and
    the like.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    requests: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    changes: Changes = Changes.NOTHING
    gone: int = 0
    messages: int = 0

    def __add__(self, other: "Applied") -> "Applied":
        return Applied(
            added=self.added + other.added,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            rejected=self.rejected + other.rejected,
            requests=self.requests + other.requests,
            bytes_in=self.bytes_in + other.bytes_in,
            bytes_out=self.bytes_out + other.bytes_out,
            changes=self.changes | other.changes,
            gone=self.gone + other.gone,
            messages=self.messages + other.messages,
        )

    @property
    def records(self) -> int:
        """How many records were looked at."""
        return self.added + self.changed + self.unchanged + self.gone

    @property
    def words(self) -> str:
        """What came of it, for one line of a trace; empty when there was nothing to ask and nothing came."""
        parts = [f"{self.requests} request{'s' if self.requests != 1 else ''}"] if self.requests else []
        parts += [f"{size_words(self.bytes_in + self.bytes_out)}"] if self.bytes_in or self.bytes_out else []
        told = {"new": self.added, "changed": self.changed, "gone": self.gone, "held back": self.rejected}
        return ", ".join([*parts, *(f"{count} {what}" for what, count in told.items() if count)])


@dataclass(slots=True)
class RunLog:
    """One run on its way: its line of the history grows in the same transaction as what it brings."""

    id: int
    totals: Applied = field(default_factory=Applied)
    trace: Trace = field(default_factory=Trace)


@dataclass(frozen=True, slots=True)
class Listed:
    """A community of an account: as the platform lists it now, and what was known of it before.

    `record` is None for one that the platform does not list any more. `mark` is the platform's state when all of it
    was read last, at `synced_at`; `messages` the platform's count before this listing. None where there was none.
    """

    community_id: CommunityId
    remote_id: str
    name: str
    record: CommunityRecord | None
    is_followed: bool
    mark: str | None
    messages: int | None
    synced_at: datetime | None = None


class MirrorStore:
    """The one writer of mirrored rows."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        # Records applied since the last cursor of a stream: they count once a cursor promises them, and are pulled
        # again when the pull breaks before that.
        self._uncounted: dict[tuple[int, str], int] = {}
        self._touched: Touched | None = None
        self._theirs: PlatformClock | None = None

    def ensure_community(
        self, account_id: AccountId, record: CommunityRecord, *, is_followed: bool = True
    ) -> CommunityId:
        """The community of the account with this remote id, made or brought up to date.

        A name that another community of the profile has gets a number behind it. Its type, once set, is the
        coordinator's and stays, and so does whether it is followed.
        """
        with self._database.write() as session:
            return ledger.upsert_community(
                session.connection(), account_id, record, now=self._clock.now(), is_followed=is_followed
            )

    def list_communities(
        self, account_id: AccountId, records: Iterable[CommunityRecord], *, follows_all: bool = False
    ) -> list[Listed]:
        """Takes in what the platform lists, in its order, and then those of the account it does not list any more.

        New ones are not followed unless `follows_all`. One that is not listed is kept and said to be out of sight;
        a platform that lists nothing at all has told us nothing, so then nothing changes.
        """
        told = list(records)
        with self._database.write() as session:
            connection, now = session.connection(), self._clock.now()
            known = ledger.known_communities(connection, account_id)
            rows = [
                (ledger.upsert_community(connection, account_id, record, now=now, is_followed=follows_all), record)
                for record in told
            ]
            if told:
                ledger.hide_unlisted(connection, account_id, [community_id for community_id, _ in rows], now=now)
            present = ledger.known_communities(connection, account_id)
        listed = dict(rows)
        order = [*listed, *(community_id for community_id in present if community_id not in listed)]
        return [
            Listed(
                CommunityId(community_id),
                present[community_id].remote_id,
                present[community_id].name,
                listed.get(CommunityId(community_id)),
                present[community_id].is_followed,
                known[community_id].mark if community_id in known else None,
                known[community_id].messages if community_id in known else None,
                known[community_id].synced_at if community_id in known else None,
            )
            for community_id in order
        ]

    def now(self) -> datetime:
        """The moment that stands in what is written now."""
        return self._clock.now()

    def seconds(self) -> float:
        """A clock that never goes backwards, for how long something took."""
        return self._clock.monotonic()

    def cursor(self, community_id: CommunityId, stream: str) -> Cursor | None:
        """Where the next pull of the stream starts; None from its beginning."""
        self._uncounted.pop((community_id, stream), None)
        with self._database.read() as reader:
            value: str | None = reader.scalar(
                "SELECT value FROM streamcursor WHERE community_id = ? AND stream = ?", (community_id, stream)
            )
        return None if value is None else Cursor(value)

    def apply(
        self,
        community_id: CommunityId,
        stream: str,
        batch: Batch,
        *,
        edits: bool = True,
        removals: Removals | None = None,
        log: RunLog | None = None,
    ) -> Applied:
        """Writes the batch in one transaction; when anything fails, neither rows nor cursor nor log have moved.

        `edits` is the source's ability: with it, the last word on a message counts. Without it (mail) a message stays
        as it was first read, whatever comes under its id later, unless its text goes on where the stored one ends:
        then it had been caught half written, and the whole replaces it.

        `removals` watches over what the run removes; without one, the batch is watched by itself. Applying a batch
        again changes nothing. Refuses a community that is not there any more (NotFoundError).
        """
        # The ORM loads with the first write, not with the window.
        from workbench.sync.mirror_batch import write_records  # noqa: PLC0415 - as said above

        now = self._clock.now()
        uncounted = self._uncounted.get((community_id, stream), 0) + len(batch.records)
        with self._database.write() as session:
            connection = session.connection()
            account_id = ledger.account_of(connection, community_id)
            tally, changes = write_records(
                connection,
                batch,
                account_id=account_id,
                community_id=community_id,
                now=now if self._theirs is None else now + (self._theirs.ahead or timedelta()),
                edits=edits,
                removals=removals or Removals(),
                touched=self._touched,
            )
            for record in batch.records:
                if isinstance(record, CommunityRecord):
                    ledger.upsert_community(connection, account_id, record, now=now)
                    changes |= Changes.COMMUNITIES
            changes |= ledger.forget_rejected(connection, community_id, batch.reread, kept=batch.rejected)
            changes |= ledger.keep_rejected(connection, community_id, batch.rejected, now=now)
            changes |= ledger.extend_coverage(connection, community_id, batch.covered)
            if batch.is_from_start is not None:
                changes |= ledger.keep_start(connection, community_id, is_from_start=batch.is_from_start)
            if batch.cursor is not None:
                ledger.move_cursor(connection, community_id, stream, batch.cursor, rows=uncounted, now=now)
            applied = Applied(
                added=tally.added,
                changed=tally.changed,
                unchanged=tally.unchanged,
                gone=tally.gone,
                rejected=len(batch.rejected),
                requests=batch.requests,
                bytes_in=batch.bytes_in,
                bytes_out=batch.bytes_out,
                changes=changes,
                messages=tally.messages,
            )
            if log is not None:
                log.totals += applied
                words = ", ".join(filter(None, (batch.note, applied.words)))
                log.trace.add(now, f"{stream}: {words or 'nothing new'}")
                ledger.write_run(connection, log.id, _columns(log.totals, log.trace.text))
        if batch.cursor is not None:
            self._uncounted.pop((community_id, stream), None)
        else:
            self._uncounted[community_id, stream] = uncounted
        return applied

    @contextmanager
    def on_clock(self, theirs: "PlatformClock") -> Iterator[None]:
        """While the block lasts, what is found to be gone is so by the platform's clock, as far as that is known."""
        before, self._theirs = self._theirs, theirs
        try:
            yield
        finally:
            self._theirs = before

    @contextmanager
    def together(self) -> Iterator[None]:
        """Batches of several communities as one transaction, summed up once at its end instead of after each.

        For what brings a little to many communities at a time. Whoever leaves with an error has written nothing.
        """
        from workbench.sync.rollups import Touched, refresh  # noqa: PLC0415 - loads the ORM

        with self._database.write() as session:
            self._touched = Touched()
            try:
                yield
                refresh(session.connection(), self._touched)
            finally:
                self._touched = None

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """With room in memory for many pages of the indexes: for files, which come as fast as they can be stored."""
        self._set_cache(BULK_CACHE_KIB)
        try:
            yield
        finally:
            self._set_cache(WRITER_CACHE_KIB)

    def _set_cache(self, kib: int) -> None:
        with self._database.write() as session:
            session.connection().exec_driver_sql(f"PRAGMA cache_size = -{kib}")

    def start_run(self, community_id: CommunityId) -> int:
        """A new line of the history, in the state "running"; its number.

        One of the same community that still seems to run belonged to a process that is gone, and is closed.
        """
        with self._database.write() as session:
            return ledger.begin_run(session.connection(), community_id, now=self._clock.now())

    def end_run(
        self,
        run_id: int,
        state: RunState,
        *,
        totals: Applied,
        error: WorkbenchError | None = None,
        trace: str | None = None,
    ) -> Changes:
        """Writes how the run ended; harmless when its community was removed meanwhile."""
        with self._database.write() as session:
            ended = {
                "state": state.value,
                "ended_at": to_micros(self._clock.now()),
                "error_code": None if error is None else error.code,
                "error_reason": None if error is None else error.reason,
            }
            ledger.write_run(session.connection(), run_id, _columns(totals, trace) | ended)
        return Changes.RUNS

    def settle(self, community_id: CommunityId, *, mark: str | None) -> None:
        """Every stream was read to its end; an equal mark means from now on that there is nothing new."""
        with self._database.write() as session:
            ledger.settle(session.connection(), community_id, mark=mark, now=self._clock.now())

    def stay(self, communities: Mapping[CommunityId, date | None]) -> Changes:
        """These show the mark they had when all of them was read: nothing is new there.

        The days are those of the platform's clock when it said so; None where it did not tell, which promises no day.
        """
        changes = Changes.NOTHING
        with self._database.write() as session:
            for community_id, today in communities.items():
                changes |= ledger.stay(session.connection(), community_id, today=today, now=self._clock.now())
        return changes

    def checked(self, community_id: CommunityId) -> None:
        """A pass that compares with the platform got to its end."""
        with self._database.write() as session:
            ledger.checked(session.connection(), community_id, now=self._clock.now())

    def keep_held(self, community_id: CommunityId, removals: Removals) -> None:
        """Remembers what a run would have removed had it not been too much, and forgets what is settled by it."""
        with self._database.write() as session:
            ledger.keep_held(session.connection(), community_id, removals, now=self._clock.now())

    def tidy(self) -> None:
        """After much was written: fresh figures for the query planner, the log folded into the file, caches emptied."""
        with self._database.write() as session:
            session.connection().exec_driver_sql("PRAGMA analysis_limit = 400")
            session.connection().exec_driver_sql("PRAGMA optimize")
        with self._database.write() as session:
            # The writer's connection stays open as long as the window; what a bulk load cached there is of no use now.
            session.connection().exec_driver_sql("PRAGMA shrink_memory")
        connection = self._database.connection()
        try:
            # PASSIVE waits for nobody: pages a reader still needs stay in the log until next time.
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            connection.close()

    def set_community_type(self, community_id: CommunityId, kind: CommunityType) -> Changes:
        """The type a coordinator chose, which decides targets; a sync never overwrites it."""
        with self._database.write() as session:
            keep_type(session.connection(), community_id, kind)
        return Changes.COMMUNITIES

    def remove_account(self, account_id: AccountId) -> Changes:
        """Removes the account and everything mirrored from it; nothing happens when it is not there."""
        from workbench.sync.removal import remove_account  # noqa: PLC0415 - loads the ORM

        with self._database.write() as session:
            return remove_account(session.connection(), account_id)


def _columns(totals: Applied, trace: str | None) -> dict[str, object]:
    """The columns of a run that say what it brought so far."""
    counts: dict[str, object] = {
        name: getattr(totals, name)
        for name in ("added", "changed", "unchanged", "rejected", "gone", "requests", "bytes_in", "bytes_out")
    }
    return counts if trace is None else counts | {"trace": trace}
