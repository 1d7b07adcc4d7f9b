"""The line for a new card: Enter and looking elsewhere keep what was typed, Esc does not."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.ui.widgets.new_line import NewLine


@pytest.fixture
def line(qtbot, ground: QWidget) -> NewLine:
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return NewLine(ground)


@pytest.mark.parametrize(
    ("typed", "key", "wanted"),
    [
        ("  Call   the sponsor ", Qt.Key.Key_Return, ["Call the sponsor"]),
        ("", Qt.Key.Key_Return, []),
        ("Not this", Qt.Key.Key_Escape, []),
    ],
)
def test_a_title_is_taken_once(qtbot, line: NewLine, typed: str, key: Qt.Key, wanted: list[str]):
    taken: list[str] = []
    line.open(QRect(10, 10, 300, 40), done=taken.append)
    assert line.hasFocus()
    line.setText(typed)
    qtbot.keyClick(line, key)
    assert taken == wanted
    assert not line.isVisible()


def test_looking_elsewhere_keeps_what_was_typed(line: NewLine, ground: QWidget):
    taken: list[str] = []
    other = QLineEdit(ground)
    other.show()
    line.open(QRect(10, 10, 300, 40), done=taken.append)
    line.setText("Call the sponsor")
    other.setFocus()
    assert taken == ["Call the sponsor"]


def test_it_stays_inside_its_ground(line: NewLine, ground: QWidget):
    line.open(QRect(780, 590, 20, 20), done=lambda _title: None)
    assert ground.rect().contains(line.geometry())
