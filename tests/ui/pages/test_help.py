"""The help page lists every action of the registry with its key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

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
    scrolls = page.findChild(QScrollArea)
    for width, columns in ((1200, 2), (700, 1)):
        page.resize(width, 600)
        assert page._holder.layout().columnCount() == columns
    assert (scrolls.accessibleName(), scrolls.focusPolicy()) == ("Keys and help", Qt.FocusPolicy.StrongFocus)
    assert {spec.title for spec in context.actions} <= {label.text() for label in page.findChildren(QLabel)}
