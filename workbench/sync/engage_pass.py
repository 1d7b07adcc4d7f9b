"""One pass over Viva Engage exports into the mirror: every community at once, and what is newer of each message stays.

Slices of a network may be read in any order, and again: of two states of a message the one edited later counts, what
was deleted once stays deleted, and what a live account read by itself is only ever taken back, never overwritten.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from workbench.cancel import CancelToken
from workbench.errors import CancelledError, WorkbenchError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import RunState
from workbench.progress import Report
from workbench.queries.sources import list_sources
from workbench.sync.connector import Batch
from workbench.sync.engine import RunResult
from workbench.sync.importers.engage_cursor import ExportCursor
from workbench.sync.importers.engage_export import (
    MESSAGES,
    EngageExport,
    Step,
    community_record,
    group_told_by,
    message_record,
)
from workbench.sync.importers.engage_rows import ALL_COMPANY, ALL_COMPANY_NAME, Group, Message, rank
from workbench.sync.mirror import Applied, MirrorStore
from workbench.sync.records import GoneRecord, MessageRecord, Rejected, Reread

if TYPE_CHECKING:
    from sqlalchemy import Connection

WHOLE: Final = "engage-export"
"""The stream whose cursor, in one community of the account, stands for all of them."""
_VERSION = "export_version"
_MUCH = 2_000  # records written, from which fresh planner figures are worth their time


@dataclass(frozen=True, slots=True)
class _Held:
    """What the mirror has of a message; `version` is None for one that did not come from an export."""

    is_removed: bool
    version: int | None
    text: str

    def is_older_than(self, message: Message) -> bool:
        """Whether the export tells something newer."""
        if self.is_removed:
            return False
        return message.is_deleted or (self.version is not None and message.rank > rank(self.version, self.text))


class EngagePass:
    """One import of exports into one account; used once.

    A step is one transaction over all its communities, together with the one cursor: killed at any point, the next
    import goes on behind the last step.
    """

    def __init__(
        self, export: EngageExport, mirror: MirrorStore, database: Database, *, account_id: AccountId, is_live: bool
    ) -> None:
        self._export = export
        self._mirror = mirror
        self._database = database
        self._account_id = account_id
        self._is_live = is_live
        with database.read() as reader:
            sources = [source for source in list_sources(reader) if source.account_id == account_id]
        self._communities = {source.remote_id: source.community_id for source in sources}
        self._cursor, self._home = self._stored_cursor()
        self._runs: dict[CommunityId, int] = {}
        self._totals: dict[CommunityId, Applied] = {}
        self._reread: set[tuple[CommunityId, str]] = set()

    @property
    def left_out(self) -> tuple[int, int]:
        """How many private messages, and how many of the platform's own, the archives read so far held."""
        states = self._cursor.archives.values()
        return sum(state.private for state in states), sum(state.system for state in states)

    def run(self, *, report: Report, cancel: CancelToken) -> list[RunResult]:
        """Reads all that is new; one result for each community it brought something to, the first with the error.

        Expected errors end up in the results and in the history, and so does a stop; a bug is noted and raised on.
        """
        error: WorkbenchError | None = None
        state = RunState.FAILED
        try:
            for step in self._export.steps(self._cursor):
                cancel.check()
                self._take(step, cancel)
                report(step.progress)
            if sum(totals.added + totals.changed for totals in self._totals.values()) >= _MUCH:
                self._mirror.tidy()
            state = RunState.DONE
        except CancelledError as stop:
            error, state = stop, RunState.CANCELLED
        except WorkbenchError as failure:
            is_something_kept = any(totals.records for totals in self._totals.values())
            error, state = failure, RunState.PARTLY if is_something_kept else RunState.FAILED
        finally:
            results = self._end(state, error)
        return results

    def _stored_cursor(self) -> tuple[ExportCursor, CommunityId | None]:
        for community_id in self._communities.values():
            stored = self._mirror.cursor(community_id, WHOLE)
            if stored is not None:
                return ExportCursor.read(stored), community_id
        return ExportCursor(), None

    def _home_id(self) -> CommunityId:
        """The community that keeps the cursor: the one that does, any of the account, or everybody's, made for it."""
        if self._home is None:
            if not self._communities:
                self._ensure((Group(ALL_COMPANY, ALL_COMPANY_NAME),))
            self._home = next(iter(self._communities.values()))
        return self._home

    def _take(self, step: Step, cancel: CancelToken) -> None:
        lost = [group_told_by(found[0]) for place, found in step.messages.items() if place not in self._communities]
        told = {group.id: group for group in (*lost, *step.groups)}
        self._ensure(told.values())
        home = self._home_id()
        messages = {self._communities[place]: found for place, found in step.messages.items()}
        rejected: dict[CommunityId, list[Rejected]] = {}
        for place, items in step.rejected.items():
            rejected.setdefault(self._communities.get(place, home), []).extend(items)
        covered = {self._communities[id_] for id_ in self._cursor.groups if id_ in self._communities}
        places = dict.fromkeys((*messages, *rejected, *(covered if step.covered else ())))
        self._begin((*messages, *rejected))
        applied: dict[CommunityId, Applied] = {}
        with self._database.write() as session, self._mirror.together():
            for community_id in places:
                cancel.check()
                fresh = _fresh(session.connection(), community_id, messages.get(community_id, ()))
                batch = Batch(
                    fresh,
                    rejected=tuple(rejected.get(community_id, ())),
                    covered=step.covered if community_id in covered else (),
                    reread=self._reread_now(step, community_id),
                )
                passed_over = len(messages.get(community_id, ())) - sum(isinstance(r, MessageRecord) for r in fresh)
                applied[community_id] = replace(
                    done := self._mirror.apply(community_id, MESSAGES.name, batch),
                    unchanged=done.unchanged + passed_over,
                )
            self._mirror.apply(home, WHOLE, Batch((), step.cursor))
        for community_id, done in applied.items():
            if community_id in self._runs:
                self._totals[community_id] += done

    def _reread_now(self, step: Step, community_id: CommunityId) -> tuple[Reread, ...]:
        """What was held back of a source counts no longer, once in a pass that reads it from its beginning."""
        if step.restarted is None or (community_id, step.restarted) in self._reread:
            return ()
        self._reread.add((community_id, step.restarted))
        return (Reread(step.restarted),)

    def _ensure(self, groups: Iterable[Group]) -> None:
        """Makes communities, and brings up to date those that only this importer knows.

        A community that is there by a live account keeps its name: the platform itself tells it better. One that it
        has not is made, and left to the coordinator to follow.
        """
        with self._database.write():
            for group in groups:
                if group.id not in self._communities or not self._is_live:
                    record = community_record(group)
                    self._communities[group.id] = self._mirror.ensure_community(
                        self._account_id, record, is_followed=not self._is_live
                    )

    def _begin(self, communities: Iterable[CommunityId]) -> None:
        """A line of the history for each community that has none of this pass yet."""
        with self._database.write():
            for community_id in communities:
                if community_id not in self._runs:
                    self._runs[community_id] = self._mirror.start_run(community_id)
                    self._totals[community_id] = Applied()

    def _end(self, state: RunState, error: WorkbenchError | None) -> list[RunResult]:
        results: list[RunResult] = []
        if not self._runs:
            self._begin((self._home_id(),))
        with self._database.write():
            for community_id, run_id in self._runs.items():
                totals = self._totals[community_id]
                own = RunState.PARTLY if state is RunState.DONE and totals.rejected else state
                told = error if not results else None
                changes = self._mirror.end_run(run_id, own, totals=totals, error=told)
                totals = replace(totals, changes=totals.changes | changes | Changes.COMMUNITIES)
                results.append(RunResult(own, totals, community_id, told))
        return results


def _fresh(
    connection: "Connection", community_id: CommunityId, messages: Sequence[Message]
) -> tuple[MessageRecord | GoneRecord, ...]:
    """What of the messages is newer than what the mirror has: whole records, and for a deleted one a tombstone."""
    best: dict[str, Message] = {}
    for message in messages:
        other = best.get(message.id)
        if other is None or (message.is_deleted, message.rank) > (other.is_deleted, other.rank):
            best[message.id] = message
    held = _held(connection, community_id, best)
    records: list[MessageRecord | GoneRecord] = []
    for message in best.values():
        stored = held.get(message.id)
        if stored is None or stored.is_older_than(message):
            raw = json.dumps({_VERSION: message.version}, separators=(",", ":"))
            records.append(replace(message_record(message), raw=raw))
            if message.is_deleted:
                records.append(GoneRecord(message.id, message.group))
    return tuple(records)


def _held(connection: "Connection", community_id: CommunityId, ids: Iterable[str]) -> dict[str, _Held]:
    """Those of the messages that the mirror has, by remote id."""
    from workbench.sync.lookups import remote_key, select_among  # noqa: PLC0415 - loads the ORM

    keys = {remote_key(id_): id_ for id_ in ids}
    statement = (
        "SELECT e.remote_key, e.removed_at IS NOT NULL, b.raw, b.text"
        " FROM event e LEFT JOIN body b ON b.event_id = e.id WHERE e.community_id = ? AND e.remote_key IN (?*)"
    )
    rows = select_among(connection, statement, sorted(keys), before=(community_id,))
    return {keys[row[0]]: _Held(bool(row[1]), _version_in(row[2]), row[3] or "") for row in rows}


def _version_in(raw: str | None) -> int | None:
    stored = None if raw is None else json.loads(raw)
    return stored.get(_VERSION) if isinstance(stored, dict) else None
