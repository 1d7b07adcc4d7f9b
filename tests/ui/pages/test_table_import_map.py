"""One table before it is imported: the question about dates, what is missing, what is doubtful, and a trial's end."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.builders import NOW
from tests.sync.importers.table_files import FRENCH, THREADS, csv_bytes, xlsx_bytes
from workbench.operations.tables import Trial, look_into_table
from workbench.sync.importers.cells import DayOrder
from workbench.sync.importers.table_mapping import TableField, TableKind
from workbench.sync.records import Rejected
from workbench.ui.pages.table_import_map import TableMapView
from workbench.ui.theme import Theme

F = TableField


@pytest.fixture
def view(qtbot, theme: Theme) -> TableMapView:
    made = TableMapView(theme, now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def show(view: TableMapView, folder: Path, data: bytes, *, known: tuple[str, ...] = ()) -> None:
    path = folder / "table"
    path.write_bytes(data)
    view.show_look(look_into_table(None, path=path), community="Water", known=list(known))


def test_open_dates_have_to_be_answered(qtbot, tmp_path: Path, view: TableMapView):
    show(view, tmp_path, csv_bytes(FRENCH))
    assert view._dates.isVisible()
    assert "05/01/2024" in view._date_question.text()
    assert view._problem.text == "Say first whether the day or the month comes first."
    assert view.order() is None
    view.take_focus()
    qtbot.waitUntil(view._day_first.hasFocus)
    with qtbot.waitSignal(view.changed):
        view._month_first.setChecked(True)
    order = view.order()
    assert order is not None
    assert order.mapping.day_order is DayOrder.MONTH_FIRST
    assert view.grid.model().index(0, 4).data() == "2024-05-01"
    assert not view._problem.text


def test_dates_that_are_clear_are_not_asked_about(tmp_path: Path, view: TableMapView):
    show(view, tmp_path, csv_bytes(THREADS))
    assert not view._dates.isVisible()
    order = view.order()
    assert order is not None
    assert (order.community, order.mapping.kind, order.sheet) == ("Water", TableKind.POSTS, None)


def test_another_kind_is_guessed_anew_and_what_is_missing_is_said(tmp_path: Path, view: TableMapView):
    show(view, tmp_path, csv_bytes(THREADS))
    view.kind.setCurrentIndex(view.kind.findData("members"))
    assert view.grid.columns() == (F.NAME, F.JOINED, None, None)
    view.grid.boxes()[0].setCurrentIndex(0)
    assert view._problem.text == "Choose the column for: a name or an e-mail."
    assert view.order() is None
    view.take_focus()
    view.grid.boxes()[0].setCurrentText("Joined on")
    assert view._problem.text.startswith("Two columns are “Joined on”.")


def test_name_says_whether_it_joins_something(tmp_path: Path, view: TableMapView):
    show(view, tmp_path, csv_bytes(THREADS), known=("WATER",))
    assert "Joins “WATER”" in view._name_field.hint.text()
    view.name.setText("Another")
    assert view._name_field.hint.text() == "A new community of this name."
    view.name.clear()
    assert view.order() is None


def test_doubts_and_sheets_are_shown(qtbot, tmp_path: Path, view: TableMapView):
    rows = [["Name", "Member", "E-mail"], ["Amina", "Amina E.", "amina@example.org"]]
    show(view, tmp_path, xlsx_bytes({"Members": rows, "Old": rows}))
    assert "could be meant as well" in view._doubts.text
    assert view._sheet_field.isVisible()
    with qtbot.waitSignal(view.sheet_wanted) as asked:
        view.sheet.setCurrentText("Old")
        view.sheet.activated.emit(1)
    assert asked.args == ["Old"]


def test_trial_lists_rows_that_cannot_be_read_and_is_dropped_when_something_changes(tmp_path: Path, view: TableMapView):
    show(view, tmp_path, csv_bytes(THREADS))
    view.show_trial(Trial(2, 2, 0, 1, (Rejected("t", 7, "bad_time", "no date"),), None, None))
    assert view._found.text == "2 rows can be read, of 2 people."
    assert [view._rejected.model().index(0, column).data() for column in range(2)] == ["7", "No date"]
    view.grid.boxes()[2].setCurrentIndex(0)
    assert not view._found.text
    assert not view._rejected.isVisible()
    view.show_trial(Trial(0, 0, 0, 0, (), None, None))
    assert view._found.text.startswith("No row can be read")


def test_tab_walks_from_the_dates_over_the_columns_to_the_rows(tmp_path: Path, view: TableMapView):
    show(view, tmp_path, csv_bytes(FRENCH))
    boxes = list(view.grid.boxes())
    chain, at = [], view._day_first.nextInFocusChain()
    while at is not view._day_first:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible():
            chain.append(at)
        at = at.nextInFocusChain()
    assert chain == [view._month_first, *boxes, view.grid, view.kind, view.name]
