"""Web traffic: weeks that are whole, users that are never added up, days that are missing, pages and ranges."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.sync.mirrored import Mirrored, a_mirror
from workbench.models.moments import DayRange
from workbench.queries.web_traffic import WebPage, WebTraffic, web_traffic
from workbench.sync.connector import Batch
from workbench.sync.records import PageViews, SiteDaysRecord

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
TODAY = MONDAY + 16 * DAY  # a Wednesday


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Mirrored:
    return a_mirror(tmp_path)


def apply(site: Mirrored, *records: SiteDaysRecord, covered: tuple[DayRange, ...] = ()) -> None:
    site.mirror.apply(site.community_id, "days", Batch(records, covered=covered))


def a_day(day: date, *pages: PageViews, views: int = 10, is_partial: bool = False) -> SiteDaysRecord:
    return SiteDaysRecord("water", DayRange(day, day), (PageViews("", views, users=6), *pages), is_partial)


def a_range(first: date, last: date, *pages: PageViews) -> SiteDaysRecord:
    return SiteDaysRecord("water", DayRange(first, last), pages)


def traffic(site: Mirrored, days: tuple[date, date] | None = (MONDAY, TODAY)) -> WebTraffic:
    with site.database.read() as reader:
        return web_traffic(reader, site.community_id, days, today=TODAY)


def test_views_add_up_to_weeks_and_users_do_not(site):
    apply(site, *(a_day(MONDAY + number * DAY) for number in range(17)))
    apply(site, a_range(MONDAY, MONDAY + 6 * DAY, PageViews("", 70, users=25)))
    found = traffic(site)
    assert [(week.week, week.views, week.users) for week in found.weeks] == [
        (MONDAY, 70, 25),
        (MONDAY + 7 * DAY, 70, None),
        (MONDAY + 14 * DAY, 30, None),
    ]
    assert (found.gaps, found.unknown_days, found.partial_days) == ((), 0, 0)


def test_a_week_of_which_a_day_is_missing_has_no_number_unless_somebody_gave_it_as_a_whole(site):
    apply(site, *(a_day(MONDAY + number * DAY) for number in range(14) if number not in (3, 9)))
    apply(site, a_range(MONDAY + 7 * DAY, MONDAY + 13 * DAY, PageViews("", 99, users=40)))
    found = traffic(site)
    assert [week.views for week in found.weeks] == [None, 99, None]
    assert found.gaps == (
        DayRange(MONDAY + 3 * DAY, MONDAY + 3 * DAY),
        DayRange(MONDAY + 9 * DAY, MONDAY + 9 * DAY),
        DayRange(MONDAY + 14 * DAY, TODAY),
    )
    assert found.unknown_days == 5


def test_a_day_that_was_read_and_had_nobody_is_known(site):
    days = DayRange(MONDAY, MONDAY + 6 * DAY)
    apply(site, a_day(MONDAY), covered=(days,))
    found = traffic(site, (days.first, days.last))
    assert [week.views for week in found.weeks] == [10]
    assert found.gaps == ()


def test_partial_days_have_a_number_and_are_marked(site):
    apply(site, *(a_day(MONDAY + number * DAY, is_partial=number > 4) for number in range(7)))
    found = traffic(site, (MONDAY, MONDAY + 6 * DAY))
    assert [week.views for week in found.weeks] == [70]
    assert found.gaps == (DayRange(MONDAY + 5 * DAY, MONDAY + 6 * DAY),)
    assert (found.unknown_days, found.partial_days) == (0, 2)


def test_pages_are_those_of_the_period_the_most_seen_first(site):
    apply(site, a_day(MONDAY, PageViews("/b", 5, users=4), PageViews("/a", 5, users=2)))
    apply(site, a_day(MONDAY + DAY, PageViews("/b", 5, users=4)), a_day(MONDAY - DAY, PageViews("/old", 99)))
    found = traffic(site)
    assert found.pages == (WebPage("/b", 10, None), WebPage("/a", 5, 2))
    assert found.pages_over == DayRange(MONDAY, TODAY)


def test_without_single_days_the_latest_range_shows_its_pages(site):
    early, late = MONDAY - 90 * DAY, MONDAY - 30 * DAY
    apply(site, a_range(early, MONDAY, PageViews("/old", 1)), a_range(late, MONDAY + DAY, PageViews("/", 7, users=3)))
    found = traffic(site)
    assert found.pages == (WebPage("/", 7, 3),)
    assert found.pages_over == DayRange(late, MONDAY + DAY)
    assert found.known == DayRange(early, MONDAY + DAY)
    assert [week.views for week in found.weeks] == [None, None, None]
    assert traffic(site, (TODAY, TODAY)).pages_over is None


def test_all_time_begins_with_what_is_held(site):
    empty = traffic(site, None)
    assert (empty.first, empty.last, empty.known, empty.pages) == (TODAY, TODAY, None, ())
    apply(site, a_day(MONDAY - 20 * DAY))
    assert traffic(site, None).first == MONDAY - 20 * DAY
