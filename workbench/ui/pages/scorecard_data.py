"""Scorecard data: what the page reads, and which month it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from workbench.metrics.catalog import CATALOG
from workbench.metrics.window import Window, last_full_month
from workbench.models.database import Database
from workbench.operations.scorecard import FamilyScore, Scorecard, ScoreLine, scorecard
from workbench.queries.known import Known, read_known
from workbench.queries.scope import Scope
from workbench.ui.pages.scorecard_words import tip

AT_ONCE: Final = tuple(metric.key for metric in CATALOG if not metric.is_slow)
LATER: Final = tuple(metric.key for metric in CATALOG if metric.is_slow and not metric.is_per_person)
"""Worked out behind the others, so that these are on the page first."""


@dataclass(frozen=True, slots=True)
class ScorecardView:
    """The scorecard, and how far its days are known."""

    card: Scorecard
    known: Known
    tips: Mapping[str, str]
    """{measure: all it says of itself}, put into words away from the window: that takes longer than a row."""


def read_scorecard(
    database: Database, *, scope: Scope, window: Window | None, now: datetime, keys: tuple[str, ...] = AT_ONCE
) -> ScorecardView:
    """The scorecard of a window; without one of the last calendar month that is over."""
    wanted = last_full_month(now) if window is None else window
    with database.read() as reader:
        card = scorecard(reader, scope=scope, window=wanted, as_of=now, keys=keys)
        last = wanted.end_on - timedelta(days=1)
        known = read_known(reader, scope, wanted.start_on, last, today=now.astimezone(UTC).date())
    return ScorecardView(card, known, {line.metric.key: tip(line) for line in card.lines})


def joined(first: Scorecard, later: Scorecard) -> Scorecard:
    """The scorecard with the measures that came later, in the order of the catalogue."""
    order = {metric.key: place for place, metric in enumerate(CATALOG)}

    def sorted_lines(lines: tuple[ScoreLine, ...]) -> tuple[ScoreLine, ...]:
        return tuple(sorted(lines, key=lambda line: order[line.metric.key]))

    families = tuple(
        FamilyScore(one.family, one.title, sorted_lines((*one.lines, *two.lines)))
        for one, two in zip(first.families, later.families, strict=True)
    )
    others = sorted_lines((*first.others, *later.others))
    return Scorecard(
        first.scope, first.community, first.type, first.window, first.as_of, first.known_until, families, others
    )
