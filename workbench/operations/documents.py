"""Documents: the plan summary gathered and written."""

from pathlib import Path

from workbench.export.exporter import Exporter
from workbench.export.files import refuse_unwritable, write_whole
from workbench.export.gather import gather
from workbench.export.summary import Extent, NamesDisclosure, Paper, PlanSummary
from workbench.ids import PlanId
from workbench.logs import Log
from workbench.paths import log_folder
from workbench.workspace import Workspace


def plan_summary(
    workspace: Workspace,
    *,
    plan_id: PlanId,
    names: NamesDisclosure | None = None,
    extent: Extent = Extent.FULL,
    paper: Paper = Paper.A4,
) -> PlanSummary:
    """The summary of one plan as of now, read in one transaction."""
    with workspace.database.read() as reader:
        return gather(reader, plan_id, as_of=workspace.clock.now(), names=names, extent=extent, paper=paper)


def write_report(
    workspace: Workspace,
    *,
    plan_id: PlanId,
    exporter: Exporter,
    out: Path,
    names: NamesDisclosure | None = None,
    extent: Extent = Extent.FULL,
    paper: Paper = Paper.A4,
) -> int:
    """Writes the plan summary to `out` and answers its size in bytes; an unwritable place is found before any work.

    That names went out stands in the log; to whom and why stands on the document.
    """
    refuse_unwritable(out)
    document = exporter.render(plan_summary(workspace, plan_id=plan_id, names=names, extent=extent, paper=paper))
    write_whole(out, document)
    if names is not None:
        log = Log(log_folder(workspace.profile), clock=workspace.clock)
        log.event("report.names", format=exporter.key, bytes=len(document))
        log.close()
    return len(document)
