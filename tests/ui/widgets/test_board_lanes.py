"""A board in rows: as high as their cards, folded away and found again, heads in line with what is below them."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from tests.ui.plan_samples import TODAY, an_item
from workbench.ids import ObjectiveId
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.board_slots import Columns, Rows
from workbench.ui.theme import Theme
from workbench.ui.widgets.board_lanes import BoardLanes, Lane
from workbench.ui.widgets.card_delegate import CardDelegate

WATER = ObjectiveId("water")


@pytest.fixture
def board(qapp) -> BoardModel:
    made = BoardModel()
    made.offer(objectives={"water": "Safe water"}, owners=())
    made.lay_out(by=Columns.STATUS, rows=Rows.OBJECTIVE)
    few = [an_item(f"w{n}", objective_id=WATER) for n in range(2)]
    made.set_cards([*few, *(an_item(f"n{n}", CardColumn.DOING) for n in range(30))], today=TODAY)
    return made


@pytest.fixture
def lanes(qtbot, ground: QWidget, theme: Theme, board: BoardModel) -> BoardLanes:
    made = BoardLanes(theme, board, CardDelegate(theme, ground))
    made.setParent(ground)
    made.resize(800, 500)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


def heading(lane: Lane) -> QToolButton:
    return lane.findChild(QToolButton)


def test_every_row_is_as_high_as_its_fullest_cell(lanes: BoardLanes):
    for lane in lanes.lanes:
        for cell in lane.cells:
            assert not cell.cards.verticalScrollBar().isVisible()
            assert cell.height() >= cell.wanted_height()
    assert lanes.lanes[1].height() > 5 * lanes.lanes[0].height()


def test_heading_counts_and_folds_its_row(lanes: BoardLanes):
    lane = lanes.lanes[1]
    assert heading(lane).accessibleName() == "No objective, 30 cards, unfolded"
    heading(lane).click()
    assert not lane.cells[0].isVisible()
    assert heading(lane).accessibleName() == "No objective, 30 cards: 30 Doing, folded"
    heading(lane).click()
    assert lane.cells[0].isVisible()


def test_folding_takes_the_keyboard_to_the_heading(lanes: BoardLanes):
    lane = lanes.lanes[0]
    lane.cells[0].cards.setFocus()
    lane.fold(is_folded=True)
    assert QApplication.focusWidget() is heading(lane)


def test_card_in_a_folded_row_is_found_again(lanes: BoardLanes):
    lane = lanes.lanes[1]
    lane.fold(is_folded=True)
    cards = lane.cells[1].cards
    QApplication.processEvents()
    lanes.reveal(cards, QRect())
    assert cards.isVisible()
    QApplication.processEvents()
    lanes.reveal(cards, cards.visualRect(cards.model().index(29, 0)))
    assert lanes.area.verticalScrollBar().value() > 0
    lanes.scroll_by(-10_000)
    assert lanes.area.verticalScrollBar().value() == 0


@pytest.mark.parametrize("turned", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_heads_stand_over_their_cells(lanes: BoardLanes, turned):
    lanes.setLayoutDirection(turned)
    lanes.resize(760, 500)
    QApplication.processEvents()
    for head, cell in zip(lanes.heads.values(), lanes.lanes[0].cells, strict=True):
        box = head.parentWidget()
        left = box.mapTo(lanes, box.rect().topLeft()).x()
        assert abs(left - cell.mapTo(lanes, cell.rect().topLeft()).x()) <= 1
        assert abs(box.width() - cell.width()) <= 1


def test_new_cards_and_limits_name_their_column(qtbot, lanes: BoardLanes):
    with qtbot.waitSignal(lanes.added) as added:
        lanes.heads["doing"].added.emit("Call the sponsor")
    assert added.args == ["doing", "Call the sponsor"]
    with qtbot.waitSignal(lanes.limited) as limited:
        lanes.heads["doing"].limited.emit(3)
    assert limited.args == ["doing", 3]


def test_larger_text_makes_rows_higher(qtbot, lanes: BoardLanes, theme: Theme):
    before = lanes.lanes[0].height()
    theme.set_text_scale(1.5)
    qtbot.waitUntil(lambda: lanes.lanes[0].height() > before)
