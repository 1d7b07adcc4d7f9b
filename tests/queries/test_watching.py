"""Watching: a removed account leaves the coordinator's words, and no word of anybody else."""

from datetime import date

from tests.builders import a_clock
from tests.sync.mirrored import a_message, a_mirror
from workbench.notes.watching import WatchStore
from workbench.queries.watching import list_ideas, list_watched


def test_notes_outlive_an_account_and_find_their_thread_again(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"))
    thread = mirrored.scalar("SELECT id FROM event WHERE remote_id = 'm1'")
    store = WatchStore(mirrored.database, a_clock())
    store.watch(thread, note="Why", look_on=date(2024, 3, 5))
    store.add_idea(words="Spare seals", threads=(thread,))
    mirrored.mirror.remove_account(mirrored.account_id)
    with mirrored.database.read() as reader:
        (row,), (idea,) = list_watched(reader), list_ideas(reader)
    assert (row.note, row.thread.id, row.thread.subject, row.thread.community) == ("Why", None, "", "")
    assert idea.threads == (row.thread,)
