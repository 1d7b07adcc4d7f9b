"""Rows of a workbook as text: dates as ISO, numbers without idle zeros, merged cells as if each row was filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbench.errors import BadInputError, SourceError
from workbench.sync.charsets import scrub
from workbench.sync.importers.csv_rows import RawRow
from workbench.sync.importers.xlsx_gate import check_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_MOST_MERGED: Final = 10_000


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets a person sees, in their order; refuses what `check_workbook` does, and what has no sheet."""
    with _opened(path) as workbook:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - native code, loaded on use

        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        shown = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    if not sheets:
        reason = f"“{path.name}” holds no sheet with cells"
        raise BadInputError(reason, path=str(path))
    return tuple(shown or [sheet.name for sheet in sheets])


def sheet_rows(path: Path, sheet: str) -> Iterator[RawRow]:
    """Every row of a sheet, numbered as the spreadsheet numbers them; formulas give the value they had when saved.

    `read_bytes` grows with the rows up to the size of the file. Refuses a sheet that is not there (BadInputError).
    """
    size = path.stat().st_size
    with _opened(path) as workbook:
        if sheet not in workbook.sheet_names:
            reason = f"“{path.name}” has no sheet called {sheet}; it has {', '.join(workbook.sheet_names[:10])}"
            raise BadInputError(reason, path=str(path))
        cells = workbook.get_sheet_by_name(sheet)
        if cells.start is None or cells.end is None:
            return
        left, total = cells.start[1], cells.end[0] + 1
        merged = _merged(cells.merged_cell_ranges or [], left)
        held: dict[int, tuple[int, str]] = {}  # column → last row of its merged cell, and what stands in it
        for number, values in enumerate(cells.iter_rows()):
            row = [scrub(cell_text(value)).strip() for value in values]
            for column, last in merged.get(number, ()):
                if column < len(row):
                    held[column] = (last, row[column])
            for column, (last, text) in held.items():
                if number <= last and not row[column]:
                    row[column] = text
            yield RawRow(number + 1, tuple(row), size * (number + 1) // total)


def cell_text(value: Any) -> str:
    """What a cell of a workbook says: a date without a time is a day, a whole number has no point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""


def _merged(ranges: list[tuple[tuple[int, int], tuple[int, int]]], left: int) -> dict[int, list[tuple[int, int]]]:
    """Merged cells that reach over several rows: {first row: [(column, last row)]}, columns from the first used one.

    Cells merged across columns are headings, and stay in their first column.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in ranges[:_MOST_MERGED]:
        if bottom > top and column >= left:
            found.setdefault(top, []).append((column - left, bottom))
    return found


@contextmanager
def _opened(path: Path) -> "Iterator[CalamineWorkbook]":
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - native code, loaded on use

    try:
        told = path.stat()
        _check_once(path, told.st_size, told.st_mtime_ns)
        with path.open("rb") as file, load_workbook(file) as workbook:
            yield workbook
    except CalamineError as error:
        reason = "this workbook is damaged or made by a program we do not know; save the sheet as CSV"
        raise SourceError(reason, path=path.name, fault="damaged") from error
    except OSError as error:
        raise SourceError(error.strerror or "the file cannot be read", path=path.name, fault="unreadable") from error


@lru_cache(maxsize=8)
def _check_once(path: Path, _size: int, _changed_at: int) -> None:
    """A workbook is opened several times on its way in; the gate looks at it once for as long as it stays the same."""
    check_workbook(path)
