"""Value: a number with everything that has to be shown beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.metrics.window import Window


class Unit(StrEnum):
    """What a value counts. A share is a fraction: 0.875, shown as 87.5 %; a ratio may be more than 1."""

    SHARE = "share"
    PEOPLE = "people"
    MESSAGES = "messages"
    THREADS = "threads"
    HOURS = "hours"
    OFFICES = "offices"
    ORGANISATIONS = "organisations"
    WEEKS = "weeks"
    MEETINGS = "meetings"
    TIES = "ties"
    TAGS = "tags"
    RATIO = "ratio"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Value:
    """A measure over one window. `value` None reads "no data", which is never the same as zero.

    `numerator` and `denominator` say how it came about where it is a share (or a number out of something).
    `coverage` is the share of the window's days that are completely mirrored, None while nobody has looked.
    `detail` holds what some measures add: median and 90th percentile, the threads meant, marks of doubt.
    `window` is the span it was taken over.
    """

    value: float | None
    unit: Unit
    numerator: float | None = None
    denominator: float | None = None
    coverage: float | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    window: Window | None = field(default=None, compare=False)


def share(numerator: int, denominator: int, **detail: object) -> Value:
    """A part of a whole; with nothing in the whole it is "no data", never 0 %."""
    value = numerator / denominator if denominator else None
    return Value(value, Unit.SHARE, numerator, denominator, detail=detail)


def percentile(ordered: Sequence[float], fraction: float) -> float | None:
    """The value below which `fraction` of sorted numbers lie, by linear interpolation; None without numbers."""
    if not ordered:
        return None
    place = (len(ordered) - 1) * fraction
    below = int(place)
    if below + 1 == len(ordered):
        return ordered[below]
    return ordered[below] + (ordered[below + 1] - ordered[below]) * (place - below)
