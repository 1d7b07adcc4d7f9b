"""The frame of a new plan: steps walked by buttons and keys, and what is wrong brought into sight."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workbench.ui.pages.plan_form_frame import FormFrame
from workbench.ui.theme import Theme


@pytest.fixture
def lines() -> list[QLineEdit]:
    return [QLineEdit(), QLineEdit()]


@pytest.fixture
def frame(qtbot, ground: QWidget, theme: Theme, lines: list[QLineEdit]) -> FormFrame:
    made = FormFrame(theme, {"1 First": lines[0], "2 Second": lines[1]})
    column = QVBoxLayout(ground)
    column.addWidget(made)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


def test_each_step_begins_with_its_first_field(frame: FormFrame, lines: list[QLineEdit]):
    frame.next.click()
    assert lines[1].hasFocus()
    assert [frame.next.isVisible(), frame.back.isVisible()] == [False, True]
    frame.back.click()
    assert lines[0].hasFocus()
    frame.go(-1)
    assert frame.tabs.currentIndex() == 0


def test_who_came_by_the_arrows_goes_in_by_one_key(qtbot, frame: FormFrame, lines: list[QLineEdit]):
    frame.tabs.setFocus()
    qtbot.keyClick(frame.tabs, Qt.Key.Key_Right)
    assert frame.tabs.hasFocus()
    qtbot.keyClick(frame.tabs, Qt.Key.Key_Down)
    assert lines[1].hasFocus()


def test_a_field_of_another_step_is_turned_to(frame: FormFrame, lines: list[QLineEdit]):
    frame.show_concerned(1, lines[1], lines[1])
    assert (frame.tabs.currentIndex(), lines[1].hasFocus()) == (1, True)


def test_draft_can_be_thrown_away_and_a_busy_form_not_be_sent(qtbot, frame: FormFrame):
    frame.show_draft("Taken up where you left it.", is_draft=True)
    with qtbot.waitSignal(frame.discarded):
        frame.discard.click()
    frame.show_busy(is_busy=True)
    assert (frame.start.text(), frame.start.isEnabled()) == ("Starting…", False)
