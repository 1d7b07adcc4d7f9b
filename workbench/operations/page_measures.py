"""What the pages ask of measures: which ones, and over which windows, so that the same can be worked out before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.metrics.catalog import CATALOG
from workbench.metrics.shape import BAND_WEEKS
from workbench.metrics.window import Window, days_over, last_full_month, months, months_before
from workbench.models.moments import from_day, to_day
from workbench.queries.weeks import WEEK_DAYS, monday_of

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=WEEK_DAYS)
TREND_MONTHS: Final = 12
"""What is drawn over time is drawn over so many months at least: a quarter shows no year."""

HEADLINES: Final = ("interactive_users", "reply_rate", "first_reply_hours", "messages")
LANES: Final = ("dialogue_share",)
SCORES_AT_ONCE: Final = tuple(metric.key for metric in CATALOG if not metric.is_slow)
SCORES_LATER: Final = tuple(metric.key for metric in CATALOG if metric.is_slow and not metric.is_per_person)
"""Worked out behind the others, so that these are on the scorecard first."""
SCORES_LAST: Final = tuple(metric.key for metric in CATALOG if metric.is_slow and metric.is_per_person)
"""Worked out behind even these: what follows the paths between all people takes as long as it takes."""

GAUGES: Final = ("curiosity", "dialogue_share", "reply_rate", "two_way", "loop_feedback", "loop_return", "new_ties")
RESILIENCE: Final = ("absence_factor", "office_absence_factor", "key_players", "first_reply_hours", "not_by_leader")
BEHAVIOURS: Final[Mapping[str, str]] = {
    "collective_intelligence": "Collective intelligence",
    "stranger_answer_rate": "Expertise location",
    "flash_coordination": "Flash coordination",
    "interest_cultivation": "Interest cultivation",
    "emergent_structures": "Emergent structures",
    "relationship_leverage": "Relationship leverage",
}
"""The measure that shows each of the six collective behaviours, and the name of the behaviour."""
DIALOGUE_LATER: Final = ("new_ties", "stranger_answer_rate", "referral", "emergent_structures")
"""Worked out behind the others; `referral` is told beside how often strangers answer."""
DIALOGUE_AT_ONCE: Final = tuple(key for key in (*GAUGES, *RESILIENCE, *BEHAVIOURS) if key not in DIALOGUE_LATER)

BY_MONTH: Final = ("adoption", "funnel", "greeted", "activated", "split")
COMPARED: Final = ("contributors", "new_contributors")
EXPLAINED: Final = (*BY_MONTH, *COMPARED, "burstiness")


@dataclass(frozen=True, slots=True)
class Question:
    """Measures over windows, as they are asked for together."""

    keys: tuple[str, ...]
    windows: tuple[Window, ...]


def card_of(keys: Sequence[str], window: Window) -> Question:
    """What a scorecard asks for: the window, the one before and the one a year ago."""
    return Question(tuple(keys), (window, window.previous, window.year_before))


def headline_question(window: Window) -> Question:
    """What the dashboard asks for: the window and the one before."""
    return Question(HEADLINES, (window, window.previous))


def trend_days(days: tuple[date, date], *, today: date) -> tuple[date, date]:
    """The days that charts over time show: those of the period that are over, and twelve months in any case.

    The twelfth month is the one of the last day.
    """
    over = days_over(*days, today=today)
    first, last = over.start_on, over.end_on - _DAY
    return min(first, months_before(last.replace(day=1), TREND_MONTHS - 1)), last


def growth_days(days: tuple[date, date], *, today: date) -> tuple[date, date]:
    """The same from the first of a month on, because people are counted by month of joining."""
    first, last = trend_days(days, today=today)
    return first.replace(day=1), last


@dataclass(frozen=True, slots=True)
class GrowthQuestions:
    """What the page on growth asks of its window; `weeks` None where no week begins in it.

    `mondays` begin `BAND_WEEKS` before the window: what is usual rests on these.
    """

    months: tuple[Window, ...]
    by_month: Question
    compared: Question
    mondays: tuple[date, ...] = ()
    weeks: Question | None = None
    judged: Question | None = None

    def __iter__(self) -> Iterator[Question]:
        """Each of them."""
        return (each for each in (self.by_month, self.compared, self.weeks, self.judged) if each is not None)


def growth_questions(window: Window) -> GrowthQuestions:
    """Everything the page asks but the explanations."""
    each = tuple(months(window.start_on, window.end_on))
    by_month = Question(BY_MONTH, (window, *each))
    compared = Question(COMPARED, (*each, *(one.year_before for one in each)))
    first = from_day(monday_of(to_day(window.start_on) + WEEK_DAYS - 1))
    if first >= window.end_on:
        return GrowthQuestions(each, by_month, compared)
    count = -(-(window.end_on - first).days // WEEK_DAYS)
    mondays = tuple(first + place * _WEEK for place in range(-BAND_WEEKS, count))
    spans = tuple(Window.between(monday, min(monday + _WEEK, window.end_on)) for monday in mondays)
    judged = Question(("burstiness",), (Window.between(first, window.end_on),))
    return GrowthQuestions(each, by_month, compared, mondays, Question(("messages",), spans), judged)


def first_questions(days: tuple[date, date], *, now: datetime) -> Iterator[Question]:
    """What the scorecard of the last month, and dashboard, lanes, dialogue and growth of these days, ask at first."""
    for keys in (SCORES_AT_ONCE, SCORES_LATER):
        yield card_of(keys, last_full_month(now))
    over = days_over(*days, today=now.astimezone(UTC).date())
    yield headline_question(over)
    yield Question(LANES, (over,))
    for keys in (DIALOGUE_AT_ONCE, DIALOGUE_LATER):
        yield card_of(keys, over)
    first, last = growth_days(days, today=now.astimezone(UTC).date())
    window = Window.between(first, last + _DAY)
    yield from growth_questions(window)
    yield card_of(EXPLAINED, window)
