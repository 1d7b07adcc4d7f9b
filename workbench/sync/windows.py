"""Windows of whole UTC days, half-open and possibly endless: how sources without a cursor of their own are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from typing_extensions import override

from workbench.models.moments import DayRange

DAY = timedelta(days=1)
BEGINNING = date(1970, 1, 1)
ENDLESS_STEP = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DayWindow:
    """The days from `start` up to but without `end`; None means that side has no end, so that no date falls outside."""

    start: date | None
    end: date | None

    @override
    def __str__(self) -> str:
        return f"{self.start or '…'} to {self.end or '…'}"

    def holds(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def halves(self, *, today: date) -> tuple["DayWindow", "DayWindow"] | None:
        """The later and the earlier half, in the order they should be read; None when it cannot be divided.

        An endless side has no middle: it is cut off a year before its end, or at `today`.
        """
        if self.start is None:
            middle = (self.end or today) - ENDLESS_STEP
            divisible = middle > BEGINNING
        else:
            days = ((self.end or today + DAY) - self.start).days
            middle = self.start + DAY * (days // 2)
            divisible = days > 1
        return (DayWindow(middle, self.end), DayWindow(self.start, middle)) if divisible else None

    def days_until(self, today: date) -> DayRange | None:
        """The days of the window that were over when it was `today`; None if there are none or it has no start."""
        last = min(self.end or today, today) - DAY
        return DayRange(self.start, last) if self.start is not None and self.start <= last else None


def without(days: DayRange, holes: Iterable[DayWindow]) -> tuple[DayRange, ...]:
    """What is left of `days` once the days of `holes` are taken out."""
    left = [days]
    for hole in holes:
        kept = []
        for piece in left:
            if hole.start is not None and piece.first < hole.start:
                kept.append(DayRange(piece.first, min(piece.last, hole.start - DAY)))
            if hole.end is not None and piece.last >= hole.end:
                kept.append(DayRange(max(piece.first, hole.end), piece.last))
        left = kept
    return tuple(left)


def around(days: Iterable[date], *, gap: timedelta) -> list[DayWindow]:
    """Windows that hold all `days`, latest first; days less than `gap` apart share one."""
    runs: list[list[date]] = []
    for day in sorted(set(days)):
        if runs and day - runs[-1][1] < gap:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return [DayWindow(first, last + DAY) for first, last in reversed(runs)]
