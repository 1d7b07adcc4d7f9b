"""Meter: what went over the wire, and who may say that it was enough for today."""

import threading
from dataclasses import dataclass
from typing import Protocol

from workbench.errors import BudgetSpentError


@dataclass(slots=True)
class Traffic:
    """What went over the wire: HTTP bytes with their headers, both ways, of every attempt; TLS framing is not in it."""

    requests: int = 0
    bytes_in: int = 0
    bytes_out: int = 0


class Meter(Protocol):
    """Counts for one account. Both methods may be called from several threads at a time."""

    def note(self, requests: int, bytes_in: int, bytes_out: int) -> None:
        """Takes in what one request cost, right after it ended, well or badly."""
        ...

    def allows(self) -> None:
        """Raises BudgetSpentError when nothing more may be spent; asked before each request, never within one."""
        ...


class Budget:
    """A meter that stops at `limit` bytes, both ways together; the request that crosses the limit is finished."""

    def __init__(self, limit: int, *, spent: int = 0) -> None:
        self.limit, self._spent = limit, spent
        self._lock = threading.Lock()

    @property
    def spent(self) -> int:
        """Bytes so far."""
        return self._spent

    def note(self, requests: int, bytes_in: int, bytes_out: int) -> None:
        """Adds the bytes of a request."""
        _ = requests
        with self._lock:
            self._spent += bytes_in + bytes_out

    def allows(self) -> None:
        """Refuses with BudgetSpentError once the limit is reached."""
        if self._spent >= self.limit:
            message = "the data for today is used up"
            raise BudgetSpentError(message, spent=self._spent, limit=self.limit)
