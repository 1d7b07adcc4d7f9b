"""The board: arrows walk between columns, one question is current in all of them."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.builders import NOW
from tests.ui.pages.asked import fill
from workbench.operations.questions import question_board
from workbench.queries.questions import QuestionState
from workbench.ui.pages.questions_board import QuestionBoard


@pytest.fixture
def board(ground, theme, workspace):
    made = QuestionBoard(theme)
    made.setParent(ground)
    made.resize(800, 400)
    made.show()
    made.ids = fill(workspace)
    with workspace.database.read() as reader:
        made.show_board(question_board(reader, (), as_of=NOW), names_community=True)
    return made


@pytest.mark.parametrize(
    ("direction", "key"),
    [(Qt.LayoutDirection.LeftToRight, Qt.Key.Key_Right), (Qt.LayoutDirection.RightToLeft, Qt.Key.Key_Left)],
)
def test_arrows_walk_from_column_to_column(qtbot, board, direction, key):
    board.setLayoutDirection(direction)
    told = []
    board.chosen.connect(told.append)
    board.take_focus()
    assert (board.current.id, told) == (board.ids["ancient"], [])
    for state, name in zip(list(QuestionState)[1:], ("routed", "answered", "up"), strict=True):
        view = board.lists[list(QuestionState)[list(QuestionState).index(state) - 1]]
        qtbot.keyClick(view, key)
        assert board.current.id == board.ids[name]
        assert [other for other, one in board.lists.items() if one.place() >= 0] == [state]
    assert told == [board.ids[name] for name in ("routed", "answered", "up")]
    qtbot.keyClick(board.lists[QuestionState.ABANDONED], key)
    assert board.current.id == board.ids["up"]


def test_what_is_current_stays_so_in_another_column(board, workspace):
    assert board.choose(board.ids["routed"])
    with workspace.database.read() as reader:
        later = question_board(reader, (), as_of=NOW + timedelta(hours=1))
    board.show_board(later, names_community=False)
    assert board.current.id == board.ids["routed"]
    assert not board.choose(None)
    assert board.grab().width() == 800


def test_a_column_that_holds_more_offers_it(qtbot, board, workspace):
    def show(per_column: int) -> None:
        with workspace.database.read() as reader:
            board.show_board(question_board(reader, (), as_of=NOW, per_column=per_column), names_community=True)

    show(1)
    assert board.more[QuestionState.OPEN].isVisible()
    assert not board.more[QuestionState.ROUTED].isVisible()
    assert board._heads[QuestionState.OPEN]._subtitle.text() == "1 of 3"
    with qtbot.waitSignal(board.more_wanted):
        board.more[QuestionState.OPEN].click()
    show(9)
    assert not board.more[QuestionState.OPEN].isVisible()


def test_columns_that_would_be_too_narrow_stand_two_above_two(board):
    tops = {column.y() for column in board._columns}
    board.resize(500, 400)
    board.layout().activate()
    assert len(tops) == 1
    assert len({column.y() for column in board._columns}) == 2
