"""Newcomers: the steps they take in 90 days, whether they are greeted, and whether they begin to write."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from workbench.metrics.settled import NOT_KNOWN_YET, not_known, settled_in
from workbench.metrics.value import Value, share
from workbench.metrics.window import Window
from workbench.models.moments import DAY_MICROSECONDS, to_micros
from workbench.queries.frames import MeasureFrame
from workbench.queries.frames_people import BEGINNING_US, Newcomer

GREETED_DAYS: Final = 3
ACTIVATED_DAYS: Final = 30
FUNNEL_DAYS: Final = 90
LEVELS: Final = ("joined", "reacted", "replied", "started", "led")


def funnel(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Of those who joined in the window, who reacted, or did more, within 90 days: the first step of the funnel.

    `detail["levels"]` has how many reached each level of `LEVELS`, where reaching one includes all before it, and
    `detail["rates"]` the step from each level to the next. Only people whose date of joining is known are counted,
    those who left again too; who leads is known as it stands now. A community's months are its cohorts.
    """
    came, until = [one for one in came_in(frame, window) if one.is_dated], to_micros(settled_in(frame, window, as_of))
    # Of whom 90 days are over, but not known, nobody can say what they did not do.
    joined = [one for one in came if not until < one.came_us + BEGINNING_US <= to_micros(as_of)]
    levels = tuple(sum(_level(frame, one) >= level for one in joined) for level in range(len(LEVELS)))
    rates = tuple(after / before if before else None for before, after in pairwise(levels))
    young = sum(one.came_us + BEGINNING_US > to_micros(as_of) for one in joined)
    doubts: tuple[str, ...] = (f"{young:,} of {len(joined):,} have been here for less than 90 days.",) if young else ()
    unknown = len(came) - len(joined)
    doubts += not_known(unknown, "the 90 days after they came")
    return share(levels[1], levels[0], levels=levels, rates=rates, doubts=doubts, **{NOT_KNOWN_YET: unknown})


def greeted(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Newcomers whom somebody answered, mentioned or reacted to within 3 days, out of those whose 3 days are over."""
    known, detail = _over(frame, window, came_in(frame, window), days=GREETED_DAYS, as_of=as_of)
    return share(sum(one.greeted_us is not None for one in known), len(known), **detail)


def activated(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Newcomers of the window who wrote within 30 days, out of those who joined on a known date 30 days ago or more.

    `detail` tells greeted and not greeted ones apart, each as (activated, all): a difference is not a proof.
    """
    dated = [one for one in came_in(frame, window) if one.is_dated]
    known, detail = _over(frame, window, dated, days=ACTIVATED_DAYS, as_of=as_of)
    kinds = {
        name: [one for one in known if (one.greeted_us is not None) is was]
        for name, was in (("greeted", True), ("not_greeted", False))
    }
    apart = {name: (sum(map(_wrote, people)), len(people)) for name, people in kinds.items()}
    return share(sum(map(_wrote, known)), len(known), **apart, **detail)


def came_in(frame: MeasureFrame, window: Window) -> list[Newcomer]:
    """Who came in the window."""
    return [one for one in frame.newcomers if window.start_us <= one.came_us < window.end_us]


def _over(
    frame: MeasureFrame, window: Window, people: Sequence[Newcomer], *, days: int, as_of: datetime
) -> tuple[list[Newcomer], dict[str, object]]:
    """Those whose days after they came are over and known, and what to say of those whose days are over alone."""
    ends = [one.came_us + days * DAY_MICROSECONDS for one in people]
    until, now = to_micros(settled_in(frame, window, as_of)), to_micros(as_of)
    unknown = sum(until < end <= now for end in ends)
    over = [one for one, end in zip(people, ends, strict=True) if end <= until]
    return over, {"doubts": not_known(unknown, f"the {days} days after they came"), NOT_KNOWN_YET: unknown}


def _wrote(one: Newcomer) -> bool:
    first = min((at for at in (one.replied_us, one.started_us) if at is not None), default=None)
    return first is not None and first < one.came_us + ACTIVATED_DAYS * DAY_MICROSECONDS


def _level(frame: MeasureFrame, one: Newcomer) -> int:
    if one.person in frame.leaders:
        return 4
    steps = (one.reacted_us, one.replied_us, one.started_us)
    return max((level for level, at in enumerate(steps, start=1) if at is not None), default=0)
