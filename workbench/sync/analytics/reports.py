"""Reports of Google's Analytics Data API: what is asked for, what came, and what its refusals mean.

Every value comes as text, also numbers; what is empty, false or zero is left out of the reply altogether. Users and
sessions are distinct counts that never add up, so the site's own totals are asked for beside those of pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from workbench.errors import ForbiddenError, LineError, PlatformBusyError, SignInError, WorkbenchError
from workbench.models.moments import DayRange
from workbench.sync.gate import Cause, Reply, body_of, line, load_json, retry_after, take
from workbench.sync.page_views import joined, named
from workbench.sync.records import PageViews, Rejected

MEASURES: Final = ("screenPageViews", "activeUsers", "sessions", "eventCount")
PAGE_ROWS: Final = 1000
HOUR_SECONDS: Final = 1800.0
_DATE, _PAGE, _HOST = "date", "pagePath", "hostName"
_WHOLE: Final = re.compile(r"(\d+)(?:\.0*)?")
# Which quota is used up is told in words only; what is unknown counts as one of those by the hour.
_QUOTAS: Final = (("concurrent", 30.0), ("per day", 86_400.0))


@dataclass(frozen=True, slots=True)
class Site:
    """The part of a property that is read: everything, or one host, or the pages whose path begins so."""

    host: str = ""
    prefix: str = ""

    def filter(self) -> dict[str, object]:
        """As a part of a request."""
        wanted = [(_HOST, "EXACT", self.host), (_PAGE, "BEGINS_WITH", self.prefix)]
        made: list[dict[str, object]] = [
            {"filter": {"fieldName": field, "stringFilter": {"matchType": kind, "value": value, "caseSensitive": True}}}
            for field, kind, value in wanted
            if value
        ]
        if not made:
            return {}
        return {"dimensionFilter": made[0] if len(made) == 1 else {"andGroup": {"expressions": made}}}


@dataclass(frozen=True, slots=True)
class Report:
    """One report: rows by the value of its only dimension ("" where it has none), and what may be missing.

    `count` is how many rows there are in all, `length` how many came, those that could not be read among them.
    """

    rows: Mapping[str, PageViews]
    count: int
    length: int
    zone: str
    is_partial: bool
    rejected: tuple[Rejected, ...] = ()


def totals_of(days: DayRange | tuple[str, str], site: Site) -> dict[str, object]:
    """Asks for the whole site by day; `days` may be the platform's own words for days before today."""
    return {**_asked(days, site), "dimensions": [{"name": _DATE}], "orderBys": [_by_name(_DATE)]}


def whole_of(days: DayRange, site: Site) -> dict[str, object]:
    """Asks for the whole site over all these days together."""
    return _asked(days, site)


def pages_of(day: date, site: Site, *, limit: int, offset: int = 0) -> dict[str, object]:
    """Asks for the pages of one day, the most seen first. Without an order, pages of a reply may repeat rows."""
    paging = {"limit": str(limit), **({"offset": str(offset)} if offset else {})}
    by_views = {"metric": {"metricName": MEASURES[0]}, "desc": True}
    asked = _asked(DayRange(day, day), site)
    return {**asked, "dimensions": [{"name": _PAGE}], "orderBys": [by_views, _by_name(_PAGE)], **paging}


def first_day_of(days: DayRange, site: Site) -> dict[str, object]:
    """Asks for the first of these days on which something was seen."""
    return {**totals_of(days, site), "limit": "1"}


def read_report(value: object, *, source: str) -> Report:
    """A report as it came; rows that cannot be read are rejected with their place. Refuses (LineError) other shapes."""
    headers = take(value, "metricHeaders", list)
    names = [take(header, "name", str) for header in headers]
    metadata = _field(value, "metadata")
    rows: dict[str, PageViews] = {}
    rejected: list[Rejected] = []
    items = _list(value, "rows")
    for place, item in enumerate(items):
        page = _one_row(item, names)
        if page is None:
            reason = "The numbers of this row cannot be read."
            rejected.append(Rejected(source, place, "bad_number", reason))
        else:
            rows[page.page] = joined(rows.get(page.page), page)
    count = _field(value, "rowCount")
    return Report(
        rows,
        count if isinstance(count, int) else len(items),
        len(items),
        zone if isinstance(zone := _field(metadata, "timeZone"), str) else "",
        is_partial=_is_partial(metadata) or bool(rejected),
        rejected=tuple(rejected),
    )


def read_day(text: str) -> date:
    """A day as the platform writes it (20261101); refuses (LineError) anything else."""
    try:
        if len(text) == 8 and text.isascii() and text.isdigit():  # noqa: PLR2004 - year, month and day
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise line(Cause.BAD_REPLY, "the reply has a day that is none") from error
    raise line(Cause.BAD_REPLY, "the reply has a day that is none")


def refusal(reply: Reply) -> WorkbenchError | None:
    """A missing permission or a used-up quota; the rest is left to the common table."""
    if reply.status not in (403, 429) or not reply.media_type.endswith("json"):
        return None
    try:
        error = _field(load_json(body_of(reply)), "error")
    except LineError:
        return None  # the common table says what is wrong with it
    return _busy(reply, error) if reply.status == 429 else _forbidden(error)  # noqa: PLR2004 - a status is its name


def _busy(reply: Reply, error: object) -> WorkbenchError | None:
    if retry_after(reply.headers) is not None:
        return None
    said = str(_field(error, "message"))
    seconds = next((seconds for word, seconds in _QUOTAS if word in said), HOUR_SECONDS)
    return PlatformBusyError(status=429, seconds=seconds)


def _forbidden(error: object) -> WorkbenchError | None:
    reasons = {_field(detail, "reason") for detail in _list(error, "details")}
    if "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in reasons:
        message = "the sign-in was not given the permission to read reports"
        return SignInError(message, status=403)
    if "SERVICE_DISABLED" in reasons:
        message = "the Google Analytics Data API is switched off in the project of the application"
        return ForbiddenError(message, status=403)
    if _field(error, "status") == "PERMISSION_DENIED":
        message = "this Google account may not read the property; Viewer is enough"
        return ForbiddenError(message, status=403)
    return None


def _asked(days: DayRange | tuple[str, str], site: Site) -> dict[str, object]:
    first, last = days if isinstance(days, tuple) else (days.first.isoformat(), days.last.isoformat())
    dates = {"dateRanges": [{"startDate": first, "endDate": last}]}
    return {**dates, "metrics": [{"name": name} for name in MEASURES], **site.filter()}


def _by_name(field: str) -> dict[str, object]:
    return {"dimension": {"dimensionName": field}}


def _one_row(item: object, names: list[str]) -> PageViews | None:
    found = _list(item, "dimensionValues")
    name = _field(found[0], "value") if found else ""
    values = [_number(_field(value, "value")) for value in _list(item, "metricValues")]
    numbers = dict(zip(names, values, strict=False))
    views = numbers.get(MEASURES[0])
    if not isinstance(name, str) or views is None:
        return None
    users, sessions, events = (numbers.get(measure) for measure in MEASURES[1:])
    return PageViews(named(name) if found else name, views, users, sessions, events)


def _number(text: object) -> int | None:
    match = _WHOLE.fullmatch(text) if isinstance(text, str) else None
    return None if match is None or len(match[1]) > 18 else int(match[1])  # noqa: PLR2004 - what a database holds


def _is_partial(metadata: object) -> bool:
    """Whether the platform says that rows are missing, hidden, lumped together or guessed from a sample."""
    flags = ("subjectToThresholding", "dataLossFromOtherRow", "samplingMetadatas", "dataTruncationReasons")
    return any(_field(metadata, flag) for flag in flags)


def _field(item: object, name: str) -> object:
    return item.get(name) if isinstance(item, dict) else None


def _list(item: object, name: str) -> list[Any]:
    value = _field(item, name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise line(Cause.BAD_REPLY, f"the reply has no list “{name}”")
    return value
