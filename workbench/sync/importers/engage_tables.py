"""Tables of a Viva Engage export: rows of a CSV stream by column name, with caps that hold whatever the file says."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import BinaryIO

from workbench.errors import SourceError

LONGEST_FIELD = 2_000_000
LONGEST_ROW = 16_000_000
_LONGEST_LINE = 1 << 20
_NOTHING = "null"

Fields = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the header: its number (the first is 1), the columns asked for, or a `fault` and no columns."""

    number: int
    fields: Fields
    fault: str = ""


class Table:
    """One CSV stream: UTF-8 with or without a mark at its start, commas, fields that go over several lines.

    Columns are found by name, whatever their order and case. Closing is the stream's owner's business.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        csv.field_size_limit(LONGEST_FIELD)
        self._lines = _Lines(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=""), name)
        self._reader = csv.reader(self._lines)
        try:
            header = next(self._reader, [])
        except csv.Error:  # what follows has no columns by any name either
            header = []
        self._width = len(header)
        self._places = {_column(column): place for place, column in reversed(list(enumerate(header)))}

    def has(self, *columns: str) -> bool:
        """Whether there is a column of one of these names."""
        return any(column in self._places for column in columns)

    def rows(self, *columns: str | Sequence[str]) -> Iterator[TableRow]:
        """These columns of every row, in this order; "" where a row or the table has no such column or says null.

        A column given with several names is the first of them that the table has. A row with more fields than the
        header, or that is no CSV, comes with a fault. Refuses a row longer than 16 MB (SourceError, `damaged`).
        """
        pick = self._picker(columns)
        number = 0
        while True:
            self._lines.taken = 0
            try:
                fields = next(self._reader, None)
            except csv.Error:
                number += 1
                yield TableRow(number, (), "this row cannot be read")
                continue
            if fields is None:
                return
            if not fields:  # a blank line
                continue
            number += 1
            missing = self._width - len(fields)
            if missing < 0:
                yield TableRow(number, (), f"{len(fields)} fields under {self._width} columns")
                continue
            fields += [""] * (missing + 1)
            yield TableRow(number, pick(fields))

    def _picker(self, columns: Sequence[str | Sequence[str]]) -> Callable[[list[str]], Fields]:
        choices = [(column,) if isinstance(column, str) else column for column in columns]
        places = [
            next((self._places[name] for name in names if name in self._places), self._width) for names in choices
        ]
        pick = itemgetter(*places, self._width)  # one more, so that one column gives a tuple too

        def picked(fields: list[str]) -> Fields:
            return tuple(["" if field == _NOTHING else field for field in pick(fields)[:-1]])

        return picked


class _Lines:
    """The lines of a text, long ones in pieces; `taken` letters since it was last set to 0 may not be too many."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self._text = text
        self._name = name
        self.taken = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.taken += len(line)
        if self.taken > LONGEST_ROW:
            reason = f"a row is longer than {LONGEST_ROW // 1_000_000} MB; perhaps a quotation mark is missing"
            raise SourceError(reason, path=self._name, fault="damaged")
        # Nothing in a table means NUL, and the parser of older Python versions stumbles over it.
        return line.replace("\0", "") if "\0" in line else line


def _column(name: str) -> str:
    return "_".join(name.replace("\ufeff", "").strip().lower().split())
