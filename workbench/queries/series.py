"""Series: one row per week for the dashboard's charts, straight from stored sums."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median
from typing import Final

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, WEEK_OF_THREAD, day_start, from_day, to_day
from workbench.queries.frames import FramePart, MeasureFrame, ThreadSum, load_frame
from workbench.queries.frames_sums import DELAY
from workbench.queries.scope import Scope
from workbench.queries.weeks import WEEK_DAYS, monday_of

_HOUR_MICROSECONDS: Final = 3_600_000_000
# Nothing later is stored: whatever came counts.
_EVER: Final = datetime.max.replace(tzinfo=UTC)

_Threads = tuple[int, int, float | None]
"""Of a week: threads begun, how many of them had a reply, the middle first reply in hours."""


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
    parts = FramePart.SUMS | FramePart.FIRSTS
    if scope:
        parts |= FramePart.THREADS | FramePart.WROTE | FramePart.MEMBERS
    borders = [day_start(from_day(monday)) for monday in [*mondays, until]]
    frame = load_frame(reader, scope, start=borders[0], end=borders[-1], as_of=_EVER, cuts=borders, parts=parts)
    stored = {} if scope else {row[0]: row[1:] for row in reader.rows(_NETWORK_WEEKS, (start, until))}
    contributors = _contributors(frame) if scope else Counter({week: row[0] for week, row in stored.items()})
    newcomers = _newcomers(frame, is_network=not scope)
    messages = _messages(frame)
    threads = map(_week_threads, frame.threads) if scope else _network_threads(reader, mondays, stored)
    return [
        WeekRow(
            week=from_day(monday),
            messages=messages[monday],
            contributors=contributors[monday],
            newcomers=newcomers[monday],
            roots=roots,
            replied_roots=replied,
            first_reply_median_hours=hours,
        )
        for monday, (roots, replied, hours) in zip(mondays, threads, strict=True)
    ]


_NETWORK_WEEKS = "SELECT week, contributors, threads, replied FROM networkweek WHERE week >= ? AND week < ?"
# The first replies of a week stand in their index from the quickest to the slowest: the middle is counted off.
_MIDDLE = f"""
SELECT {DELAY} FROM thread t INDEXED BY thread_week
WHERE {WEEK_OF_THREAD} = :week AND t.first_reply_at IS NOT NULL
ORDER BY t.first_reply_at - t.started_at LIMIT :n OFFSET :m
"""  # noqa: S608 - our own constant
_FIRST_MONDAY: Final = -719_162
"""Day number of 0001-01-01, from which `WEEK_OF_THREAD` counts."""


def _network_threads(
    reader: Reader, mondays: Sequence[int], stored: Mapping[int, tuple[int, int, int]]
) -> Iterator[_Threads]:
    """The threads begun in each week anywhere."""
    for monday in mondays:
        _, roots, replied = stored.get(monday, (0, 0, 0))
        middle = {"week": (monday - _FIRST_MONDAY) // WEEK_DAYS, "n": 2 - replied % 2, "m": (replied - 1) // 2}
        delays = [delay for (delay,) in reader.rows(_MIDDLE, middle)] if replied else []
        yield roots, replied, _hours(delays)


def _week_threads(threads: ThreadSum) -> _Threads:
    return threads.threads, len(threads.delays), _hours(threads.delays)


def _hours(delays: Sequence[int]) -> float | None:
    """The middle one."""
    return median(delays) / _HOUR_MICROSECONDS if delays else None


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
