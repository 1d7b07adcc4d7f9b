"""Removals: how much one run may take out of a community before a person is asked."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from workbench.sync.connector import CensusOf

MOST: Final = 20
SHARE: Final = 0.2
"""A run that would remove more than `MOST` of a kind, and at least this share of them, removes none any more."""


class Removals:
    """Counts what one run over one community removes, by kind, and stops it where it looks like a mistake.

    A platform that lets us see less (we left the group, a filter, half an answer) looks just like one where much was
    deleted. With `trusts_gone` a person said that it is so, or the source is a file that says it outright.
    """

    def __init__(self, *, trusts_gone: bool = False) -> None:
        self.trusts_gone = trusts_gone
        self._wanted: Counter[CensusOf] = Counter()
        self._refused: Counter[CensusOf] = Counter()
        self._whole: dict[CensusOf, int] = {}
        self._passed: set[CensusOf] = set()

    def may_remove(self, of: CensusOf, count: int, alive: Callable[[], int]) -> bool:
        """Whether `count` more may go; `alive` counts what is held of the kind now, before they go."""
        before = self._wanted[of] - self._refused[of]
        self._wanted[of] += count
        if not count or self.trusts_gone or self._wanted[of] <= MOST:
            return True
        if of not in self._whole:
            self._whole[of] = alive() + before
        if self._wanted[of] < SHARE * self._whole[of]:
            return True
        self._refused[of] += count
        return False

    def went_through(self, of: CensusOf) -> None:
        """Everything held of this kind was compared with what there is now."""
        self._passed.add(of)

    @property
    def refused(self) -> Mapping[CensusOf, tuple[int, int]]:
        """{kind: (how many would have gone, out of how many)} of what was kept all the same."""
        return {of: (count, self._whole[of]) for of, count in self._refused.items() if count}

    @property
    def settled(self) -> frozenset[CensusOf]:
        """The kinds that were compared whole and came out well: an earlier question about them is answered."""
        return frozenset(of for of in self._passed if not self._refused[of])
