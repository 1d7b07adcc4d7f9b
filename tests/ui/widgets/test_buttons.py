"""Buttons have a name for those who cannot see them, and call without Qt's extra argument."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, press_focused, push_button, set_kind, snug


@pytest.mark.parametrize("kind", ["", "primary", "plain", "link", "danger", "status"])
def test_push_button_calls_once(qtbot, theme: Theme, kind: str):
    done = []
    button = push_button("Import", theme=theme, kind=kind, icon="tray", clicked=lambda: done.append(kind))
    qtbot.addWidget(button)
    button.click()
    assert done == [kind]
    assert button.accessibleName() == "Import"
    assert button.property("kind") == kind


def test_icon_button_has_a_name(qtbot, theme: Theme):
    done = []
    button = icon_button("Close", icon="x", theme=theme, clicked=lambda: done.append(True))
    qtbot.addWidget(button)
    button.click()
    assert done == [True]
    assert button.accessibleName() == button.toolTip() == "Close"


class _Window(QWidget):
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused(self, event):
            super().keyPressEvent(event)


@pytest.fixture
def desk(qtbot) -> _Window:
    made = _Window()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_keyboard(qtbot, theme: Theme, desk: _Window, key: Qt.Key):
    done: list[str] = []
    first = push_button("First", theme=theme, clicked=lambda: done.append("first"))
    second = icon_button("Second", icon="x", theme=theme, clicked=lambda: done.append("second"))
    for button in (first, second):
        desk.layout().addWidget(button)
        button.show()
        button.setFocus()
        qtbot.keyClick(button, key)
    assert done == ["first", "second"]


def test_enter_does_nothing_more_for_fields_ticks_and_buttons_that_are_off(qtbot, theme: Theme, desk: _Window):
    done: list[str] = []
    button = push_button("Go", theme=theme, clicked=lambda: done.append("go"))
    field, tick = QLineEdit(), QCheckBox("Tick")
    for widget in (button, field, tick):
        desk.layout().addWidget(widget)
        widget.show()
    for widget in (field, tick):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    button.setEnabled(False)
    qtbot.keyClick(desk, Qt.Key.Key_Return)
    assert (done, tick.isChecked()) == ([], False)


def test_the_arrow_of_a_menu_is_ours_in_both_directions(qtbot, theme: Theme):
    seen = []
    for way in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        button = push_button("Add", theme=theme)
        qtbot.addWidget(button)
        button.setStyleSheet(theme.style_sheet())
        button.setMenu(QMenu(button))
        button.setLayoutDirection(way)
        button.resize(120, 32)
        side = button.iconSize().height() // 2 + 2
        left = 8 if way is Qt.LayoutDirection.RightToLeft else 120 - 8 - side
        seen.append(button.grab(QRect(left, (32 - side) // 2, side, side)).toImage())
    assert seen[0] == seen[1]


def test_a_button_can_be_kept_snug_and_dressed_anew(qtbot, theme: Theme):
    button = push_button("Do it", theme=theme, kind="primary")
    qtbot.addWidget(button)
    snug(button)
    assert button.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
    for _ in range(2):
        set_kind(button, "")
        assert button.property("kind") == ""
