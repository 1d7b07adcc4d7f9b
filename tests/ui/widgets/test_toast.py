"""A line that goes by itself, with a way back."""

from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.actions import ActionRegistry
from workbench.ui.theme import Theme
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
