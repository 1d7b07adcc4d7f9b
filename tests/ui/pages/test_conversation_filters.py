"""Pills for filters, and the question who one is, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.qt_models.test_member_table import a_member
from workbench.queries.threads import ThreadFilter
from workbench.ui.pages.conversation_filters import FILTER_TITLES, FilterPills, WhoAmI
from workbench.ui.theme import Theme


@pytest.fixture
def pills(theme: Theme, ground: QWidget) -> FilterPills:
    made = FilterPills(theme)
    made.setParent(ground)
    made.show()
    return made


def test_every_filter_has_a_pill_and_one_is_picked(pills: FilterPills):
    assert set(FILTER_TITLES) == set(ThreadFilter)
    assert pills.where is ThreadFilter.ALL


def test_arrow_and_space_pick_another(qtbot, pills: FilterPills):
    pills._pills[ThreadFilter.ALL].setFocus()
    with qtbot.waitSignal(pills.chosen) as chosen:
        qtbot.keyClick(pills._pills[ThreadFilter.STARRED], Qt.Key.Key_Space)
    assert chosen.args == ["starred"]
    assert pills.where is ThreadFilter.STARRED


def test_picked_pill_differs_by_more_than_colour(pills: FilterPills):
    pill = pills._pills[ThreadFilter.MINE]
    before = pill.grab().toImage()
    pills.choose(ThreadFilter.MINE)
    assert pill.isChecked()
    assert pill.grab().toImage() != before


def test_typing_looks_people_up_and_enter_chooses(qtbot, theme: Theme, ground: QWidget):
    typed: list[str] = []
    chosen: list[int] = []
    who = WhoAmI(theme, look_up=typed.append, chosen=chosen.append)
    who.setParent(ground)
    who.show()
    qtbot.keyClicks(who._typed, "per")
    assert typed == ["p", "pe", "per"]
    who.show_people([a_member(1, name="A\u202eb"), a_member(2, office="Kathmandu")])
    assert who._list.item(0).text() == "A⇄b · 2 communities"
    qtbot.keyClick(who._typed, Qt.Key.Key_Down)
    qtbot.keyClick(who._typed, Qt.Key.Key_Return)
    assert chosen == [2]
    who.show_people([])
    assert who._nobody.isVisibleTo(who)
