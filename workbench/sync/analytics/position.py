"""Position in a property's days: which were read, with what totals, and what lies unread before them; the cursor.

Nothing tells what changed. Reports may change for two days after a day is over, and now and then later: the last days
are read again whenever a day has passed, those of the last fortnight when their totals are others than before.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workbench.models.moments import DayRange, from_day, to_day
from workbench.sync.connector import Cursor

DAY: Final = timedelta(days=1)
BEGINNING: Final = date(2019, 1, 1)
"""No property of this kind is older."""
LOOK_BACK: Final = 14
REPORTS: Final = 5
"""So many reports one question may hold."""
READ_AGAIN: Final = 4
CHANGING: Final = 2
"""So many days after it, a day may still change."""
_LAST_PLACE: Final = timedelta(hours=12)
_WEEK: Final = 7
_VERSION: Final = 1

Totals = tuple[int | None, ...]
"""Views, users, sessions and events of the whole site; empty for a day without any."""


@dataclass(frozen=True, slots=True)
class Position:
    """`first` is the first day with numbers, `at` the day of the last look.

    `seen` holds the totals of the days of the fortnight before it that were read since, as they were; `gaps` are the
    days before that fortnight that were not read yet, latest first. Days are those of the property's `zone`.
    """

    first: date | None = None
    at: date | None = None
    seen: Mapping[date, Totals] = field(default_factory=dict)
    gaps: tuple[DayRange, ...] = ()
    zone: str = ""

    @classmethod
    def of(cls, cursor: Cursor) -> "Position | None":
        """What a cursor says; None for one of another version, which begins anew."""
        told = json.loads(cursor)
        if told.get("version") != _VERSION:
            return None
        return cls(
            None if told["first"] is None else date.fromisoformat(told["first"]),
            None if told["at"] is None else date.fromisoformat(told["at"]),
            {date.fromisoformat(day): tuple(totals) for day, totals in told["seen"].items()},
            tuple(DayRange(date.fromisoformat(first), date.fromisoformat(last)) for first, last in told["gaps"]),
            told["zone"],
        )

    def cursor(self) -> Cursor:
        """As it is kept."""
        told = {
            "version": _VERSION,
            "first": None if self.first is None else self.first.isoformat(),
            "at": None if self.at is None else self.at.isoformat(),
            "seen": {day.isoformat(): list(totals) for day, totals in sorted(self.seen.items())},
            "gaps": [[gap.first.isoformat(), gap.last.isoformat()] for gap in self.gaps],
            "zone": self.zone,
        }
        return Cursor(json.dumps(told, separators=(",", ":")))

    def begun(self, first: date, *, today: date) -> "Position":
        """From the first day with numbers on: what lies before the fortnight is a gap."""
        below = window_of(today).first - DAY
        return replace(self, first=first, at=today, gaps=(DayRange(first, below),) if first <= below else ())

    def moved(self, *, today: date) -> "Position":
        """On another day: the last days count as unread again, and so does what fell out of the fortnight unread."""
        if self.at is None or self.at == today:
            return replace(self, at=today)
        start, border = window_of(today).first, min(today - READ_AGAIN * DAY, self.at - CHANGING * DAY)
        kept = {day: totals for day, totals in self.seen.items() if day < border}
        earliest = max(filter(None, (window_of(self.at).first, self.first)))
        days = (from_day(day) for day in range(to_day(earliest), to_day(start)))
        unread = next((day for day in days if day not in kept), None)
        gaps = self.gaps if unread is None else (DayRange(unread, start - DAY), *self.gaps)
        return replace(self, at=today, gaps=gaps, seen={day: kept[day] for day in kept if day >= start})

    def stale(self, totals: Mapping[date, Totals], *, today: date) -> tuple[date, ...]:
        """The days of the fortnight to read, latest first, now that these are its totals."""
        window = window_of(today)
        start = window.first if self.first is None else max(window.first, self.first)
        days = (from_day(day) for day in range(to_day(today), to_day(start) - 1, -1))
        return tuple(day for day in days if day not in self.seen or self.seen[day] != totals.get(day, ()))

    def read(self, totals: Mapping[date, Totals], days: Iterable[date], *, moving: Collection[date] = ()) -> "Position":
        """After these days were read; those `moving` are read again with the next look."""
        seen = {**self.seen, **{day: totals.get(day, ()) for day in days}}
        return replace(self, seen={day: found for day, found in seen.items() if day not in moving})

    def next_gap(self, *, oldest: date | None) -> DayRange | None:
        """The days of the latest week that is not read yet; None where everything is, as far as is wanted."""
        if not self.gaps or (oldest is not None and self.gaps[0].last < oldest):
            return None
        gap = self.gaps[0]
        return DayRange(max(filter(None, (week_of(gap.last).first, gap.first, oldest))), gap.last)

    def filled(self, days: DayRange) -> "Position":
        """After the days that `next_gap` named were read."""
        gap, *others = self.gaps
        left = [DayRange(gap.first, days.first - DAY)] if gap.first < days.first else []
        return replace(self, gaps=(*left, *others))


def window_of(today: date) -> DayRange:
    """The days whose totals every look asks for."""
    return DayRange(today - LOOK_BACK * DAY, today)


def week_of(day: date) -> DayRange:
    """Monday to Sunday."""
    monday = day - day.weekday() * DAY
    return DayRange(monday, monday + (_WEEK - 1) * DAY)


def settled_until(today: date) -> date:
    """The last day that does not change any more, as a rule."""
    return today - (CHANGING + 1) * DAY


def day_in(zone: str, moment: datetime) -> date:
    """The day of a moment in a time zone; in one that is not known, the day on which it is so everywhere."""
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return (moment.astimezone(UTC) - _LAST_PLACE).date()


def tasks_for(days: Sequence[date], today: date) -> list[DayRange]:
    """The days, and before the first one of each week that is over the week: whoever stops after it asks for it again.

    After the last of its days a cut would lose it.
    """
    tasks: dict[DayRange, None] = {}
    for day in days:
        week = week_of(day)
        tasks |= {week: None, DayRange(day, day): None} if week.last < today else {DayRange(day, day): None}
    return list(tasks)


def parts_of(tasks: Sequence[DayRange]) -> list[Sequence[DayRange]]:
    """As many as one question may hold."""
    return [tasks[start : start + REPORTS] for start in range(0, len(tasks), REPORTS)]


def is_day(task: DayRange) -> bool:
    """Whether it is one day by itself, and not a week as a whole."""
    return task.first == task.last


def days_of(days: DayRange) -> list[date]:
    """Each of them, oldest first."""
    return [from_day(day) for day in range(to_day(days.first), to_day(days.last) + 1)]


def runs_of(days: Iterable[date]) -> tuple[DayRange, ...]:
    """Days as ranges."""
    runs: list[DayRange] = []
    for day in sorted(days):
        if runs and runs[-1].last + DAY == day:
            runs[-1] = DayRange(runs[-1].first, day)
        else:
            runs.append(DayRange(day, day))
    return tuple(runs)
