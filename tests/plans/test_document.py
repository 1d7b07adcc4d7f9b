"""PlanDocument: edits, undo, merges in any order, damage, and a rebuild that forgets."""

import random
from datetime import date, timedelta

import pytest
from pycrdt import Doc, Map

from tests.plans.replicas import shown
from tests.plans.samples import AT, START, a_document, an_edit
from tests.plans.twins import a_checkpoint_edit, twins, write
from workbench.errors import BadInputError, DamagedError, WorkbenchError
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn
from workbench.plans.board import Board, place_card
from workbench.plans.document import FORMAT, PlanDocument
from workbench.plans.views import FieldEdit, RecordKind, RoleLine


def titles(document: PlanDocument) -> list[str]:
    return [card.title for card in document.view().cards]


# One editor.


def test_bytes_read_back_to_the_same_view() -> None:
    document = a_document("one", "two")
    assert PlanDocument.from_bytes(document.to_bytes()).view() == document.view()
    assert titles(document) == ["one", "two"]


def test_one_gesture_is_one_step_however_many_fields_it_touches() -> None:
    document = a_document("one", "two")
    before = document.view()
    write(document, an_edit("card-0", "title", "new"), an_edit("card-1", "owner", "Bilal Example"))
    after = document.view()
    assert document.undo()
    assert document.view() == before
    assert not document.can_undo
    assert document.redo()
    assert document.view() == after
    assert not document.redo()


def test_quick_edits_are_separate_steps() -> None:
    document = a_document("one")
    for title in ("a", "b", "c"):
        write(document, an_edit("card-0", "title", title))
    seen = []
    while document.undo():
        seen += titles(document)
    assert seen == ["b", "a", "one"]


def test_a_value_that_is_there_already_is_no_edit() -> None:
    document = a_document("one")
    assert not write(document, an_edit("card-0", "title", "one"), an_edit("card-0", "owner", ""))
    assert not document.can_undo


def test_a_refused_value_leaves_the_whole_gesture_out() -> None:
    document = a_document("one")
    before = document.to_bytes()
    with pytest.raises(BadInputError):
        write(document, an_edit("card-0", "title", "fine"), an_edit("card-0", "hours", -1))
    with pytest.raises(BadInputError, match="no field named colour"):
        write(document, an_edit("card-0", "colour", "red"))
    assert document.to_bytes() == before


def test_undoing_a_new_card_hides_it_and_redoing_shows_it() -> None:
    document = a_document("one")
    write(document, an_edit("new", "title", "a new one"))
    assert titles(document) == ["a new one", "one"]
    document.undo()
    assert titles(document) == ["one"]
    document.redo()
    assert titles(document) == ["a new one", "one"]


def test_days_counted_from_day_0_move_with_it_and_skip_weekends() -> None:
    document = a_document("one", "two")
    write(document, an_edit("card-0", "due", 5), an_edit("card-1", "due", date(2024, 6, 8)))
    assert [card.due_on for card in document.view().cards] == [date(2024, 6, 10), date(2024, 6, 8)]
    write(document, FieldEdit(RecordKind.PLAN, "", "starts_on", START + timedelta(days=1)))
    assert [card.due_on for card in document.view().cards] == [date(2024, 6, 10), date(2024, 6, 8)]
    write(document, FieldEdit(RecordKind.PLAN, "", "starts_on", START + timedelta(days=3)))
    assert [card.due_on for card in document.view().cards] == [date(2024, 6, 11), date(2024, 6, 8)]
    document.undo()
    assert document.view().cards[0].due_on == date(2024, 6, 10)


def test_a_write_that_is_no_edit_is_not_undone() -> None:
    document = a_document("one")
    document.write([an_edit("card-0", "title", "given")], at=AT, author="Amina", undoable=False)
    assert not document.undo()
    assert titles(document) == ["given"]


def test_a_long_session_keeps_the_document_small() -> None:
    document = a_document("one")
    for number in range(500):
        write(document, an_edit("card-0", "title", f"title {number}"))
    assert len(document.rebuild().to_bytes()) < len(document.to_bytes()) < 60_000


# Two editors.


def test_different_fields_of_one_card_merge_without_a_question() -> None:
    mine, hers = twins()
    write(mine, an_edit("card-0", "title", "mine"))
    write(hers, an_edit("card-0", "owner", "Bilal Example"), author="Bilal")
    assert mine.merge(hers.to_bytes())
    card = mine.view().cards[0]
    assert (card.title, card.owner, card.has_conflict) == ("mine", "Bilal Example", False)


def test_one_field_changed_by_both_lists_both_newest_time_first_until_somebody_chooses() -> None:
    mine, hers = twins()
    write(mine, an_edit("card-0", "owner", "Amina Example"), minutes=1)
    write(hers, an_edit("card-0", "owner", "Bilal Example"), minutes=2, author="Bilal")
    mine.merge(hers.to_bytes())
    hers.merge(mine.to_bytes())
    assert mine.view() == hers.view()
    (conflict,) = mine.view().conflicts
    assert (conflict.kind, conflict.record_id, conflict.field) == (RecordKind.CARD, "card-0", "owner")
    assert [(each.value, each.author) for each in conflict.candidates] == [
        ("Bilal Example", "Bilal"),
        ("Amina Example", "Amina"),
    ]
    assert mine.view().cards[0].owner == "Bilal Example"
    assert write(mine, an_edit("card-0", "owner", "Bilal Example"))
    assert mine.view().conflicts == ()
    mine.undo()
    assert len(mine.view().conflicts) == 1


def test_the_same_value_typed_twice_is_no_conflict() -> None:
    mine, hers = twins()
    write(mine, an_edit("card-0", "owner", "Bilal Example"))
    write(hers, an_edit("card-0", "owner", "Bilal Example"), author="Bilal")
    mine.merge(hers.to_bytes())
    assert mine.view().conflicts == ()


@pytest.mark.parametrize("days", [-365, 365])
def test_a_causally_later_edit_wins_whatever_the_clocks_say(days: int) -> None:
    mine, hers = twins()
    write(mine, an_edit("card-0", "title", "first"))
    hers.merge(mine.to_bytes())
    hers.write([an_edit("card-0", "title", "second")], at=AT + timedelta(days=days), author="Bilal")
    mine.merge(hers.to_bytes())
    assert shown(mine, "card-0", "title") == {"second"}


def test_archiving_against_editing_loses_neither() -> None:
    mine, hers = twins()
    write(mine, an_edit("card-0", "is_archived", value=True))
    write(hers, an_edit("card-0", "notes", "still needed"), author="Bilal")
    mine.merge(hers.to_bytes())
    card = next(card for card in mine.view().cards if card.id == "card-0")
    # It stays in sight until somebody chooses.
    assert (card.is_archived, card.has_conflict, card.notes) == (False, True, "still needed")
    assert [conflict.field for conflict in mine.view().conflicts] == ["is_archived"]


def test_a_card_moved_by_both_stays_one_card_and_asks_for_its_column() -> None:
    mine, hers = twins()
    for document, column, minutes in ((mine, CardColumn.DONE, 1), (hers, CardColumn.DOING, 2)):
        board = Board(document.view().cards)
        write(document, *place_card(board, "card-0", to=column, index=0, today=START), minutes=minutes)
    mine.merge(hers.to_bytes())
    assert [card.id for card in mine.view().cards] == ["card-1", "card-0"]
    card = mine.view().cards[1]
    assert (card.column, card.done_on, card.has_conflict) == (CardColumn.DOING, None, True)
    assert [conflict.field for conflict in mine.view().conflicts] == ["column"]


def test_undo_after_a_merge_takes_back_own_edits_only() -> None:
    mine, hers = twins()
    write(mine, an_edit("card-0", "title", "mine"))
    write(hers, an_edit("card-1", "title", "hers"), author="Bilal")
    mine.merge(hers.to_bytes())
    assert mine.undo()
    assert titles(mine) == ["one", "hers"]
    assert not mine.undo()


def test_undo_of_an_edit_the_partner_replaced_goes_on_to_the_edit_before_it() -> None:
    mine, hers = twins()
    write(mine, an_edit("card-1", "title", "earlier"))
    write(mine, an_edit("card-0", "title", "mine"))
    hers.merge(mine.to_bytes())
    write(hers, an_edit("card-0", "title", "hers"), author="Bilal")
    mine.merge(hers.to_bytes())
    assert mine.undo()
    assert titles(mine) == ["hers", "two"]
    assert mine.view().conflicts == ()


def test_undo_of_one_side_of_a_conflict_leaves_the_other_alone() -> None:
    mine, hers = twins()
    write(mine, an_edit("card-0", "title", "mine"))
    write(hers, an_edit("card-0", "title", "hers"), author="Bilal")
    mine.merge(hers.to_bytes())
    mine.undo()
    assert shown(mine, "card-0", "title") == {"hers"}
    mine.redo()
    assert shown(mine, "card-0", "title") == {"mine", "hers"}


def test_what_a_partner_wrote_into_a_card_outlives_the_undo_of_its_making() -> None:
    mine, hers = twins()
    write(mine, an_edit("new", "title", "a new one"))
    hers.merge(mine.to_bytes())
    write(hers, an_edit("new", "notes", "hers"), author="Bilal")
    mine.merge(hers.to_bytes())
    mine.undo()
    hers.merge(mine.to_bytes())
    assert mine.view() == hers.view()
    assert [card.notes for card in mine.view().cards if card.id == "new"] == ["hers"]
    mine.redo()
    assert [card.title for card in mine.view().cards if card.id == "new"] == ["a new one"]


def test_a_partners_copy_that_brings_nothing_changes_nothing() -> None:
    mine, hers = twins()
    assert not mine.merge(hers.to_bytes())
    assert not mine.merge(mine.to_bytes())


# Files that are not what they should be.


def test_another_plans_file_is_refused_and_changes_nothing() -> None:
    mine, before = a_document("one"), a_document("one").view()
    with pytest.raises(BadInputError, match="another plan"):
        mine.merge(a_document("x", plan_id="plan-2").to_bytes())
    assert mine.view() == before


def test_a_plan_of_a_newer_version_is_refused() -> None:
    doc: Doc = Doc()
    meta = doc.get("meta", type=Map)
    meta["id"], meta["format"] = "plan-1", FORMAT + 1
    with pytest.raises(BadInputError, match="newer version"):
        PlanDocument.from_bytes(doc.get_update())


def foreign(key: str, value: object) -> bytes:
    doc: Doc = Doc()
    doc.get("meta", type=Map)["id"] = "plan-1"
    doc.get("cards", type=Map)[key] = value
    return doc.get_update()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a document",
        a_document("one").to_bytes()[:-7],
        Doc().get_update(),
        foreign("card-0", "a text where a card should be"),
        foreign("card-0", Map({"title:x": "no entry"})),
        foreign("card-0", Map({"column:x": ["nowhere", 1, "a", []]})),
    ],
    # Documents hold random client ids, which must not end up in the names of tests.
    ids=["empty", "no document", "cut", "another document", "text for a card", "no entry", "no such column"],
)
def test_damaged_bytes_are_named_as_damage_and_change_nothing(data: bytes) -> None:
    with pytest.raises(DamagedError):
        PlanDocument.from_bytes(data)


def test_flipped_bits_end_in_a_known_error_that_changes_nothing_or_in_a_plan_that_reads() -> None:
    chance = random.Random(7)
    partner = a_document("one", "two")
    whole = partner.to_bytes()
    refused = 0
    for _ in range(300):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        target = a_document("one", "two")
        before = target.view()
        try:
            target.merge(bytes(data))
        except WorkbenchError:
            refused += 1
            assert target.view() == before
        assert PlanDocument.from_bytes(target.to_bytes()).view() == target.view()
    # How many depends on the random client ids in the bytes; that the test meets both ends does not.
    assert 20 < refused < 300


# Forgetting.


def test_a_rebuild_lets_overwritten_names_go_and_still_merges() -> None:
    document = a_document("one")
    write(document, an_edit("card-0", "owner", "Zebedee Example"))
    write(document, an_edit("card-0", "owner", "Bilal Example"))
    copy = PlanDocument.from_bytes(document.to_bytes())
    assert b"Zebedee" in document.to_bytes()
    clean = document.rebuild()
    assert b"Zebedee" not in clean.to_bytes()
    assert clean.view() == document.view()
    write(copy, an_edit("card-0", "title", "theirs"))
    assert clean.merge(copy.to_bytes())
    assert clean.view() == copy.view()


def test_forgetting_a_name_takes_it_out_of_owners_authors_and_history() -> None:
    document = a_document("one")
    write(document, an_edit("card-0", "owner", "Zebedee Example"), author="Zebedee Example")
    assert document.forget("Zebedee Example")
    assert not document.can_undo
    assert b"Zebedee" not in document.rebuild().to_bytes()
    assert not document.forget("Zebedee Example")


def test_a_document_of_a_plan_nobody_made_is_damage() -> None:
    with pytest.raises(DamagedError):
        PlanDocument.from_bytes(PlanDocument.new(PlanId("")).to_bytes())


def test_holidays_of_the_plans_country_move_what_is_due_and_undo_moves_it_back() -> None:
    document = a_document("one")
    write(document, an_edit("card-0", "due", 59))  # 1 August 2024, a holiday in Switzerland and a Thursday
    assert document.view().cards[0].due_on == date(2024, 8, 1)
    write(document, FieldEdit(RecordKind.PLAN, "", "holidays", "CH"))
    assert document.view().cards[0].due_on == date(2024, 8, 2)
    document.undo()
    assert document.view().cards[0].due_on == date(2024, 8, 1)


def test_forgetting_a_name_reaches_every_field_that_names_people() -> None:
    document = a_document("one")
    name = "Zebedee Example"
    write(
        document,
        FieldEdit(RecordKind.PLAN, "", "sponsor", name),
        FieldEdit(RecordKind.PLAN, "", "roles", (RoleLine("Champion", name), RoleLine("Sponsor", "Amina Example"))),
        an_edit("card-0", "promised_to", name),
        an_edit("card-0", "3~owner", name),
        a_checkpoint_edit("locked_by", name),
        author=name,
    )
    assert document.forget(name)
    clean = document.rebuild()
    assert b"Zebedee" not in clean.to_bytes()
    assert clean.view().roles == (RoleLine("Champion", ""), RoleLine("Sponsor", "Amina Example"))
