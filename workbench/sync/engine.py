"""Engine: one run over a community of files, or over all followed communities of an account, what matters first."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from workbench.cancel import CancelToken
from workbench.errors import CancelledError, LineError, SkipStreamError, WorkbenchError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.progress import Progress, Report, silent
from workbench.sync.causes import Cause
from workbench.sync.community_run import CommunityRun, walks_of
from workbench.sync.connector import Connector, Stage
from workbench.sync.gone import Removals
from workbench.sync.mirror import Applied, Listed, MirrorStore
from workbench.sync.records import CommunityRecord
from workbench.sync.telling import Telling

_RESTED = timedelta(hours=1)  # so long people read once wait, while a community was never read to its end
_MUCH = 2_000  # records written, from which fresh planner figures are worth their time
_BROKEN_IN_A_ROW = 3  # so often may the line break without a batch in between before the account is left for now
_OF_ONE_PLACE = frozenset((Cause.CUT, Cause.SERVER, Cause.BAD_REPLY, Cause.TOO_LARGE))
WHOLE_ACCOUNT = CommunityId(0)
"""Stands in a result for the account as a whole: its list of communities could not be read."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """How one run ended. `error` is why it stopped or which stream was left out; None when all streams were read.

    The state is "partly" also without an error, when this run held items back or was ended with its account; one that
    finds nothing new is "done".
    """

    state: RunState
    totals: Applied
    community_id: CommunityId
    error: WorkbenchError | None = None
    account: str = ""
    """Whose result it is where `community_id` is WHOLE_ACCOUNT."""


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What a run over an account is to do.

    `only` restricts it to some of the followed communities. `is_whole` is False where it goes less far than the account
    usually does (a later start, text only): then nothing counts as read to its end. `trusts_gone` lets a person's word
    stand that much was deleted on the platform. `reaches_back`: history is read to its beginning, so that the numbers
    platforms tell are those of what will come.
    """

    only: frozenset[CommunityId] | None = None
    is_whole: bool = True
    trusts_gone: bool = False
    reaches_back: bool = True


@dataclass(frozen=True, slots=True)
class AccountResult:
    """How a run over an account ended: `error` is what ended it early, None when every community had its turn.

    `results` are those of the communities that were read, `unchanged` those the platform said nothing is new in.
    """

    results: tuple[RunResult, ...] = ()
    unchanged: tuple[CommunityId, ...] = ()
    error: WorkbenchError | None = None
    changes: Changes = Changes.NOTHING
    totals: Applied = field(default_factory=Applied)


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

    For files and other sources that stand still: what they say is gone, is gone. Expected errors end up in the result
    and in the history, and so does a stop; a bug is noted there and raised on.
    """
    community_id = mirror.ensure_community(account_id, community)
    walks = walks_of(connector, mirror, community_id=community_id, remote_id=community.remote_id)
    run = CommunityRun(connector, mirror, community_id=community_id, walks=walks, removals=Removals(trusts_gone=True))
    run.start()
    state: RunState | None = None
    try:
        with mirror.in_bulk():
            run.advance(Stage.EXTRAS, report=report, cancel=cancel or CancelToken())
        _tidy(mirror, run.totals)
    except CancelledError:
        state = RunState.CANCELLED
    except WorkbenchError:
        state = RunState.PARTLY if run.totals.records else RunState.FAILED
    finally:
        ended, changes = run.finish(state)
    return result_of(run, ended, changes)


def sync_account(
    connector: Connector,
    mirror: MirrorStore,
    *,
    account_id: AccountId,
    follows_all: bool = False,
    plan: SyncPlan | None = None,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> AccountResult:
    """Brings the followed communities of an account up to date, stage by stage: news of all of them come first.

    What was applied is kept in every case. What concerns one stream or community is in its result; what concerns the
    account (sign-in, budget, no line, a busy platform, a stop) ends the run and is the error of the whole. A bug is
    noted in the history and raised on.
    """
    cancel = cancel or CancelToken()
    account = _AccountRun(connector, mirror, plan or SyncPlan(), report, cancel)
    error: WorkbenchError | None = None
    try:
        cancel.check()
        account.begin(mirror.list_communities(account_id, connector.communities(), follows_all=follows_all))
        account.read()
        _tidy(mirror, account.totals)
    except WorkbenchError as caught:
        # A stop breaks what is in flight; that is no fault of the line.
        error = CancelledError() if cancel.is_cancelled and not isinstance(caught, CancelledError) else caught
    finally:
        account.end(stop=error if isinstance(error, CancelledError) else None)
    return AccountResult(
        tuple(account.results),
        account.unchanged,
        error,
        account.changes | Changes.ACCOUNTS | Changes.COMMUNITIES,
        account.totals,
    )


class _AccountRun:
    """One run over an account on its way."""

    def __init__(
        self, connector: Connector, mirror: MirrorStore, plan: SyncPlan, report: Report, cancel: CancelToken
    ) -> None:
        self._connector, self._mirror, self._plan = connector, mirror, plan
        self._telling = Telling(report, seconds=mirror.seconds, reaches_back=plan.reaches_back)
        self._cancel = cancel
        self._open: list[tuple[Listed, CommunityRun]] = []
        self._broken = 0
        self.results: list[RunResult] = []
        self.unchanged: tuple[CommunityId, ...] = ()
        self.changes = Changes.NOTHING

    @property
    def totals(self) -> Applied:
        """What was kept so far, over all communities."""
        parts = [*(result.totals for result in self.results), *(run.totals for _, run in self._open)]
        return sum(parts, Applied())

    def begin(self, listed: Sequence[Listed]) -> None:
        """Chooses what to read: the followed communities in which something may be new, those with news first."""
        only = self._plan.only
        wanted = [one for one in listed if one.is_followed and (only is None or one.community_id in only)]
        visible = [one for one in wanted if one.record is not None or all(other.record is None for other in listed)]
        same = [
            one for one in visible if one.mark is not None and one.record is not None and one.record.mark == one.mark
        ]
        self.unchanged = tuple(one.community_id for one in same)
        if same:
            told_on = {one.community_id: one.record.told_on for one in same if one.record is not None}
            self.changes |= self._mirror.stay(told_on)
        left = [one for one in visible if one.community_id not in self.unchanged]
        if any(one.synced_at is None for one in left):
            # A first sync that was stopped goes on where it stood; what it has read of people alone is fresh enough.
            now = self._mirror.now()
            left = [one for one in left if not _has_fresh_people(one, now=now)]
        self._open = [(one, self._run(one)) for one in sorted(left, key=_has_news, reverse=True)]

    def _run(self, one: Listed) -> CommunityRun:
        walks = walks_of(self._connector, self._mirror, community_id=one.community_id, remote_id=one.remote_id)
        removals = Removals(trusts_gone=self._plan.trusts_gone)
        return CommunityRun(
            self._connector, self._mirror, community_id=one.community_id, walks=walks, removals=removals
        )

    def read(self) -> None:
        """Every stage for every community before the next one begins."""
        for stage in Stage:
            turn = list(self._open)
            self._telling.begin(stage, [run.community_id for _, run in turn if run.is_due(stage)])
            while turn:
                for one, run in turn:
                    run.advance(
                        stage,
                        report=self._reporter(one, run),
                        cancel=self._cancel,
                        tolerates=self._tolerates,
                        in_turns=True,
                    )
                    if run.is_over:
                        self._close(one, run)
                turn = [(one, run) for one, run in self._open if run.is_due(stage)]

    def end(self, *, stop: CancelledError | None) -> None:
        """Closes what is still open, so that the next run goes on from there; what never began leaves no trace."""
        for _, run in self._open:
            run.close()
        for one, run in list(self._open):
            if run.log is not None:
                run.error = run.error or stop
                self._close(one, run, state=None if stop is None else RunState.CANCELLED)
        self._open = []

    def _close(self, one: Listed, run: CommunityRun, state: RunState | None = None) -> None:
        ended, changes = run.finish(state)
        if run.is_whole and run.error is None and self._plan.is_whole:
            # What was held back may be asked for again: then the platform's mark alone does not say that all is read.
            mark = one.record.mark if one.record is not None and not run.totals.rejected else None
            self._mirror.settle(one.community_id, mark=mark)
        self.changes |= changes
        self._open.remove((one, run))
        self.results.append(result_of(run, ended, changes))

    def _tolerates(self, error: WorkbenchError) -> bool:
        """Whether the others may go on: a line that breaks here and there, but not one that breaks each time."""
        if isinstance(error, SkipStreamError):
            return True
        if not isinstance(error, LineError) or error.details.get("cause") not in _OF_ONE_PLACE:
            return False
        self._broken += 1
        return self._broken < _BROKEN_IN_A_ROW

    def _reporter(self, one: Listed, run: CommunityRun) -> Report:
        report = self._telling.of(one.community_id, one.name, lambda: run.totals)

        def tell(progress: Progress) -> None:
            self._broken = 0
            report(progress)

        return tell


def _has_fresh_people(one: Listed, *, now: datetime) -> bool:
    """Whether it is a community of people only that was read within the hour."""
    is_people_only = one.record is not None and one.record.messages == 0
    return is_people_only and one.synced_at is not None and timedelta() <= now - one.synced_at < _RESTED


def _has_news(one: Listed) -> bool:
    """Whether the platform itself says that something changed since it was read."""
    record = one.record
    if record is None:
        return False
    is_marked = one.mark is not None and record.mark is not None
    has_grown = one.messages is not None and record.messages is not None and record.messages > one.messages
    return is_marked or has_grown


def result_of(run: CommunityRun, state: RunState, changes: Changes) -> RunResult:
    """What a run that has finished came to."""
    totals = replace(run.totals, changes=run.totals.changes | changes | Changes.COMMUNITIES)
    return RunResult(state=state, totals=totals, community_id=run.community_id, error=run.error)


def _tidy(mirror: MirrorStore, totals: Applied) -> None:
    if totals.added + totals.changed >= _MUCH:
        mirror.tidy()
