"""The charts of a plan summary: each objective on its way to its target, then the community week by week."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from workbench.clock import local_day
from workbench.export.charts import ChartData, Point
from workbench.export.paths import PATH_DAYS, path_days, path_values
from workbench.export.standings import BY_HAND, disclosed
from workbench.metrics.catalog import find_metric
from workbench.metrics.compute import measure_all
from workbench.metrics.window import Window, last_days, weeks
from workbench.models.database import Reader
from workbench.models.plan_parts import HAND_KEPT
from workbench.plans.horizon import ends_on
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.plans import ObjectiveRow
from workbench.queries.scope import Scope

CHART_KEYS: Final = ("messages", "reply_rate")
_LEAST_POINTS: Final = 2
_TITLE_LETTERS: Final = 44
_DAY = timedelta(days=1)


def plan_charts(
    reader: Reader, objectives: Sequence[ObjectiveRow], *, scope: Scope, starts_on: date, as_of: datetime
) -> tuple[ChartData, ...]:
    """Objectives in their order, those with fewer than two points left out; then messages and answers per week."""
    ways = _ways(reader, objectives, scope=scope, starts_on=starts_on, as_of=as_of)
    return (*ways, *_community(reader, scope, starts_on, as_of))


def _ways(
    reader: Reader, objectives: Sequence[ObjectiveRow], *, scope: Scope, starts_on: date, as_of: datetime
) -> list[ChartData]:
    today = as_of.date()
    days = path_days(starts_on, today)
    keys = list(dict.fromkeys(each.measure for each in objectives if each.measure != HAND_KEPT))
    values = path_values(reader, keys, scope=scope, days=days if len(days) >= _LEAST_POINTS else ())
    if len(days) >= _LEAST_POINTS and days[-1] == today:
        # The line ends with the very number the table beside it calls now.
        now = measure_all(reader, keys, scope=scope, windows=[last_days(PATH_DAYS, as_of)], as_of=as_of)
        for key in keys:
            values[key][-1] = now[key][0]
    charts = []
    for each in objectives:
        if each.measure == HAND_KEPT:
            points = [Point(one.on, one.value) for one in each.readings if starts_on <= one.on <= local_day(as_of)]
            charts.append(ChartData(_short(each.title), BY_HAND, tuple(points), target=each.target))
            continue
        metric = find_metric(each.measure)
        figures = [disclosed(metric.key, value) for value in values[metric.key]]
        points = [
            # A withheld one is known here: it leaves a gap, but is not called unknown.
            Point(day, figure.value, is_known=(figure.coverage or 0.0) >= MINIMUM_COVERAGE)
            for day, figure in zip(days, figures, strict=bool(figures))
        ]
        title = f"{_short(each.title)}: {metric.title.lower()}"
        charts.append(ChartData(title, metric.unit.value, tuple(points), target=each.target, is_trailing=True))
    return [chart for chart in charts if len(chart.points) >= _LEAST_POINTS]


def _community(reader: Reader, scope: Scope, starts_on: date, as_of: datetime) -> tuple[ChartData, ...]:
    """Whole weeks from 90 days before day 0 to `as_of`; a week that is not over or not known is not drawn."""
    first = starts_on - PATH_DAYS * _DAY
    first -= first.weekday() * _DAY
    today = as_of.date()
    end = min(today, ends_on(starts_on)) - min(today, ends_on(starts_on)).weekday() * _DAY
    if end <= first:
        return ()
    windows: list[Window] = weeks(first, end)
    values = measure_all(reader, CHART_KEYS, scope=scope, windows=windows, as_of=as_of)
    return tuple(
        ChartData(
            title=f"{find_metric(key).title} per week",
            unit=find_metric(key).unit.value,
            points=tuple(
                Point(window.start_on, value.value, is_known=(value.coverage or 0.0) >= MINIMUM_COVERAGE)
                for window, value in zip(windows, values[key], strict=True)
            ),
        )
        for key in CHART_KEYS
    )


def _short(title: str) -> str:
    return title if len(title) <= _TITLE_LETTERS else f"{title[: _TITLE_LETTERS - 1].rstrip()}…"
