"""Disclosure: withholds figures that count few people before anything leaves the machine."""

from workbench.metrics.catalog import find_metric
from workbench.metrics.metric import Cell
from workbench.metrics.value import Value

MINIMUM_PEOPLE = 5


def is_withheld(key: str, value: Value) -> bool:
    """Whether this value of the measure `key` is about fewer than five people, or leaves fewer than five others."""
    cell = find_metric(key).cell
    if value.value is None or cell in {Cell.SPREAD, Cell.NOT_A_CELL}:
        return False
    inside, whole = value.numerator or 0, value.denominator or 0
    if cell is Cell.AMONG_PEOPLE:
        return whole < MINIMUM_PEOPLE
    if cell is Cell.PEOPLE and inside != value.value:
        return value.value < MINIMUM_PEOPLE  # a middle over meetings, say: beside it stand no people
    # The others of the whole are told by it: 35 of 39 would tell of four.
    return inside < MINIMUM_PEOPLE or 0 < whole < MINIMUM_PEOPLE or 0 < whole - inside < MINIMUM_PEOPLE


def told_parts(key: str, value: Value) -> tuple[float | None, float | None]:
    """Numerator and denominator as they may leave the machine: neither beside a value that is not told.

    How work is spread is told without the numbers it was made of: they are those of a few people.
    """
    if value.value is None or find_metric(key).cell is Cell.SPREAD or is_withheld(key, value):
        return None, None
    return value.numerator, value.denominator
