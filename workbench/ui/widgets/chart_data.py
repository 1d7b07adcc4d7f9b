"""ChartData: what a chart shows, free of Qt: series over weeks or months, days nobody promised, its table as CSV."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from workbench.export.cells import csv_table, plain

_WEEK: Final = 7
WITHHELD: Final = "withheld"
"""Stands in a file for a number of fewer than five people, or one that would give such a number away."""


class Step(StrEnum):
    """What one place of a chart is."""

    WEEK = "week"
    MONTH = "month"


class Marker(StrEnum):
    """The shape of a series, so that it is told apart without colour."""

    CIRCLE = "o"
    SQUARE = "s"
    TRIANGLE = "t1"


@dataclass(frozen=True, slots=True)
class Series:
    """One line; a value is None where there is no data, which is drawn as a gap and never as zero.

    The first `doubtful` values may say less than they seem to: `doubt` is put behind each wherever it is told.
    `withheld` are the places whose value never leaves the machine. A dashed line is no count of these days: a year
    before, or what is fitted to them.
    """

    name: str
    values: tuple[float | None, ...]
    doubtful: int = 0
    doubt: str = ""
    withheld: frozenset[int] = frozenset()
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Days nobody promised, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Note:
    """What happened on a day, in the words of the leader."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The days a page is about, both ends included, in a chart that shows more; `words` say how many they are."""

    first: date
    last: date
    words: str


@dataclass(frozen=True, slots=True)
class Level:
    """A height worth a line of its own, such as a half."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class ChartData:
    """`starts` are the Mondays of weeks or the first days of months (`step`); `text` writes a value as people read it.

    `top` holds the axis up to it at least. `tops` are the ends an axis may have (and ten times as much, and so on); a
    quarter of each reads well. `is_last_running` says that the last week is not over; `note` is what has to be known to
    read the chart. `band` is what is usual at each place, from and to, None where nobody can say; the places `outside`
    it are marked. `past_gaps` are days of the year before that nobody promised, moved to this year: hatched below.
    `chosen` is marked by a bracket above.
    """

    title: str
    subtitle: str
    starts: tuple[date, ...]
    series: tuple[Series, ...]
    text: Callable[[float | None], str]
    gaps: tuple[Gap, ...] = ()
    gap_words: str = "Never synced"
    top: float | None = None
    target: float | None = None
    is_last_running: bool = False
    tops: tuple[float, ...] = (4, 8, 12, 20)
    note: str = ""
    step: Step = Step.WEEK
    notes: tuple[Note, ...] = ()
    levels: tuple[Level, ...] = ()
    band: tuple[tuple[float, float] | None, ...] = ()
    outside: frozenset[int] = frozenset()
    past_gaps: tuple[Gap, ...] = ()
    chosen: Chosen | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no series has any value."""
        return not any(value is not None for series in self.series for value in series.values)

    def told(self, series: Series, place: int) -> str:
        """A value as people read it, with what is doubtful about it."""
        value = series.values[place]
        text = self.text(value)
        return f"{text} ({series.doubt})" if place < series.doubtful and value else text

    def place_of(self, day: date) -> float:
        """Where a day begins, in places from the first; the marker of a place stands in the middle of it."""
        at = min(max(bisect_right(self.starts, day) - 1, 0), len(self.starts) - 1)
        return at + (day - self.starts[at]).days / self._days_of(at) - 0.5

    def notes_at(self, place: int) -> tuple[str, ...]:
        """What happened in the week or month of a place."""
        begin = self.starts[place]
        end = begin + timedelta(days=self._days_of(place))
        return tuple(note.words for note in self.notes if begin <= note.day < end)

    def disclosed(self) -> "ChartData":
        """The chart as it may leave the machine: withheld values are missing."""
        return replace(self, series=tuple(_disclosed(one) for one in self.series))

    def csv(self) -> str:
        """The table as CSV; withheld values are named so, and no words begin like a formula."""
        heads = [self.step.value, *(self._heading(series) for series in self.series)]
        heads += ["usual from", "usual to"] if self.band else []
        heads += ["what happened"] if self.notes else []
        lines = [heads]
        for place, start in enumerate(self.starts):
            line = [start.isoformat(), *(_cell(series, place) for series in self.series)]
            if self.band:
                line += [plain(border) for border in self.band[place] or ()] or ["", ""]
            if self.notes:
                line.append("; ".join(self.notes_at(place)))
            lines.append(line)
        return csv_table(lines)

    def spoken(self) -> str:
        """The chart in one sentence per series, for screen readers."""
        said: list[str] = []
        for series in self.series:
            known = [value for value in series.values if value is not None]
            if known:
                low, high, last = min(known), max(known), known[-1]
                doubt = f", the first {series.doubtful} {series.doubt}" if series.doubtful else ""
                said.append(
                    f"{series.name}{doubt}: last {self.text(last)}, lowest {self.text(low)}, highest {self.text(high)}."
                )
        said += [
            f"{self.gap_words}: {gap.days} {'day' if gap.days == 1 else 'days'} from {gap.first.isoformat()}."
            for gap in self.gaps
        ]
        if self.chosen is not None:
            days = f"from {self.chosen.first.isoformat()} to {self.chosen.last.isoformat()}"
            said.append(f"The period is {days}.")
        said += [f"{note.day.isoformat()}: {note.words}." for note in self.notes]
        return " ".join(filter(None, (*said, self.note))) or "No data."

    def _heading(self, series: Series) -> str:
        if not series.doubtful:
            return series.name
        return f"{series.name} ({series.doubt} until {self.starts[series.doubtful - 1].isoformat()})"

    def _days_of(self, place: int) -> int:
        start = self.starts[place]
        return _WEEK if self.step is Step.WEEK else monthrange(start.year, start.month)[1]


def _disclosed(series: Series) -> Series:
    values = tuple(None if place in series.withheld else value for place, value in enumerate(series.values))
    return replace(series, values=values)


def _cell(series: Series, place: int) -> str:
    value = series.values[place]
    if value is None:
        return ""
    return WITHHELD if place in series.withheld else plain(value)
