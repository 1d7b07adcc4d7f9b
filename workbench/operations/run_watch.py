"""RunWatch: how the run of one account goes on, as one report: what it reads, what that costs, what it waits for."""

import threading
from dataclasses import replace
from typing import Final

from workbench.clock import Clock
from workbench.progress import Progress, Report, Wait

TOLD_FROM_SECONDS: Final = 2.0
"""Shorter waits are part of going on."""
_COST_EVERY_SECONDS: Final = 1.0


class RunWatch:
    """Hands on every report of a run with the name of its account; may be told from several threads at a time."""

    def __init__(self, report: Report, *, account: str, clock: Clock) -> None:
        self._report, self._clock = report, clock
        self._lock = threading.Lock()
        self._last = Progress(0, "new items", account=account)
        self._cost_told_at = clock.monotonic()
        self._cost = 0
        # Several requests may wait at a time, each for itself: the next to go on is told, also after something came.
        self._waits: list[tuple[float, Wait]] = []

    def turn(self, stage: str) -> None:
        """Another part of the work begins, of which nothing is counted yet."""
        with self._lock:
            last = self._last
            self._hand_on(Progress(0, "", stage=stage, account=last.account, read=last.read))

    def told(self, progress: Progress) -> None:
        """Something came."""
        with self._lock:
            last = self._last
            self._hand_on(replace(progress, account=last.account, stage=progress.stage or last.stage))

    def cost(self, size: int) -> None:
        """So many bytes went over the line in this run, both ways; once a second that is a report of its own.

        At once where that ends the wait that was told: others may go on, and nothing else may come for long.
        """
        with self._lock:
            self._cost = size
            until = self._last.waits_until
            is_over = until is not None and until <= self._clock.now().timestamp()
            if is_over or self._clock.monotonic() - self._cost_told_at >= _COST_EVERY_SECONDS:
                self._hand_on(self._last)

    def waits(self, seconds: float, wait: Wait) -> None:
        """Nothing is asked for so many seconds."""
        if seconds < TOLD_FROM_SECONDS:
            return
        until = self._clock.now().timestamp() + seconds
        with self._lock:
            self._waits.append((until, wait))
            self._hand_on(self._last)

    def _hand_on(self, progress: Progress) -> None:
        now = self._clock.now().timestamp()
        self._waits = [one for one in self._waits if one[0] > now]
        until, wait = min(self._waits) if self._waits else (None, None)
        progress = replace(progress, waits_until=until, wait=wait)
        self._cost_told_at = self._clock.monotonic()
        self._last = replace(progress, size=self._cost)
        self._report(self._last)
