"""Newcomers: the steps they take in 90 days, whether they are greeted, and whether they begin to write."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from workbench.metrics.value import Value, share
from workbench.metrics.window import Window
from workbench.models.moments import MICROSECOND, to_micros
from workbench.queries.frames import MeasureFrame
from workbench.queries.frames_people import BEGINNING_US, GREETING_US, Newcomer

ACTIVATED_US: Final = timedelta(days=30) // MICROSECOND
LEVELS: Final = ("joined", "reacted", "replied", "started", "led")


def funnel(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Of those who joined in the window, who reacted, or did more, within 90 days: the first step of the funnel.

    `detail["levels"]` has how many reached each level of `LEVELS`, where reaching one includes all before it, and
    `detail["rates"]` the step from each level to the next. Only people whose date of joining is known are counted,
    those who left again too; who leads is known as it stands now. A community's months are its cohorts.
    """
    joined = [one for one in came_in(frame, window) if one.is_dated]
    levels = tuple(sum(_level(frame, one) >= level for one in joined) for level in range(len(LEVELS)))
    rates = tuple(after / before if before else None for before, after in pairwise(levels))
    young = sum(one.came_us + BEGINNING_US > to_micros(as_of) for one in joined)
    doubts = (f"{young} of {len(joined)} have been here for less than 90 days.",) if young else ()
    return share(levels[1], levels[0], levels=levels, rates=rates, doubts=doubts)


def greeted(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Newcomers whom somebody answered, mentioned or reacted to within 3 days, out of those whose 3 days are over."""
    known = _over(came_in(frame, window), GREETING_US, as_of)
    return share(sum(one.greeted_us is not None for one in known), len(known))


def activated(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Newcomers of the window who wrote within 30 days, out of those who joined on a known date 30 days ago or more.

    `detail` tells greeted and not greeted ones apart, each as (activated, all): a difference is not a proof.
    """
    known = [one for one in _over(came_in(frame, window), ACTIVATED_US, as_of) if one.is_dated]
    kinds = {
        name: [one for one in known if (one.greeted_us is not None) is was]
        for name, was in (("greeted", True), ("not_greeted", False))
    }
    apart = {name: (sum(map(_wrote, people)), len(people)) for name, people in kinds.items()}
    return share(sum(map(_wrote, known)), len(known), **apart)


def came_in(frame: MeasureFrame, window: Window) -> list[Newcomer]:
    """Who came in the window."""
    return [one for one in frame.newcomers if window.start_us <= one.came_us < window.end_us]


def _over(people: Iterable[Newcomer], span: int, as_of: datetime) -> list[Newcomer]:
    return [one for one in people if one.came_us + span <= to_micros(as_of)]


def _wrote(one: Newcomer) -> bool:
    first = min((at for at in (one.replied_us, one.started_us) if at is not None), default=None)
    return first is not None and first < one.came_us + ACTIVATED_US


def _level(frame: MeasureFrame, one: Newcomer) -> int:
    if one.person in frame.leaders:
        return 4
    steps = (one.reacted_us, one.replied_us, one.started_us)
    return max((level for level, at in enumerate(steps, start=1) if at is not None), default=0)
