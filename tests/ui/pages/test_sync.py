"""The Sync page: first use, its parts, and the ways to add."""

import pytest

from tests.ui.pages.sync_page import add_failed_archive, button, made_page, words
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.ui.context import Context
from workbench.ui.pages.sync import ACCOUNTS, SyncPage


@pytest.fixture
def live(filled):
    return add_failed_archive(filled)


@pytest.fixture
def page(qtbot, context: Context) -> SyncPage:
    return made_page(qtbot, context)


def test_an_empty_profile_says_what_the_page_is_for(page: SyncPage):
    assert "Nothing has been brought in yet" in words(page)


def test_adding_opens_in_the_page_and_esc_leaves_it(live, page: SyncPage):
    page.opened("import")
    assert page.panels.importing.isVisible()
    assert page.go_back()
    assert page._views.currentIndex() == ACCOUNTS
    page.opened("archive")
    assert page.panels.archive.isVisible()
    assert page.go_back()
    assert not page.go_back()


def test_bringing_in_more_names_the_community(live, page: SyncPage):
    page.opened("import:Water in schools")
    assert page.panels.importing._name.text() == "Water in schools"


def test_result_of_an_import_leads_to_its_dashboard(qtbot, context: Context, page: SyncPage):
    with qtbot.waitSignal(context.page_wanted) as asked:
        page.panels.importing.dashboard_wanted.emit(3)
    assert asked.args == ["dashboard", 3]


def test_sync_now_is_shown_only_where_something_lives_on_a_line(qtbot, live, context: Context, page: SyncPage):
    assert button(page, "Sync now").isVisible()
    live.accounts.forget(live.accounts.find(AccountKind.HYPERKITTY, "Team"))
    context.bus.publish(Changes.ACCOUNTS)
    settle(qtbot, context.jobs)
    qtbot.waitUntil(lambda: not page._sync.isVisible())


def test_an_account_is_added_in_a_panel_of_the_page(qtbot, context, page):
    page.opened("account")
    settle(qtbot, context.jobs)
    assert page.panels.journey.platforms.isVisible()
    page.opened(None)
    assert page.panels.journey.platforms.isVisible()
    assert page.go_back()
    assert not page.panels.journey.isVisible()
    page.opened(None)
    assert page.accounts.isVisible() or page._views.currentIndex() == ACCOUNTS


def test_a_mailing_list_among_the_platforms_leads_to_its_own_form(qtbot, context, page):
    page.opened("account")
    settle(qtbot, context.jobs)
    page.panels.journey.archive_wanted.emit()
    assert page.panels.archive.isVisible()
    page.panels.archive._leave.click()
    assert not page.panels.archive.isVisible()
