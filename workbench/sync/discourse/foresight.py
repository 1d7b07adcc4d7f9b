"""Foresight: from where the pages after the next will be asked, known before the next one has come.

The numbers of a forum's posts are nearly dense: a page of 50 posts ends a little more than 50 numbers further down. So
a guess of 50 numbers is a little high at worst, never low, and a page asked from there holds the beginning of what is
wanted and perhaps a few posts known already. A hole in the numbers makes a few more come twice, once.
"""

from typing import Final

WINDOW: Final = 50
"""Posts on a page of all posts; up to May 2024 the numbers a page spans instead."""
SLACK: Final = 5
"""So many numbers may a guess be too high for more to be made: as many posts of each page come twice at most."""
DEPTH: Final = 6
"""So many pages after the next are guessed at most: while one is held up by lost packets, others use the line."""


class Foresight:
    """Guesses after a dense page, two pages further with each that follows, and stops after one that was not dense."""

    def __init__(self) -> None:
        self._begun: frozenset[int] = frozenset()
        self._dense = 0

    def met(self, below: int, low: int) -> None:
        """Takes in that the page asked for below a number came down to `low`."""
        self._dense = self._dense + 1 if WINDOW <= below - low <= WINDOW + SLACK else 0
        self._begun = frozenset(guess for guess in self._begun if guess < below)

    def start_for(self, below: int) -> int:
        """The number to ask from for what is below one: itself, or the guess that was begun for it."""
        return min((guess for guess in self._begun if 0 <= guess - below < WINDOW), default=below)

    def guesses(self, below: int, *, above: int = 0, pages: int = DEPTH) -> list[int]:
        """From where to ask after the page below a number, to be begun now: for so many `pages` more at most.

        Nowhere where the pages do not tell, or where nothing but posts `above` and lower would come.
        """
        start = self.start_for(below)
        found = [start - WINDOW * number for number in range(1, min(pages, 2 * self._dense, DEPTH) + 1)]
        found = [guess for guess in found if guess - 1 > above]
        self._begun |= frozenset(found)
        return found
