"""Disclosure: withholds figures that count few people before anything leaves the machine."""

from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit, Value

MINIMUM_PEOPLE = 5
# Shares whose numerator and denominator are people.
SHARES_OF_PEOPLE = frozenset({"interactive_users", "retention"})
# Says how many people carry half of the work: a property of the distribution, not a cell that people are counted in.
NOT_A_CELL = frozenset({"absence_factor"})


def is_withheld(key: str, value: Value) -> bool:
    """Whether this value of the measure `key` counts fewer than five people, or leaves fewer than five others over."""
    if value.value is None or key in NOT_A_CELL:
        return False
    if key in SHARES_OF_PEOPLE:
        inside, whole = value.numerator or 0, value.denominator or 0
        return inside < MINIMUM_PEOPLE or 0 < whole - inside < MINIMUM_PEOPLE
    return find_metric(key).unit is Unit.PEOPLE and value.value < MINIMUM_PEOPLE
