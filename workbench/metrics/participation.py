"""Who takes part: messages, contributors, new contributors, interactive people, retention, absence factor."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Set
from datetime import datetime
from itertools import chain
from typing import TypeVar

from workbench.ids import PersonId
from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window
from workbench.queries.frames import DaySum, DayWriters, MeasureFrame
from workbench.queries.people import DayPeople, everyone

MAJORITY = 0.5

DayRow = TypeVar("DayRow", DaySum, DayPeople, DayWriters)


def messages(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Posts and replies in the window."""
    count = sum(row.messages for row in sums_of(frame, window))
    return Value(count, Unit.MESSAGES, count)


def contributors(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Distinct people of M with at least one post or reply in the window."""
    wrote = everyone(cut(frame.wrote, window))
    count = len(frame.members.among(wrote, window.end_us))
    return Value(count, Unit.PEOPLE, count)


def new_contributors(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """People of M whose first post or reply ever lies in the window.

    `detail["may_not_be_first"]` is True where the window begins within 90 days of what is mirrored, unless that is all.
    """
    first, until = window.start_us, window.end_us
    new = {person for person, moment in frame.first_contributions.items() if first <= moment < until}
    count = len(frame.members.among(new, until))
    return Value(count, Unit.PEOPLE, count, detail={"may_not_be_first": may_not_be_first(frame, window)})


def may_not_be_first(frame: MeasureFrame, window: Window) -> bool:
    """Whether "first ever" may only mean "first seen" in this window."""
    return frame.first_seen_until is not None and window.start_on <= frame.first_seen_until


def interactive_users(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """People of M who wrote, reacted or mentioned someone in the window, out of all of M."""
    return share(len(interactive(frame, window)), frame.members.count_at(window.end_us))


def retention(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Interactive people of the window before who are interactive again, out of all of the window before.

    Needs the rows of `window.previous` in the frame.
    """
    before = interactive(frame, window.previous)
    now = interactive(frame, window)
    return share(len(before & now), len(before))


def absence_factor(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """The fewest people who together wrote at least half of the window's messages; "no data" without messages.

    Numerator and denominator are the messages of those people and of all.
    """
    return fewest_for_majority(sorted(written_by(frame, window).values(), reverse=True))


def written_by(frame: MeasureFrame, window: Window) -> Counter[PersonId]:
    """How many messages of the window each person wrote.

    Worked out once for each window of a frame: half a dozen measures ask for it.
    """
    written: Counter[PersonId] | None = frame.worked.get(("written by", window))
    if written is None:
        rows = cut(frame.written, window)
        written = Counter(chain.from_iterable(row.people for row in rows))
        for row in rows:
            for person, count in row.more:
                written[person] += count
        frame.worked["written by", window] = written
    return written


def fewest_for_majority(contributions: list[int], unit: Unit = Unit.PEOPLE) -> Value:
    """The smallest k whose k largest contributions sum up to at least half of all; expects them largest first."""
    total = sum(contributions)
    if not total:
        return Value(None, unit, 0, 0)
    held = 0
    for fewest, count in enumerate(contributions, start=1):
        held += count
        if held >= total * MAJORITY:
            return Value(fewest, unit, held, total)
    raise AssertionError  # the last sum is the total


def sums_of(frame: MeasureFrame, window: Window) -> tuple[DaySum, ...]:
    """The sums of the days in the window."""
    return cut(frame.sums, window)


def cut(rows: tuple[DayRow, ...], window: Window) -> tuple[DayRow, ...]:
    """The rows of the days in the window: two searches, no pass over the rest."""
    first = bisect_left(rows, window.first_day, key=_day)
    return rows[first : bisect_left(rows, window.until_day, lo=first, key=_day)]


def _day(row: DaySum | DayPeople | DayWriters) -> int:
    return row.day


def interactive(frame: MeasureFrame, window: Window) -> Set[PersonId]:
    """Who wrote, reacted or mentioned someone in the window and was a member at its end."""
    return frame.members.among(everyone(cut(frame.active, window)), window.end_us)
