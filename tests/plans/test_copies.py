"""Copies: plans as they were, the newest ten of each, and plans that arrive for the first time."""

from datetime import timedelta

import pytest

from tests.builders import NOW, a_clock, a_database
from tests.plans.samples import AT, a_document, a_plan, a_store, an_edit, rows_in, rows_told_by_document
from workbench.errors import BadInputError, DamagedError
from workbench.plans.copies import MOST_COPIES, add_arrived, copied_document, keep_copy
from workbench.plans.document import PlanDocument
from workbench.queries.partners import plan_copies, plan_copy


def test_the_newest_copies_of_each_plan_are_kept(tmp_path):
    database, clock = a_database(tmp_path), a_clock()
    mine, other = a_document("one"), a_document("one", plan_id="plan-2")
    with database.write() as session:
        keep_copy(session, other.view(), other.to_bytes(), reason="other", clock=clock)
        for number in range(MOST_COPIES + 3):
            clock.advance(timedelta(minutes=1))
            keep_copy(session, mine.view(), mine.to_bytes(), reason=f"copy {number}", clock=clock)
    with database.read() as reader:
        kept = plan_copies(reader, mine.id)
        assert [copy.reason for copy in kept] == [f"copy {number}" for number in range(12, 2, -1)]
        assert [copy.reason for copy in plan_copies(reader, other.id)] == ["other"]
        found = plan_copy(reader, kept[0].id)
    assert found is not None
    assert PlanDocument.from_bytes(copied_document(found[1])).view() == mine.view()
    assert kept[0].plan_name == "Safe water"


def test_a_copy_that_does_not_unpack_is_damage():
    with pytest.raises(DamagedError):
        copied_document(b"nothing")


def test_a_forgotten_name_goes_out_of_kept_copies_too(tmp_path):
    database, store = a_database(tmp_path), a_store(a_database(tmp_path), author="Amina")
    document = a_document("one", "two")
    document.write([an_edit("card-0", "owner", "Zebedee Example")], at=AT, author="Zebedee Example")
    with database.write() as session:
        keep_copy(session, document.view(), document.to_bytes(), reason="merge", clock=a_clock())
        session.connection().exec_driver_sql("INSERT INTO planauthor VALUES ('mark', 'Zebedee Example')")
    store.forget_person("Zebedee Example")
    with database.read() as reader:
        ((packed,),) = reader.rows("SELECT document FROM plancopy")
        assert reader.rows("SELECT * FROM planauthor") == []
    kept = copied_document(packed)
    assert b"Zebedee" not in kept
    assert [card.title for card in PlanDocument.from_bytes(kept).view().cards] == ["one", "two"]


def test_an_arrived_plan_is_stored_with_its_rows(tmp_path):
    database, document = a_database(tmp_path), a_document("one", "two")
    with database.write() as session:
        view = add_arrived(session, document.to_bytes(), name=None, author="me", at=NOW)
    assert view.cards == document.view().cards
    assert rows_in(database, view.id) == rows_told_by_document(database, view.id)


def test_a_taken_name_is_refused_until_another_is_given(tmp_path):
    database, document = a_database(tmp_path), a_document("one")
    a_plan(a_store(database), name="SAFE WATER")
    with pytest.raises(BadInputError), database.write() as session:
        add_arrived(session, document.to_bytes(), name=None, author="me", at=NOW)
    with database.write() as session:
        view = add_arrived(session, document.to_bytes(), name="Water, from Bo", author="me", at=NOW)
    assert view.name == "Water, from Bo"


def test_a_plan_without_a_name_is_refused(tmp_path):
    empty = PlanDocument.new(a_document().id)
    with pytest.raises(BadInputError), a_database(tmp_path).write() as session:
        add_arrived(session, empty.to_bytes(), name=None, author="me", at=NOW)
