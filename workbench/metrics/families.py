"""Engagement, involvement and co-creation: three of the five families of the scorecard."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime, timedelta
from itertools import chain, pairwise, repeat
from statistics import median
from typing import Final

from workbench.ids import EventId, PersonId
from workbench.metrics.participation import cut
from workbench.metrics.value import Unit, Value, share
from workbench.metrics.window import Window
from workbench.models.moments import from_day
from workbench.queries.frames import MeasureFrame
from workbench.queries.people import everyone
from workbench.queries.weeks import monday_of

WEEKS: Final = 13
CREATORS: Final = 3
CREATOR_OFFICES: Final = 2
UNKNOWN_OFFICES: Final = ("No office is known here, so nobody can say how many took part.",)


def thirteen_weeks(window: Window) -> tuple[Window, ...]:
    """The last 13 whole weeks that were over at the window's end, oldest first."""
    end = from_day(monday_of(window.until_day))
    mondays = [end - timedelta(weeks=back) for back in range(WEEKS, -1, -1)]
    return tuple(Window.between(monday, after) for monday, after in pairwise(mondays))


def engagement(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """In how many of 13 weeks an interactive member did something: the median over those who did anything in them.

    Numerator and denominator are the active weeks of all these members and how many members they are.
    """
    weeks = thirteen_weeks(window)
    sizes = [len(frame.members.among(people, window.end_us)) for people in _by_weeks(frame, weeks)]
    begun = frame.mirror_start
    doubts: tuple[str, ...] = ()
    if begun is not None and frame.first_seen_until is not None and begun > weeks[0].start:
        held = sum(week.start >= begun for week in weeks)
        doubts = (f"The copy holds {held} of the {WEEKS} weeks.",)
    # How many were active in exactly one week, two, and so on.
    exactly = [size - more for size, more in pairwise([*sizes, 0])]
    counts = list(chain.from_iterable(repeat(count, people) for count, people in enumerate(exactly, start=1)))
    value = median(counts) if counts else None
    return Value(value, Unit.WEEKS, sum(counts), len(counts), detail={"doubts": doubts})


def _by_weeks(frame: MeasureFrame, weeks: Sequence[Window]) -> list[Set[PersonId]]:
    """Who was active in one of these weeks or more, in two or more, and so on."""
    levels: list[Set[PersonId]] = []
    for week in weeks:
        again = everyone(cut(frame.active, week))
        for level, people in enumerate(levels):
            levels[level], again = people | again, people & again
        levels.append(again)
    return levels


def involvement(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Members who hold a role, task or event in a plan that runs in the window, out of all members.

    "No data" where no such plan names anybody who was ever here: what nobody planned tells nothing of who takes part.
    """
    held = {
        each.person
        for each in frame.holdings
        if each.first_day < window.until_day and each.until_day > window.first_day
    }
    members = frame.members.count_at(window.end_us)
    if not held:
        return Value(None, Unit.SHARE, None, members, detail={"doubts": (_NO_PLAN,)})
    return share(len(frame.members.among(held, window.end_us)), members)


_NO_PLAN: Final = "No plan of these days gives anybody here a role, a task or an event."


def co_creation(frame: MeasureFrame, window: Window, *, as_of: datetime) -> Value:  # noqa: ARG001 - one shape for all
    """Threads in which at least three people from at least two offices wrote in the window.

    The denominator is all threads in which somebody wrote; `detail["thread_ids"]` names those counted. "No data" where
    no office is known.
    """
    threads, people_of = written_in(frame, window)
    if not frame.ties.offices:
        return Value(None, Unit.THREADS, None, threads, detail={"doubts": UNKNOWN_OFFICES})
    made = sorted(thread for thread, people in people_of.items() if offices_of(frame, people) >= CREATOR_OFFICES)
    return Value(len(made), Unit.THREADS, len(made), threads, detail={"thread_ids": tuple(made)})


def written_in(frame: MeasureFrame, window: Window) -> tuple[int, Mapping[EventId, Set[PersonId]]]:
    """In how many threads somebody wrote in the window, and who wrote in those in which three people or more did.

    Worked out once for each window of a frame: two measures ask for it.
    """
    found: tuple[int, Mapping[EventId, Set[PersonId]]] | None = frame.worked.get(("written in", window))
    if found is None:
        talks = [talk for talk in frame.talks if window.start_us <= talk.start_us < window.end_us]
        messages = Counter(chain.from_iterable(talk.threads for talk in talks))
        people: dict[EventId, set[PersonId]] = {
            thread: set() for thread, count in messages.items() if count >= CREATORS
        }
        for thread, person in chain.from_iterable(zip(talk.threads, talk.people, strict=True) for talk in talks):
            if thread in people:
                people[thread].add(person)
        several = {thread: them for thread, them in people.items() if len(them) >= CREATORS}
        found = frame.worked["written in", window] = (len(messages), several)
    return found


def offices_of(frame: MeasureFrame, people: Iterable[PersonId]) -> int:
    """How many offices these people are known to come from."""
    return len({frame.ties.offices[person] for person in people if person in frame.ties.offices})
