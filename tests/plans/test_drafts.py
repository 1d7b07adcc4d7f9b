"""Drafts: the edits that make cards and objectives."""

from datetime import UTC, date, datetime

from tests.plans.samples import START, a_card
from workbench.ids import CardId, ObjectiveId
from workbench.models.kinds import CardColumn
from workbench.plans.board import Board
from workbench.plans.drafts import CardDraft, ObjectiveDraft, card_edits, objective_edits
from workbench.plans.views import Baseline


def test_new_cards_stand_behind_the_ones_there_in_their_order() -> None:
    board = Board.of([a_card("old", position="k")])
    drafts = [CardDraft("a"), CardDraft("b", column=CardColumn.DONE), CardDraft("c")]
    edits = card_edits(drafts, [CardId("a"), CardId("b"), CardId("c")], board=board, today=START)
    position = {edit.record_id: str(edit.value) for edit in edits if edit.field == "position"}
    assert "k" < position["a"] < position["c"]
    assert {edit.record_id: edit.value for edit in edits if edit.field == "done_on"} == {
        "a": None,
        "b": START,
        "c": None,
    }


def test_a_fixed_due_day_wins_over_a_counted_one() -> None:
    draft = CardDraft("a", due_on=date(2024, 7, 1), due_day=3)
    edits = card_edits([draft], [CardId("a")], board=Board(()), today=START)
    assert [edit.value for edit in edits if edit.field == "due"] == [date(2024, 7, 1)]


def test_an_objective_brings_its_baseline_under_its_measure() -> None:
    baseline = Baseline(1, 1, 1, 1.0, datetime(2024, 6, 3, tzinfo=UTC))
    draft = ObjectiveDraft("t", "reply_rate", 0.8, baseline)
    edits = objective_edits(draft, ObjectiveId("o"), position="V")
    assert {edit.field: edit.value for edit in edits}["baseline.reply_rate"] == baseline
    assert len(edits) == len(objective_edits(ObjectiveDraft("t", "reply_rate"), ObjectiveId("o"), position="V")) + 1


def test_cards_on_top_come_before_those_there_the_last_one_first() -> None:
    board = Board((a_card("old", position="V"),))
    drafts, ids = [CardDraft("One"), CardDraft("Two")], [CardId("one"), CardId("two")]
    edits = card_edits(drafts, ids, board=board, today=START, on_top=True)
    places = {edit.record_id: str(edit.value) for edit in edits if edit.field == "position"}
    assert places["two"] < places["one"] < "V"
