"""The verb `rollup`: writing an office's file, taking in the files of all offices, and the table at headquarters."""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbench.cancel import CancelToken
from workbench.cli.interrupt import stop_on_interrupt
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output, ProgressLine, cell
from workbench.cli.rollup_forget import run_forget
from workbench.cli.rollup_words import STORE_VARIABLE
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.export.rollup_gather import WEEKS
from workbench.export.rollup_report import OfficeLine, PlanDetail, PlanLine, RollupReport, Trouble
from workbench.operations import rollup
from workbench.operations.partners import partner_store
from workbench.operations.rollup_import import import_folder
from workbench.operations.rollup_list import read_office_list
from workbench.queries.rollup import OfficeObjectiveRow, ToldFigure
from workbench.sync.rollup_snapshot import office_code, to_lines
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.sync.rollup import Place

OFFICES = (
    "office_id", "name", "country", "is_expected", "heard_at", "age_days", "last_week", "known_until", "files", "plans",
    "missing",
)  # fmt: skip
PLANS = ("office", "plan", "community", "day", "todo", "doing", "done", "late", "measures", "told_at")
OBJECTIVES = ("measure", "unit", "baseline", "now", "target", "standing", "is_withheld", "coverage")
WEEKS_SHOWN = ("week", "known_days", "messages", "contributors", "threads", "replied_threads", "first_reply_hours")
_DONE: Final = 0
_PARTLY: Final = 3


def run_rollup(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out one action; what only reads, or writes to a server, works beside an open window."""
    store = getattr(options, "store", None) or os.environ.get(STORE_VARIABLE) or None
    changes_profile = {
        "office": options.action == "office" and _says_office(options),
        "export": not getattr(options, "preview", False),
        "import": store is None,
        "forget": store is None,
        "offices": store is None and getattr(options, "list_action", "") != "list",
    }
    writable = changes_profile.get(options.action, False)
    with open_workspace(options, clock=clock, say=output.warn, writable=writable) as workspace:
        if options.action == "office":
            return _office(options, workspace, output)
        if options.action == "export":
            return _export(options, workspace, output)
        with rollup.open_place(workspace, store) as place:
            return _AT_PLACE[options.action](options, workspace, place, output)


def _office(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    if _says_office(options):
        rollup.set_own_office(workspace, code=options.code, name=options.name, country=options.country)
    office = rollup.own_office(workspace)
    if office is None:
        message = "Nobody said yet which office this is; give --code and --name."
        raise BadInputError(message)
    output.one({"code": office.office_id, "name": office.name, "country": office.country})
    return _DONE


def _says_office(options: argparse.Namespace) -> bool:
    return any(each is not None for each in (options.code, options.name, options.country))


def _export(options: argparse.Namespace, workspace: Workspace, output: Output) -> int:
    weeks = options.weeks or WEEKS
    if options.preview:
        # As it would leave, line by line: nothing is kept back from whoever wants to know.
        lines = to_lines(rollup.office_snapshot(workspace, weeks=weeks)).decode().split("\n")[:-1]
        if output.as_json:
            output.one({"lines": [json.loads(line) for line in lines]})
        for line in lines:
            output.say(_readable(json.loads(line)))
        return _DONE
    if options.out is None:
        message = "Name the file or folder it goes to, or look at it first with --preview."
        raise BadInputError(message)
    if rollup.own_office(workspace) is not None and partner_store(workspace).stored() is None:
        message = "Say first under which name your partners know you: workbench plan partner me --name NAME"
        raise BadInputError(message)
    file = rollup.write_office_file(workspace, out=options.out, to=options.to, weeks=weeks)
    output.say(f"Wrote {file.path} ({file.size:,} bytes), number {file.header.sequence}.")
    if output.as_json:
        output.one({"path": str(file.path), "size": file.size, "sequence": file.header.sequence})
    return _DONE


def _readable(told: Any, depth: int = 0) -> str:
    """Names and values below each other, parts indented; empty ones are left out."""
    lead = "  " * depth
    if isinstance(told, dict):
        said = {key: value for key, value in told.items() if value not in (None, [], {}, "")}
        return "\n".join(
            f"{lead}{key}:\n{_readable(value, depth + 1)}"
            if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value))
            else f"{lead}{key}: {_plain(value)}"
            for key, value in said.items()
        )
    return "\n".join(f"{lead}-\n{_readable(each, depth + 1)}" for each in told)


def _plain(value: object) -> str:
    return cell(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _import(options: argparse.Namespace, workspace: Workspace, place: "Place", output: Output) -> int:
    progress, cancel = ProgressLine(workspace.clock), CancelToken()
    with stop_on_interrupt(cancel):
        try:
            result = import_folder(workspace, place=place, folder=options.folder, report=progress, cancel=cancel)
        finally:
            progress.close()
    output.one(
        {
            "taken": result.taken,
            "unchanged": result.unchanged,
            "offices": result.offices,
            "set_aside": [{"file": each.file, "code": each.code, "reason": each.reason} for each in result.set_aside]
            if output.as_json
            else len(result.set_aside),
            "missing": [f"{name}: {trouble.words}" for name, trouble in result.troubles],
        }
    )
    if not output.as_json:
        for each in result.set_aside:
            output.warn(cell(f"  {each.file}: {each.reason}"))
    return _PARTLY if result.set_aside else _DONE


def _report(options: argparse.Namespace, workspace: Workspace, place: "Place", output: Output) -> int:
    if (options.plan is None) != (options.office is None):
        message = "One plan is named by both --office CODE and --plan NAME."
        raise BadInputError(message)
    if options.out is not None:
        return _write(options.out, workspace, place, output)
    report = rollup.rollup_report(workspace, place=place)
    if options.plan is not None:
        plan_id = _plan_named(report, office_code(options.office), options.plan)
        detail = rollup.rollup_plan(workspace, place=place, office_id=office_code(options.office), plan_id=plan_id)
        _show_plan(detail, output)
    elif output.as_json:
        output.one(_as_json(report))
    else:
        _show(report, output)
    return _DONE


def _write(out: Path, workspace: Workspace, place: "Place", output: Output) -> int:
    size = rollup.write_rollup(workspace, place=place, out=out)
    output.say(f"Wrote {out} ({size / 1000:,.0f} kB).")
    if output.as_json:
        output.one({"path": str(out), "size": size})
    return _DONE


def _offices(options: argparse.Namespace, workspace: Workspace, place: "Place", output: Output) -> int:
    if options.list_action == "add":
        rollup.expect_office(workspace, place=place, code=options.code, name=options.name, country=options.country)
    elif options.list_action == "remove":
        rollup.forget_office(workspace, place=place, code=options.code)
    elif options.list_action == "import":
        rollup.expect_offices(workspace, place=place, offices=read_office_list(options.file))
    report = rollup.rollup_report(workspace, place=place)
    rows = [_office_row(office) for office in report.offices]
    output.rows(rows, OFFICES, empty="No office yet. Add one: workbench rollup offices add CODE NAME")
    return _DONE


_AT_PLACE: Final = {"import": _import, "report": _report, "forget": run_forget, "offices": _offices}


def _plan_named(report: RollupReport, office: str, wanted: str) -> str:
    there = [line.plan for line in report.plans if office in line.office_ids]
    same = {plan.plan_id for plan in there if wanted in {plan.plan_id, plan.name}}
    if len(same) != 1:
        reason = "There is no plan" if not same else "There is more than one plan"
        message = (
            f"{reason} called “{wanted}” of this office; `workbench rollup report --json` lists them with their ids."
        )
        raise BadInputError(message)
    return same.pop()


def _show(report: RollupReport, output: Output) -> None:
    output.say(f"{report.coverage_words}. As of {report.as_of:%Y-%m-%d %H:%M}.")
    output.say("")
    output.rows([_plan_row(line) for line in report.plans], PLANS, empty="No plan was told of yet.")
    if report.measures:
        output.say("")
        measures = [
            {
                "measure": each.measure,
                "offices": each.offices,
                "plans": each.plans,
                **{standing.value: count for standing, count in each.standings.items()},
            }
            for each in report.measures
        ]
        columns = dict.fromkeys(key for row in measures for key in row)
        output.rows([dict.fromkeys(columns, 0) | row for row in measures], list(columns))
    for line in _remarks(report):
        output.warn(cell(line))


def _remarks(report: RollupReport) -> Sequence[str]:
    silent = ", ".join(office.name for office in report.silent)
    unexpected = ", ".join(office.name for office in report.unexpected)
    lines = [f"Nothing came from: {silent}."] if silent else []
    lines += [f"Not on the list: {unexpected}."] if unexpected else []
    lines += [f"{office.name}: {_missing(office.troubles)}." for office in report.troubled]
    return lines


def _show_plan(detail: PlanDetail, output: Output) -> None:
    head = _plan_row(detail.line)
    objectives = [_objective_row(each) for each in detail.line.objectives]
    weeks = [{key: getattr(week, key) for key in WEEKS_SHOWN} for week in detail.weeks]
    checkpoints = [
        {"day": each.day, "falls_on": each.falls_on, "is_locked": each.is_locked, "decisions": each.decisions}
        for each in detail.line.checkpoints
    ]
    if output.as_json:
        output.one(head | {"objectives": objectives, "checkpoints": checkpoints, "weeks": weeks})
        return
    output.one(head)
    for rows, columns in ((objectives, OBJECTIVES), (checkpoints, ("day", "falls_on", "is_locked", "decisions"))):
        output.say("")
        output.rows(rows, columns)
    output.say("")
    output.rows(weeks, WEEKS_SHOWN, empty="Nothing is known of its community's weeks.")


def _as_json(report: RollupReport) -> dict[str, Any]:
    return {
        "as_of": report.as_of,
        "coverage": report.coverage_words,
        "expected": report.expected,
        "heard": len(report.heard),
        "offices": [_office_row(office) for office in report.offices],
        "plans": [
            _plan_row(line)
            | {"plan_id": line.plan.plan_id, "objectives": [_objective_row(each) for each in line.objectives]}
            for line in report.plans
        ],
        "measures": [
            {
                "measure": each.measure,
                "offices": each.offices,
                "plans": each.plans,
                "withheld": each.withheld,
                "standings": {standing.value: count for standing, count in each.standings.items()},
            }
            for each in report.measures
        ],
        "weeks": [
            {
                "week": week.week,
                "offices": week.offices,
                "partly": week.partly,
                "messages": week.messages,
                "threads": week.threads,
                "replied_threads": week.replied_threads,
                "contributors": week.contributors,
                "contributors_from": week.contributors_from,
            }
            for week in report.weeks
        ],
    }


def _office_row(office: OfficeLine) -> dict[str, Any]:
    row = {key: getattr(office, key) for key in OFFICES if key != "missing"}
    # Nobody told: what nobody knows is not zero.
    return row | {"plans": None if office.heard_at is None else office.plans, "missing": _missing(office.troubles)}


def _missing(troubles: Sequence[Trouble]) -> str:
    return "; ".join(trouble.words for trouble in troubles)


def _plan_row(line: PlanLine) -> dict[str, Any]:
    plan = line.plan
    return {
        "office": line.office_words, "office_id": plan.office_id, "plan": plan.name, "community": plan.community,
        "starts_on": plan.starts_on, "day": "archived" if plan.is_archived else line.day_words, "todo": plan.todo,
        "doing": plan.doing, "done": plan.done, "late": plan.late, "hours_planned": plan.hours_planned,
        "hours_done": plan.hours_done, "measures": line.standing_words, "told_at": plan.as_of,
    }  # fmt: skip


def _objective_row(row: OfficeObjectiveRow) -> dict[str, Any]:
    def shown(figure: ToldFigure) -> float | None:
        return figure.value

    return {
        "measure": row.measure, "unit": row.unit, "baseline": row.baseline.value, "now": row.now.value,
        "target": row.target, "standing": row.standing, "is_withheld": row.now.is_withheld,
        "coverage": row.now.coverage,
    }  # fmt: skip
