"""What the program is made with, and under which licences."""

import pytest

from tests.ui.pages.settings_page import made_page
from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.pages.settings import SettingsPage
from workbench.ui.pages.settings_about import parts, versions


@pytest.fixture
def page(qtbot, filled, context: Context) -> SettingsPage:
    return made_page(qtbot, context)


def test_every_part_names_its_licence(qtbot, context: Context, page: SettingsPage):
    found = parts()
    assert all(part.licence for part in found)
    assert {"Qt", "SQLCipher"} <= {part.name for part in found}
    assert "Community Workbench" in versions(found)
    page._about._show.click()
    settle(qtbot, context.jobs)
    assert page._about._grid is not None
