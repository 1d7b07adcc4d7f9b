"""A wish for an answer, and what is typed before the box is there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from workbench.ids import EventId
from workbench.ui.pages.conversation_wish import EarlyKeys, ReplyWish


@pytest.fixture
def line(qtbot, ground) -> QLineEdit:
    made = QLineEdit(ground)
    made.show()
    return made


def test_a_wish_says_which_thread_and_may_bring_words():
    assert ReplyWish(EventId(3)) == ReplyWish(EventId(3), "")


def test_letters_lines_and_corrections_are_kept_until_it_ends(line: QLineEdit, ground):
    keys = EarlyKeys(ground)
    keys.begin()
    QTest.keyClicks(line, "Dear al")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "ll")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == ""
    assert keys.end() == "Dear all\n"
    QTest.keyClicks(line, "after")
    assert line.text() == "after"
    assert keys.end() == ""


def test_shortcuts_with_ctrl_go_on_and_esc_lets_go(line: QLineEdit, ground):
    keys = EarlyKeys(ground)
    keys.begin()
    line.setText("word")
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert line.selectedText() == "word"
    QTest.keyClicks(line, "x")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    QTest.keyClicks(line, "y")
    assert line.text() == "y"
    assert keys.end() == ""
