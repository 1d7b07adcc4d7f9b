"""Days and weeks of a property, put together from its reports: all wanted rows, read while they stand still."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from workbench.models.moments import DayRange
from workbench.sync.analytics import reports
from workbench.sync.analytics.position import (
    BEGINNING,
    LOOK_BACK,
    Totals,
    day_in,
    days_of,
    is_day,
    parts_of,
    settled_until,
    week_of,
)
from workbench.sync.analytics.reports import PAGE_ROWS, Report, Site, read_day, read_report
from workbench.sync.api_client import Answer, ApiClient
from workbench.sync.gate import Cause, Expect, line, load_json, take
from workbench.sync.page_views import sum_of
from workbench.sync.records import Rejected, SiteDaysRecord

ATTEMPTS: Final = 2
"""After ten server errors in an hour Google shuts the project out: not too often, then."""
ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Look:
    """The totals of the last fortnight, and what day it is at the property."""

    totals: Report
    today: date

    @property
    def by_day(self) -> dict[date, Totals]:
        """As they are compared."""
        return _by_day(self.totals)


class PropertyDays:
    """One property, or the part of it that `site` names; of a day no more than its `most` seen pages are read."""

    def __init__(self, client: ApiClient, number: str, site: Site, *, most: int) -> None:
        self._client, self._number, self._site, self._most = client, number, site, most

    def look(self) -> Look:
        """The totals of the last fortnight."""
        # In the platform's own words: what day it is there, only the answer tells.
        answer = self._ask("runReport", reports.totals_of((f"{LOOK_BACK}daysAgo", "today"), self._site))
        totals = read_report(load_json(answer.body), source=self._number)
        if answer.served_at is None:
            raise line(Cause.BAD_REPLY, "the reply does not say when it was made")
        today = day_in(totals.zone, answer.served_at)
        return Look(totals, max([today, *_by_day(totals)]))

    def first_day(self, until: date) -> date | None:
        """The first day there are numbers of."""
        found = self._report(reports.first_day_of(DayRange(BEGINNING, until), self._site)).rows
        return min(map(read_day, found), default=None)

    def totals(self, days: DayRange) -> Report:
        """The totals of days further back."""
        return self._report(reports.totals_of(days, self._site))

    def read(
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
            rejected += [replace(one, source=self.source(task.first)) for one in report.rejected]
        return records, rejected, moving

    def week(
        self, community: str, days: DayRange, totals: Report, today: date
    ) -> tuple[list[SiteDaysRecord], list[Rejected]]:
        """A week of the past; the week as a whole too, where its Sunday is among the days."""
        week = week_of(days.last)
        tasks = [DayRange(day, day) for day in reversed(days_of(days))]
        tasks += [week] if days.last == week.last else []
        records: list[SiteDaysRecord] = []
        rejected: list[Rejected] = []
        for part in parts_of(tasks):
            found, refused, _ = self.read(community, part, totals, today)
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

    def source(self, day: date) -> str:
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
