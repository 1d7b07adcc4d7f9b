"""PlanSummary: frozen, and its board in one line."""

from dataclasses import FrozenInstanceError, replace

import pytest

from tests.export.samples import a_card, a_summary
from workbench.export.summary import ColumnBlock, Standing


def test_board_is_told_in_one_line():
    assert a_summary(cards=3).standing_words == "7 cards: 4 to do, 2 doing, 1 done"


def test_one_card_is_one_card():

    one = replace(a_summary(), columns=(ColumnBlock("To do", (a_card("Ask"),)), ColumnBlock("Done", ())))
    assert one.standing_words == "1 card: 1 to do, 0 done"


def test_summary_cannot_be_changed_once_it_is_gathered():
    with pytest.raises(FrozenInstanceError):
        a_summary().owner = "somebody else"  # type: ignore[misc]  # what the test is about


def test_equal_facts_are_equal_summaries():
    assert a_summary() == a_summary()
    assert hash(a_summary()) == hash(a_summary())


def test_standings_are_words_for_people():
    assert [standing.value for standing in Standing] == [
        "reached", "on the way", "not yet moving", "moving away", "starting", "no target", "not known",
    ]  # fmt: skip


def test_objectives_are_told_in_one_line():
    assert a_summary().objective_words == "2 objectives: 1 on the way, 1 no target"
    assert replace(a_summary(), measures=()).objective_words == "none"
