"""MirrorStore: writes what sources bring; rows, roll-ups, index, quarantine, coverage and cursor in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workbench.clock import Clock
from workbench.errors import NotFoundError, WorkbenchError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import CommunityType, RunState
from workbench.models.moments import DayRange, to_day, to_micros
from workbench.sync.connector import Batch, Cursor
from workbench.sync.records import CommunityRecord, Rejected, Reread

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Applied:
    """What batches did: each record was added, changed or left as it was; rejected items are in quarantine."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    requests: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    changes: Changes = Changes.NOTHING

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
        )

    @property
    def records(self) -> int:
        """How many records were looked at."""
        return self.added + self.changed + self.unchanged


class MirrorStore:
    """The one writer of mirrored rows."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        # Records applied since the last cursor of a stream: they count once a cursor promises them, and are pulled
        # again when the pull breaks before that.
        self._uncounted: dict[tuple[int, str], int] = {}

    def ensure_community(self, account_id: AccountId, record: CommunityRecord) -> CommunityId:
        """The community of the account with this remote id, made or brought up to date.

        A name that another community of the profile has gets a number behind it. Its type, once set, is the
        coordinator's and stays.
        """
        with self._database.write() as session:
            return _upsert_community(session.connection(), account_id, record, now=self._clock.now())

    def cursor(self, community_id: CommunityId, stream: str) -> Cursor | None:
        """Where the next pull of the stream starts; None from its beginning."""
        self._uncounted.pop((community_id, stream), None)
        with self._database.read() as reader:
            value: str | None = reader.scalar(
                "SELECT value FROM streamcursor WHERE community_id = ? AND stream = ?", (community_id, stream)
            )
        return None if value is None else Cursor(value)

    def apply(self, community_id: CommunityId, stream: str, batch: Batch, *, edits: bool = True) -> Applied:
        """Writes the batch in one transaction; when anything fails, neither rows nor cursor have moved.

        `edits` is the source's ability: with it, the last word on a message counts. Without it (mail) a message stays
        as it was first read, whatever comes under its id later, unless its text goes on where the stored one ends:
        then it had been caught half written, and the whole replaces it.

        Applying a batch again changes nothing. Refuses a community that is not there any more (NotFoundError).
        """
        # The ORM loads with the first write, not with the window.
        from workbench.sync.mirror_drafts import parts  # noqa: PLC0415 - as said above
        from workbench.sync.mirror_events import Part  # noqa: PLC0415 - as said above
        from workbench.sync.rollups import Touched, refresh  # noqa: PLC0415 - as said above

        now = self._clock.now()
        added = changed = unchanged = 0
        changes = Changes.NOTHING
        uncounted = self._uncounted.get((community_id, stream), 0) + len(batch.records)
        with self._database.write() as session:
            connection = session.connection()
            account_id = _account_of(connection, community_id)
            touched = Touched()
            for records, repeats in parts(batch.records):
                part = Part(connection, account_id=account_id, community_id=community_id, now=now, edits=edits)
                part.apply(records, touched)
                added += part.tally.added
                changed += part.tally.changed
                unchanged += part.tally.unchanged + repeats
                changes |= Changes.MEMBERS if part.has_new_people else Changes.NOTHING
            if touched:
                refresh(connection, touched)
                changes |= Changes.EVENTS | Changes.MEMBERS
            for record in batch.records:
                if isinstance(record, CommunityRecord):
                    _upsert_community(connection, account_id, record, now=now)
                    changes |= Changes.COMMUNITIES
            changes |= _forget_rejected(connection, community_id, batch.reread, kept=batch.rejected)
            changes |= _keep_rejected(connection, community_id, batch.rejected, now=now)
            changes |= _extend_coverage(connection, community_id, batch.covered)
            if batch.cursor is not None:
                _move_cursor(connection, community_id, stream, batch.cursor, rows=uncounted, now=now)
        if batch.cursor is not None:
            self._uncounted.pop((community_id, stream), None)
        else:
            self._uncounted[community_id, stream] = uncounted
        return Applied(
            added=added,
            changed=changed,
            unchanged=unchanged,
            rejected=len(batch.rejected),
            requests=batch.requests,
            bytes_in=batch.bytes_in,
            bytes_out=batch.bytes_out,
            changes=changes,
        )

    def start_run(self, community_id: CommunityId) -> int:
        """A new line of the history, in the state "running"; its number."""
        with self._database.write() as session:
            result = session.connection().exec_driver_sql(
                "INSERT INTO syncrun (community_id, state, started_at, added, changed, unchanged, rejected, requests,"
                " bytes_in, bytes_out) VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, 0) RETURNING id",
                (community_id, RunState.RUNNING.value, to_micros(self._clock.now())),
            )
            return int(result.scalar_one())

    def end_run(self, run_id: int, state: RunState, *, totals: Applied, error: WorkbenchError | None = None) -> Changes:
        """Writes how the run ended; harmless when its community was removed meanwhile."""
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE syncrun SET state = ?, ended_at = ?, added = ?, changed = ?, unchanged = ?, rejected = ?,"
                " requests = ?, bytes_in = ?, bytes_out = ?, error_code = ?, error_reason = ? WHERE id = ?",
                (
                    state.value,
                    to_micros(self._clock.now()),
                    totals.added,
                    totals.changed,
                    totals.unchanged,
                    totals.rejected,
                    totals.requests,
                    totals.bytes_in,
                    totals.bytes_out,
                    None if error is None else error.code,
                    None if error is None else error.reason,
                    run_id,
                ),
            )
        return Changes.RUNS

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
            session.connection().exec_driver_sql(
                "UPDATE community SET type = ? WHERE id = ?", (kind.value, community_id)
            )
        return Changes.COMMUNITIES

    def remove_account(self, account_id: AccountId) -> Changes:
        """Removes the account and everything mirrored from it; nothing happens when it is not there."""
        from workbench.sync.removal import remove_account  # noqa: PLC0415 - loads the ORM

        with self._database.write() as session:
            return remove_account(session.connection(), account_id)


def _account_of(connection: "Connection", community_id: CommunityId) -> int:
    account_id: int | None = connection.exec_driver_sql(
        "SELECT account_id FROM community WHERE id = ?", (community_id,)
    ).scalar()
    if account_id is None:
        message = "the community was removed from this profile"
        raise NotFoundError(message)
    return account_id


def _upsert_community(
    connection: "Connection", account_id: int, record: CommunityRecord, *, now: datetime
) -> CommunityId:
    execute = connection.exec_driver_sql
    row = execute(
        "SELECT id FROM community WHERE account_id = ? AND remote_id = ?", (account_id, record.remote_id)
    ).first()
    known = None if row is None else int(row[0])
    name = _free_name(connection, record.name, own_id=known)
    kind = None if record.type is None else record.type.value
    values = (name, record.description, kind, record.url, record.address)
    if known is None:
        known = execute(
            "INSERT INTO community (name, description, type, url, address, account_id, remote_id, is_followed,"
            " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?) RETURNING id",
            (*values, account_id, record.remote_id, to_micros(now)),
        ).scalar_one()
    else:
        execute(
            "UPDATE community SET name = ?, description = ?, type = coalesce(type, ?), url = coalesce(?, url),"
            " address = coalesce(?, address), removed_at = NULL WHERE id = ?",
            (*values, known),
        )
    return CommunityId(int(known))


def _free_name(connection: "Connection", wanted: str, *, own_id: int | None) -> str:
    name, number = wanted, 1
    while True:
        owner = connection.exec_driver_sql("SELECT id FROM community WHERE name = ?", (name,)).scalar()
        if owner is None or owner == own_id:
            return name
        number += 1
        name = f"{wanted} ({number})"


def _forget_rejected(
    connection: "Connection", community_id: CommunityId, reread: Sequence[Reread], *, kept: Sequence[Rejected]
) -> Changes:
    """Takes out what was held back where a source is read anew, except what this batch holds back once more."""
    places = {(item.source, item.position) for item in kept}
    gone: list[tuple[int]] = []
    for place in reread:
        rows = connection.exec_driver_sql(
            "SELECT id, position FROM quarantine WHERE community_id = ? AND source = ? AND position >= ?",
            (community_id, place.source, place.position),
        )
        gone += [(row_id,) for row_id, position in rows if (place.source, position) not in places]
    if not gone:
        return Changes.NOTHING
    connection.exec_driver_sql("DELETE FROM quarantine WHERE id = ?", gone)
    return Changes.QUARANTINE


def _keep_rejected(
    connection: "Connection", community_id: CommunityId, rejected: Sequence[Rejected], *, now: datetime
) -> Changes:
    if not rejected:
        return Changes.NOTHING
    connection.exec_driver_sql(
        "INSERT INTO quarantine (community_id, source, position, code, reason, seen_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (community_id, source, position) DO UPDATE SET code = excluded.code, reason = excluded.reason",
        [(community_id, item.source, item.position, item.code, item.reason, to_micros(now)) for item in rejected],
    )
    return Changes.QUARANTINE


def _extend_coverage(connection: "Connection", community_id: CommunityId, covered: Sequence[DayRange]) -> Changes:
    """Adds promised days; ranges that overlap or touch become one."""
    if not covered:
        return Changes.NOTHING
    stored = [
        (int(first), int(last))
        for first, last in connection.exec_driver_sql(
            "SELECT first_day, last_day FROM coverage WHERE community_id = ? ORDER BY first_day", (community_id,)
        )
    ]
    merged: list[tuple[int, int]] = []
    for first, last in sorted([*stored, *((to_day(days.first), to_day(days.last)) for days in covered)]):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        elif first <= last:
            merged.append((first, last))
    if merged == stored:
        return Changes.NOTHING
    connection.exec_driver_sql("DELETE FROM coverage WHERE community_id = ?", (community_id,))
    connection.exec_driver_sql(
        "INSERT INTO coverage (community_id, first_day, last_day) VALUES (?, ?, ?)",
        [(community_id, first, last) for first, last in merged],
    )
    return Changes.COVERAGE


def _move_cursor(
    connection: "Connection", community_id: CommunityId, stream: str, cursor: Cursor, *, rows: int, now: datetime
) -> None:
    connection.exec_driver_sql(
        "INSERT INTO streamcursor (community_id, stream, value, rows, updated_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (community_id, stream) DO UPDATE SET value = excluded.value, rows = rows + excluded.rows,"
        " updated_at = excluded.updated_at",
        (community_id, stream, cursor, rows, to_micros(now)),
    )
