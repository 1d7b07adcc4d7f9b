"""A small count cannot be worked out from the cells that are told and their total."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.metrics.suppression import suppress


def test_a_small_cell_takes_the_next_smallest_with_it():
    assert suppress([3, 20, 8], 29).cells == {0, 2}


def test_cells_without_a_small_one_are_all_told():
    kept = suppress([5, 20, 0], 25)
    assert (kept.cells, kept.total) == (frozenset(), False)


def test_a_total_that_tells_of_too_few_goes_blank():
    assert suppress([3], 3).total
    assert suppress([3], 3).cells == {0}
    assert suppress([2, 2], 4).total
    assert suppress([], 3).total


def test_the_rest_beside_the_told_cells_is_no_small_number_either():
    # Seven of the eight in the third cell also write in the second: the total would leave three people over.
    kept = suppress([3, 20, 8], 23)
    assert kept.cells == {0, 1, 2}
    assert not kept.total


PEOPLE = st.lists(st.sets(st.integers(0, 30), max_size=25), max_size=6)


@given(PEOPLE)
def test_no_cell_told_and_no_difference_counts_one_to_four(groups):
    cells, total = [len(group) for group in groups], len(set().union(*groups))
    kept = suppress(cells, total)
    told = [people for place, people in enumerate(cells) if place not in kept.cells]
    assert all(people == 0 or people >= 5 for people in told)
    if kept.total:
        return
    assert total == 0 or total >= 5
    assert not 0 < total - sum(told) < 5
    if kept.cells:
        assert len(kept.cells) >= 2
        assert sum(cells[place] for place in kept.cells) >= 5
