"""What is kept of people beside notes and tags: facts, advocates, contacts, thanks, nudges."""

from datetime import date

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import Mirrored, a_message, a_mirror
from workbench.errors import BadInputError
from workbench.ids import EventId, PersonId
from workbench.models.changes import Changes
from workbench.notes.people import PeopleNotes
from workbench.queries.people_own import AdvocatePath, OwnFacts, ThanksRow, own_facts, thanks_to

AMINA = PersonId(1)


@pytest.fixture
def mirrored(tmp_path) -> Mirrored:
    found = a_mirror(tmp_path)
    found.apply(a_message("m1"))
    return found


@pytest.fixture
def notes(mirrored) -> PeopleNotes:
    return PeopleNotes(mirrored.database, a_clock())


def test_facts_are_trimmed_found_and_forgotten_when_empty(mirrored, notes):
    assert notes.set_facts(AMINA, OwnFacts(office="  São   Tomé ", languages=" ")) == Changes.NOTES | Changes.MEMBERS
    assert mirrored.rows("SELECT office, languages, find_key FROM personfact") == [
        ("São Tomé", None, "sao tome\n\n\n\n"),
    ]  # fmt: skip
    with mirrored.database.read() as reader:
        assert own_facts(reader, AMINA) == OwnFacts(office="São Tomé")
    notes.set_facts(AMINA, OwnFacts())
    assert mirrored.rows("SELECT * FROM personfact") == []


def test_a_sync_leaves_alone_what_was_typed(mirrored, notes):
    notes.set_facts(AMINA, OwnFacts(office="Lima"))
    notes.set_path(AMINA, AdvocatePath(spotted_on=date(2024, 6, 1), note=" Maps "))
    mirrored.apply(a_message("m2", hours=4))
    assert mirrored.rows("SELECT office FROM personfact") == [("Lima",)]
    assert mirrored.rows("SELECT spotted_on, note FROM advocate") == [("2024-06-01", "Maps")]


def test_thanks_need_a_giver_and_a_reason_and_survive_their_thread(mirrored, notes):
    thread = EventId(mirrored.scalar("SELECT id FROM thread"))
    with pytest.raises(BadInputError):
        notes.set_thanks(AMINA, [ThanksRow("t1", date(2024, 6, 1), " ", "For the list")])
    notes.set_thanks(AMINA, [ThanksRow("t1", date(2024, 6, 1), "Bruno Example", "For the list", thread)])
    mirrored.accounts.forget(mirrored.account_id)
    with mirrored.database.read() as reader:
        (row,) = thanks_to(reader, AMINA)
    assert (row.reason, row.thread_id) == ("For the list", None)


def test_nothing_is_kept_of_somebody_who_is_not_there(notes):
    with pytest.raises(BadInputError):
        notes.set_facts(PersonId(99), OwnFacts(office="Lima"))
    with pytest.raises(BadInputError):
        notes.nudge(PersonId(99), nudge_id="n1")
