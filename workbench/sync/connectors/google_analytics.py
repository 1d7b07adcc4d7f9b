"""Google Analytics 4: page views, users, sessions and events of a web site, by day and page and by week as a whole.

One small report of the last fortnight's totals tells what to read: days whose totals are others than before, and the
last days again as long as Google still changes them. Each day is asked for by itself and replaced as a whole, because
what is hidden or lumped together depends on the days of a report.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final

from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.analytics import reports
from workbench.sync.analytics.position import (
    BEGINNING,
    DAY,
    LOOK_BACK,
    READ_AGAIN,
    REPORTS,
    Position,
    Totals,
    day_in,
    days_of,
    is_day,
    parts_of,
    runs_of,
    settled_until,
    tasks_for,
    week_of,
)
from workbench.sync.analytics.reports import PAGE_ROWS, Report, Site, read_day, read_report, refusal
from workbench.sync.api_client import Answer
from workbench.sync.connector import Abilities, Batch, Cursor, Stage, Stream
from workbench.sync.gate import Cause, Expect, line, load_json, take
from workbench.sync.page_views import sum_of
from workbench.sync.platforms import Platform, Setting, SettingKind, SignInKind, SignInWay
from workbench.sync.records import CommunityRecord, Rejected, Reread, SiteDaysRecord
from workbench.sync.seat import Seat

SERVICE: Final = "https://analyticsdata.googleapis.com"
MOST_PAGES: Final = 500
TOTALS: Final = 55
"""Days whose totals are asked for at once, beside the one they end with."""
ATTEMPTS: Final = 2
"""After ten server errors in an hour Google shuts the project out: not too often, then."""
ROUNDS: Final = 3

DAYS: Final = Stream("days", "Page views", Stage.NEWS)
_NUMBER: Final = re.compile(r"(?:properties/)?(\d{1,18})")


@dataclass(frozen=True, slots=True)
class _Look:
    """The totals of the last fortnight, and what day it is at the property."""

    totals: Report
    today: date

    @property
    def by_day(self) -> dict[date, Totals]:
        """As they are compared."""
        return _by_day(self.totals)


class GoogleAnalyticsConnector:
    """One property, or the part of it that a host and a path name. Construction opens nothing."""

    kind: ClassVar[AccountKind] = AccountKind.GOOGLE_ANALYTICS
    abilities: ClassVar[Abilities] = Abilities(views=True)
    streams: ClassVar[tuple[Stream, ...]] = (DAYS,)

    def __init__(self, seat: Seat) -> None:
        self._number = _property(seat.setting("property"))
        prefix = seat.settings.get("path", "").strip()
        host = seat.settings.get("host", "").strip().lower()
        self._site = Site(host, f"/{prefix.lstrip('/')}" if prefix else "")
        self._name = seat.settings.get("name", "").strip() or f"Web site {self._number}"
        self._most = _count(seat.settings.get("pages", ""))
        self._oldest = seat.reach.oldest
        self._client = seat.client(seat.base_url or SERVICE, refusal=refusal)
        self._looked: _Look | None = None

    def communities(self) -> Iterable[CommunityRecord]:
        """The one web site, with the totals of the last fortnight and the day as its mark."""
        look = self._looked = self._look()
        totals = [[day.isoformat(), *numbers] for day, numbers in sorted(look.by_day.items())]
        where = f"{self._site.host}{self._site.prefix}"
        yield CommunityRecord(
            f"{self._number} {where}".strip(),
            self._name,
            url=f"https://{where}" if self._site.host else None,
            told_on=look.today,
            mark=json.dumps([look.today.isoformat(), look.totals.zone, totals], separators=(",", ":")),
        )

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """The days of the last fortnight that may be others than before, then what lies before it, week by week."""
        _ = stream  # there is only one
        look = self._looked = self._looked or self._look()
        position = (Position.of(since) if since is not None else None) or Position()
        note = _zone_note(position.zone, look.totals.zone)
        position = self._placed(position, look)
        days = position.stale(look.by_day, today=look.today) if position.first is not None else ()
        done = 0
        for part in parts_of(tasks_for(days, look.today)) or [()]:
            records, rejected, moving = self._read(community, part, look.totals, look.today)
            read = [task.first for task in part if is_day(task)]
            done += len(read)
            position = position.read(look.by_day, read, moving=moving)
            is_news = done < len(days) and days[done] >= look.today - READ_AGAIN * DAY
            batch = self._batch(position, records, rejected, done=done, days=read, today=look.today, left=days[done:])
            yield replace(batch, note=note or batch.note, then=Stage.NEWS if is_news else Stage.HISTORY)
            note = ""
        yield from self._past(community, position, look.today, done=done)

    def _past(self, community: str, position: Position, today: date, *, done: int) -> Iterator[Batch]:
        """What lies before the fortnight, a week at a time; totals come for several weeks at once."""
        totals, told = Report({}, 0, 0, "", is_partial=False), DayRange(date.max, date.max)
        while (gap := position.next_gap(oldest=self._oldest)) is not None:
            if gap.first < told.first:
                told = DayRange(max(position.gaps[0].first, gap.last - TOTALS * DAY), gap.last)
                totals = self._report(reports.totals_of(told, self._site))
            records, rejected = self._week(community, gap, totals, today)
            position = position.filled(gap)
            read = days_of(gap)
            done += len(read)
            yield self._batch(position, records, rejected, done=done, days=read, today=today)

    def _placed(self, position: Position, look: _Look) -> Position:
        """The position on this day; the first time it is asked since when there are numbers."""
        position = replace(position, zone=look.totals.zone)
        if position.first is not None:
            return position.moved(today=look.today)
        if position.at is not None and not look.totals.rows:
            return position  # still nothing
        asked = reports.first_day_of(DayRange(BEGINNING, look.today), self._site)
        found = [read_day(text) for text in self._report(asked).rows]
        return position.begun(min(found), today=look.today) if found else position.moved(today=look.today)

    def _look(self) -> _Look:
        # In the platform's own words: what day it is there, only the answer tells.
        answer = self._ask("runReport", reports.totals_of((f"{LOOK_BACK}daysAgo", "today"), self._site))
        totals = read_report(load_json(answer.body), source=self._number)
        if answer.served_at is None:
            raise line(Cause.BAD_REPLY, "the reply does not say when it was made")
        today = day_in(totals.zone, answer.served_at)
        return _Look(totals, max([today, *_by_day(totals)]))

    def _read(
        self, community: str, tasks: Sequence[DayRange], totals: Report, today: date
    ) -> tuple[list[SiteDaysRecord], list[Rejected], set[date]]:
        """Days with their pages, and weeks as a whole; which of the days would not stand still while they were read.

        A day of which the totals know nothing is empty, and nobody is asked.
        """
        known = _by_day(totals)
        asked = [task for task in tasks if not is_day(task) or task.first in known or totals.is_partial]
        found = dict(zip(asked, self._batched([self._request(task) for task in asked]), strict=True))
        records: list[SiteDaysRecord] = []
        rejected: list[Rejected] = []
        moving: set[date] = set()
        for task in tasks:
            report = found.get(task)
            if report is None:
                records.append(SiteDaysRecord(community, task, ()))
                continue
            if is_day(task):
                report, is_still = self._whole(task.first, report)
                moving |= set() if is_still else {task.first}
                records.append(_day_record(community, task.first, report, totals, today=today, is_still=is_still))
            else:
                whole = tuple(replace(page, page="") for page in report.rows.values())
                records.append(SiteDaysRecord(community, task, whole, report.is_partial))
            rejected += [replace(one, source=self._source(task.first)) for one in report.rejected]
        return records, rejected, moving

    def _week(
        self, community: str, days: DayRange, totals: Report, today: date
    ) -> tuple[list[SiteDaysRecord], list[Rejected]]:
        """A week of the past; the week as a whole too, where its Sunday is among the days."""
        week = week_of(days.last)
        tasks = [DayRange(day, day) for day in reversed(days_of(days))]
        tasks += [week] if days.last == week.last else []
        records: list[SiteDaysRecord] = []
        rejected: list[Rejected] = []
        for part in parts_of(tasks):
            found, refused, _ = self._read(community, part, totals, today)
            records += found
            rejected += refused
        return records, rejected

    def _whole(self, day: date, report: Report) -> tuple[Report, bool]:
        """All wanted rows of a day of which the first ones are there, and whether they stood still meanwhile.

        While numbers change, rows move from one page of the reply to another: then it is read from its beginning.
        """
        rounds = 0
        while True:
            rounds += 1
            rows, rejected, at = dict(report.rows), list(report.rejected), report.length
            is_still, is_partial = True, report.is_partial
            while is_still and at < min(report.count, self._most):
                limit = min(PAGE_ROWS, self._most - at)
                more = self._report(reports.pages_of(day, self._site, limit=limit, offset=at))
                is_still = more.count == report.count and more.length > 0 and not rows.keys() & more.rows.keys()
                rows, at = rows | dict(more.rows), at + more.length
                rejected += more.rejected
                is_partial = is_partial or more.is_partial
            whole = replace(report, rows=rows, rejected=tuple(rejected), is_partial=is_partial or not is_still)
            if is_still or rounds == ROUNDS:
                return whole, is_still
            report = self._report(self._request(DayRange(day, day)))

    def _source(self, day: date) -> str:
        """Where a row that was held back stands."""
        return f"{self._number} {day}"

    def _request(self, task: DayRange) -> dict[str, object]:
        if not is_day(task):
            return reports.whole_of(task, self._site)
        return reports.pages_of(task.first, self._site, limit=min(PAGE_ROWS, self._most))

    def _batched(self, asked: Sequence[Mapping[str, object]]) -> list[Report]:
        """Up to five reports with one question."""
        if len(asked) < 2:  # noqa: PLR2004 - one alone needs no bundle
            return [self._report(one) for one in asked]
        value = load_json(self._ask("batchRunReports", {"requests": list(asked)}).body)
        found = take(value, "reports", list)
        if len(found) != len(asked):
            raise line(Cause.BAD_REPLY, "the reply has another number of reports")
        return [read_report(one, source=self._number) for one in found]

    def _report(self, asked: Mapping[str, object]) -> Report:
        return read_report(load_json(self._ask("runReport", asked).body), source=self._number)

    def _ask(self, what: str, asked: Mapping[str, object]) -> Answer:
        path = f"v1beta/properties/{self._number}:{what}"
        return self._client.ask(path, {}, json=asked, expect=Expect.JSON, attempts=ATTEMPTS)

    def _batch(
        self,
        position: Position,
        records: Iterable[SiteDaysRecord] = (),
        rejected: Iterable[Rejected] = (),
        *,
        done: int = 0,
        days: Sequence[date] = (),
        left: Sequence[date] = (),
        today: date,
    ) -> Batch:
        traffic = self._client.take_traffic()
        is_over = not left and position.next_gap(oldest=self._oldest) is None
        return Batch(
            tuple(records),
            position.cursor(),
            rejected=tuple(rejected),
            covered=runs_of(day for day in days if day <= settled_until(today)),
            progress=Progress(done, "days", fraction=1.0 if is_over else None),
            bytes_in=traffic.bytes_in,
            bytes_out=traffic.bytes_out,
            requests=traffic.requests,
            then=Stage.HISTORY,
            reread=tuple(Reread(self._source(day)) for day in days),
            note=f"{min(days)} to {max(days)}" if days else "",
        )


def _day_record(
    community: str, day: date, report: Report, totals: Report, *, today: date, is_still: bool
) -> SiteDaysRecord:
    """A day with the site's own total first; where the platform gives none, the sum of what adds up stands for it."""
    total = totals.rows.get(f"{day:%Y%m%d}")
    is_partial = report.is_partial or totals.is_partial or not is_still or day > settled_until(today)
    if total is None and report.rows:
        is_partial = True
        total = sum_of(report.rows.values())
    whole = () if total is None else (replace(total, page=""),)
    return SiteDaysRecord(community, DayRange(day, day), (*whole, *report.rows.values()), is_partial)


def _by_day(totals: Report) -> dict[date, Totals]:
    return {read_day(text): (row.views, row.users, row.sessions, row.events) for text, row in totals.rows.items()}


def _zone_note(before: str, now: str) -> str:
    if not before or before == now:
        return ""
    return f"the property's time zone changed from {before} to {now}: days before are cut otherwise"


def _property(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    if match is None:
        message = (
            "Give the number of the property, such as 123456789. A code that begins with G- or UA- is another one."
        )
        raise BadInputError(message, setting="property")
    return match[1]


def _count(text: str) -> int:
    number = text.strip() or str(MOST_PAGES)
    if not (number.isascii() and number.isdigit() and 0 < int(number[:9]) < 10 * PAGE_ROWS * REPORTS):
        message = "Give how many pages to read of each day as a number, such as 500."
        raise BadInputError(message, setting="pages")
    return int(number)


PLATFORM: Final = Platform(
    kind=AccountKind.GOOGLE_ANALYTICS,
    title="Google Analytics",
    about="Page views, users, sessions and events of a web site, by day and page, from a Google Analytics 4 property.",
    abilities=GoogleAnalyticsConnector.abilities,
    connect=GoogleAnalyticsConnector,
    settings=(
        Setting(
            "name", "Name of the web site", hint="What to call it here. Else it has its number.", is_required=False
        ),
        Setting(
            "property",
            "Number of the property",
            hint="Under Admin, Property details. Not the code that begins with G-.",
        ),
        Setting(
            "host",
            "Only this host",
            hint="Such as www.example.org, where one property counts several sites.",
            is_required=False,
        ),
        Setting(
            "path",
            "Only pages whose path begins with",
            hint="Such as /community/.",
            is_required=False,
        ),
        Setting(
            "pages",
            "Pages to read of each day",
            SettingKind.NUMBER,
            hint="The most seen ones. The total of the day counts all of them.",
            default=str(MOST_PAGES),
            is_required=False,
        ),
        Setting("address", "Address of the service", SettingKind.ADDRESS, default=SERVICE, is_required=False),
    ),
    sign_in=(
        SignInWay(
            SignInKind.OAUTH,
            "Google, in the browser",
            about=(
                "Needs an application that somebody registered in Google Cloud as a desktop app, with the Google"
                " Analytics Data API switched on. While that application is being tested, Google asks to sign in again"
                " every seven days."
            ),
            settings=(
                Setting("client_id", "Client ID", hint="Ends with .apps.googleusercontent.com"),
                Setting("client_secret", "Client secret", SettingKind.SECRET),
            ),
            facts={
                "authorize": "https://accounts.google.com/o/oauth2/v2/auth",
                "token": "https://oauth2.googleapis.com/token",
                "revoke": "https://oauth2.googleapis.com/revoke",
                "scopes": "https://www.googleapis.com/auth/analytics.readonly",
                "extra": "access_type=offline&prompt=consent",
            },
        ),
        SignInWay(
            SignInKind.SERVICE_KEY,
            "A key file of a service account",
            about=(
                "For a program that works without anybody at it. An administrator makes the account and its key in"
                " Google Cloud and adds the account's e-mail address as a viewer of the property. The key is kept"
                " encrypted here."
            ),
            settings=(
                Setting(
                    "service_key",
                    "Key file",
                    SettingKind.SECRET,
                    hint="The path of the JSON file, or all that stands in it",
                ),
            ),
            facts={
                "token": "https://oauth2.googleapis.com/token",
                "scopes": "https://www.googleapis.com/auth/analytics.readonly",
            },
        ),
    ),
    cannot=(
        "It counts visits. Who came is not told, and there are no members and no messages.",
        "Users and sessions of several days or pages do not add up; users are shown for whole weeks only.",
        "Numbers of the last two days still change.",
        "Pages with few visitors may be left out by Google, and rare ones put together as (other).",
    ),
    follows_all=True,
    looks_back_days=LOOK_BACK,
)
