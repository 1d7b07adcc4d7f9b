"""Scorecard data: what the page reads, and which month it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from workbench.cancel import CancelToken
from workbench.metrics.catalog import CATALOG
from workbench.metrics.network_paths import worked_out_by
from workbench.metrics.window import Window, last_full_month
from workbench.models.database import Database
from workbench.operations.kept import kept_measures
from workbench.operations.network_work import paths_beside
from workbench.operations.page_measures import SCORES_AT_ONCE, SCORES_LAST, SCORES_LATER
from workbench.operations.scorecard import FamilyScore, Scorecard, ScoreLine, scorecard
from workbench.progress import Report
from workbench.queries.known import Known, read_known
from workbench.queries.questions import limit_hours, settled_unreplied
from workbench.queries.scope import Scope
from workbench.ui.pages.dashboard_words import settled_words
from workbench.ui.pages.scorecard_words import as_of_lines, tip
from workbench.workspace import Workspace

AT_ONCE: Final = SCORES_AT_ONCE
LATER: Final = SCORES_LATER
LAST: Final = SCORES_LAST
UNANSWERED: Final = "unanswered"
Also = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ScorecardView:
    """The scorecard, and how far its days are known."""

    card: Scorecard
    known: Known
    tips: Mapping[str, str]
    """{measure: all it says of itself}, put into words away from the window: that takes longer than a row."""
    also: Also = field(default_factory=dict)
    """{measure: (what, words) it says besides}: when it was counted, and what no longer waits on Questions of it."""


def read_scorecard(
    database: Database, *, scope: Scope, window: Window | None, now: datetime, keys: tuple[str, ...] = AT_ONCE
) -> ScorecardView:
    """The scorecard of a window; without one of the last calendar month that is over."""
    wanted = last_full_month(now) if window is None else window
    with kept_measures(database) as (reader, kept):
        card = scorecard(reader, scope=scope, window=wanted, as_of=now, keys=keys, kept=kept)
        last = wanted.end_on - timedelta(days=1)
        known = read_known(reader, scope, wanted.start_on, last, today=now.astimezone(UTC).date())
        settled = ""
        if UNANSWERED in keys:
            asked = (wanted.start, max(wanted.start, min(wanted.end, now - timedelta(hours=limit_hours(reader)))))
            settled = settled_words(settled_unreplied(reader, scope, as_of=now, period=asked))
    tips = {line.metric.key: tip(line) for line in card.lines}
    also = {key: as_of_lines(key, card.as_of) for key in tips}
    if settled:
        also[UNANSWERED].append(("On the board", settled))
    for key, lines in also.items():
        tips[key] += "".join(f"\n{what}: {words}" for what, words in lines)
    return ScorecardView(card, known, tips, also)


def read_last(
    workspace: Workspace, *, scope: Scope, window: Window, now: datetime, report: Report, cancel: CancelToken
) -> ScorecardView:
    """What is worked out behind all others: the paths between people, in a child process while the window goes on."""
    beside = partial(paths_beside, workspace.profile, report=report, cancel=cancel)
    with worked_out_by(beside):
        return read_scorecard(workspace.database, scope=scope, window=window, now=now, keys=LAST)


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
