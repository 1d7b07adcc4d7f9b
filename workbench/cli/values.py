"""Values of the command line: how a day, a number, a size and other options are written; each refuses in words."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_ROWS = 1_000_000_000
MOST_DESCRIPTORS = 65_535
EVERYTHING: Final = "all"
_SIZE: Final = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*([kmg]?)b?", re.IGNORECASE)
_UNITS: Final = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_PAUSE: Final = re.compile(r"(\d{1,4})([mhd])")
_MINUTES: Final = {"m": 1, "h": 60, "d": 1440}
_DAYS: Final = re.compile(r"(\d{1,5})d")
_PERIOD: Final = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")
_MONTHS_A_YEAR, _MONTHS_A_QUARTER = 12, 3
_PLAN_DAY: Final = re.compile(r"day ?(-?\d{1,4})")

T = TypeVar("T")


def a_day(text: str) -> date:
    """A day written YYYY-MM-DD, in the years a community or a plan can have."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = f"{a_shown(text)} is not a day; write it as 2026-05-14"
        raise argparse.ArgumentTypeError(message) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"{text} is too far away; days lie between {FIRST_YEAR} and {LAST_YEAR}"
        raise argparse.ArgumentTypeError(message)
    return day


def a_period(text: str) -> tuple[date, date]:
    """A month (2026-10), a quarter (2026-Q3) or a year (2026): its first day, and the day after its last."""
    found = _PERIOD.fullmatch(text.strip().upper())
    if found is None:
        message = f"{a_shown(text)} is not a period; write it as 2026-10, 2026-Q3 or 2026"
        raise argparse.ArgumentTypeError(message)
    year, quarter, month = int(found["year"]), found["quarter"], found["month"]
    length = _MONTHS_A_QUARTER if quarter else 1 if month else _MONTHS_A_YEAR
    first = year * _MONTHS_A_YEAR + ((int(quarter) - 1) * length if quarter else int(month or 1) - 1)
    begin, end = (a_day(f"{n // _MONTHS_A_YEAR:04}-{n % _MONTHS_A_YEAR + 1:02}-01") for n in (first, first + length))
    return begin, end


def a_text(text: str) -> str:
    """Words in any script; refuses bytes that are no text in the encoding of this terminal."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        message = "this is not text in the encoding of this terminal"
        raise argparse.ArgumentTypeError(message)
    return text


def a_count(text: str) -> int:
    """How many rows: 0 or more."""
    if not text.isdecimal() or int(text) > MOST_ROWS:
        message = f"{a_shown(text)} is not a number of rows; write 0 to {MOST_ROWS}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def a_descriptor(text: str) -> int:
    """The number of an open descriptor."""
    if not text.isdecimal() or int(text) > MOST_DESCRIPTORS:
        message = f"{a_shown(text)} is not the number of a descriptor"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def a_shown(text: str) -> str:
    """What was typed, as it can be shown."""
    return repr(text[:40])


def a_size(text: str) -> int:
    """Bytes, written 5MB, 200kB or 1500; units of a thousand."""
    found = _SIZE.fullmatch(text.strip())
    if found is None or not (size := int(float(found[1].replace(",", ".")) * _UNITS[found[2].lower()])):
        message = f"{a_shown(text)} is not an amount of data; write it as 5MB or 200kB"
        raise argparse.ArgumentTypeError(message)
    return size


def a_limit(text: str) -> int | None:
    """As `a_size`, or "none" for no limit."""
    return None if text.strip().lower() == "none" else a_size(text)


def a_reach(text: str) -> date | int | None:
    """How far back: a first day, a number of days (90d), or None for "all"."""
    if text.strip().lower() == EVERYTHING:
        return None
    found = _DAYS.fullmatch(text.strip().lower())
    if found is not None:
        return int(found[1])
    try:
        return a_day(text)
    except argparse.ArgumentTypeError as error:
        message = f"{error}; or as a number of days, 90d, or {EVERYTHING}"
        raise argparse.ArgumentTypeError(message) from None


def a_pause(text: str) -> int | None:
    """Minutes between two runs, written 30m, 6h or 1d; None for "hand"."""
    if text.strip().lower() == "hand":
        return None
    found = _PAUSE.fullmatch(text.strip().lower())
    if found is None or not int(found[1]):
        message = f"{a_shown(text)} is not a pause; write 30m, 6h, 1d, or hand"
        raise argparse.ArgumentTypeError(message)
    return int(found[1]) * _MINUTES[found[2]]


def a_pair(text: str) -> tuple[str, str]:
    """NAME=VALUE."""
    name, sign, value = a_text(text).partition("=")
    if not sign or not name.strip():
        message = f"{a_shown(text)} has no name and value; write NAME=VALUE"
        raise argparse.ArgumentTypeError(message)
    return name.strip(), value.strip()


def a_plan_day(text: str) -> date | int:
    """A day of a plan: by the calendar, or `day12`, counted from day 0."""
    found = _PLAN_DAY.fullmatch(text.strip().lower())
    return a_day(text) if found is None else int(found[1])


def a_number(text: str) -> float:
    """A number with a point; whether it may stand where it is given is for that place to say."""
    try:
        return float(text)
    except ValueError:
        message = f"{a_shown(text)} is not a number"
        raise argparse.ArgumentTypeError(message) from None


def a_portion(text: str) -> float:
    """A number with a point, or with % for a part of a hundred."""
    plain = text.strip()
    return a_number(plain.removesuffix("%")) / 100 if plain.endswith("%") else a_number(plain)


def a_choice(words: type[StrEnum]) -> Callable[[str], StrEnum]:
    """One of a few words."""

    def read(text: str) -> StrEnum:
        try:
            return words(text.strip().lower())
        except ValueError:
            message = f"{a_shown(text)} is none of {', '.join(words)}"
            raise argparse.ArgumentTypeError(message) from None

    return read


def or_none(read: Callable[[str], T]) -> Callable[[str], T | None]:
    """As `read`, or None for "none"."""
    return lambda text: None if text.strip().lower() == "none" else read(text)
