"""The period an archive file is named after: pipermail's years, quarters, months, weeks and days, and variants."""

import calendar
import re
from datetime import date, timedelta

from workbench.models.moments import DayRange

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
_ENDINGS = re.compile(r"(?:\.(?:gz|txt|mbox|mbx))+$", re.IGNORECASE)
_NAME = re.compile(
    r"(?:.*[^0-9a-z])?week-of-mon-(?P<week>(?:19|20)\d{6})"
    r"|(?:.*[^0-9a-z])?(?P<year>(?:19|20)\d{2})(?:"
    r"-?q(?P<quarter>[1-4])"
    r"|[-_. ]?(?P<name>[a-z]{3,9})"
    r"|[-_.]?(?P<month>0[1-9]|1[0-2])(?:[-_.]?(?P<day>\d{2}))?"
    r")?",
    re.IGNORECASE,
)


def period_of(name: str) -> DayRange | None:
    """The days a file stands for by its name: 2009, 2009q3, 2009-July, 2009-07, 200907, 20090713; None if by none."""
    found = _NAME.fullmatch(_ENDINGS.sub("", name.rpartition("/")[2]))
    if found is None:
        return None
    if found["week"] or found["day"]:
        return _days(found["week"] or found["year"] + found["month"] + found["day"], 7 if found["week"] else 1)
    year = int(found["year"])
    if found["name"]:
        month = _MONTHS.get(found["name"].lower())
        return None if month is None else _months(year, month, month)
    if found["quarter"]:
        last = int(found["quarter"]) * 3
        return _months(year, last - 2, last)
    if found["month"]:
        return _months(year, int(found["month"]), int(found["month"]))
    return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> DayRange:
    return DayRange(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _days(digits: str, count: int) -> DayRange | None:
    try:
        first = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:  # eight digits that are no date
        return None
    return DayRange(first, first + timedelta(days=count - 1))
