"""The Sync page: accounts and what can be done with them, history, what was held back, and the ways to add."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from workbench.errors import LineError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.sync.connector import Batch
from workbench.sync.mirror import Applied
from workbench.sync.records import CommunityRecord, Rejected
from workbench.ui.context import Context
from workbench.ui.pages.sync import ACCOUNTS, HELD_BACK, HISTORY, SyncPage
from workbench.ui.widgets.chip import Chip


def settle(qtbot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.running(), timeout=20_000)


@pytest.fixture
def live(filled):
    """Also an archive on the web whose last sync failed."""
    account = filled.accounts.add(AccountKind.HYPERKITTY, "Team", base_url="https://lists.example.org/archives/")
    team = filled.mirror.ensure_community(account, CommunityRecord("team@lists.example.org", "Team"))
    run_id = filled.mirror.start_run(team)
    filled.mirror.end_run(run_id, RunState.FAILED, totals=Applied(), error=LineError("no answer"))
    return filled


@pytest.fixture
def page(qtbot, context: Context) -> SyncPage:
    context.sources.start()
    made = SyncPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    qtbot.waitUntil(lambda: not context.jobs.running() and made.is_settled())
    return made


def words(page: SyncPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def button(page: SyncPage, text: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible())


def chips(page: SyncPage) -> list[str]:
    return sorted(chip.text for chip in page.findChildren(Chip))


def test_an_empty_profile_says_what_the_page_is_for(page: SyncPage):
    assert "Nothing has been brought in yet" in words(page)


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
    settle(qtbot, context)
    qtbot.waitUntil(lambda: "Paused" in chips(page))
    button(page, "Resume").click()
    settle(qtbot, context)
    qtbot.waitUntil(lambda: "Failed" in chips(page))


def test_an_account_goes_only_when_its_number_of_messages_is_typed(qtbot, live, context: Context, page: SyncPage):
    card = next(card for card in page.accounts._cards.values() if card._view.account.name == "Tables")
    card._on_remove()
    form = card._form
    assert "cannot be undone" in words(page)
    assert not form._go.isEnabled()
    qtbot.keyClicks(form._typed, str(card._view.messages))
    with qtbot.waitSignal(context.sources.ended):
        qtbot.keyClick(form._typed, Qt.Key.Key_Return)
    settle(qtbot, context)
    assert [entry.name for entry in live.accounts.list()] == ["Team"]
    qtbot.waitUntil(lambda: len(page.accounts._cards) == 1)


def test_keeping_it_closes_the_question(live, page: SyncPage):
    card = next(iter(page.accounts._cards.values()))
    card._on_remove()
    card._form.kept.emit()
    assert card._form is None


def test_the_history_says_how_each_run_went(live, page: SyncPage):
    page.opened("history")
    assert page._views.currentIndex() == HISTORY
    assert "Check the connection" in words(page)
    assert page.history.model.rowCount() == 1


def test_what_was_held_back_is_counted_listed_and_copied(qtbot, filled, water_id, context: Context, page: SyncPage):
    assert not page._tabs.isTabVisible(HELD_BACK)
    rejected = tuple(Rejected("2024.mbox", place, "not_mail", "not the beginning of a mail") for place in (12, 900))
    context.bus.publish(filled.mirror.apply(water_id, "messages", Batch((), rejected=rejected)).changes)
    qtbot.waitUntil(lambda: page._tabs.isTabVisible(HELD_BACK))
    assert page._tabs.tabText(HELD_BACK) == "Held back (2)"
    page.opened("held-back")
    page.held_back._copy.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 3
    page.find_here()
    page.held_back.filter.setText("nothing like it")
    assert page.held_back._count.text().startswith("0 of 2")


def test_narrow_tables_leave_out_what_is_least_needed(qtbot, live, page: SyncPage):
    page.opened("history")
    page.resize(700, 500)
    table = page.history.table
    qtbot.waitUntil(lambda: any(table.isColumnHidden(column) for column in range(8)))
    shown = [table.columnWidth(column) for column in range(8) if not table.isColumnHidden(column)]
    assert sum(shown) <= table.viewport().width() + 1


def test_adding_opens_in_the_page_and_esc_leaves_it(live, page: SyncPage):
    page.opened("import")
    assert page.importing.isVisible()
    assert page.go_back()
    assert page._views.currentIndex() == ACCOUNTS
    page.opened("archive")
    assert page.archive.isVisible()
    assert page.go_back()
    assert not page.go_back()


def test_bringing_in_more_names_the_community(live, page: SyncPage):
    page.opened("import:Water in schools")
    assert page.importing._name.text() == "Water in schools"


def test_sync_now_is_shown_only_where_something_lives_on_a_line(qtbot, live, context: Context, page: SyncPage):
    assert button(page, "Sync now").isVisible()
    live.accounts.forget(live.accounts.find(AccountKind.HYPERKITTY, "Team"))
    context.bus.publish(Changes.ACCOUNTS)
    settle(qtbot, context)
    qtbot.waitUntil(lambda: not page._sync.isVisible())


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
    settle(qtbot, context)
    assert filled.accounts.find(AccountKind.SAMPLE, "Sample network") is None


def test_an_archive_can_be_added_by_its_address(qtbot, context: Context, page: SyncPage):
    page.opened("archive")
    panel = page.archive
    panel._address.setText("lists.example.org")
    assert not panel._go.isEnabled()
    panel._address.setText("https://lists.example.org/archives/list/team@lists.example.org/")
    assert panel._name.text() == "team"
    with qtbot.waitSignal(panel.added):
        panel._keep.click()
    qtbot.waitUntil(lambda: chips(page) == ["Never synced"])


def test_a_name_in_use_is_refused_without_words_of_the_command_line(qtbot, live, page: SyncPage):
    page.opened("archive")
    page.archive._address.setText("https://lists.example.org/archives/list/team@lists.example.org/")
    page.archive._name.setText("Team")
    page.archive._keep.click()
    qtbot.waitUntil(lambda: "already a community" in page.archive._hint.text())
    assert "--" not in page.archive._hint.text()
