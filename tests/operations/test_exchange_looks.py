"""Looking before a choice: what waits, with names; what a copy would bring back; and nothing changes by looking."""

import pytest

from tests.operations.laptops import Laptop, card_called, two_laptops
from workbench.errors import BadInputError
from workbench.operations.exchange import kept_copies, restore_copy
from workbench.operations.exchange_looks import changes_of_copy, waiting_choices
from workbench.plans.drafts import CardDraft

NEWCOMERS = "Welcome newcomers"


@pytest.fixture
def amina(tmp_path) -> Laptop:
    """She and Bo gave one card another owner, and his copy came."""
    amina, bo = two_laptops(tmp_path)
    card = card_called(amina.view, NEWCOMERS)
    amina.editor.set_card(card, owner="Amina Example")
    bo.editor.set_card(card, owner="Bo Example", notes="By telephone")
    bo.editor.add_card(CardDraft("Call the ministry"))
    amina.receive(bo.send(amina).path)
    return amina


def test_what_waits_is_told_with_names_and_values(amina: Laptop):
    assert amina.plan is not None
    (question,) = waiting_choices(amina.workspace, amina.plan)
    assert (question.title, question.field) == (NEWCOMERS, "Owner")
    assert set(zip(question.authors, question.words, strict=True)) == {
        ("Amina Example", "Amina Example"),
        ("Bo Example", "Bo Example"),
    }
    amina.editor.settle(question.conflict, 0)
    assert waiting_choices(amina.workspace, amina.plan) == ()


def test_both_values_can_be_kept_in_one_gesture(amina: Laptop):
    assert amina.plan is not None
    (question,) = waiting_choices(amina.workspace, amina.plan)
    amina.editor.settle(question.conflict, 1, notes="By telephone\nOwner: another")
    card = next(card for card in amina.view.cards if card.title == NEWCOMERS)
    assert (card.notes, amina.view.conflicts) == ("By telephone\nOwner: another", ())
    amina.editor.undo()
    assert [each.field for each in amina.view.conflicts] == ["owner"]
    assert next(card for card in amina.view.cards if card.title == NEWCOMERS).notes == "By telephone"


def test_notes_of_what_is_no_card_are_refused(tmp_path):
    amina, bo = two_laptops(tmp_path)
    amina.editor.set_plan(purpose="Hers")
    bo.editor.set_plan(purpose="His")
    amina.receive(bo.send(amina).path)
    assert amina.plan is not None
    (question,) = waiting_choices(amina.workspace, amina.plan)
    with pytest.raises(BadInputError, match="Only cards"):
        amina.editor.settle(question.conflict, 0, notes="both")


def test_a_copy_says_what_it_would_bring_back(amina: Laptop):
    assert amina.plan is not None
    (copy,) = kept_copies(amina.workspace, amina.plan)
    before = amina.view
    told = {(each.title, each.field): each.after_words for each in changes_of_copy(amina.workspace, copy.id)}
    assert told[NEWCOMERS, "Notes"] == ""
    assert told["Call the ministry", "Archived"] == "yes"
    assert amina.view == before
    restore_copy(amina.workspace, copy.id, editor=amina.editor)
    assert changes_of_copy(amina.workspace, copy.id) == ()


def test_an_unknown_copy_is_refused(amina: Laptop):
    with pytest.raises(BadInputError, match="no such copy"):
        changes_of_copy(amina.workspace, "nothing")
