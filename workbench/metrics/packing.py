"""pack, unpack: values as JSON text and back, so that what comes back equals what went in, to the last bit."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window

_DAY, _PAIRS = "day", "pairs"


def pack(values: Sequence[Value]) -> str:
    """Values of one measure as JSON text; refuses what it could not bring back as it was (TypeError)."""
    return json.dumps([_packed(value) for value in values], separators=(",", ":"))


def unpack(text: str, windows: Sequence[Window]) -> list[Value]:
    """The values that `pack` wrote of these windows; refuses any other text (ValueError, TypeError or KeyError)."""
    return [_unpacked(value, window) for value, window in zip(json.loads(text), windows, strict=True)]


def _packed(value: Value) -> list[object]:
    numbers = (value.value, value.numerator, value.denominator, value.coverage)
    return [value.unit.value, *numbers, {name: _plain(each) for name, each in value.detail.items()}]


def _unpacked(packed: Sequence[Any], window: Window) -> Value:
    unit, value, numerator, denominator, coverage, detail = packed
    told = {name: _back(each) for name, each in detail.items()}
    return Value(value, Unit(unit), numerator, denominator, coverage, told, window)


def _plain(part: object) -> object:
    """A part of a detail: JSON's own kinds, tuples as lists, days and what is told by a key as objects."""
    if part is None or type(part) in {bool, int, float, str}:
        return part
    if type(part) is tuple:
        return [_plain(each) for each in part]
    if type(part) is date:
        return {_DAY: part.isoformat()}
    if type(part) is dict:
        return {_PAIRS: [[_plain(key), _plain(each)] for key, each in part.items()]}
    raise TypeError(type(part).__name__)


def _back(part: Any) -> object:
    if isinstance(part, list):
        return tuple(map(_back, part))
    if not isinstance(part, dict):
        return part
    if _PAIRS in part:
        return {_back(key): _back(each) for key, each in part[_PAIRS]}
    return date.fromisoformat(part[_DAY])
