"""How activity is spread: over people (split), over meetings (attendance), over weeks (burstiness)."""

from collections import Counter
from datetime import date, datetime, timedelta
from statistics import fmean, pstdev
from typing import Final

from workbench.metrics.participation import sums_of, written_by
from workbench.metrics.value import Unit, Value, percentile, share
from workbench.metrics.window import Window
from workbench.models.moments import DAY_MICROSECONDS, from_day, to_micros
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.frames import MeasureFrame
from workbench.queries.weeks import WEEK_DAYS, monday_of

BAND_WEEKS: Final = 8
BAND_WIDTH: Final = 2.0
_FEW: Final = 2
_HAIR: Final = 1e-9
"""Messages are whole numbers, borders are not: one that falls on the border by arithmetic is inside."""

Week = tuple[date, int, float, float]
"""Monday, messages, lower border, upper border."""


def split(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Members who wrote in the window, out of all; `detail` has how many wrote 0, 1-2 and more messages."""
    members = frame.members.count_at(window.end_us)
    written = written_by(frame, window)
    people = frame.members.among(written.keys(), window.end_us)
    counts = Counter(map(written.__getitem__, people))
    few = sum(counts[count] for count in range(1, _FEW + 1))
    return share(len(people), members, none=members - len(people), few=few, many=len(people) - few)


def attendance(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """The median of how many came to each meeting of the window.

    Numerator and denominator are all attendances and all meetings; `detail` adds the 90th percentile, the meetings one
    by one (for the trend) and how many came from each office and region that is known.
    """
    held = [each for each in frame.meetings if window.start_us <= each.at_us < window.end_us]
    sizes = sorted(len(each.people) for each in held)
    offices = Counter(
        frame.ties.offices[person] for each in held for person in each.people if person in frame.ties.offices
    )
    detail = {
        "p90": percentile(sizes, 0.9),
        "meetings": tuple((from_day(each.at_us // DAY_MICROSECONDS), len(each.people)) for each in held),
        "offices": tuple(sorted(offices.items())),
        "regions": tuple(sorted(Counter(region for each in held for region in each.regions).items())),
    }
    return Value(percentile(sizes, 0.5), Unit.PEOPLE, sum(sizes), len(held), detail=detail)


def weeks_before(window: Window) -> tuple[Window, ...]:
    """The eight weeks before the first whole week of the window."""
    first = from_day(_first_monday(window))
    return (Window.between(first - timedelta(weeks=BAND_WEEKS), first),)


def burstiness(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Weeks whose messages lie outside the mean of the eight weeks before ± two standard deviations.

    Only whole weeks of the window that were over at `as_of`, are known and have eight known weeks before them are
    judged: they are the denominator. What is missing is not nothing, so a gap keeps nine weeks from being judged.
    `detail["weeks"]` has each as (Monday, messages, lower border, upper border).
    """
    by_week = Counter[int]()
    (reach,) = weeks_before(window)
    for row in sums_of(frame, Window(reach.start, window.end)):
        by_week[monday_of(row.day)] += row.messages
    today = to_micros(as_of) // DAY_MICROSECONDS
    begun = None if frame.mirror_start is None else to_micros(frame.mirror_start) // DAY_MICROSECONDS
    judged: list[Week] = []
    for monday in range(_first_monday(window), min(window.until_day, today) - WEEK_DAYS + 1, WEEK_DAYS):
        is_here = begun is not None and begun <= monday - BAND_WEEKS * WEEK_DAYS
        if is_here and all(_is_known(frame, monday - back * WEEK_DAYS) for back in range(BAND_WEEKS + 1)):
            before = [by_week[monday - back * WEEK_DAYS] for back in range(1, BAND_WEEKS + 1)]
            mean, width = fmean(before), BAND_WIDTH * pstdev(before)
            judged.append((from_day(monday), by_week[monday], mean - width, mean + width))
    outside = tuple(week for week in judged if not week[2] - _HAIR <= week[1] <= week[3] + _HAIR)
    value = len(outside) if judged else None
    return Value(value, Unit.WEEKS, len(outside), len(judged), detail={"weeks": tuple(judged), "outside": outside})


def _is_known(frame: MeasureFrame, monday: int) -> bool:
    """Whether enough of the week from a Monday is known; a frame that does not say is whole."""
    if frame.known is None:
        return True
    return frame.known.share(from_day(monday), from_day(monday + WEEK_DAYS - 1)) >= MINIMUM_COVERAGE


def _first_monday(window: Window) -> int:
    return monday_of(window.first_day + WEEK_DAYS - 1)
