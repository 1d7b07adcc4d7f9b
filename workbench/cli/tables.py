"""The verb `import table FILE`: any table, its columns guessed or named, tried or brought in."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from workbench.cancel import CancelToken
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output, cell
from workbench.cli.runs import Runs
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.operations.tables import TableLook, TableOrder, Trial, import_mapped_table, look_into_table, try_table
from workbench.paths import database_file, default_profile
from workbench.progress import Report
from workbench.sync.engine import RunResult
from workbench.sync.importers.cells import DayOrder, orders_of
from workbench.sync.importers.table_mapping import DAYS, FIELDS, ColumnMapping, TableField, TableKind, header_word
from workbench.workspace import Workspace

_DONE, _PARTLY = 0, 3
_NOTHING: Final = frozenset({"", "nothing", "none", "-"})


def import_any_table(
    options: argparse.Namespace, output: Output, clock: Clock, *, run: Callable[[Runs, Workspace], int]
) -> int:
    """Imports or tries one table; `run` carries the work out and prints what came of it.

    Refuses before a profile is made for it: a file that is no table, columns that are not there, and dates of which
    nobody said whether the day or the month comes first (BadInputError, SourceError).
    """
    if options.file is None or options.events is not None or options.members is not None:
        message = "Name one FILE whose columns are guessed, or --events and --members without it."
        raise BadInputError(message)
    profile = Path(options.profile) if options.profile is not None else default_profile()
    is_there = database_file(profile).exists()
    if options.dry_run and is_there:
        with open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace:
            order, look = _order(options, workspace)
        return _try(order, look, output, clock)
    if not is_there:
        order, look = _order(options, None)
        trial = _try(order, look, output, clock) if options.dry_run else None
        if trial is not None:
            return trial
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=True) as workspace:
        order, look = _order(options, workspace)
        for line in _read_as(order.mapping, look):
            output.warn(line)

        def runs(report: Report, cancel: CancelToken) -> list[RunResult]:
            return [import_mapped_table(workspace, order, report=report, cancel=cancel)]

        return run(runs, workspace)


def _order(options: argparse.Namespace, workspace: Workspace | None) -> tuple[TableOrder, TableLook]:
    """What is to be imported, as far as the options say, the rest as remembered or guessed."""
    kind = None if options.kind is None else TableKind(options.kind)
    look = look_into_table(workspace, path=options.file, sheet=options.sheet, kind=kind)
    mapping = look.proposed()
    columns = list(mapping.columns)
    for text in options.columns:
        place, field = _named(text, look.shape.headers, mapping.kind)
        columns = [None if each is field and field is not None else each for each in columns]
        columns[place] = field
    mapping = replace(mapping, columns=tuple(columns))
    order = DayOrder(options.day_order) if options.day_order else look.day_order(mapping)
    mapping = replace(mapping, day_order=order)
    if order is None and look.day_evidence(mapping).is_open:
        message = f"{_open_date(look, mapping)} can be read in two ways here; say --day-first or --month-first."
        raise BadInputError(message)
    return TableOrder(options.file, options.community, mapping, look.shape.sheet or None), look


def _open_date(look: TableLook, mapping: ColumnMapping) -> str:
    """The table's own first date that can be read in two ways, with its line."""
    places = [place for place, field in enumerate(mapping.columns) if field in DAYS]
    found = ((line, cells[place]) for line, cells in look.samples for place in places)
    line, text = next(((line, text) for line, text in found if len(orders_of(text)) > 1), (0, ""))
    return f"“{text}” (line {line:,})" if text else "Dates such as 05/01/2026"


def _named(text: str, headers: Sequence[str], kind: TableKind) -> tuple[int, TableField | None]:
    """The place of the column and the field in "column=field"."""
    name, _, meaning = text.rpartition("=")
    wanted = header_word(name)
    place = next((number for number, header in enumerate(headers) if header_word(header) == wanted), None)
    if place is None:
        message = f"there is no column “{name}”; the table has {', '.join(headers[:20])}"
        raise BadInputError(message)
    meaning = meaning.strip().casefold().replace("-", "_")
    if meaning in _NOTHING:
        return place, None
    if meaning not in FIELDS[kind]:
        known = ", ".join(field.value for field in FIELDS[kind])
        message = f"a column of {kind.value} cannot be “{meaning}”; known are {known}"
        raise BadInputError(message)
    return place, TableField(meaning)


def _try(order: TableOrder, look: TableLook, output: Output, clock: Clock) -> int:
    trial = try_table(order, now=clock.now())
    if output.as_json:
        output.one(_row(order.mapping, look, trial))
    else:
        for line in _said(order.mapping, look, trial):
            output.say(cell(line))
    return _PARTLY if trial.rejected_count else _DONE


def _row(mapping: ColumnMapping, look: TableLook, trial: Trial) -> dict[str, object]:
    return {
        "kind": mapping.kind,
        "columns": dict(zip(look.shape.headers, mapping.columns, strict=True)),
        "day_order": mapping.day_order,
        "sheet": look.shape.sheet or None,
        "rows": trial.rows,
        "people": trial.people,
        "left_out": trial.left_out,
        "rejected": trial.rejected_count,
        "first": trial.first,
        "last": trial.last,
        "held_back": [{"line": item.position, "code": item.code, "reason": item.reason} for item in trial.rejected],
    }


def _said(mapping: ColumnMapping, look: TableLook, trial: Trial) -> list[str]:
    lines = [*_read_as(mapping, look), *look.guess.doubts]
    lines.append(f"{trial.rows:,} rows can be read, of {trial.people:,} people.")
    if trial.left_out:
        lines.append(f"{trial.left_out:,} are left out: sums, people who did not attend, other communities.")
    if trial.rejected_count:
        lines.append(f"{trial.rejected_count:,} cannot be read and would be held back:")
        lines += [f"  line {item.position:,}: {item.reason}" for item in trial.rejected]
    return [*lines, "Nothing was written."]


def _read_as(mapping: ColumnMapping, look: TableLook) -> list[str]:
    pairs = zip(look.shape.headers, mapping.columns, strict=True)
    columns = "; ".join(f"{header} = {field.value if field else 'nothing'}" for header, field in pairs)
    return [cell(f"Read as {mapping.kind.value}: {columns}.")]
