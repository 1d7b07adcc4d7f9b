"""Settled: up to when it is known what came of a window: silence on days that nobody fetched is not silence.

What takes its time (an answer, a greeting, a return) counts as over once all days up to its end are known; until then
it is treated as one whose days are not over yet. Gaps inside a window are told by its coverage.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from workbench.metrics.window import Window
from workbench.models.moments import day_start
from workbench.queries.coverage import CoverageMap
from workbench.queries.frames import MeasureFrame

NOT_KNOWN_YET: Final = "not_known_yet"
"""In the detail of a value: how many were left out, because the days they had to be followed for are not known."""
_UNPROMISED: Final = timedelta(days=2)
"""Nobody can promise a day that is not over, and a sync may be a day old."""


def settled(coverage: CoverageMap | None, window: Window, *, as_of: datetime) -> datetime:
    """Up to when the days from the window on are known without a gap: `as_of` where all of them are.

    Known as well as the window itself is: of several communities some may not be known at all. A window that has only
    just ended, or has not, is told as it stands, and so is one of which nothing is known: its coverage says how much.
    """
    return as_of if as_of < window.end + _UNPROMISED else fetched(coverage, window, as_of=as_of)


def fetched(coverage: CoverageMap | None, window: Window, *, as_of: datetime) -> datetime:
    """As `settled`, of a window that runs, too."""
    until = None if coverage is None else coverage.until(window.start_on, window.end_on)
    if until is None or until > as_of.astimezone(UTC).date() - _UNPROMISED:
        return as_of
    return day_start(until)


def settled_in(frame: MeasureFrame, window: Window, as_of: datetime) -> datetime:
    """The same of a frame; one that does not say what is known is whole. Worked out once for each window."""
    key = ("settled", window, as_of)
    found: datetime | None = frame.worked.get(key)
    if found is None:
        found = frame.worked[key] = settled(frame.known, window, as_of=as_of)
    return found


def answered_part(window: Window, until: datetime, *, days: int, as_of: datetime) -> Window | None:
    """The days of a window whose `days` after them lie before `until`; None where there are none.

    Where all is known up to `as_of` that is the window: what is younger may still be answered, and counts as it stands.
    """
    if until == as_of:
        return window
    end = min(window.end, until - timedelta(days=days))
    return Window(window.start, end) if window.start < end else None


def not_known(count: int, what: str) -> tuple[str, ...]:
    """A word of doubt: of how many `what` is over, but not known."""
    return (f"Of {count:,} more {what} are not known, so they are not counted.",) if count else ()
