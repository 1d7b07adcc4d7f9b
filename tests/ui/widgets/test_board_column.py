"""A column's heading, its line for new cards, and the line for what is kept back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from tests.ui.plan_samples import TODAY, an_item, shown
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_column import BoardColumn, NewCardLine
from workbench.ui.widgets.card_delegate import CardDelegate

FAR = TODAY + timedelta(days=45)


@pytest.fixture
def board(qapp) -> BoardModel:
    made = BoardModel()
    made.set_cards([an_item("a"), an_item("b"), an_item("far", due_on=FAR), an_item("d", CardColumn.DOING)])
    return made


@pytest.fixture
def column(qtbot, ground: QWidget, theme: Theme, board: BoardModel) -> BoardColumn:
    made = BoardColumn(theme, board, CardColumn.TODO, CardDelegate(theme, ground))
    made.setParent(ground)
    made.resize(340, 500)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


def line(column: BoardColumn) -> NewCardLine:
    return column.findChild(NewCardLine)


def later(column: BoardColumn) -> QPushButton:
    return next(button for button in column.findChildren(QPushButton) if "later" in button.text() or not button.text())


def test_heading_counts_every_card_of_the_column(column: BoardColumn, board: BoardModel):
    assert column._count.text() == "3"
    assert column.cards.accessibleName() == "To do, 3 cards"
    board.set_filter("card b")
    assert column._count.text() == "1 of 3"


def test_later_cards_are_one_quiet_line(qtbot, column: BoardColumn, board: BoardModel):
    assert later(column).text() == "1 later card · show"
    qtbot.mouseClick(later(column), Qt.MouseButton.LeftButton)
    assert shown(board, CardColumn.TODO) == ["a", "b", "far"]
    assert later(column).text() == "Hide 1 later card"
    board.set_filter("card")
    assert not later(column).isVisible()
    board.set_filter("")
    board.set_cards([an_item("a")])
    assert not later(column).isVisible()


def test_other_columns_keep_nothing_back(ground: QWidget, theme: Theme, board: BoardModel):
    doing = BoardColumn(theme, board, CardColumn.DOING, CardDelegate(theme, ground))
    doing.setParent(ground)
    doing.show()
    assert not any(button.isVisible() for button in doing.findChildren(QPushButton))


def test_enter_adds_and_waits_for_the_next_one(qtbot, column: BoardColumn):
    column.open_line()
    assert line(column).hasFocus()
    qtbot.keyClicks(line(column), "  Call the sponsor ")
    with qtbot.waitSignal(column.added) as added:
        qtbot.keyClick(line(column), Qt.Key.Key_Return)
    assert added.args == ["Call the sponsor"]
    assert line(column).isVisible()
    assert line(column).text() == ""
    with qtbot.assertNotEmitted(column.added):
        qtbot.keyClick(line(column), Qt.Key.Key_Return)


def test_escape_closes_the_line_and_goes_back_to_the_cards(qtbot, column: BoardColumn):
    column.open_line()
    qtbot.keyClicks(line(column), "Half a thou")
    qtbot.keyClick(line(column), Qt.Key.Key_Escape)
    assert not line(column).isVisible()
    assert column.cards.hasFocus()
    column.open_line()
    assert line(column).text() == ""


def test_empty_line_closes_when_it_is_left_and_a_filled_one_stays(column: BoardColumn):
    column.open_line()
    column.cards.setFocus()
    assert not line(column).isVisible()
    column.open_line()
    line(column).setText("Half a thought")
    column.cards.setFocus()
    assert line(column).isVisible()


def test_target_column_is_marked(column: BoardColumn):
    plain = column.grab().toImage()
    column.set_target(is_target=True)
    assert column.grab().toImage() != plain
