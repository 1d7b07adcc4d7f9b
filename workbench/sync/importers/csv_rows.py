"""Rows of a CSV file whatever made it: charset, separator and header found out, rows streamed with their lines."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

from workbench.errors import SourceError
from workbench.sync.charsets import scrub

DELIMITERS = ",;\t|"
_SAMPLE = 8192
_CHECKED = 1 << 20
_LONGEST_FIELD = 25_000_000
_LIKELY = ("cp1252", "cp1251", "cp1256", "gb18030", "big5", "cp932", "cp949", "koi8_r")
_FIRST_ODD = 0x80
_TOO_FEW = 12
_BOMS = (  # the longer mark first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is to be read; `columns` are the lower-case names of its header."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: fields by column, the line it ends on, how far the file was read; a broken one has a `fault` only."""

    line: int
    fields: Mapping[str, str]
    read_bytes: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row by position. `line` counts from 1: the line it ends on, in a workbook the number of the row."""

    line: int
    cells: tuple[str, ...]
    read_bytes: int
    fault: str = ""
    is_too_large: bool = False


def shape_of(path: Path, wanted: frozenset[str]) -> Shape | None:
    """How to read `path` so that its header holds all `wanted` columns; None if no way of reading it does."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
    for delimiter in _delimiters(sample):
        header = next(csv.reader(sample.splitlines()[:1], delimiter=delimiter), [])
        columns = tuple(name.strip().lower() for name in header)
        if wanted <= set(columns):
            return Shape(encoding, delimiter, columns)
    return None


def rows(path: Path, shape: Shape) -> Iterator[Row]:
    """The rows below the header, blank ones left out. Formulas are text like any other."""
    lines = raw_rows(path, shape.encoding, shape.delimiter)
    next(lines, None)
    for raw in lines:
        if raw.fault:
            yield Row(raw.line, {}, raw.read_bytes, raw.fault)
        elif not any(raw.cells):
            continue
        elif len(raw.cells) > len(shape.columns):
            fault = f"{len(raw.cells)} fields under {len(shape.columns)} columns"
            yield Row(raw.line, {}, raw.read_bytes, fault)
        else:
            yield Row(raw.line, dict(zip(shape.columns, raw.cells, strict=False)), raw.read_bytes)


def raw_rows(path: Path, encoding: str, delimiter: str, *, longest: int = _LONGEST_FIELD) -> Iterator[RawRow]:
    """Every row as it stands, cells trimmed and without control characters; a row that breaks has a fault.

    Refuses a line that never seems to end (SourceError, `too_large`): it would have to be held whole.
    """
    csv.field_size_limit(longest)
    with (
        path.open("rb") as packed,
        io.TextIOWrapper(packed, encoding=encoding, errors="replace", newline="") as file,
    ):
        reader = csv.reader(_lines(file, path, limit=2 * longest), delimiter=delimiter)
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                is_long = "field limit" in str(error)
                fault = f"a cell of more than {longest:,} letters" if is_long else f"this row cannot be read: {error}"
                yield RawRow(reader.line_num, (), packed.tell(), fault, is_too_large=is_long)
                continue
            if cells is None:
                return
            yield RawRow(reader.line_num, tuple(scrub(cell).strip() for cell in cells), packed.tell())


def _lines(file: io.TextIOWrapper, path: Path, *, limit: int) -> Iterator[str]:
    while line := file.readline(limit):
        if len(line) >= limit:
            reason = f"a line of more than {limit:,} letters: this is no table"
            raise SourceError(reason, path=path.name, fault="too_large")
        yield line


def _delimiters(sample: str) -> tuple[str, ...]:
    """Separators to try, the sniffed one first; nothing else is sniffed, for a sample may not show it."""
    try:
        first = csv.Sniffer().sniff(sample, delimiters=DELIMITERS).delimiter
    except csv.Error:  # one column, or too little text to tell
        return tuple(DELIMITERS)
    return (first, *DELIMITERS.replace(first, ""))


def encoding_of(path: Path) -> str:
    """The charset of a file: its byte order mark, UTF-16 by its zeros, UTF-8 if all of it is, else a guess."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(_CHECKED)
        for mark, name in _BOMS:
            if head.startswith(mark):
                return name
        zeros = head[:_SAMPLE].count(0)
        if zeros > len(head[:_SAMPLE]) // 4:
            return "utf-16-le" if head[1::2][:_SAMPLE].count(0) >= head[::2][:_SAMPLE].count(0) else "utf-16-be"
        chunk = head
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(_CHECKED)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return _guessed(_around(path, file.tell() - len(chunk) + error.start))
    return "utf-8"


def _guessed(sample: bytes) -> str:
    """The likeliest of the charsets that spreadsheets save in; the commonest where too few letters tell."""
    if sum(byte >= _FIRST_ODD for byte in sample) < _TOO_FEW:
        return "cp1252"
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(_LIKELY), enable_fallback=False).best()
    return best.encoding if best is not None else "cp1252"


def _around(path: Path, place: int) -> bytes:
    """Bytes from a little before `place` on: where the first odd letter is, there are others to judge by."""
    with path.open("rb") as file:
        file.seek(max(0, place - _SAMPLE))
        return file.read(2 * _SAMPLE)
