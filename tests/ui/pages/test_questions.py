"""The questions page over a real profile: the board, what is done about a question, and the other parts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from tests.ui.pages.asked import fill, shelve
from tests.ui.pages.quiet import Quiet
from workbench.queries.lanes import MOST_STALE
from workbench.queries.questions import QuestionState, find_question
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.conversation_wish import ReplyWish
from workbench.ui.pages.question_inspector import QuestionDeed
from workbench.ui.pages.questions import BOARD, LANES, LIBRARY, TAGS, URGENT, QuestionsPage
from workbench.ui.period import Period, PeriodKind


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


def columns(page: QuestionsPage) -> dict[str, list[str]]:
    return {
        state.value: [model.index(row, 0).data().removeprefix("About ") for row in range(model.rowCount())]
        for state, model in page.board.models.items()
    }


def words(page: QuestionsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def state(context: Context, thread) -> QuestionState:
    with context.workspace.database.read() as reader:
        return find_question(reader, thread, as_of=context.workspace.clock.now()).state


def press(quiet: Quiet, page: QuestionsPage, deed: QuestionDeed) -> None:
    page.side.buttons[deed].click()
    quiet.wait(page)


def test_the_board_shows_what_waits_and_tells_what_the_period_hides(qtbot, quiet: Quiet, page, context: Context):
    assert columns(page) == {
        "open": ["old", "young"], "routed": ["routed"], "answered": ["answered"], "abandoned": ["up"],
    }  # fmt: skip
    assert "2 late in this period, 3 in all" in words(page)
    assert "1 open question was asked before this period" in words(page)
    context.set_period(Period(PeriodKind.ALL))
    quiet.wait(page)
    assert columns(page)["open"] == ["ancient", "old", "young"]
    page.limit.setCurrentIndex(page.limit.findText("Late after 24 h"))
    quiet.wait(page)
    assert "3 late" in words(page)


def test_a_question_is_routed_settled_and_taken_back(qtbot, quiet: Quiet, page, ids, context: Context):
    assert page.inspector() is None
    page.board.take_focus()
    qtbot.keyClick(page.board.lists[QuestionState.OPEN], Qt.Key.Key_Down)
    quiet.wait(page)
    assert page.inspector() is page.side
    assert page.side.shown.id == ids["young"]
    qtbot.keyClicks(page.side.owner, "Person 3 Example")
    qtbot.keyClick(page.side.owner, Qt.Key.Key_Return)
    quiet.wait(page)
    assert state(context, ids["young"]) is QuestionState.ROUTED
    press(quiet, page, QuestionDeed.COPY)
    assert QGuiApplication.clipboard().text().startswith("Dear Person 3 Example,")
    press(quiet, page, QuestionDeed.ANSWERED)
    assert state(context, ids["young"]) is QuestionState.ANSWERED
    for expected in (QuestionState.ROUTED, QuestionState.OPEN):
        context.actions.trigger("edit.undo")
        quiet.wait(page)
        assert state(context, ids["young"]) is expected
    assert not context.actions.action("edit.undo").isEnabled()
    assert context.actions.trigger("question.abandon")
    quiet.wait(page)
    assert state(context, ids["young"]) is QuestionState.ABANDONED
    press(quiet, page, QuestionDeed.REOPEN)
    assert columns(page)["open"] == ["old", "young"]


def test_asking_in_the_thread_begins_an_answer_there(quiet: Quiet, page, ids, window: MainWindow, context: Context):
    wishes = []
    context.page_wanted.connect(lambda key, argument: wishes.append((key, argument)))
    page.opened(ids["routed"])
    quiet.wait(page)
    assert page.board.current.id == ids["routed"]
    press(quiet, page, QuestionDeed.ASK_THERE)
    ((key, wish),) = wishes
    assert (key, wish.thread_id, wish.text.startswith("@Person 4 Example, could you help")) == (
        "conversations", ids["routed"], True,
    )  # fmt: skip
    window.go_back()
    assert isinstance(wish, ReplyWish)


def test_an_urgent_thread_stands_in_its_own_part(quiet: Quiet, page, ids):
    page.opened(ids["answered"])
    quiet.wait(page)
    press(quiet, page, QuestionDeed.URGENT)
    page.tabs.setCurrentIndex(URGENT)
    quiet.wait(page)
    assert page.surges.rowCount() == 1
    assert page.surges.row_at(0).people_in_time == 1
    assert "1 person from 1 office in 24 hours" in page.side._surge.text()


def test_hashtags_lanes_and_library_have_their_parts(qtbot, quiet: Quiet, page, window, context: Context):
    wishes = []
    context.page_wanted.connect(lambda key, argument: wishes.append((key, argument)))
    page.tabs.setCurrentIndex(TAGS)
    quiet.wait(page)
    assert [page.tags.index(0, column).data() for column in range(3)] == ["#pumps", "2", "2"]
    assert "1 hashtag, 0 of five people or more; the others stay on this screen" in words(page)
    table = page._parts.currentWidget().focusProxy()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert wishes == [("conversations", "#pumps")]
    window.open_page("questions")
    page.tabs.setCurrentIndex(LANES)
    quiet.wait(page)
    assert [model.rowCount() for model in page.lanes.models.values()] == [4, 1]
    assert "40\N{NO-BREAK SPACE}% of the period's messages are dialogue" in words(page)
    page.opened("Library")
    quiet.wait(page)
    assert page.tabs.currentIndex() == LIBRARY
    assert page.library.index(0, 0).data() == "guide.pdf"
    assert not page.more.isVisible()
    shelve(context.workspace, MOST_STALE)
    page.refresh()
    quiet.wait(page)
    assert f"the latest {MOST_STALE} files and links" in words(page)
    page.more.click()
    quiet.wait(page)
    assert f"{MOST_STALE + 1} files and links in whose conversation nothing happened for 180 days" in words(page)
    assert not page.more.isVisible()
    page.tabs.setCurrentIndex(URGENT)
    quiet.wait(page)
    assert "No urgent thread" in words(page)
    page.tabs.setCurrentIndex(BOARD)
    quiet.wait(page)
    assert columns(page)["routed"] == ["routed"]


def test_before_anything_is_here_the_page_says_what_it_is_for(quiet: Quiet, window: MainWindow):
    window.open_page("questions")
    quiet.wait(window.page())
    assert "No question stays unanswered" in words(window.page())
    assert not window.page().tabs.isVisible()
