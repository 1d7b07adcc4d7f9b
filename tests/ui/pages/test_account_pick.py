"""Ticking communities: by keyboard, by mouse, all that a filter shows; those one belongs to first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from tests.builders import NOW
from workbench.queries.sync_status import CommunityStateRow
from workbench.ui.pages.account_pick import PickTable


def a_row(number: int, name: str, *, is_mine: bool = False, is_followed: bool = False) -> CommunityStateRow:
    return CommunityStateRow(number, 1, name, str(number), is_followed, True, None, None, NOW, number * 10, 5, 0, 0,
                             is_mine=is_mine)  # fmt: skip


@pytest.fixture
def table(qtbot, theme, ground) -> PickTable:
    made = PickTable(theme)
    QVBoxLayout(ground).addWidget(made)
    made.show_rows([a_row(1, "Alpha"), a_row(2, "Beta", is_mine=True), a_row(3, "Gamma", is_followed=True)])
    return made


def names(table: PickTable) -> list[str]:
    return [table.rows_model.row_at(place).name for place in range(table.rows_model.rowCount())]


def test_those_one_belongs_to_come_first_and_followed_ones_are_ticked(table):
    assert names(table) == ["Beta", "Alpha", "Gamma"]
    assert table.picked == {3}
    assert not table.isColumnHidden(1)


def test_space_and_a_click_tick_and_a_screen_reader_is_told(qtbot, table):
    table.setCurrentIndex(table.rows_model.index(0, 0))
    with qtbot.waitSignal(table.changed):
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.picked == {2, 3}
    at = table.visualRect(table.rows_model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.picked == {3}
    told = [table.rows_model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole) for place in range(3)]
    assert told == ["Beta, not ticked", "Alpha, not ticked", "Gamma, ticked"]


def test_all_shown_are_those_the_filter_lets_through(table):
    table.rows_model.set_filter("a")
    table.tick_shown(is_on=True)
    assert table.picked == {1, 2, 3}
    table.rows_model.set_filter("gam")
    table.tick_shown(is_on=False)
    assert table.picked == {1, 2}


def test_where_all_are_ones_own_nothing_says_so(table):
    table.show_rows([a_row(1, "Alpha", is_mine=True)])
    table.resize(table.width() + 100, table.height())
    assert table.isColumnHidden(1)
