"""The board by mouse and by keys: carrying cards, moving the marked one, both directions of reading."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.plan_samples import an_item, shown
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_view import BoardView

TODO, DOING, DONE = CardColumn
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def board(qapp) -> BoardModel:
    made = BoardModel()
    made.set_cards([an_item("a"), an_item("b"), an_item("c"), an_item("d", DOING), an_item("e", DOING)])
    return made


@pytest.fixture
def view(qtbot, ground: QWidget, theme: Theme, board: BoardModel) -> BoardView:
    made = BoardView(theme, board)
    made.setParent(ground)
    made.resize(800, 600)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    # What the page does with a wish: shows it at once.
    made.moved.connect(lambda card, to, index: board.move(card, to=to, index=index))
    return made


def spot(view: BoardView, column: CardColumn, row: int, *, below: int = 0) -> QPoint:
    """The middle of a card, in the coordinates of the viewport the drag began in."""
    cards = view.columns[column].cards
    return cards.viewport().mapToGlobal(cards.visualRect(cards.model().index(row, 0)).center() + QPoint(0, below))


def drag(view: BoardView, column: CardColumn, row: int, to: QPoint, *, lets_go: bool = True) -> None:
    viewport = view.columns[column].cards.viewport()
    start = viewport.mapFromGlobal(spot(view, column, row))
    QTest.mousePress(viewport, LEFT, pos=start)
    for share in (0.2, 0.6, 1.0):
        end = viewport.mapFromGlobal(to)
        at = QPoint(round(start.x() + (end.x() - start.x()) * share), round(start.y() + (end.y() - start.y()) * share))
        move(viewport, at)
    if lets_go:
        QTest.mouseRelease(viewport, LEFT, pos=viewport.mapFromGlobal(to))


def move(viewport: QWidget, at: QPoint) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(viewport.mapToGlobal(at)), Qt.MouseButton.NoButton, LEFT,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_card_is_carried_to_another_column(view: BoardView, board: BoardModel):
    drag(view, TODO, 0, spot(view, DOING, 0, below=25))
    assert (shown(board, TODO), shown(board, DOING)) == (["b", "c"], ["d", "a", "e"])
    assert view.chosen_card() == "a"


def test_card_is_carried_down_and_up_its_own_column(view: BoardView, board: BoardModel):
    drag(view, TODO, 0, spot(view, TODO, 1, below=25))
    assert shown(board, TODO) == ["b", "a", "c"]
    drag(view, TODO, 2, spot(view, TODO, 0, below=-25))
    assert shown(board, TODO) == ["c", "b", "a"]


def test_card_let_go_beyond_the_board_lands_in_the_nearest_column(view: BoardView, board: BoardModel):
    drag(view, TODO, 1, view.mapToGlobal(QPoint(view.width() + 200, 300)))
    assert shown(board, DONE) == ["b"]


def test_card_let_go_where_it_was_moves_nothing(qtbot, view: BoardView):
    with qtbot.assertNotEmitted(view.moved):
        drag(view, TODO, 1, spot(view, TODO, 1, below=10))
        drag(view, TODO, 1, spot(view, TODO, 1, below=-10))


def test_drop_indicator_shows_in_one_column_while_carrying(view: BoardView):
    drag(view, TODO, 0, spot(view, DOING, 1, below=25), lets_go=False)
    assert view.columns[DOING].cards._drop_row == 2
    assert view.columns[TODO].cards._drop_row is None
    assert view._ghost.isVisible()
    assert view.delegate().lifted == "a"


def test_escape_takes_a_carried_card_back(qtbot, view: BoardView, board: BoardModel):
    drag(view, TODO, 0, spot(view, DOING, 0), lets_go=False)
    with qtbot.assertNotEmitted(view.moved):
        qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Escape)
    assert not view._ghost.isVisible()
    assert view.delegate().lifted is None
    assert shown(board, TODO) == ["a", "b", "c"]


def test_card_carried_to_the_edge_scrolls_the_column(view: BoardView, board: BoardModel):
    board.set_cards([*(an_item(f"t{number:02}") for number in range(40)), an_item("d", DOING)])
    bottom = view.columns[TODO].cards
    at = bottom.viewport().mapToGlobal(QPoint(40, bottom.viewport().height() - 5))
    drag(view, DOING, 0, at, lets_go=False)
    before = bottom.verticalScrollBar().value()
    view._scroll_at_edge()
    assert bottom.verticalScrollBar().value() > before


def test_keys_move_the_marked_card_across_and_along(view: BoardView, board: BoardModel):
    view.choose("b")
    view.move_chosen(along=-1)
    assert shown(board, TODO) == ["b", "a", "c"]
    view.move_chosen(along=-1)
    view.move_chosen(across=-1)
    assert shown(board, TODO) == ["b", "a", "c"]
    view.move_chosen(across=1)
    assert shown(board, DOING) == ["b", "d", "e"]
    view.move_chosen(across=1)
    view.move_chosen(across=1)
    assert shown(board, DONE) == ["b"]
    assert view.chosen_card() == "b"


def test_right_means_right_as_seen_in_arabic_too(view: BoardView, board: BoardModel):
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.choose("d")
    view.move_chosen(across=1)
    assert shown(board, TODO) == ["d", "a", "b", "c"]
    view.move_chosen(across=-1)
    assert shown(board, DOING) == ["d", "e"]


def test_arrows_walk_between_columns_and_skip_empty_ones(qtbot, view: BoardView, board: BoardModel):
    view.take_focus()
    assert view.chosen_card() == "a"
    qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Down)
    qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Right)
    assert view.chosen_card() == "e"
    assert view.columns[DOING].cards.hasFocus()
    board.set_cards([an_item("a"), an_item("z", DONE)])
    view.choose("a")
    qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Right)
    assert view.chosen_card() == "z"


def test_one_card_is_marked_at_a_time(view: BoardView):
    view.choose("a")
    view.choose("d")
    assert view.columns[TODO].cards.current_card() is None
    assert view.columns[DOING].cards.current_card() == "d"
    view.choose("nobody")
    assert view.chosen_card() == "d"
    view.choose(None)
    assert view.chosen_card() is None


def test_mark_follows_its_card_through_a_new_reading(view: BoardView, board: BoardModel):
    view.choose("c")
    board.set_cards([an_item("c", DONE), an_item("a"), an_item("b")])
    assert view.chosen_card() == "c"
    assert view.columns[DONE].cards.current_card() == "c"


def test_mark_passes_to_the_card_that_took_the_place(qtbot, view: BoardView, board: BoardModel):
    view.choose("b")
    with qtbot.waitSignal(view.chosen) as chosen:
        board.remove("b")
    assert chosen.args == [view.chosen_card()]
    assert view.chosen_card() in {"a", "c"}


def test_empty_board_can_take_the_keyboard(view: BoardView, board: BoardModel):
    board.set_cards([])
    view.take_focus()
    assert view.columns[TODO].cards.hasFocus()
    view.move_chosen(across=1)
    assert view.chosen_card() is None
