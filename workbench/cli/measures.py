"""Verbs about measures: the catalogue, one of its entries, and the scorecard; they work beside an open window."""

import argparse
from typing import Any, Final

from workbench.cli.basis import BASIS, basis, scope_of
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.reading import run_reading
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.metrics.catalog import CATALOG, Metric, find_metric
from workbench.metrics.parts import parts_of
from workbench.metrics.window import Window, last_full_month
from workbench.models.kinds import CommunityType
from workbench.operations.kept import kept_measures
from workbench.operations.measure_limits import choose_seldom, seldom_limits
from workbench.operations.scorecard import ScoreLine, scorecard

LIST, SHOW, SET = "list", "show", "set"
SELDOM: Final = "occasional"
LISTED: Final = ("key", "title", "unit", "section", "family", "formula", "source")
SHOWN: Final = (
    *LISTED, "higher_is_better", "targets", "stretch", "moves", "cannot", "is_per_person",
)  # fmt: skip
SCORES: Final = (
    "family", "key", "title", "unit", "value", "numerator", "denominator", "coverage", "target", "stretch", "standing",
    "previous", "previous_why_not", "year_ago", "year_ago_why_not", "formula", "source", "unseen", "doubts", "moves",
    "parts", "threads", *BASIS,
)  # fmt: skip
READ: Final = ("family", "title", "value", "unit", "coverage", "target", "standing", "previous", "year_ago")
"""What of a scorecard fits on a screen."""


def run_metric(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """`metric list` and `metric show KEY` tell of the catalogue, `metric set KEY` sets what it leaves free.

    Any other word is the key of a measure to work out.
    """
    if options.key == LIST:
        output.rows([_told(metric) for metric in CATALOG], LISTED)
        return 0
    if options.key == SHOW:
        metric = find_metric(options.name or "")
        output.one({key: _told(metric)[key] for key in SHOWN})
        return 0
    if options.key == SET:
        return _set(options, output, clock)
    return run_reading(options, output, clock)


def _set(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Chooses the limits of `occasional`, the one measure that leaves any free; without options it tells them."""
    if options.name != SELDOM:
        message = f"Only “{SELDOM}” has limits to set: --fewest MESSAGES and --gap-days DAYS."
        raise BadInputError(message)
    chooses = options.fewest is not None or options.gap_days is not None
    with open_workspace(options, clock=clock, say=output.warn, writable=chooses) as workspace:
        if chooses:
            choose_seldom(workspace, fewest=options.fewest, gap_days=options.gap_days)
        limits = seldom_limits(workspace)
    output.one({"key": SELDOM, "fewest": limits.fewest, "gap_days": limits.gap_days})
    return 0


def run_scorecard(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Every measure of one community, or of all, over one period; the last full month when none is given."""
    as_of = clock.now()
    window = last_full_month(as_of) if options.period is None else Window.between(*options.period)
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        kept_measures(workspace.database) as (reader, kept),
    ):
        scope = scope_of(reader, options.community, output)
        card = scorecard(reader, scope=scope, window=window, as_of=as_of, keys=options.measures or None, kept=kept)
        told = basis(reader, scope, window, card.as_of)
    known = "no day is known" if card.known_until is None else f"known until {card.known_until}"
    output.say(f"{card.community}, {window.start_on} to before {window.end_on}, {known}")
    rows = [_scored(line) | told for line in card.lines]
    if output.as_json:
        output.rows(rows, SCORES)
    else:
        output.rows([_comparable(row) for row in rows], READ)
    return 0


def _comparable(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what must not be compared: on a screen nobody reads the reason."""
    return row | {key: None for key in ("previous", "year_ago") if row[f"{key}_why_not"]}


def _told(metric: Metric) -> dict[str, Any]:
    return {
        "key": metric.key,
        "title": metric.title,
        "unit": metric.unit,
        "section": metric.section,
        "family": metric.family,
        "formula": metric.formula,
        "source": metric.source,
        "higher_is_better": metric.higher_is_better,
        "targets": _by_type(metric.targets),
        "stretch": _by_type(metric.stretch),
        "moves": metric.moves,
        "cannot": list(metric.cannot.values()),
        "is_per_person": metric.is_per_person,
    }


def _by_type(targets: Any) -> list[str]:
    return [f"{kind.value}: {targets[kind]:g}" for kind in CommunityType if kind in targets]


def _scored(line: ScoreLine) -> dict[str, Any]:
    now, explained = line.now, line.explanation
    return {
        **_told(line.metric),
        "value": now.value,
        "numerator": now.numerator,
        "denominator": now.denominator,
        "coverage": round(explained.coverage, 6),
        "target": explained.target,
        "stretch": explained.stretch,
        "standing": line.standing,
        "previous": line.previous.value.value,
        "previous_why_not": line.previous.why_not,
        "year_ago": line.year_ago.value.value,
        "year_ago_why_not": line.year_ago.why_not,
        "unseen": explained.unseen,
        "doubts": explained.doubts,
        "parts": {part.words: part.number for part in parts_of(now)},
        "threads": now.detail.get("thread_ids", ()),
    }
