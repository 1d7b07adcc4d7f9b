"""Metric: what the catalogue says of one measure, and the words its entries are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal, Protocol

from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window
from workbench.models.kinds import CommunityType
from workbench.queries.frames import FramePart, MeasureFrame


class Measure(Protocol):
    """Arithmetic over a frame: no clock, no file, no database."""

    def __call__(self, frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
        """The value of one window; replies and reactions count up to `as_of`."""
        ...


class Family(StrEnum):
    """The five families of the scorecard."""

    PARTICIPATION = "participation"
    ENGAGEMENT = "engagement"
    INVOLVEMENT = "involvement"
    COLLABORATION = "collaboration"
    CO_CREATION = "co-creation"


class Section(StrEnum):
    """Where a measure stands among the others."""

    PARTICIPATION = "participation"
    ANSWERS = "answers"
    DIALOGUE = "dialogue"
    NETWORK = "network"
    BEHAVIOURS = "behaviours"
    NEWCOMERS = "newcomers"
    ADOPTION = "adoption"
    PROGRAMME = "programme"


class Sight(StrEnum):
    """What a platform may or may not show; the words are those in which connectors declare it."""

    REACTIONS = "reactions"
    REACTION_DATES = "reaction_dates"
    JOIN_DATES = "join_dates"
    VIEWS = "views"
    LEAVERS = "leavers"
    SILENT_MEMBERS = "silent_members"
    MENTIONS = "mentions"
    ACCEPTED = "accepted_answers"
    ROLES = "roles"
    OFFICES = "offices"


class Cell(StrEnum):
    """What a value counts where it leaves the machine: people are never told in numbers below five.

    `AMONG_PEOPLE` is a middle over as many people as the denominator says. `SPREAD` describes how work is spread: the
    value may be told, the numbers it was made of may not. `NOT_A_CELL` counts things and not people.
    """

    PEOPLE = "people"
    SHARE_OF_PEOPLE = "share_of_people"
    AMONG_PEOPLE = "among_people"
    SPREAD = "spread"
    NOT_A_CELL = "not_a_cell"


WAIT_DAYS: Final = 2
"""After so many days a question waits too long; what came of a message is known once these are."""


def nowhere_else(window: Window) -> tuple[Window, ...]:  # noqa: ARG001 - one shape for all
    """A measure that looks at its window alone."""
    return ()


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure. `targets` are in the unit of the value; a type of community without one is shown without colour.

    `stretch` are targets for who has met the first. `needs` is what has to be read, `reach` names the other windows
    that are cut out of the frame, and `looks_back` says that the window before is one of them. `numbers` names
    numerator and denominator where the formula does not. `moves` is one plain sentence on what moves this, and `cannot`
    says what is missing from the number where a platform does not show something; where none shows what the measure
    `rests_on`, there is no number at all. Of a measure that `is_per_person` the list behind the number never leaves the
    machine. One that `counts_silence` says nothing where no day is known, and one that `counts_firsts` is not compared
    where the first may only be the first that was seen. `is_slow` measures are worked out behind the others.

    For `waits` days behind its window a measure follows what happened in it: they are part of what has to be known.
    What `is_open`, as a reply that may come at any time, is told of the days alone whose `waits` are known. Where there
    is an end to it, as to being greeted within three days, whose days are not known is as one whose are not over.
    """

    key: str
    title: str
    unit: Unit
    formula: str
    source: str
    function: Measure
    needs: FramePart
    higher_is_better: bool | None
    chart: Literal["line", "bar"]
    section: Section
    moves: str
    targets: Mapping[CommunityType, float] = field(default_factory=dict)
    stretch: Mapping[CommunityType, float] = field(default_factory=dict)
    family: Family | None = None
    cannot: Mapping[Sight, str] = field(default_factory=dict)
    rests_on: Sight | None = None
    cell: Cell = Cell.NOT_A_CELL
    numbers: tuple[str, ...] = ()
    looks_back: bool = False
    reach: Callable[[Window], tuple[Window, ...]] = nowhere_else
    waits: int = 0
    is_open: bool = False
    counts_firsts: bool = False
    is_per_person: bool = False
    counts_silence: bool = False
    is_slow: bool = False

    def target(self, community_type: CommunityType | None) -> float | None:
        """What a community of this type aims at; None where no target is set."""
        return None if community_type is None else self.targets.get(community_type)

    def next_target(self, community_type: CommunityType | None) -> float | None:
        """What a community of this type may aim at once it meets its target; None where nothing is set."""
        return None if community_type is None else self.stretch.get(community_type)

    def looks_at(self, window: Window) -> tuple[Window, ...]:
        """Every window it cuts out of a frame, `window` first."""
        before = (window.previous,) if self.looks_back else ()
        return (window, *before, *self.reach(window))
