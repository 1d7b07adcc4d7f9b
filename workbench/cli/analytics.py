"""The verb `import analytics FILE... --site NAME`: page views from exports of Google Analytics."""

import argparse
from collections.abc import Callable

from workbench.cancel import CancelToken
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.operations.analytics import import_analytics, look_at_analytics
from workbench.progress import Report
from workbench.sync.engine import RunResult
from workbench.workspace import Workspace

Runs = Callable[[Report, CancelToken], list[RunResult]]


def import_site(
    options: argparse.Namespace, output: Output, clock: Clock, *, run: Callable[[Runs, Workspace], int]
) -> int:
    """Imports the files; `run` carries the work out and prints what came of it.

    Refuses what is no such export before a profile is made for it (BadInputError).
    """
    told = {"paths": options.paths, "site": options.site, "views": options.views}
    look_at_analytics(**told, now=clock.now())
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=True) as workspace:

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            return [import_analytics(workspace, **told, report=report, cancel=cancel)]

        return run(runs, workspace)
