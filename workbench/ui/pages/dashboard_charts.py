"""Dashboard charts: which there are, and the series each takes from the weeks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from workbench.queries.series import WeekRow
from workbench.ui import numbers
from workbench.ui.pages.dashboard_data import DashboardData, WeeksData
from workbench.ui.widgets.chart_data import ChartData, Gap, Series

CHARTS: Final = {
    "messages": "Messages per week",
    "people": "Contributors per week",
    "replies": "Reply rate per week",
    "speed": "First reply",
}
_WEEK: Final = timedelta(days=6)
_HEADLINE_OF: Final = {"replies": "reply_rate", "speed": "first_reply_hours"}
_COUNT_TOPS: Final = (4.0, 8.0, 12.0, 20.0)
_HOUR_TOPS: Final = (1.0, 4.0, 12.0, 24.0, 48.0, 96.0, 192.0, 384.0, 768.0, 1536.0, 3072.0)
_SUBTITLES: Final = {
    "messages": "posts and replies",
    "people": "people who wrote",
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
    """The chart of a key of CHARTS; weeks nobody promised have no value, unless something was found."""
    rows = weeks.weeks
    gaps = tuple(Gap(gap.first, min(gap.last, weeks.last)) for gap in weeks.gaps)
    target = None
    if about is not None and key in _HEADLINE_OF:
        target = next(one.target for one in about.headlines if one.metric.key == _HEADLINE_OF[key])
    return ChartData(
        title=CHARTS[key],
        subtitle=_SUBTITLES[key],
        starts=tuple(row.week for row in rows),
        series=_SERIES[key](rows, gaps),
        text=_TEXTS[key],
        gaps=gaps,
        gap_words="Never synced" if about is not None and about.community_id is not None else "Not complete",
        top=1.0 if key == "replies" else None,
        target=target,
        tops=_HOUR_TOPS if key == "speed" else _COUNT_TOPS,
        is_last_running=bool(rows) and rows[-1].week + _WEEK >= weeks.last,
    )


def _known(
    rows: tuple[WeekRow, ...], gaps: tuple[Gap, ...], value: Callable[[WeekRow], float | None]
) -> tuple[float | None, ...]:
    """Missing is not zero: a week nobody promised, and in which nothing was found, has no value."""
    return tuple(None if not value(row) and _is_unknown(row.week, gaps) else value(row) for row in rows)


def _is_unknown(week: date, gaps: tuple[Gap, ...]) -> bool:
    return any(gap.first <= week and week + _WEEK <= gap.last for gap in gaps)


def _messages(rows: tuple[WeekRow, ...], gaps: tuple[Gap, ...]) -> tuple[Series, ...]:
    return (Series("Messages", _known(rows, gaps, lambda row: row.messages)),)


def _people(rows: tuple[WeekRow, ...], gaps: tuple[Gap, ...]) -> tuple[Series, ...]:
    return (
        Series("Contributors", _known(rows, gaps, lambda row: row.contributors)),
        Series("Newcomers", _known(rows, gaps, lambda row: row.newcomers)),
    )


def _replies(rows: tuple[WeekRow, ...], gaps: tuple[Gap, ...]) -> tuple[Series, ...]:
    return (Series("Replied", _known(rows, gaps, lambda row: row.replied_roots / row.roots if row.roots else None)),)


def _speed(rows: tuple[WeekRow, ...], gaps: tuple[Gap, ...]) -> tuple[Series, ...]:
    return (Series("Median", _known(rows, gaps, lambda row: row.first_reply_median_hours)),)


_SERIES: Final = {"messages": _messages, "people": _people, "replies": _replies, "speed": _speed}
