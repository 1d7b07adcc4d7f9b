"""Coverage: which days are completely mirrored, from when to when, and where the gaps are.

Over several communities a day's coverage is the share of them that are complete on it; a day counts as known from 90 %
on, the limit below which charts are hatched. Where it is known when a community began, the days before are known too:
there was nothing. Communities of people only have no days to be complete, and keep nobody from knowing all of them.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.models.moments import DayRange, from_day, to_day
from workbench.queries.beginnings import empty_before
from workbench.queries.people_only import written_in
from workbench.queries.scope import Scope, scope_parameter, seeking, sql

MINIMUM_COVERAGE = 0.9
_DAY = timedelta(days=1)


class CoverageMap:
    """How many of `communities` are complete on each day, as steps: (day, count from that day on)."""

    __slots__ = ("_communities", "_counts", "_days", "_sums")

    def __init__(self, ranges: list[tuple[int, int, int]], communities: int) -> None:
        """`ranges`: first day, last day, how many communities are complete on them."""
        changes: dict[int, int] = {}
        for first, last, held in ranges:
            changes[first] = changes.get(first, 0) + held
            changes[last + 1] = changes.get(last + 1, 0) - held
        self._communities = communities
        self._days = sorted(changes)
        self._counts: list[int] = []
        self._sums: list[int] = [0]  # community-days before each step
        count = 0
        for day in self._days:
            count += changes[day]
            self._counts.append(count)
        for (day, after), held in zip(pairwise(self._days), self._counts, strict=False):
            self._sums.append(self._sums[-1] + (after - day) * held)

    def share(self, first: date, last: date) -> float:
        """The complete community-days of [first, last] out of all of them; 0.0 where there is no community."""
        start, end = to_day(first), to_day(last) + 1
        if not self._communities or end <= start:
            return 0.0
        return (self._before(end) - self._before(start)) / (self._communities * (end - start))

    def known(self, first: date, last: date) -> list[DayRange]:
        """The ranges of [first, last] whose days are known."""
        start, end = to_day(first), to_day(last) + 1
        known: list[DayRange] = []
        for (day, after), held in zip(pairwise(self._days), self._counts, strict=False):
            begin, until = max(day, start), min(after, end)
            if begin >= until or not self._is_enough(held):
                continue
            if known and known[-1].last + _DAY == from_day(begin):
                known[-1] = DayRange(known[-1].first, from_day(until - 1))
            else:
                known.append(DayRange(from_day(begin), from_day(until - 1)))
        return known

    def gaps(self, first: date, last: date) -> list[DayRange]:
        """The ranges of [first, last] whose days are not known."""
        result: list[DayRange] = []
        begin = first
        for known in self.known(first, last):
            if begin < known.first:
                result.append(DayRange(begin, known.first - _DAY))
            begin = known.last + _DAY
        if begin <= last:
            result.append(DayRange(begin, last))
        return result

    def latest(self) -> DayRange | None:
        """The newest known days without a gap between them; None where there are none."""
        if not self._days:
            return None
        ranges = self.known(from_day(self._days[0]), from_day(self._days[-1] - 1))
        return ranges[-1] if ranges else None

    def until(self, start: date, end: date) -> date | None:
        """The day after the newest days known without a gap that begin before `end`; None where none of these is known.

        Known is here what is known as well as [start, end) itself: of a community that nobody fetches any more nothing
        came in these days, and nothing is missing after them.
        """
        held_there = self._communities * self.share(start, end - _DAY)
        if not held_there:
            return None
        border, until = to_day(end), 0
        for (day, after), held in zip(pairwise(self._days), self._counts, strict=False):
            if day >= border and day > until:
                break
            if held >= held_there * MINIMUM_COVERAGE and (day < border or day == until):
                until = after
        return from_day(until)

    def _is_enough(self, held: int) -> bool:
        return held > 0 and held >= self._communities * MINIMUM_COVERAGE

    def _before(self, day: int) -> int:
        """Complete community-days before `day`."""
        step = bisect_right(self._days, day) - 1
        return self._sums[step] + (day - self._days[step]) * self._counts[step] if step >= 0 else 0


def load_coverage(reader: Reader, scope: Scope, first: date, last: date) -> CoverageMap:
    """The coverage of [first, last]; days outside read as not covered."""
    scope = written_in(reader, scope)
    statement = sql(
        "SELECT first_day, last_day, count(*) FROM coverage WHERE",
        _counted(scope),
        "AND first_day <= :last AND last_day >= :first GROUP BY first_day, last_day",
    )
    span: dict[str, object] = {"scope": scope_parameter(scope), "first": to_day(first), "last": to_day(last)}
    before = _before(reader, scope, since=to_day(first))
    return CoverageMap([*_ranges(reader, statement, span), *before], _communities(reader, scope))


def covered(reader: Reader, scope: Scope, first: date, last: date) -> list[DayRange]:
    """The known ranges of [first, last], oldest first."""
    return load_coverage(reader, scope, first, last).known(first, last)


def covered_by_community(reader: Reader, first: date, last: date) -> dict[CommunityId, list[DayRange]]:
    """What was promised of each community, from one reading; one of which no day was promised is not in it.

    Days before a community began are not in it either; see `beginnings`.
    """
    ranges: dict[CommunityId, list[DayRange]] = {}
    span = {"first": to_day(first), "last": to_day(last)}
    for community, begin, end in reader.rows(_BY_COMMUNITY, span):
        ranges.setdefault(community, []).append(DayRange(from_day(begin), from_day(end)))
    return ranges


_BY_COMMUNITY = """
SELECT community_id, max(first_day, :first), min(last_day, :last) FROM coverage
WHERE first_day <= :last AND last_day >= :first ORDER BY community_id, first_day
"""


def coverage_share(reader: Reader, scope: Scope, first: date, last: date) -> float:
    """How much of [first, last] is completely mirrored, 0.0 to 1.0."""
    return load_coverage(reader, scope, first, last).share(first, last)


def gaps(reader: Reader, scope: Scope, first: date, last: date) -> list[DayRange]:
    """The ranges of [first, last] that are not known: what a chart hatches."""
    return load_coverage(reader, scope, first, last).gaps(first, last)


@dataclass(frozen=True, slots=True)
class Behind:
    """Of several `communities`, how many lack days of a span, and which of them lacks the most.

    `share` is how much of the span is known of that one, 0.0 to 1.0.
    """

    communities: int
    lacking: int
    worst: str
    share: float


def behind(reader: Reader, scope: Scope, first: date, last: date) -> Behind | None:
    """Who lacks days of [first, last], where some do: a day counts as known from 90 % of the communities on.

    None where nobody lacks a day, and of a single community, whose days say it themselves.
    """
    scope = written_in(reader, scope)
    start, end = to_day(first), to_day(last)
    if len(scope) == 1 or end < start:
        return None
    statement = sql(_HELD, _counted(scope, column="c.id"))
    found = reader.rows(statement, {"scope": scope_parameter(scope), "first": start, "last": end})
    empty = empty_before(reader, scope)
    lacks = []
    for id_, name, held in found:
        began = empty.get(id_)
        before = 0 if began is None else max(0, min(to_day(began) - 1, end) - start + 1)
        if held + before <= end - start:
            lacks.append(((held + before) / (end - start + 1), name))
    if not lacks or len(found) == 1:
        return None
    share, worst = min(lacks)
    return Behind(len(found), len(lacks), worst, share)


_HELD = """
SELECT c.id, c.name, (
  SELECT ifnull(sum(min(v.last_day, :last) - max(v.first_day, :first) + 1), 0) FROM coverage v
  WHERE v.community_id = c.id AND v.first_day <= :last AND v.last_day >= :first)
FROM community c WHERE
"""


def days_known(known: Sequence[DayRange], first: date, last: date) -> int:
    """How many days of [first, last] are in the ranges, which do not overlap."""
    return sum(max(0, (min(days.last, last) - max(days.first, first)).days + 1) for days in known)


def weeks_known(known: Sequence[DayRange], *, first: date, weeks: int, today: date) -> tuple[bool, ...]:
    """Whether each week from the Monday `first` on is known, oldest first.

    A week that is over is known when all its days are, and the one that runs is known "so far". Today and yesterday are
    left out: nobody can promise a day that is not over, and a sync may be a day old.
    """
    found: list[bool] = []
    for place in range(weeks):
        monday = first + timedelta(weeks=place)
        sunday = monday + 6 * _DAY
        if sunday < today:
            last = min(sunday, today - 2 * _DAY)
            found.append(days_known(known, monday, last) == (last - monday).days + 1)
        else:
            last = max(today - 2 * _DAY, monday - _DAY)
            begin = min(monday, last)
            found.append(days_known(known, begin, last) == (last - begin).days + 1)
    return tuple(found)


def known_until(reader: Reader, scope: Scope) -> date | None:
    """The last known day of the scope: what "known until" says beside every chart; None while nothing is known."""
    found = known_lately(reader, scope)
    return None if found is None else found.last


def known_lately(reader: Reader, scope: Scope) -> DayRange | None:
    """From when to when the scope is known without a gap, the newest such days; None while nothing is known."""
    scope = written_in(reader, scope)
    statement = sql(
        "SELECT first_day, last_day, count(*) FROM coverage WHERE",
        _counted(scope),
        "GROUP BY first_day, last_day",
    )
    ranges = _ranges(reader, statement, {"scope": scope_parameter(scope)})
    days = [to_day(day) for day in empty_before(reader, scope).values()]
    # Of what began today, yesterday is known.
    oldest = min([first for first, _, _ in ranges] or [day - 1 for day in days], default=0)
    before = [(oldest, day - 1, 1) for day in days if day > oldest]
    return CoverageMap([*ranges, *before], _communities(reader, scope)).latest()


def _before(reader: Reader, scope: Scope, *, since: int) -> list[tuple[int, int, int]]:
    """The days from `since` on before each community began, as ranges of a `CoverageMap`."""
    days = (to_day(day) for day in empty_before(reader, scope).values())
    return [(since, day - 1, 1) for day in days if day > since]


def _ranges(reader: Reader, statement: str, params: dict[str, object]) -> list[tuple[int, int, int]]:
    # Most communities share their days: thousands of ranges come as a few.
    return [(first, last, held) for first, last, held in reader.rows(statement, params)]


def _communities(reader: Reader, scope: Scope) -> int:
    """How many communities there are to be complete."""
    if scope:
        return len(set(scope))
    count: int = reader.scalar(sql("SELECT count(*) FROM (", _FOLLOWED, ")"))
    return count


def _counted(scope: Scope, *, column: str = "community_id") -> str:
    """The communities that are to be complete: of the whole network those that are followed."""
    if scope:
        return seeking(column, scope)
    return sql(column, "IN (", _FOLLOWED, ")")


# A web site has no messages, so it keeps nobody from knowing all of them: its days are its own.
_FOLLOWED = """
SELECT c.id FROM community c JOIN account a ON a.id = c.account_id
WHERE c.is_followed AND a.kind NOT IN ('google-analytics', 'analytics-file')
"""
