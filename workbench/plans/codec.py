"""Codec: how simple values are written into the document and read back; text, numbers, days, choices, lists of words.

Encoders refuse with BadInputError in words for people; decoders raise ValueError for what no version of us wrote.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from workbench.errors import BadInputError
from workbench.models.moments import from_micros, to_micros

_MAX_TEXT = 100_000
_MAX_WORDS = 200
MAX_DAY = 3_650
"""How far from day 0 a day of a plan may lie, before or after it."""
_MOST_HOURS = 10_000
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `encode` refuses with BadInputError, `decode` raises ValueError for what no version of us wrote.

    `asks` is False for values nobody typed (a place on the board): concurrent ones settle by themselves, newest first.
    """

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    default: Any
    asks: bool = True


def refused(*, reason: str) -> BadInputError:
    """The error for a value that cannot be, in one sentence."""
    return BadInputError(reason=reason)


def text(value: object) -> str:
    """Text of any script; refuses what is not text, and more than 100,000 characters."""
    if not isinstance(value, str):
        raise refused(reason="This field takes text.")
    if len(value) > _MAX_TEXT:
        raise refused(reason=f"Text here can have {_MAX_TEXT} characters at most.")
    # A lone surrogate (half a character, from a broken clipboard) cannot be stored as UTF-8.
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def required(reason: str) -> Callable[[object], str]:
    """An encoder of text that refuses blank text for this reason."""

    def encode(value: object) -> str:
        said = text(value).strip()
        if not said:
            raise refused(reason=reason)
        return said

    return encode


def read_text(value: object) -> str:
    """Text as `text` wrote it."""
    if not isinstance(value, str) or "\0" in value:
        message = "not text"
        raise ValueError(message)
    return value


def read_flag(value: object) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        message = "not a yes or no"
        raise ValueError(message)  # noqa: TRY004 - a wrong kind of value is damage, like any other wrong value
    return value


def number(value: object) -> float | None:
    """A finite number, or None for none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise refused(reason="This field takes a number.")
    return float(value)


def hours(value: object) -> float | None:
    """Hours of work; refuses less than none."""
    found = number(value)
    if found is not None and not 0 <= found <= _MOST_HOURS:
        raise refused(reason="Hours cannot be negative, nor more than 10,000.")
    return found


def some_hours(value: object) -> float:
    """Hours of work that have to be said."""
    found = hours(value)
    if found is None:
        raise refused(reason="This field takes hours.")
    return found


def read_number(value: object) -> float | None:
    """A number as `number` wrote it."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        message = "not a number"
        raise ValueError(message)
    return float(value)


def read_some_number(value: object) -> float:
    """A number that has to be there."""
    found = read_number(value)
    if found is None:
        message = "no number"
        raise ValueError(message)
    return found


def day(value: object) -> str | None:
    """A day, or None for none."""
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise refused(reason="This field takes a day.")
    return value.isoformat()


def read_day(value: object) -> date | None:
    """A day as `day` wrote it."""
    return None if value is None else date.fromisoformat(read_text(value))


def first_day(value: object) -> str:
    """The first day of a plan."""
    found = day(value)
    if found is None:
        raise refused(reason="A plan needs a first day, from which its 90 days are counted.")
    if not _FIRST_YEAR <= int(found[:4]) <= _LAST_YEAR:
        raise refused(reason=f"A plan can start from {_FIRST_YEAR} to {_LAST_YEAR}.")
    return found


def read_first_day(value: object) -> date:
    """The first day of a plan as `first_day` wrote it."""
    found = date.fromisoformat(read_text(value))
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        message = "not a first day"
        raise ValueError(message)
    return found


def plan_day(value: object) -> str | None:
    """A day by the calendar, or counted from day 0 (a whole number), or None."""
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > MAX_DAY:
            raise refused(reason=f"A day counted from day 0 lies within {MAX_DAY} days of it.")
        return f"{value:+d}"
    return day(value)


def read_plan_day(value: object) -> date | int | None:
    """A day as `plan_day` wrote it."""
    if isinstance(value, str) and value[:1] in {"+", "-"}:
        counted = int(value)
        if abs(counted) > MAX_DAY:
            message = "not a day of a plan"
            raise ValueError(message)
        return counted
    return read_day(value)


def read_moment(value: object) -> datetime:
    """A moment, kept as microseconds since 1970."""
    return from_micros(int(read_some_number(value)))


def maybe_moment(value: object) -> int | None:
    """A moment, or None for none."""
    if value is not None and not isinstance(value, datetime):
        raise refused(reason="This field takes a moment.")
    return None if value is None else to_micros(value)


def read_maybe_moment(value: object) -> datetime | None:
    """A moment as `maybe_moment` wrote it."""
    return None if value is None else read_moment(value)


def choice(kind: type[StrEnum], *, reason: str, default: StrEnum | None = None) -> Field:
    """A field that takes one of a few words; None is one of them when there is no default."""

    def encode(value: object) -> str | None:
        if value is None and default is None:
            return None
        try:
            return kind(str(value)).value
        except ValueError as error:
            raise refused(reason=reason) from error

    def decode(value: object) -> StrEnum | None:
        return None if value is None and default is None else kind(read_text(value))

    return Field(encode, decode, default)


def words(value: object) -> list[str]:
    """Several words or short texts; blank ones and repeats are left out."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise refused(reason="This field takes a list of words.")
    found = dict.fromkeys(word for each in value if (word := text(each).strip()))
    if len(found) > _MAX_WORDS:
        raise refused(reason=f"A list here can have {_MAX_WORDS} entries at most.")
    return list(found)


def read_words(value: object) -> tuple[str, ...]:
    """Words as `words` wrote them."""
    if not isinstance(value, list):
        message = "not a list of words"
        raise ValueError(message)  # noqa: TRY004 - a wrong kind of value is damage, like any other wrong value
    return tuple(read_text(each) for each in value)
