"""Sync: accounts on a line brought up to date, one after the other: what waits is sent, what is new is fetched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.cancel import CancelToken
from workbench.errors import (
    BadInputError,
    PlatformBusyError,
    SignInError,
    WorkbenchError,
)
from workbench.ids import CommunityId
from workbench.models.kinds import RunState
from workbench.operations.account_sync import COMPARING, AccountSync, checked, followed_of, state_of
from workbench.operations.run_watch import RunWatch
from workbench.operations.seating import Line, platform_of
from workbench.operations.sending_first import Courier, seated
from workbench.operations.sync_order import SyncOrder
from workbench.progress import Report, silent
from workbench.queries.sync_status import AccountRow, CommunityStateRow, list_accounts, list_states
from workbench.queries.traffic import spent_by_account
from workbench.sync.accounts import AccountEntry
from workbench.sync.connector import Checker
from workbench.sync.engine import WHOLE_ACCOUNT, RunResult
from workbench.sync.mirror import Applied
from workbench.sync.platforms import TITLES, Platform
from workbench.sync.schedule import Standing, allowance, wait_until
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

    What waits for any of them goes out before the first of them is read, and what is written meanwhile between two
    pages: nobody's answer waits for another account's history.

    A result for each followed community that had its turn; one with the id `WHOLE_ACCOUNT` tells of an account whose
    communities had none. One account or community that fails does not stop the others. An account that is paused, or
    whose platform asked us to wait, is left out unless it is named. Refuses unknown names (BadInputError).
    """
    order = order or SyncOrder()
    wanted = list(_wanted(workspace, name=name, order=order))
    courier = Courier(workspace, _senders(workspace, [one for one, _ in wanted], order), cancel=cancel, line=line)
    results: list[RunResult] = []
    for entry, only in wanted:
        wait = None if name is not None else _asked_to_wait(workspace, entry)
        if wait is not None:
            results.append(RunResult(RunState.FAILED, Applied(), WHOLE_ACCOUNT, wait, entry.name))
            continue
        run = AccountSync(
            workspace, entry, order=order, only=only, courier=courier, report=report, cancel=cancel, line=line
        )
        results += run.run()
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
    results: list[RunResult] = []
    unchecked: dict[str, str] = {}
    for entry, only in wanted:
        watch = RunWatch(report, account=entry.name, clock=workspace.clock)
        watch.turn(COMPARING)
        try:
            usual = Reach(entry.limits.history_from, entry.limits.is_text_only)
            with seated(workspace, entry, usual, cancel=cancel, line=line, watch=watch) as seat:
                if not isinstance(seat.connector, Checker):
                    unchecked[entry.name] = _not_checked(platform_of(entry))
                states = [row for row in followed_of(workspace, entry) if only is None or row.community_id in only]
                results += checked(
                    workspace, seat.connector, states, trusts_gone=trusts_gone, report=watch.told, cancel=cancel
                )
        except WorkbenchError as error:
            state = state_of(error, has_results=False)
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
    with seated(workspace, entry, Reach(), cancel=cancel, line=line) as seat:
        follows_all = platform_of(entry).follows_all
        listed = workspace.mirror.list_communities(entry.id, seat.connector.communities(), follows_all=follows_all)
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
        raised=row.cap,
        is_broken_off=row.last_state is RunState.RUNNING,
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


def _senders(workspace: Workspace, wanted: Sequence[AccountEntry], order: SyncOrder) -> list[AccountEntry]:
    """The accounts whose answers may go out in this run."""
    found = {entry.id: entry for entry in wanted}
    if order.sends_for_all:
        now = workspace.clock.now()
        with workspace.database.read() as reader:
            rows = [row for row in list_accounts(reader) if row.kind in TITLES and not row.is_paused]
            spent = spent_by_account(reader, today=now.date())
        for row in rows:
            standing = standing_of(row, spent_today=spent[row.id].today.bytes if row.id in spent else 0)
            may_run = allowance(standing, link=order.link, now=now, by_hand=True).may_run
            if may_run and row.error_code != SignInError.code:
                found.setdefault(row.id, workspace.accounts.get(row.id))
    return [entry for entry in found.values() if _asked_to_wait(workspace, entry) is None]


def _asked_to_wait(workspace: Workspace, entry: AccountEntry) -> PlatformBusyError | None:
    """The platform asked us to wait, and the time is not over."""
    now = workspace.clock.now()
    wait = wait_until(entry.not_before, tried_at=entry.tried_at, now=now)
    if wait is None:
        return None
    return PlatformBusyError("the platform asked us to wait", seconds=(wait - now).total_seconds())
