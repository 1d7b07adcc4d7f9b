"""The verbs plan export and plan import: a plan as JSON that makes an equal plan again, or as a document."""

import argparse

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.plan_rows import show_plan
from workbench.cli.plan_values import read_input
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.export.files import refuse_unwritable, write_whole
from workbench.operations.plan_measures import not_here
from workbench.operations.plans import import_plan, plan_named, plan_text
from workbench.queries.plans import plan_row


def run_export(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """JSON to a file or the standard output; every other format to a file, as `report plan` makes it."""
    if options.format != "json":
        from workbench.cli.upkeep import run_report  # noqa: PLC0415 - the makers of documents; JSON needs none

        if options.out is None:
            raise BadInputError(reason="Name the file it goes to, as in --out plan.pdf.")
        return run_report(options, output, clock)
    if options.out is not None:
        refuse_unwritable(options.out)
    with open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace:
        text = plan_text(workspace, plan_named(workspace, options.name))
    if options.out is None:
        output.text(text)
        return 0
    data = text.encode()
    write_whole(options.out, data)
    if output.as_json:
        output.one({"path": str(options.out), "format": options.format, "size": len(data)})
    output.say(f"Wrote {options.out} ({len(data) / 1000:,.0f} kB).")
    return 0


def run_import(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Makes a plan of the JSON in a file or the standard input, and shows it."""
    data = read_input(options.file)
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=True) as workspace:
        plan_id = import_plan(workspace, data, name=options.name)
        show_plan(workspace, plan_id, output)
        with workspace.database.read() as reader:
            plan = plan_row(reader, plan_id)
        if plan is not None and not plan.is_here:
            output.warn(not_here(plan.community_name))
    return 0
