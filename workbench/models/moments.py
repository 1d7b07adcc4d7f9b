"""Moments as stored: microseconds since 1970 UTC, and UTC days as days since 1970; for reading without the ORM."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.date().toordinal()
DAY_MICROSECONDS = 86_400_000_000
MICROSECOND = timedelta(microseconds=1)
BEFORE_ALL = -(1 << 62)
"""Stored where it is not known when something began: earlier than any window, so that none counts it."""
WEEK_OF_THREAD = "(started_at + 62135596800000000) / 604800000000"
"""The week a thread began in, as its index counts: weeks since 0001-01-01, which was a Monday."""


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (moment - _EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC moment of a stored number."""
    return _EPOCH + timedelta(0, 0, micros)  # by place: pages ask this thousands of times, and a name takes half of it


def maybe_from_micros(micros: int | None) -> datetime | None:
    """`from_micros` that lets None through."""
    return None if micros is None else from_micros(micros)


def to_day(day: date) -> int:
    """Days since 1970-01-01; the stored form of a UTC day."""
    return day.toordinal() - _EPOCH_DAY


def from_day(number: int) -> date:
    """The date of a stored day number."""
    return date.fromordinal(number + _EPOCH_DAY)


def day_start(day: date) -> datetime:
    """Midnight UTC at which `day` begins."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DayRange:
    """Whole UTC days, both ends included: promised by a source, or known to a reader."""

    first: date
    last: date
