"""Weeks as stored: day numbers of Mondays."""

from datetime import datetime

from workbench.models.moments import DAY_MICROSECONDS, to_micros

WEEK_DAYS = 7
_THURSDAY_SHIFT = 3  # 1970-01-01 was a Thursday


def monday_of(day: int) -> int:
    """The Monday of the week of a day; both as days since 1970."""
    return day - (day + _THURSDAY_SHIFT) % WEEK_DAYS


def day_of(moment: datetime) -> int:
    """The UTC day of a moment, as days since 1970."""
    return to_micros(moment) // DAY_MICROSECONDS


def recent_weeks(as_of: datetime, count: int) -> tuple[int, int]:
    """First day and day after the last one of `count` weeks, the last of which holds `as_of`."""
    monday = monday_of(day_of(as_of))
    return monday - (count - 1) * WEEK_DAYS, monday + WEEK_DAYS
