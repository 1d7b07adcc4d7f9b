"""Google Analytics as its Data API v1beta answers: runReport and batchRunReports of one property, strings everywhere."""

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from typing_extensions import override

from tests.platforms.server import Asked, StandIn, Told, told
from tests.platforms.world import World

PROPERTY: Final = "123456"
HOST: Final = "www.example.org"
MEASURES: Final = ("screenPageViews", "activeUsers", "sessions", "eventCount")
FIELDS: Final = ("date", "pagePath", "hostName")
PAGES: Final = ("/", "/community/", "/community/pumps", '/a page, with "quotes"', "/wasser-für-alle")
MOST_ROWS: Final = 250_000
DEFAULT_ROWS: Final = 10_000
MOST_REPORTS: Final = 5
SMALL: Final = 3
CHANGING: Final = 2
"""Numbers of so many days before today may still change."""
_DAY: Final = timedelta(days=1)
_PATH: Final = re.compile(r"/v1beta/properties/(\w[\w-]*):(runReport|batchRunReports)")
_REFUSALS: Final = {
    "expired": (401, "UNAUTHENTICATED", ""),
    "no_scope": (403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
    "api_off": (403, "PERMISSION_DENIED", "SERVICE_DISABLED"),
    "not_ours": (403, "PERMISSION_DENIED", ""),
}
_BUSY: Final = {
    "concurrent": "Exhausted concurrent requests quota.",
    "hour": "Exhausted property tokens for a project per hour.",
    "thresholded": "Exhausted potentially thresholded requests quota.",
    "day": "Exhausted property tokens per day. These quota tokens will return in under 24 hours.",
}


@dataclass(slots=True)
class Seen:
    """How often a page was seen on one day."""

    views: int
    users: int
    sessions: int
    events: int


class _WrongError(Exception):
    """A request the platform calls invalid."""


class GoogleAnalytics(StandIn):
    """One property; `seen` is {(day, host, path): Seen} and may be changed while we sync."""

    NAME = "google-analytics"
    SWITCHES: ClassVar[Mapping[str, str]] = {
        "days": "how many days the site has been measured (30)",
        "pages": "how many pages there are besides the usual five",
        "zone": "the time zone of the property (Europe/Warsaw; Asia/Tokyo where it is only turned on)",
        "busy": "429: concurrent, hour, thresholded or day",
        "expired": "every token is refused with 401",
        "no_scope": "403: the token has no permission for reports",
        "api_off": "403: the interface is switched off in the project",
        "not_ours": "403: the account may not read this property",
        "broken": "500 without a word",
        "growing": "the numbers of yesterday grow with every call",
        "other": "pages beyond this many of a report become one row named (other)",
        "threshold": "rows with fewer than three users are left out",
        "sampled": "every report is made from a sample",
        "truncated": "every report says that its days were cut off",
    }

    def __init__(self, world: World, **switches: Any) -> None:
        super().__init__(world, **switches)
        self.seen: dict[tuple[date, str, str], Seen] = {}
        self.tokens = 14_000
        rng = random.Random(5)
        more = tuple(f"/page/{number}" for number in range(int(switches.get("pages", 0))))
        for back in range(int(switches.get("days", 30)), -1, -1):
            for path in (*PAGES, *more):
                self.visit(self.today - back * _DAY, path, rng.randint(1, 90))

    @property
    def today(self) -> date:
        """The day in the property's time zone."""
        return self.world.now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def zone(self) -> str:
        zone = self.switches.get("zone", "Europe/Warsaw")
        return "Asia/Tokyo" if zone is True else str(zone)

    def visit(self, day: date, path: str, views: int, *, host: str = HOST) -> None:
        """So many more views of a page on one day."""
        seen = self.seen.setdefault((day, host, path), Seen(0, 0, 0, 0))
        seen.views += views
        seen.users += math.ceil(views / 3)
        seen.sessions += math.ceil(views / 2)
        seen.events += views * 3

    def total(self, first: date, last: date, *, host: str = "", prefix: str = "") -> Seen | None:
        """What the site as a whole has on these days; users and sessions are no sums."""
        found = [seen for key, seen in self.seen.items() if first <= key[0] <= last and _fits(key, host, prefix)]
        return _together(found) if found else None

    @override
    def how_to_sign_in(self) -> tuple[str, ...]:
        return (
            f"Address: {self.address}",
            f"Property: {PROPERTY}",
            "Every token is taken; the sign-in itself is Google's own and needs a registered application.",
        )

    @override
    def answer(self, asked: Asked) -> Told:
        refused = self._refused()
        if refused is not None:
            return refused
        match = _PATH.fullmatch(asked.path)
        if match is None or asked.method != "POST":
            return Told(404, b"<html>Not found</html>", "text/html")
        if match[1] != PROPERTY:
            return _refused(403, "PERMISSION_DENIED")
        if self.is_on("growing"):
            self.visit(self.today - _DAY, "/", 7)
        try:
            return told(self._answer(asked.json, is_bundle=match[2] == "batchRunReports"))
        except _WrongError:
            return _refused(400, "INVALID_ARGUMENT")

    def _refused(self) -> Told | None:
        """What the switches let it say to everything."""
        for switch, (status, code, reason) in _REFUSALS.items():
            if self.is_on(switch):
                return _refused(status, code, reason=reason)
        if self.is_on("broken"):
            return Told(500, b"", "text/html")
        if self.is_on("busy"):
            return _refused(429, "RESOURCE_EXHAUSTED", message=_BUSY.get(str(self.switches["busy"]), _BUSY["hour"]))
        return None

    def _answer(self, asked: Mapping[str, Any], *, is_bundle: bool) -> dict[str, Any]:
        wanted = asked.get("requests", []) if is_bundle else [asked]
        if len(wanted) > MOST_REPORTS:
            raise _WrongError
        reports = [{**self._report(one), "kind": "analyticsData#runReport"} for one in wanted]
        return {"reports": reports, "kind": "analyticsData#batchRunReports"} if is_bundle else reports[0]

    def _report(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        names = [one["name"] for one in asked.get("dimensions", [])]
        measures = [one["name"] for one in asked.get("metrics", [])]
        limit, offset = int(asked.get("limit", DEFAULT_ROWS)), int(asked.get("offset", 0))
        if set(names) - set(FIELDS) or set(measures) - set(MEASURES) or limit <= 0 or len(asked["dateRanges"]) != 1:
            raise _WrongError
        first, last = (self._day(asked["dateRanges"][0][name]) for name in ("startDate", "endDate"))
        if last < first:
            raise _WrongError
        rows, flags = self._rows(names, first, last, _filters(asked.get("dimensionFilter")))
        rows = _ordered(rows, names, measures, asked.get("orderBys", []))
        shown = rows[offset : offset + min(limit, MOST_ROWS)]
        report: dict[str, Any] = {
            "metricHeaders": [{"name": name, "type": "TYPE_INTEGER"} for name in measures],
            "metadata": {"currencyCode": "EUR", "timeZone": self.zone, **flags},
        }
        if names:
            report["dimensionHeaders"] = [{"name": name} for name in names]
        if shown:
            report["rows"] = [_row(key, seen, measures) for key, seen in shown]
        if rows:
            report["rowCount"] = len(rows)
        if asked.get("returnPropertyQuota"):
            self.tokens -= 3
            report["propertyQuota"] = {"tokensPerProjectPerHour": {"consumed": 3, "remaining": self.tokens}}
        return report

    def _day(self, text: str) -> date:
        match = re.fullmatch(r"(\d+)daysAgo", text)
        if match is not None or text in ("today", "yesterday"):
            return self.today - _DAY * (int(match[1]) if match is not None else text == "yesterday")
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _WrongError from None

    def _rows(
        self, names: list[str], first: date, last: date, fits: tuple[str, str]
    ) -> tuple[list[tuple[tuple[str, ...], Seen]], dict[str, Any]]:
        groups: defaultdict[tuple[str, ...], list[Seen]] = defaultdict(list)
        for key, seen in self.seen.items():
            if first <= key[0] <= last and _fits(key, *fits):
                values = dict(zip(FIELDS, (key[0].strftime("%Y%m%d"), key[2], key[1]), strict=True))
                groups[tuple(values[name] for name in names)].append(seen)
        rows = {key: _together(found) for key, found in groups.items()}
        flags: dict[str, Any] = {}
        if self.is_on("threshold") and "pagePath" in names:
            flags["subjectToThresholding"] = True
            rows = {key: seen for key, seen in rows.items() if seen.users >= SMALL}
        if self.is_on("other") and "pagePath" in names and len(rows) > int(self.switches["other"]):
            flags["dataLossFromOtherRow"] = True
            by_views = sorted(rows.items(), key=lambda row: -row[1].views)
            kept, rest = by_views[: int(self.switches["other"])], by_views[int(self.switches["other"]) :]
            named = tuple("(other)" if name == "pagePath" else rest[0][0][at] for at, name in enumerate(names))
            rows = {**dict(kept), named: _together([seen for _, seen in rest])}
        if self.is_on("sampled"):
            flags["samplingMetadatas"] = [{"samplesReadCount": "500", "samplingSpaceSize": "9000"}]
        if self.is_on("truncated"):
            flags["dataTruncationReasons"] = [{"dataTruncationType": "DATA_TRUNCATION_TYPE_DATE_RANGE"}]
        return list(rows.items()), flags


def _fits(key: tuple[date, str, str], host: str, prefix: str) -> bool:
    return host in ("", key[1]) and key[2].startswith(prefix)


def _together(found: list[Seen]) -> Seen:
    """Views and events add up; who came twice counts once."""
    if len(found) == 1:
        return found[0]
    users, sessions = (sum(getattr(one, name) for one in found) for name in ("users", "sessions"))
    return Seen(
        sum(one.views for one in found),
        max(*(one.users for one in found), users * 2 // 3),
        max(*(one.sessions for one in found), sessions * 3 // 4),
        sum(one.events for one in found),
    )


def _filters(asked: Any) -> tuple[str, str]:
    """(host, beginning of the path) of a filter; "" for what is not filtered."""
    found = {"hostName": "", "pagePath": ""}
    for one in _expressions(asked or {}):
        text = one["stringFilter"]
        wanted = "EXACT" if one["fieldName"] == "hostName" else "BEGINS_WITH"
        if one["fieldName"] not in found or text["matchType"] != wanted:
            raise _WrongError
        found[one["fieldName"]] = text["value"]
    return found["hostName"], found["pagePath"]


def _expressions(asked: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "filter" in asked:
        yield asked["filter"]
    for one in asked.get("andGroup", {}).get("expressions", []):
        yield from _expressions(one)


def _ordered(
    rows: list[tuple[tuple[str, ...], Seen]], names: list[str], measures: list[str], orders: list[Mapping[str, Any]]
) -> list[tuple[tuple[str, ...], Seen]]:
    """In the order asked for; without one, in another order each time rows differ."""
    rows = sorted(rows, key=lambda row: hash((row[1].views, row[0])) % 97)
    for order in reversed(orders):
        if "metric" in order:
            by_number = partial(_number_at, place=measures.index(order["metric"]["metricName"]))
            rows.sort(key=by_number, reverse=bool(order.get("desc")))
        else:
            by_name = partial(_name_at, place=names.index(order["dimension"]["dimensionName"]))
            rows.sort(key=by_name, reverse=bool(order.get("desc")))
    return rows


def _number_at(row: tuple[tuple[str, ...], Seen], *, place: int) -> int:
    return _numbers(row[1], list(MEASURES))[place]


def _name_at(row: tuple[tuple[str, ...], Seen], *, place: int) -> str:
    return row[0][place]


def _numbers(seen: Seen, measures: list[str]) -> list[int]:
    values = dict(zip(MEASURES, (seen.views, seen.users, seen.sessions, seen.events), strict=True))
    return [values[name] for name in measures]


def _row(key: tuple[str, ...], seen: Seen, measures: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"metricValues": [{"value": str(number)} for number in _numbers(seen, measures)]}
    return {"dimensionValues": [{"value": value} for value in key], **row} if key else row


def _refused(status: int, code: str, *, reason: str = "", message: str = "No.") -> Told:
    error: dict[str, Any] = {"code": status, "message": message, "status": code}
    if reason:
        error["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": reason,
                "domain": "googleapis.com",
                "metadata": {"service": "analyticsdata.googleapis.com"},
            }
        ]
    return told({"error": error}, status=status)


STAND_IN = GoogleAnalytics
