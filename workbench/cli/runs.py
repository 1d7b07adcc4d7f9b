"""Runs on the command line: shown on stderr while they last, told in rows or JSON at their end, with an exit code."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbench.cancel import CancelToken
from workbench.cli.interrupt import stop_on_interrupt
from workbench.cli.output import ERROR, Output, ProgressLine, cell, error_row
from workbench.clock import Clock
from workbench.errors import StoreError, WorkbenchError
from workbench.ids import CommunityId
from workbench.models.kinds import RunState
from workbench.progress import Report
from workbench.queries.sources import SourceRow, list_sources
from workbench.queries.sync_status import list_accounts, newest_quarantine
from workbench.sync.engine import WHOLE_ACCOUNT, RunResult
from workbench.sync.platforms import TITLES
from workbench.workspace import Workspace

RESULT = ("community", "state", "added", "changed", "unchanged", "rejected")
SYNCED = (*RESULT, "gone", "requests", "bytes_up", "bytes_down")
HELD_BACK = (
    "Everything else came in, and nothing in the files was changed.",
    "`workbench status` lists what was held back. Where a file is damaged, get a fresh copy of it and import that: "
    "only what is missing is added.",
)
SHOWN = 5
_NAMED = 3
"""So many communities of an account are named before an error of theirs; of more the account alone."""
DONE, FAILED, USAGE, PARTLY, NEEDS_USER = range(5)

Runs = Callable[[Report, CancelToken], list[RunResult]]


def watched(runs: Runs, clock: Clock) -> list[RunResult]:
    """The runs, shown on stderr, with Ctrl+C as a stop after the batch at hand."""
    progress, cancel = ProgressLine(clock), CancelToken()
    with stop_on_interrupt(cancel):
        try:
            return runs(progress, cancel)
        finally:
            progress.close()


def told(
    results: list[RunResult],
    workspace: Workspace,
    output: Output,
    *,
    columns: tuple[str, ...] = RESULT,
    also: Sequence[Mapping[str, Any]] = (),
) -> int:
    """Prints what came of each run, in JSON with its error in the row, and answers the exit code of them all.

    `also` are more rows of JSON.
    """
    with workspace.database.read() as reader:
        sources = {source.community_id: source for source in list_sources(reader)}
    # An account that ended well without a community has nothing to tell in a row; people are told why in a sentence.
    shown = results if output.as_json else [result for result in results if not _is_idle(result)]
    rows = [_row(result, sources.get(result.community_id), columns) | held_back_row(result) for result in shown]
    if output.as_json:
        output.rows([*rows, *also], (*columns, *ERROR))
    elif rows:
        output.rows(rows, columns)
    for sentence in _said_of_idle(results, workspace):
        output.warn(sentence)
    if rows and columns is SYNCED and not output.as_json and not any(map(_has_news, shown)):
        output.warn("Nothing new.")
    _explain(results, sources, output, names_whose=columns is SYNCED)
    for result in results:
        if result.error is None and result.totals.rejected:
            _show_held_back(result, workspace, output)
    return exit_code([_code(result) for result in results])


def _explain(
    results: Sequence[RunResult], sources: Mapping[CommunityId, SourceRow], output: Output, *, names_whose: bool
) -> None:
    """Each error in words, once for all communities of an account that it ended; with whose it is."""
    errors: dict[tuple[str, str, str], tuple[WorkbenchError, list[str]]] = {}
    for result in results:
        if result.error is not None:
            source = sources.get(result.community_id)
            account = result.account if source is None else source.account
            _, places = errors.setdefault((account, result.error.code, result.error.reason), (result.error, []))
            places.append("" if source is None else source.community)
    for (account, _code, _reason), (error, places) in errors.items():
        is_of_few = all(places) and len(places) <= _NAMED
        whose = f"{account} ({', '.join(places)})" if is_of_few else account
        output.explain(error, whose=whose if names_whose else "")


def _is_idle(result: RunResult) -> bool:
    return result.community_id == WHOLE_ACCOUNT and result.error is None


def _has_news(result: RunResult) -> bool:
    totals = result.totals
    return result.error is not None or bool(totals.added + totals.changed + totals.gone + totals.rejected)


def _said_of_idle(results: list[RunResult], workspace: Workspace) -> list[str]:
    """Why nothing was read, account by account, and what to run next."""
    if results:
        return [
            f"{result.account} follows no community; `workbench account communities` shows them, "
            "`account follow` takes them in."
            for result in results
            if _is_idle(result)
        ]
    with workspace.database.read() as reader:
        rows = [row for row in list_accounts(reader) if row.kind in TITLES]
    if not rows:
        return ["There is no account to sync yet; `workbench account add` makes one."]
    return ["Every account is paused; `workbench account resume` takes one in again, `workbench sync NAME` asks once."]


def _row(result: RunResult, source: SourceRow | None, columns: tuple[str, ...]) -> dict[str, object]:
    totals = result.totals
    name = "" if source is None else source.community
    whole = {
        "community": name or (f"{result.account}, all communities" if result.community_id == WHOLE_ACCOUNT else ""),
        "state": result.state,
        "added": totals.added,
        "changed": totals.changed,
        "unchanged": totals.unchanged,
        "rejected": totals.rejected,
        "gone": totals.gone,
        "requests": totals.requests,
        "bytes_up": totals.bytes_out,
        "bytes_down": totals.bytes_in,
    }
    return {key: whole[key] for key in columns}


def held_back_row(result: RunResult) -> dict[str, str | None]:
    """The four keys of an error: what stopped the run, or what it held back."""
    count = result.totals.rejected
    if result.error is not None or not count:
        return error_row(result.error)
    happened = "1 item could not be read and was" if count == 1 else f"{count:,} items could not be read and were"
    return dict(zip(ERROR, ("held_back", f"{happened} held back.", *HELD_BACK), strict=True))


def _show_held_back(result: RunResult, workspace: Workspace, output: Output) -> None:
    """On stderr, with the first few files, places and reasons."""
    row = held_back_row(result)
    with workspace.database.read() as reader:
        items = newest_quarantine(reader, result.community_id, limit=min(SHOWN, result.totals.rejected))
    output.warn(str(row["happened"]))
    for item in items:
        output.warn(cell(f"  {item.source}, {item.position:,}: {item.reason}"))
    for line in HELD_BACK:
        output.warn(line)


def _code(result: RunResult) -> int:
    """How one run went: partly done where something was held back, or it was stopped half way, alone or with others."""
    if result.error is None:
        return PARTLY if result.totals.rejected or result.state is RunState.PARTLY else DONE
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
