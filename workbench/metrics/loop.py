"""The loop: does what people write come back to them, and do they come back."""

from collections import Counter, defaultdict
from collections.abc import Set
from datetime import datetime
from typing import Final

from workbench.ids import PersonId
from workbench.metrics.participation import cut, sums_of
from workbench.metrics.settled import NOT_KNOWN_YET, not_known, settled_in
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

    The denominator is everybody who wrote in it and whose 30 days were over at `as_of` and are known; whole days are
    counted.
    """
    (reach,) = return_days(window)
    today = to_micros(as_of) // DAY_MICROSECONDS
    first: dict[PersonId, int] = {}
    second: dict[PersonId, int | None] = {}
    rows = [row for row in cut(frame.written, reach) if row.day <= today]
    # Backwards: whatever was the first day becomes the second one when an earlier day comes.
    for row in reversed(rows):
        second.update(zip(row.people, map(first.get, row.people), strict=True))
        first.update(dict.fromkeys(row.people, row.day))
    known_day = to_micros(settled_in(frame, window, as_of)) // DAY_MICROSECONDS
    wrote = {person for person, day in first.items() if day < window.until_day and day + RETURN_DAYS < today}
    all_over = frame.members.among(wrote, window.end_us)
    over = {person for person in all_over if first[person] + RETURN_DAYS < known_day}
    unknown = len(all_over) - len(over)
    # Who did not come back in time on a later day may have on the first day itself.
    once: defaultdict[int, set[PersonId]] = defaultdict(set)
    for person in over:
        day, later = first[person], second[person]
        if later is None or later - day > RETURN_DAYS:
            once[day].add(person)
    stayed_away = sum(len(once[row.day] - _twice(row, once[row.day])) for row in rows if row.day in once)
    doubts = not_known(unknown, f"the {RETURN_DAYS} days after their message")
    return share(len(over) - stayed_away, len(over), doubts=doubts, **{NOT_KNOWN_YET: unknown})


def _twice(row: DayWriters, among: Set[PersonId]) -> set[PersonId]:
    """Who of these wrote more than once on a day; somebody stands there twice who wrote in two communities."""
    times = Counter(filter(among.__contains__, row.people))
    return {person for person, _ in row.more} | {person for person, count in times.items() if count > 1}
