"""How people talk: curiosity, the share of dialogue, heat."""

from datetime import datetime
from heapq import nlargest
from math import fsum
from typing import Final

from workbench.metrics.participation import sums_of
from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window
from workbench.queries.frames import MeasureFrame

HOTTEST: Final = 10
_DIGITS: Final = 6
_ROUNDED: Final = 10.0**-_DIGITS


def curiosity(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Messages that hold a question, out of all messages of the window."""
    rows = sums_of(frame, window)
    return share(sum(row.questions for row in rows), sum(row.messages for row in rows))


def dialogue_share(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Messages of the window in threads where two people or more had written by `as_of`, out of all of the window."""
    talks = [talk for talk in frame.talks if window.start_us <= talk.start_us < window.end_us]
    messages = sum(len(talk.threads) for talk in talks)
    return share(messages - sum(sum(map(talk.alone.__contains__, talk.threads)) for talk in talks), messages)


def heat(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """How hot all threads are together at the window's end: replies 3, mentions 2, reactions 1, halved every 14 days.

    The denominator is the threads that are not cold. `detail["heats"]` has the ten hottest as (thread, heat), and
    `detail["thread_ids"]` names them.
    """
    at_end = next((each.heats for each in frame.heat if each.at_us == window.end_us), {})
    # Rounded, so that the order in which a database adds fractions up makes no difference.
    least = min(nlargest(HOTTEST, at_end.values()), default=0.0) - _ROUNDED
    heats = {thread: round(one, _DIGITS) for thread, one in at_end.items() if one >= least}
    hottest = sorted(heats.items(), key=lambda item: (-item[1], item[0]))[:HOTTEST]
    detail = {"heats": tuple(hottest), "thread_ids": tuple(thread for thread, _ in hottest)}
    return Value(round(fsum(at_end.values()), _DIGITS), Unit.SCORE, None, len(at_end), detail=detail)
