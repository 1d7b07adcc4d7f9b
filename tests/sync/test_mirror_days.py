"""Days of a web site: a slice replaces what was held for the same days, as a whole."""

from datetime import date

from tests.sync.mirrored import Mirrored, a_mirror
from workbench.models.changes import Changes
from workbench.models.moments import DayRange
from workbench.sync.records import PageViews, SiteDaysRecord

MONDAY, SUNDAY = date(2024, 3, 4), date(2024, 3, 10)


def a_slice(*pages: PageViews, first: date = MONDAY, last: date = MONDAY, is_partial: bool = False) -> SiteDaysRecord:
    return SiteDaysRecord("site", DayRange(first, last), pages, is_partial)


def days(mirrored: Mirrored):
    return mirrored.rows("SELECT page, views, users, sessions, events, is_partial FROM pageday ORDER BY day, page")


def test_a_day_is_replaced_whole(tmp_path):
    mirrored = a_mirror(tmp_path)
    first = a_slice(PageViews("/", 10, 4, 5, 6), PageViews("/gone", 1), is_partial=True)
    applied = mirrored.apply(first)
    assert (applied.added, applied.changes & Changes.VIEWS) == (1, Changes.VIEWS)
    assert days(mirrored) == [("/", 10, 4, 5, 6, 1), ("/gone", 1, None, None, None, 1)]
    assert mirrored.apply(first).unchanged == 1
    assert mirrored.apply(a_slice(PageViews("/", 12, 5))).changed == 1
    assert days(mirrored) == [("/", 12, 5, None, None, 0)]


def test_a_day_on_which_nobody_came_is_empty(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_slice(PageViews("/", 1)))
    mirrored.apply(a_slice())
    assert days(mirrored) == []


def test_a_range_is_kept_apart_from_days_and_from_other_ranges(tmp_path):
    mirrored = a_mirror(tmp_path)
    week = {"first": MONDAY, "last": SUNDAY}
    mirrored.apply(a_slice(PageViews("/", 1)), a_slice(PageViews("/", 70, 9), **week))
    mirrored.apply(a_slice(PageViews("/", 30), first=MONDAY, last=date(2024, 3, 6)))
    mirrored.apply(a_slice(PageViews("/", 71, 9), PageViews("/", 72, 9), **week))
    assert mirrored.rows("SELECT views, users FROM pagerange ORDER BY last_day") == [(30, None), (72, 9)]
    assert days(mirrored) == [("/", 1, None, None, None, 0)]
