"""A property in memory, a connector to it, and what the mirror has of it."""

from datetime import date
from typing import Any

from tests.platforms.google_analytics import PROPERTY, GoogleAnalytics
from tests.platforms.world import World
from tests.sync.mirrored import Mirrored
from tests.sync.seats import a_seat
from workbench.models.moments import DayRange, from_day
from workbench.sync.connector import Batch, Cursor
from workbench.sync.connectors.google_analytics import DAYS, GoogleAnalyticsConnector
from workbench.sync.records import CommunityRecord, SiteDaysRecord
from workbench.sync.seat import Reach

SITE = CommunityRecord(PROPERTY, "Our site")


def a_site(**switches: Any) -> GoogleAnalytics:
    return GoogleAnalytics(World(), **switches)


def connector(platform: GoogleAnalytics, *, oldest: date | None = None, **given: str) -> GoogleAnalyticsConnector:
    return GoogleAnalyticsConnector(
        a_seat(platform, reach=Reach(oldest), **{"property": PROPERTY, "name": "Our site", **given})
    )


def pulled(platform: GoogleAnalytics, since: Cursor | None = None, *, lists: bool = False, **given: Any) -> list[Batch]:
    reader = connector(platform, **given)
    community = next(iter(reader.communities())).remote_id if lists else PROPERTY
    return list(reader.pull(community, DAYS, since=since))


def days_in(batches: list[Batch]) -> dict[DayRange, SiteDaysRecord]:
    return {item.days: item for batch in batches for item in batch.records if isinstance(item, SiteDaysRecord)}


def day_of(batches: list[Batch], day: date) -> SiteDaysRecord:
    return days_in(batches)[DayRange(day, day)]


def views_of(record: SiteDaysRecord) -> dict[str, int]:
    return {page.page: page.views for page in record.pages}


def calls(platform: GoogleAnalytics, since: int = 0) -> list[str]:
    return [asked.path.partition(":")[2] for asked in platform.asked[since:]]


def synced(mirrored: Mirrored, platform: GoogleAnalytics, *, batches: int | None = None, **given: Any) -> None:
    reader = connector(platform, **given)
    list(reader.communities())
    for place, batch in enumerate(
        reader.pull(PROPERTY, DAYS, since=mirrored.mirror.cursor(mirrored.community_id, DAYS.name))
    ):
        mirrored.mirror.apply(mirrored.community_id, DAYS.name, batch)
        if batches is not None and place + 1 >= batches:
            return


def held(mirrored: Mirrored) -> dict[tuple[date, str], tuple[int, ...]]:
    rows = mirrored.rows("SELECT day, page, views, users, sessions, events FROM pageday")
    return {(from_day(day), page): tuple(numbers) for day, page, *numbers in rows}


def world(platform: GoogleAnalytics) -> dict[tuple[date, str], tuple[int, ...]]:
    found = {
        (day, path): (seen.views, seen.users, seen.sessions, seen.events)
        for (day, _, path), seen in platform.seen.items()
    }
    for day in {day for day, _ in found}:
        total = platform.total(day, day)
        assert total is not None
        found[day, ""] = (total.views, total.users, total.sessions, total.events)
    return found
