"""Collective behaviours that threads, tags and urgent calls show; each value names the threads behind it."""

from collections import defaultdict
from datetime import datetime
from typing import Final

from workbench.ids import EventId, PersonId
from workbench.metrics.families import UNKNOWN_OFFICES, offices_of, written_in
from workbench.metrics.participation import may_not_be_first
from workbench.metrics.settled import NOT_KNOWN_YET, not_known, settled_in
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import Window
from workbench.models.moments import to_micros
from workbench.queries.frames import MeasureFrame
from workbench.queries.frames_threads import CALL_US

PEOPLE: Final = 5
OFFICES: Final = 3


def collective_intelligence(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Threads in which five people or more wrote in the window and that became an item of the Library.

    The denominator is all threads in which five people or more wrote.
    """
    _, people_of = written_in(frame, window)
    rich = sorted(thread for thread, people in people_of.items() if len(people) >= PEOPLE)
    kept = tuple(thread for thread in rich if thread in frame.library)
    return Value(len(kept), Unit.THREADS, len(kept), len(rich), detail={"thread_ids": kept})


def flash_coordination(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """Urgent threads begun in the window to which five people from three offices replied within 24 hours.

    The denominator is all threads begun in the window that were marked urgent, but for those not met that were marked
    only once their 24 hours were over, and those of whose 24 hours some are over and not known. "No data" where no
    office is known.
    """
    calls = [call for call in frame.urgent if window.start_us <= call.began_us < window.end_us]
    met = tuple(
        call.id for call in calls if len(call.responders) >= PEOPLE and offices_of(frame, call.responders) >= OFFICES
    )
    late = sum(call.is_late and call.id not in met for call in calls)
    calls = [call for call in calls if call.id in met or not call.is_late]
    until, now = to_micros(settled_in(frame, window, as_of)), to_micros(as_of)
    unknown = sum(until < call.began_us + CALL_US <= now and call.id not in met for call in calls)
    if not frame.ties.offices:
        return Value(None, Unit.THREADS, None, len(calls) - unknown, detail={"doubts": UNKNOWN_OFFICES})
    doubts = (*not_known(unknown, "the 24 hours after they began"), *_marked_late(late))
    detail = {"thread_ids": met, "doubts": doubts, NOT_KNOWN_YET: unknown}
    whole = len(calls) - unknown
    return Value(None if unknown and not whole else len(met), Unit.THREADS, len(met), whole, detail=detail)


def _marked_late(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    verb = "was" if count == 1 else "were"
    return (f"{count:,} more {verb} marked urgent after the first 24 hours; nobody was called, so it is not counted.",)


def interest_cultivation(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Tags first used in the window that five people or more from three offices or more used in it.

    The denominator is all tags first used in the window. `detail["may_not_be_first"]` is True where it begins within
    90 days of what is mirrored, unless that is all. "No data" where no office is known.
    """
    people: defaultdict[str, set[PersonId]] = defaultdict(set)
    threads: defaultdict[str, set[EventId]] = defaultdict(set)
    for use in frame.tags:
        if window.start_us <= use.start_us < window.end_us and window.start_us <= use.first_us < window.end_us:
            people[use.tag].update(use.people)
            threads[use.tag].update(use.threads)
    if not frame.ties.offices:
        return Value(None, Unit.TAGS, None, len(people), detail={"doubts": UNKNOWN_OFFICES})
    grown = tuple(
        tag for tag in sorted(people) if len(people[tag]) >= PEOPLE and offices_of(frame, people[tag]) >= OFFICES
    )
    behind = sorted({thread for tag in grown for thread in threads[tag]})
    detail = {"tags": grown, "thread_ids": tuple(behind), "may_not_be_first": may_not_be_first(frame, window)}
    return Value(len(grown), Unit.TAGS, len(grown), len(people), detail=detail)
