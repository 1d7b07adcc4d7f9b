"""The loop: does what people write come back to them, and do they come back."""

from collections import Counter
from datetime import datetime
from typing import Final

from workbench.ids import PersonId
from workbench.metrics.participation import cut, sums_of
from workbench.metrics.value import Value, share
from workbench.metrics.window import Window
from workbench.models.moments import DAY_MICROSECONDS, from_day, to_micros
from workbench.queries.frames import DayWriters, MeasureFrame

RETURN_DAYS: Final = 30


def loop_feedback(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Messages of the window that drew a reply, a reaction or a mention by someone else, out of all."""
    echoed = sum(row.echoed for row in frame.echoes if window.start_us <= row.start_us < window.end_us)
    return share(echoed, sum(row.messages for row in sums_of(frame, window)))


def return_days(window: Window) -> tuple[Window, ...]:
    """The window with the 30 days after it."""
    return (Window.between(window.start_on, from_day(window.until_day + RETURN_DAYS)),)


def loop_return(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Members who wrote again within 30 days of their first message of the window, the same day included.

    The denominator is everybody who wrote in it and whose 30 days were over at `as_of`; whole days are counted.
    """
    (reach,) = return_days(window)
    today = to_micros(as_of) // DAY_MICROSECONDS
    first: dict[PersonId, int] = {}
    again, awaited = set[PersonId](), set[PersonId]()
    begun: dict[int, set[PersonId]] = {}
    until = window.until_day
    for row in cut(frame.written, reach):
        if row.day > today:
            break
        for day in [day for day in begun if day + RETURN_DAYS < row.day]:
            awaited -= begun.pop(day)
        people = set(row.people)
        back = awaited & people
        again |= back
        awaited -= back
        if row.day < until:
            begun[row.day] = new = people - first.keys()
            first.update(dict.fromkeys(new, row.day))
            awaited |= new
            again |= new & _twice(row)
    members = frame.members.among(first.keys(), window.end_us)
    over = {person for person in members if first[person] + RETURN_DAYS < today}
    return share(len(again & over), len(over))


def _twice(row: DayWriters) -> set[PersonId]:
    """Who wrote more than once on a day; somebody stands there twice who wrote in two communities."""
    found = {person for person, _ in row.more}
    if len(set(row.people)) < len(row.people):
        found.update(person for person, count in Counter(row.people).items() if count > 1)
    return found
