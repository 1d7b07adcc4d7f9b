"""Positions: order, room and length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.plans.positions import DIGITS, between, normal, run

positions = st.text(alphabet=DIGITS, min_size=1, max_size=9).map(normal).filter(bool)


@given(positions, positions)
def test_a_position_lies_between_any_two(first: str, second: str) -> None:
    if first == second:
        return
    low, high = sorted((first, second))
    assert low < between(low, high) < high
    assert "" < between("", low) < low
    assert high < between(high, None)


@given(st.lists(st.integers(min_value=0, max_value=40), max_size=120))
def test_insertions_anywhere_keep_the_order_they_were_made_in(places: list[int]) -> None:
    order: list[str] = []
    for place in places:
        index = min(place, len(order))
        low = order[index - 1] if index else ""
        order.insert(index, between(low, order[index] if index < len(order) else None))
    assert order == sorted(set(order))


def test_positions_stay_short_when_cards_are_only_added_at_an_end() -> None:
    assert max(len(position) for position in run("", None, 3000)) <= 6
    low = between("", None)
    for _ in range(3000):
        low = between("", low)
    assert len(low) <= 6


def test_the_far_end_still_has_room() -> None:
    assert between("zzzzzz", None) > "zzzzzz"
    assert "" < between("", "000001") < "000001"


@pytest.mark.parametrize(("low", "high"), [("b", "a"), ("a", "a"), ("a", "a0"), ("", "")])
def test_there_is_nothing_between_equal_or_turned_positions(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="no position"):
        between(low, high)


def test_foreign_characters_are_refused() -> None:
    with pytest.raises(ValueError, match="digits and plain letters"):
        normal("é")
