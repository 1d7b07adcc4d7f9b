"""Pace: the limits a platform sets to its callers, kept from our side, and remembered over a restart."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.clock import Clock
from workbench.errors import PlatformBusyError

LONGEST_WAIT_SECONDS: Final = 120.0

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `calls` requests in any `per_seconds`; with `paths`, only those whose path below the base begins so."""

    name: str
    calls: int
    per_seconds: float
    paths: tuple[str, ...] = ()

    def holds_for(self, path: str) -> bool:
        """Whether a request for `path` (below the base address, without a leading slash) counts."""
        return not self.paths or path.startswith(self.paths)


POLITE: Final = (Limit("polite", 20, 4.0),)
"""For platforms that say nothing: bursts of twenty, five a second on average."""


class Pace:
    """Keeps several limits at once. One for each account; may be used from several threads.

    Every request is counted where it begins, in a sliding window for each limit, so that no window of the platform's
    can hold more than it allows, wherever it starts.
    """

    def __init__(self, clock: Clock, *, limits: Sequence[Limit] = POLITE, sleep: Sleep = time.sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._limits = tuple(limits)
        self._taken: dict[str, deque[float]] = {limit.name: deque(maxlen=limit.calls) for limit in limits}
        self._lock = threading.Lock()

    def take(self, path: str) -> None:
        """Waits until one more request for `path` keeps to every limit, and counts it.

        Refuses with PlatformBusyError, which says the seconds, where that would be more than two minutes away.
        """
        with self._lock:
            now = self._clock.monotonic()
            held = [limit for limit in self._limits if limit.holds_for(path)]
            wait = max((self._free_at(limit) - now for limit in held), default=0.0)
            if wait > LONGEST_WAIT_SECONDS:
                message = "the calls the platform allows are used up"
                raise PlatformBusyError(message, seconds=round(wait, 3))
            for limit in held:
                self._taken[limit.name].append(now + max(0.0, wait))
        if wait > 0:
            self._sleep(wait)

    def to_json(self) -> str:
        """The calls that still count, as JSON text: moments of the wall clock in Unix seconds, by name of the limit."""
        with self._lock:
            now, wall = self._clock.monotonic(), self._clock.now().timestamp()
            return json.dumps(
                {
                    limit.name: [
                        round(wall - (now - at), 3) for at in self._taken[limit.name] if at + limit.per_seconds > now
                    ]
                    for limit in self._limits
                }
            )

    def from_json(self, text: str) -> None:
        """Takes up what `to_json` gave in an earlier process; limits that no longer exist are dropped.

        A moment that lies in our future, because the clock was set back, counts as now.
        """
        kept = json.loads(text)
        with self._lock:
            now, wall = self._clock.monotonic(), self._clock.now().timestamp()
            for limit in self._limits:
                ages = sorted((max(0.0, wall - at) for at in kept.get(limit.name, ())), reverse=True)
                self._taken[limit.name].extend(now - age for age in ages if age < limit.per_seconds)

    def _free_at(self, limit: Limit) -> float:
        """When the window has room again, on the monotonic clock."""
        taken = self._taken[limit.name]
        return taken[0] + limit.per_seconds if len(taken) == limit.calls else float("-inf")
