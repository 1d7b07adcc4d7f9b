"""Board: where moves land, what they stamp, what is overdue."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans.samples import a_card
from workbench.errors import BadInputError
from workbench.models.kinds import CardColumn
from workbench.plans.board import Board, end_position, place_card, top_position
from workbench.plans.views import CardView, FieldEdit

TODAY = date(2024, 6, 15)
cards = st.builds(
    a_card,
    st.uuids().map(str),
    column=st.sampled_from(CardColumn),
    position=st.sampled_from(["", "0B", "V", "VV", "k", "zz"]),
    is_archived=st.sampled_from([False, False, False, True]),
)
boards = st.lists(cards, min_size=1, max_size=12, unique_by=lambda card: card.id).map(Board.of)


def after(board: Board, edits: tuple[FieldEdit, ...]) -> Board:
    changed: dict[str, CardView] = {card.id: card for card in board.cards}
    for edit in edits:
        changed[edit.record_id] = replace(changed[edit.record_id], **{edit.field: edit.value})
    return Board.of(changed.values())


def column_ids(board: Board, column: CardColumn) -> list[str]:
    return [card.id for card in board.column(column)]


@given(boards, st.data(), st.sampled_from(CardColumn), st.integers(min_value=-2, max_value=15))
def test_a_moved_card_lands_where_it_was_put_and_nothing_else_changes_order(
    board: Board, data: st.DataObject, to: CardColumn, index: int
) -> None:
    shown = [card for card in board.cards if not card.is_archived]
    if not shown:
        return
    card = data.draw(st.sampled_from(shown))
    moved = after(board, place_card(board, card.id, to=to, index=index, today=TODAY))
    for column in CardColumn:
        expected = [each for each in column_ids(board, column) if each != card.id]
        if column is to:
            expected.insert(max(0, min(index, len(expected))), card.id)
        assert column_ids(moved, column) == expected
    assert place_card(moved, card.id, to=to, index=index, today=TODAY) == ()


@given(boards, st.data(), st.sampled_from(CardColumn), st.integers(min_value=0, max_value=15))
def test_a_move_touches_one_card_unless_neighbours_share_a_position(
    board: Board, data: st.DataObject, to: CardColumn, index: int
) -> None:
    shown = [card for card in board.cards if not card.is_archived]
    if not shown:
        return
    card = data.draw(st.sampled_from(shown))
    others = [each.position for each in board.column(to) if each.id != card.id]
    if len(set(others)) == len(others) and "" not in others:
        edits = place_card(board, card.id, to=to, index=index, today=TODAY)
        assert {edit.record_id for edit in edits} <= {card.id}


def test_moving_to_done_stamps_the_day_and_moving_out_clears_it() -> None:
    board = Board.of([a_card("a", column=CardColumn.DOING)])
    done = after(board, place_card(board, "a", to=CardColumn.DONE, index=0, today=TODAY))
    assert done.card("a").done_on == TODAY
    again = after(done, place_card(done, "a", to=CardColumn.TODO, index=0, today=TODAY))
    assert again.card("a").done_on is None


def test_moving_within_done_keeps_the_day_it_was_done() -> None:
    first = a_card("a", column=CardColumn.DONE, position="B", done_on=date(2024, 6, 1))
    board = Board.of([first, a_card("b", column=CardColumn.DONE, position="C")])
    moved = after(board, place_card(board, "a", to=CardColumn.DONE, index=1, today=TODAY))
    assert moved.card("a").done_on == date(2024, 6, 1)


def test_unknown_and_archived_cards_are_not_moved() -> None:
    board = Board.of([a_card("a", is_archived=True)])
    with pytest.raises(BadInputError, match="not on the board"):
        place_card(board, "b", to=CardColumn.DONE, index=0, today=TODAY)
    with pytest.raises(BadInputError, match="archived"):
        place_card(board, "a", to=CardColumn.DONE, index=0, today=TODAY)


def test_the_end_of_a_column_is_behind_its_last_card() -> None:
    board = Board.of([a_card("a", position="k"), a_card("b", position="zz")])
    assert end_position(board, CardColumn.TODO) > "zz"
    assert end_position(board, CardColumn.DONE) == "V"


def test_top_position_lies_before_every_card_of_the_column() -> None:
    assert top_position(Board((a_card("a", position="V"),)), CardColumn.TODO) < "V"
    assert top_position(Board(()), CardColumn.TODO)
