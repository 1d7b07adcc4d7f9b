"""Small groups of people do not leave the machine."""

import pytest

from workbench.metrics.catalog import CATALOG, Metric
from workbench.metrics.disclosure import is_withheld, told_parts
from workbench.metrics.metric import Cell
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


def of_people(metric: Metric, inside: int, whole: int) -> Value:
    """A value of the measure that so many of so many people make."""
    if metric.cell is Cell.PEOPLE:
        return Value(inside, metric.unit, inside, whole)
    if metric.cell is Cell.AMONG_PEOPLE:
        return Value(2.5, metric.unit, 7 * whole, whole)
    return Value(inside / whole if whole else None, metric.unit, inside, whole)


@pytest.mark.parametrize(
    "metric", [metric for metric in CATALOG if "PEOPLE" in metric.cell.name], ids=lambda one: one.key
)
def test_no_row_that_leaves_lets_anybody_count_one_to_four_people(metric: Metric) -> None:
    for whole in range(30):
        for inside in range(whole + 1):
            value = of_people(metric, inside, whole)
            told = None if is_withheld(metric.key, value) else value.value
            numerator, denominator = told_parts(metric.key, value)
            people = {denominator} if metric.cell is Cell.AMONG_PEOPLE else {numerator, denominator}
            people |= {told} if metric.cell is Cell.PEOPLE else set()
            people |= {one - other for one in people for other in people if one is not None and other is not None}
            assert not people & {1, 2, 3, 4}, (inside, whole)


def test_a_middle_over_meetings_has_no_others() -> None:
    assert not is_withheld("attendance", Value(6, Unit.PEOPLE, 18, 3))
    assert is_withheld("attendance", Value(4.5, Unit.PEOPLE, 9, 2))
