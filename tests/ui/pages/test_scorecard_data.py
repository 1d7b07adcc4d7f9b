"""What the scorecard page reads."""

from tests.builders import NOW
from workbench.cancel import CancelToken
from workbench.metrics.catalog import CATALOG
from workbench.metrics.window import month
from workbench.progress import silent
from workbench.ui.pages.scorecard_data import LATER, joined, read_last, read_scorecard


def test_the_month_that_is_over_is_meant_and_slow_measures_come_later(workspace, water_id):
    first = read_scorecard(workspace.database, scope=(water_id,), window=None, now=NOW)
    assert first.card.window == month(2024, 5)
    assert first.known.unknown_days == 10
    assert "Formula: " in first.tips["reply_rate"], "put into words away from the window"
    later = read_scorecard(workspace.database, scope=(water_id,), window=None, now=NOW, keys=LATER)
    how = {"report": silent, "cancel": CancelToken()}
    last = read_last(workspace, scope=(water_id,), window=first.card.window, now=NOW, **how)
    both = joined(joined(first.card, later.card), last.card)
    assert [line.metric.key for line in both.lines if line.metric.family is None] == [
        metric.key for metric in CATALOG if metric.family is None
    ], "every measure has its row"
    assert {line.metric.key for line in both.lines} == {metric.key for metric in CATALOG}
    assert last.tips.keys() == {"betweenness"}
    assert [one.family for one in both.families] == [one.family for one in first.card.families]
