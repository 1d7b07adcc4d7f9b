"""Sync: accounts on a line brought up to date, one after the other: what waits is sent, what is new is fetched."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from workbench.cancel import CancelToken
from workbench.errors import (
    BadInputError,
    BudgetSpentError,
    CancelledError,
    PlatformBusyError,
    RetryLaterError,
    WorkbenchError,
)
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.operations.attachments import fetch_waiting
from workbench.operations.outbox import send_due
from workbench.operations.parts import Parts
from workbench.operations.seating import Line, open_seat, platform_of
from workbench.operations.sync_order import SyncOrder
from workbench.progress import Report, silent
from workbench.queries.sync_status import AccountRow, CommunityStateRow, list_accounts, list_states
from workbench.queries.traffic import spent_by_account
from workbench.sync.accounts import AccountEntry
from workbench.sync.connector import Checker, Connector
from workbench.sync.engine import WHOLE_ACCOUNT, AccountResult, RunResult, SyncPlan, sync_account
from workbench.sync.mirror import Applied
from workbench.sync.platforms import TITLES, Platform
from workbench.sync.schedule import Link, Standing, allowance, check_is_due, wait_until
from workbench.sync.seat import Reach
from workbench.workspace import Workspace

__all__ = [
    "Completeness",
    "SyncOrder",
    "check_completeness",
    "discover",
    "standing_of",
    "sync_accounts",
]


def sync_accounts(
    workspace: Workspace,
    *,
    name: str | None = None,
    order: SyncOrder | None = None,
    report: Report = silent,
    cancel: CancelToken | None = None,
    line: Line | None = None,
) -> list[RunResult]:
    """Sends what waits and fetches what is new for the accounts that live on a line, or for the one named.

    A result for each followed community that had its turn; one with the id `WHOLE_ACCOUNT` tells of an account whose
    communities had none. One account or community that fails does not stop the others. An account that is paused, or
    whose platform asked us to wait, is left out unless it is named. Refuses unknown names (BadInputError).
    """
    order = order or SyncOrder()
    wanted = list(_wanted(workspace, name=name, order=order))
    parts = Parts(report, len(wanted))
    results: list[RunResult] = []
    for entry, only in wanted:
        told = parts.next()
        wait = None if name is not None else _asked_to_wait(workspace, entry)
        if wait is not None:
            results.append(RunResult(RunState.FAILED, Applied(), WHOLE_ACCOUNT, wait, entry.name))
            continue
        results += _sync_one(workspace, entry, order=order, only=only, report=told, cancel=cancel, line=line)
        if cancel is not None and cancel.is_cancelled:
            break
    return results


@dataclass(frozen=True, slots=True)
class Completeness:
    """What came of a check: a result for each community that was compared.

    `unchecked` has a sentence for each account, by name, that cannot be compared.
    """

    results: list[RunResult]
    unchecked: Mapping[str, str]


def check_completeness(
    workspace: Workspace,
    *,
    name: str | None = None,
    community: str | None = None,
    trusts_gone: bool = False,
    report: Report = silent,
    cancel: CancelToken | None = None,
    line: Line | None = None,
) -> Completeness:
    """Compares followed communities with their platforms and makes the mirror true again.

    A platform without a list to compare with cannot be checked. `trusts_gone` lets a check remove much at once: a
    person looked and knows that it is so. Refuses unknown names (BadInputError).
    """
    wanted = list(_wanted(workspace, name=name, order=SyncOrder(community=community)))
    parts = Parts(report, len(wanted))
    results: list[RunResult] = []
    unchecked: dict[str, str] = {}
    for entry, only in wanted:
        told = parts.next()
        try:
            with ExitStack() as stack:
                usual = Reach(entry.limits.history_from, entry.limits.is_text_only)
                connector = _connected(workspace, entry, usual, stack, cancel=cancel, line=line)
                if not isinstance(connector, Checker):
                    unchecked[entry.name] = _not_checked(platform_of(entry))
                states = [row for row in _followed(workspace, entry) if only is None or row.community_id in only]
                results += _checked(workspace, connector, states, trusts_gone=trusts_gone, report=told, cancel=cancel)
        except WorkbenchError as error:
            state = _state_of(error, has_results=False)
            results.append(RunResult(state, Applied(), WHOLE_ACCOUNT, error, entry.name))
        if cancel is not None and cancel.is_cancelled:
            break
    return Completeness(results, unchecked)


def _not_checked(declared: Platform) -> str:
    if declared.looks_back_days is None:
        return "Edits and removals of messages that were fetched earlier are not checked."
    return f"Edits older than {declared.looks_back_days} days are not checked."


def discover(
    workspace: Workspace, *, name: str, cancel: CancelToken | None = None, line: Line | None = None
) -> list[CommunityStateRow]:
    """The communities the account of this name can see, asked of its platform now; nothing else is fetched.

    Those its person belongs to come first, each part by name.

    Refuses as the platform does; what was known before stays.
    """
    entry, _ = next(_wanted(workspace, name=name, order=SyncOrder()))
    with ExitStack() as stack:
        connector = _connected(workspace, entry, Reach(), stack, cancel=cancel, line=line)
        follows_all = platform_of(entry).follows_all
        listed = workspace.mirror.list_communities(entry.id, connector.communities(), follows_all=follows_all)
    mine = {one.community_id: one.record.is_mine for one in listed if one.record is not None}
    with workspace.database.read() as reader:
        rows = [replace(row, is_mine=mine.get(row.community_id)) for row in list_states(reader, account_id=entry.id)]
    return sorted(rows, key=lambda row: not row.is_mine)


def _wanted(
    workspace: Workspace, *, name: str | None, order: SyncOrder
) -> Iterator[tuple[AccountEntry, frozenset[CommunityId] | None]]:
    """The accounts to run, each with the communities it is restricted to."""
    now = workspace.clock.now()
    with workspace.database.read() as reader:
        rows = [row for row in list_accounts(reader) if row.kind in TITLES]
        spent = spent_by_account(reader, today=now.date())
    if name is not None:
        rows = [row for row in rows if row.name.casefold() == name.strip().casefold()]
        if not rows:
            message = f"There is no account called “{name}” that can be synced; `workbench account list` shows them."
            raise BadInputError(message)
    only = None if order.community is None else _community(workspace, order.community, rows)
    for row in rows:
        standing = standing_of(row, spent_today=spent[row.id].today.bytes if row.id in spent else 0)
        if order.is_scheduled and not allowance(standing, link=order.link, now=now).may_run:
            continue
        if (only is not None and row.id != only[0]) or (row.is_paused and name is None and only is None):
            continue
        yield workspace.accounts.get(row.id), None if only is None else frozenset((only[1],))


def standing_of(row: AccountRow, *, spent_today: int) -> Standing:
    """What decides over the next run of an account."""
    return Standing(
        every_minutes=row.every_minutes,
        is_paused=row.is_paused,
        is_text_only=row.is_text_only,
        tried_at=row.tried_at,
        not_before=row.not_before,
        daily_cap=row.daily_cap,
        spent_today=spent_today,
        error_code=row.error_code,
    )


def _community(workspace: Workspace, name: str, rows: Sequence[AccountRow]) -> tuple[int, CommunityId]:
    accounts = {row.id for row in rows}
    with workspace.database.read() as reader:
        states = [row for row in list_states(reader) if row.account_id in accounts and row.is_followed]
    for row in states:
        if row.name.casefold() == name.strip().casefold():
            return row.account_id, row.community_id
    message = f"There is no followed community called “{name}” that can be synced."
    raise BadInputError(message)


def _asked_to_wait(workspace: Workspace, entry: AccountEntry) -> PlatformBusyError | None:
    """The platform asked us to wait, and the time is not over."""
    now = workspace.clock.now()
    wait = wait_until(entry.not_before, tried_at=entry.tried_at, now=now)
    if wait is None:
        return None
    return PlatformBusyError("the platform asked us to wait", seconds=(wait - now).total_seconds())


def _sync_one(
    workspace: Workspace,
    entry: AccountEntry,
    *,
    order: SyncOrder,
    only: frozenset[CommunityId] | None,
    report: Report,
    cancel: CancelToken | None,
    line: Line | None,
) -> list[RunResult]:
    """One account: sends, fetches, and compares what is due for it."""
    is_text_only = order.is_text_only or entry.limits.is_text_only or order.link is Link.METERED
    file_limit = 0 if is_text_only else entry.limits.file_limit or 0
    reach = Reach(order.since or entry.limits.history_from, is_text_only, file_limit)
    plan = SyncPlan(only=only, is_whole=_is_whole(reach, entry), trusts_gone=order.trusts_gone)
    changes, checks = Changes.NOTHING, list[RunResult]()
    is_sending = threading.Event()  # what is cut on its way might have arrived: a stop waits a moment for its answer
    outcome, began_at = AccountResult(), workspace.clock.now()
    unsent: WorkbenchError | None = None
    try:
        with ExitStack() as stack:
            connector = _connected(
                workspace, entry, reach, stack, order=order, cancel=cancel, line=line, spares=is_sending.is_set
            )
            is_sending.set()
            jitter = (line or Line()).jitter
            sent = send_due(workspace, account_id=entry.id, connector=connector, cancel=cancel, jitter=jitter)
            changes, unsent = changes | sent.changes, sent.error
            is_sending.clear()
            outcome = sync_account(
                connector,
                workspace.mirror,
                account_id=entry.id,
                follows_all=platform_of(entry).follows_all,
                plan=plan,
                report=report,
                cancel=cancel,
            )
            if outcome.error is None and plan.is_whole and order.link is not Link.METERED:
                # A check that ends well would hide in the history that the reading before it did not.
                left_out = {result.community_id for result in outcome.results if result.error is not None}
                due = [row for row in _due(workspace, entry, only) if row.community_id not in left_out]
                checks = _checked(
                    workspace, connector, due, trusts_gone=order.trusts_gone, report=report, cancel=cancel
                )
            if outcome.error is None and file_limit:
                files = fetch_waiting(
                    workspace,
                    account_id=entry.id,
                    connector=connector,
                    most=file_limit,
                    only=only,
                    report=report,
                    cancel=cancel,
                )
                changes, outcome = changes | files.changes, replace(outcome, error=files.error)
    except WorkbenchError as error:
        outcome = replace(outcome, error=outcome.error or error)
    if not isinstance(outcome.error, CancelledError):
        # A mail server that wants another password does not keep the archive from being read.
        passing = unsent if isinstance(unsent, RetryLaterError) else None
        if isinstance(passing, PlatformBusyError):
            passing = PlatformBusyError(passing.reason)  # the item waits as long as was asked; reading need not
        ended_by = outcome.error or passing
        has_run = any(result.error is ended_by for result in outcome.results)
        changes |= workspace.accounts.tried(entry.id, error=ended_by, since=None if has_run else began_at)
    told = [result for result in checks if result.error is not None or _brought(result.totals)]
    if unsent is not None and outcome.error is None:
        # Everything was fetched, but something written here did not go out: nobody shall take that for done.
        told.append(RunResult(RunState.PARTLY, Applied(), WHOLE_ACCOUNT, unsent, entry.name))
    return _results(outcome, told, changes, account=entry.name)


def _results(outcome: AccountResult, checks: list[RunResult], changes: Changes, *, account: str) -> list[RunResult]:
    """A result for each community that had its turn, and one for the account if that alone can tell why it ended."""
    results = [*outcome.results, *checks]
    results += [RunResult(RunState.DONE, Applied(), community_id) for community_id in outcome.unchanged]
    is_told = any(result.error is outcome.error for result in results)
    if not results or (outcome.error is not None and not is_told):
        state = RunState.DONE if outcome.error is None else _state_of(outcome.error, has_results=bool(results))
        results.append(RunResult(state, Applied(), WHOLE_ACCOUNT, outcome.error, account))
    last = results[-1]
    touched = last.totals.changes | changes | outcome.changes
    return [*results[:-1], replace(last, totals=replace(last.totals, changes=touched))]


def _brought(totals: Applied) -> int:
    return totals.added + totals.changed + totals.gone


def _state_of(error: WorkbenchError, *, has_results: bool) -> RunState:
    if isinstance(error, CancelledError):
        return RunState.CANCELLED
    return RunState.PARTLY if has_results or isinstance(error, BudgetSpentError) else RunState.FAILED


def _is_whole(reach: Reach, entry: AccountEntry) -> bool:
    """Whether a run goes as far as the account does by itself."""
    usual = entry.limits
    reaches_back = reach.oldest is None or (usual.history_from is not None and reach.oldest <= usual.history_from)
    return reaches_back and (usual.is_text_only or not reach.is_text_only)


def _connected(
    workspace: Workspace,
    entry: AccountEntry,
    reach: Reach,
    stack: ExitStack,
    *,
    order: SyncOrder | None = None,
    cancel: CancelToken | None,
    line: Line | None,
    spares: Callable[[], bool] | None = None,
) -> Connector:
    """The account's connector on a seat that lasts as long as `stack`."""
    limit = None if order is None else order.budget
    seat = stack.enter_context(
        open_seat(workspace, entry, cancel=cancel, reach=reach, run_limit=limit, line=line, spares=spares)
    )
    return platform_of(entry).connect(seat)


def _followed(workspace: Workspace, entry: AccountEntry) -> list[CommunityStateRow]:
    with workspace.database.read() as reader:
        return [row for row in list_states(reader, account_id=entry.id) if row.is_followed and row.is_visible]


def _due(workspace: Workspace, entry: AccountEntry, only: frozenset[CommunityId] | None) -> list[CommunityStateRow]:
    """Communities to compare now: weekly, and soon where our number of messages is not the platform's."""
    can_compare = entry.limits.history_from is None
    return [
        row
        for row in _followed(workspace, entry)
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


def _checked(
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
