"""What hangs on two people beside events: joined without losing anything, and given back unless somebody changed it."""

from datetime import date

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import Mirrored, a_message, a_mirror
from tests.sync.test_people_merge import merger, person
from workbench.notes.people import PeopleNotes
from workbench.notes.store import NotesStore
from workbench.queries.people_own import AdvocatePath, ContactKind, ContactRow, OwnFacts, contacts, own_facts


@pytest.fixture
def mirrored(tmp_path) -> Mirrored:
    found = a_mirror(tmp_path)
    found.apply(a_message("m1"), a_message("m2", by="bruno", hours=1))
    return found


def test_notes_tags_facts_and_contacts_come_together_and_part_again(mirrored):
    keep, other = person(mirrored, "amina"), person(mirrored, "bruno")
    notes, people = NotesStore(mirrored.database, a_clock()), PeopleNotes(mirrored.database, a_clock())
    notes.set_note(keep, "One")
    notes.set_note(other, "Two")
    notes.set_tags(other, ["pumps"])
    people.set_facts(keep, OwnFacts(office="Lima"))
    people.set_facts(other, OwnFacts(office="Quito", role="Mentor"))
    people.set_path(other, AdvocatePath(spotted_on=date(2024, 5, 1)))
    people.set_contacts(other, [ContactRow("c1", ContactKind.CALL, date(2024, 5, 2), "")])
    notes.set_preference("me", str(other))
    merger(mirrored).merge(keep, other)
    assert mirrored.rows("SELECT text FROM personnote WHERE person_id = ?", (keep,)) == [("One\n\nTwo",)]
    assert mirrored.scalar("SELECT value FROM preference WHERE key = 'me'") == str(keep)
    with mirrored.database.read() as reader:
        assert own_facts(reader, keep) == OwnFacts(office="Lima", role="Mentor")
        assert [row.id for row in contacts(reader, keep)] == ["c1"]
    notes.set_tags(keep, ["pumps", "wells"])
    notes.set_note(keep, "Written since")
    merger(mirrored).unmerge(other)
    assert mirrored.rows("SELECT person_id, text FROM personnote ORDER BY 1") == [
        (keep, "Written since"),
        (other, "Two"),
    ]
    assert mirrored.rows("SELECT person_id, tag FROM persontag ORDER BY 1, 2") == [(keep, "wells"), (other, "pumps")]
    assert mirrored.scalar("SELECT value FROM preference WHERE key = 'me'") == str(other)
    assert mirrored.rows("SELECT person_id FROM advocate") == [(other,)]
    with mirrored.database.read() as reader:
        assert own_facts(reader, keep) == OwnFacts(office="Lima")
        assert contacts(reader, keep) == ()
