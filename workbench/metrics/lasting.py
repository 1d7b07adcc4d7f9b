"""Who stays and who goes: drifting, lapsed, inactive and occasional people, and the health index."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from workbench.ids import PersonId
from workbench.metrics.participation import cut, interactive, written_by
from workbench.metrics.settled import NOT_KNOWN_YET, settled_in
from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window, months_before
from workbench.models.moments import DAY_MICROSECONDS, from_day, to_micros
from workbench.queries.frames import DayWriters, MeasureFrame
from workbench.queries.frames_people import REGULAR_DAYS
from workbench.queries.people import everyone

LAPSED_ACTIVE: Final = timedelta(days=REGULAR_DAYS)
LAPSED_SILENT: Final = timedelta(days=30)
INACTIVE_DAYS: Final = 180
_YEAR, _HALF_YEAR = 12, 6


def last_year(window: Window) -> tuple[Window, ...]:
    """The twelve months up to the window's end."""
    return (Window.between(months_before(window.end_on, _YEAR), window.end_on),)


def half_years(window: Window) -> tuple[Window, ...]:
    """The earlier and the later half of the twelve months up to the window's end."""
    middle = months_before(window.end_on, _HALF_YEAR)
    return Window.between(months_before(window.end_on, _YEAR), middle), Window.between(middle, window.end_on)


def activity_and_silence(window: Window) -> tuple[Window, ...]:
    """The 90 days in which a regular was active, and the 30 days of silence up to the window's end."""
    silent = window.end - LAPSED_SILENT
    return Window(silent - LAPSED_ACTIVE, silent), Window(silent, window.end)


def drifting(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Members who wrote in the twelve months up to the window's end, but nothing in the last six of them.

    Numerator and denominator are these people and all who wrote in the twelve months.
    """
    earlier, later = half_years(window)
    before, since = everyone(cut(frame.wrote, earlier)), everyone(cut(frame.wrote, later))
    gone = frame.members.among(before - since, window.end_us)
    wrote = frame.members.among(before | since, window.end_us)
    return Value(len(gone), Unit.PEOPLE, len(gone), len(wrote), detail={"doubts": _short(frame, earlier)})


def lapsed(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Members who did 50 things or more within 90 days, and then nothing in the 30 days up to the window's end.

    Numerator and denominator are these people and all who were as active in those 90 days.
    """
    active, silent = activity_and_silence(window)
    found = {person for row in frame.regulars if row.start_us == active.start_us for person in row.people}
    regulars = frame.members.among(found, window.end_us)
    count = len(regulars - everyone(cut(frame.active, silent)))
    return Value(count, Unit.PEOPLE, count, len(regulars), detail={"doubts": _short(frame, active)})


def inactive(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """People whose last message lies in the window and who had then written nothing for 180 days by `as_of`.

    Whole days are counted. The denominator is everybody whose last message lies in the window: those of the last 180
    days may still come back, and so may those whose 180 days nobody fetched. Nothing is known of them where the whole
    window is younger than that; where a part of it is, a word of doubt says how many may still be added.
    """
    now = to_micros(as_of) // DAY_MICROSECONDS
    today = to_micros(settled_in(frame, window, as_of)) // DAY_MICROSECONDS
    last = [at // DAY_MICROSECONDS for at in frame.last_contributions.values() if window.start_us <= at < window.end_us]
    known_on = window.start_us // DAY_MICROSECONDS + INACTIVE_DAYS
    if last and known_on > today:
        doubt = f"Nobody can have been silent for {INACTIVE_DAYS} days yet; this is known from {from_day(known_on)} on."
        if known_on <= now:
            doubt = f"The {INACTIVE_DAYS} days after these messages are not known."
        detail = {"doubts": (doubt,), NOT_KNOWN_YET: sum(today < day + INACTIVE_DAYS <= now for day in last)}
        return Value(None, Unit.PEOPLE, None, len(last), detail=detail)
    count = sum(day + INACTIVE_DAYS <= today for day in last)
    waits = len(last) - count
    doubt = f"So far: of {waits} more the {INACTIVE_DAYS} days after their last message are not over, or not known."
    return Value(count, Unit.PEOPLE, count, len(last), detail={"doubts": (doubt,) if waits else ()})


def occasional(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Members who wrote fewer messages in the window than the coordinator chose, or paused for longer between two.

    The denominator is everybody who wrote; `detail` has both limits.
    """
    fewest, gap_days = frame.seldom
    written = written_by(frame, window)
    wrote = frame.members.among(written.keys(), window.end_us)
    rare = _paused(cut(frame.written, window), gap_days) & wrote
    rare |= {person for person in wrote if written[person] < fewest}
    return Value(len(rare), Unit.PEOPLE, len(rare), len(wrote), detail={"fewest": fewest, "gap_days": gap_days})


def health_index(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Members active in the window, out of those active at least once in the twelve months up to its end."""
    (year,) = last_year(window)
    now, base = interactive(frame, window), interactive(frame, year)
    return share(len(now & base), len(base), doubts=_short(frame, year))


def _paused(rows: Sequence[DayWriters], days: int) -> set[PersonId]:
    """Who wrote on two days with more than so many between them, and on none of these."""
    last: dict[PersonId, int] = {}
    paused = set[PersonId]()
    for row in rows:
        if row.day - rows[0].day > days:  # before that nobody can have
            paused.update(person for person in row.people if last.get(person, row.day) < row.day - days)
        last.update(dict.fromkeys(row.people, row.day))
    return paused


def _short(frame: MeasureFrame, span: Window) -> tuple[str, ...]:
    """A word of doubt where the copy begins inside the span that was to be looked at."""
    begun = frame.mirror_start
    # Where everything there ever was is here, nothing is missing before its beginning.
    if begun is None or frame.first_seen_until is None or begun <= span.start:
        return ()
    return (f"The copy begins on {begun.date().isoformat()}, so what was before is not counted.",)
