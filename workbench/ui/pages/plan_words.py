"""Plan words: measures, objectives and days of a plan as the Plans page says them."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from workbench.metrics.value import Unit, Value
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.ui import numbers
from workbench.ui.pages.plan_data import MEASURE_DAYS, ObjectiveData, Outlook, baseline_of
from workbench.ui.theme import Meaning
from workbench.ui.widgets.objective_gauge import GaugeWords

_CHIPS: Final = {
    "reached": ("Reached", Meaning.GOOD),
    "on the way": ("On the way", Meaning.GOOD),
    "not yet moving": ("Not yet moving", Meaning.WATCH),
    "moving away": ("Moving away", Meaning.WATCH),
    "starting": ("Starting", Meaning.NEUTRAL),
    "no target": ("", Meaning.NEUTRAL),
}
_REACHED: Final = "reached"
_AWAY: Final = "moving away"
_NOT_KNOWN: Final = "not known"
NO_DATA: Final = "No data"
NOT_KNOWN: Final = "Not known"


def amount(value: float | None, unit: Unit) -> str:
    """A value in its unit: `71 %`, `6 h 30`, `212`; a dash for none."""
    if value is None:
        return numbers.MISSING
    if unit is Unit.SHARE:
        return numbers.percent(value, digits=0 if value >= 0.1 or not value else 1)  # noqa: PLR2004 - small shares need more
    return numbers.hours(value) if unit is Unit.HOURS else numbers.count(value)


def now_words(value: Value) -> str:
    """A value as of now; where it cannot be said, in words."""
    if value.value is not None:
        return amount(value.value, value.unit)
    return NO_DATA if (value.coverage or 0.0) >= MINIMUM_COVERAGE else NOT_KNOWN


def outlook_words(outlook: Outlook, keys: Collection[str], *, is_one: bool) -> str:
    """Why the baselines of `keys` would all be empty, or of how few days they would be; nothing where all is well.

    `is_one` tells one community from all of them.
    """
    values = [outlook.baselines[key] for key in keys]
    if not values or any(now_words(value) != NOT_KNOWN for value in values):
        known = min((value.coverage or 0.0 for value in values if value.value is not None), default=1.0)
        return "" if known >= MINIMUM_COVERAGE else _half_known(known)
    whose, until = "this community" if is_one else "your communities", outlook.known_until
    choose = "choose a day 0 inside the known days, or bring in"
    if until is None:
        why, way = f"no messages of {whose} are here yet", "bring in messages first"
    elif until < outlook.until - timedelta(days=1):  # the last day that counts is the one before
        why, way = f"the mirror of {whose} ends on {numbers.long_day(until)}", f"{choose} newer messages"
    else:
        why, way = f"the 90 days before day 0 are not in the mirror of {whose}", f"{choose} older messages"
    return f"Not known: {why}. The baseline would be empty; {way}."


def _half_known(share: float) -> str:
    said = numbers.share_known(share)
    return (
        f"{said[0].upper()}{said[1:]} of the {MEASURE_DAYS} days before day 0 is known here. "
        "The baseline is taken from those and will say so."
    )


def change_words(now: Value, baseline: Value | None) -> str:
    """How far a measure has come since day 0: `+13 points`, `−24`; empty where that cannot be said."""
    if now.value is None or baseline is None or baseline.value is None:
        return ""
    change = now.value - baseline.value
    if now.unit is Unit.SHARE:
        points = round(change * 100)
        return "no change" if not points else f"{numbers.signed(points, numbers.count(abs(points)))} points"
    if now.unit is Unit.HOURS:
        return "no change" if abs(change) < 1 / 60 else numbers.signed(change, numbers.hours(abs(change)))
    return "no change" if not round(change) else numbers.signed(change, numbers.count(abs(change)))


def by_hand(value: float | None, unit: str) -> str:
    """A value people read and typed, in their own unit; a dash for none."""
    return numbers.MISSING if value is None else f"{numbers.decimal(value)} {unit.strip()}".strip()


def gauge_words(data: ObjectiveData) -> GaugeWords:
    """An objective as its gauge says it; below 90 % of days known nothing is claimed."""
    objective, metric, now = data.objective, data.metric, data.now
    if metric is None:
        return _hand_words(data)
    baseline = baseline_of(objective, metric)
    is_known = now.coverage is None or now.coverage >= MINIMUM_COVERAGE
    chip, meaning = _CHIPS.get(data.standing, ("", Meaning.NEUTRAL))
    change = change_words(now, baseline) + _behind(data)
    can_compare = is_known
    if not is_known:
        chip, meaning = f"{numbers.known_percent(now.coverage or 0.0)} known", Meaning.UNKNOWN
        change = "" if now.value is None else "so far"
    elif now.value is None:
        chip, meaning = NO_DATA, Meaning.UNKNOWN
    elif data.standing == _NOT_KNOWN:
        # The value is known, so it is the baseline that cannot be compared with.
        chip, meaning, change, can_compare = "Baseline not known", Meaning.UNKNOWN, "", False
    goal = "" if objective.target is None else amount(objective.target, metric.unit)
    return GaugeWords(
        title=objective.title,
        now=now_words(now),
        change=change,
        baseline=_baseline_words(baseline, metric.unit),
        target=f"target {goal}" if goal else "",
        goal=goal,
        chip=chip,
        meaning=meaning,
        share=_share(data, baseline) if can_compare else None,
        is_known=can_compare,
        tip=_tip(data, baseline),
    )


def _hand_words(data: ObjectiveData) -> GaugeWords:
    """An objective kept by hand, marked so: its last reading beside its first."""
    objective, value, unit = data.objective, data.now.value, data.objective.hand_unit
    start, target = objective.baseline_value, objective.target
    chip, meaning = _CHIPS.get(data.standing, ("", Meaning.NEUTRAL))
    if value is None:
        chip, meaning = NO_DATA, Meaning.UNKNOWN
    change = 0.0 if value is None or start is None else value - start
    said = numbers.signed(change, numbers.decimal(abs(change)))
    baseline = None if start is None else Value(start, data.now.unit)
    goal = "" if target is None else by_hand(target, unit)
    return GaugeWords(
        title=objective.title,
        now="No reading" if value is None else by_hand(value, unit),
        change=f"{said}{_behind(data)}, by hand" if change else "kept by hand",
        baseline="no baseline" if start is None else f"baseline {by_hand(start, unit)}",
        target=f"target {goal}" if goal else "",
        goal=goal,
        chip=chip,
        meaning=meaning,
        share=_share(data, baseline),
        is_known=True,
        tip="Kept by hand: its readings are typed on the plan sheet.",
    )


def _baseline_words(baseline: Value | None, unit: Unit) -> str:
    """The value at day 0, with how much of its days was known where that was too little."""
    if baseline is None or baseline.value is None:
        return "no baseline"
    said = f"baseline {amount(baseline.value, unit)}"
    if baseline.coverage is None or baseline.coverage >= MINIMUM_COVERAGE:
        return said
    return f"{said}, {numbers.known_percent(baseline.coverage)} known"


def _behind(data: ObjectiveData) -> str:
    """A word where a measure is behind its baseline, which an empty bar alone would not tell from standing still."""
    return ", behind" if data.standing == _AWAY else ""


def _share(data: ObjectiveData, baseline: Value | None) -> float | None:
    """How far the bar is filled: whole once the target is reached, whatever the baseline was."""
    return 1.0 if data.standing == _REACHED else way_done(data.now, baseline, data.objective.target)


def way_done(now: Value, baseline: Value | None, target: float | None) -> float | None:
    """The share of the way from baseline (or zero) to target, 0 to 1; None where one of them is missing."""
    start = 0.0 if baseline is None or baseline.value is None else baseline.value
    if now.value is None or target is None:
        return None
    if target == start:
        return 1.0
    return min(1.0, max(0.0, (now.value - start) / (target - start)))


def _tip(data: ObjectiveData, baseline: Value | None) -> str:
    """Formula, what stands behind the number, and how much of the time is known."""
    spans = "Now: the last 90 days. Baseline: the 90 days before day 0."
    measured = "" if data.metric is None else f"{data.metric.title}: {data.metric.formula}"
    lines = [measured, spans]
    if data.now.unit is Unit.SHARE and data.now.numerator is not None and data.now.denominator is not None:
        lines.append(f"Now: {numbers.count(data.now.numerator)} of {numbers.count(data.now.denominator)}")
    if data.now.coverage is not None:
        lines.append(f"{numbers.known_percent(data.now.coverage)} of these days are known")
    if baseline is not None and baseline.coverage is not None and baseline.coverage < MINIMUM_COVERAGE:
        lines.append(f"Only {numbers.known_percent(baseline.coverage)} of the baseline's days are known")
    return "\n".join(lines)
