"""Where the reading of one group stands: which topics are its own, what is being read, and since when to look for more.

A comment says which topic it is on, and only the list of what is tied to groups says whose topic that is. So the
numbers of the group's topics are kept here; the site is not asked for them again.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from workbench.models.moments import DayRange
from workbench.sync.connector import Cursor
from workbench.sync.gate import Cause, line
from workbench.sync.open_social.shapes import Relation, Row

VERSION: Final = 1
SETTLED_SECONDS: Final = 120
"""So long after a topic was saved it may still be on its way into its group."""
BELOW_ALL: Final = 2**62


@dataclass(slots=True)
class Lane:
    """One kind of conversation (topics, events).

    `anchor`: everything saved before is known (seconds since 1970). `seen`: the highest number of a topic of the site
    that must be in its group by now. `top` and `below`: the numbers of what ties topics to groups are known from
    `below` (0: to the beginning) up to `top`; `offset` is about where `below` stands, newest first. `topics` are the
    numbers of those of this group that are read, `far` of those older than was wanted. `is_new`: the site has a topic
    that may be ours; `looked` is the day of the last look.
    """

    anchor: int = 0
    seen: int = 0
    top: int = 0
    below: int = BELOW_ALL
    offset: int = 0
    topics: set[int] = field(default_factory=set)
    far: set[int] = field(default_factory=set)
    is_new: bool = False
    looked: str = ""

    def is_unknown(self, row: Row) -> bool:
        """Whether a topic that was saved may be ours without our knowing."""
        number = row.number("drupal_internal__nid") or 0
        return number > self.seen and number not in self.topics and number not in self.far

    def settle(self, topics: Iterable[tuple[int | None, datetime | None]], *, now: datetime) -> None:
        """After a look at what is tied to groups: these topics, if they are not too fresh, have been looked for."""
        limit = now - timedelta(seconds=SETTLED_SECONDS)
        self.seen = max([self.seen, *(number or 0 for number, at in topics if at is not None and at < limit)])


@dataclass(slots=True)
class Position:
    """The cursor, as it changes step by step; at every moment it promises no more than what was read.

    `todo` are conversations to be read whole ("topic:UUID"), `far` those of which only what was said since `oldest` is
    wanted. `open` are some of either (`is_far`) whose comments are being read, up to the one numbered `number`;
    `is_named` says that these topics were read themselves. `said` is the anchor of comments. `first` is the earliest
    day, `skip` the day from which on all was read already when an older beginning was asked for.
    """

    lanes: dict[str, Lane] = field(default_factory=dict)
    said: int = 0
    todo: list[str] = field(default_factory=list)
    far: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    is_far: bool = False
    is_named: bool = False
    number: int = 0
    oldest: date | None = None
    skip: date | None = None
    first: date | None = None
    read: int = 0

    @classmethod
    def of(cls, cursor: Cursor | None) -> "Position":
        """The position a cursor holds, or the beginning; refuses (LineError) one that is none of ours."""
        if cursor is None:
            return cls()
        try:
            value = json.loads(cursor)
            return cls(
                lanes={kind: _lane(told) for kind, told in value["lanes"].items()},
                said=int(value["said"]),
                todo=list(value["todo"]),
                far=list(value["far"]),
                open=list(value["open"]),
                is_far=bool(value["is_far"]),
                is_named=bool(value["named"]),
                number=int(value["number"]),
                oldest=_day(value["oldest"]),
                skip=_day(value["skip"]),
                first=_day(value["first"]),
                read=int(value["read"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise line(Cause.BAD_REPLY, "the kept position cannot be read") from error

    def cursor(self) -> Cursor:
        """As it is stored."""
        days = {"oldest": self.oldest, "skip": self.skip, "first": self.first}
        value: dict[str, Any] = {
            "version": VERSION,
            "lanes": {kind: _written(lane) for kind, lane in self.lanes.items()},
            "said": self.said,
            "todo": self.todo,
            "far": self.far,
            "open": self.open,
            "is_far": self.is_far,
            "named": self.is_named,
            "number": self.number,
            "read": self.read,
            **{name: None if day is None else day.isoformat() for name, day in days.items()},
        }
        return Cursor(json.dumps(value, separators=(",", ":")))

    @property
    def is_begun(self) -> bool:
        """Whether anything was read before."""
        return bool(self.lanes)

    @property
    def is_whole(self) -> bool:
        """Whether the group is read down to where that is wanted."""
        return not (self.open or self.todo or self.far or any(lane.below for lane in self.lanes.values()))

    @property
    def is_from_start(self) -> bool:
        """Whether the group is read whole and no topic in it is older than was wanted."""
        is_older = self.oldest is not None and self.first is not None and self.first < self.oldest
        return self.is_whole and not is_older and not any(lane.far for lane in self.lanes.values())

    @property
    def waiting(self) -> int:
        """How many conversations wait to be read."""
        return len(self.todo) + len(self.far)

    def reach(self, oldest: date | None) -> None:
        """Takes in that the reading may now go further back, or less far, than before."""
        if not self.is_begun:
            self.oldest = oldest
        is_further = self.oldest is not None and (oldest is None or oldest < self.oldest)
        if is_further:
            self.close()
            self.skip = self.oldest if self.is_whole else None
            self.oldest, self.first = oldest, self.first if oldest is None else oldest
            self.todo.clear()
            self.far.clear()
            for lane in self.lanes.values():
                lane.below, lane.offset = BELOW_ALL, 0
                lane.far.clear()
        elif not self.is_whole and oldest is not None:
            self.oldest = oldest if self.oldest is None else max(oldest, self.oldest)

    def take(self, kind: str, relation: Relation, *, is_news: bool) -> None:
        """A topic tied to this group: to be read whole, or, if it is older than is wanted, for its latest comments."""
        number = relation.target.number
        if number is None:
            return
        lane, name = self.lanes[kind], f"{kind}:{relation.target.id}"
        day = None if relation.at is None else relation.at.astimezone(UTC).date()
        is_far = not is_news and self.oldest is not None and day is not None and day < self.oldest
        if self.skip is not None and not is_news and day is not None and day >= self.skip:
            lane.topics.add(number)
            return
        (lane.far if is_far and number not in lane.topics else lane.topics).add(number)
        waiting = self.far if is_far else self.todo
        if name not in waiting and name not in self.open:
            waiting.append(name)

    def opens(self, count: int, *, with_far: bool) -> bool:
        """Opens the next conversations, at most `count` of one kind, unless some are; whether there are any."""
        if not self.open:
            self.is_far = not self.todo
            waiting = self.todo or (self.far if with_far else [])
            kind = waiting[0].partition(":")[0] if waiting else ""
            self.open = [name for name in waiting if name.startswith(f"{kind}:")][:count]
            self.number, self.is_named = 0, False
            opened = set(self.open)
            waiting[:] = [name for name in waiting if name not in opened]
        return bool(self.open)

    def close(self) -> None:
        """The open conversations are read."""
        self.open, self.number, self.is_named = [], 0, False

    def leave_out(self, names: Iterable[str]) -> None:
        """These conversations need not be read whole."""
        done = set(names)
        self.todo = [name for name in self.todo if name not in done]

    def covered(self, *, today: date) -> tuple[DayRange, ...]:
        """The days that are over and read; none before all of the group is read, because topics come by their age."""
        first = self.oldest or self.first
        last = today - timedelta(days=1)
        return (DayRange(first, last),) if self.is_whole and first is not None and first <= last else ()


def _lane(told: dict[str, Any]) -> Lane:
    return Lane(
        anchor=int(told["anchor"]),
        seen=int(told["seen"]),
        top=int(told["top"]),
        below=int(told["below"]),
        offset=int(told["offset"]),
        topics=_numbers(told["topics"]),
        far=_numbers(told["far"]),
        is_new=bool(told["new"]),
        looked=str(told["looked"]),
    )


def _written(lane: Lane) -> dict[str, Any]:
    return {
        "anchor": lane.anchor,
        "seen": lane.seen,
        "top": lane.top,
        "below": lane.below,
        "offset": lane.offset,
        "topics": _steps(lane.topics),
        "far": _steps(lane.far),
        "new": lane.is_new,
        "looked": lane.looked,
    }


def _steps(numbers: set[int]) -> str:
    """The first number and the way from each to the next: shorter by far than the numbers."""
    return " ".join(str(after - before) for before, after in pairwise([0, *sorted(numbers)]))


def _numbers(steps: str) -> set[int]:
    found, at = set(), 0
    for step in steps.split():
        at += int(step)
        found.add(at)
    return found


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
