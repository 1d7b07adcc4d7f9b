"""sync_community: pull, apply, report, check cancel; the same for a server and for a folder of files."""

from dataclasses import dataclass, replace

from workbench.cancel import CancelToken
from workbench.errors import CancelledError, SkipStreamError, WorkbenchError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.progress import Progress, Report, silent
from workbench.sync.connector import Connector, Stream
from workbench.sync.mirror import Applied, MirrorStore
from workbench.sync.records import CommunityRecord

_MUCH = 2_000  # records written, from which fresh planner figures are worth their time


@dataclass(frozen=True, slots=True)
class RunResult:
    """How one run ended. `error` is why it stopped or which stream was left out; None when all streams were read.

    The state is "partly" also without an error, when this run held items back; one that finds nothing new is "done".
    """

    state: RunState
    totals: Applied
    community_id: CommunityId
    error: WorkbenchError | None = None


class _Run:
    """One run on its way: what was kept so far, and what went wrong."""

    def __init__(self, connector: Connector, mirror: MirrorStore, community_id: CommunityId) -> None:
        self._connector = connector
        self._mirror = mirror
        self._community_id = community_id
        self.totals = Applied()
        self.error: WorkbenchError | None = None
        self.streams_read = 0

    def read_streams(self, community: str, *, report: Report, cancel: CancelToken) -> None:
        """Reads every stream to its end; one that cannot be read is noted and left out."""
        for stream in self._connector.streams:
            try:
                self._read(stream, community, report=report, cancel=cancel)
            except SkipStreamError as error:
                self.error = error
            else:
                self.streams_read += 1

    def _read(self, stream: Stream, community: str, *, report: Report, cancel: CancelToken) -> None:
        cancel.check()
        since = self._mirror.cursor(self._community_id, stream.name)
        for batch in self._connector.pull(community, stream, since=since):
            self.totals += self._mirror.apply(
                self._community_id, stream.name, batch, edits=self._connector.abilities.edits
            )
            report(batch.progress or Progress(done=self.totals.records, unit="messages"))
            # After apply, never before: a stopped run goes on where it stopped.
            cancel.check()

    @property
    def state(self) -> RunState:
        """How the run ended, when nobody stopped it: done only if nothing was left out or held back."""
        if self.error is None:
            return RunState.PARTLY if self.totals.rejected else RunState.DONE
        return RunState.PARTLY if self.totals.records or self.streams_read else RunState.FAILED


def sync_community(
    connector: Connector,
    mirror: MirrorStore,
    *,
    community: CommunityRecord,
    account_id: AccountId,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> RunResult:
    """Brings one community up to date and says how that went; what was applied is kept in every case.

    Expected errors end up in the result and in the history, and so does a stop; a bug is noted there and raised on.
    """
    community_id = mirror.ensure_community(account_id, community)
    run_id = mirror.start_run(community_id)
    run = _Run(connector, mirror, community_id)
    state = RunState.FAILED
    try:
        run.read_streams(community.remote_id, report=report, cancel=cancel or CancelToken())
        if run.totals.added + run.totals.changed >= _MUCH:
            mirror.tidy()
        state = run.state
    except CancelledError as error:
        run.error, state = error, RunState.CANCELLED
    except WorkbenchError as error:
        run.error, state = error, RunState.PARTLY if run.totals.records else RunState.FAILED
    finally:
        changes = mirror.end_run(run_id, state, totals=run.totals, error=run.error)
    totals = replace(run.totals, changes=run.totals.changes | changes | Changes.COMMUNITIES)
    return RunResult(state=state, totals=totals, community_id=community_id, error=run.error)
