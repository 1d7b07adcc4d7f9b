"""Dialogue data: what the page reads in jobs: gauges, resilience, behaviours, the hottest threads; no Qt in here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.ids import EventId
from workbench.metrics.window import Window, days_over
from workbench.models.database import Database, Reader
from workbench.operations import page_measures
from workbench.operations.kept import kept_measures
from workbench.operations.scorecard import Scorecard, scorecard
from workbench.queries.beginnings import began_on
from workbench.queries.behaviour_threads import mixed_threads, outside_threads, threads_by_id
from workbench.queries.community_card import talks_since
from workbench.queries.heat import HotThread, hot_threads
from workbench.queries.known import Known, all_days, read_known
from workbench.queries.scope import Scope
from workbench.queries.threads import Period, ThreadRow

GAUGES: Final = page_measures.GAUGES
RESILIENCE: Final = page_measures.RESILIENCE
BEHAVIOURS: Final = page_measures.BEHAVIOURS
AT_ONCE: Final = page_measures.DIALOGUE_AT_ONCE
SLOW: Final = page_measures.DIALOGUE_LATER
SHOWN_HOT: Final = 10
_DAY: Final = timedelta(days=1)
Groups = tuple[tuple[int, ...], ...]

_BEHIND: Final[Mapping[str, Callable[[Reader, Scope, Period, Groups], tuple[EventId, ...]]]] = {
    "emergent_structures": mixed_threads,
    "relationship_leverage": lambda reader, scope, period, _: outside_threads(reader, scope, period),
}
"""The threads behind a measure that counts people."""


@dataclass(frozen=True, slots=True)
class Age:
    """Since when a scope talks; `is_beginning` False where there may have been something before that is not here."""

    since: date | None
    is_beginning: bool


@dataclass(frozen=True, slots=True)
class DialogueView:
    """Everything but the slow measures."""

    card: Scorecard
    known: Known
    age: Age
    hot: tuple[HotThread, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to talk about: nothing was brought in, and no day is known."""
        return self.known.is_nothing


def read_dialogue(
    database: Database, *, scope: Scope, days: tuple[date, date] | None, now: datetime, hot: int = SHOWN_HOT
) -> DialogueView:
    """The page for the days [first, last], all days where there are none; the `hot` hottest threads as they are now."""
    today = now.astimezone(UTC).date()
    with kept_measures(database) as (reader, kept):
        window = days_over(*(days or all_days(reader, scope, now)), today=today)
        card = scorecard(reader, scope=scope, window=window, as_of=now, keys=AT_ONCE, kept=kept)
        return DialogueView(
            card,
            read_known(reader, scope, window.start_on, window.end_on - _DAY, today=today),
            _age(reader, scope),
            tuple(hot_threads(reader, scope, as_of=now, limit=hot)),
        )


def read_slow(database: Database, *, scope: Scope, window: Window, now: datetime) -> Scorecard:
    """The slow measures, worked out behind the others."""
    with kept_measures(database) as (reader, kept):
        return scorecard(reader, scope=scope, window=window, as_of=now, keys=SLOW, kept=kept)


def read_threads(
    database: Database, *, key: str, ids: tuple[int, ...], scope: Scope, period: Period, groups: Groups = ()
) -> list[ThreadRow]:
    """The conversations behind a measure: those it names, else those of what it counts, `groups` of people say."""
    with database.read() as reader:
        behind = _BEHIND.get(key)
        found = tuple(EventId(each) for each in ids) if behind is None else behind(reader, scope, period, groups)
        return threads_by_id(reader, found)


def opens_threads(key: str, ids: tuple[int, ...]) -> bool:
    """Whether there are conversations behind a measure to look at."""
    return bool(ids) or key in _BEHIND


def _age(reader: Reader, scope: Scope) -> Age:
    began = began_on(reader, scope)
    if began is not None:
        return Age(began, is_beginning=True)
    first = talks_since(reader, scope)
    return Age(None if first is None else first.astimezone(UTC).date(), is_beginning=False)
