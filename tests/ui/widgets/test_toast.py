"""A line that goes by itself, with a way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.actions import ActionRegistry
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.status_bar import HEIGHT
from workbench.ui.widgets.toast import Toast


def test_line_offers_its_way_back(qtbot, theme: Theme, actions: ActionRegistry):
    window, done = QWidget(), []
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    actions.bind("edit.undo", lambda: done.append("undo"))
    toast = Toast(window, theme, actions)
    toast.say("Card archived", "edit.undo")
    assert toast.isVisible()
    assert toast.accessibleName() == "Card archived"
    button = toast.findChildren(QPushButton)[0]
    assert button.text() == "Undo"
    button.click()
    assert done == ["undo"]
    assert not toast.isVisible()
    toast.say("Copied", "")
    assert not button.isVisible()
    assert not toast.grab().isNull()


def test_line_lies_on_the_status_bar_alone(qtbot, theme: Theme, actions: ActionRegistry):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    bar = QWidget(window)
    bar.setGeometry(100, 268, 300, 32)
    toast = Toast(window, theme, actions, over=bar)
    for words in ("Queued. It goes out with the next sync.", "Much that has to be said " * 9):
        toast.say(words, "edit.undo")
        assert toast.geometry().top() >= window.height() - HEIGHT
        assert bar.geometry().contains(toast.geometry())


@pytest.mark.parametrize(
    ("free", "direction", "span"),
    [
        ((200, 1000), Qt.LayoutDirection.LeftToRight, (200, 1000)),
        ((200, 280), Qt.LayoutDirection.LeftToRight, (200, 1200)),
        ((920, 1000), Qt.LayoutDirection.RightToLeft, (0, 1000)),
        ((1150, 1160), Qt.LayoutDirection.LeftToRight, (0, 1200)),
    ],
)
def test_line_leaves_what_is_said_beside_it_to_be_read(ground: QWidget, actions: ActionRegistry, free, direction, span):
    ground.resize(1200, 600)
    ground.setLayoutDirection(direction)
    toast = Toast(ground, Theme(mode=ThemeMode.LIGHT), actions, free=lambda: free)
    toast.say("Queued. It goes out with the next sync.", "edit.undo")
    assert span[0] < toast.geometry().left() < toast.geometry().right() < span[1]
    assert abs(toast.geometry().center().x() - sum(span) / 2) <= 2


def test_two_acts_can_be_offered_side_by_side(qtbot, theme: Theme, actions: ActionRegistry):
    window, done = QWidget(), []
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    for action_id in ("edit.undo", "made.open"):
        actions.bind(action_id, lambda action_id=action_id: done.append(action_id))
    toast = Toast(window, theme, actions)
    toast.say("Activity added", "edit.undo made.open")
    buttons = toast.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["Undo", "Open the new card"]
    buttons[1].click()
    assert done == ["made.open"]
    toast.say("Card archived", "edit.undo")
    assert [button.isVisible() for button in buttons] == [True, False]


def test_a_step_that_is_not_the_last_is_offered_no_longer_and_the_keyboard_stays_where_it_was(
    qtbot, theme: Theme, actions: ActionRegistry
):
    window, done = QWidget(), []
    qtbot.addWidget(window)
    window.resize(800, 600)
    first, held = QPushButton("Plans", window), QPushButton("Card", window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    held.setFocus()
    for action_id in ("edit.undo", "made.open"):
        actions.bind(action_id, lambda action_id=action_id: done.append(action_id))
    toast = Toast(window, theme, actions)
    undo, other = toast.findChildren(QPushButton)
    toast.say("Card archived", "edit.undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert (done, held.hasFocus(), first.hasFocus()) == (["edit.undo"], True, False)
    toast.say("Card archived", "edit.undo made.open")
    undo.setFocus(Qt.FocusReason.TabFocusReason)
    toast.withdraw("edit.undo")
    assert (undo.isVisible(), other.isVisible(), toast.isVisible(), held.hasFocus()) == (False, True, True, True)
