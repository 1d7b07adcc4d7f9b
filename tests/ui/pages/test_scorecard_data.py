"""What the scorecard page reads."""

from tests.builders import NOW
from workbench.metrics.window import month
from workbench.ui.pages.scorecard_data import AT_ONCE, LATER, joined, read_scorecard


def test_the_month_that_is_over_is_meant_and_slow_measures_come_later(workspace, water_id):
    first = read_scorecard(workspace.database, scope=(water_id,), window=None, now=NOW)
    assert first.card.window == month(2024, 5)
    assert first.known.unknown_days == 10
    assert "Formula: " in first.tips["reply_rate"], "put into words away from the window"
    later = read_scorecard(workspace.database, scope=(water_id,), window=None, now=NOW, keys=LATER)
    both = joined(first.card, later.card)
    assert {line.metric.key for line in both.lines} == {*AT_ONCE, *LATER}
    assert [one.family for one in both.families] == [one.family for one in first.card.families]
