"""Cared for: marks outlive the mirrored thread and find it again; listeners hear of what comes back."""

from tests.builders import a_clock
from tests.sync.mirrored import a_message, a_mirror
from workbench.notes.care import CareStore

MARKS = "SELECT e.remote_id, k.owner_name FROM thread_care k LEFT JOIN event e ON e.id = k.thread_id"


def test_marks_stay_with_a_thread_that_leaves_and_comes_again(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", text="Which pump?"))
    care = CareStore(mirrored.database, a_clock())
    care.route(mirrored.scalar("SELECT id FROM event"), owner="Dana Example")
    listening = care.listen("pump", "{}")
    mirrored.apply(a_message("m1", text="Which pump now?"))
    assert mirrored.rows(MARKS) == [("m1", "Dana Example")]
    mirrored.mirror.remove_account(mirrored.account_id)
    assert mirrored.rows(MARKS) == [(None, "Dana Example")]
    again = a_mirror(tmp_path)
    again.apply(a_message("m0", hours=-1))
    again.apply(a_message("m1", text="Which pump?"))
    assert again.rows(MARKS) == [("m1", "Dana Example")]
    assert again.scalar("SELECT seen_id < (SELECT id FROM event WHERE remote_id = 'm1') FROM listening")
    assert listening == 1


def test_marks_move_with_a_thread_that_became_part_of_another(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m2", hours=1, subject_key="pumps", subject="Re: Pumps", thread_subject_key="pumps"))
    CareStore(mirrored.database, a_clock()).route(mirrored.scalar("SELECT id FROM event"), owner="Dana Example")
    mirrored.apply(a_message("m1", thread_subject_key="pumps"))
    assert mirrored.rows(MARKS) == [("m1", "Dana Example")]
    assert mirrored.scalar("SELECT root_remote_id FROM thread_care") == "m1"
