"""Going back: a copy's look as new edits, which merge and can be undone."""

from functools import partial

import pytest

from tests.plans.samples import AT, a_document, an_edit
from workbench.errors import BadInputError
from workbench.plans.document import PlanDocument
from workbench.plans.going_back import edits_back
from workbench.plans.views import FieldEdit, RecordKind, Recurrence


def test_every_changed_field_goes_back_and_new_cards_are_archived():
    document = a_document("one", "two")
    was, copy = document.view(), document.to_bytes()
    document.write(
        [
            an_edit("card-0", "title", "First"),
            an_edit("card-0", "owner", "Bo Example"),
            an_edit("card-1", "is_archived", value=True),
            an_edit("card-9", "title", "New"),
            FieldEdit(RecordKind.PLAN, "", "purpose", "Another"),
            FieldEdit(RecordKind.OBJECTIVE, "objective-0", "target", 0.1),
        ],
        at=AT,
        author="bo",
    )
    document.write(edits_back(document, copy), at=AT, author="amina")
    view = document.view()
    assert view.purpose == was.purpose
    assert view.objectives == was.objectives
    assert [card for card in view.cards if card.id != "card-9"] == list(was.cards)
    assert [card.is_archived for card in view.cards if card.id == "card-9"] == [True]
    document.undo()
    assert "First" in {card.title for card in document.view().cards}


def test_going_back_reaches_a_partner_like_any_edit():
    document = a_document("one")
    copy = document.to_bytes()
    document.write([an_edit("card-0", "title", "First")], at=AT, author="bo")
    partner = PlanDocument.from_bytes(document.to_bytes())
    document.write(edits_back(document, copy), at=AT, author="amina")
    partner.merge(document.to_bytes())
    assert partner.view() == document.view()
    assert [card.title for card in partner.view().cards] == ["one"]


def test_a_conflict_that_is_in_the_copy_too_goes_on_waiting():
    document = a_document("one")
    other = PlanDocument.from_bytes(document.to_bytes())
    document.write([an_edit("card-0", "owner", "A")], at=AT, author="amina")
    other.write([an_edit("card-0", "owner", "B")], at=AT, author="bo")
    document.merge(other.to_bytes())
    copy = document.to_bytes()
    assert edits_back(document, copy) == ()
    document.write([an_edit("card-0", "notes", "x")], at=AT, author="amina")
    assert [edit.field for edit in edits_back(document, copy)] == ["notes"]


def test_a_locked_checkpoint_stays_locked():
    document = a_document("one")
    copy = document.to_bytes()
    document.write(
        [
            FieldEdit(RecordKind.CHECKPOINT, "30", "what_worked", "Calls"),
            FieldEdit(RecordKind.CHECKPOINT, "30", "locked_at", AT),
            FieldEdit(RecordKind.CHECKPOINT, "60", "what_worked", "Mail"),
        ],
        at=AT,
        author="amina",
    )
    assert [(edit.record_id, edit.field, edit.value) for edit in edits_back(document, copy)] == [
        ("60", "what_worked", "")
    ]


def test_a_copy_of_another_plan_is_refused():
    with pytest.raises(BadInputError):
        edits_back(a_document("one"), a_document("one", plan_id="plan-2").to_bytes())


def test_a_time_of_a_series_that_was_changed_shows_again_what_its_series_had():
    document = a_document("weekly")
    write = partial(document.write, at=AT, author="amina")
    write([an_edit("card-0", "due", 2), an_edit("card-0", "recurrence", Recurrence(7, 20))])
    before = document.view()
    copy = document.to_bytes()
    write(
        [an_edit("card-0", "1~title", "special"), an_edit("card-0", "2~due", 40), an_edit("card-0", "2~column", "done")]
    )
    write(edits_back(document, copy))
    assert [(card.title, card.due_day, card.column) for card in document.view().cards] == [
        (card.title, card.due_day, card.column) for card in before.cards
    ]
