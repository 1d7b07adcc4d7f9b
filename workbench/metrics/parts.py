"""Parts: what some measures tell beside their one number, as lines to read: percentiles, levels, kinds of people."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from workbench.metrics.newcomers import LEVELS
from workbench.metrics.value import Unit, Value


@dataclass(frozen=True, slots=True)
class Part:
    """One line; `unit` is None where things are counted that have no unit of their own."""

    words: str
    number: float
    unit: Unit | None


def parts_of(value: Value) -> tuple[Part, ...]:
    """Everything a value tells beside its number, in the order of `_TOLD`; what is not known is left out."""
    detail = value.detail
    return tuple(part for key, tell in _TOLD.items() if key in detail for part in tell(detail[key], detail))


_Teller = Callable[[Any, Mapping[str, Any]], Iterator[Part]]


def _number(words: str, unit: Unit | None) -> _Teller:
    def tell(number: float | None, _: Mapping[str, Any]) -> Iterator[Part]:
        if number is not None:
            yield Part(words, number, unit)

    return tell


def _each(unit: Unit | None, titles: Mapping[str | None, str]) -> _Teller:
    """Of pairs (key, number) one line each, under the title of its key, else under the key."""

    def tell(pairs: tuple[tuple[str | None, float], ...], _: Mapping[str, Any]) -> Iterator[Part]:
        yield from (Part(titles.get(key, str(key)), number, unit) for key, number in pairs)

    return tell


def _levels(levels: tuple[int, ...], _: Mapping[str, Any]) -> Iterator[Part]:
    yield from (Part(level.capitalize(), count, Unit.PEOPLE) for level, count in zip(LEVELS, levels, strict=True))


def _organisations(shares: tuple[tuple[str, float], ...], detail: Mapping[str, Any]) -> Iterator[Part]:
    new = detail.get("new", ())
    yield from (Part(f"{name} (new)" if name in new else name, part, Unit.SHARE) for name, part in shares)


def _began(words: str) -> _Teller:
    """Of (how many began to write, how many there are) the share; a difference between two of them is not a proof."""

    def tell(pair: tuple[int, int], _: Mapping[str, Any]) -> Iterator[Part]:
        if pair[1]:
            yield Part(words, pair[0] / pair[1], Unit.SHARE)

    return tell


def _hops(hops: Mapping[int, int], _: Mapping[str, Any]) -> Iterator[Part]:
    yield from (
        Part("Asker knew the answerer" if steps == 1 else f"{steps} ties away", count, Unit.THREADS)
        for steps, count in hops.items()
    )


def _meetings(held: tuple[tuple[date, int], ...], _: Mapping[str, Any]) -> Iterator[Part]:
    yield from (Part(f"Meeting of {day:%Y-%m-%d}", people, Unit.PEOPLE) for day, people in held[-_MEETINGS:])


def _regions(regions: tuple[tuple[str, int], ...], _: Mapping[str, Any]) -> Iterator[Part]:
    yield from (Part(f"Region {name}", people, Unit.PEOPLE) for name, people in regions)


_MEETINGS: Final = 12
"""So many meetings are told one by one, the latest."""
_PERSONAS: Final[Mapping[str | None, str]] = {
    "observer": "Observers",
    "broadcaster": "Broadcasters",
    "catalyst": "Catalysts",
    "responder": "Responders",
    "engager": "Engagers",
}
_PILLARS: Final[Mapping[str | None, str]] = {
    "billboard": "Billboard",
    "u_and_i": "U&I",
    "library": "Library",
    "dialogue": "Dialogue",
    None: "No pillar",
}
_TOLD: Final[Mapping[str, _Teller]] = {
    "p90_hours": _number("Nine in ten within", Unit.HOURS),
    "share_without_reply": _number("Without a reply", Unit.SHARE),
    "p90": _number("Nine in ten meetings at most", Unit.PEOPLE),
    "fewest": _number("Counts below so many messages", None),
    "gap_days": _number("Counts from a pause of more days than", None),
    "none": _number("Wrote nothing", Unit.PEOPLE),
    "few": _number("Wrote one or two messages", Unit.PEOPLE),
    "many": _number("Wrote more than two messages", Unit.PEOPLE),
    "personas": _each(Unit.PEOPLE, _PERSONAS),
    "levels": _levels,
    "greeted": _began("Of those greeted, wrote"),
    "not_greeted": _began("Of those not greeted, wrote"),
    "growth": _number("Growth in the window", Unit.SHARE),
    "next_mark": _number("Next mark", Unit.SHARE),
    "pillars": _each(None, _PILLARS),
    "shares": _organisations,
    "offices": _each(Unit.PEOPLE, {}),
    "regions": _regions,
    "meetings": _meetings,
    "hops": _hops,
    "without_way": _number("No way between them", Unit.THREADS),
    "left_out": _number("Left out", Unit.MESSAGES),
}
"""What is told of each detail; those left out are for charts, or open the threads behind the number."""
