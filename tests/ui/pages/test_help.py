"""The help page lists every action of the registry with its key."""

from PySide6.QtWidgets import QLabel

from workbench.ui.context import Context
from workbench.ui.pages.help import HelpPage


def test_every_action_is_listed_with_its_key(qtbot, context: Context):
    page = HelpPage(context)
    qtbot.addWidget(page)
    page.show()
    listed = {label.text() for label in page.findChildren(QLabel)}
    assert {spec.title for spec in context.actions} <= listed
    assert "F5" in listed
    assert {"Timeline: move the end of the card", "Shift+Left, Right", "Insert"} <= listed
    page.refresh()
    assert {spec.title for spec in context.actions} <= {label.text() for label in page.findChildren(QLabel)}
