"""Growth withheld: which numbers of people stay on this machine, because they, or what they leave over, are few."""

from collections.abc import Sequence

from workbench.metrics.disclosure import MINIMUM_PEOPLE
from workbench.metrics.suppression import suppress


def is_few(people: float | None) -> bool:
    """Whether a count is of one to four people; none at all is no secret."""
    return people is not None and 0 < people < MINIMUM_PEOPLE


def few(counts: Sequence[float | None]) -> frozenset[int]:
    """The places of counts of one to four people."""
    return frozenset(place for place, people in enumerate(counts) if is_few(people))


def few_of(parts: Sequence[float | None], wholes: Sequence[float | None]) -> frozenset[int]:
    """The places where a part, or what the whole has beside it, counts few people."""
    pairs = enumerate(zip(parts, wholes, strict=True))
    return frozenset(
        place
        for place, (part, whole) in pairs
        if is_few(part) or (part is not None and whole is not None and is_few(whole - part))
    )


def few_more(running: Sequence[float | None]) -> frozenset[int]:
    """The places of a sum that only grows where it is few, or is few more than where it was told last."""
    hidden: set[int] = set()
    told = 0.0
    for place, people in enumerate(running):
        if people is None:
            continue
        if is_few(people - told):
            hidden.add(place)
        else:
            told = people
    return frozenset(hidden)


def hidden_cohorts(cohorts: Sequence[Sequence[int]]) -> tuple[frozenset[tuple[int, int]], frozenset[int]]:
    """Which cells (cohort, level) of a funnel by cohorts are withheld, and which levels of its sum.

    Each level is part of the one before. In a row a level is told where it, and what left since the level told last,
    are none or five and more; in a column the next smallest goes with a cell that the sum would give away, or the sum.
    """
    hidden = {(row, level) for row, levels in enumerate(cohorts) for level in few_steps(levels)}
    sums = [sum(column) for column in zip(*cohorts, strict=True)]
    gone = set(few_steps(sums))
    for level, total in enumerate(sums):
        blank = {row for row in range(len(cohorts)) if (row, level) in hidden}
        if blank:
            # One that is withheld for its row counts as a small one here, or its column would tell it.
            found = suppress([1 if row in blank else cohorts[row][level] for row in range(len(cohorts))], total)
            hidden |= {(row, level) for row in found.cells}
            gone |= {level} if found.total else set()
    return frozenset(hidden), frozenset(gone)


def few_steps(levels: Sequence[int]) -> frozenset[int]:
    """The levels of one funnel that are withheld, each being part of the one before."""
    hidden: set[int] = set()
    told: int | None = None
    for level, people in enumerate(levels):
        if is_few(people) or (told is not None and is_few(told - people)):
            hidden.add(level)
        else:
            told = people
    return frozenset(hidden)
