"""Series: one row per week for the dashboard's charts, straight from stored sums."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, day_start, from_day, to_day, to_micros
from workbench.queries.frames import FramePart, MeasureFrame, load_frame
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.weeks import WEEK_DAYS, monday_of

_HOUR_MICROSECONDS = 3_600_000_000


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week (`week` is its Monday); the median is None where no thread of the week had a reply."""

    week: date
    messages: int
    contributors: int
    newcomers: int
    roots: int
    replied_roots: int
    first_reply_median_hours: float | None


def week_activity(reader: Reader, scope: Scope, first: date, last: date) -> list[WeekRow]:
    """A row for every week from the one of `first` to the one of `last`, weeks without a message too.

    Contributors and newcomers are counted as the measures of these names do. Over the whole network they are the stored
    numbers of people who wrote anywhere, so those who have left every community since are in them.
    """
    start, until = monday_of(to_day(first)), monday_of(to_day(last)) + WEEK_DAYS
    mondays = list(range(start, until, WEEK_DAYS))
    begin, end = day_start(from_day(start)), day_start(from_day(until))
    if scope:
        parts = FramePart.SUMS | FramePart.DAYS | FramePart.FIRSTS | FramePart.MEMBERS
        frame = load_frame(reader, scope, start=begin, end=end, parts=parts)
        contributors, newcomers = _contributors(frame), _newcomers(frame, start, until)
    else:
        frame = load_frame(reader, scope, start=begin, end=end, parts=FramePart.SUMS)
        contributors = Counter(dict(reader.rows(_NETWORK_WEEKS, (start, until))))
        newcomers = Counter(dict(reader.rows(_NETWORK_NEWCOMERS, {"first": start, "until": until})))
    messages = _messages(frame)
    threads = _threads(reader, scope, {"first": to_micros(begin), "until": to_micros(end)})
    return [
        WeekRow(
            week=from_day(monday),
            messages=messages[monday],
            contributors=contributors[monday],
            newcomers=newcomers[monday],
            roots=len(threads[monday]),
            replied_roots=sum(hours is not None for hours in threads[monday]),
            first_reply_median_hours=_median(threads[monday]),
        )
        for monday in mondays
    ]


_NETWORK_WEEKS = "SELECT week, contributors FROM networkweek WHERE week >= ? AND week < ?"
_NETWORK_NEWCOMERS = """
SELECT day - (day - :first) % 7, count(*) FROM (
  SELECT min(m.first_message_at) / 86400000000 AS day FROM member m WHERE m.first_message_at IS NOT NULL
  GROUP BY m.person_id
) WHERE day >= :first AND day < :until GROUP BY 1
"""


def _messages(frame: MeasureFrame) -> Counter[int]:
    """Messages by Monday."""
    messages: Counter[int] = Counter()
    for row in frame.sums:
        messages[monday_of(row.day)] += row.messages
    return messages


def _contributors(frame: MeasureFrame) -> Counter[int]:
    """People who wrote by Monday, those who were still in when the week ended."""
    people: defaultdict[int, set[PersonId]] = defaultdict(set)
    for row in frame.days:
        if row.posts or row.replies:
            people[monday_of(row.day)].add(row.person_id)
    return Counter(
        {
            monday: len(frame.members.among(wrote, (monday + WEEK_DAYS) * DAY_MICROSECONDS))
            for monday, wrote in people.items()
        }
    )


def _newcomers(frame: MeasureFrame, start: int, until: int) -> Counter[int]:
    """People by the Monday of the week of their first message ever, those who were still in when it ended."""
    first, end = start * DAY_MICROSECONDS, until * DAY_MICROSECONDS
    newcomers: Counter[int] = Counter()
    for person, moment in frame.first_contributions.items():
        if first <= moment < end:
            monday = monday_of(moment // DAY_MICROSECONDS)
            newcomers[monday] += frame.members.holds(person, (monday + WEEK_DAYS) * DAY_MICROSECONDS)
    return newcomers


def _threads(reader: Reader, scope: Scope, span: dict[str, object]) -> defaultdict[int, list[float | None]]:
    """Hours to the first reply of the threads by the Monday of their week; None without a reply."""
    statement = sql(
        "SELECT t.started_at, t.first_reply_at FROM thread t WHERE",
        within("t.community_id", scope),
        "AND t.started_at >= :first AND t.started_at < :until",
    )
    threads: defaultdict[int, list[float | None]] = defaultdict(list)
    for started, reply in reader.rows(statement, {**span, "scope": scope_parameter(scope)}):
        hours = None if reply is None else (reply - started) / _HOUR_MICROSECONDS
        threads[monday_of(started // DAY_MICROSECONDS)].append(hours)
    return threads


def _median(hours: list[float | None]) -> float | None:
    # By hand: `statistics` brings fractions, decimals and random numbers into every start of the window.
    known = sorted(value for value in hours if value is not None)
    if not known:
        return None
    return (known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2
