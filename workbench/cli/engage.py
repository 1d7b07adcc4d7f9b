"""The verb `import engage-export FILE...`: data exports of Viva Engage, and a word on what is never mirrored."""

import argparse
from collections.abc import Callable

from workbench.cancel import CancelToken
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.operations.engage import EngageImport, import_engage_export, look_at_engage_export
from workbench.progress import Report
from workbench.sync.engine import RunResult
from workbench.workspace import Workspace

Runs = Callable[[Report, CancelToken], list[RunResult]]


def import_engage(
    options: argparse.Namespace, output: Output, clock: Clock, *, run: Callable[[Runs, Workspace], int]
) -> int:
    """Imports the archives; `run` carries the work out and prints what came of it.

    Refuses what is no export before a profile is made for it (BadInputError, SourceError).
    """
    look_at_engage_export(paths=options.paths, now=clock.now())
    done: list[EngageImport] = []
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=True) as workspace:

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            done.append(import_engage_export(workspace, paths=options.paths, report=report, cancel=cancel))
            return done[0].results

        code = run(runs, workspace)
    for one in done:
        if one.private or one.system:
            output.warn(f"Left out: private messages: {one.private:,}; written by the platform itself: {one.system:,}.")
    return code
