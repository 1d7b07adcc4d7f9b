"""Paths: how the measure of an objective went from day 0 on, week by week; each point over 90 days, as its baseline."""

from collections.abc import Sequence
from datetime import date, timedelta

from workbench.cancel import CancelToken
from workbench.metrics.compute import measure_all
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.plans.horizon import ends_on
from workbench.queries.scope import Scope

PATH_DAYS = 90
_WEEK = timedelta(days=7)


def path_days(starts_on: date, today: date) -> tuple[date, ...]:
    """Day 0, every seventh day after it up to day 90, and today where the plan still runs; none before day 0."""
    last = min(today, ends_on(starts_on))
    days = [starts_on + step * _WEEK for step in range((last - starts_on).days // 7 + 1)] if last >= starts_on else []
    return tuple(days if not days or days[-1] == last else [*days, last])


def path_values(
    reader: Reader, keys: Sequence[str], *, scope: Scope, days: Sequence[date], cancel: CancelToken | None = None
) -> dict[str, list[Value]]:
    """{key: its value on each of the days}, taken over the 90 days before that day."""
    found: dict[str, list[Value]] = {key: [] for key in keys}
    for day in days:
        if cancel is not None:
            cancel.check()
        window = Window.between(day - timedelta(days=PATH_DAYS), day)
        # Each as of its own end: an answer that came later did not count then.
        values = measure_all(reader, keys, scope=scope, windows=[window], as_of=window.end)
        for key in keys:
            found[key].append(values[key][0])
    return found
