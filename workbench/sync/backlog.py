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
"""What a window is meant to bring: what an export that is cut did not bring has to be asked for again by days."""
RETRY_FAILED: Final = timedelta(days=7)
EMPTY_IN_A_ROW: Final = 3
FIRST_ITEMS: Final = 150
RUN_GAP: Final = timedelta(days=4)
AHEAD: Final = 4
"""Tasks after the next one that are told, so that they can be begun before it has come."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Everything the source held is mirrored, except what stands here.

    `todo` is read first. Then history backwards: all days below `edge` are unread (None: none are), the next windows
    are `days`, `after` and `later` long (0: as long as the one before), none longer than `ceiling`; nothing is expected
    below `oldest` (None: not known; then `empty` windows in a row tell). `failed` is what the source could not deliver,
    with the day it was tried. `doubtful` are windows of which everything came but what arrived after the others, if
    there is such. Whatever arrived before the day `until` began has been followed. `refusals` counts what the source
    refused since it last delivered.
    """

    todo: tuple[Task, ...] = ()
    edge: date | None = None
    days: int = 30
    after: int = 0
    later: int = 0
    ceiling: int = LONGEST_WINDOW
    oldest: date | None = None
    empty: int = 0
    failed: tuple[tuple[Task, date], ...] = ()
    doubtful: tuple[DayWindow, ...] = ()
    until: date | None = None
    refusals: int = 0

    @classmethod
    def beginning(
        cls,
        *,
        count: int,
        newest: date,
        oldest: date,
        floor: date | None = None,
        begun: Sequence[DayWindow] = (),
    ) -> Self:
        """Of a source never read, with `count` items between two days: the newest days first, about a screenful.

        With `begun`, what these windows hold comes first instead; they follow each other without a gap, newest first.
        What is older than `floor` is not asked for; see `next`.
        """
        per_day = count / (max(0, (newest - oldest).days) + 1)
        days = max(1, min(LONGEST_WINDOW, int(FIRST_ITEMS / max(per_day, 1e-9))))
        if begun:
            until = oldest if begun[0].start is None else begun[0].start
            return cls(todo=tuple(begun), edge=begun[-1].start, days=days, oldest=oldest, until=until)
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

    def is_from_start(self, *, floor: date | None) -> bool:
        """Whether the source holds nothing older than what was read, by the day of its oldest item."""
        if self.next(floor=floor) is not None or self.doubtful or self.failed:
            return False
        return self.edge is None or (floor is not None and self.oldest is not None and self.oldest >= floor)

    def following(self, *, floor: date | None = None) -> list[Task]:
        """What will be read once `next` has been brought, as far as that is certain: four tasks at most."""
        found: list[Task] = []
        backlog, task, lengths = self, self.next(floor=floor), 2
        while task is not None and len(found) < AHEAD:
            if backlog.todo:
                backlog = replace(backlog, todo=backlog.todo[1:])
            elif not isinstance(task, DayWindow) or task.start is None or (self.oldest is None and self.empty):
                break
            elif lengths == 0:
                break  # what the next one brings decides how long that window will be
            else:
                backlog, lengths = backlog.lowered(task.start), lengths - 1
            task = backlog.next(floor=floor)
            found += [] if task is None else [task]
        return found

    def lowered(self, edge: date | None, *, measured: int = 0) -> Self:
        """With history read down to `edge`; `measured` is how long the window after the two next ones should be."""
        after = self.after or self.days
        return replace(self, edge=edge, days=after, after=self.later or after, later=measured)

    def done(self, task: Task, *, size: int, first_day: date | None, today: date) -> tuple[Self, tuple[DayRange, ...]]:
        """After `task` brought `size` bytes, its earliest item of `first_day`: what is left, and days now complete."""
        if self.todo:
            after = replace(self, todo=self.todo[1:], refusals=0)
        else:
            # What was too long once stays so, until the source has nothing to carry any more.
            ceiling = min(LONGEST_WINDOW, self.ceiling * 2) if first_day is None else self.ceiling
            measured = max(1, min(ceiling, self.days * 4, self.days * WINDOW_BYTES // max(1, size)))
            # Two windows later: the next ones are asked for before this one has come.
            after = replace(
                self.lowered(task.start if isinstance(task, DayWindow) else None, measured=measured),
                ceiling=ceiling,
                refusals=0,
                empty=self.empty + 1 if first_day is None and self.days == LONGEST_WINDOW else 0,
            )
        after, followed = after.settled(today=today)
        return after, (*self.whole(task, first_day=first_day, today=today), *followed)

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
            return replace(tried, days=smaller, after=0, later=0, ceiling=smaller, oldest=oldest)
        if start is None and oldest > BEGINNING:
            # More lies below the oldest day we heard of than one reply can carry: look all the way down.
            longest = LONGEST_WINDOW
            return replace(tried, days=longest, after=0, later=0, ceiling=longest, oldest=BEGINNING)
        return replace(tried, edge=start, failed=set_aside)

    def broken_off(self, task: DayWindow, rest: DayWindow) -> Self:
        """After `task` came in part: `rest` is asked for next, and the days before it are in doubt."""
        doubtful = (*self.doubtful, DayWindow(task.start, rest.start))
        if self.todo:
            return replace(self, todo=(rest, *self.todo[1:]), doubtful=doubtful, refusals=0)
        return replace(self.lowered(task.start, measured=self.later), todo=(rest,), doubtful=doubtful, refusals=0)

    def doubted(self) -> Self:
        """With what is in doubt put back into what is to be read."""
        return replace(self, todo=(*self.todo, *self.doubtful), doubtful=())

    def proven(self, *, today: date) -> tuple[Self, tuple[DayRange, ...]]:
        """Once it is certain that nothing is missing of what is in doubt: without it, and days that are complete."""
        sure = replace(self, doubtful=())
        return sure, tuple(days for window in self.doubtful for days in sure.whole(window, first_day=None, today=today))

    def settled(self, *, today: date) -> tuple[Self, tuple[DayRange, ...]]:
        """Once `todo` is empty, the source is followed up to the start of `today`: what is left, days complete."""
        if self.todo or (self.until is not None and self.until >= today):
            return self, ()
        return replace(self, until=today), self.whole(DayWindow(self.until, today), first_day=None, today=today)

    def retrying(self, *, today: date) -> Self:
        """With what failed a week ago or longer put back into what is to be read."""
        again = tuple(task for task, tried in self.failed if today - tried >= RETRY_FAILED)
        kept = tuple((task, tried) for task, tried in self.failed if today - tried < RETRY_FAILED)
        return replace(self, todo=(*self.todo, *again), failed=kept)

    def whole(self, task: Task, *, first_day: date | None, today: date) -> tuple[DayRange, ...]:
        """The days of `task` that are complete once it came, if they were over by `today`."""
        if isinstance(task, str):
            return ()
        days = (task if task.start else replace(task, start=self.oldest or first_day)).days_until(today)
        holes = [hole for hole, _ in self.failed if isinstance(hole, DayWindow)] + [*self.doubtful]
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
            "later": self.later,
            "ceiling": self.ceiling,
            "oldest": _text(self.oldest),
            "empty": self.empty,
            "failed": [[_plain(task), tried.isoformat()] for task, tried in self.failed],
            "doubtful": [_plain(window) for window in self.doubtful],
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
            later=value.get("later", 0),
            ceiling=value["ceiling"],
            oldest=_day(value["oldest"]),
            empty=value["empty"],
            failed=tuple((_task(item), date.fromisoformat(tried)) for item, tried in value["failed"]),
            doubtful=tuple(DayWindow(_day(start), _day(end)) for start, end in value.get("doubtful", ())),
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
