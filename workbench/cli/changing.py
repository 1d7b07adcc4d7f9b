"""Verbs that bring something in or take it out: import, account, sync."""

import argparse
from collections.abc import Callable

from workbench.cancel import CancelToken
from workbench.cli.interrupt import stop_on_interrupt
from workbench.cli.keys import open_workspace
from workbench.cli.output import ERROR, Output, ProgressLine, cell, error_row
from workbench.clock import Clock
from workbench.errors import StoreError
from workbench.models.kinds import RunState
from workbench.operations.sources import (
    add_hyperkitty,
    community_names,
    forget_account,
    import_mailing_list,
    import_table,
    install_sample,
    look_at_mailing_list,
    look_at_table,
    sync_accounts,
)
from workbench.progress import Report
from workbench.queries.sync_status import list_accounts, list_quarantine
from workbench.sync.engine import RunResult
from workbench.workspace import Workspace

ACCOUNTS = ("name", "kind", "communities", "held_back", "last_success_at", "last_state", "is_paused")
RESULT = ("community", "state", "added", "changed", "unchanged", "rejected")
HELD_BACK = (
    "Everything else came in, and nothing in the files was changed.",
    "`workbench status` lists what was held back. Where a file is damaged, get a fresh copy of it and import that: "
    "only what is missing is added.",
)
SHOWN = 5
DONE, FAILED, USAGE, PARTLY, NEEDS_USER = range(5)

Runs = Callable[[Report, CancelToken], list[RunResult]]


def _import(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    _look(options, clock)
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=True) as workspace:

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            if options.source == "sample":
                return install_sample(workspace, report=report, cancel=cancel)
            name = options.community
            if options.source == "table":
                files = {"events": options.events, "members": options.members}
                return [import_table(workspace, **files, community=name, report=report, cancel=cancel)]
            return [
                import_mailing_list(workspace, paths=options.paths, community=name, report=report, cancel=cancel),
            ]

        return _told(_watched(runs, clock), workspace, output)


def _look(options: argparse.Namespace, clock: Clock) -> None:
    """Refuses what cannot be imported before a profile is made for it."""
    if options.source == "mailing-list":
        look_at_mailing_list(paths=options.paths, community=options.community, now=clock.now())
    elif options.source == "table":
        look_at_table(events=options.events, members=options.members, community=options.community, now=clock.now())


def _sync(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with open_workspace(options, clock=clock, say=output.warn, writable=True) as workspace:

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            return sync_accounts(workspace, name=options.account, report=report, cancel=cancel)

        return _told(_watched(runs, clock), workspace, output)


def _watched(runs: Runs, clock: Clock) -> list[RunResult]:
    """The runs, shown on stderr, with Ctrl+C as a stop after the batch at hand."""
    progress, cancel = ProgressLine(clock), CancelToken()
    with stop_on_interrupt(cancel):
        try:
            return runs(progress, cancel)
        finally:
            progress.close()


def _told(results: list[RunResult], workspace: Workspace, output: Output) -> int:
    """Prints what came of each run, in JSON with its error in the row, and answers the exit code of them all."""
    names = community_names(workspace)
    rows = [
        {
            "community": names.get(result.community_id, ""),
            "state": result.state,
            "added": result.totals.added,
            "changed": result.totals.changed,
            "unchanged": result.totals.unchanged,
            "rejected": result.totals.rejected,
        }
        | _held_back_row(result)
        for result in results
    ]
    output.rows(rows, (*RESULT, *ERROR) if output.as_json else RESULT, empty="There is nothing to sync yet.")
    for result in results:
        if result.error is not None:
            output.explain(result.error)
        elif result.totals.rejected:
            _show_held_back(result, workspace, output)
    return exit_code([_code(result) for result in results])


def _held_back_row(result: RunResult) -> dict[str, str | None]:
    """The four keys of an error: what stopped the run, or what it held back."""
    count = result.totals.rejected
    if result.error is not None or not count:
        return error_row(result.error)
    happened = "1 item could not be read and was" if count == 1 else f"{count:,} items could not be read and were"
    return dict(zip(ERROR, ("held_back", f"{happened} held back.", *HELD_BACK), strict=True))


def _show_held_back(result: RunResult, workspace: Workspace, output: Output) -> None:
    """On stderr, with the first few files, places and reasons."""
    row = _held_back_row(result)
    with workspace.database.read() as reader:
        items = list_quarantine(reader, (result.community_id,), limit=SHOWN)
    output.warn(str(row["happened"]))
    for item in items:
        output.warn(cell(f"  {item.source}, {item.position:,}: {item.reason}"))
    for line in HELD_BACK:
        output.warn(line)


def _code(result: RunResult) -> int:
    """How one run went: what was held back makes it partly done, and so does what stopped it after a part."""
    if result.error is None:
        return PARTLY if result.totals.rejected else DONE
    own = result.error.exit_code
    is_ours = isinstance(result.error, StoreError)  # a profile that cannot be written is no matter of parts
    return PARTLY if own == FAILED and result.state is RunState.PARTLY and not is_ours else own


def exit_code(codes: list[int]) -> int:
    """One code for several runs: what needs the user comes first; failed only where nothing was done."""
    for first in (NEEDS_USER, USAGE):
        if first in codes:
            return first
    if len(set(codes)) == 1:
        return codes[0]
    return PARTLY if codes else DONE


def _account(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    if options.action == "list":
        return _account_list(options, output, clock)
    is_new = options.action == "add"
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=is_new) as workspace:
        if is_new:
            name = add_hyperkitty(workspace, url=options.url, name=options.name, has_api=not options.no_api)
            output.say(f"Added {name}. `workbench sync` fetches its messages.")
        else:
            name = forget_account(workspace, name=options.name)
            output.say(f"Removed {name} and everything mirrored from it.")
    if output.as_json:
        output.one({"added" if is_new else "removed": name})
    return DONE


def _account_list(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        rows = list_accounts(reader)
    output.rows([{key: getattr(row, key) for key in ACCOUNTS} for row in rows], ACCOUNTS, empty="No account yet.")
    return DONE


VERBS = {"import": _import, "account": _account, "sync": _sync}
