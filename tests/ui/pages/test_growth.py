"""The growth page: one journey through its charts, notes and head count, and its other states."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.pages.growing import GROWERS, fill
from tests.ui.pages.saving import save_as
from tests.ui.settled import settle
from workbench.queries.frames_plans import head_count
from workbench.ui.pages.growth import GrowthPage
from workbench.ui.widgets.plot import Plot


@pytest.fixture
def page(qtbot, window, context, workspace) -> GrowthPage:
    context.open_page("growth", int(fill(workspace)))
    shown = window.page()
    qtbot.waitUntil(lambda: shown.is_settled() and not context.jobs.running(), timeout=20_000)
    return shown


def test_charts_explain_themselves_and_notes_and_head_count_stand_where_they_were_written(qtbot, page, window, context):
    assert all(chart.findChildren(Plot) for chart in page.charts.values())
    assert page._subtitle.text() == "growth · 1 Jul 2023 to 14 Jun 2024, twelve months at least"
    page.explain("funnel")
    assert page.inspector() is page.side
    assert dict(page.side.lines)["Formula"].startswith("people who joined in the window")
    assert "Formula" in page._helps["cohorts"].button.toolTip()
    page.explain("adoption")
    assert (page.side._value.text(), page.side._chip.isHidden()) == ("No data", True), "only the head count is missing"
    assert page.go_back()
    assert page.inspector() is None
    page.notes.begin(date(2024, 5, 7))
    assert page.go_back()  # puts the line away
    page.staff.begin()
    assert page.go_back()
    assert page.staff._fields.isHidden()
    page.notes.begin(date(2024, 5, 7))
    page.notes.words.setText("New platform")
    qtbot.keyClick(page.notes.words, Qt.Key.Key_Return)
    assert page.notes._editor.isHidden(), "the key must not press the button that got the keyboard"
    qtbot.waitUntil(lambda: page.can_undo() and bool(page._data.notes) and page.is_settled())
    assert page.charts["weeks"]._data.notes[0].words == "New platform"
    assert "New platform" in page.charts["weeks"]._data.csv()
    context.open_page("dashboard")
    settle(qtbot, context.jobs)
    dashboard = window.page()
    assert [note.words for note in dashboard._charts["messages"]._data.notes] == ["New platform"]
    context.open_page("growth")
    page.undo()
    qtbot.waitUntil(lambda: page.can_redo() and not page._data.notes and page.is_settled())
    page.staff.kept.emit(90, date(2024, 6, 1), "Staff list", False)
    qtbot.waitUntil(lambda: page._data.head_count is not None and page.is_settled())
    with context.workspace.database.read() as reader:
        assert head_count(reader, context.scope, on=date(2024, 6, 15)).people == 90
    assert page._data.name == GROWERS
    assert page.charts["adoption"]._data.levels
    page.undo()
    qtbot.waitUntil(lambda: page._data.head_count is None and page.is_settled())
    page.redo()
    qtbot.waitUntil(lambda: page._data.head_count is not None and page.is_settled())


def test_tables_take_the_place_of_every_chart_and_figure_and_leave_as_files(qtbot, page, context, tmp_path):
    context.set_shows_tables(shows=True)
    qtbot.waitUntil(page.is_settled)
    assert not any(card.view.isVisible() for card in page.figures.values())
    assert page._tables.text() == "Show as charts"
    for name, card in (("Contributors", page.charts["contributors"]), ("Funnel", page.figures["funnel"])):
        card.save_csv()
        span = f"{page._data.window.start_on.isoformat()} to {page._data.last.isoformat()}"
        save_as(qtbot, page, tmp_path / "one.csv", proposed=f"{name} {GROWERS} {span}.csv")
        settle(qtbot, context.jobs)
        card.copy_csv()
        assert (tmp_path / "one.csv").read_bytes().decode("utf-8-sig") == QGuiApplication.clipboard().text()


def test_cards_stand_in_one_column_beside_an_explanation(qtbot, page, window):
    window.resize(1366, 768)
    assert page.charts["adoption"].x() != page.charts["contributors"].x()
    page.explain("split")
    qtbot.waitUntil(lambda: page.charts["adoption"].x() == page.charts["contributors"].x())
    qtbot.waitUntil(lambda: not page._helps["split"].button.visibleRegion().isEmpty())


def test_without_days_of_joining_the_funnel_says_so_once(qtbot, window, context, water_id):
    context.open_page("growth", int(water_id))
    settle(qtbot, context.jobs)
    shown = window.page()
    assert [key for key, card in shown.figures.items() if card.isHidden()] == ["cohorts", "apart"]
    assert "Nobody joined on a known date" in shown.figures["funnel"].view.figure.note


def test_before_anything_is_here_the_first_step_is_offered(qtbot, window, context):
    context.open_page("growth")
    settle(qtbot, context.jobs)
    assert window.page()._panel.isVisible()
    assert window.page().is_settled()
    assert not window.page()._tables.isVisible()
