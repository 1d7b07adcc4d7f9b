"""RunTableModel: the history of syncs and imports, one row for each run."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject

from workbench.models.kinds import RunState
from workbench.queries.sync_status import RunRow
from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.run_words import run_title, run_words
from workbench.ui.theme import MEANING_ICONS, Meaning

COMMUNITY, STARTED, RESULT, ADDED, CHANGED, HELD_BACK, REQUESTS, DATA = range(8)
WIDTHS: Final = (0, 168, 200, 96, 96, 104, 96, 96)
GIVES_WAY: Final = (REQUESTS, DATA, CHANGED, HELD_BACK)
"""Columns that are left out first where there is little room."""


class RunTableModel(RowsModel[RunRow]):
    """`set_running` says whether a run without an end is still going on; otherwise it was interrupted."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._is_running = False
        columns: tuple[Column[RunRow], ...] = (
            Column("Community", lambda row: row.community, lambda row: row.community.casefold(), tip=self._tip),
            Column("Started", lambda row: numbers.moment(row.started_at), _started, 168, tip=self._tip),
            Column("Result", self._title, self._title, 200, mark=self._mark, tip=self._tip),
            Column("Added", lambda row: numbers.count(row.added), lambda row: row.added, 96, is_number=True),
            Column("Changed", lambda row: numbers.count(row.changed), lambda row: row.changed, 96, is_number=True),
            Column("Held back", lambda row: numbers.count(row.rejected), lambda row: row.rejected, 104, is_number=True),
            Column("Requests", _requests, lambda row: row.requests, 96, is_number=True),
            Column("Data", _data, lambda row: row.bytes_in + row.bytes_out, 96, is_number=True),
        )
        super().__init__(columns, words=lambda row: f"{row.community} {row.account} {self._title(row)}", parent=parent)

    def set_running(self, *, is_running: bool) -> None:
        """Says whether anything is being synced now."""
        self._is_running = is_running

    def _title(self, row: RunRow) -> str:
        return run_title(row, is_running=self._is_running)[0]

    def _mark(self, row: RunRow) -> tuple[str, str]:
        meaning = run_title(row, is_running=self._is_running)[1]
        icon = (
            "arrows-clockwise"
            if row.state is RunState.RUNNING and meaning is Meaning.NEUTRAL
            else MEANING_ICONS[meaning]
        )
        return icon, "second" if meaning is Meaning.NEUTRAL else meaning.value

    def _tip(self, row: RunRow) -> str:
        return run_words(row, is_running=self._is_running)[0]


def _started(row: RunRow) -> tuple[datetime, int]:
    return row.started_at, row.id


def _requests(row: RunRow) -> str:
    return numbers.count(row.requests) if row.requests else numbers.MISSING


def _data(row: RunRow) -> str:
    return numbers.size(row.bytes_in + row.bytes_out) if row.requests else numbers.MISSING
