"""QuarantineTableModel: what could not be read, with its place and the reason, one row for each item."""

from typing import Final

from PySide6.QtCore import QObject

from workbench.queries.sync_status import QuarantineRow
from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel

FILE, PLACE, REASON, COMMUNITY, SEEN = range(5)
WIDTHS: Final = (0, 136, 0, 184, 128)
GIVES_WAY: Final = (SEEN, COMMUNITY)
"""Columns that are left out first where there is little room."""


class QuarantineTableModel(RowsModel[QuarantineRow]):
    """Sorted as read: by community, file and place."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[Column[QuarantineRow], ...] = (
            Column("File or page", lambda row: row.source, _place_key, tip=lambda row: row.source),
            Column("At byte", lambda row: numbers.count(row.position), lambda row: row.position, 136, is_number=True),
            Column("Why it was held back", reason_of, lambda row: row.reason.casefold(), tip=reason_of),
            Column("Community", lambda row: row.community, lambda row: row.community.casefold(), 184),
            Column("Seen", lambda row: numbers.day_of(row.seen_at), lambda row: row.seen_at, 128),
        )
        super().__init__(columns, words=lambda row: f"{row.source} {row.reason} {row.community}", parent=parent)

    def text(self) -> str:
        """Every row shown as tab-separated lines under a heading, to be pasted elsewhere."""
        lines = [("Community", "File", "Byte", "Reason")]
        rows = (self.row_at(place) for place in range(self.rowCount()))
        lines += [(row.community, row.source, str(row.position), row.reason) for row in rows]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def reason_of(row: QuarantineRow) -> str:
    """The reason with a capital letter."""
    return row.reason[:1].upper() + row.reason[1:]


def _place_key(row: QuarantineRow) -> tuple[str, int]:
    return row.source.casefold(), row.position
