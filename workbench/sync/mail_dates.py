"""When a mail was sent: Date header, else envelope, else the message before it; absurd dates are not believed."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before this a date is a clock that was never set."""
LATEST_AHEAD = timedelta(days=2)
_NO_CLOCK = datetime(2100, 1, 1, tzinfo=UTC)
_LONGEST = 200
_MAX_OFFSET = timedelta(hours=24)

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?"
_ZONE = r"(?: [A-Za-z]{1,5}| [+-]\d{4})?"
ENVELOPE = re.compile(
    rf"From (?P<sender>\S.*?)?\s*(?P<date>{_DAY}\s+(?:{_MONTH}\s+\d{{1,2}}\s+{_TIME}{_ZONE}\s+\d{{4}}"
    rf"|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}\s+{_TIME}){_ZONE}(?: [+-]\d{{4}})?)(?:\s+remote from \S+)?\s*".encode()
)
"""A "From " line that opens a message: a name and an asctime date (or what other locales make of it)."""


def header_date(value: str | None) -> datetime | None:
    """The moment a Date header or envelope date names, in UTC; None for what is no date. No zone counts as UTC."""
    if not value:
        return None
    try:
        parts = parsedate_tz(value[:_LONGEST])
        if parts is None:
            return None
        offset = timedelta(seconds=parts[9] or 0)
        moment = datetime(*parts[:5], min(parts[5], 59), tzinfo=UTC)
        if abs(offset) > _MAX_OFFSET:
            offset = timedelta()
        return moment - offset
    except (ValueError, TypeError, IndexError, OverflowError):  # numbers no calendar knows
        return None


def believable(moment: datetime | None, now: datetime | None) -> datetime | None:
    """`moment` if it lies between 1980 and two days after `now` (2100 where nobody says what time it is), else None."""
    if moment is None or moment < EARLIEST:
        return None
    return moment if moment <= (_NO_CLOCK if now is None else now + LATEST_AHEAD) else None


def sent_moment(
    header: str | None,
    envelope: str | None,
    *,
    now: datetime | None,
    previous_at: datetime | None,
) -> tuple[datetime, bool] | None:
    """When a mail was sent and whether that is a guess; None where nothing tells.

    `envelope` is the "From " line without its "From "; `previous_at` is the moment of the mail before it in the file.
    """
    moment = believable(header_date(header), now)
    if moment is not None:
        return moment, False
    found = ENVELOPE.fullmatch(b"From " + envelope.encode("ascii", "replace")) if envelope else None
    moment = believable(header_date(found["date"].decode() if found else envelope), now)
    if moment is None:
        moment = believable(previous_at, now)
    return None if moment is None else (moment, True)
