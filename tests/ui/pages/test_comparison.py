"""The comparison page: chosen among communities, by name, benchmarks with their way back, CSV out."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import COLD, WATER
from tests.ui.pages.saving import save_as
from tests.ui.settled import settle
from workbench.models.kinds import CommunityType
from workbench.ui.pages.comparison_side import TypedBenchmark
from workbench.ui.qt_models.rows_model import MARK

PRACTICE = CommunityType.COMMUNITY_OF_PRACTICE


@pytest.fixture
def two(filled, water_id) -> tuple[int, int]:
    """Both communities, now of one type."""
    with filled.database.read() as reader:
        cold = reader.scalar("SELECT id FROM community WHERE name = ?", (COLD,))
    filled.mirror.set_community_type(cold, PRACTICE)
    return water_id, cold


def headers(page) -> list[str]:
    model = page.table.model()
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]


def test_communities_chosen_in_the_list_stand_side_by_side_and_a_benchmark_beside_them(
    qtbot, window, context, two, tmp_path
):
    context.open_page("communities")
    settle(qtbot, context.jobs)
    window.page()._table.selectAll()
    assert window.page()._compare.text() == "Compare 2"
    window.page()._compare.click()
    settle(qtbot, context.jobs)
    page = window.page()
    assert sorted(context.scope) == sorted(two)
    assert headers(page) == ["Measure", COLD, WATER]
    assert page.asker.isVisible(), "a column of nothing would say less than the way to fill it"
    page.asker.click()
    assert page.side.number.hasFocus()
    assert page.kinds.currentText() == "Community of practice (2)"
    page.choose("curiosity")
    assert page.inspector() is page.side
    page.side.benchmark_wanted.emit("curiosity", TypedBenchmark(0.11, "A study", date(2024, 1, 1)))
    row = page.table.currentIndex().row()

    def told() -> str:
        return page.table.model().index(row, 3).data() or ""

    qtbot.waitUntil(lambda: told().startswith("11"))
    assert (headers(page)[3], page.asker.isVisible()) == ("Benchmark", False)
    assert page.can_undo()
    page.undo()
    qtbot.waitUntil(lambda: len(headers(page)) == 3)
    page.redo()
    qtbot.waitUntil(lambda: told().startswith("11"))
    page.side.benchmark_wanted.emit("curiosity", TypedBenchmark(11.0, "A study", date(2024, 1, 1)))
    settle(qtbot, context.jobs)
    assert page.side._number.problem == "A share is at most 100 %."
    page.save_csv()
    save_as(qtbot, page, tmp_path / "table.csv", proposed="Comparison.csv")
    settle(qtbot, context.jobs)
    assert (tmp_path / "table.csv").read_text(encoding="utf-8-sig").startswith(f"measure,unit,{COLD},{WATER},benchmark")
    assert page.go_back()
    assert page.inspector() is None


def test_more_than_fit_are_turned_to(qtbot, window, context, two):
    window.resize(1366, 768)
    context.open_page("comparison")
    settle(qtbot, context.jobs)
    page = window.page()
    assert page.earlier.isHidden()
    assert len({card.y() for card in page._stats}) == 1
    window.resize(1024, 640)
    page.choose("curiosity")
    qtbot.waitUntil(lambda: headers(page) == ["Measure", COLD])
    qtbot.waitUntil(lambda: len({card.y() for card in page._stats}) == 2)
    assert all(card.height() >= card.minimumSizeHint().height() for card in page._stats)
    page.later.click()
    assert headers(page) == ["Measure", WATER]
    assert (page.place.text(), page.later.isEnabled()) == ("Columns 2 to 2 of 2", False)
    page.earlier.click()
    assert headers(page)[1] == COLD
    # The numbers on top are about all of the type; one chosen at the top is in sight among them.
    assert page._subtitle.text().startswith("all 2 of this type · ")
    context.set_scope((two[0],))
    qtbot.waitUntil(lambda: headers(page)[1] == WATER)
    assert page.earlier.isEnabled()


def test_another_type_is_chosen_and_nothing_at_all_is_said(qtbot, window, context, filled, water_id):
    context.open_page("comparison")
    settle(qtbot, context.jobs)
    page = window.page()
    page.kinds.setCurrentIndex(1)
    settle(qtbot, context.jobs)
    assert headers(page)[1] == COLD
    red = page.table.model().index(page.table.model().rowCount() - 1, 1).data(MARK)
    assert red[1] == "bad"


def test_before_anything_is_here_the_page_says_what_it_is_for(qtbot, window, context):
    context.open_page("comparison")
    settle(qtbot, context.jobs)
    assert window.page()._panel.isVisible()
