"""A column's head: its count and limit, its line for new cards, and the line for what is kept back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tests.ui.plan_samples import TODAY, an_item, shown
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.board_slots import BEFORE, Columns, Rows
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_head import BoardHead, LaterLine, NewCardLine

FAR = TODAY + timedelta(days=45)
TODO = CardColumn.TODO


@pytest.fixture
def board(qapp) -> BoardModel:
    made = BoardModel()
    show(made)
    return made


def show(board: BoardModel, *, passing: list[str] | None = None, words: bool = False) -> None:
    cards = [an_item("a"), an_item("b"), an_item("far", due_on=FAR), an_item("d", CardColumn.DOING)]
    board.set_cards(cards, today=TODAY, passing=passing, finds_all=words)


@pytest.fixture
def head(qtbot, ground: QWidget, theme: Theme, board: BoardModel) -> BoardHead:
    made = BoardHead(theme, board, board.slots[0])
    column = QVBoxLayout(ground)
    column.addWidget(made)
    column.addWidget(LaterLine(theme, board, board.slots[0]))
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


def line(head: BoardHead) -> NewCardLine:
    return head.findChild(NewCardLine)


def later(ground: QWidget) -> QPushButton:
    return ground.findChild(LaterLine).findChild(QPushButton)


def test_head_counts_every_card_of_the_column(head: BoardHead, board: BoardModel):
    assert head._count.text() == "3"
    show(board, passing=["b"])
    assert head._count.text() == "1 of 3"
    assert head._count.accessibleName() == "To do: 1 of 3"


def test_more_cards_than_the_limit_are_said_in_a_word(head: BoardHead, board: BoardModel):
    assert not head._over.isVisible()
    board.set_limits({TODO: 2})
    assert (head._over.text, head._over.isVisible()) == ("over 2", True)
    assert head._count.accessibleName() == "To do: 3, over 2"
    board.set_limits({TODO: 3})
    assert not head._over.isVisible()
    assert head._count.accessibleName() == "To do: 3, limit 3"


def test_limit_is_chosen_from_a_menu(qtbot, head: BoardHead, board: BoardModel):
    board.set_limits({TODO: 4})
    acts = {act.text(): act for act in head.limit_menu().actions()}
    assert [words for words, act in acts.items() if act.isChecked()] == ["4 cards"]
    with qtbot.waitSignal(head.limited) as limited:
        acts["No limit"].trigger()
    assert limited.args == [0]


def test_limits_are_offered_only_where_columns_stay(ground: QWidget, theme: Theme, board: BoardModel):
    board.lay_out(by=Columns.OWNER, rows=Rows.NONE)
    head = BoardHead(theme, board, board.slots[0])
    head.setParent(ground)
    head.resize(400, 40)
    head.show()
    assert not head._options.isVisible()
    assert head._add.isVisible()


def test_narrow_head_keeps_title_and_count(head: BoardHead, ground: QWidget):
    assert head._options.isVisible()
    for width, options, add in ((140, False, True), (90, False, False)):
        head.setFixedWidth(width)
        ground.layout().activate()
        assert (head._options.isVisible(), head._add.isVisible()) == (options, add)


def test_later_cards_are_one_quiet_line(qtbot, head: BoardHead, ground: QWidget, board: BoardModel):
    assert later(ground).text() == "1 later card · show"
    qtbot.mouseClick(later(ground), Qt.MouseButton.LeftButton)
    assert shown(board, TODO) == ["a", "b", "far"]
    assert later(ground).text() == "Hide 1 later card"
    show(board, passing=["a"], words=True)
    assert not later(ground).isVisible()
    board.set_cards([an_item("a")], today=TODAY)
    assert not later(ground).isVisible()


def test_narrow_line_is_short_and_says_all_to_screen_readers(head: BoardHead, ground: QWidget):
    ground.findChild(LaterLine).setFixedWidth(100)
    ground.layout().activate()
    assert (later(ground).text(), later(ground).accessibleName()) == ("1 · show", "1 later card · show")


def test_weeks_say_that_more_is_kept_back_than_later_cards(ground: QWidget, theme: Theme, board: BoardModel):
    board.lay_out(by=Columns.WEEK, rows=Rows.NONE)
    board.set_cards([an_item("x", CardColumn.DONE, due_on=TODAY - timedelta(days=20))], today=TODAY)
    made = LaterLine(theme, board, next(slot for slot in board.slots if slot.key == BEFORE))
    made.setParent(ground)
    made.resize(300, 30)
    made.show()
    assert made.findChild(QPushButton).text() == "1 more card · show"


def test_enter_adds_and_waits_for_the_next_one(qtbot, head: BoardHead):
    head.open_line()
    assert line(head).hasFocus()
    qtbot.keyClicks(line(head), "  Call the sponsor ")
    with qtbot.waitSignal(head.added) as added:
        qtbot.keyClick(line(head), Qt.Key.Key_Return)
    assert added.args == ["Call the sponsor"]
    assert line(head).isVisible()
    assert line(head).text() == ""
    with qtbot.assertNotEmitted(head.added):
        qtbot.keyClick(line(head), Qt.Key.Key_Return)


def test_escape_closes_the_line_and_says_so(qtbot, head: BoardHead):
    closed: list[bool] = []
    head.closed.connect(lambda: closed.append(True))
    head.open_line()
    qtbot.keyClicks(line(head), "Half a thou")
    qtbot.keyClick(line(head), Qt.Key.Key_Escape)
    assert not line(head).isVisible()
    assert closed == [True]
    head.open_line()
    assert line(head).text() == ""


def test_empty_line_closes_when_it_is_left_and_a_filled_one_stays(head: BoardHead):
    head.open_line()
    head._add.setFocus()
    assert not line(head).isVisible()
    head.open_line()
    line(head).setText("Half a thought")
    head._add.setFocus()
    assert line(head).isVisible()
