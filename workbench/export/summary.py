"""PlanSummary: everything a plan summary says, gathered once, frozen, and already fit to leave the machine.

Names of card owners stay at home unless a purpose and a recipient are given; figures that count fewer
than five people are withheld before they get here.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from workbench.export.charts import ChartData
from workbench.export.figures import Figure


class Standing(StrEnum):
    """Where a measure stands on its way from baseline to target."""

    REACHED = "reached"
    ON_THE_WAY = "on the way"
    NOT_YET = "not yet moving"
    AWAY = "moving away"
    STARTING = "starting"
    NO_TARGET = "no target"
    UNKNOWN = "not known"


class Extent(StrEnum):
    """How much a summary says: one page for somebody who decides, or everything."""

    ONE_PAGE = "one-page"
    FULL = "full"


WITHOUT_PAGES: Final = ("csv", "ics")
"""Formats that are one row or one entry for each card, and so have no short form."""


class Paper(StrEnum):
    """The sheet it is printed on."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class NamesDisclosure:
    """Why and to whom names of people go out; both are printed on the document and logged."""

    purpose: str
    recipient: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One objective with its measure: baseline, now, target.

    `baseline_days` are the first and the last day a baseline from the mirror covers; `baseline_on` is when it was
    taken, or read where it is kept by hand.
    """

    objective: str
    measure: str
    formula: str
    baseline: Figure | None
    baseline_on: date | None
    now: Figure
    target: float | None
    standing: Standing
    kind: str = ""
    tags: tuple[str, ...] = ()
    alignment: str = ""
    due_on: date | None = None
    is_hand_kept: bool = False
    baseline_days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Charter:
    """Why the community and its plan exist; holders of roles and the sponsor are people, and so stay at home too."""

    problem: str = ""
    value_for_organisation: str = ""
    value_for_members: str = ""
    alignment: str = ""
    sponsor: str = ""
    roles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What shows that a card was done: the word for its kind, its title, and where it is, "" for a thread."""

    kind: str
    title: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One card; `owner` is empty when names stay at home. `card_id` is the same in every summary of the plan."""

    title: str
    pillar: str
    owner: str
    due_on: date | None
    hours: float | None
    done_on: date | None
    is_late: bool
    starts_on: date | None = None
    is_commitment: bool = False
    objective: str = ""
    checked: int = 0
    checks: int = 0
    card_id: str = ""
    evidence: tuple[EvidenceLine, ...] = ()
    came_of: str = ""


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """One column of the board."""

    title: str
    cards: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Hours planned and done in the week that begins on `week`, all people together."""

    week: date
    planned: float
    done: float


@dataclass(frozen=True, slots=True)
class CheckpointLine:
    """Day 30, 60 or 90; `measures` (objective, value) as they were frozen when it was held and locked."""

    day: int
    falls_on: date
    is_past: bool
    locked_on: date | None = None
    measures: tuple[tuple[str, Figure], ...] = ()
    what_worked: str = ""
    decisions: str = ""
    next_steps: str = ""


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
    extent: Extent = Extent.FULL
    paper: Paper = Paper.A4
    charter: Charter = field(default_factory=Charter)
    risks: tuple[str, ...] = ()
    weeks: tuple[WeekLine, ...] = ()
    retrospective: tuple[tuple[str, str], ...] = ()
    weekly_hours: float = 5.0
    plan_id: str = ""
    archived: tuple[CardLine, ...] = ()

    @property
    def is_one_page(self) -> bool:
        """Whether this is the short form, in which every format leaves out the same things."""
        return self.extent is Extent.ONE_PAGE

    @property
    def late(self) -> tuple[CardLine, ...]:
        """Open cards whose day is over, the oldest first."""
        return tuple(card for card in self.next_days if card.is_late)

    @property
    def coming(self) -> tuple[CardLine, ...]:
        """Open cards due today or in the next 30 days."""
        return tuple(card for card in self.next_days if not card.is_late)

    @property
    def objective_words(self) -> str:
        """One line on where the objectives stand: "3 objectives: 1 reached, 2 on the way"."""
        counts = Counter(line.standing for line in self.measures)
        said = ", ".join(f"{counts[standing]} {standing}" for standing in Standing if counts[standing])
        total = len(self.measures)
        return f"{total} {'objective' if total == 1 else 'objectives'}: {said}" if total else "none"

    @property
    def standing_words(self) -> str:
        """One line on how the board stands: "12 cards: 5 to do, 3 doing, 4 done"."""
        counts = ", ".join(f"{len(column.cards)} {column.title.lower()}" for column in self.columns)
        total = sum(len(column.cards) for column in self.columns)
        return f"{total} {'card' if total == 1 else 'cards'}: {counts}"
