"""The Roll-up page: first use, tables with what is missing named, drill-down, import, export, and an office's file."""

from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.pages.rollup_parts import a_folder, taken_in
from tests.ui.plan_samples import listen
from workbench.operations.rollup import expect_office
from workbench.ui.context import Context
from workbench.ui.pages.rollup import MEASURES, OFFICES, PLANS, RollupPage, missing_words
from workbench.workspace import Workspace


def a_page(qtbot, context: Context) -> RollupPage:
    page = RollupPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    rest(qtbot, page)
    return page


def rest(qtbot, page: RollupPage) -> None:
    qtbot.waitUntil(lambda: page.is_settled() and not page.context.jobs._newest, timeout=20_000)


def expect(workspace: Workspace, *codes: str) -> None:
    for code in codes:
        expect_office(workspace, place=workspace.database, code=code, name=code.upper())


def test_with_nothing_behind_it_the_page_says_what_it_is_for(qtbot, context: Context):
    page = a_page(qtbot, context)
    assert page._panel.accessibleName() == "Roll up what offices send"
    page.opened("import")
    assert page._inner.currentWidget() is page.importing
    assert page.go_back()
    assert page._panel.isVisible()


def test_coverage_and_missing_offices_are_named_and_never_zero(qtbot, context: Context, tmp_path):
    workspace = context.workspace
    expect(workspace, "ken", "uga", "tza")
    page = a_page(qtbot, context)
    assert page._tabs.currentIndex() == OFFICES
    taken_in(workspace, a_folder(workspace, tmp_path / "in", "ken", "uga", sequences=(1, 3)))
    page.mark_stale()
    rest(qtbot, page)
    assert page._note_text.text().startswith("2 of 3 offices, newest ")
    assert page.missing.text == "Nothing came from TZA. Files are missing or came twice from KEN, UGA."
    rows = [[page.offices.index(row, column).data() for column in (0, 2, 3)] for row in range(3)]
    assert rows[1] == ["TZA", "–", "Nothing came"]


def test_enter_on_a_plan_shows_it_and_esc_leads_back(qtbot, context: Context, tmp_path):
    taken_in(context.workspace, a_folder(context.workspace, tmp_path / "in", "ken"))
    page = a_page(qtbot, context)
    view = page._views[PLANS]
    view.setCurrentIndex(page.plans.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    rest(qtbot, page)
    assert page._inner.currentWidget() is page.plan
    assert page._subtitle.text() == "Safe water, KEN"
    assert page.go_back()
    assert page._inner.currentWidget() is page._table
    assert not page.go_back()


def test_an_office_leads_to_its_plans_and_its_filter_stays_with_them(qtbot, context: Context, tmp_path):
    taken_in(context.workspace, a_folder(context.workspace, tmp_path / "in", "ken", "uga"))
    page = a_page(qtbot, context)
    page.turn_to(OFFICES)
    page.open_office(page.offices.place_of(lambda row: row.name == "UGA"))
    assert (page._tabs.currentIndex(), page.plans.rowCount()) == (PLANS, 1)
    page.turn_to(MEASURES)
    assert (page.filter.text(), page.measures.rowCount()) == ("", 2)
    page.filter.setText("UGA")
    assert page._panel.accessibleName() == "Nothing matches"
    page.turn_to(PLANS)
    assert (page.filter.text(), page.plans.rowCount(), page._table.isVisible()) == ("UGA", 1, True)
    page.turn_to(MEASURES)
    assert page._panel.accessibleName() == "Nothing matches"


def test_a_dropped_folder_is_taken_in_and_shown(qtbot, context: Context, tmp_path):
    folder = a_folder(context.workspace, tmp_path / "in", "ken")
    page = a_page(qtbot, context)
    page.opened(f"import:{folder}")
    rest(qtbot, page)
    assert page.importing.result is not None
    page.importing.left.emit()
    rest(qtbot, page)
    assert page.plans.rowCount() == 1


def test_tables_are_written_and_an_odd_ending_is_told(qtbot, context: Context, tmp_path):
    taken_in(context.workspace, a_folder(context.workspace, tmp_path / "in", "ken"))
    page, said = a_page(qtbot, context), listen(context)
    for ending in ("xlsx", "csv"):
        out: Path = tmp_path / f"roll-up.{ending}"
        page.export(out)
        rest(qtbot, page)
        assert out.is_file()
        assert said[-1][0].startswith(f"Saved roll-up.{ending}, ")
    page.export(tmp_path / "roll-up.odd")
    rest(qtbot, page)
    assert ".xlsx or .csv" in said[-1][0]


def test_a_list_of_offices_is_read(qtbot, context: Context, tmp_path):
    page, said = a_page(qtbot, context), listen(context)
    listed = tmp_path / "offices.csv"
    listed.write_text("code,name\nken,Kenya\n", "utf-8")
    page.expect(listed)
    rest(qtbot, page)
    rest(qtbot, page)
    assert said[-1][0] == "1 office is on the list now."
    assert page.offices.rowCount() == 1


def test_an_office_finds_its_own_file_here(qtbot, context: Context):
    page = a_page(qtbot, context)
    page.opened("send")
    rest(qtbot, page)
    assert page._inner.currentWidget() is page.sending
    assert page._title.text() == "Send to headquarters"
    assert not page._up.isVisible()


def test_nothing_missing_is_not_mentioned(qtbot, context: Context, tmp_path):
    taken_in(context.workspace, a_folder(context.workspace, tmp_path / "in", "ken"))
    page = a_page(qtbot, context)
    assert page._report is not None
    assert missing_words(page._report) == ""
    assert not page.missing.isVisible()


def test_a_filter_that_hides_all_says_so_and_is_cleared(qtbot, context: Context, tmp_path):
    taken_in(context.workspace, a_folder(context.workspace, tmp_path / "in", "ken"))
    page = a_page(qtbot, context)
    page.filter.setText("nowhere")
    assert page._panel.accessibleName() == "Nothing matches"
    page.filter.clear()
    assert page._table.isVisible()
