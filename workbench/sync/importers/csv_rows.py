"""Rows of a CSV file whatever made it: charset, separator and header found out, rows streamed with their lines."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.sync.charsets import likely_charset, scrub

DELIMITERS = ",;\t|"
_SAMPLE = 8192
_CHECKED = 1 << 20
_LONGEST_FIELD = 25_000_000
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


def shape_of(path: Path, wanted: frozenset[str]) -> Shape | None:
    """How to read `path` so that its header holds all `wanted` columns; None if no way of reading it does."""
    encoding = _encoding(path)
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
    csv.field_size_limit(_LONGEST_FIELD)
    with (
        path.open("rb") as packed,
        io.TextIOWrapper(packed, encoding=shape.encoding, errors="replace", newline="") as file,
    ):
        reader = csv.reader(file, delimiter=shape.delimiter)
        next(reader, None)
        while True:
            try:
                fields = next(reader, None)
            except csv.Error as error:
                yield Row(reader.line_num, {}, packed.tell(), f"this row cannot be read: {error}")
                continue
            if fields is None:
                return
            if not any(fields):
                continue
            read = packed.tell()
            if len(fields) > len(shape.columns):
                yield Row(reader.line_num, {}, read, f"{len(fields)} fields under {len(shape.columns)} columns")
                continue
            named = {column: scrub(field).strip() for column, field in zip(shape.columns, fields, strict=False)}
            yield Row(reader.line_num, named, read)


def _delimiters(sample: str) -> tuple[str, ...]:
    """Separators to try, the sniffed one first; nothing else is sniffed, for a sample may not show it."""
    try:
        first = csv.Sniffer().sniff(sample, delimiters=DELIMITERS).delimiter
    except csv.Error:  # one column, or too little text to tell
        return tuple(DELIMITERS)
    return (first, *DELIMITERS.replace(first, ""))


def _encoding(path: Path) -> str:
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
            return likely_charset(_around(path, file.tell() - len(chunk) + error.start))
    return "utf-8"


def _around(path: Path, place: int) -> bytes:
    """Bytes from a little before `place` on: where the first odd letter is, there are others to judge by."""
    with path.open("rb") as file:
        file.seek(max(0, place - _SAMPLE))
        return file.read(2 * _SAMPLE)
