"""Moves: whole threads go to their new root, and stars and read marks go with them."""

from tests.sync.mirrored import a_message, a_mirror, an_act
from workbench.ids import EventId
from workbench.models.kinds import EventKind
from workbench.notes.store import NotesStore
from workbench.sync.moves import move
from workbench.sync.rollups import Touched


def test_a_parent_that_comes_late_takes_the_whole_thread_with_its_marks(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(
        a_message("b", hours=5, by="bruno", subject="Ready?", references=("a",)),
        a_message("c", hours=6, by="chen", references=("b",)),
        an_act("x", EventKind.REACTION, hours=7, target="b"),
    )
    assert mirrored.rows("SELECT remote_id, is_question FROM event WHERE root_id = id AND kind = 4") == [("b", 0)]
    thread = EventId(mirrored.scalar("SELECT id FROM thread"))
    notes = NotesStore(mirrored.database, mirrored.mirror._clock)
    notes.star_thread(thread)
    notes.mark_read(thread)
    mirrored.apply(a_message("a"))
    assert mirrored.roots() == {"a": "a", "b": "a", "c": "a", "x": "a"}
    assert mirrored.rows("SELECT kind, is_question FROM event WHERE remote_id = 'b'") == [(4, 0)]
    marks = mirrored.rows(
        "SELECT e.remote_id, m.is_starred, m.read_at IS NULL FROM threadmark m JOIN event e ON e.id = m.thread_id"
    )
    assert marks == [("a", 1, 0)]
    assert mirrored.rows("SELECT messages, people, reactions FROM thread") == [(3, 3, 1)]


def test_marks_of_both_threads_are_joined(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(
        a_message("a"), a_message("lost", hours=5, references=("mid",)), a_message("other", references=("gone",))
    )
    thread = dict(mirrored.rows("SELECT remote_id, id FROM event"))
    notes = NotesStore(mirrored.database, mirrored.mirror._clock)
    notes.mark_read(EventId(thread["a"]))
    notes.star_thread(EventId(thread["lost"]))
    mirrored.apply(a_message("mid", hours=1, references=("a",)))
    assert mirrored.rows("SELECT thread_id, is_starred, read_at IS NULL FROM threadmark") == [(thread["a"], 1, 0)]


def test_a_reply_that_becomes_a_root_takes_its_own_replies_along(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(
        a_message("a"),
        a_message("b", hours=1, by="bruno", references=("a",)),
        a_message("c", hours=30, by="chen", references=("b",)),
    )
    number = dict(mirrored.rows("SELECT remote_id, id FROM event"))
    touched = Touched()
    with mirrored.database.write() as session:
        move(session.connection(), {number["b"]: None}, touched)
        move(session.connection(), {}, touched)
    assert mirrored.roots() == {"a": "a", "b": "b", "c": "b"}
    assert touched.roots == {number["a"], number["b"]}
    assert len(touched.days) == 2
