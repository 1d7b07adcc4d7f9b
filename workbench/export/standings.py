"""Standings: where a measure stands on its way from baseline to target, told only from what may leave."""

from datetime import date
from typing import Final

from workbench.export.figures import Figure
from workbench.export.summary import Standing
from workbench.metrics.catalog import Metric
from workbench.metrics.disclosure import is_withheld, told_parts
from workbench.metrics.value import Value
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.queries.plans import ObjectiveRow

BY_HAND: Final = "by hand"
"""The unit of a figure that people read and typed."""


def disclosed(key: str, value: Value) -> Figure:
    """A value as it may leave: withheld where it counts fewer than five people."""
    if is_withheld(key, value):
        return Figure(None, value.unit.value, coverage=value.coverage, is_withheld=True)
    return Figure(value.value, value.unit.value, *told_parts(key, value), value.coverage)


def standing(metric: Metric, baseline: Figure | None, now: Figure, target: float | None) -> Standing:
    """Where a measure stands, told from what may leave: a withheld figure must not show through its standing.

    Nothing is claimed of figures that are not known or cover less than 90 % of their days. Measures where less is
    better run downwards.
    """
    if target is None:
        return Standing.NO_TARGET
    if now.value is None or not _covers(now):
        return Standing.UNKNOWN
    sign = -1 if metric.higher_is_better is False else 1
    if sign * now.value >= sign * target:
        return Standing.REACHED
    if baseline is None or baseline.value is None or not _covers(baseline):
        return Standing.UNKNOWN
    return moved(sign * (now.value - baseline.value))


def begun(said: Standing, starts_on: date, today: date) -> Standing:
    """A standing, but up to day 0 nothing is said of a way that begins only there."""
    is_way = said in {Standing.ON_THE_WAY, Standing.NOT_YET, Standing.AWAY}
    return Standing.STARTING if is_way and today <= starts_on else said


def moved(gain: float) -> Standing:
    """Which way a value went from its baseline; `gain` is above 0 where it came nearer to what is wanted."""
    if gain > 0:
        return Standing.ON_THE_WAY
    return Standing.AWAY if gain < 0 else Standing.NOT_YET


def _covers(figure: Figure) -> bool:
    return figure.coverage is None or figure.coverage >= MINIMUM_COVERAGE


def hand_standing(objective: ObjectiveRow, now: float | None) -> Standing:
    """Where a measure kept by hand stands; whether more is better shows in how target and baseline lie."""
    target, baseline = objective.target, objective.baseline_value
    if target is None:
        return Standing.NO_TARGET
    if now is None:
        return Standing.UNKNOWN
    sign = -1 if baseline is not None and target < baseline else 1
    if sign * now >= sign * target:
        return Standing.REACHED
    if baseline is None:
        return Standing.UNKNOWN
    return moved(sign * (now - baseline))
