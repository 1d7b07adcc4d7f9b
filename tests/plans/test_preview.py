"""Preview: who changed what, in words, before anything is applied."""

from datetime import timedelta

import pytest

from tests.plans.samples import AT, START, a_document, an_edit
from workbench.errors import BadInputError, DamagedError
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.document import PlanDocument
from workbench.plans.preview import authors, changes_back, open_questions, preview, records, shown
from workbench.plans.views import FieldEdit, RecordKind

LATER = AT + timedelta(hours=1)


def copies(*titles: str) -> tuple[PlanDocument, PlanDocument]:
    base = a_document(*titles)
    return base, PlanDocument.from_bytes(base.to_bytes())


def test_nothing_is_applied():
    mine, theirs = copies("one")
    theirs.write([an_edit("card-0", "owner", "Bo Example")], at=LATER, author="bo")
    before, data = mine.view(), mine.to_bytes()
    assert not preview(mine, theirs.to_bytes()).is_same
    assert mine.view() == before
    assert mine.to_bytes() == data


def test_each_changed_field_is_told_with_title_values_author_and_time():
    mine, theirs = copies("one", "two")
    theirs.write(
        [
            an_edit("card-1", "title", "Second"),
            an_edit("card-1", "due", 30),
            an_edit("card-1", "pillar", Pillar.UI),
            an_edit("card-0", "column", CardColumn.DOING),
            an_edit("card-0", "is_archived", value=True),
            FieldEdit(RecordKind.PLAN, "", "starts_on", START + timedelta(days=1)),
            FieldEdit(RecordKind.OBJECTIVE, "objective-0", "target", 0.9),
        ],
        at=LATER,
        author="bo",
    )
    seen = preview(mine, theirs.to_bytes())
    assert [(each.title, each.field, each.before_words, each.after_words) for each in seen.changes] == [
        ("Safe water", "Day 0", "3 Jun 2024", "4 Jun 2024"),
        ("Faster answers", "Target", "0.8", "0.9"),
        ("one", "Archived", "no", "yes"),
        ("one", "Column", "To do", "Doing"),
        ("Second", "Due", "", "day 30"),
        ("Second", "Pillar", "", "U&I"),
        ("Second", "Title", "two", "Second"),
    ]
    assert {(each.author, each.at) for each in seen.changes} == {("bo", LATER)}
    assert seen.questions == ()


def test_a_new_card_is_one_change():
    mine, theirs = copies("one")
    theirs.write([an_edit("card-9", "title", "New one"), an_edit("card-9", "owner", "Bo")], at=LATER, author="bo")
    (change,) = preview(mine, theirs.to_bytes()).changes
    assert (change.field, change.title, change.name, change.after, change.author) == (
        "New card",
        "New one",
        "",
        "New one",
        "bo",
    )


def test_a_field_both_changed_is_a_question_and_no_change():
    mine, theirs = copies("one")
    mine.write([an_edit("card-0", "owner", "Amina Example")], at=AT, author="amina")
    theirs.write([an_edit("card-0", "owner", "Bo Example"), an_edit("card-0", "hours", 2.0)], at=LATER, author="bo")
    seen = preview(mine, theirs.to_bytes())
    assert [(each.field, each.before_words, each.after_words) for each in seen.changes] == [("Hours", "", "2")]
    (question,) = seen.questions
    assert (question.title, question.field, question.words) == ("one", "Owner", ("Bo Example", "Amina Example"))
    assert [(each.author, each.at) for each in question.conflict.candidates] == [("bo", LATER), ("amina", AT)]
    mine.merge(theirs.to_bytes())
    assert mine.view().conflicts == seen.conflicts


def test_a_conflict_that_is_here_already_is_not_told_again():
    mine, theirs = copies("one")
    mine.write([an_edit("card-0", "owner", "Amina Example")], at=AT, author="amina")
    theirs.write([an_edit("card-0", "owner", "Bo Example")], at=LATER, author="bo")
    mine.merge(theirs.to_bytes())
    theirs.write([an_edit("card-0", "notes", "x")], at=LATER, author="bo")
    assert preview(mine, theirs.to_bytes()).questions == ()


def test_a_conflict_the_partner_settled_is_a_change_from_both_values():
    mine, theirs = copies("one")
    mine.write([an_edit("card-0", "owner", "Amina Example")], at=AT, author="amina")
    theirs.write([an_edit("card-0", "owner", "Bo Example")], at=LATER, author="bo")
    mine.merge(theirs.to_bytes())
    theirs.merge(mine.to_bytes())
    theirs.write([an_edit("card-0", "owner", "Bo Example")], at=LATER, author="bo")
    (change,) = preview(mine, theirs.to_bytes()).changes
    assert (change.before_words, change.after_words) == ("Bo Example or Amina Example", "Bo Example")


def test_a_value_taken_back_leaves_no_name():
    mine = a_document("one")
    theirs = PlanDocument.from_bytes(mine.to_bytes())
    theirs.write([an_edit("card-0", "owner", "Bo Example")], at=LATER, author="bo")
    mine.merge(theirs.to_bytes())
    theirs.undo()
    (change,) = preview(mine, theirs.to_bytes()).changes
    assert (change.before_words, change.after_words, change.author, change.at) == ("Bo Example", "", "", None)


def test_only_the_order_of_cards_is_no_change_in_words_but_not_the_same():
    mine, theirs = copies("one", "two")
    theirs.write([an_edit("card-1", "position", "A")], at=LATER, author="bo")
    seen = preview(mine, theirs.to_bytes())
    assert (seen.changes, seen.questions, seen.is_same) == ((), (), False)


def test_what_brings_nothing_is_the_same():
    mine, theirs = copies("one")
    assert preview(mine, theirs.to_bytes()).is_same


def test_a_plan_that_is_new_here_is_told_as_new_parts():
    theirs = a_document("one")
    seen = preview(PlanDocument.new(theirs.id), theirs.to_bytes())
    assert [(each.field, each.title) for each in seen.changes] == [
        ("New plan", "Safe water"),
        ("New objective", "Faster answers"),
        ("New card", "one"),
    ]


def test_names_stand_in_for_marks_where_they_are_known():
    mine, theirs = copies("one")
    mine.write([an_edit("card-0", "owner", "A")], at=AT, author="amina")
    theirs.write([an_edit("card-0", "owner", "B"), an_edit("card-0", "notes", "x")], at=LATER, author="bo")
    seen = preview(mine, theirs.to_bytes()).named({"bo": "Bo Example"})
    assert [change.author for change in seen.changes] == ["Bo Example"]
    assert [question.authors for question in seen.questions] == [("Bo Example", "amina")]
    mine.merge(theirs.to_bytes())
    assert mine.view().conflicts == seen.conflicts


def test_marks_of_a_plan_are_found():
    mine, _ = copies("one")
    mine.write([an_edit("card-0", "owner", "A")], at=AT, author="bo")
    assert authors(mine) == {"Amina", "bo"}
    assert len(list(records(mine.view()))) == len(set(records(mine.view())))
    assert shown(RecordKind.CARD, "no such field", ()) is None


def test_other_plans_and_damage_are_refused():
    mine, _ = copies("one")
    with pytest.raises(BadInputError):
        preview(mine, a_document("x", plan_id="plan-2").to_bytes())
    with pytest.raises(DamagedError):
        preview(mine, b"\xff\xff nothing")


def test_what_waits_now_is_told_like_what_would_ask():
    mine, theirs = copies("one")
    mine.write([an_edit("card-0", "owner", "Amina Example")], at=AT, author="amina")
    theirs.write([an_edit("card-0", "owner", "Bo Example")], at=LATER, author="bo")
    asked = preview(mine, theirs.to_bytes()).questions
    assert open_questions(mine) == ()
    mine.merge(theirs.to_bytes())
    assert open_questions(mine) == asked


def test_edits_are_told_in_words_without_being_written():
    mine, _ = copies("one")
    before = mine.view()
    edits = [an_edit("card-0", "owner", "Bo Example"), an_edit("card-0", "notes", "")]
    (change,) = changes_back(mine, edits)
    assert (change.title, change.field, change.before_words, change.after_words) == ("one", "Owner", "", "Bo Example")
    assert (change.author, change.at) == ("", None)
    assert mine.view() == before
