"""Adding an archive by its address."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.sync_page import add_failed_archive, chips, made_page
from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage
from workbench.ui.source_work import WorkKind


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


def test_a_second_enter_adds_nothing_twice(qtbot, context: Context, page: SyncPage):
    page.opened("archive")
    panel, added, wanted = page.panels.archive, [], []
    panel.added.connect(added.append)
    context.page_wanted.connect(lambda *place: wanted.append(place))
    panel._address.setText("https://lists.example.org/archives/list/team@lists.example.org/")
    for _ in range(2):
        qtbot.keyClick(panel._name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(added))
    settle(qtbot, context.jobs)
    assert (added, len(wanted)) == (["team"], 1)
    assert "already" not in panel._hint.text()


def test_a_name_in_use_is_refused_without_words_of_the_command_line(qtbot, live, page: SyncPage):
    page.opened("archive")
    page.panels.archive._address.setText("https://lists.example.org/archives/list/team@lists.example.org/")
    page.panels.archive._name.setText("Team")
    page.panels.archive._keep.click()
    qtbot.waitUntil(lambda: "already a community" in page.panels.archive._hint.text())
    assert "--" not in page.panels.archive._hint.text()


def test_what_a_list_may_cost_is_asked_before_it_is_read(qtbot, context: Context, page: SyncPage):
    context.page_wanted.connect(lambda _key, argument: page.opened(argument))
    page.opened("archive")
    page.panels.archive._address.setText("https://lists.example.org/archives/list/team@lists.example.org/")
    page.panels.archive._go.click()
    qtbot.waitUntil(lambda: page.panels.is_made("account"), timeout=20_000)
    journey = page.panels.journey
    qtbot.waitUntil(journey.limits.isVisible, timeout=20_000)
    assert (journey._heading.text(), journey.limits.go.text()) == ("First sync of team", "Start the first sync")
    journey.limits.cap.setCurrentIndex(journey.limits.cap.findData(5))
    journey.limits._later.click()
    settle(qtbot, context.jobs)
    (account,) = context.workspace.accounts.list()
    assert (account.limits.daily_cap, account.limits.is_text_only) == (5_000_000, True)
    assert context.sources.newest(WorkKind.SYNC) is None
