"""A column: what it is called for a screen reader, its keyboard, and the mark of where a carried card would land."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.plan_samples import TODAY, an_item
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_column import BoardColumn
from workbench.ui.widgets.board_head import NewCardLine
from workbench.ui.widgets.card_delegate import CardDelegate


@pytest.fixture
def board(qapp) -> BoardModel:
    made = BoardModel()
    made.set_cards([an_item("a"), an_item("b"), an_item("d", CardColumn.DOING)], today=TODAY)
    return made


@pytest.fixture
def column(qtbot, ground: QWidget, theme: Theme, board: BoardModel) -> BoardColumn:
    made = BoardColumn(theme, board, board.slots[0], CardDelegate(theme, ground))
    made.setParent(ground)
    made.resize(340, 500)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


def test_screen_readers_hear_title_and_count(column: BoardColumn, board: BoardModel):
    assert column.cards.accessibleName() == "To do, 2 cards"
    board.set_cards([an_item("a")], today=TODAY)
    assert column.cards.accessibleName() == "To do, 1 card"


def test_line_for_a_new_card_gives_the_keyboard_back_to_the_cards(qtbot, column: BoardColumn):
    column.open_line()
    line = column.findChild(NewCardLine)
    qtbot.keyClicks(line, "Call the sponsor")
    with qtbot.waitSignal(column.added) as added:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert added.args == ["Call the sponsor"]
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert column.cards.hasFocus()


def test_target_column_is_marked(column: BoardColumn):
    plain = column.grab().toImage()
    column.set_target(is_target=True)
    assert column.grab().toImage() != plain
    column.set_target(is_target=False)
    assert column.grab().toImage() == plain
