"""compute: reads what a measure needs, works it out for every window and adds how complete the days are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from workbench.metrics.catalog import Metric, find_metric
from workbench.metrics.settled import NOT_KNOWN_YET, answered_part, settled, settled_in
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.queries.coverage import CoverageMap, load_coverage
from workbench.queries.frames import MeasureFrame, load_frame
from workbench.queries.scope import NOWHERE, Scope

_DAY = timedelta(days=1)


def measure(reader: Reader, key: str, *, scope: Scope, windows: Sequence[Window], as_of: datetime) -> list[Value]:
    """The measure `key` for each window, in their order; refuses an unknown key (BadInputError)."""
    return measure_all(reader, (key,), scope=scope, windows=windows, as_of=as_of)[key]


def measure_all(
    reader: Reader, keys: Sequence[str], *, scope: Scope, windows: Sequence[Window], as_of: datetime
) -> dict[str, list[Value]]:
    """Several measures over the same windows: {key: a value for each window}.

    Measures that look at the same spans share one reading; one that goes back a year does not make the others read it.
    """
    metrics = {metric.key: metric for metric in map(find_metric, keys)}
    if scope == NOWHERE:
        return {key: [_of_nothing(metric, window) for window in windows] for key, metric in metrics.items()}
    by_window: dict[str, dict[Window, Value]] = {key: {} for key in metrics}
    alike: defaultdict[object, list[Metric]] = defaultdict(list)
    for metric in metrics.values():
        alike[metric.looks_back, metric.reach].append(metric)
    runs = [(group, together) for group in alike.values() for together in _runs(group[0], windows)]
    # Those that go furthest back first: who was a member then is read for all.
    with reader.at_length():
        for group, together in sorted(runs, key=lambda run: _begins(run[0][0], run[1][0])):
            values = _measured(reader, group, scope=scope, windows=together, as_of=as_of)
            for key, each in values.items():
                by_window[key].update(zip(together, each, strict=True))
    return {key: [by_window[key][window] for window in windows] for key in metrics}


def _of_nothing(metric: Metric, window: Window) -> Value:
    return Value(None, metric.unit, coverage=0.0, window=window)


def _runs(metric: Metric, windows: Sequence[Window]) -> list[list[Window]]:
    """The windows in groups: what lies between two groups is looked at by none of them, so that nobody reads it."""
    runs: list[list[Window]] = []
    reached: datetime | None = None
    for window in sorted(set(windows), key=partial(_begins, metric)):
        if reached is None or _begins(metric, window) > reached:
            runs.append([])
        runs[-1].append(window)
        reached = max(each.end for other in runs[-1] for each in metric.looks_at(other))
    return runs


def _begins(metric: Metric, window: Window) -> datetime:
    """From when on a measure looks at something for this window."""
    return min(each.start for each in metric.looks_at(window))


def _measured(
    reader: Reader, metrics: Sequence[Metric], *, scope: Scope, windows: Sequence[Window], as_of: datetime
) -> dict[str, list[Value]]:
    """The values of measures that look at the same spans."""
    asked = [each for window in windows for each in metrics[0].looks_at(window)]
    start, end = min(window.start for window in asked), max(window.end for window in asked)
    today = as_of.astimezone(UTC).date()
    coverage = load_coverage(reader, scope, start.date(), max((end - _DAY).date(), today))
    known_until = {window: settled(coverage, window, as_of=as_of) for window in windows}
    waits = {metric.waits for metric in metrics if metric.is_open}
    parts = (answered_part(window, known_until[window], days=days, as_of=as_of) for window in windows for days in waits)
    asked += filter(None, parts)
    cuts = [moment for window in asked for moment in (window.start, window.end)]
    needs = metrics[0].needs
    for metric in metrics[1:]:
        needs |= metric.needs
    frame = load_frame(reader, scope, start=start, end=end, as_of=as_of, cuts=cuts, parts=needs)
    frame = replace(frame, known=coverage)
    return {metric.key: [_value(metric, frame, coverage, window, as_of) for window in windows] for metric in metrics}


def _worked_out(metric: Metric, frame: MeasureFrame, window: Window, as_of: datetime) -> Value:
    """What is open is told of the days alone whose answers somebody can know."""
    until = settled_in(frame, window, as_of) if metric.is_open else as_of
    told = answered_part(window, until, days=metric.waits, as_of=as_of)
    if told == window:
        return metric.function(frame, window, as_of=as_of)
    last = window.start_on if told is None else told.end_on
    doubt = f"What was written from {last.isoformat()} on is left out: what came of it is not known yet."
    value = Value(None, metric.unit) if told is None else metric.function(frame, told, as_of=as_of)
    left_out = (window.end_on - last).days
    own = value.detail.get("doubts", ())
    doubts = (doubt, *(own if isinstance(own, tuple) else ()))
    return replace(value, detail={**value.detail, "doubts": doubts, NOT_KNOWN_YET: left_out})


def _value(metric: Metric, frame: MeasureFrame, coverage: CoverageMap, window: Window, as_of: datetime) -> Value:
    value = _worked_out(metric, frame, window, as_of)
    covered = coverage.share(window.start_on, window.end_on - _DAY)
    detail = dict(value.detail)
    if metric.looks_back:
        before = window.previous
        detail["previous_coverage"] = coverage.share(before.start_on, before.end_on - _DAY)
    today = as_of.astimezone(UTC).date()
    reached = [min(each.end_on, today) for each in metric.reach(window)]
    spans = [
        (each.start_on, end) for each, end in zip(metric.reach(window), reached, strict=True) if each.start_on < end
    ]
    if metric.waits:  # yesterday nobody may have promised yet
        spans.append((window.start_on, min(window.end_on + metric.waits * _DAY, max(window.end_on, today - _DAY))))
    if spans:
        detail["reach_coverage"] = coverage.share(min(spans)[0], max(end for _, end in spans) - _DAY)
    return replace(known(metric, value, covered), coverage=covered, detail=detail, window=window)


def known(metric: Metric, value: Value, covered: float) -> Value:
    """A value as far as it is known: missing is not zero.

    Where no day is known and nothing was found, nothing can be said; and of silence nothing at all.
    """
    if covered or (value.value and not metric.counts_silence):
        return value
    return replace(value, value=None, numerator=None if metric.counts_silence else value.numerator)
