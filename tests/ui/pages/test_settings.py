"""The Settings page puts its cards where there is room."""

import pytest

from tests.ui.pages.settings_page import made_page
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage


@pytest.fixture
def page(qtbot, filled, context: Context) -> SettingsPage:
    return made_page(qtbot, context)


def test_one_column_where_there_is_no_room_for_two(qtbot, page: SettingsPage):
    page.resize(700, 600)
    qtbot.waitUntil(lambda: page._profile.y() > page._me.y() or page._profile.x() == page._look.x())
    assert page._about.y() > page._check.y()
