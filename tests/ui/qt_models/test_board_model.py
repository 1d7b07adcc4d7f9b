"""The board's lists: what is shown, what is kept back, where a drop lands, and how little views are told."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.plan_samples import TODAY, an_item, shown
from workbench.ids import CardId, ObjectiveId
from workbench.models.kinds import CardColumn, Pillar
from workbench.models.plan_parts import Recurrence
from workbench.ui.qt_models.board_model import ITEM, BoardModel, ColumnModel, runs
from workbench.ui.qt_models.board_slots import BEFORE, LATER, NO_DATE, Columns, Rows
from workbench.ui.qt_models.card_item import CardItem

TODO, DOING, DONE = CardColumn
FAR = TODAY + timedelta(days=60)
SPOKEN, TIP = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole
WATER = ObjectiveId("water")


@pytest.fixture
def board(qapp) -> BoardModel:
    made = BoardModel()
    show(made, an_item("a"), an_item("b"), an_item("far", due_on=FAR), an_item("c"), an_item("d", DOING))
    return made


def show(board: BoardModel, *cards: CardItem, words: str = "") -> None:
    passing = [card.id for card in cards if words in card.words] if words else None
    board.set_cards(cards, today=TODAY, passing=passing, finds_all=bool(words))


def test_screen_readers_hear_column_and_position(board: BoardModel):
    model = board.columns[TODO]
    assert model.data(model.index(1), SPOKEN) == "Card b, To do, position 2 of 3, No date"
    assert model.data(model.index(1)) == "Card b"
    assert model.data(model.index(1), ITEM).id == "b"


def test_later_cards_wait_behind_their_number_until_asked_for(board: BoardModel):
    assert shown(board, TODO) == ["a", "b", "c"]
    assert (board.later(TODO), board.total(TODO), board.count(TODO)) == (1, 4, 3)
    board.set_shows_later(shows=True)
    assert shown(board, TODO) == ["a", "b", "far", "c"]


def test_later_cards_are_kept_back_in_to_do_only(board: BoardModel):
    show(board, an_item("x", DOING, due_on=FAR), an_item("y", DONE, due_on=FAR))
    assert shown(board, DOING) == ["x"]
    assert shown(board, DONE) == ["y"]


def test_coming_times_of_a_card_that_comes_back_wait_unless_somebody_touched_them(board: BoardModel):
    every, series = Recurrence(7, 90), CardId("s")
    times = [
        an_item(f"s#{number}", due_on=TODAY + timedelta(days=7 * number), recurrence=every, series_id=series,
                occurrence=number, own=frozenset({"hours"} if number == 3 else ()))
        for number in range(5)
    ]  # fmt: skip
    show(board, *times)
    assert shown(board, TODO) == ["s#0", "s#1", "s#3"]
    assert board.later(TODO) == 2


def test_typed_words_find_cards_that_are_kept_back_and_other_filters_do_not(board: BoardModel):
    show(board, an_item("a"), an_item("far", due_on=FAR), an_item("d", DOING), words="far")
    assert (shown(board, TODO), shown(board, DOING)) == (["far"], [])
    assert board.is_filtered
    board.set_cards([an_item("a"), an_item("far", due_on=FAR)], today=TODAY, passing=["far"])
    assert shown(board, TODO) == []
    assert (board.later(TODO), board.total(TODO)) == (1, 2)


def test_card_somebody_works_with_stays_in_sight(board: BoardModel):
    board.keep(["far"])
    show(board, an_item("a"), an_item("far", due_on=FAR))
    assert shown(board, TODO) == ["a", "far"]
    assert board.later(TODO) == 0
    board.forget_kept()
    show(board, an_item("a"), an_item("far", due_on=FAR))
    assert shown(board, TODO) == ["a"]


@pytest.mark.parametrize(("row", "index"), [(0, 0), (1, 1), (2, 3), (3, 4), (99, 4)])
def test_drop_among_shown_cards_lands_among_all_cards(board: BoardModel, row, index):
    # All of To do is a, b, far, c; shown are a, b, c.
    assert board.index_for(["d"], lane="", to=TODO, row=row) == index


def test_drop_in_its_own_column_is_counted_without_the_cards(board: BoardModel):
    assert board.index_for(["a"], lane="", to=TODO, row=1) == 2  # between far and c, right before c
    assert board.index_for(["c"], lane="", to=TODO, row=0) == 0
    assert board.index_for(["a", "b"], lane="", to=TODO, row=1) == 2


def test_rows_hold_the_cards_of_their_objective_and_one_those_of_none(board: BoardModel):
    board.offer(objectives={"water": "Safe water", "talk": "More talk"}, owners=())
    board.lay_out(by=Columns.STATUS, rows=Rows.OBJECTIVE)
    show(
        board, an_item("a", objective_id=WATER), an_item("b"), an_item("d", DOING, objective_id=WATER),
        an_item("gone", objective_id=ObjectiveId("archived")),
    )  # fmt: skip
    assert [lane.title for lane in board.lanes] == ["Safe water", "More talk", "No objective"]
    assert board.reading_order() == ["a", "d", "b", "gone"]
    assert board.place_of("d") == ("water", DOING, 0)
    assert (board.total(TODO), board.count(TODO)) == (3, 3)
    cell = board.cells["water", TODO]
    assert cell.data(cell.index(0), SPOKEN) == "Card a, Safe water, To do, position 1 of 1, No date"
    assert "Objective: Safe water" in cell.data(cell.index(0), TIP)


def test_drop_into_an_empty_cell_lands_on_top_of_the_whole_column(board: BoardModel):
    board.offer(objectives={"water": "Safe water"}, owners=())
    board.lay_out(by=Columns.STATUS, rows=Rows.OBJECTIVE)
    assert board.index_for(["d"], lane="water", to=TODO, row=0) == 0


def test_columns_by_pillar_owner_and_week(board: BoardModel):
    cards = (
        an_item("a", pillar=Pillar.UI, owner="Amina Example", due_on=TODAY),
        an_item("b", due_on=TODAY + timedelta(days=12)),
        an_item("c", DONE, due_on=TODAY - timedelta(days=9)),
        an_item("e", due_on=TODAY - timedelta(days=9)),
        an_item("f"),
    )
    board.lay_out(by=Columns.PILLAR, rows=Rows.NONE)
    show(board, *cards)
    assert shown(board, Pillar.UI) == ["a"]
    assert shown(board, "") == ["b", "c", "e", "f"]
    board.lay_out(by=Columns.OWNER, rows=Rows.NONE)
    assert shown(board, "Amina Example") == ["a"]
    board.lay_out(by=Columns.WEEK, rows=Rows.NONE)
    assert [slot.title for slot in board.slots][:3] == ["Before this week", "This week", "Next week"]
    assert (shown(board, BEFORE), shown(board, "week0"), shown(board, NO_DATE)) == (["e"], ["a"], ["f"])
    # What was done before this week is over; it is shown when asked for.
    assert board.later(BEFORE) == 1
    board.set_most(4)
    assert [slot.key for slot in board.slots] == ["week0", "week1", LATER, NO_DATE]
    assert shown(board, "week0") == ["a", "e"]


def test_limits_are_told_and_change_nothing_else(qtbot: QtBot, board: BoardModel):
    with qtbot.waitSignal(board.changed):
        board.set_limits({TODO: 2})
    assert (board.limit(TODO), board.limit(DOING)) == (2, None)
    assert shown(board, TODO) == ["a", "b", "c"]


def test_other_columns_are_told_before_their_cards(qtbot: QtBot, board: BoardModel):
    heard: list[str] = []
    board.relaid.connect(lambda: heard.append("relaid"))
    board.changed.connect(lambda: heard.append("changed"))
    board.lay_out(by=Columns.PILLAR, rows=Rows.NONE)
    assert heard == ["relaid", "changed"]
    board.lay_out(by=Columns.PILLAR, rows=Rows.NONE)
    assert board.offer(objectives={"water": "Safe water"}, owners=())
    assert not board.offer(objectives={"water": "Safe water"}, owners=())
    assert heard == ["relaid", "changed"]


def test_views_hear_only_of_the_stretch_that_differs(qtbot: QtBot, board: BoardModel):
    model = board.columns[TODO]
    heard: list[tuple[str, int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: heard.append(("in", first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: heard.append(("out", first, last)))
    model.dataChanged.connect(lambda first, last: heard.append(("changed", first.row(), last.row())))
    show(board, an_item("a"), an_item("b"), an_item("c"))
    assert heard == []
    show(board, an_item("a"), an_item("new"), an_item("b"), an_item("c", title="Other"))
    assert heard == [("in", 1, 1), ("changed", 3, 3)]
    heard.clear()
    show(board, an_item("a"), an_item("c", title="Other"))
    assert heard == [("out", 1, 2)]


@pytest.mark.parametrize(
    ("rows", "wanted"), [([], []), ([3], [(3, 3)]), ([0, 1, 2, 5, 7, 8], [(0, 2), (5, 5), (7, 8)])]
)
def test_rows_are_told_in_stretches(rows, wanted):
    assert runs(rows) == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "abc"), ("abc", ""), ("abc", "cba"), ("abcd", "adbc"), ("abc", "xabc"), ("abc", "abcx"), ("ab", "cd")],
)
def test_every_change_of_order_ends_in_the_wanted_order(qtmodeltester, before, after):
    model = ColumnModel("To do")
    model.show_items([an_item(sign) for sign in before])
    wanted = [an_item(sign) for sign in after]
    model.show_items(wanted)
    assert list(model.items) == wanted
    assert model.rowCount() == len(after)
    qtmodeltester.check(model)
