"""Warmth: what is stored of a thread's heat, so that the hottest are found without adding up what happened.

heat = Σ weight × 2^((at − now) / 14 days). `now` can be taken out of the sum, so that what is left is the same at every
moment: warmth = Σ weight × 2^((at − 2030) / 14 days), and heat = warmth × 2^((2030 − now) / 14 days). The warmest
thread is the hottest one, whenever that is asked.
"""

from math import exp2
from typing import Final

from workbench.models.moments import DAY_MICROSECONDS

HALF_LIFE_DAYS: Final = 14.0
WEIGHTS: Final = {4: 3, 6: 2, 5: 1}
"""What a reply, a mention and a reaction count, by the number of their kind."""

_FROM: Final = 1_893_456_000_000_000  # 2030-01-01
_HALF_LIFE: Final = HALF_LIFE_DAYS * DAY_MICROSECONDS
# Numbers end at 2^1023. What is dated before 1991 counts as of then, which is cold, and what is dated after 2068 as of
# then, which is still to come.
_MOST: Final = 1000.0
_WEIGHT = " ".join(f"WHEN {kind} THEN {weight}" for kind, weight in WEIGHTS.items())

WARMTH: Final = f"""
sum(CASE e.kind {_WEIGHT} END * exp2(max(-{_MOST}, min({_MOST}, (e.at - {_FROM}) / {_HALF_LIFE}))))
  FILTER (WHERE e.kind IN ({", ".join(map(str, WEIGHTS))}))
"""
"""Of a group of events `e`: their warmth, NULL where nobody answered, mentioned or reacted."""


def heat_of(warmth: float, now: int) -> float:
    """The heat at `now` (microseconds since 1970) of what is as warm as that, if nothing of it comes later."""
    return warmth * exp2(-_halvings(now))


def warmth_of(heat: float, now: int) -> float:
    """The warmth of what has this heat at `now` (microseconds since 1970)."""
    return heat * exp2(_halvings(now))


def _halvings(at: int) -> float:
    return max(-_MOST, min(_MOST, (at - _FROM) / _HALF_LIFE))
