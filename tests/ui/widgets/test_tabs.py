"""Tabs by keyboard: walked by arrows, entered by one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from workbench.ui.widgets.tabs import Tabs


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_arrows_walk_and_one_key_goes_in(qtbot, ground, key: Qt.Key):
    tabs = Tabs(("One", "Two"), name="Parts")
    tabs.setParent(ground)
    tabs.show()
    with qtbot.assertNotEmitted(tabs.entered):
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
    with qtbot.waitSignal(tabs.entered):
        qtbot.keyClick(tabs, key)


def test_no_tab_moves_or_is_cut_when_another_is_chosen(qtbot, ground, theme):
    theme.dress(ground)
    tabs = Tabs(("Board", "List", "Calendar", "Plan sheet"), name="Parts")
    tabs.setParent(ground)
    tabs.show()
    tabs.resize(tabs.sizeHint())
    places = []
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        places.append([tabs.tabRect(each).x() for each in range(tabs.count())])
        assert all(
            tabs.tabRect(each).width() >= QTabBar.tabSizeHint(tabs, each).width() for each in range(tabs.count())
        )
    assert all(abs(a - b) <= 2 for row in places for a, b in zip(row, places[0], strict=True))


def test_ctrl_return_is_left_to_the_form_around(qtbot, ground):
    tabs = Tabs(("One",), name="Parts")
    tabs.setParent(ground)
    tabs.show()
    with qtbot.assertNotEmitted(tabs.entered):
        qtbot.keyClick(tabs, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_tabs_that_do_not_fit_are_shortened_and_stay_in_reach(qtbot, ground):
    tabs = Tabs(("Listening", "Hashtags", "Library"), name="Parts")
    tabs.setParent(ground)
    tabs.show()
    whole = tabs.sizeHint().width()
    tabs.resize(whole * 2 // 3, tabs.sizeHint().height())
    assert tabs.minimumSizeHint().width() < whole
    assert tabs.tabRect(2).right() <= tabs.width()
