"""Cards carried by the mouse: what follows it, where they land, and how they are put back."""

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.plan_samples import TODAY, an_item
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_carry import BoardCarry
from workbench.ui.widgets.board_view import BoardView

CARD = an_item("a")


@pytest.fixture
def view(ground: QWidget, theme: Theme) -> BoardView:
    board = BoardModel(ground)
    board.set_cards([CARD, an_item("b"), an_item("d", CardColumn.DOING)], today=TODAY)
    made = BoardView(theme, board)
    made.setParent(ground)
    made.resize(800, 500)
    made.show()
    QApplication.processEvents()
    return made


@pytest.fixture
def carry(view: BoardView) -> BoardCarry:
    return view.carry


def over(view: BoardView, column: str) -> QPoint:
    return view.columns[column].cards.viewport().mapToGlobal(QPoint(20, 5))


def test_cards_land_in_the_place_under_the_mouse(qtbot, view: BoardView, carry: BoardCarry):
    carry.lift(["a"], CARD, QSize(200, 60), QPoint(5, 5))
    carry.carry(over(view, "doing"))
    assert carry.ghost.pos() == view.mapFromGlobal(over(view, "doing")) - QPoint(5, 5)
    with qtbot.waitSignal(carry.dropped) as dropped:
        carry.let_go(is_kept=True)
    assert dropped.args == [("a",), view.columns["doing"], 0]
    assert not carry.ghost.isVisible()


def test_what_is_put_back_lands_nowhere(qtbot, view: BoardView, carry: BoardCarry):
    carry.lift(["a"], CARD, QSize(200, 60), QPoint())
    carry.carry(over(view, "doing"))
    with qtbot.assertNotEmitted(carry.dropped):
        carry.let_go(is_kept=False)
        carry.let_go(is_kept=True)
    assert not view.delegate().lifted


def test_several_cards_show_their_number_and_one_more_behind(carry: BoardCarry):
    carry.lift(["a"], CARD, QSize(200, 60), QPoint())
    alone = carry.ghost.size()
    carry.let_go(is_kept=False)
    carry.lift(["a", "b"], CARD, QSize(200, 60), QPoint())
    assert carry.ghost.width() > alone.width()


def test_no_line_is_drawn_where_order_means_nothing(view: BoardView, carry: BoardCarry):
    carry.use(view.cells, frame=None, has_order=False)
    carry.lift(["a"], CARD, QSize(200, 60), QPoint())
    carry.carry(over(view, "doing"))
    assert view.columns["doing"].cards._drop_row is None
    assert view.columns["doing"]._is_target


def test_places_that_take_no_cards_are_passed_over(qtbot, view: BoardView, carry: BoardCarry):
    doing = view.columns["doing"]
    doing.slot = doing.slot._replace(takes=False)
    carry.lift(["a"], CARD, QSize(200, 60), QPoint())
    carry.carry(over(view, "doing"))
    with qtbot.waitSignal(carry.dropped) as dropped:
        carry.let_go(is_kept=True)
    assert dropped.args[1] is not doing


def test_nothing_scrolls_before_the_mouse_has_moved(carry: BoardCarry):
    carry.scroll_at_edge()
    carry.lift(["a"], CARD, QSize(200, 60), QPoint())
    carry.scroll_at_edge()
    assert carry.ghost.isVisible()
