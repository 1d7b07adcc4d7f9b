"""Shares of the programme: activities by pillar, communities with somebody who leads them."""

from collections import Counter
from datetime import datetime
from typing import Final

from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window
from workbench.models.kinds import Pillar
from workbench.queries.frames import MeasureFrame

NOBODY_KNOWN: Final = ("Nobody here is known to lead.",)
NOBODY_SAID: Final = ("Nobody has said yet who asked for these communities; their cards have a place for it.",)
LONG_PAST: Final = ("Who leads is known as it stands now, and not for days so long past.",)


def pillar_balance(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """The share of the strongest pillar among the activities of plans that run in the window.

    `detail["pillars"]` has how many activities stand on each, in the order Billboard, U&I, Library, Dialogue, none.
    """
    running = [
        each for each in frame.activities if each.first_day < window.until_day and each.until_day > window.first_day
    ]
    counts = Counter(each.pillar for each in running)
    told = tuple((None if pillar is None else pillar.value, counts[pillar]) for pillar in (*Pillar, None))
    return share(max((counts[pillar] for pillar in Pillar), default=0), len(running), pillars=told)


def coordinated(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Followed communities that have a member in a leading role, out of all, as it stands now.

    "No data" where nobody's role is known at all, and for a window with another as long behind it that is over: since
    when somebody leads is not known.
    """
    doubts = NOBODY_KNOWN if not frame.coordination.is_told else LONG_PAST if window.following.end <= as_of else ()
    if doubts:
        return Value(None, Unit.SHARE, None, frame.coordination.communities, detail={"doubts": doubts})
    return share(frame.coordination.with_one, frame.coordination.communities)


def bottom_up(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Followed communities that their members asked for, out of all, as their cards say now.

    "No data" where no card says who asked; where some do not, a word of doubt says how many.
    """
    told = frame.coordination
    if told.unsaid == told.communities:
        return Value(None, Unit.SHARE, None, told.communities, detail={"doubts": NOBODY_SAID})
    doubt = f"Of {told.unsaid:,} of them nobody has said who asked; they count as not asked for by members."
    return share(told.asked_for, told.communities, doubts=(doubt,) if told.unsaid else ())
