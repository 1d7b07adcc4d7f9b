"""Dashboard charts: which there are, and the series each takes from the weeks."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from workbench.metrics.metric import WAIT_DAYS
from workbench.models.moments import DayRange
from workbench.queries.annotations import AnnotationRow
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.series import WeekRow
from workbench.ui import numbers
from workbench.ui.pages.dashboard_data import DashboardData, WeeksData
from workbench.ui.pages.growth_withheld import few, few_of
from workbench.ui.pages.known_note import unknown_words
from workbench.ui.widgets.chart_data import ChartData, Chosen, Gap, Note, Series

CHARTS: Final = {
    "messages": "Messages per week",
    "people": "Contributors per week",
    "replies": "Reply rate per week",
    "speed": "First reply",
}
_DAYS: Final = 7
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=_DAYS - 1)
_HEADLINE_OF: Final = {"replies": "reply_rate", "speed": "first_reply_hours"}
_COUNT_TOPS: Final = (4.0, 8.0, 12.0, 20.0)
_HOUR_TOPS: Final = (1.0, 4.0, 12.0, 24.0, 48.0, 96.0, 192.0, 384.0, 768.0, 1536.0, 3072.0)
_SUBTITLES: Final = {
    "messages": "posts and replies",
    "people": "who wrote",
    "replies": "threads with a reply",
    "speed": "median by week",
}


_TEXTS: Final[dict[str, Callable[[float | None], str]]] = {
    "messages": numbers.count,
    "people": numbers.count,
    "replies": numbers.percent,
    "speed": numbers.hours,
}


def chart_data(key: str, weeks: WeeksData, about: DashboardData | None) -> ChartData:
    """The chart of a key of CHARTS; a week that is over and less than 90 % known has no value."""
    rows, series = weeks.weeks, _SERIES[key](weeks.weeks, weeks)
    gaps = tuple(Gap(gap.first, min(gap.last, weeks.last)) for gap in weeks.gaps)
    if key in _HEADLINE_OF:
        gaps += tuple(
            Gap(row.week, min(row.week + _WEEK, weeks.last))
            for row in rows
            if _is_unheard(row.week, weeks) and not _is_unknown(row.week, weeks, is_empty=not row.roots)
        )
    target = None
    if about is not None and key in _HEADLINE_OF:
        target = next(one.target for one in about.headlines if one.metric.key == _HEADLINE_OF[key])
    return ChartData(
        title=CHARTS[key],
        subtitle=_SUBTITLES[key],
        note=_note(key, weeks) if series[-1].doubtful else "",
        starts=tuple(row.week for row in rows),
        series=series,
        text=_TEXTS[key],
        gaps=gaps,
        gap_words=unknown_words(about.known) if about is not None else "Not complete",
        top=1.0 if key == "replies" else None,
        target=target,
        tops=_HOUR_TOPS if key == "speed" else _COUNT_TOPS,
        is_last_running=bool(rows) and rows[-1].week + _WEEK > weeks.last,
        notes=notes_of(weeks.notes, is_one=about is not None and about.community_id is not None),
        chosen=_chosen(about),
    )


def _chosen(about: DashboardData | None) -> Chosen | None:
    if about is None:
        return None
    return chosen_of(DayRange(about.known.first, about.known.last), begins=about.trend.first)


def chosen_of(period: DayRange, *, begins: date) -> Chosen | None:
    """The period of a page, as it is marked in a chart that begins on a day; None where that is all of it."""
    if period.first <= begins:
        return None
    days = (period.last - period.first).days + 1
    return Chosen(period.first, period.last, numbers.plural(days, "day", "days"))


def notes_of(rows: Sequence[AnnotationRow], *, is_one: bool) -> tuple[Note, ...]:
    """What happened, as a chart marks it; of several communities with the name of the one it is about."""
    return tuple(
        Note(row.day, row.words if is_one or not row.community else f"{row.community}: {row.words}") for row in rows
    )


def _known(
    rows: tuple[WeekRow, ...], weeks: WeeksData, value: Callable[[WeekRow], float | None]
) -> tuple[float | None, ...]:
    """Missing is not zero, and a part is not the whole: two days of a week would look like a fall."""
    return tuple(None if _is_unknown(row.week, weeks, is_empty=not value(row)) else value(row) for row in rows)


def _is_unknown(week: date, weeks: WeeksData, *, is_empty: bool) -> bool:
    """The running week is shown "so far" as soon as something was found in it; before the beginning there is none."""
    end = week + _WEEK
    if weeks.began is not None and end < weeks.began:
        return True
    missing = sum(max((min(gap.last, end) - max(gap.first, week)).days + 1, 0) for gap in weeks.gaps)
    if end > weeks.last:
        return is_empty and missing > 0
    return missing > _DAYS * (1 - MINIMUM_COVERAGE)


def _messages(rows: tuple[WeekRow, ...], weeks: WeeksData) -> tuple[Series, ...]:
    return (Series("Messages", _known(rows, weeks, lambda row: row.messages)),)


def _people(rows: tuple[WeekRow, ...], weeks: WeeksData) -> tuple[Series, ...]:
    wrote = _known(rows, weeks, lambda row: row.contributors)
    return Series("Contributors", wrote, withheld=few(wrote)), _newcomers(rows, weeks, wrote)


def _newcomers(rows: tuple[WeekRow, ...], weeks: WeeksData, wrote: tuple[float | None, ...]) -> Series:
    """Until a while after what is here begins, a first message may not be the first; then it is said to be seen."""
    until, values = weeks.first_seen_until, _known(rows, weeks, lambda row: row.newcomers)
    doubtful = 0 if until is None else sum(row.week <= until for row in rows)
    name = "First seen" if rows and doubtful == len(rows) else "Newcomers"
    doubt = "may not be new" if doubtful else ""
    return Series(name, values, doubtful=doubtful, doubt=doubt, withheld=few_of(values, wrote))


def _note(key: str, weeks: WeeksData) -> str:
    """What has to be known beside a chart: until when newcomers may be none."""
    if key != "people" or weeks.first_seen_until is None:
        return ""
    day = numbers.day(weeks.first_seen_until)
    return f"What is here begins shortly before: who is first seen until {day} may have written earlier."


def _replies(rows: tuple[WeekRow, ...], weeks: WeeksData) -> tuple[Series, ...]:
    return (Series("Replied", _heard(rows, weeks, lambda row: row.replied_roots / row.roots if row.roots else None)),)


def _speed(rows: tuple[WeekRow, ...], weeks: WeeksData) -> tuple[Series, ...]:
    return (Series("Median", _heard(rows, weeks, lambda row: row.first_reply_median_hours)),)


def _heard(
    rows: tuple[WeekRow, ...], weeks: WeeksData, value: Callable[[WeekRow], float | None]
) -> tuple[float | None, ...]:
    """As `_known`, but a reply comes after its question: the days behind a week have to be known too."""
    known = _known(rows, weeks, value)
    return tuple(None if _is_unheard(row.week, weeks) else one for row, one in zip(rows, known, strict=True))


def _is_unheard(week: date, weeks: WeeksData) -> bool:
    """Whether the days are missing in which most replies to the last messages of a week come."""
    first, last = week + _WEEK + _DAY, week + _WEEK + WAIT_DAYS * _DAY
    return any(gap.first <= last and gap.last >= first for gap in weeks.unheard)


_SERIES: Final = {"messages": _messages, "people": _people, "replies": _replies, "speed": _speed}
