"""PlatformClock: what is known of a platform's clock beside ours, and how far back a lost post is looked for by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LOOK_BACK: Final = timedelta(minutes=10)
"""What two clocks that agree may differ, and a slow line makes of it."""
UNSURE: Final = timedelta(days=1)
"""Where nobody knows what the platform's clock said when it was sent, words, parent and author decide."""


@dataclass(slots=True)
class PlatformClock:
    """How far the platform's clock is ahead of ours: `ahead` as heard in this run, `before` in an earlier one."""

    ahead: timedelta | None = None
    before: timedelta | None = None

    def hear(self, skew: timedelta) -> None:
        """An answer told its time."""
        self.ahead = skew

    @property
    def likely(self) -> timedelta | None:
        """The best there is: our clock may have been set since the earlier run."""
        return self.before if self.ahead is None else self.ahead


def since_of(
    moments: Iterable[datetime | None], *, then: timedelta | None, now: datetime, likely: timedelta | None
) -> datetime | None:
    """The moment on the platform's clock before which an item cannot have arrived; None for what never was queued.

    `moments` are those of queueing and sending, by our clock; `then` is how far the platform's was ahead of it when
    the item was sent, which counts for more than what is `likely` at `now`, because our clock may have been set since.
    """
    known = [moment for moment in moments if moment is not None]
    if not known:
        return None
    ours = min(known)
    if then is not None:
        return ours + then - LOOK_BACK
    ahead = likely or timedelta()
    # A clock that was ahead and was put right leaves moments that lie ahead: nothing was sent later than now.
    return min(ours, ours + ahead, now, now + ahead) - UNSURE
