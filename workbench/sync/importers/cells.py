"""Cells as people type them: digits of every script, decimal commas, and moments in many spellings."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import Final

from workbench.sync.importers.table_words import MONTHS

_LONGEST: Final = 80  # letters of a cell that may still be a date
_CENTURY: Final = 100
_PIVOT: Final = 69  # two digits above this are of the last century, as POSIX has it
_MONTHS_A_YEAR: Final = 12
_NOON: Final = 12
_SERIALS: Final = (18_264, 80_000)  # days of a workbook: 1950 to 2119
_SERIAL_ZERO: Final = datetime(1899, 12, 30, tzinfo=UTC)  # such that day 60, which never was, does no harm after it
_UNSEEN: Final = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_PUNCTUATION: Final = str.maketrans({"٫": ".", "٬": "", "\u00a0": " ", "\u202f": " ", "،": ",", "：": ":", "／": "/"})
_TIME: Final = re.compile(
    r"(?P<before>上午|下午)?\s*(?<!\d)(?P<hour>\d{1,2})\s?[:h时時]\s?(?P<minute>\d{2})?分?(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<after>a\.?m\.?|p\.?m\.?|ص|م)?\s*(?P<zone>z|(?:utc|gmt)?\s*[+\u2212-]\d{1,2}(?::?\d{2})?|utc|gmt)?(?!\w)"
)
_OFFSET: Final = re.compile(r"([+-])(\d{1,2}?):?(\d{2})?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?:\s?(?:г\.?|года))?")
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?")
_NUMBER: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MORNING: Final = frozenset({"am", "ص", "上午"})
_EVENING: Final = frozenset({"pm", "م", "下午"})


class DayOrder(StrEnum):
    """What comes first in 05/01/2026."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"


class Unclear(StrEnum):
    """Why a cell is no moment; the value is the code it is held back with."""

    NO_DATE = "bad_time"
    DAY_OR_MONTH = "day_or_month"


def folded(text: str) -> str:
    """`text` for comparing words of any script: no case, no accents, no marks that only steer direction."""
    bare = unicodedata.normalize("NFKD", _UNSEEN.sub("", text).casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter) and letter != "ـ")


def western(text: str) -> str:
    """`text` with the digits of any script as 0-9, and the marks that stand among them as ASCII has them."""
    if text.isascii():
        return text
    plain = _UNSEEN.sub("", text).translate(_PUNCTUATION)
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in plain)


def orders_of(text: str) -> frozenset[DayOrder]:
    """The readings a date of three numbers with the year last leaves open; none for anything else, and for 05/05."""
    parts = _numeric(western(text).casefold().strip())
    if parts is None or parts[0] == parts[1]:
        return frozenset()
    possible = set()
    if parts[0] <= 31 and parts[1] <= _MONTHS_A_YEAR:  # noqa: PLR2004 - the days of a month
        possible.add(DayOrder.DAY_FIRST)
    if parts[1] <= 31 and parts[0] <= _MONTHS_A_YEAR:  # noqa: PLR2004 - the days of a month
        possible.add(DayOrder.MONTH_FIRST)
    return frozenset(possible)


@lru_cache(maxsize=4096)
def moment_of(text: str, order: DayOrder | None = None) -> datetime | Unclear:
    """The moment a cell names, aware; UTC where it names no zone, midnight where no time.

    Reads ISO 8601, a workbook's day numbers, numbers in any order with the year first or last, and month names of the
    six languages. `order` settles 05/01/2026; without it such a date is DAY_OR_MONTH, and one that does not fit it is
    NO_DATE: nothing is turned round silently.
    """
    if len(text) > _LONGEST:
        return Unclear.NO_DATE
    plain = western(text).casefold().strip()
    try:
        if _SERIAL.fullmatch(plain):
            return _from_serial(float(plain.replace(",", ".")))
        iso = datetime.fromisoformat(plain.upper())
        return iso if iso.tzinfo is not None else iso.replace(tzinfo=UTC)
    except ValueError:  # spelled otherwise
        pass
    try:
        return _spelled(plain, order)
    except (ValueError, OverflowError):  # a day no calendar has
        return Unclear.NO_DATE


def _from_serial(days: float) -> datetime:
    if not _SERIALS[0] <= days <= _SERIALS[1]:
        message = "no day of a workbook"
        raise ValueError(message)
    moment = _SERIAL_ZERO + timedelta(days=days)
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _spelled(plain: str, order: DayOrder | None) -> datetime | Unclear:
    time = _TIME.search(plain)
    day_part = plain if time is None else f"{plain[: time.start()]} {plain[time.end() :]}"
    day = _day(day_part.strip(" ,tт،.à"), order)
    if isinstance(day, Unclear) or time is None:
        return day
    hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second"))
    half = (time["before"] or time["after"] or "").replace(".", "")
    if half in _EVENING and hour < _NOON:
        hour += _NOON
    elif half in _MORNING and hour == _NOON:
        hour = 0
    return day.replace(hour=hour, minute=minute, second=second, tzinfo=_zone(time["zone"]))


def _zone(text: str | None) -> timezone:
    found = _OFFSET.fullmatch((text or "").replace("\u2212", "-").removeprefix("utc").removeprefix("gmt").strip())
    if found is None:
        return UTC
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset)


def _day(text: str, order: DayOrder | None) -> datetime | Unclear:
    first = _YEAR_FIRST.fullmatch(text)
    if first is not None:
        return _date(int(first[1]), int(first[2]), int(first[3]))
    parts = _numeric(text)
    if parts is None:
        return _named(text)
    one, two, year = parts
    if one == two:
        return _date(year, one, two)
    possible = orders_of(text)
    settled = order if order is not None else next(iter(possible)) if len(possible) == 1 else None
    if settled is None:
        return Unclear.DAY_OR_MONTH if possible else Unclear.NO_DATE
    day, month = (one, two) if settled is DayOrder.DAY_FIRST else (two, one)
    return _date(year, month, day)


def _numeric(text: str) -> tuple[int, int, int] | None:
    """The numbers of a date with the year last; what follows a blank (a time) is not looked at."""
    found = _YEAR_LAST.match(text)
    if found is None or (found.end() < len(text) and text[found.end()] not in " ,t"):
        return None
    return int(found[1]), int(found[3]), _year(found[4])


def _named(text: str) -> datetime | Unclear:
    """A day with its month as a word: 5 January 2026, January 5th, 2026, 5 de enero de 2026, 5 января 2026 г."""
    months = {MONTHS[word] for word in _WORD.findall(folded(text)) if word in MONTHS}
    numbers = _NUMBER.findall(text)
    if len(months) != 1:  # two words as in Levantine names: the pair is one month
        joined = folded(" ".join(text.split()))
        months = {month for name, month in MONTHS.items() if " " in name and name in joined}
    if len(months) != 1 or len(numbers) != 2:  # noqa: PLR2004 - day and year
        return Unclear.NO_DATE
    one, two = numbers
    day, year = (two, one) if len(one) > 2 else (one, two)  # noqa: PLR2004 - no day has three digits
    return _date(_year(year), months.pop(), int(day))


def _year(digits: str) -> int:
    year = int(digits)
    return year if year >= _CENTURY else year + (1900 if year >= _PIVOT else 2000)


def _date(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)
