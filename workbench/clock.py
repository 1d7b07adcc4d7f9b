"""Clock: the only reader of the current time."""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from typing import Protocol


class Clock(Protocol):
    """What the program asks for the time."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go backwards, for rates and time left."""
        ...


def local_day(moment: datetime) -> date:
    """The day it is here at a moment: what a person plans, does and sees as due goes by it.

    Days of mirrored events are days of UTC, and do not go by this.
    """
    return moment.astimezone().date()


def local_midnight(day: date) -> datetime:
    """When a day begins here, whatever the clocks do in that night."""
    return datetime.combine(day, time_of_day.min).astimezone()


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one place that may ask

    def monotonic(self) -> float:
        """Seconds that never go backwards."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved: tests, golden files and the seeded sample network."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._seconds = 0.0

    def now(self) -> datetime:
        """The moment it was set to."""
        return self._moment

    def monotonic(self) -> float:
        """Seconds moved so far."""
        return self._seconds

    def advance(self, length: timedelta) -> None:
        """Moves both readings forward by `length`."""
        self._moment += length
        self._seconds += length.total_seconds()
