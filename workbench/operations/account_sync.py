"""AccountSync: one account in one run: what waits is sent, what is new is fetched, what is due is compared."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workbench.cancel import CancelToken
from workbench.errors import BudgetSpentError, CancelledError, PlatformBusyError, RetryLaterError, WorkbenchError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.operations.attachments import fetch_waiting
from workbench.operations.outbox import send_due
from workbench.operations.run_watch import RunWatch
from workbench.operations.seating import Line, platform_of
from workbench.operations.sending_first import Courier, Seated, seated
from workbench.operations.sync_order import SyncOrder
from workbench.progress import Progress, Report
from workbench.queries.sync_status import CommunityStateRow, list_states
from workbench.sync.accounts import AccountEntry
from workbench.sync.connector import Checker, Connector
from workbench.sync.engine import WHOLE_ACCOUNT, AccountResult, RunResult, SyncPlan, sync_account
from workbench.sync.mirror import Applied
from workbench.sync.schedule import Link, check_is_due
from workbench.sync.seat import Reach
from workbench.workspace import Workspace

ASKING: Final = "Asking what is new"
COMPARING: Final = "Comparing with the platform"
FILES: Final = "Files on messages"


class AccountSync:
    """Used once: `run`."""

    def __init__(
        self,
        workspace: Workspace,
        entry: AccountEntry,
        *,
        order: SyncOrder,
        only: frozenset[CommunityId] | None,
        courier: Courier,
        report: Report,
        cancel: CancelToken | None,
        line: Line | None,
    ) -> None:
        self._workspace, self._entry, self._order, self._only = workspace, entry, order, only
        self._courier, self._cancel, self._line = courier, cancel, line
        self._watch = RunWatch(report, account=entry.name, clock=workspace.clock)
        is_text_only = order.is_text_only or entry.limits.is_text_only or order.link is Link.METERED
        self._file_limit = 0 if is_text_only else entry.limits.file_limit or 0
        self._reach = Reach(order.since or entry.limits.history_from, is_text_only, self._file_limit)
        self._plan = SyncPlan(
            only=only,
            is_whole=_is_whole(self._reach, entry),
            trusts_gone=order.trusts_gone,
            reaches_back=self._reach.oldest is None,
        )
        self._changes, self._outcome = Changes.NOTHING, AccountResult()
        self._checks: list[RunResult] = []
        # What is cut on its way might have arrived: a stop waits a moment for its answer.
        self._is_sending = threading.Event()
        self._unsent: WorkbenchError | None = None
        self._has_answered = False

    def run(self) -> list[RunResult]:
        """A result for each community that had its turn, and one for the account if that alone can tell why it ended.

        Notes with the account what stood in its way; raises only mistakes of ours.
        """
        began_at = self._workspace.clock.now()
        self._watch.turn(ASKING)
        try:
            self._changes |= self._courier.send_for_others(self._entry.id)
            seat = seated(
                self._workspace,
                self._entry,
                self._reach,
                run_limit=self._order.budget,
                cancel=self._cancel,
                line=self._line,
                spares=self._is_sending.is_set,
                watch=self._watch,
            )
            with seat as seated_now, self._workspace.mirror.on_clock(seated_now.theirs):
                self._work(seated_now)
        except WorkbenchError as error:
            self._outcome = replace(self._outcome, error=self._outcome.error or error)
        stopped_by = self._outcome.error
        if not isinstance(stopped_by, CancelledError):
            ended_by = stopped_by or self._passing()
            if isinstance(ended_by, BudgetSpentError) and ended_by.details.get("of") == "run":
                ended_by = None  # what this one run may use says nothing about the next
            has_run = any(result.error is ended_by for result in self._outcome.results)
            since = None if has_run else began_at
            self._changes |= self._workspace.accounts.tried(self._entry.id, error=ended_by, since=since)
        told = [result for result in self._checks if result.error is not None or _brought(result.totals)]
        if self._unsent is not None and stopped_by is None:
            # Everything was fetched, but something written here did not go out: nobody shall take that for done.
            told.append(RunResult(RunState.PARTLY, Applied(), WHOLE_ACCOUNT, self._unsent, self._entry.name))
        return _results(self._outcome, told, self._changes, account=self._entry.name)

    def _work(self, seat: Seated) -> None:
        entry, cancel, connector = self._entry, self._cancel, seat.connector

        def kept(progress: Progress) -> None:
            if progress.read:
                seat.has_brought()
            if not self._has_answered:
                # Told now, for a stop or the end of the program is no try that would tell it.
                self._has_answered = True
                self._changes |= self._workspace.accounts.answered(entry.id)
            self._watch.told(progress)
            self._send_meanwhile(seat)

        self._send(seat)
        self._outcome = sync_account(
            connector,
            self._workspace.mirror,
            account_id=entry.id,
            follows_all=platform_of(entry).follows_all,
            plan=self._plan,
            report=kept,
            cancel=cancel,
        )
        if self._outcome.error is None and self._plan.is_whole and self._order.link is not Link.METERED:
            # A check that ends well would hide in the history that the reading before it did not.
            left_out = {result.community_id for result in self._outcome.results if result.error is not None}
            due = [row for row in _due(self._workspace, entry, self._only) if row.community_id not in left_out]
            trusts_gone = self._order.trusts_gone
            if due:
                self._watch.turn(COMPARING)
            self._checks = checked(
                self._workspace, connector, due, trusts_gone=trusts_gone, report=self._watch.told, cancel=cancel
            )
        if self._outcome.error is None and self._file_limit:
            self._watch.turn(FILES)
            files = fetch_waiting(
                self._workspace,
                account_id=entry.id,
                connector=connector,
                most=self._file_limit,
                only=self._only,
                report=self._watch.told,
                cancel=cancel,
            )
            self._changes |= files.changes
            self._outcome = replace(self._outcome, error=files.error)

    def _send(self, seat: Seated) -> None:
        self._is_sending.set()
        jitter = (self._line or Line()).jitter
        sent = send_due(
            self._workspace,
            account_id=self._entry.id,
            connector=seat.connector,
            cancel=self._cancel,
            jitter=jitter,
            theirs=seat.theirs,
        )
        self._changes, self._unsent = self._changes | sent.changes, sent.error or self._unsent
        self._is_sending.clear()

    def _send_meanwhile(self, seat: Seated) -> None:
        """Between two pages: what was written since goes out, whichever account it is for."""
        is_stopping = self._cancel is not None and self._cancel.is_cancelled
        if is_stopping or not self._courier.is_time():
            return
        self._changes |= self._courier.send_for_others(self._entry.id)
        if self._unsent is None and self._courier.has_mail(self._entry.id):
            self._send(seat)

    def _passing(self) -> RetryLaterError | None:
        """What kept answers from going out and will be over by itself.

        A mail server that wants another password does not keep the archive from being read.
        """
        if isinstance(self._unsent, PlatformBusyError):
            return PlatformBusyError(self._unsent.reason)  # the item waits as long as was asked; reading need not
        return self._unsent if isinstance(self._unsent, RetryLaterError) else None


def _results(outcome: AccountResult, checks: list[RunResult], changes: Changes, *, account: str) -> list[RunResult]:
    """A result for each community that had its turn, and one for the account if that alone can tell why it ended."""
    results = [*outcome.results, *checks]
    results += [RunResult(RunState.DONE, Applied(), community_id) for community_id in outcome.unchanged]
    is_told = any(result.error is outcome.error for result in results)
    if not results or (outcome.error is not None and not is_told):
        state = RunState.DONE if outcome.error is None else state_of(outcome.error, has_results=bool(results))
        results.append(RunResult(state, Applied(), WHOLE_ACCOUNT, outcome.error, account))
    last = results[-1]
    touched = last.totals.changes | changes | outcome.changes
    return [*results[:-1], replace(last, totals=replace(last.totals, changes=touched))]


def _brought(totals: Applied) -> int:
    return totals.added + totals.changed + totals.gone


def state_of(error: WorkbenchError, *, has_results: bool) -> RunState:
    """How a run over an account ended that ended with this error."""
    if isinstance(error, CancelledError):
        return RunState.CANCELLED
    return RunState.PARTLY if has_results or isinstance(error, BudgetSpentError) else RunState.FAILED


def _is_whole(reach: Reach, entry: AccountEntry) -> bool:
    """Whether a run goes as far as the account does by itself."""
    usual = entry.limits
    reaches_back = reach.oldest is None or (usual.history_from is not None and reach.oldest <= usual.history_from)
    return reaches_back and (usual.is_text_only or not reach.is_text_only)


def followed_of(workspace: Workspace, entry: AccountEntry) -> list[CommunityStateRow]:
    """The communities of the account that a sync reads."""
    with workspace.database.read() as reader:
        return [row for row in list_states(reader, account_id=entry.id) if row.is_followed and row.is_visible]


def _due(workspace: Workspace, entry: AccountEntry, only: frozenset[CommunityId] | None) -> list[CommunityStateRow]:
    """Communities to compare now: weekly, and soon where our number of messages is not the platform's."""
    can_compare = entry.limits.history_from is None
    return [
        row
        for row in followed_of(workspace, entry)
        if (only is None or row.community_id in only)
        and check_is_due(
            now=workspace.clock.now(),
            synced_at=row.synced_at,
            checked_at=row.checked_at,
            ours=row.messages if can_compare else None,
            theirs=row.platform_messages if can_compare else None,
            known_gap=row.checked_gap,
        )
    ]


def checked(
    workspace: Workspace,
    connector: Connector,
    states: Sequence[CommunityStateRow],
    *,
    trusts_gone: bool,
    report: Report,
    cancel: CancelToken | None,
) -> list[RunResult]:
    """A result for each community that can be compared; raises what concerns the account as a whole."""
    if not isinstance(connector, Checker):
        return []
    from workbench.sync.reconcile import check_community  # noqa: PLC0415 - loads the ORM

    results: list[RunResult] = []
    for row in states:
        result = check_community(
            connector,
            connector,
            workspace.mirror,
            workspace.database,
            community_id=row.community_id,
            remote_id=row.remote_id,
            trusts_gone=trusts_gone,
            report=report,
            cancel=cancel,
        )
        results.append(result)
        if result.state is RunState.CANCELLED:
            break
    return results
