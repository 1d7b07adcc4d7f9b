"""The verb plan template: listing and showing what plans begin with, making one of a plan, and sharing it as a file."""

import argparse
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.plan_values import read_input
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.export.files import refuse_unwritable, write_whole
from workbench.operations.plans import (
    find_template,
    forget_template,
    keep_template,
    list_templates,
    plan_named,
)
from workbench.plans.templates import SHIPPED, Template, read_template, template_from_plan, write_template
from workbench.workspace import Workspace

TEMPLATES = ("key", "title", "description", "cards", "objectives", "is_own")
_CARDS = ("due_day", "title", "pillar", "hours")
_OBJECTIVES = ("title", "measure", "target")


def run_template(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """One action; what only reads works beside an open window."""
    if options.template_action == "use":
        from workbench.cli.planning import start  # noqa: PLC0415 - it leads here, and we to it

        options.template = options.key
        return start(options, output, clock)
    is_reading = options.template_action in {"list", "show", "export"}
    with open_workspace(options, clock=clock, say=output.warn, writable=not is_reading) as workspace:
        _ACTIONS[options.template_action](options, workspace, output)
    return 0


def _list(_: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    output.rows([_row(template) for template in list_templates(workspace)], TEMPLATES)


def _show(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    template = find_template(workspace, options.key)
    if output.as_json:
        output.one(json.loads(write_template(template)))
        return
    output.one(_row(template))
    for drafts, columns in ((template.objectives, _OBJECTIVES), (template.cards, _CARDS)):
        output.say("")
        output.rows([{key: getattr(draft, key) for key in columns} for draft in drafts], columns)


def _save(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    view = workspace.plans.open(plan_named(workspace, options.plan)).view()
    made = template_from_plan(view, title=options.title, description=options.description)
    output.one(_row(keep_template(workspace, made)))


def _export(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    text = write_template(find_template(workspace, options.key))
    if options.out is None:
        output.text(text)
        return
    refuse_unwritable(options.out)
    write_whole(options.out, text.encode())
    output.one({"path": str(options.out), "size": len(text.encode())})


def _import(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    data = read_input(options.file)
    try:
        # As JSON is read elsewhere: a shell may have written it in UTF-16, or with a mark at its beginning.
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise BadInputError(reason="This file is not a plan template.") from error
    output.one(_row(keep_template(workspace, read_template(text))))


def _forget(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    template = find_template(workspace, options.key)
    forget_template(workspace, options.key)
    output.one({"forgotten": template.key, "title": template.title})


_ACTIONS: Final[Mapping[str, Callable[[argparse.Namespace, Workspace, Output], None]]] = {
    "list": _list,
    "show": _show,
    "save": _save,
    "export": _export,
    "import": _import,
    "forget": _forget,
}


def _row(template: Template) -> dict[str, Any]:
    return {
        "key": template.key,
        "title": template.title,
        "description": template.description,
        "cards": len(template.cards),
        "objectives": len(template.objectives),
        "is_own": template.key not in SHIPPED,
    }
