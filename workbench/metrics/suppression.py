"""Suppression: which cells of a row go blank so that no small one can be worked out from the others and their total."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.metrics.disclosure import MINIMUM_PEOPLE

_FEWEST_CELLS = 2


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The places of the cells that go blank, and whether the total does."""

    cells: frozenset[int]
    total: bool


def suppress(cells: Sequence[int], total: int) -> Suppressed:
    """`cells` count people, `total` the distinct people in all of them: somebody may stand in several cells.

    A cell of one to four goes blank. While the total would give it away the next smallest goes with it: at least two
    cells are blank, they hold five people or more, and what the total leaves over beside the cells that are told is no
    small number either. Where that cannot be had the total goes blank instead. Zero is told: an empty week is no
    secret, and hides nobody.
    """
    blank = {place for place, people in enumerate(cells) if 0 < people < MINIMUM_PEOPLE}
    if 0 < total < MINIMUM_PEOPLE:
        return Suppressed(frozenset(blank), total=True)
    if not blank:
        return Suppressed(frozenset(), total=_is_small(total - sum(cells)))
    others = sorted((people, place) for place, people in enumerate(cells) if people and place not in blank)
    told = sum(people for people, _place in others)
    for people, place in others:
        if _hides(cells, blank, total - told):
            break
        blank.add(place)
        told -= people
    return Suppressed(frozenset(blank), total=not _hides(cells, blank, total - told))


def _hides(cells: Sequence[int], blank: set[int], left_over: int) -> bool:
    people = sum(cells[place] for place in blank)
    return len(blank) >= _FEWEST_CELLS and people >= MINIMUM_PEOPLE and not _is_small(left_over)


def _is_small(people: int) -> bool:
    return 0 < people < MINIMUM_PEOPLE
