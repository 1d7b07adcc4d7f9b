"""Verbs that look after the profile and hand documents out: report, check, backup, restore."""

import argparse
from pathlib import Path

from workbench.cli.keys import key_source, open_workspace, profile_folder
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.export.exporter import Exporter, exporters
from workbench.export.summary import WITHOUT_PAGES, Extent, NamesDisclosure, Paper
from workbench.operations.documents import write_report
from workbench.operations.plans import plan_named
from workbench.operations.upkeep import backup_profile, check_profile, list_profile_backups, restore_profile

BACKUPS = ("path", "made_at", "size")


def run_report(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Writes the plan summary in the format that was asked for; a table and a calendar have no short form."""
    names = _names(options)
    if options.one_page and options.format in WITHOUT_PAGES:
        message = f"--one-page is for documents with pages; {options.format} always holds every card."
        raise BadInputError(message)
    with open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace:
        plan_id = plan_named(workspace, options.name)
        size = write_report(
            workspace,
            plan_id=plan_id,
            exporter=document_maker(options.format),
            out=Path(options.out),
            names=names,
            extent=Extent.ONE_PAGE if options.one_page else Extent.FULL,
            paper=Paper(options.paper),
        )
    output.say(f"Wrote {options.out} ({size / 1000:,.0f} kB).")
    if output.as_json:
        output.one({"path": str(options.out), "format": options.format, "size": size})
    return 0


def document_maker(key: str) -> Exporter:
    """The exporter of a format; PDF loads Qt, offscreen."""
    if key == "pdf":
        from workbench.ui.print_pdf import PdfExporter  # noqa: PLC0415 - only this format is made by Qt

        return PdfExporter()
    return next(exporter for exporter in exporters() if exporter.key == key)


def _names(options: argparse.Namespace) -> NamesDisclosure | None:
    """Names leave only with a recipient and a purpose."""
    if options.names_for is None and options.names_because is None:
        return None
    if not (options.names_for or "").strip() or not (options.names_because or "").strip():
        message = "Names go out only with both --names-for WHO and --names-because WHY."
        raise BadInputError(message)
    return NamesDisclosure(purpose=options.names_because.strip(), recipient=options.names_for.strip())


def _check(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    if options.what == "completeness":
        from workbench.cli.syncing import run_completeness  # noqa: PLC0415 - loads what syncs

        return run_completeness(options, output, clock)
    with open_workspace(options, clock=clock, say=output.warn, writable=bool(options.repair)) as workspace:
        result = check_profile(workspace, quick=options.quick, repair=options.repair)
    if output.as_json:
        output.one({"is_sound": result.is_sound, "checks": list(result.checks), "problems": list(result.problems)})
    elif result.is_sound:
        output.say(f"All sound: {', '.join(result.checks)}.")
    else:
        for problem in result.problems:
            output.say(problem)
        output.say(
            "Your own work is kept. Restore a backup (`workbench restore`), or make one now before anything else."
        )
    return 0 if result.is_sound else 1


def _backup(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace:
        copies = list_profile_backups(workspace.profile) if options.only_list else [backup_profile(workspace)]
    rows = [{"path": str(copy.path), "made_at": copy.made_at, "size": copy.size} for copy in copies]
    output.rows(rows, BACKUPS, empty="No backup yet. Make one: workbench backup")
    return 0


def _restore(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    profile = profile_folder(options)
    copy = options.backup
    if copy is None:
        copies = list_profile_backups(profile)
        if not copies:
            message = "There is no backup in this profile; name the file of one."
            raise BadInputError(message)
        copy = copies[0].path
    aside = restore_profile(profile, copy, key=key_source(options, profile, say=output.warn), clock=clock)
    output.say(f"Restored {copy}.")
    if aside is not None:
        output.say(f"What it replaced is kept as {aside}.")
    if output.as_json:
        output.one({"restored": str(copy), "replaced": None if aside is None else str(aside)})
    return 0


VERBS = {"report": run_report, "check": _check, "backup": _backup, "restore": _restore}


def run_upkeep(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out the verb that was typed."""
    return VERBS[options.verb](options, output, clock)
