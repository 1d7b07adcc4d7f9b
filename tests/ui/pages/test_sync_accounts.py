"""One account on the Sync page: its state, its communities, and what can be done with it."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton

from tests.ui.pages.sync_line import add_lists, community_of, tell_state
from tests.ui.pages.sync_page import add_failed_archive, button, chips, made_page, words
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.sync.mirror import Applied
from workbench.sync.records import CommunityRecord
from workbench.ui.context import Context
from workbench.ui.link import Told
from workbench.ui.pages.sync import SyncPage
from workbench.ui.source_work import WorkKind


@pytest.fixture
def live(filled):
    return add_failed_archive(filled)


@pytest.fixture
def page(qtbot, context: Context) -> SyncPage:
    return made_page(qtbot, context)


def test_each_account_shows_its_state_with_reason_and_next_step(live, page: SyncPage):
    assert chips(page) == ["Brought in", "Failed"]
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


@pytest.fixture
def lists(workspace):
    account = add_lists(workspace, "Water", every=60)
    workspace.accounts.tried(account)
    return account


def card_of(page: SyncPage, account: int):
    return page.accounts._cards[account]


def test_an_account_on_a_line_says_what_comes_next_and_what_it_cost(lists, page: SyncPage):
    card = card_of(page, lists)
    assert "Next by itself at" in card._next.text()
    assert card._spent.text() == "0 bytes of 5 MB today · 0 bytes this month"
    assert card._meter.isVisible()
    assert card._meter.accessibleName().startswith("Data used: ")
    assert card.covers.isVisible()


def test_what_comes_next_follows_the_link(lists, context: Context, page: SyncPage):
    context.sources.link._ask = lambda: Told(is_connected=False)
    context.sources.link.look()
    assert card_of(page, lists)._next.text() == "Waits for a link."


def test_pausing_stops_what_runs_and_resuming_goes_on(qtbot, lists, context: Context, page: SyncPage):
    card, sources = card_of(page, lists), context.sources
    with qtbot.waitSignal(sources.ended, timeout=30_000) as ended:
        card._sync.click()
        assert card._chip.text == "Running"
        card._pause.click()
    assert ended.args[0].is_stopping
    qtbot.waitUntil(lambda: card._chip.text == "Paused")
    settle(qtbot, context.jobs)
    run = context.workspace.mirror.start_run(community_of(context.workspace, "Water"))
    context.workspace.mirror.end_run(run, RunState.CANCELLED, totals=Applied())
    context.bus.publish(Changes.RUNS)
    qtbot.waitUntil(lambda: card._view.last_run is not None)
    with qtbot.waitSignal(sources.ended, timeout=30_000):
        card._pause.click()
        qtbot.waitUntil(lambda: sources.on_line() is not None)
        sources.stop_syncs()
    settle(qtbot, context.jobs)


def test_the_question_is_answered_by_keeping_them_or_by_a_run_that_trusts_it(qtbot, lists, context: Context):
    workspace, sources = context.workspace, context.sources
    tell_state(workspace, community_of(workspace, "Water"), held={"members": (340, 400), "messages": (30, 60)})
    page = made_page(qtbot, context)
    card = card_of(page, lists)
    assert card._chip.text == "Question for you"
    cover = card._view.covers[0]
    with qtbot.waitSignal(sources.ended, timeout=30_000):
        card.covers.gone.emit(cover)
        assert sources.on_line().kind is WorkKind.SYNC
        assert sources.waits("Lists"), "messages are compared by a check, which waits for its turn"
        sources.stop_syncs()
    settle(qtbot, context.jobs)
    card.covers.kept.emit(cover)
    qtbot.waitUntil(lambda: card._chip.text != "Question for you")
    settle(qtbot, context.jobs)


def test_the_menu_offers_the_check_and_the_way_out(qtbot, lists, context: Context, page: SyncPage):
    card = card_of(page, lists)
    card._menu.click()
    menu = next(one for one in card._menu.findChildren(QMenu) if one.isVisible())
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles == ["Check completeness", "Rename…", "Change details…", "Sign in…", "Remove…"]
    with qtbot.waitSignal(context.sources.ended, timeout=30_000) as ended:
        menu.actions()[0].trigger()
        context.sources.on_line().stop()
    assert ended.args[0].kind is WorkKind.CHECK
    menu.close()
    settle(qtbot, context.jobs)
