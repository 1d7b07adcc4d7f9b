"""What is said where this computer's clock and a platform's differ: nothing, a line, or what to do about it."""

from datetime import timedelta
from typing import Final

from workbench.errors import ClockError
from workbench.messages.wording import wording

SHOWN_ABOVE: Final = timedelta(minutes=2)
WRONG_ABOVE: Final = timedelta(minutes=5)
"""From here on sign-ins fail, and "two hours ago" and what goes out on a day are not what they say."""


def clock_words(skew: timedelta | None) -> str:
    """Sentences for a platform's clock that is `skew` ahead of ours; empty while they agree, or nobody knows."""
    if skew is None or abs(skew) <= SHOWN_ABOVE:
        return ""
    words = wording(ClockError(seconds=round(skew.total_seconds())))
    return f"{words.happened} {words.next}" if abs(skew) > WRONG_ABOVE else words.happened
