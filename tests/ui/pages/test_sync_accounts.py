"""One account on the Sync page: its state, its communities, and what can be done with it."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from tests.ui.pages.sync_page import add_failed_archive, button, chips, made_page, words
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.sync.records import CommunityRecord
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage


@pytest.fixture
def live(filled):
    return add_failed_archive(filled)


@pytest.fixture
def page(qtbot, context: Context) -> SyncPage:
    return made_page(qtbot, context)


def test_each_account_shows_its_state_with_reason_and_next_step(live, page: SyncPage):
    assert chips(page) == ["Failed", "Never synced"]
    assert "Check the connection and try again" in words(page)
    assert "no answer" not in words(page)
    assert not page.grab().isNull()


def test_details_of_a_failure_can_be_copied(live, page: SyncPage):
    button(page, "Copy details").click()
    assert "no answer" in QGuiApplication.clipboard().text()


def test_pausing_and_resuming_is_one_click_each(qtbot, live, context: Context, page: SyncPage):
    button(page, "Pause").click()
    settle(qtbot, context.jobs)
    qtbot.waitUntil(lambda: "Paused" in chips(page))
    button(page, "Resume").click()
    settle(qtbot, context.jobs)
    qtbot.waitUntil(lambda: "Failed" in chips(page))


def test_the_sample_goes_in_one_click(qtbot, filled, context: Context, page: SyncPage):
    account = filled.accounts.add(AccountKind.SAMPLE, "Sample network")
    for name in ("One (sample)", "Two (sample)"):
        filled.mirror.ensure_community(account, CommunityRecord(name, name))
    context.bus.publish(Changes.ACCOUNTS | Changes.COMMUNITIES)
    qtbot.waitUntil(lambda: len(page.accounts._cards) == 2)
    card = page.accounts._cards[account]
    card._more.click()
    assert "Two (sample)" in [one.text() for one in card.findChildren(QPushButton)]
    with qtbot.waitSignal(context.sources.ended):
        card._remove.click()
    settle(qtbot, context.jobs)
    assert filled.accounts.find(AccountKind.SAMPLE, "Sample network") is None
