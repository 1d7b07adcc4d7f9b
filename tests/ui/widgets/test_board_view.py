"""The board by mouse and by keys: carrying cards, moving the marked one, both directions of reading."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.plan_samples import TODAY, an_item, shown
from workbench.ids import CardId, ObjectiveId
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.board_slots import Columns, Rows
from workbench.ui.qt_models.card_item import CardItem
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_view import BoardView

TODO, DOING, DONE = CardColumn
LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
WATER = ObjectiveId("water")


@pytest.fixture
def board(qapp) -> BoardModel:
    made = BoardModel()
    show(made, an_item("a"), an_item("b"), an_item("c"), an_item("d", DOING), an_item("e", DOING))
    return made


def show(board: BoardModel, *cards: CardItem) -> None:
    board.set_cards(cards, today=TODAY)


def place(board: BoardModel, cards: tuple[CardId, ...], lane: str, to: str, row: int) -> None:
    """What the page does with a wish: shows it at once."""
    index = board.index_for(cards, lane=lane, to=to, row=row)
    held = {card.id: card for card in board._cards}
    moving = [replace(held[card], column=CardColumn(to), objective_id=lane) for card in held if card in cards]
    there = [card for card in held.values() if card.column == to and card.id not in cards]
    rest = [card for card in held.values() if card.column != to and card.id not in cards]
    show(board, *rest, *there[:index], *moving, *there[index:])


@pytest.fixture
def view(qtbot, ground: QWidget, theme: Theme, board: BoardModel) -> BoardView:
    made = BoardView(theme, board)
    made.setParent(ground)
    made.resize(800, 600)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    made.moved.connect(lambda cards, lane, to, row: place(board, cards, lane, to, row))
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
    assert view.carry.ghost.isVisible()
    assert view.delegate().lifted == {"a"}


def test_escape_takes_a_carried_card_back(qtbot, view: BoardView, board: BoardModel):
    drag(view, TODO, 0, spot(view, DOING, 0), lets_go=False)
    with qtbot.assertNotEmitted(view.moved):
        qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Escape)
    assert not view.carry.ghost.isVisible()
    assert not view.delegate().lifted
    assert shown(board, TODO) == ["a", "b", "c"]


def test_card_carried_to_the_edge_scrolls_the_column(view: BoardView, board: BoardModel):
    show(board, *(an_item(f"t{number:02}") for number in range(40)), an_item("d", DOING))
    bottom = view.columns[TODO].cards
    at = bottom.viewport().mapToGlobal(QPoint(40, bottom.viewport().height() - 5))
    drag(view, DOING, 0, at, lets_go=False)
    before = bottom.verticalScrollBar().value()
    view.carry.scroll_at_edge()
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
    show(board, an_item("a"), an_item("z", DONE))
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
    show(board, an_item("c", DONE), an_item("a"), an_item("b"))
    assert view.chosen_card() == "c"
    assert view.columns[DONE].cards.current_card() == "c"


def test_mark_passes_to_the_card_that_took_the_place(qtbot, view: BoardView, board: BoardModel):
    view.choose("b")
    with qtbot.waitSignal(view.chosen) as chosen:
        show(board, an_item("a"), an_item("c"), an_item("d", DOING))
    assert chosen.args == [(view.chosen_card(),), view.chosen_card()]
    assert view.chosen_card() in {"a", "c"}


def test_empty_board_can_take_the_keyboard(view: BoardView, board: BoardModel):
    show(board)
    view.take_focus()
    assert view.columns[TODO].cards.hasFocus()
    view.move_chosen(across=1)
    assert view.chosen_card() is None


# Several cards


def click(view: BoardView, column: CardColumn, row: int, modifier: Qt.KeyboardModifier) -> None:
    viewport = view.columns[column].cards.viewport()
    QTest.mouseClick(viewport, LEFT, modifier, viewport.mapFromGlobal(spot(view, column, row)))


def test_several_cards_are_marked_across_columns(qtbot, view: BoardView):
    click(view, TODO, 0, NONE)
    click(view, DOING, 1, CONTROL)
    assert (view.chosen_cards(), view.chosen_card()) == (("a", "e"), "e")
    click(view, TODO, 0, CONTROL)
    assert view.chosen_cards() == ("e",)
    click(view, TODO, 1, NONE)
    click(view, DOING, 0, SHIFT)
    assert view.chosen_cards() == ("b", "c", "d")
    assert view.columns[TODO].cards.selectionModel().selectedIndexes()[0].row() == 1
    click(view, TODO, 0, SHIFT)
    assert view.chosen_cards() == ("a", "b")


def test_shift_and_arrows_mark_more_and_less(qtbot, view: BoardView):
    view.choose("a")
    qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Down, SHIFT)
    assert view.chosen_cards() == ("a", "b", "c")
    qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Up, SHIFT)
    assert (view.chosen_cards(), view.chosen_card()) == (("a", "b"), "b")
    qtbot.keyClick(view.columns[TODO].cards, Qt.Key.Key_Right, SHIFT)
    assert view.chosen_card() == "e"
    assert len(view.chosen_cards()) == 5
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert view.chosen_cards() == ("d",)


def test_all_cards_are_marked_at_once(qtbot, view: BoardView):
    view.choose("d")
    qtbot.keyClick(view.columns[DOING].cards, Qt.Key.Key_A, CONTROL)
    assert (len(view.chosen_cards()), view.chosen_card()) == (5, "d")


def test_all_marked_cards_are_carried_and_counted(view: BoardView, board: BoardModel):
    view.mark(("a", "c"), "a")
    drag(view, TODO, 0, spot(view, DOING, 0, below=25), lets_go=False)
    assert view.delegate().lifted == {"a", "c"}
    alone = view.carry.ghost.grab().toImage()
    QTest.keyClick(view.columns[TODO].cards, Qt.Key.Key_Escape)
    view.choose("a")
    drag(view, TODO, 0, spot(view, DOING, 0, below=25), lets_go=False)
    assert view.carry.ghost.grab().toImage() != alone
    QTest.keyClick(view.columns[TODO].cards, Qt.Key.Key_Escape)
    view.mark(("a", "c"), "a")
    drag(view, TODO, 0, spot(view, DOING, 0, below=25))
    assert (shown(board, TODO), shown(board, DOING)) == (["b"], ["d", "a", "c", "e"])
    assert view.chosen_cards() == ("a", "c")


def test_an_unmarked_card_is_carried_alone(view: BoardView, board: BoardModel):
    view.mark(("a", "c"), "a")
    drag(view, TODO, 1, spot(view, DONE, 0) if shown(board, DONE) else view.mapToGlobal(QPoint(view.width() - 50, 300)))
    assert shown(board, DONE) == ["b"]


def test_keys_move_all_marked_cards(view: BoardView, board: BoardModel):
    view.mark(("a", "b"), "b")
    view.move_chosen(along=1)
    assert shown(board, TODO) == ["c", "a", "b"]
    view.move_chosen(along=1)
    view.move_chosen(along=-1)
    assert shown(board, TODO) == ["a", "b", "c"]
    view.move_chosen(across=1)
    assert shown(board, DOING)[1:3] == ["a", "b"]
    assert set(view.chosen_cards()) == {"a", "b"}


# Rows, and columns of other things


@pytest.fixture
def rows(view: BoardView, board: BoardModel) -> BoardView:
    board.offer(objectives={"water": "Safe water", "talk": "More talk"}, owners=())
    board.lay_out(by=Columns.STATUS, rows=Rows.OBJECTIVE)
    show(board, an_item("a", objective_id=WATER), an_item("d", DOING, objective_id=WATER), an_item("b"), an_item("c"))
    QApplication.processEvents()
    return view


def in_rows(board: BoardModel) -> dict[tuple[str, str], list[str]]:
    return {key: [item.id for item in model.items] for key, model in board.cells.items() if model.items}


def test_cards_are_carried_between_rows(rows: BoardView, board: BoardModel):
    cells = {(cell.lane, cell.slot.key): cell.cards for cell in rows.cells}
    start, to = cells["water", TODO].viewport(), cells["talk", DOING].viewport()
    at = start.mapFromGlobal(to.mapToGlobal(QPoint(40, 10)))
    QTest.mousePress(start, LEFT, pos=QPoint(60, 30))
    move(start, QPoint(80, 50))
    move(start, at)
    QTest.mouseRelease(start, LEFT, pos=at)
    assert in_rows(board)["talk", DOING] == ["a"]


def test_keys_go_on_into_the_next_row(qtbot, rows: BoardView, board: BoardModel):
    rows.choose("a")
    rows.move_chosen(along=1)
    assert in_rows(board)["talk", TODO] == ["a"]
    rows.move_chosen(along=1)
    assert in_rows(board)["", TODO] == ["a", "b", "c"]
    rows.move_chosen(along=-1)
    rows.move_chosen(along=-1)
    assert in_rows(board)["water", TODO] == ["a"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert rows.chosen_card() == "b"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert rows.chosen_card() == "a"


def test_keyboard_stays_on_its_card_when_the_board_is_laid_out_anew(view: BoardView, board: BoardModel):
    view.choose("d")
    board.offer(objectives={"water": "Safe water"}, owners=())
    board.lay_out(by=Columns.PILLAR, rows=Rows.OBJECTIVE)
    assert view.chosen_card() == "d"
    assert QApplication.focusWidget() in {cell.cards for cell in view.cells}
    board.lay_out(by=Columns.WEEK, rows=Rows.NONE)
    assert view.chosen_card() == "d"


def test_cards_are_not_carried_where_it_would_mean_nothing(qtbot, view: BoardView, board: BoardModel):
    board.lay_out(by=Columns.OWNER, rows=Rows.NONE)
    show(board, *(an_item(f"c{n}", owner=f"P{n:02}") for n in range(30)))
    QApplication.processEvents()
    others = view.cells[-1]
    assert not others.slot.takes
    view.choose(board.columns[view.cells[-2].slot.key].items[0].id)
    with qtbot.assertNotEmitted(view.moved):
        view.move_chosen(across=1)
        view.move_chosen(along=1)


def test_columns_too_narrow_to_read_are_scrolled_to_inside_the_board(view: BoardView, board: BoardModel):
    board.lay_out(by=Columns.OWNER, rows=Rows.NONE)
    show(board, *(an_item(f"c{n}", owner=f"P{n}") for n in range(9)))
    QApplication.processEvents()
    assert view.minimumSizeHint().width() < 200
    bar, last = view.area.horizontalScrollBar(), view.columns["P8"]
    assert bar.maximum() > 0
    view.choose("c8")
    room = QRect(view.area.viewport().mapTo(view, QPoint(0, 0)), view.area.viewport().size())
    assert room.contains(QRect(last.mapTo(view, QPoint(0, 0)), last.size()))
    board.lay_out(by=Columns.STATUS, rows=Rows.NONE)
    QApplication.processEvents()
    assert bar.maximum() == 0


@pytest.mark.parametrize("turned", [False, True])
def test_a_card_carried_to_the_edge_scrolls_to_the_columns_beyond(view: BoardView, board: BoardModel, turned: bool):
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    board.lay_out(by=Columns.OWNER, rows=Rows.NONE)
    show(board, *(an_item(f"c{n}", owner=f"P{n}") for n in range(9)))
    QApplication.processEvents()
    cards = view.columns["P0"].cards
    viewport, bar = cards.viewport(), view.area.horizontalScrollBar()
    start = cards.visualRect(cards.model().index(0, 0)).center()
    QTest.mousePress(viewport, LEFT, pos=start)
    edge = viewport.mapFromGlobal(view.mapToGlobal(QPoint(10 if turned else view.width() - 10, 200)))
    move(viewport, start + (edge - start) / 2)
    move(viewport, edge)
    before = bar.value()
    view.carry.scroll_at_edge()
    assert bar.value() > before
    view.carry.let_go(is_kept=False)


def test_room_decides_how_many_columns_there_are(view: BoardView, board: BoardModel):
    board.lay_out(by=Columns.WEEK, rows=Rows.NONE)
    assert len(board.slots) == 5
    view.resize(420, 600)
    assert len(board.slots) == 3
    assert len(view.columns) == 3
