"""Notes: the coordinator's own marks, kept beside the mirror."""

import pytest

from tests.sync.mirrored import Mirrored, a_message, a_mirror
from workbench.errors import BadInputError
from workbench.ids import EventId, PersonId
from workbench.models.changes import Changes
from workbench.models.moments import BEFORE_ALL, to_micros
from workbench.notes.store import NotesStore


@pytest.fixture
def mirrored(tmp_path) -> Mirrored:
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by="bruno", hours=1, references=("m1",)))
    return mirrored


@pytest.fixture
def notes(mirrored) -> NotesStore:
    return NotesStore(mirrored.database, mirrored.mirror._clock)


def test_a_note_is_kept_replaced_and_removed(mirrored, notes):
    person = PersonId(1)
    assert notes.set_note(person, " Knows pumps ") == Changes.NOTES
    notes.set_note(person, "Knows wells")
    assert mirrored.rows("SELECT text FROM personnote") == [("Knows wells",)]
    notes.set_note(person, "  ")
    assert mirrored.rows("SELECT text FROM personnote") == []


def test_tags_are_trimmed_and_kept_once(mirrored, notes):
    assert notes.set_tags(PersonId(1), ["Mentor", " Mentor ", "", "field  work"]) == Changes.NOTES
    assert mirrored.rows("SELECT tag FROM persontag ORDER BY tag") == [("Mentor",), ("field work",)]
    notes.set_tags(PersonId(1), [])
    assert mirrored.rows("SELECT tag FROM persontag") == []


def test_star_and_read_mark_do_not_touch_each_other(mirrored, notes):
    thread = EventId(mirrored.scalar("SELECT id FROM thread"))
    assert notes.star_thread(thread) == Changes.MARKS
    assert notes.mark_read(thread) == Changes.MARKS
    now = to_micros(mirrored.mirror._clock.now())
    assert mirrored.rows("SELECT is_starred, read_at FROM threadmark") == [(1, now)]
    notes.star_thread(thread, is_starred=False)
    assert mirrored.rows("SELECT is_starred, read_at FROM threadmark") == [(0, now)]
    notes.mark_read(thread, is_read=False)
    assert mirrored.rows("SELECT is_starred, read_at FROM threadmark") == [(0, BEFORE_ALL)]


def test_a_thread_dated_in_the_future_can_be_read_to_its_end(mirrored, notes):
    mirrored.apply(a_message("m9", hours=24 * 365 * 80))
    thread, last_at = mirrored.rows("SELECT id, last_at FROM thread ORDER BY last_at DESC")[0]
    notes.mark_read(EventId(thread))
    assert mirrored.scalar("SELECT read_at FROM threadmark WHERE thread_id = ?", (thread,)) == last_at


def test_what_is_not_in_the_profile_cannot_be_marked(mirrored, notes):
    reply = EventId(mirrored.scalar("SELECT id FROM event WHERE remote_id = 'm2'"))
    for refused in (
        lambda: notes.set_note(PersonId(99), "x"),
        lambda: notes.set_tags(PersonId(99), ["x"]),
        lambda: notes.star_thread(reply),
        lambda: notes.mark_read(EventId(99)),
    ):
        with pytest.raises(BadInputError):
            refused()


def test_a_preference_is_kept_replaced_and_removed(mirrored, notes):
    assert notes.set_preference("theme", '"dark"') == Changes.PREFERENCES
    notes.set_preference("theme", '"light"')
    assert mirrored.rows("SELECT * FROM preference") == [("theme", '"light"')]
    notes.set_preference("theme", None)
    assert mirrored.rows("SELECT * FROM preference") == []
