"""The shape of a table file: its format, charset, separator, sheet, and where under all titles its header stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from workbench.errors import BadInputError, SourceError
from workbench.sync.importers.csv_rows import DELIMITERS, RawRow, encoding_of, raw_rows
from workbench.sync.importers.table_guess import is_known_header
from workbench.sync.importers.table_mapping import header_word
from workbench.sync.importers.table_words import TOTALS
from workbench.sync.importers.xlsx_rows import sheet_names, sheet_rows

LONGEST_CELL: Final = 1_000_000
"""Letters of one cell; a spreadsheet stops at 32,767, and a post of a platform does not come near this."""
MOST_COLUMNS: Final = 1_000
_HEAD: Final = 60  # rows among which the header is looked for
_SEEN: Final = 400  # rows by which a column without a header is known to be used
_TRIED: Final = 10  # sheets
_CONTROLS: Final = frozenset(range(32)) - {9, 10, 12, 13, 27}
_FEW: Final = 0.02
_SEP_LINE: Final = "sep="
_FOREIGN: Final = (
    (b"%PDF", "is a PDF document; a table is needed: CSV or Excel (.xlsx)"),
    (b"\xd0\xcf\x11\xe0", "is a workbook of the old kind or protected by a password; save it as .xlsx without one"),
    (b"\x1f\x8b", "is packed; unpack it first"),
    (b"\x89PNG", "is a picture; a table is needed: CSV or Excel (.xlsx)"),
    (b"\xff\xd8\xff", "is a picture; a table is needed: CSV or Excel (.xlsx)"),
)


@dataclass(frozen=True, slots=True)
class TableShape:
    """How a table is read.

    `places` are the columns of the file that `headers` stand over; the body begins below `header_line`. Of a workbook
    `sheet` is the one looked at and `sheets` are all; of a text file both are empty.
    """

    path: Path
    headers: tuple[str, ...]
    places: tuple[int, ...]
    header_line: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def look(path: Path, *, sheet: str | None = None) -> TableShape:
    """How to read the table in `path`; of a workbook the sheet named, or the first that holds a table.

    Refuses what is not there, no table, or has one column only (BadInputError), and what is damaged, dangerous or
    holds a cell too long among its first rows (SourceError).
    """
    try:
        with path.open("rb") as file:
            head = file.read(8192)
    except OSError as error:
        reason = f"“{path.name}” cannot be read: {error.strerror}"
        raise BadInputError(reason, path=str(path)) from error
    _refuse_foreign(path, head)
    return _workbook(path, sheet) if head.startswith(b"PK") else _text(path)


def body(shape: TableShape) -> Iterator[RawRow]:
    """The rows below the header, cells in the order of `headers`; blank rows and repeated headers are passed over."""
    for row in _rows(shape):
        if row.line <= shape.header_line:
            continue
        if row.fault:
            yield row
            continue
        cells = tuple(row.cells[place] if place < len(row.cells) else "" for place in shape.places)
        if any(cells) and cells != shape.headers:
            yield RawRow(row.line, cells, row.read_bytes)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row sums up those above it: its first filled cell says so in one of the six languages."""
    first = next((cell for cell in cells if cell), "")
    return header_word(first.partition(":")[0]) in TOTALS


def _rows(shape: TableShape) -> Iterator[RawRow]:
    if shape.sheet:
        return sheet_rows(shape.path, shape.sheet)
    return raw_rows(shape.path, shape.encoding, shape.delimiter, longest=LONGEST_CELL)


def _refuse_foreign(path: Path, head: bytes) -> None:
    if not head.strip():
        reason = f"“{path.name}” is empty"
        raise BadInputError(reason, path=str(path))
    for mark, reason in _FOREIGN:
        if head.startswith(mark):
            message = f"“{path.name}” {reason}"
            raise BadInputError(message, path=str(path))


def _workbook(path: Path, sheet: str | None) -> TableShape:
    """The sheet asked for, or of the first ten the one with most known headers; a cover sheet often comes first."""
    sheets = sheet_names(path)
    found: list[tuple[int, TableShape]] = []
    refusal: BadInputError | None = None
    for name in (sheet,) if sheet else sheets[:_TRIED]:
        rows = list(islice(sheet_rows(path, name), _SEEN))
        try:
            line, headers, places = _header(path, rows)
        except BadInputError as error:
            refusal = refusal or error
            continue
        found.append(
            (sum(map(is_known_header, headers)), TableShape(path, headers, places, line, "", "", name, sheets))
        )
    if not found:
        message = f"“{path.name}” holds no table"
        raise refusal or BadInputError(message, path=str(path))
    return max(found, key=lambda each: each[0])[1]


def _text(path: Path) -> TableShape:
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(65_536)
    odd = sum(ord(letter) in _CONTROLS or letter == "\ufffd" for letter in sample)
    if odd > _FEW * len(sample):
        reason = f"“{path.name}” is no text; a table is needed: CSV or Excel (.xlsx)"
        raise BadInputError(reason, path=str(path))
    told = sample.lstrip("\ufeff")[: len(_SEP_LINE) + 1]
    if told.lower().startswith(_SEP_LINE) and told[-1] in DELIMITERS:
        found = {told[-1]: _first_rows(path, encoding, told[-1])}
    else:
        found = {delimiter: _first_rows(path, encoding, delimiter) for delimiter in DELIMITERS}
    delimiter = max(found, key=lambda each: _regularity(found[each]))
    rows = [row for row in found[delimiter] if not (row.cells and row.cells[0].lower().startswith(_SEP_LINE))]
    line, headers, places = _header(path, rows)
    return TableShape(path, headers, places, line, encoding, delimiter)


def _first_rows(path: Path, encoding: str, delimiter: str) -> list[RawRow]:
    rows = list(islice(raw_rows(path, encoding, delimiter, longest=LONGEST_CELL), _SEEN))
    if any(row.is_too_large for row in rows):
        line = next(row.line for row in rows if row.is_too_large)
        reason = f"line {line:,} holds a cell of more than {LONGEST_CELL:,} letters: this is no table"
        raise SourceError(reason, path=path.name, fault="too_large")
    return rows


def _regularity(rows: Sequence[RawRow]) -> tuple[bool, int, float, int]:
    """How much rows cut in one way look like a table: known headers first, then rows of one width."""
    widths = [len(row.cells) for row in rows if any(row.cells)]
    if not widths:
        return False, 0, 0.0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    known = max(sum(map(is_known_header, row.cells)) for row in rows[:_HEAD])
    return usual > 1, known, widths.count(usual) / len(widths), usual


def _header(path: Path, rows: Sequence[RawRow]) -> tuple[int, tuple[str, ...], tuple[int, ...]]:
    """The line of the header, the names of the columns in use, and where they stand.

    The row with most known headers; without any, the first that is as wide as the table and has no empty cell between.
    """
    filled = [row for row in rows[:_HEAD] if any(row.cells)]
    width = max((sum(map(bool, row.cells)) for row in filled), default=0)
    if width < 2:  # noqa: PLR2004 - two columns make a table
        reason = f"“{path.name}” has only one column; a table needs at least two, such as a name and a date"
        raise BadInputError(reason, path=str(path))
    known = [sum(map(is_known_header, row.cells)) for row in filled]
    most = max(known)
    if most > 1 or (most == 1 and width == 2):  # noqa: PLR2004 - as above
        header = filled[known.index(most)]
    else:
        header = next(row for row in filled if sum(map(bool, row.cells)) >= max(2, 0.7 * width))
    below = [row.cells for row in rows if row.line > header.line]
    if not any(map(any, below)):
        reason = f"“{path.name}” has a header but no rows"
        raise BadInputError(reason, path=str(path))
    places = [place for place in range(max(len(row.cells) for row in rows)) if _is_used(place, header.cells, below)]
    if len(places) > MOST_COLUMNS:
        reason = f"“{path.name}” has {len(places):,} columns; a table of more than {MOST_COLUMNS:,} is not read"
        raise BadInputError(reason, path=str(path))
    return header.line, _names(header.cells, places), tuple(places)


def _is_used(place: int, header: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    if place < len(header) and header[place]:
        return True
    return any(place < len(cells) and cells[place] for cells in below)


def _names(header: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    """What columns are called: a number stands for no name, and behind a name that came before."""
    names: list[str] = []
    for number, place in enumerate(places, start=1):
        name = " ".join(header[place].split())[:100] if place < len(header) and header[place] else f"Column {number}"
        twin, count = name, 1
        while twin in names:
            count += 1
            twin = f"{name} ({count})"
        names.append(twin)
    return tuple(names)
