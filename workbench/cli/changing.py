"""The verb `import`: files of every kind into the mirror."""

import argparse

from workbench.cancel import CancelToken
from workbench.cli.analytics import import_site
from workbench.cli.engage import import_engage
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.runs import told, watched
from workbench.cli.tables import import_any_table
from workbench.clock import Clock
from workbench.operations.sources import import_mailing_list, install_sample, look_at_mailing_list
from workbench.operations.tables import import_table, look_at_table
from workbench.progress import Report
from workbench.sync.engine import RunResult


def run_import(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out `import`; refuses what cannot be imported before a profile is made for it."""
    if options.source == "engage-export":
        return import_engage(
            options, output, clock, run=lambda runs, workspace: told(watched(runs, clock), workspace, output)
        )
    if options.source == "analytics":
        return import_site(
            options, output, clock, run=lambda runs, workspace: told(watched(runs, clock), workspace, output)
        )
    if options.source == "table" and (options.file is not None or options.dry_run):
        return import_any_table(
            options, output, clock, run=lambda runs, workspace: told(watched(runs, clock), workspace, output)
        )
    _look(options, clock)
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=True) as workspace:

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            if options.source == "sample":
                return install_sample(workspace, report=report, cancel=cancel)
            name = options.community
            if options.source == "table":
                files = {"events": options.events, "members": options.members}
                return [import_table(workspace, **files, community=name, report=report, cancel=cancel)]
            paths, most = options.paths, options.files
            return [
                import_mailing_list(
                    workspace, paths=paths, community=name, file_limit=most, report=report, cancel=cancel
                )
            ]

        return told(watched(runs, clock), workspace, output)


def _look(options: argparse.Namespace, clock: Clock) -> None:
    """Refuses what cannot be imported before a profile is made for it."""
    if options.source == "mailing-list":
        look_at_mailing_list(paths=options.paths, community=options.community, now=clock.now())
    elif options.source == "table":
        look_at_table(events=options.events, members=options.members, community=options.community, now=clock.now())
