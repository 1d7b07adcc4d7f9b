"""Tabs by keyboard: walked by arrows, entered by one key."""

import pytest
from PySide6.QtCore import Qt

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
