"""The loop: does what people write come back to them, and do they come back."""

from datetime import datetime
from typing import Final

from workbench.ids import PersonId
from workbench.metrics.participation import cut, sums_of
from workbench.metrics.value import Value, share
from workbench.metrics.window import Window
from workbench.models.moments import DAY_MICROSECONDS, from_day, to_micros
from workbench.queries.frames import MeasureFrame

RETURN_DAYS: Final = 30


def loop_feedback(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Messages of the window that drew a reply, a reaction or a mention by someone else, out of all."""
    echoed = sum(row.echoed for row in frame.echoes if window.start_us <= row.start_us < window.end_us)
    return share(echoed, sum(row.messages for row in sums_of(frame, window)))


def return_days(window: Window) -> tuple[Window, ...]:
    """The window with the 30 days after it."""
    return (Window.between(window.start_on, from_day(window.until_day + RETURN_DAYS)),)


def loop_return(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Members who wrote again on another day within 30 days of their first message of the window.

    The denominator is everybody who wrote in it and whose 30 days were over at `as_of`; whole days are counted.
    """
    (reach,) = return_days(window)
    today = to_micros(as_of) // DAY_MICROSECONDS
    first: dict[PersonId, int] = {}
    again = set[PersonId]()
    for row in cut(frame.written, reach):
        if row.day > today:
            break
        for person in row.people:
            begun = first.get(person)
            if begun is None:
                if row.day < window.until_day:
                    first[person] = row.day
            elif begun < row.day <= begun + RETURN_DAYS:
                again.add(person)
    members = frame.members.among(first.keys(), window.end_us)
    over = {person for person in members if first[person] + RETURN_DAYS < today}
    return share(len(again & over), len(over))
