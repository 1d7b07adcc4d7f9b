"""Community health in words: one word with its sign, and the reason on hover."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workbench.ids import CommunityId
from workbench.metrics.value import Unit, Value
from workbench.operations.community_health import DAYS, Health
from workbench.operations.standing import Standing
from workbench.ui import numbers
from workbench.ui.theme import MEANING_ICONS, Meaning

_WORDS: Final = {
    Standing.GOOD: ("Well", Meaning.GOOD),
    Standing.WATCH: ("Watch", Meaning.WATCH),
    Standing.BAD: ("Needs care", Meaning.BAD),
    Standing.UNKNOWN: ("Not known", Meaning.UNKNOWN),
}
_STANDS: Final = {
    Standing.GOOD: "on target",
    Standing.WATCH: "near the target",
    Standing.BAD: "off the target",
    Standing.UNKNOWN: "not enough is known",
}
_ORDER: Final = (Standing.BAD, Standing.WATCH, Standing.GOOD, Standing.UNKNOWN)


@dataclass(frozen=True, slots=True)
class CommunityStandings:
    """How communities stand, and which have somebody who sees to them."""

    health: Mapping[CommunityId, Health]
    coordinated: frozenset[CommunityId]


def health_word(health: Health | None) -> str:
    """The word; a dash while it is worked out and for what has no health."""
    if health is None:
        return numbers.MISSING
    if health.standing is Standing.NEUTRAL:
        return "No type" if health.type is None else "No target"
    return _WORDS[health.standing][0]


def health_mark(health: Health | None) -> tuple[str, str] | None:
    """The sign before the word, as (icon, token)."""
    if health is None or health.standing is Standing.NEUTRAL:
        return None
    meaning = _WORDS[health.standing][1]
    return MEANING_ICONS[meaning], meaning.value


def health_key(health: Health | None) -> int | None:
    """What it is sorted by: what needs care comes first; None for what has no standing."""
    return _ORDER.index(health.standing) if health is not None and health.standing in _ORDER else None


def health_tip(health: Health | None) -> str:
    """The reason: each measure with a target, what it is over the last 90 days, and how that stands."""
    if health is None:
        return ""
    if health.type is None:
        return "A type sets the targets: choose one on its dashboard."
    if not health.reasons:
        return "This type has no targets: few replies or ties are no fault here."
    lines = [f"Over the last {DAYS} days:"]
    for reason in health.reasons:
        stands = _STANDS.get(reason.standing, "")
        aim = _number(reason.target, reason.value.unit)
        lines.append(f"{reason.metric.title}: {_value(reason.value)}, target {aim}, {stands}")
    return "\n".join(lines)


def _value(value: Value) -> str:
    return "no data" if value.value is None else _number(value.value, value.unit)


def _number(value: float, unit: Unit) -> str:
    if unit is Unit.SHARE:
        return numbers.percent(value)
    return numbers.hours(value) if unit is Unit.HOURS else numbers.decimal(value)
