"""PlanSummary: everything a plan summary says, gathered once, frozen, and already fit to leave the machine.

Names of card owners stay at home unless a purpose and a recipient are given; figures that count fewer
than five people are withheld before they get here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workbench.export.charts import ChartData
from workbench.export.figures import Figure


class Standing(StrEnum):
    """Where a measure stands on its way from baseline to target."""

    REACHED = "reached"
    ON_THE_WAY = "on the way"
    NOT_YET = "not yet moving"
    NO_TARGET = "no target"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class NamesDisclosure:
    """Why and to whom names of people go out; both are printed on the document and logged."""

    purpose: str
    recipient: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One objective with its measure: baseline, now, target."""

    objective: str
    measure: str
    formula: str
    baseline: Figure | None
    baseline_on: date | None
    now: Figure
    target: float | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class CardLine:
    """One card; `owner` is empty when names stay at home."""

    title: str
    pillar: str
    owner: str
    due_on: date | None
    hours: float | None
    done_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """One column of the board."""

    title: str
    cards: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class CheckpointLine:
    """Day 30, 60 or 90."""

    day: int
    falls_on: date
    is_past: bool


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """One plan at one moment; every exporter shows the same facts."""

    plan: str
    purpose: str
    owner: str
    community: str
    starts_on: date
    ends_on: date
    day_words: str
    phase: str
    as_of: datetime
    known_until: date | None
    coverage: float | None
    columns: tuple[ColumnBlock, ...]
    measures: tuple[MeasureLine, ...]
    next_days: tuple[CardLine, ...]
    checkpoints: tuple[CheckpointLine, ...]
    pillars: tuple[tuple[str, int], ...]
    hours_planned: float
    hours_done: float
    charts: tuple[ChartData, ...]
    names: NamesDisclosure | None
    program: str
    locale: str = "en"

    @property
    def standing_words(self) -> str:
        """One line on how the board stands: "12 cards: 5 to do, 3 doing, 4 done"."""
        counts = ", ".join(f"{len(column.cards)} {column.title.lower()}" for column in self.columns)
        total = sum(len(column.cards) for column in self.columns)
        return f"{total} {'card' if total == 1 else 'cards'}: {counts}"
