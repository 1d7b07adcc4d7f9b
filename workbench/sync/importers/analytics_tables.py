"""Tables in a CSV file of Google Analytics: comments, days, and the one or several tables they stand above.

Three kinds of export share the shape: a report over a range of days, an exploration with a row per day, and an overview
of several small tables whose days are numbered from the first one. Comments begin with "#".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from workbench.models.moments import DayRange
from workbench.sync.importers.analytics_words import DAY_NUMBERS, EXPLAINED, PAGES
from workbench.sync.importers.csv_rows import RawRow, encoding_of, raw_rows

_DAY: Final = timedelta(days=1)
_RANGE: Final = re.compile(r"#\s*(\d{8})\s*[-–]\s*(\d{8})")
_ONE_DAY: Final = re.compile(r"#[^:：]*[:：]\s*(\d{8})")
_PLAIN_DAY: Final = re.compile(r"\d{8}")
_PLACE: Final = re.compile(r"\d{4}")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,'’\s]\d{3})+")
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0+)?")
_NAMED: Final = ("(not set)", "(other)")
_SEPARATORS: Final = ",;\t"
_LONGEST: Final = 1_000_000


@dataclass(slots=True)
class Table:
    """One header and the rows below it, by position; `total` is the row that names nothing. `days` may be unknown."""

    headers: tuple[str, ...]
    days: DayRange | None
    rows: list[RawRow] = field(default_factory=list)
    total: RawRow | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what, by position; None where the table has none. At most one of `day` and `number` is there."""

    views: int | None
    users: int | None = None
    sessions: int | None = None
    events: int | None = None
    page: int | None = None
    day: int | None = None
    number: int | None = None


def read_tables(path: Path) -> list[Table]:
    """Every table of a file; the days are those of the comments above it. A file without any gives none."""
    encoding = encoding_of(path)
    delimiter = _separator(path, encoding)
    tables: list[Table] = []
    days: DayRange | None = None
    first: date | None = None
    is_new = True
    for row in raw_rows(path, encoding, delimiter, longest=_LONGEST):
        text = delimiter.join(row.cells).rstrip(delimiter + " ")
        if row.fault and tables:
            tables[-1].rows.append(row)
        elif not text:
            is_new = True
        elif text.startswith("#"):
            is_new = True
            found, first = _days_said(text, first)
            days = found or days
        elif is_new:
            tables.append(Table(_trimmed(row.cells), days))
            is_new = False
        else:
            _add(tables[-1], row)
    return [table for table in tables if table.rows or table.total]


def columns_of(table: Table, *, views: str = "") -> Columns | None:
    """What its columns are; None for one without pages and days. `views` names that of page views."""
    names = [header.casefold() for header in table.headers]
    wanted = {key: next((at for at, name in enumerate(names) if name in words), None) for key, words in EXPLAINED}
    if views and views.casefold() in names:
        wanted["views"] = names.index(views.casefold())
    taken = {at for at in wanted.values() if at is not None}
    free = [at for at in range(len(names)) if at not in taken]
    day = next((at for at in free if _all(table, at, _is_day)), None)
    number = None if day is not None else next((at for at in free if _counts_days(table, at, names[at])), None)
    page = next((at for at in free if at not in (day, number) and _is_page(table, at, names[at])), None)
    if page is None and day is None and number is None:
        return None
    if any(at not in (page, day, number) and _is_word(table, at) for at in free):
        return None  # a further column divides the rows: by country, say
    return Columns(**wanted, page=page, day=day, number=number)


def number_of(text: str) -> int | None:
    """A whole number, perhaps with its thousands set apart; None for anything else."""
    match = _WHOLE.fullmatch(text)
    if _GROUPED.fullmatch(text):
        digits = re.sub(r"\D", "", text)
    elif match is not None:
        digits = match[1]
    else:
        return None
    return int(digits) if len(digits) <= 18 else None  # noqa: PLR2004 - what a database holds


def day_of(table: Table, columns: Columns, cells: Sequence[str]) -> date | None:
    """The day a row is about; None where it is none, or lies outside of the days of the table."""
    if columns.day is not None:
        return _plain_day(cells[columns.day])
    if columns.number is None or table.days is None or not _PLACE.fullmatch(cells[columns.number]):
        return None
    day = table.days.first + int(cells[columns.number]) * _DAY
    return day if day <= table.days.last else None


def _add(table: Table, row: RawRow) -> None:
    """A row as wide as the header. The total has nothing before its numbers, and may have a word more at its end."""
    width = len(table.headers)
    cells = (*row.cells[:width], *("" for _ in range(width - len(row.cells))))
    kept = RawRow(row.line, cells, row.read_bytes, row.fault)
    if not table.rows and table.total is None and not cells[0]:
        table.total = kept
    else:
        table.rows.append(kept)


def _separator(path: Path, encoding: str) -> str:
    """What most often stands in the first line that is no comment: spreadsheets save with others than commas."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        for line in _lines(file):
            if line.strip(" ,;\t\r\n\"'") and not line.lstrip("\"'").startswith("#"):
                return max(_SEPARATORS, key=line.count)
    return _SEPARATORS[0]


def _lines(file: Iterable[str]) -> Iterator[str]:
    for _, line in zip(range(500), file, strict=False):
        yield line


def _days_said(text: str, first: date | None) -> tuple[DayRange | None, date | None]:
    """The days a comment names, and a first day that waits for its last: keys may be in any language."""
    both = _RANGE.fullmatch(text)
    if both is not None:
        return _range(_plain_day(both[1]), _plain_day(both[2])), None
    one = _ONE_DAY.fullmatch(text)
    day = None if one is None else _plain_day(one[1])
    if day is None:
        return None, first
    return (None, day) if first is None else (_range(first, day), None)


def _range(first: date | None, last: date | None) -> DayRange | None:
    return DayRange(first, last) if first is not None and last is not None and first <= last else None


def _plain_day(text: str) -> date | None:
    if not (_PLAIN_DAY.fullmatch(text) and text.isascii()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:  # eight digits that are no day
        return None


def _is_day(text: str) -> bool:
    return _plain_day(text) is not None


def _all(table: Table, at: int, holds: Callable[[str], bool]) -> bool:
    cells = [row.cells[at] for row in table.rows if not row.fault]
    return bool(cells) and all(holds(cell) for cell in cells)


def _counts_days(table: Table, at: int, name: str) -> bool:
    """Whether a column numbers the days of the range from 0000 on; weeks would be fewer."""
    if table.days is None or not _all(table, at, lambda cell: _PLACE.fullmatch(cell) is not None):
        return False
    length = (table.days.last - table.days.first).days + 1
    places = {int(row.cells[at]) for row in table.rows if not row.fault}
    return max(places) < length and (name in DAY_NUMBERS or len(places) == length)


def _is_page(table: Table, at: int, name: str) -> bool:
    """Whether a column names pages: by its name, or because most of its cells look like paths or addresses."""
    cells = [row.cells[at] for row in table.rows if not row.fault]
    looks = sum(cell.startswith(("/", "http://", "https://")) or cell in _NAMED for cell in cells)
    return name in PAGES or 2 * looks > len(cells)


def _is_word(table: Table, at: int) -> bool:
    """Whether a column holds names, and no numbers of any kind."""
    cells = [row.cells[at] for row in table.rows if not row.fault]
    return any(cells) and not any(letter.isdigit() for cell in cells for letter in cell)


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells a spreadsheet leaves at the end."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
