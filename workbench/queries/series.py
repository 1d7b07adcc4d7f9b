"""Series: one row per week for the dashboard's charts, straight from stored sums."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, day_start, from_day, to_day
from workbench.queries.frames import FramePart, MeasureFrame, ThreadSum, load_frame
from workbench.queries.scope import Scope
from workbench.queries.weeks import WEEK_DAYS, monday_of

_HOUR_MICROSECONDS = 3_600_000_000
# Nothing later is stored: whatever came counts.
_EVER = datetime.max.replace(tzinfo=UTC)


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
    parts = FramePart.SUMS | FramePart.THREADS | FramePart.FIRSTS
    if scope:
        parts |= FramePart.WROTE | FramePart.MEMBERS
    borders = [day_start(from_day(monday)) for monday in [*mondays, until]]
    frame = load_frame(reader, scope, start=borders[0], end=borders[-1], as_of=_EVER, cuts=borders, parts=parts)
    contributors = _contributors(frame) if scope else Counter(dict(reader.rows(_NETWORK_WEEKS, (start, until))))
    newcomers = _newcomers(frame, is_network=not scope)
    messages = _messages(frame)
    return [
        WeekRow(
            week=from_day(monday),
            messages=messages[monday],
            contributors=contributors[monday],
            newcomers=newcomers[monday],
            roots=threads.threads,
            replied_roots=len(threads.delays),
            first_reply_median_hours=_median_hours(threads),
        )
        for monday, threads in zip(mondays, frame.threads, strict=True)
    ]


_NETWORK_WEEKS = "SELECT week, contributors FROM networkweek WHERE week >= ? AND week < ?"


def _messages(frame: MeasureFrame) -> Counter[int]:
    """Messages by Monday."""
    messages: Counter[int] = Counter()
    for row in frame.sums:
        messages[monday_of(row.day)] += row.messages
    return messages


def _contributors(frame: MeasureFrame) -> Counter[int]:
    """People who wrote by Monday, those who were still in when the week ended."""
    people: defaultdict[int, set[PersonId]] = defaultdict(set)
    for row in frame.wrote:
        people[monday_of(row.day)].update(row.people)
    return Counter({monday: len(frame.members.among(wrote, _end_of(monday))) for monday, wrote in people.items()})


def _newcomers(frame: MeasureFrame, *, is_network: bool) -> Counter[int]:
    """People by the Monday of the week of their first message ever, those who were still in when it ended."""
    newcomers: Counter[int] = Counter()
    for person, moment in frame.first_contributions.items():
        monday = monday_of(moment // DAY_MICROSECONDS)
        newcomers[monday] += is_network or frame.members.holds(person, _end_of(monday))
    return newcomers


def _end_of(monday: int) -> int:
    return (monday + WEEK_DAYS) * DAY_MICROSECONDS


def _median_hours(threads: ThreadSum) -> float | None:
    return median(threads.delays) / _HOUR_MICROSECONDS if threads.delays else None
