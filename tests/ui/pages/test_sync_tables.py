"""History and what was held back, as tables with words under them."""

import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui.pages.sync_page import add_failed_archive, made_page, words
from tests.ui.settled import settle
from workbench.sync.connector import Batch
from workbench.sync.records import Rejected
from workbench.ui.context import Context
from workbench.ui.pages.sync import HELD_BACK, HISTORY, SyncPage


@pytest.fixture
def live(filled):
    return add_failed_archive(filled)


@pytest.fixture
def page(qtbot, context: Context) -> SyncPage:
    return made_page(qtbot, context)


def test_the_history_says_how_each_run_went(qtbot, live, context: Context, page: SyncPage):
    page.opened("history")
    settle(qtbot, context.jobs)
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


def test_narrow_tables_leave_out_what_is_least_needed(qtbot, live, context: Context, page: SyncPage):
    page.opened("history")
    settle(qtbot, context.jobs)
    page.resize(700, 500)
    table = page.history.table
    qtbot.waitUntil(lambda: any(table.isColumnHidden(column) for column in range(8)))
    shown = [table.columnWidth(column) for column in range(8) if not table.isColumnHidden(column)]
    assert sum(shown) <= table.viewport().width() + 1
