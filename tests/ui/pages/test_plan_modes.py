"""The ways to look at a plan as tabs, and behind one button where room is short."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from workbench.ui.pages.plan_modes import ModeSwitch
from workbench.ui.theme import Theme


@pytest.fixture
def switch(qtbot, ground: QWidget, theme: Theme) -> ModeSwitch:
    made = ModeSwitch(theme, ["Board", "List", "Calendar"])
    made.setParent(ground)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


def test_a_tab_is_chosen_by_keys(qtbot, switch: ModeSwitch):
    switch.tabs.setFocus()
    with qtbot.waitSignal(switch.chosen) as chosen:
        qtbot.keyClick(switch.tabs, Qt.Key.Key_Right)
    assert (chosen.args, switch.place) == ([1], 1)


def test_the_button_says_and_ticks_what_is_chosen(qtbot, switch: ModeSwitch):
    switch.set_short(is_short=True)
    acts = switch.button.menu().actions()
    with qtbot.waitSignal(switch.chosen) as chosen:
        acts[2].trigger()
    assert chosen.args == [2]
    assert (switch.button.text(), switch.button.accessibleName()) == ("Calendar", "Way to look at the plan: Calendar")
    assert [act.isChecked() for act in acts] == [False, False, True]


def test_the_keyboard_stays_where_it_was(switch: ModeSwitch):
    switch.tabs.setFocus()
    switch.set_short(is_short=True)
    assert QApplication.focusWidget() is switch.button
    switch.set_short(is_short=False)
    assert QApplication.focusWidget() is switch.tabs
