"""The verb `sync`, and `check completeness`: what waits goes out, what is new comes in, the copy is compared."""

import argparse
from datetime import date, timedelta

from workbench.cancel import CancelToken
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.runs import DONE, SYNCED, told, watched
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.operations.sync import SyncOrder, check_completeness, sync_accounts
from workbench.progress import Report
from workbench.sync.engine import RunResult


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
    with open_workspace(options, clock=clock, say=output.warn, writable=True) as workspace:

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            name = options.name or options.account
            return sync_accounts(workspace, name=name, order=order, report=report, cancel=cancel)

        return told(watched(runs, clock), workspace, output, columns=SYNCED)


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
