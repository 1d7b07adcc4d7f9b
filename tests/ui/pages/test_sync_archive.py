"""Adding an archive by its address."""

import pytest

from tests.ui.pages.sync_page import add_failed_archive, chips, made_page
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage


@pytest.fixture
def live(filled):
    return add_failed_archive(filled)


@pytest.fixture
def page(qtbot, context: Context) -> SyncPage:
    return made_page(qtbot, context)


def test_an_archive_can_be_added_by_its_address(qtbot, context: Context, page: SyncPage):
    page.opened("archive")
    panel = page.panels.archive
    panel._address.setText("lists.example.org")
    assert not panel._go.isEnabled()
    panel._address.setText("https://lists.example.org/archives/list/team@lists.example.org/")
    assert panel._name.text() == "team"
    with qtbot.waitSignal(panel.added):
        panel._keep.click()
    qtbot.waitUntil(lambda: chips(page) == ["Never synced"])


def test_a_name_in_use_is_refused_without_words_of_the_command_line(qtbot, live, page: SyncPage):
    page.opened("archive")
    page.panels.archive._address.setText("https://lists.example.org/archives/list/team@lists.example.org/")
    page.panels.archive._name.setText("Team")
    page.panels.archive._keep.click()
    qtbot.waitUntil(lambda: "already a community" in page.panels.archive._hint.text())
    assert "--" not in page.panels.archive._hint.text()
