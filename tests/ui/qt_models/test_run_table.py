"""The history table: newest first when asked, marks by state, dashes where nothing was fetched."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from tests.ui.test_run_words import RUN
from workbench.models.kinds import RunState
from workbench.ui.qt_models import run_table
from workbench.ui.qt_models.rows_model import MARK
from workbench.ui.qt_models.run_table import RunTableModel


def test_rows_sort_by_moment_and_show_what_was_done(qapp):
    model = RunTableModel()
    later = replace(
        RUN, id=2, community="Wells", started_at=RUN.started_at + timedelta(hours=1), requests=3, bytes_in=2000
    )
    model.set_rows([RUN, later])
    model.sort(run_table.STARTED, Qt.SortOrder.DescendingOrder)
    assert model.index(0, run_table.COMMUNITY).data() == "Wells"
    assert [model.index(row, run_table.REQUESTS).data() for row in (0, 1)] == ["3", "–"]
    assert model.index(1, run_table.DATA).data() == "–"


def test_a_state_has_its_icon_and_its_word(qapp):
    model = RunTableModel()
    model.set_rows([replace(RUN, state=RunState.FAILED, error_code="line")])
    assert model.index(0, run_table.RESULT).data() == "Failed"
    assert model.index(0, run_table.RESULT).data(MARK) == ("x-circle", "bad")
    model.set_running(is_running=True)
    model.set_rows([replace(RUN, state=RunState.RUNNING)])
    assert model.index(0, run_table.RESULT).data(MARK) == ("arrows-clockwise", "second")
