"""The cards of a plan as CSV that no spreadsheet takes for formulas; also the rule for every other CSV we write."""

import csv
import io
from collections.abc import Iterable, Sequence

from workbench.export.summary import PlanSummary
from workbench.export.wording import board_header, board_rows

# OWASP, CSV injection; the full-width forms are read as formulas by some East Asian spreadsheets.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")


def safe_cell(text: str) -> str:
    """Text that stays text: an apostrophe in front of anything that could begin a formula, also after spaces."""
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}").startswith(DANGEROUS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark (spreadsheets need it for Arabic and Chinese), RFC 4180 line ends."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([safe_cell(cell.replace("\0", "")) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


class CsvExporter:
    """One row per card."""

    key = "csv"
    title = "Cards as a table (CSV)"
    suffix = ".csv"

    def render(self, summary: PlanSummary) -> bytes:
        """The board, column by column."""
        return csv_bytes(board_header(summary), board_rows(summary))
