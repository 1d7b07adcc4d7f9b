"""The verb `sync`, and `check completeness`: what waits goes out, what is new comes in, the copy is compared."""

import argparse
from datetime import UTC, date, datetime, timedelta

from workbench.cancel import CancelToken
from workbench.cli.first_sync import shown_size, warn_first
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.runs import DONE, SYNCED, exit_code, told, watched
from workbench.cli.sent import SentWatch, say_sent, unsent_rows
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.messages.clock_words import clock_words
from workbench.operations.sync import SyncOrder, check_completeness, sync_accounts
from workbench.operations.working_ahead import keep_up
from workbench.progress import Report
from workbench.queries.sync_status import list_accounts
from workbench.queries.traffic import spent_in_all
from workbench.sync.engine import RunResult
from workbench.sync.platforms import TITLES
from workbench.workspace import Workspace


def run_sync(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out `sync`; refuses two names for the account (BadInputError)."""
    if options.name is not None and options.account is not None:
        message = "Name the account once: as ACCOUNT or with --account."
        raise BadInputError(message)
    order = SyncOrder(
        community=options.community,
        since=first_day(options.since, clock),
        budget=options.budget,
        is_text_only=options.text_only,
        trusts_gone=options.they_are_gone,
    )
    name = options.name or options.account
    with open_workspace(options, clock=clock, say=output.warn, writable=True) as workspace:
        warn_first(workspace, output, *_never_run(workspace, name))

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            return sync_accounts(workspace, name=name, order=order, report=report, cancel=cancel)

        began, outbox, before = clock.now(), SentWatch(workspace), _spent(workspace)
        results = watched(runs, clock)
        sent = outbox.rows()
        code = told(results, workspace, output, columns=SYNCED, also=unsent_rows(sent, SYNCED))
        if (of_sent := say_sent(sent, output)) != DONE:
            code = exit_code([code, of_sent])
        rest = _spent(workspace) - before - sum(one.totals.bytes_in + one.totals.bytes_out for one in results)
        _say_clock(workspace, output, since=began)
        keep_up(workspace, say=output.say)
        if rest > 0:
            output.warn(f"{shown_size(rest)} more went to lists of communities, sign-ins, answers sent and files.")
        return code


def _spent(workspace: Workspace) -> int:
    """What all accounts cost today, in bytes both ways."""
    with workspace.database.read() as reader:
        return spent_in_all(reader, today=workspace.clock.now().astimezone(UTC).date()).today.bytes


def _say_clock(workspace: Workspace, output: Output, *, since: datetime) -> None:
    """That this computer's clock is off, by what the platforms asked since then say."""
    with workspace.database.read() as reader:
        rows = [row for row in list_accounts(reader) if row.tried_at is not None and row.tried_at >= since]
    skews = [row.clock_skew for row in rows if row.clock_skew is not None]
    said = clock_words(max(skews, key=abs, default=None))
    if said:
        output.warn(said)


def _never_run(workspace: Workspace, name: str | None) -> list[str]:
    """The accounts of this run that were never read, as far as it is known now."""
    with workspace.database.read() as reader:
        rows = [row for row in list_accounts(reader) if row.kind in TITLES and row.last_run_at is None]
    if name is not None:
        return [row.name for row in rows if row.name.casefold() == name.strip().casefold()]
    return [row.name for row in rows if not row.is_paused]


def run_completeness(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out `check completeness`: what cannot be compared is said, account by account."""
    unchecked: dict[str, str] = {}
    with open_workspace(options, clock=clock, say=output.warn, writable=True) as workspace:

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            checked = check_completeness(
                workspace,
                name=options.account,
                community=options.community,
                trusts_gone=options.they_are_gone,
                report=report,
                cancel=cancel,
            )
            unchecked.update(checked.unchecked)
            return checked.results

        results = watched(runs, clock)
        code = told(results, workspace, output, columns=SYNCED) if results or output.as_json else DONE
    for name, sentence in unchecked.items():
        output.warn(f"{name}: {sentence}")
    return code


def first_day(reach: date | int | None, clock: Clock) -> date | None:
    """The first day that an option such as 90d or a day means."""
    return clock.now().date() - timedelta(days=reach) if isinstance(reach, int) else reach
