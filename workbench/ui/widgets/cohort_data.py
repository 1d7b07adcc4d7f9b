"""Figure: rows and columns of numbers beside their share of a whole, free of Qt; its table as CSV and in words."""

from dataclasses import dataclass

from workbench.export.cells import csv_table
from workbench.ui.widgets.chart_data import WITHHELD

MOST_DRAWN = 24
"""So many rows are drawn, the last ones; tables and files have all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`share` (0 to 1) is how long a bar or how deep a shade is, None where it is not known; `words` stand on it.

    `value` is what a file gets, empty for nothing; `is_withheld` says that it must not get it.
    """

    words: str
    share: float | None
    value: str = ""
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row; `beside` are a few more words on it."""

    title: str
    cells: tuple[Cell, ...]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`corner` names what rows are, `heads` the columns; `note` is what has to be known to read it."""

    title: str
    subtitle: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    note: str = ""

    @property
    def drawn(self) -> tuple[FigureRow, ...]:
        """The rows a picture has room for."""
        return self.rows[-MOST_DRAWN:]

    def csv(self) -> str:
        """The table as CSV, without what is withheld; a cell never begins like a formula."""
        lines = [(self.corner.lower(), *(head.lower() for head in self.heads))]
        lines += [
            (row.title, *(WITHHELD if cell.is_withheld else cell.value for cell in row.cells)) for row in self.rows
        ]
        return csv_table(lines)

    def told(self, row: int, column: int) -> str:
        """One cell of the drawn rows in words."""
        line = self.drawn[row]
        return f"{line.title}, {self.heads[column].lower()}: {line.cells[column].words}"

    def spoken(self) -> str:
        """The whole in words, for screen readers."""
        said = [
            f"{row.title}: "
            + ", ".join(f"{head.lower()} {cell.words}" for head, cell in zip(self.heads, row.cells, strict=True))
            + (f" ({row.beside})" if row.beside else "")
            + "."
            for row in self.rows
        ]
        return " ".join(filter(None, (*said, self.note))) or "No data."
