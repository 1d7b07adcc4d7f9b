"""Who stays and who goes: drifting, lapsed, inactive and occasional people, and the health index."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from workbench.ids import PersonId
from workbench.metrics.participation import cut, everyone, interactive, written_by
from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window, months_before
from workbench.models.moments import DAY_MICROSECONDS, from_day, to_micros
from workbench.queries.frames import MeasureFrame

LAPSED_ACTS: Final = 50
LAPSED_ACTIVE: Final = timedelta(days=90)
LAPSED_SILENT: Final = timedelta(days=30)
INACTIVE_DAYS: Final = 180
OCCASIONAL_FEWEST: Final = 3
OCCASIONAL_GAP_DAYS: Final = 30
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
    did: dict[PersonId, int] = {}
    quiet = set[PersonId]()
    for row in frame.acts:
        columns = zip(row.people, row.posts, row.replies, row.reactions, row.mentions, strict=True)
        if active.start_us <= row.start_us < active.end_us:
            for person, *acts in columns:
                did[person] = did.get(person, 0) + sum(acts)
        elif silent.start_us <= row.start_us < silent.end_us:
            quiet.update(row.people)
    regulars = frame.members.among({person for person, acts in did.items() if acts >= LAPSED_ACTS}, window.end_us)
    count = len(regulars - quiet)
    return Value(count, Unit.PEOPLE, count, len(regulars), detail={"doubts": _short(frame, active)})


def inactive(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:
    """People whose last message lies in the window and who had then written nothing for 180 days by `as_of`.

    Whole days are counted. The denominator is everybody whose last message lies in the window: those of the last 180
    days may still come back. Nothing is known of them where the whole window is younger than that; where a part of it
    is, a word of doubt says how many may still be added.
    """
    today = to_micros(as_of) // DAY_MICROSECONDS
    last = [at // DAY_MICROSECONDS for at in frame.last_contributions.values() if window.start_us <= at < window.end_us]
    known_on = window.start_us // DAY_MICROSECONDS + INACTIVE_DAYS
    if last and known_on > today:
        doubt = f"Nobody can have been silent for {INACTIVE_DAYS} days yet; this is known from {from_day(known_on)} on."
        return Value(None, Unit.PEOPLE, None, len(last), detail={"doubts": (doubt,)})
    count = sum(day + INACTIVE_DAYS <= today for day in last)
    waits = len(last) - count
    doubt = f"So far: the last message of {waits} more is younger than {INACTIVE_DAYS} days."
    return Value(count, Unit.PEOPLE, count, len(last), detail={"doubts": (doubt,) if waits else ()})


def occasional(
    frame: MeasureFrame,
    window: Window,
    *,
    as_of: datetime,  # noqa: ARG001 - one shape for all
    fewest: int = OCCASIONAL_FEWEST,
    gap_days: int = OCCASIONAL_GAP_DAYS,
) -> Value:
    """Members who wrote fewer than `fewest` messages in the window, or paused for more than `gap_days` between two.

    Both limits are free. The denominator is everybody who wrote.
    """
    days: dict[PersonId, list[int]] = {}
    for row in cut(frame.written, window):
        for person in row.people:
            days.setdefault(person, []).append(row.day)
    written = written_by(frame, window)
    wrote = frame.members.among(days.keys(), window.end_us)
    rare = [person for person in wrote if written[person] < fewest or _longest_gap(days[person]) > gap_days]
    return Value(len(rare), Unit.PEOPLE, len(rare), len(wrote))


def health_index(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape
    """Members active in the window, out of those active at least once in the twelve months up to its end."""
    (year,) = last_year(window)
    now, base = interactive(frame, window), interactive(frame, year)
    return share(len(now & base), len(base), doubts=_short(frame, year))


def _longest_gap(days: list[int]) -> int:
    return max((after - before for before, after in pairwise(days)), default=0)


def _short(frame: MeasureFrame, span: Window) -> tuple[str, ...]:
    """A word of doubt where the copy begins inside the span that was to be looked at."""
    begun = frame.mirror_start
    # Where everything there ever was is here, nothing is missing before its beginning.
    if begun is None or frame.first_seen_until is None or begun <= span.start:
        return ()
    return (f"The copy begins on {begun.date().isoformat()}, so what was before is not counted.",)
