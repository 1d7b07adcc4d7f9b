"""Theme and size of the text, at once."""

import pytest

from tests.ui.pages.settings_page import made_page
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage
from workbench.ui.theme import ThemeMode


@pytest.fixture
def page(qtbot, filled, context: Context) -> SettingsPage:
    return made_page(qtbot, context)


def test_theme_and_text_size_take_effect_at_once(context: Context, page: SettingsPage):
    page._look._modes[ThemeMode.DARK].click()
    assert context.theme.is_dark
    page._look._larger.click()
    assert "110" in page._look._size.text()
