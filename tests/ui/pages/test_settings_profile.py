"""Backups with the line that goes back to them, and checks in words."""

import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui.pages.settings_page import made_page
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage
from workbench.ui.pages.settings_data import read_settings


@pytest.fixture
def page(qtbot, filled, context: Context) -> SettingsPage:
    return made_page(qtbot, context)


def test_a_backup_brings_the_line_that_goes_back_to_it(qtbot, context: Context, page: SettingsPage):
    card = page._backups
    assert "No backup yet" in card._state.words.text()
    assert card._command.isHidden()
    with qtbot.waitSignal(context.backups.backed_up):
        card._now.click()
    qtbot.waitUntil(card._command.isVisible)
    assert "opened and found whole" in card._state.words.text()
    card._copy.click()
    line = QGuiApplication.clipboard().text()
    assert " restore " in line
    assert "--key-file KEY-FILE" in line
    assert str(read_settings(context.workspace).backups[0].path) in line


def test_a_check_says_what_it_looked_at(qtbot, context: Context, page: SettingsPage):
    with qtbot.waitSignal(context.backups.checked):
        page._check._quick.click()
        assert not page._check._full.isEnabled()
    assert page._check._state.words.text().startswith("Sound.")
