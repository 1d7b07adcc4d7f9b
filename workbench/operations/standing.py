"""Standing: how a value stands beside the target of its type of community; loads without the measures."""

from enum import StrEnum


class Standing(StrEnum):
    """A value beside its target; neutral where the type of community has none, unknown where nothing can be claimed."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    NEUTRAL = "neutral"
    UNKNOWN = "unknown"
