"""Viva Engage data exports into the mirror, beside what is synced live where there is such an account."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cancel import CancelToken
from workbench.ids import AccountId
from workbench.models.kinds import AccountKind, RunState
from workbench.progress import Report, silent
from workbench.queries.sources import list_sources
from workbench.sync.engine import RunResult
from workbench.workspace import Workspace

if TYPE_CHECKING:
    # Loads the parser; the functions below import what they need.
    from workbench.sync.importers.engage_export import EngageExport

ENGAGE_EXPORT_ACCOUNT = "Viva Engage export"


@dataclass(frozen=True, slots=True)
class EngageImport:
    """What came of an import: a result for each community, and what all archives read so far held besides.

    `private` messages and `system` ones (written by the platform itself) are never mirrored; `passed_over` files of the
    archives at hand are not read.
    """

    results: list[RunResult]
    private: int
    system: int
    passed_over: int


def import_engage_export(
    workspace: Workspace, *, paths: Sequence[Path], report: Report = silent, cancel: CancelToken | None = None
) -> EngageImport:
    """Brings data exports of Viva Engage in, a community for each of theirs; running it again adds nothing.

    Where an account that is synced live has one of the same communities, the history goes into that account. Refuses
    paths that do not exist (BadInputError) and archives that are no exports or pass no gate (SourceError), before
    anything is written.
    """
    from workbench.sync.engage_pass import EngagePass  # noqa: PLC0415 - the parser loads on use

    export = _export(paths, workspace.clock.now())
    archives = export.archives()
    live = _live_account(workspace, export)
    found = workspace.accounts.find(AccountKind.VIVA_ENGAGE_EXPORT, ENGAGE_EXPORT_ACCOUNT)
    account_id = live or found or workspace.accounts.add(AccountKind.VIVA_ENGAGE_EXPORT, ENGAGE_EXPORT_ACCOUNT)
    reading = EngagePass(export, workspace.mirror, workspace.database, account_id=account_id, is_live=live is not None)
    results = reading.run(report=report, cancel=cancel or CancelToken())
    private, system = reading.left_out
    is_new = live is None and found is None
    if is_new and all(one.state is RunState.FAILED and not one.totals.records for one in results):
        workspace.accounts.forget(account_id)
    return EngageImport(results, private, system, sum(archive.passed_over for archive in archives))


def look_at_engage_export(*, paths: Sequence[Path], now: datetime) -> None:
    """Refuses as `import_engage_export` does before it reads: asked before there is a profile to import into."""
    _export(paths, now).archives()


def _export(paths: Sequence[Path], now: datetime) -> "EngageExport":
    from workbench.sync.importers.engage_export import EngageExport  # noqa: PLC0415 - as above

    return EngageExport(tuple(paths), now=now)


def _live_account(workspace: Workspace, export: "EngageExport") -> AccountId | None:
    """The account synced live that has most of the export's communities; None where none has any."""
    with workspace.database.read() as reader:
        live = [source for source in list_sources(reader) if source.kind is AccountKind.VIVA_ENGAGE]
    if not live:
        return None
    told = export.ids_told()
    shared = Counter(source.account_id for source in live if source.remote_id in told)
    return shared.most_common(1)[0][0] if shared else None
