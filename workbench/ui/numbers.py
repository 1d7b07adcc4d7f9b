"""Numbers and dates as this person's language writes them, through QLocale; a missing value is a dash, never zero.

Their digits are those of the sentences around them, 0-9, whatever the language: two sorts on one page are hard to read.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime, QTimeZone

from workbench.clock import local_day
from workbench.queries.share_known import whole_percents
from workbench.ui.directions import apart, isolated, runs_from_the_right

MISSING: Final = "–"
_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86_400
_MONTH_DAYS: Final = 45
_TWO_DAYS_HOURS: Final = 48
_KILO: Final = 1000
_LEAST_SHARE: Final = 0.01
_LEAST_TOLD: Final = 0.001
_TENTH: Final = 0.1
_MARKS: Final = str.maketrans({"٬": ",", "٫": ".", "٪": "%", "\N{ARABIC LETTER MARK}": ""})


_ISO_DAY: Final = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def western(said: str) -> str:
    """What QLocale wrote, with the digits 0-9 and the marks that go with them."""
    if said.isascii():
        return said
    return "".join(str(unicodedata.digit(one)) if one.isdecimal() else one for one in said.translate(_MARKS))


def written(value: Any, *form: Any) -> str:
    """A number, day or time by QLocale, in the digits of the window."""
    return western(QLocale().toString(value, *form))


def _dated(value: Any, form: str) -> str:
    """A day keeps to itself where its month is written from the right: its year would come before it."""
    return apart(written(value, form))


def count(value: float | None) -> str:
    """A whole number with the language's grouping."""
    return MISSING if value is None else written(round(value))


def decimal(value: float | None, *, digits: int = 1) -> str:
    """A number with fixed decimals; none where the value is whole."""
    if value is None:
        return MISSING
    return count(value) if float(value).is_integer() else written(float(value), "f", digits)


def read_number(text: str) -> float | None:
    """A number as this language or plain English writes it; None for anything else."""
    for locale in (QLocale(), QLocale.c()):
        answer: Any = locale.toDouble(text.strip())
        if answer[1]:
            return float(answer[0])
    return None


def percent(share: float | None, *, digits: int = 0) -> str:
    """A share from 0 to 1 in hundredths."""
    if share is None:
        return MISSING
    return f"{written(share * 100, 'f', digits)}\N{NO-BREAK SPACE}{western(QLocale().percent())}"


def small_share(share: float | None) -> str:
    """A share from 0 to 1: below a tenth with a digit more, and what is more than nothing never as nothing."""
    if share is not None and 0 < share < _LEAST_TOLD / 2:
        return f"<\N{NO-BREAK SPACE}{percent(_LEAST_TOLD, digits=1)}"
    return percent(share, digits=1 if share is not None and 0 < share < _TENTH else 0)


def known_percent(share: float) -> str:
    """How much of the days is known, the same wherever it is said: never rounded up to what is not known."""
    return percent(whole_percents(share) / 100)


def share_known(share: float) -> str:
    """A share of days as it begins a sentence, never rounded up to what is not known: "only 31 %", "nothing"."""
    return f"only {known_percent(share)}" if share >= _LEAST_SHARE else "nothing"


def hours(value: float | None) -> str:
    """A length given in hours: minutes under one hour, hours and minutes under two days, then days."""
    if value is None:
        return MISSING
    space = "\N{NO-BREAK SPACE}"
    minutes = round(value * _MINUTE)
    if minutes < _MINUTE:
        return f"{written(minutes)}{space}min"
    if value < _TWO_DAYS_HOURS:
        whole, rest = divmod(minutes, _MINUTE)
        return f"{written(whole)}{space}h" + (f"{space}{_two_digits(rest)}" if rest else "")
    return f"{decimal(round(value / 24, 1))}{space}days"


def signed(value: float, text: str) -> str:
    """`text` of the amount with its sign in front: a real minus, and nothing for no change."""
    if not value:
        return text
    return ("+" if value > 0 else "\N{MINUS SIGN}") + text


def day(value: date | None) -> str:
    """A day with its year, short: 14 May 2026."""
    if value is None:
        return MISSING
    return _dated(_qdate(value), "d MMM yyyy")


def day_of(value: datetime | None) -> str:
    """The day of a moment in local time, with its year: the one its message shows, too."""
    return MISSING if value is None else day(local_day(value))


def short_day(value: date) -> str:
    """A day of the year: 14 May."""
    return _dated(_qdate(value), "d MMM")


def weekday(value: date) -> str:
    """A day of the year by its name: Tuesday 14 May."""
    return _dated(_qdate(value), "dddd d MMM")


def with_days(sentence: str) -> str:
    """A sentence of the program, made where no language is known, with its days as this one writes them."""
    return _ISO_DAY.sub(lambda found: day(date.fromisoformat(found[0])), sentence)


def weekday_near(value: date, *, today: date) -> str:
    """The same, with its year where that is not this one: Thursday 13 Jun 2024."""
    return weekday(value) if value.year == today.year else _dated(_qdate(value), "dddd d MMM yyyy")


def long_day(value: date) -> str:
    """A day with its year, in full: 14 July 2026."""
    return _dated(_qdate(value), "d MMMM yyyy")


def moment(value: datetime | None) -> str:
    """A moment in local time, short: 14 May 2026, 07:30."""
    if value is None:
        return MISSING
    return _dated(_local(value), "d MMM yyyy, HH:mm")


def clock_time(value: datetime) -> str:
    """The time of day in local time: 07:30."""
    return written(_local(value).time(), "HH:mm")


def when(value: datetime, *, now: datetime) -> str:
    """A moment to come, as said in a sentence: `at 14:20`, `tomorrow at 02:00`, `on 14 May 2026, 02:00`."""
    days = _local(now).date().daysTo(_local(value).date())
    if days == 0:
        return f"at {clock_time(value)}"
    return f"tomorrow at {clock_time(value)}" if days == 1 else f"on {moment(value)}"


def ago(value: datetime | None, *, now: datetime) -> str:
    """How long ago, in one unit; the day itself once it is more than six weeks back."""
    if value is None:
        return "never"
    seconds = (now - value).total_seconds()
    space = "\N{NO-BREAK SPACE}"
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        return f"{written(int(seconds // _MINUTE))}{space}min ago"
    if seconds < _DAY:
        return f"{written(int(seconds // _HOUR))}{space}h ago"
    days = int(seconds // _DAY)
    if days < _MONTH_DAYS:
        return "yesterday" if days == 1 else f"{written(days)}{space}days ago"
    return day_of(value)


def known_until(value: date | None, *, today: date) -> str:
    """The last day mirrored without a gap, in words."""
    if value is None:
        return "never synced"
    if value >= today:
        return "today"
    if value == today - timedelta(days=1):
        return "yesterday"
    return day(value)


def plural(number: int, one: str, many: str) -> str:
    """`1 member`, `12 members`."""
    return f"{count(number)} {one if number == 1 else many}"


def size(number: int) -> str:
    """Bytes in the unit people pay for: 1.2 MB."""
    return _bytes(number, digits=1 if number >= _KILO * _KILO else 0)


def whole_size(number: int) -> str:
    """A round number of bytes, such as a limit: 5 MB."""
    digits = 0 if number < _KILO * _KILO or number % (_KILO * _KILO) == 0 else 1
    return _bytes(number, digits=digits)


def length(seconds: float) -> str:
    """Time left, roughly: `about 40 s`, `about 3 min`."""
    if seconds < _MINUTE:
        return f"about {count(max(1, round(seconds / 5) * 5))} s"
    if seconds < _HOUR:
        return f"about {count(round(seconds / _MINUTE))} min"
    return f"about {hours(seconds / _HOUR)}"


def _two_digits(value: int) -> str:
    return written(value).rjust(2, "0")


def _qdate(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)


def _local(value: datetime) -> QDateTime:
    return QDateTime(_qdate(value.astimezone(UTC).date()), _qtime(value), QTimeZone.utc()).toLocalTime()


def _qtime(value: datetime) -> QTime:
    utc = value.astimezone(UTC)
    return QTime(utc.hour, utc.minute, utc.second)


def month(value: date) -> str:
    """A month with its year: May 2026."""
    return _dated(_qdate(value), "MMM yyyy")


def _bytes(number: int, *, digits: int) -> str:
    """A unit in letters from the right keeps to itself: the sentence around it is written from the left."""
    said = western(QLocale().formattedDataSize(number, digits, QLocale.DataSizeFormat.DataSizeSIFormat))
    return isolated(said) if runs_from_the_right(said) else said
