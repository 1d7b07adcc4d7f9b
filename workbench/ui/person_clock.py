"""What the clock says where somebody is, by the time zone that a source told or the coordinator typed."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QLocale, QTime

from workbench.operations.people import offset_of
from workbench.ui import numbers


def moment_in(now: datetime, time_zone: str) -> datetime | None:
    """The moment by the clock of a zone (Africa/Nairobi) or an offset (+03:00); None where it means neither."""
    offset = offset_of(time_zone)
    if offset is not None:
        return now.astimezone(timezone(offset))
    try:
        return now.astimezone(ZoneInfo(time_zone.strip()))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def clock_words(now: datetime | None, time_zone: str | None) -> str:
    """The time of day there, with the weekday where it is another than here; empty where it is not known."""
    there = None if now is None or not time_zone else moment_in(now, time_zone)
    if now is None or there is None:
        return ""
    words = numbers.written(QTime(there.hour, there.minute), "HH:mm")
    here = now.astimezone()
    if there.date() == here.date():
        return words
    return f"{QLocale().standaloneDayName(there.isoweekday(), QLocale.FormatType.ShortFormat)} {words}"
