"""Rows of the conversation list, as drawn: marks, highlights, both directions, rows still on their way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from tests.builders import NOW
from tests.ui.qt_models.test_thread_list import a_thread
from workbench.queries.search import SearchRow
from workbench.queries.snippets import Highlight
from workbench.ui.pages.conversation_list import ConversationList, HitDelegate, ThreadDelegate
from workbench.ui.qt_models.thread_list import HitListModel, ThreadListModel
from workbench.ui.theme import BODY, Theme


@pytest.fixture
def threads(qapp) -> ThreadListModel:
    return ThreadListModel()


def shown(theme: Theme, ground: QWidget, delegate: type, model) -> ConversationList:
    view = ConversationList(theme, delegate, name="Conversations")
    view.setParent(ground)
    view.setModel(model)
    view.resize(380, 300)
    view.show()
    return view


def places(view: ConversationList, colour: str) -> list[int]:
    image = view.viewport().grab().toImage()
    wanted = QColor(colour)
    return [x for y in range(100) for x in range(image.width()) if image.pixelColor(x, y) == wanted]


def test_unread_dot_stands_before_the_subject_in_both_directions(theme, ground, threads):
    threads.set_rows(1, [a_thread(1)], page=0, now=NOW)
    view = shown(theme, ground, ThreadDelegate, threads)
    assert max(places(view, theme.tokens.accent)) < 30
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert min(places(view, theme.tokens.accent)) > 340
    threads.set_rows(1, [a_thread(1, is_unread=False)], page=0, now=NOW)
    assert places(view, theme.tokens.accent) == []


def test_open_question_is_marked_in_words(theme, ground, threads):
    threads.set_rows(1, [a_thread(1, is_question=True, is_unread=False)], page=0, now=NOW)
    view = shown(theme, ground, ThreadDelegate, threads)
    assert places(view, theme.tokens.watch)
    threads.set_rows(1, [a_thread(1, is_question=True, is_answered=True, is_unread=False)], page=0, now=NOW)
    assert not places(view, theme.tokens.watch)


def test_rows_on_their_way_are_drawn_quietly(theme, ground, threads):
    threads.set_rows(150, [a_thread(number) for number in range(100)], page=0, now=NOW)
    view = shown(theme, ground, ThreadDelegate, threads)
    view.scrollToBottom()
    assert not view.viewport().grab().isNull()


def test_found_words_stand_on_a_marked_ground(theme, ground, qapp):
    model = HitListModel()
    hit = SearchRow(
        1,
        1,
        1,
        "Water",
        "Red pump 😀 pump",
        "Amina",
        7,
        NOW,
        "the red pump " * 20,
        (Highlight(8, 12),),
        (Highlight(11, 15),),
    )
    model.set_rows([hit])
    view = shown(theme, ground, HitDelegate, model)
    assert len(places(view, theme.tokens.mark)) > 100
    model.set_rows([SearchRow(1, 1, 1, "Water", "Pumps", "Amina", 7, NOW, "words", (), ())])
    assert places(view, theme.tokens.mark) == []


def test_long_title_stays_on_its_one_line(theme, ground, qapp):
    """A line of text without a place of its own is drawn over the first one."""
    model = HitListModel()
    view = shown(theme, ground, HitDelegate, model)
    long = "[Water] iiii iiii iiii 😀 iiii iiii iiii iiii iiii iiii iiii " + "WWWWW MMMMM " * 9
    drawn = []
    for subject in (long, long + "and then much more of it " * 9):
        model.set_rows([SearchRow(1, 1, 1, "Water", subject, "Amina", 7, NOW, "", (), ())])
        drawn.append(view.viewport().grab().toImage())
    assert drawn[0] == drawn[1]
    painter_font = theme.font(BODY, weight=QFont.Weight.DemiBold)
    layout = HitDelegate(theme, view)._laid_out(long, (), font=painter_font, width=300, lines=1, turned=False)
    assert layout.lineCount() == 1


def test_enter_opens_and_moving_chooses(qtbot, theme, ground, threads):
    threads.set_rows(3, [a_thread(number) for number in range(3)], page=0, now=NOW)
    view = shown(theme, ground, ThreadDelegate, threads)
    view.choose(0)
    with qtbot.waitSignal(view.row_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert chosen.args == [1]
    with qtbot.waitSignal(view.row_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [1]
    view.choose(-1)
    assert view.place() == -1
