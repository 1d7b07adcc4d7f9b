"""The rule for every table we hand on: a cell is text, whatever a name in it begins with."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

# OWASP, CSV injection; the full-width forms are read as formulas by some East Asian spreadsheets.
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
# Spaces, and what is not seen: joiners, marks of direction (a name may turn what follows around), a byte order mark.
UNSEEN: Final = (
    " \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}"
    + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))))
)  # fmt: skip


class Figure(str):
    """A number written out by `plain`: no text anybody typed, so a minus in front of it begins no formula."""

    __slots__ = ()


def safe_cell(text: str) -> str:
    """Text that stays text: an apostrophe in front of anything that could begin a formula, also after spaces."""
    return f"'{text}" if text.lstrip(UNSEEN).startswith(DANGEROUS) else text


def csv_cell(text: str) -> str:
    """A cell as it stands in a line of CSV (RFC 4180); a number of our own stays one, below zero as well."""
    if isinstance(text, Figure):
        return text
    text = safe_cell(text.replace("\0", ""))
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def csv_table(rows: Iterable[Sequence[str]]) -> str:
    """Rows, the first of them titles, as CSV."""
    return "".join(",".join(map(csv_cell, row)) + "\r\n" for row in rows)


def plain(number: float) -> Figure:
    """A number as tables for other programs hold it: whole ones whole, others with twelve figures, no exponent.

    Twelve, because sums and shares are taken of these cells again; what lies behind them is how a computer counts.
    """
    if number == int(number):
        return Figure(f"{number:.0f}")
    return Figure(f"{Decimal(f'{number:.12g}'):f}")
