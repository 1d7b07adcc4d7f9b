"""Where the reading of a Yammer community stands: all messages up to the newest id are mirrored, except named gaps.

Ids grow with time, and pages are cut by ids alone, so nothing that arrives or goes meanwhile moves a page.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from workbench.models.moments import DayRange
from workbench.sync.connector import Cursor
from workbench.sync.engage.messages import Feed
from workbench.sync.gate import Cause, line

VERSION: Final = 1
KNOWN_KEPT: Final = 2
THREADS_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """Unread: the ids between `floor` (0: to the beginning) and `ceiling`, a message of `day`."""

    ceiling: int
    day: date
    floor: int = 0


@dataclass(slots=True)
class Position:
    """The cursor, as it changes page by page; at every moment it promises no more than what was read.

    `known` are the newest ids, from the lowest of which the next look asks: finding one of them again proves that
    nothing lies between. `gaps` stand newest first. `until` is the last day that was over when the top was looked at,
    `told` the platform's number of messages at that time, `bottom` the earliest day seen, `read` counts messages.

    The platform leaves messages out of its pages, but says how many updates a thread has. `open` counts what came of a
    thread and holds the newest such figure, {first message: (messages, updates)}; once all of the thread lies where
    everything was read, the two are compared. `closed` are the figures of threads that were found whole.
    """

    high: int = 0
    known: tuple[int, ...] = ()
    gaps: tuple[Gap, ...] = ()
    until: date | None = None
    told: int | None = None
    bottom: date | None = None
    read: int = 0
    open: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    closed: dict[int, int | None] = field(default_factory=dict)

    @property
    def anchor(self) -> int:
        """The id from which to look for newer ones; 0 before anything was seen."""
        return min(self.known, default=0)

    def looked(self, feed: Feed) -> bool:
        """Takes in a page of what is newer than `anchor`, or of the newest at all; whether it brought anything new."""
        fresh = [number for number in feed.ids if number > self.high]
        if not fresh:
            return False
        is_joined = any(number <= self.high for number in feed.ids) if self.high else False
        if not is_joined and feed.goes_on:
            lowest = min(fresh)
            self.gaps = (Gap(lowest, feed.day_of(lowest), floor=self.high), *self.gaps)
        self.known = tuple(sorted({*fresh, *self.known}, reverse=True)[:KNOWN_KEPT])
        self.high = max(fresh)
        self._took(feed, fresh)
        return True

    def is_apart(self, held: int) -> bool:
        """Whether the page looked at last did not meet `held`, the newest id before it: something lies between."""
        return bool(held and self.gaps) and self.gaps[0].floor == held

    def reached_top(self, today: date, *, told: int | None = None) -> None:
        """Nothing newer was there when it was `today`, and the platform told of so many messages just before."""
        self.until, self.told = today - timedelta(days=1), told
        self.bottom = self.bottom or self.until  # where nobody ever wrote, all that is over is known

    def filled(self, feed: Feed) -> None:
        """Takes in the page below the ceiling of the newest gap; refuses (LineError) a page that does not lead down."""
        gap = self.gaps[0]
        fresh = [number for number in feed.ids if gap.floor < number < gap.ceiling]
        if feed.ids and not min(feed.ids) < gap.ceiling:
            raise line(Cause.BAD_REPLY, "the pages of the reply run in a circle")
        if not feed.goes_on or min(feed.ids) <= gap.floor:
            self.gaps = self.gaps[1:]
        else:
            self.gaps = (Gap(min(fresh), feed.day_of(min(fresh)), gap.floor), *self.gaps[1:])
        self._took(feed, fresh)

    def unwhole(self) -> int | None:
        """A thread of which messages are missing, by its first message; None when there is none for now."""
        edge = self.gaps[0].ceiling if self.gaps else 0
        for thread, (count, updates) in list(self.open.items()):
            if thread < edge:
                continue
            before = self.closed.get(thread)
            # Whether the first message counts as an update is not certain, so a known figure is compared by its change.
            is_whole = updates is None or (count >= updates if before is None else updates - before == count)
            if not is_whole:
                return thread
            self.close(thread, updates)
        return None

    def close(self, thread: int, updates: int | None) -> None:
        """The thread was read as a whole, when the platform told of this many updates."""
        _, told = self.open.pop(thread, (0, None))
        before = self.closed.pop(thread, None)
        figures = [figure for figure in (updates, told, before) if figure is not None]
        self.closed[thread] = figures[0] if figures else None
        for oldest in list(self.closed)[:-THREADS_KEPT]:
            del self.closed[oldest]

    def covered(self) -> tuple[DayRange, ...]:
        """The days that are over and of which everything the platform shows was read."""
        first = self.gaps[0].day + timedelta(days=1) if self.gaps else self.bottom
        return (DayRange(first, self.until),) if first and self.until and first <= self.until else ()

    def _took(self, feed: Feed, fresh: Iterable[int]) -> None:
        for number in fresh:
            thread = feed.threads[number]
            count, updates = self.open.get(thread, (0, None))
            figures = [figure for figure in (updates, feed.updates.get(thread)) if figure is not None]
            self.open[thread] = (count + 1, max(figures, default=None))  # too high a figure only costs a look
            self.bottom = min(self.bottom or feed.day_of(number), feed.day_of(number))
            self.read += 1

    def cursor(self) -> Cursor:
        """The position as text."""
        value = {
            "version": VERSION,
            "high": self.high,
            "known": self.known,
            "gaps": [[gap.ceiling, gap.day.isoformat(), gap.floor] for gap in self.gaps],
            "until": None if self.until is None else self.until.isoformat(),
            "told": self.told,
            "bottom": None if self.bottom is None else self.bottom.isoformat(),
            "read": self.read,
            "open": list(self.open.items()),
            "closed": list(self.closed.items()),
        }
        return Cursor(json.dumps(value, separators=(",", ":")))

    @classmethod
    def of(cls, cursor: Cursor | None) -> "Position":
        """The position of a cursor; the beginning for None and for one of another version, which does no harm."""
        value: dict[str, Any] = {} if cursor is None else json.loads(cursor)
        if value.get("version") != VERSION:
            return cls()
        return cls(
            high=value["high"],
            known=tuple(value["known"]),
            gaps=tuple(Gap(ceiling, date.fromisoformat(day), floor) for ceiling, day, floor in value["gaps"]),
            until=_day(value["until"]),
            told=value["told"],
            bottom=_day(value["bottom"]),
            read=value["read"],
            open={thread: (count, updates) for thread, (count, updates) in value["open"]},
            closed=dict(value["closed"]),
        )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
