"""The table wizard: refused files, a check that writes nothing, the import in its child, the result and the undo."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from tests.sync.importers.table_files import FRENCH, THREADS, csv_bytes, xlsx_bytes
from tests.ui.conftest import WATER
from tests.ui.pages.sync_page import made_page
from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.pages.table_import import TableImportPanel, is_table


@pytest.fixture
def panel(qtbot, context: Context) -> TableImportPanel:
    context.sources.start()
    made = TableImportPanel(context, context.sources)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    made.start()
    settle(qtbot, context.jobs)
    return made


def given(folder: Path, data: bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def stored(context: Context, table: str = "event") -> int:
    with context.workspace.database.read() as reader:
        return int(reader.scalar(f"SELECT count(*) FROM {table}"))


def test_table_is_checked_imported_and_taken_out_again(
    qtbot, tmp_path: Path, context: Context, panel: TableImportPanel
):
    rows = [*THREADS, ["Chen Model", "soon", "Pumps", "When?"]]
    panel.take([given(tmp_path, csv_bytes(rows))])
    settle(qtbot, context.jobs)
    assert panel._map.name.text() == "people"
    panel._check.click()
    assert panel._check.text() == "Stop checking"
    settle(qtbot, context.jobs)
    assert panel._go.text() == "Import 2 rows"
    assert panel._map._found.text.startswith("2 rows can be read, of 2 people")
    assert stored(context) == 0
    panel._go.click()
    settle(qtbot, context.jobs)
    assert panel._outcome.view._title.text() == "people is here, but for a few items"
    assert (stored(context), panel._outcome._undo.isVisible()) == (2, True)
    with qtbot.waitSignal(panel.dashboard_wanted):
        panel._outcome.view._open.click()
    panel._outcome._undo.click()
    settle(qtbot, context.jobs)
    assert panel._state.text() == "Undone. Nothing of “people” is left."
    assert (stored(context), stored(context, "account"), stored(context, "person")) == (0, 0, 0)
    assert panel._go.isEnabled()


def test_file_that_is_no_table_is_refused_in_place(qtbot, tmp_path: Path, context: Context, panel: TableImportPanel):
    panel.take([given(tmp_path, b"%PDF-1.7")])
    settle(qtbot, context.jobs)
    assert "is a PDF document" in panel._refusal.text
    assert panel._parts.shown() is panel._choosing
    panel.take([given(tmp_path, csv_bytes(THREADS))])
    settle(qtbot, context.jobs)
    assert panel._parts.shown() is panel._mapping


def test_import_waits_for_the_answer_about_dates(qtbot, tmp_path: Path, context: Context, panel: TableImportPanel):
    panel.take([given(tmp_path, csv_bytes(FRENCH))])
    settle(qtbot, context.jobs)
    assert not panel._go.isEnabled()
    assert not panel._check.isEnabled()
    panel._map._day_first.setChecked(True)
    assert panel._go.isEnabled()


def test_what_joined_a_community_offers_no_undo(
    qtbot, tmp_path: Path, filled, context: Context, panel: TableImportPanel
):
    panel.start(community=WATER)
    panel.take([given(tmp_path, csv_bytes(THREADS))])
    settle(qtbot, context.jobs)
    assert panel._map.name.text() == WATER
    panel._go.click()
    settle(qtbot, context.jobs)
    assert not panel._outcome._undo.isVisible()
    assert "told apart from the rest by nothing" in panel._outcome._words.text()


def test_file_that_goes_away_is_told_where_the_table_stands(
    qtbot, tmp_path: Path, context: Context, panel: TableImportPanel
):
    path = given(tmp_path, csv_bytes(THREADS))
    panel.take([path])
    settle(qtbot, context.jobs)
    path.unlink()
    for button in (panel._check, panel._go):
        button.click()
        settle(qtbot, context.jobs)
        assert "cannot be read" in panel._map._problem.text
        assert panel._parts.shown() is panel._mapping
    assert stored(context, "account") == 0


def test_check_that_is_stopped_leaves_everything_as_it_was(
    qtbot, tmp_path: Path, context: Context, panel: TableImportPanel
):
    panel.take([given(tmp_path, csv_bytes(THREADS))])
    settle(qtbot, context.jobs)
    panel._check.click()
    panel._check.click()
    settle(qtbot, context.jobs)
    assert panel._check.text() == "Check all rows"
    assert panel._go.text() == "Import"
    assert not panel._map._found.text


def test_another_sheet_is_looked_into(qtbot, tmp_path: Path, context: Context, panel: TableImportPanel):
    sheets = {"Members": [["Name", "Role"], ["Amina", "Lead"]], "Old": [["Name", "Country"], ["Bo", "Peru"]]}
    panel.take([given(tmp_path, xlsx_bytes(sheets), "book.xlsx")])
    settle(qtbot, context.jobs)
    panel._map.sheet_wanted.emit("Old")
    settle(qtbot, context.jobs)
    assert panel._order is not None
    assert panel._order.sheet == "Old"


def test_every_button_has_a_name(panel: TableImportPanel):
    assert all(button.accessibleName() for button in panel.findChildren(QPushButton))


def test_page_opens_it_and_takes_a_dropped_table_there(qtbot, tmp_path: Path, context: Context):
    page = made_page(qtbot, context)
    page.opened("table")
    assert page.panels.tables.isVisible()
    page.take_focus()
    qtbot.waitUntil(page.panels.tables._drop.files.hasFocus)
    page.panels.tables.take([given(tmp_path, csv_bytes(THREADS))])
    settle(qtbot, context.jobs)
    assert page.panels.tables._parts.shown() is page.panels.tables._mapping
    assert page.go_back()
    assert is_table([Path("a.XLSX")])
    assert not is_table([Path("a.mbox")])
    assert not is_table([Path("a.csv"), Path("b.csv")])
