"""The history: each run in words, with what it cost and brought, and its steps for whoever wants to read them."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.pages.sync_line import add_lists, community_of
from tests.ui.pages.sync_page import made_page
from tests.ui.settled import settle
from workbench.errors import LineError
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.sync.mirror import Applied
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage
from workbench.workspace import Workspace

TRACE = "12:00:01 messages: 2 requests, 34.1 kB, 5 new\n12:00:03 likes: nothing new"


@pytest.fixture
def runs(workspace: Workspace) -> list[int]:
    add_lists(workspace, "Water")
    water, made = community_of(workspace, "Water"), []
    for error, trace in ((LineError("cut off"), None), (None, TRACE)):
        made.append(workspace.mirror.start_run(water))
        state = RunState.DONE if error is None else RunState.FAILED
        totals = Applied(added=5, gone=1, requests=2, bytes_in=32_000, bytes_out=2_100)
        workspace.mirror.end_run(made[-1], state, totals=totals, error=error, trace=trace)
        workspace.clock.advance(timedelta(minutes=5))
    return made


@pytest.fixture
def page(qtbot, runs, context: Context) -> SyncPage:
    made = made_page(qtbot, context)
    made.opened("history")
    settle(qtbot, context.jobs)
    return made


def test_a_run_tells_what_it_cost_and_brought(page: SyncPage):
    detail = page.history.detail
    assert detail._facts.text() == "2 requests · 32 kB down · 2 kB up · 5 new · 1 gone"
    assert not detail.steps.isVisible()


def test_enter_opens_the_steps_and_the_button_closes_them(qtbot, page: SyncPage):
    qtbot.keyClick(page.history.table, Qt.Key.Key_Return)
    detail = page.history.detail
    assert detail.steps.isVisible()
    assert detail.steps.toPlainText() == TRACE
    detail._copy.click()
    assert QGuiApplication.clipboard().text() == TRACE
    detail.toggle.click()
    assert not detail.steps.isVisible()


def test_a_run_without_steps_has_none_to_open(qtbot, page: SyncPage):
    qtbot.keyClick(page.history.table, Qt.Key.Key_Return)
    page.history.table.selectRow(1)
    detail = page.history.detail
    assert "Check the connection" in detail._words.text()
    assert not detail.toggle.isVisible()
    assert not detail.steps.isVisible()
    detail.open()
    assert not detail.steps.isVisible()
    detail._copy.click()
    assert "cut off" in QGuiApplication.clipboard().text()


def test_what_is_read_again_keeps_the_chosen_run(qtbot, workspace: Workspace, context: Context, page: SyncPage):
    page.history.table.selectRow(1)
    chosen = page.history.model.row_at(1).id
    workspace.mirror.start_run(community_of(workspace, "Water"))
    context.bus.publish(Changes.RUNS)
    qtbot.waitUntil(lambda: page.history.model.rowCount() == 3)
    assert page.history.model.row_at(page.history.table.currentIndex().row()).id == chosen
