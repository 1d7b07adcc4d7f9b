"""Google Analytics 4: page views, users, sessions and events of a web site, by day and page and by week as a whole.

One small report of the last fortnight's totals tells what to read: days whose totals are others than before, and the
last days again as long as Google still changes them. Each day is asked for by itself and replaced as a whole, because
what is hidden or lumped together depends on the days of a report.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Final

from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.analytics.position import (
    DAY,
    LOOK_BACK,
    READ_AGAIN,
    REPORTS,
    Position,
    days_of,
    is_day,
    parts_of,
    runs_of,
    settled_until,
    tasks_for,
)
from workbench.sync.analytics.property_days import Look, PropertyDays
from workbench.sync.analytics.reports import PAGE_ROWS, Report, Site, refusal
from workbench.sync.connector import Abilities, Batch, Cursor, Stage, Stream
from workbench.sync.platforms import Platform, Setting, SettingKind, SignInKind, SignInWay
from workbench.sync.records import CommunityRecord, Rejected, Reread, SiteDaysRecord
from workbench.sync.seat import Seat

SERVICE: Final = "https://analyticsdata.googleapis.com"
MOST_PAGES: Final = 500
TOTALS: Final = 55
"""Days whose totals are asked for at once, beside the one they end with."""
DAYS: Final = Stream("days", "Page views", Stage.NEWS)
_NUMBER: Final = re.compile(r"(?:properties/)?(\d{1,18})")


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
        most = _count(seat.settings.get("pages", ""))
        self._oldest = seat.reach.oldest
        self._client = seat.client(seat.base_url or SERVICE, refusal=refusal)
        self._days = PropertyDays(self._client, self._number, self._site, most=most)
        self._looked: Look | None = None

    def communities(self) -> Iterable[CommunityRecord]:
        """The one web site, with the totals of the last fortnight and the day as its mark."""
        look = self._looked = self._days.look()
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
        look = self._looked = self._looked or self._days.look()
        position = (Position.of(since) if since is not None else None) or Position()
        note = _zone_note(position.zone, look.totals.zone)
        position = self._placed(position, look)
        days = position.stale(look.by_day, today=look.today) if position.first is not None else ()
        done = 0
        for part in parts_of(tasks_for(days, look.today)) or [()]:
            records, rejected, moving = self._days.read(community, part, look.totals, look.today)
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
                totals = self._days.totals(told)
            records, rejected = self._days.week(community, gap, totals, today)
            position = position.filled(gap)
            read = days_of(gap)
            done += len(read)
            yield self._batch(position, records, rejected, done=done, days=read, today=today)

    def _placed(self, position: Position, look: Look) -> Position:
        """The position on this day; the first time it is asked since when there are numbers."""
        position = replace(position, zone=look.totals.zone)
        if position.first is not None:
            return position.moved(today=look.today)
        if position.at is not None and not look.totals.rows:
            return position  # still nothing
        first = self._days.first_day(look.today)
        return position.begun(first, today=look.today) if first is not None else position.moved(today=look.today)

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
            reread=tuple(Reread(self._days.source(day)) for day in days),
            note=f"{min(days)} to {max(days)}" if days else "",
        )


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
