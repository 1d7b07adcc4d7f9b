"""Listening over a real profile: words given, hits that come in, handed on, seen, and let go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui.pages.asked import fill
from tests.ui.pages.quiet import Quiet
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.questions import LISTENING, QuestionsPage


@pytest.fixture
def quiet(qtbot, context: Context) -> Quiet:
    return Quiet(qtbot, context.jobs)


@pytest.fixture
def ids(workspace):
    return fill(workspace)


@pytest.fixture
def page(quiet: Quiet, ids, window: MainWindow) -> QuestionsPage:
    window.open_page("questions")
    shown = window.page()
    quiet.wait(shown)
    return shown


def words(page: QuestionsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_words_are_listened_for_and_new_hits_come_in(qtbot, quiet: Quiet, page, ids, context: Context):
    page.tabs.setCurrentIndex(LISTENING)
    quiet.wait(page)
    qtbot.keyClicks(page.listening.words, "borehole")
    qtbot.keyClick(page.listening.words, Qt.Key.Key_Return)
    quiet.wait(page)
    assert "Nothing new" in words(page)
    with context.workspace.database.write() as session:
        session.connection().exec_driver_sql("UPDATE listening SET seen_id = 0")
    page.mark_stale()
    quiet.wait(page)
    assert "3 new hits" in words(page)
    assert page.listening.hits.model().rowCount() == 3
    page.listening.hits.choose(0)
    quiet.wait(page)
    assert page.side.shown.id == ids["answered"]
    page.listening.owner.setText("Person 2 Example")
    page.listening.owner.left.emit()
    quiet.wait(page)
    assert "Person 2 Example" in page.listening.list.item(0).text()
    page.listening.hits.choose(1)
    quiet.wait(page)
    assert page.side.owner.text() in {"Person 2 Example", "Person 4 Example"}
    page.listening.seen.click()
    quiet.wait(page)
    assert "Nothing new" in words(page)
    qtbot.keyClicks(page.listening.words, "aquifer")
    qtbot.keyClick(page.listening.words, Qt.Key.Key_Return)
    quiet.wait(page)
    assert "aquifer" in page.listening.list.currentItem().text()
    page.listening.stop.click()
    quiet.wait(page)
    page.listening.stop.click()
    quiet.wait(page)
    assert "Hear when something comes up" in words(page)
    context.actions.trigger("edit.undo")
    quiet.wait(page)
    assert page.listening.list.count() == 1
