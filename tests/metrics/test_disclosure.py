"""Small groups of people do not leave the machine."""

import pytest

from workbench.metrics.disclosure import is_withheld, told_parts
from workbench.metrics.value import Unit, Value


@pytest.mark.parametrize(("people", "withheld"), [(0, True), (4, True), (5, False), (212, False)])
def test_a_count_of_fewer_than_five_people_is_withheld(people: int, withheld: bool) -> None:
    assert is_withheld("contributors", Value(people, Unit.PEOPLE)) is withheld


@pytest.mark.parametrize(
    ("inside", "whole", "withheld"), [(4, 100, True), (5, 100, False), (97, 100, True), (100, 100, False), (3, 6, True)]
)
def test_a_share_of_people_is_withheld_with_its_complement(inside: int, whole: int, withheld: bool) -> None:
    assert is_withheld("interactive_users", Value(inside / whole, Unit.SHARE, inside, whole)) is withheld


def test_shares_of_threads_and_no_data_are_not_cells_of_people() -> None:
    assert not is_withheld("reply_rate", Value(0.5, Unit.SHARE, 1, 2))
    assert not is_withheld("contributors", Value(None, Unit.PEOPLE))
    assert not is_withheld("absence_factor", Value(2, Unit.PEOPLE))


@pytest.mark.parametrize(("people", "withheld"), [(4, True), (5, False)])
def test_a_middle_over_few_people_is_withheld(people: int, withheld: bool) -> None:
    assert is_withheld("engagement", Value(2.5, Unit.WEEKS, 10, people)) is withheld


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("reply_rate", Value(0.5, Unit.SHARE, 1, 2), (1, 2)),
        ("interactive_users", Value(0.04, Unit.SHARE, 4, 100), (None, None)),
        ("adoption", Value(None, Unit.SHARE, 2, None), (None, None)),
        ("absence_factor", Value(1, Unit.PEOPLE, 1, 2), (None, None)),
        ("key_players", Value(0.5, Unit.SHARE, 1, 2), (None, None)),
    ],
)
def test_the_numbers_behind_a_figure_leave_only_with_it_and_never_those_of_a_few(key, value, told):
    assert told_parts(key, value) == told
