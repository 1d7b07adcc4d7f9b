"""What the Settings page keeps, and the line that goes back to a backup."""

from pathlib import Path

import pytest

from tests.ui.pages.settings_page import made_page
from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage
from workbench.ui.pages.settings_data import read_settings, restore_command


@pytest.fixture
def page(qtbot, filled, context: Context) -> SettingsPage:
    return made_page(qtbot, context)


def test_paths_with_spaces_are_quoted_and_the_usual_profile_is_not_named(tmp_path: Path):
    backup = tmp_path / "my backups" / "workbench-20240615T120000Z.db"
    assert restore_command(tmp_path, backup, is_default=True) == f'workbench restore "{backup}"'
    assert restore_command(Path("/srv/p"), None, is_default=False) == "workbench --profile /srv/p restore"


def test_the_name_as_owner_is_kept_without_spaces_around_it(qtbot, context: Context, page: SettingsPage):
    page._me._name.setText("  Amina   Example ")
    page._me._name.editingFinished.emit()
    settle(qtbot, context.jobs)
    assert read_settings(context.workspace).my_name == "Amina Example"
