"""What the scorecard page reads."""

from datetime import timedelta

from tests.builders import NOW
from tests.queries.network import a_message
from workbench.cancel import CancelToken
from workbench.metrics.catalog import CATALOG
from workbench.metrics.window import last_days, month
from workbench.operations.questions import settle_question
from workbench.progress import silent
from workbench.sync.connector import Batch
from workbench.ui.numbers import moment
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


def test_what_no_longer_waits_is_told_with_the_unanswered_questions(workspace, water_id):
    asked = a_message("asked", at=NOW - timedelta(days=9), subject="Pump", text="Which pump?")
    workspace.mirror.apply(water_id, "events", Batch(records=(asked,)))
    with workspace.database.read() as reader:
        thread = reader.scalar("SELECT id FROM event WHERE remote_id = 'asked'")
    settle_question(workspace, thread_id=thread, is_answered=True)
    view = read_scorecard(workspace.database, scope=(water_id,), window=last_days(30, NOW), now=NOW)
    words = "Of these, 1 no longer waits on Questions: 1 marked as answered."
    assert view.also["unanswered"] == [("As of", moment(NOW)), ("On the board", words)]
    assert view.also["heat"] == [("As of", moment(NOW))]
    assert not view.also["messages"]
    assert view.tips["unanswered"].endswith(words)
