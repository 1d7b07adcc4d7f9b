"""The board's lists: what is shown, what is kept back, where a drop lands, and how little views are told."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.plan_samples import TODAY, an_item, shown
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.board_model import ITEM, BoardModel, ColumnModel

TODO, DOING, DONE = CardColumn
FAR = TODAY + timedelta(days=60)
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def board(qapp) -> BoardModel:
    made = BoardModel()
    made.set_cards([an_item("a"), an_item("b"), an_item("far", due_on=FAR), an_item("c"), an_item("d", DOING)])
    return made


def test_screen_readers_hear_column_and_position(board: BoardModel):
    model = board.columns[TODO]
    assert model.data(model.index(1), SPOKEN) == "Card b, To do, position 2 of 3, No date"
    assert model.data(model.index(1)) == "Card b"
    assert model.data(model.index(1), ITEM).id == "b"


def test_later_cards_wait_behind_their_number_until_asked_for(board: BoardModel):
    assert shown(board, TODO) == ["a", "b", "c"]
    assert (board.later(), board.total(TODO)) == (1, 4)
    board.set_shows_later(shows=True)
    assert shown(board, TODO) == ["a", "b", "far", "c"]


def test_later_cards_are_kept_back_in_to_do_only(board: BoardModel):
    board.set_cards([an_item("x", DOING, due_on=FAR), an_item("y", DONE, due_on=FAR)])
    assert shown(board, DOING) == ["x"]
    assert shown(board, DONE) == ["y"]


def test_filter_finds_cards_that_are_kept_back(board: BoardModel):
    board.set_filter("CARD fa")
    assert shown(board, TODO) == ["far"]
    assert shown(board, DOING) == []
    board.set_filter(" ")
    assert shown(board, TODO) == ["a", "b", "c"]


def test_card_somebody_moved_back_to_to_do_stays_in_sight(board: BoardModel):
    board.set_cards([an_item("a"), an_item("far", DOING, due_on=FAR)])
    board.move("far", to=TODO, index=1)
    assert shown(board, TODO) == ["a", "far"]
    assert board.later() == 0
    board.forget_kept()
    board.set_cards([an_item("a"), an_item("far", due_on=FAR)])
    assert shown(board, TODO) == ["a"]


@pytest.mark.parametrize(("row", "index"), [(0, 0), (1, 1), (2, 3), (3, 4), (99, 4)])
def test_drop_among_shown_cards_lands_among_all_cards(board: BoardModel, row, index):
    # All of To do is a, b, far, c; shown are a, b, c.
    assert board.index_for("d", to=TODO, row=row) == index


def test_drop_in_its_own_column_is_counted_without_the_card(board: BoardModel):
    assert board.index_for("a", to=TODO, row=1) == 2  # between far and c, right before c
    assert board.index_for("c", to=TODO, row=0) == 0


def test_move_shows_at_once_and_unknown_cards_change_nothing(board: BoardModel):
    board.move("a", to=DOING, index=0)
    assert (shown(board, TODO), shown(board, DOING)) == (["b", "c"], ["a", "d"])
    assert board.columns[DOING].items[0].column is DOING
    board.move("nobody", to=DONE, index=0)
    board.remove("nobody")
    board.remove("b")
    assert shown(board, TODO) == ["c"]
    assert board.place_of("b") is None
    assert board.place_of("d") == (DOING, 1)


def test_views_hear_only_of_the_stretch_that_differs(qtbot: QtBot, board: BoardModel):
    model = board.columns[TODO]
    heard: list[tuple[str, int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: heard.append(("in", first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: heard.append(("out", first, last)))
    model.dataChanged.connect(lambda first, last: heard.append(("changed", first.row(), last.row())))
    board.set_cards([an_item("a"), an_item("b"), an_item("c")])
    assert heard == []
    board.set_cards([an_item("a"), an_item("new"), an_item("b"), an_item("c", title="Other")])
    assert heard == [("in", 1, 1), ("changed", 3, 3)]
    heard.clear()
    board.set_cards([an_item("a"), an_item("c", title="Other")])
    assert heard == [("out", 1, 2)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "abc"), ("abc", ""), ("abc", "cba"), ("abcd", "adbc"), ("abc", "xabc"), ("abc", "abcx"), ("ab", "cd")],
)
def test_every_change_of_order_ends_in_the_wanted_order(qtmodeltester, before, after):
    model = ColumnModel(TODO)
    model.show_items([an_item(sign) for sign in before])
    wanted = [an_item(sign) for sign in after]
    model.show_items(wanted)
    assert list(model.items) == wanted
    assert model.rowCount() == len(after)
    qtmodeltester.check(model)
