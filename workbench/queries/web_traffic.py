"""Web traffic: page views of one web site by week, the pages seen most, and the days that are not wholly known.

Users are distinct counts: they are never added up, so a week has some only where the source gave that week as a whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.models.moments import DayRange, from_day, to_day
from workbench.queries.annotations import AnnotationRow, annotations
from workbench.queries.coverage import covered
from workbench.queries.weeks import WEEK_DAYS, monday_of

TOP_PAGES = 50


@dataclass(frozen=True, slots=True)
class WebWeek:
    """One week (`week` is its Monday); None where not all of its days are known, or nobody told its users."""

    week: date
    views: int | None
    users: int | None


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page of the site; users are known only where its views are no sum over several days."""

    page: str
    views: int
    users: int | None


@dataclass(frozen=True, slots=True)
class WebTraffic:
    """What is known of [first, last]; `gaps` are the days that are unknown or partial, oldest first.

    `pages_over` are the days the pages are about: those asked for, or a range that a file gave as a whole; None without
    pages. `known` spans everything held of the site, also outside of the period. `notes` are the leader's own.
    """

    first: date
    last: date
    weeks: tuple[WebWeek, ...]
    gaps: tuple[DayRange, ...]
    unknown_days: int
    partial_days: int
    pages: tuple[WebPage, ...]
    pages_over: DayRange | None
    known: DayRange | None
    notes: tuple[AnnotationRow, ...] = ()


def web_traffic(
    reader: Reader, community_id: CommunityId, days: tuple[date, date] | None, *, today: date
) -> WebTraffic:
    """The traffic of the days [first, last]; without `days`, of everything held up to `today`."""
    known = _known(reader, community_id)
    first, last = days or (min(known.first, today) if known is not None else today, today)
    start, until = monday_of(to_day(first)), monday_of(to_day(last)) + WEEK_DAYS
    rows = reader.rows(_DAYS, {"community": community_id, "first": start, "until": until})
    views = {day: count for day, count, _ in rows}
    partial = {day for day, _, is_partial in rows if is_partial}
    told = set(views) | _promised(reader, community_id, start, until)
    asked = range(to_day(first), to_day(last) + 1)
    unknown = [day for day in asked if day not in told]
    changing = [day for day in asked if day in partial]
    pages_over, pages = _pages(reader, community_id, DayRange(first, last))
    return WebTraffic(
        first,
        last,
        tuple(_weeks(range(start, until, WEEK_DAYS), views, told, _wholes(reader, community_id), last=to_day(last))),
        tuple(_runs(sorted((*unknown, *changing)))),
        len(unknown),
        len(changing),
        pages,
        pages_over,
        known,
        tuple(annotations(reader, (community_id,), first, last)),
    )


_DAYS = """
SELECT day, views, is_partial FROM pageday
WHERE community_id = :community AND day >= :first AND day < :until AND page = ''
"""
_WHOLES = """
SELECT first_day, views, users FROM pagerange
WHERE community_id = :community AND page = '' AND last_day = first_day + 6
"""
_TOP = """
SELECT page, sum(views) AS seen, CASE WHEN count(*) = 1 THEN max(users) END FROM pageday
WHERE community_id = :community AND day >= :first AND day <= :last AND page <> ''
GROUP BY page ORDER BY seen DESC, page LIMIT :limit
"""
_RANGE = """
SELECT first_day, last_day FROM pagerange
WHERE community_id = :community AND page <> '' AND first_day <= :last AND last_day >= :first
ORDER BY last_day DESC, first_day LIMIT 1
"""
_TOP_OF_RANGE = """
SELECT page, views, users FROM pagerange
WHERE community_id = :community AND first_day = :first AND last_day = :last AND page <> ''
ORDER BY views DESC, page LIMIT :limit
"""
_SPAN = """
SELECT min(first), max(last) FROM (
  SELECT min(day) AS first, max(day) AS last FROM pageday WHERE community_id = :community
  UNION ALL SELECT min(first_day), max(last_day) FROM pagerange WHERE community_id = :community
)
"""


def _weeks(
    mondays: Iterable[int],
    views: Mapping[int, int],
    told: set[int],
    wholes: Mapping[int, tuple[int, int | None]],
    *,
    last: int,
) -> Iterable[WebWeek]:
    """The running week counts "so far"; a part of one that is over would look like a fall."""
    for monday in mondays:
        days = range(monday, monday + WEEK_DAYS)
        known = sum(day in told for day in days)
        count = sum(views.get(day, 0) for day in days) if known == WEEK_DAYS or (known and days[-1] >= last) else None
        whole, users = wholes.get(monday, (None, None))
        yield WebWeek(from_day(monday), whole if count is None else count, users)


def _wholes(reader: Reader, community_id: CommunityId) -> dict[int, tuple[int, int | None]]:
    """{Monday: (views, users)} of weeks that the source gave as a whole."""
    rows = reader.rows(_WHOLES, {"community": community_id})
    return {first: (views, users) for first, views, users in rows if monday_of(first) == first}


def _promised(reader: Reader, community_id: CommunityId, start: int, until: int) -> set[int]:
    """Days that were read to their end, with or without anybody on them."""
    ranges = covered(reader, (community_id,), from_day(start), from_day(until - 1))
    return {day for found in ranges for day in range(to_day(found.first), to_day(found.last) + 1)}


def _pages(reader: Reader, community_id: CommunityId, days: DayRange) -> tuple[DayRange | None, tuple[WebPage, ...]]:
    """The pages seen most, from single days where there are any, else from the latest range that touches them."""
    asked = {"community": community_id, "first": to_day(days.first), "last": to_day(days.last)}
    rows = reader.rows(_TOP, {**asked, "limit": TOP_PAGES})
    if rows:
        return days, tuple(WebPage(*row) for row in rows)
    found = reader.one(_RANGE, asked)
    if found is None:
        return None, ()
    first, last = found
    rows = reader.rows(_TOP_OF_RANGE, {"community": community_id, "first": first, "last": last, "limit": TOP_PAGES})
    return DayRange(from_day(first), from_day(last)), tuple(WebPage(*row) for row in rows)


def _known(reader: Reader, community_id: CommunityId) -> DayRange | None:
    first, last = reader.one(_SPAN, {"community": community_id}) or (None, None)
    return None if first is None else DayRange(from_day(first), from_day(last))


def _runs(days: list[int]) -> Iterable[DayRange]:
    """Days in order as ranges."""
    begin = 0
    for place, day in enumerate(days):
        if place + 1 == len(days) or days[place + 1] != day + 1:
            yield DayRange(from_day(days[begin]), from_day(day))
            begin = place + 1
