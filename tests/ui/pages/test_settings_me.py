"""Who the coordinator is: found by a part of the name, changed, or nobody."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.settings_page import made_page
from workbench.queries.preferences import me
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage


@pytest.fixture
def page(qtbot, filled, context: Context) -> SettingsPage:
    return made_page(qtbot, context)


def test_who_i_am_is_found_by_a_part_of_the_name_and_can_be_changed(qtbot, context: Context, page: SettingsPage):
    card = page._me
    qtbot.keyClicks(card._typed, "person 3")
    qtbot.waitUntil(lambda: card._list.count() == 1)
    qtbot.keyClick(card._typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card._who.text() == "Person 3 Example")
    with context.workspace.database.read() as reader:
        assert me(reader) is not None
    card._save(None)
    qtbot.waitUntil(card._asking.isVisible)
    with context.workspace.database.read() as reader:
        assert me(reader) is None


def test_nobody_of_that_name_is_said(qtbot, page: SettingsPage):
    qtbot.keyClicks(page._me._typed, "Zebra")
    qtbot.waitUntil(lambda: page._me._said.text().startswith("Nobody"))
