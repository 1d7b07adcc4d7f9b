"""The cards of a plan as CSV that no spreadsheet takes for formulas; also how every other table is written."""

import csv
import io
from collections.abc import Iterable, Sequence

from workbench.export.cells import safe_cell
from workbench.export.summary import PlanSummary
from workbench.export.wording import board_header, board_rows


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark (spreadsheets need it for Arabic and Chinese), RFC 4180 line ends."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerows([safe_cell(cell.replace("\0", "")) for cell in row] for row in (header, *rows))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


class CsvExporter:
    """One row per card."""

    key = "csv"
    title = "Cards as a table (CSV)"
    suffix = ".csv"

    def render(self, summary: PlanSummary) -> bytes:
        """The board, column by column."""
        return csv_bytes(board_header(summary), board_rows(summary))
