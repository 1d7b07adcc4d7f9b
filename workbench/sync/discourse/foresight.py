"""Foresight: from where the page after the next will be asked, known before the next one has come.

The numbers of a forum's posts are nearly dense: a page of 50 posts ends a little more than 50 numbers further down. So
a guess of 50 numbers is a little high at worst, never low, and a page asked from there holds the beginning of what is
wanted and perhaps a few posts known already.
"""

from typing import Final

WINDOW: Final = 50
"""Posts on a page of all posts; up to May 2024 the numbers a page spans instead."""
SLACK: Final = 5
"""So many numbers may a guess be too high: as many posts at most come twice."""
IN_A_ROW: Final = 2


class Foresight:
    """Guesses only after two pages in a row that a guess would have met, and stops after one that it would not."""

    def __init__(self) -> None:
        self._begun: tuple[int, ...] = ()
        self._dense = 0

    def met(self, below: int, low: int) -> None:
        """Takes in that the page asked for below a number came down to `low`."""
        self._dense = self._dense + 1 if WINDOW <= below - low <= WINDOW + SLACK else 0

    def start_for(self, below: int) -> int:
        """The number to ask from for what is below one: itself, or the guess that was begun for it."""
        return next((guess for guess in self._begun if 0 <= guess - below <= SLACK), below)

    def guess(self, below: int, *, above: int = 0) -> int | None:
        """From where to ask after the page below a number, to be begun now.

        None where the pages do not tell, or where nothing but posts `above` and lower would come.
        """
        guess = self.start_for(below) - WINDOW
        if self._dense < IN_A_ROW or guess - 1 <= above:
            return None
        self._begun = (guess, *(other for other in self._begun if other != guess))[:IN_A_ROW]
        return guess
