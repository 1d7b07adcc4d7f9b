"""ChartData: what a chart shows, free of Qt: series over weeks, days nobody promised, and its table as CSV."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


class Marker(StrEnum):
    """The shape of a series, so that it is told apart without colour."""

    CIRCLE = "o"
    SQUARE = "s"
    TRIANGLE = "t1"


@dataclass(frozen=True, slots=True)
class Series:
    """One line; a value is None where there is no data, which is drawn as a gap and never as zero."""

    name: str
    values: tuple[float | None, ...]


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
class ChartData:
    """`starts` are the weeks' Mondays; `text` writes a value as people read it; `top` holds the axis up to it at least.

    `tops` are the ends an axis may have (and ten times as much, and so on); a quarter of each reads well.
    `is_last_running` says that the last week is not over.
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

    @property
    def is_empty(self) -> bool:
        """Whether no series has any value."""
        return not any(value is not None for series in self.series for value in series.values)

    def csv(self) -> str:
        """The table as CSV; a cell never begins like a formula."""
        lines = [["week", *(series.name for series in self.series)]]
        for place, start in enumerate(self.starts):
            values = (series.values[place] for series in self.series)
            lines.append([start.isoformat(), *("" if value is None else f"{value:g}" for value in values)])
        return "".join(",".join(_cell(cell) for cell in line) + "\r\n" for line in lines)

    def spoken(self) -> str:
        """The chart in one sentence per series, for screen readers."""
        said: list[str] = []
        for series in self.series:
            known = [value for value in series.values if value is not None]
            if known:
                low, high, last = min(known), max(known), known[-1]
                said.append(
                    f"{series.name}: last {self.text(last)}, lowest {self.text(low)}, highest {self.text(high)}."
                )
        said += [
            f"{self.gap_words}: {gap.days} {'day' if gap.days == 1 else 'days'} from {gap.first.isoformat()}."
            for gap in self.gaps
        ]
        return " ".join(said) or "No data."


def _cell(text: str) -> str:
    if text.startswith(_RISKY):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n') else text
