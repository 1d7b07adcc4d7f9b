"""Adoption: how many of those who could take part ever did, how fast that grows, and what views tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import exp, log
from typing import Final

from workbench.ids import PersonId
from workbench.metrics.participation import cut
from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window
from workbench.queries.frames import MeasureFrame
from workbench.queries.frames_plans import HeadCount, head_count_on
from workbench.queries.people import everyone

MARKS: Final = (0.16, 0.50)
"""Where innovators and early adopters end, and where half is reached: bands are a definition, not a finding."""
FEWEST_POINTS: Final = 8
_CEILINGS: Final = 40


def adoption(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """People who ever wrote, reacted or mentioned someone up to the window's end, out of the head count of the office.

    "No data" while no head count was typed in; the numerator is known all the same. `detail` has how much the number
    of people grew in the window ("growth", a share of those before it) and the next of the marks at 16 % and 50 %.
    """
    before = sum(people for day, people in frame.first_acts if day < window.first_day)
    people = sum(people for day, people in frame.first_acts if day < window.until_day)
    growth = (people - before) / before if before else None
    staff = _staff(frame, window, as_of)
    if staff is None:
        doubts = (_none_holds(frame),)
        return Value(None, Unit.SHARE, people, None, detail={"growth": growth, "next_mark": None, "doubts": doubts})
    reached = people / staff.people if staff.people else 0.0
    next_mark = next((mark for mark in MARKS if reached < mark), None)
    doubt = f"The head count of {staff.people} is of {staff.on.isoformat()} ({staff.source})."
    return share(people, staff.people, growth=growth, next_mark=next_mark, doubts=(doubt,))


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve: share(t) = ceiling / (1 + exp(-rate × (t - midpoint))), t in the unit of the points."""

    ceiling: float
    rate: float
    midpoint: float

    def at(self, moment: float) -> float:
        """The share it gives at a moment."""
        return self.ceiling / (1 + exp(-self.rate * (moment - self.midpoint)))


def fit_logistic(points: Sequence[tuple[float, float]]) -> Curve | None:
    """The logistic curve nearest to (moment, share) points by least squares; None with fewer than eight of them.

    For a given ceiling the curve is a straight line in ln(share / (ceiling - share)), whose two numbers follow from
    the normal equations. Ceilings are tried from just above the highest point to 1, closely at first, and the one with
    the smallest sum of squared errors of the shares themselves wins. Also None for points that do not rise.
    """
    told = [(moment, reached) for moment, reached in points if 0 < reached < 1]
    if len(told) < FEWEST_POINTS or told[-1][1] <= told[0][1]:
        return None
    highest = max(reached for _, reached in told)
    ceilings = [highest + (1 - highest) * ((step + 0.5) / _CEILINGS) ** 2 for step in range(_CEILINGS)] + [1.0]
    curves = [curve for ceiling in ceilings if (curve := _line_through(told, ceiling)) is not None]
    return min(curves, key=lambda curve: sum((curve.at(at) - reached) ** 2 for at, reached in told), default=None)


def _line_through(points: Sequence[tuple[float, float]], ceiling: float) -> Curve | None:
    """The curve of this ceiling from the straight line through the logits; None where it does not rise."""
    logits = [(moment, log(reached / (ceiling - reached))) for moment, reached in points if reached < ceiling]
    middle = sum(moment for moment, _ in logits) / len(logits)
    height = sum(logit for _, logit in logits) / len(logits)
    spread = sum((moment - middle) ** 2 for moment, _ in logits)
    if not spread:
        return None
    rate = sum((moment - middle) * (logit - height) for moment, logit in logits) / spread
    return Curve(ceiling, rate, middle - height / rate) if rate > 0 else None


def reach(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """People who saw something in the window, out of the head count of the office; "no data" without either."""
    seen, staff = _viewers(frame, window), _staff(frame, window, as_of)
    if not seen or staff is None:
        return Value(None, Unit.SHARE, len(seen), None if staff is None else staff.people)
    return share(len(seen), staff.people)


def post_engagement(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """People who wrote, reacted or mentioned someone in the window, out of those who saw something in it.

    Somebody may act on what was seen elsewhere, so this can be more than 100 %.
    """
    seen, acted = len(_viewers(frame, window)), len(everyone(cut(frame.active, window)))
    return Value(acted / seen, Unit.RATIO, acted, seen) if seen else Value(None, Unit.RATIO, 0, 0)


def _counted_on(window: Window, as_of: datetime) -> date:
    """The day whose head count holds: the last one of a window, but today for days up to yesterday."""
    return window.end_on if window.end_on == as_of.astimezone(UTC).date() else window.end_on - timedelta(days=1)


def _staff(frame: MeasureFrame, window: Window, as_of: datetime) -> HeadCount | None:
    """The head count that holds on the last day of the window, or today where it ends now."""
    return head_count_on(frame.staff, _counted_on(window, as_of))


def _none_holds(frame: MeasureFrame) -> str:
    if not frame.staff:
        return "Nobody has typed in yet how many people could take part."
    return f"The first head count is of {frame.staff[0].on.isoformat()}, and it was not said to hold before."


def _viewers(frame: MeasureFrame, window: Window) -> set[PersonId]:
    return {person for at, people in frame.viewers if window.start_us <= at < window.end_us for person in people}
