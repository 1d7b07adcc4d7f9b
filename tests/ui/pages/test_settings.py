"""The Settings page: look, who one is, backups with the way back, checks, and what the program is made with."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from workbench.queries.preferences import me
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage
from workbench.ui.pages.settings_about import parts, versions
from workbench.ui.pages.settings_data import read_settings, restore_command
from workbench.ui.theme import ThemeMode


def settle(qtbot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.running(), timeout=20_000)


@pytest.fixture
def page(qtbot, filled, context: Context) -> SettingsPage:
    theme = context.theme
    for mode in ThemeMode:
        context.actions.bind(f"theme.{mode.value}", lambda mode=mode: theme.set_mode(mode))
    context.actions.bind("text.larger", lambda: theme.set_text_scale(theme.text_scale + 0.1))
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1120, 640)
    made.show()
    qtbot.waitUntil(lambda: not context.jobs.running() and made.is_settled())
    return made


def test_theme_and_text_size_take_effect_at_once(context: Context, page: SettingsPage):
    page._look._modes[ThemeMode.DARK].click()
    assert context.theme.is_dark
    page._look._larger.click()
    assert "110" in page._look._size.text()


def test_who_i_am_is_found_by_a_part_of_the_name_and_can_be_changed(qtbot, context: Context, page: SettingsPage):
    card = page._me
    qtbot.keyClicks(card._typed, "person 3")
    qtbot.waitUntil(lambda: card._list.count() == 1)
    qtbot.keyClick(card._typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card._who.text() == "Person 3 Example")
    with context.workspace.database.read() as reader:
        assert me(reader) is not None
    card._save(None)
    qtbot.waitUntil(lambda: card._asking.isVisible())
    with context.workspace.database.read() as reader:
        assert me(reader) is None


def test_nobody_of_that_name_is_said(qtbot, page: SettingsPage):
    qtbot.keyClicks(page._me._typed, "Zebra")
    qtbot.waitUntil(lambda: page._me._said.text().startswith("Nobody"))


def test_the_name_as_owner_is_kept_without_spaces_around_it(qtbot, context: Context, page: SettingsPage):
    page._me._name.setText("  Amina   Example ")
    page._me._name.editingFinished.emit()
    settle(qtbot, context)
    assert read_settings(context.workspace).my_name == "Amina Example"


def test_a_backup_brings_the_line_that_goes_back_to_it(qtbot, context: Context, page: SettingsPage):
    card = page._backups
    assert "No backup yet" in card._state.words.text()
    assert card._command.isHidden()
    with qtbot.waitSignal(context.backups.backed_up):
        card._now.click()
    qtbot.waitUntil(lambda: card._command.isVisible())
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


def test_one_column_where_there_is_no_room_for_two(qtbot, page: SettingsPage):
    page.resize(700, 600)
    qtbot.waitUntil(lambda: page._profile.y() > page._me.y() or page._profile.x() == page._look.x())
    assert page._about.y() > page._check.y()


def test_paths_with_spaces_are_quoted_and_the_usual_profile_is_not_named(tmp_path: Path):
    backup = Path("/home/me/my backups/workbench-20240615T120000Z.db")
    assert restore_command(tmp_path, backup, is_default=True) == f'workbench restore "{backup}"'
    assert restore_command(Path("/srv/p"), None, is_default=False) == "workbench --profile /srv/p restore"


def test_every_part_names_its_licence(qtbot, context: Context, page: SettingsPage):
    found = parts()
    assert all(part.licence for part in found)
    assert {"Qt", "SQLCipher"} <= {part.name for part in found}
    assert "Community Workbench" in versions(found)
    page._about._show.click()
    settle(qtbot, context)
    assert page._about._grid is not None
