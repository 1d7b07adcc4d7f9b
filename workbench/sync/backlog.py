"""Backlog: what a source read by day windows still has to bring, newest first; pure, and written into its cursor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Self

from workbench.models.moments import DayRange
from workbench.sync.windows import BEGINNING, DayWindow, around, without

Task = DayWindow | str
"""A window, or the remote name of a single item."""

LONGEST_WINDOW: Final = 366
WINDOW_BYTES: Final = 60_000
"""What a window is meant to bring: an export that is cut has to be fetched again from its beginning."""
RETRY_FAILED: Final = timedelta(days=7)
EMPTY_IN_A_ROW: Final = 3
FIRST_ITEMS: Final = 150
RUN_GAP: Final = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Everything the source held is mirrored, except what stands here.

    `todo` is read first. Then history backwards: all days below `edge` are unread (None: none are), the next window is
    `days` long, the one after it `after` (0: as long), none longer than `ceiling`; nothing is expected below `oldest`
    (None: not known; then `empty` windows in a row tell). `failed` is what the source could not deliver, with the day
    it was tried. Whatever arrived before the day `until` began has been followed. `refusals` counts what the source
    refused since it last delivered.
    """

    todo: tuple[Task, ...] = ()
    edge: date | None = None
    days: int = 30
    after: int = 0
    ceiling: int = LONGEST_WINDOW
    oldest: date | None = None
    empty: int = 0
    failed: tuple[tuple[Task, date], ...] = ()
    until: date | None = None
    refusals: int = 0

    @classmethod
    def beginning(cls, *, count: int, newest: date, oldest: date, floor: date | None = None) -> Self:
        """Of a source never read, with `count` items between two days: the newest days first, about a screenful.

        What is older than `floor` is not asked for; see `next`.
        """
        per_day = count / (max(0, (newest - oldest).days) + 1)
        days = max(1, min(LONGEST_WINDOW, int(FIRST_ITEMS / max(per_day, 1e-9))))
        start = newest - timedelta(days=days)
        if floor is not None:
            start = max(start, floor)
        elif start <= oldest:
            return cls(todo=(DayWindow(None, None),), oldest=oldest, until=oldest)
        return cls(todo=(DayWindow(start, None),), edge=start, days=days, oldest=oldest, until=start)

    def next(self, *, floor: date | None = None) -> Task | None:
        """What to read next; None when nothing is left.

        History stops at `floor`: the edge stays there, so that a later, wider reach goes on from it.
        """
        if self.todo:
            return self.todo[0]
        if self.edge is None or (floor is not None and self.edge <= floor):
            return None
        start = self.edge - timedelta(days=self.days) if (self.edge - BEGINNING).days > self.days else BEGINNING
        is_last = self.empty >= EMPTY_IN_A_ROW if self.oldest is None else start <= self.oldest
        if floor is not None and (is_last or start < floor):
            return DayWindow(floor, self.edge)
        return DayWindow(None if is_last or start == BEGINNING else start, self.edge)

    def second(self, *, floor: date | None = None) -> Task | None:
        """What will be read once `next` has been brought; None where that is the last, or is not certain yet."""
        task = self.next(floor=floor)
        if self.todo:
            return replace(self, todo=self.todo[1:]).next(floor=floor)
        if not isinstance(task, DayWindow) or task.start is None or (self.oldest is None and self.empty):
            return None
        return replace(self, edge=task.start, days=self.after or self.days).next(floor=floor)

    def done(self, task: Task, *, size: int, first_day: date | None, today: date) -> tuple[Self, tuple[DayRange, ...]]:
        """After `task` brought `size` bytes, its earliest item of `first_day`: what is left, and days now complete."""
        if self.todo:
            after = replace(self, todo=self.todo[1:], refusals=0)
        else:
            # What was too long once stays so, until the source has nothing to carry any more.
            ceiling = min(LONGEST_WINDOW, self.ceiling * 2) if first_day is None else self.ceiling
            measured = max(1, min(ceiling, self.days * 4, self.days * WINDOW_BYTES // max(1, size)))
            # One window later: the next one is asked for before this one has come.
            after = replace(
                self,
                edge=task.start if isinstance(task, DayWindow) else None,
                days=self.after or self.days,
                after=measured,
                ceiling=ceiling,
                refusals=0,
                empty=self.empty + 1 if first_day is None and self.days == LONGEST_WINDOW else 0,
            )
        after, followed = after.settled(today=today)
        return after, (*self._whole(task, first_day=first_day, today=today), *followed)

    def refused(self, task: Task, *, today: date) -> Self:
        """After the source could not deliver `task`: smaller windows come next, or it is set aside for another day."""
        tried = replace(self, refusals=self.refusals + 1)
        set_aside = (*self.failed, (task, today))
        if self.todo:
            halves = task.halves(today=today) if isinstance(task, DayWindow) else None
            if halves is not None:
                return replace(tried, todo=(*halves, *self.todo[1:]))
            return replace(tried, todo=self.todo[1:], failed=set_aside)
        start = task.start if isinstance(task, DayWindow) else None
        oldest = self.oldest or BEGINNING
        days = (self.edge - (start or oldest)).days if self.edge else 0
        if days > 1:
            smaller = min(LONGEST_WINDOW, days // 2)
            return replace(tried, days=smaller, after=smaller, ceiling=smaller, oldest=oldest)
        if start is None and oldest > BEGINNING:
            # More lies below the oldest day we heard of than one reply can carry: look all the way down.
            longest = LONGEST_WINDOW
            return replace(tried, days=longest, after=longest, ceiling=longest, oldest=BEGINNING)
        return replace(tried, edge=start, failed=set_aside)

    def settled(self, *, today: date) -> tuple[Self, tuple[DayRange, ...]]:
        """Once `todo` is empty, the source is followed up to the start of `today`: what is left, days complete."""
        if self.todo or (self.until is not None and self.until >= today):
            return self, ()
        return replace(self, until=today), self._whole(DayWindow(self.until, today), first_day=None, today=today)

    def retrying(self, *, today: date) -> Self:
        """With what failed a week ago or longer put back into what is to be read."""
        again = tuple(task for task, tried in self.failed if today - tried >= RETRY_FAILED)
        kept = tuple((task, tried) for task, tried in self.failed if today - tried < RETRY_FAILED)
        return replace(self, todo=(*self.todo, *again), failed=kept)

    def _whole(self, task: Task, *, first_day: date | None, today: date) -> tuple[DayRange, ...]:
        if isinstance(task, str):
            return ()
        days = (task if task.start else replace(task, start=self.oldest or first_day)).days_until(today)
        holes = [hole for hole, _ in self.failed if isinstance(hole, DayWindow)]
        return () if days is None else without(days, holes)

    def ahead(self, tasks: Sequence[Task]) -> Self:
        """With `tasks` to be read before everything else."""
        return replace(self, todo=(*tasks, *(task for task in self.todo if task not in tasks)))

    def to_json(self) -> dict[str, Any]:
        """Plain values for a cursor."""
        return {
            "todo": [_plain(task) for task in self.todo],
            "edge": _text(self.edge),
            "days": self.days,
            "after": self.after,
            "ceiling": self.ceiling,
            "oldest": _text(self.oldest),
            "empty": self.empty,
            "failed": [[_plain(task), tried.isoformat()] for task, tried in self.failed],
            "until": _text(self.until),
            "refusals": self.refusals,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The backlog written by `to_json`."""
        return cls(
            todo=tuple(_task(item) for item in value["todo"]),
            edge=_day(value["edge"]),
            days=value["days"],
            after=value.get("after", 0),
            ceiling=value["ceiling"],
            oldest=_day(value["oldest"]),
            empty=value["empty"],
            failed=tuple((_task(item), date.fromisoformat(tried)) for item, tried in value["failed"]),
            until=_day(value["until"]),
            refusals=value["refusals"],
        )


def tasks_for(days: Mapping[str, date]) -> list[Task]:
    """Windows around the days of items known by name, latest first; one that stands alone is asked for by name."""
    tasks: list[Task] = []
    for window in around(days.values(), gap=RUN_GAP):
        inside = [name for name, day in days.items() if window.holds(day)]
        tasks.append(inside[0] if len(inside) == 1 else window)
    return tasks


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _plain(task: Task) -> str | list[str | None]:
    return task if isinstance(task, str) else [_text(task.start), _text(task.end)]


def _task(item: str | list[str | None]) -> Task:
    return item if isinstance(item, str) else DayWindow(_day(item[0]), _day(item[1]))
