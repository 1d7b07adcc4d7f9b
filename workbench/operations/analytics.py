"""Exports of Google Analytics into the mirror: a web site of its own, beside communities."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cancel import CancelToken
from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind
from workbench.operations.sources import clean_name, import_files
from workbench.progress import Report, silent
from workbench.queries.sources import source_named
from workbench.sync.engine import RunResult
from workbench.workspace import Workspace

if TYPE_CHECKING:
    # Loads the parser; the functions below import what they need.
    from workbench.sync.importers.analytics_csv import AnalyticsFiles


def import_analytics(
    workspace: Workspace,
    *,
    paths: Sequence[Path],
    site: str,
    views: str = "",
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> RunResult:
    """Brings exports into a web site, a new one or the one of this name; the same file twice changes nothing.

    `views` names the column of page views where its language is not known. Refuses (BadInputError) files that are no
    such exports, and a name that a community has or a site that is synced: what is in the files could replace better.
    """
    name = clean_name(site)
    with workspace.database.read() as reader:
        source = source_named(reader, name)
    if source is not None and source.kind is not AccountKind.ANALYTICS_FILE:
        message = f"There is already a community called “{name}”; give the web site of these files another name."
        raise BadInputError(message)
    connector = _files(paths, name, views, workspace.clock.now())
    return import_files(workspace, connector, name, AccountKind.ANALYTICS_FILE, report, cancel)


def look_at_analytics(*, paths: Sequence[Path], site: str, views: str = "", now: datetime) -> None:
    """Refuses as `import_analytics` does before it reads: asked before there is a profile to import into."""
    _files(paths, clean_name(site), views, now).communities()


def _files(paths: Sequence[Path], site: str, views: str, now: datetime) -> "AnalyticsFiles":
    from workbench.sync.importers.analytics_csv import AnalyticsFiles  # noqa: PLC0415 - the parser loads on use

    return AnalyticsFiles(tuple(paths), site=site, today=now.astimezone(UTC).date(), views=views)
