"""Watching: what is refused, what survives an account that goes and comes back, and the way back of each change."""

from datetime import date

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import a_message, a_mirror
from workbench.errors import BadInputError
from workbench.notes.watching import WatchStore
from workbench.queries.watching import list_ideas, list_outputs, list_watched, watched_thread

DAY = date(2024, 3, 5)


@pytest.fixture
def kept(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", hours=1), a_message("r1", hours=2, references=("m1",)))
    threads = [mirrored.scalar("SELECT id FROM event WHERE remote_id = ?", (name,)) for name in ("m1", "m2")]
    return mirrored, WatchStore(mirrored.database, a_clock()), threads


def test_a_thread_is_watched_looked_after_and_watched_again(kept):
    mirrored, store, (thread, other) = kept
    assert store.watch(thread, note=" Two members argue ").values is None
    reply = mirrored.scalar("SELECT id FROM event WHERE remote_id = 'r1'")
    first = store.watch(reply, note="Called one", look_on=DAY)
    with mirrored.database.read() as reader:
        (row,) = list_watched(reader)
        assert (row.thread.id, row.note, row.look_on, row.is_open) == (thread, "Called one", DAY, True)
        assert watched_thread(reader, other) is None
        assert watched_thread(reader, reply) == row
        assert list_watched(reader, (99,)) == []
    before = store.close(row.id, done="They agreed")
    with mirrored.database.read() as reader:
        assert [(each.is_open, each.done) for each in list_watched(reader)] == [(False, "They agreed")]
    store.put_back(before)
    store.put_back(first)
    with mirrored.database.read() as reader:
        assert [(each.note, each.look_on, each.is_open) for each in list_watched(reader)] == [
            ("Two members argue", None, True)
        ]
    store.put_back(store.remove("thread_watch", row.id))
    for refused in (
        lambda: store.watch(thread, note=" "),
        lambda: store.watch(99, note="Why"),
        lambda: store.close("none", done="Done"),
        lambda: store.close(row.id, done=""),
    ):
        with pytest.raises(BadInputError):
            refused()


def test_outputs_and_ideas_name_their_threads_and_can_be_taken_back(kept):
    mirrored, store, (thread, other) = kept
    nobodys = store.add_idea(words="Paint the tanks", unit=" ", handed_on=DAY)
    with mirrored.database.read() as reader:
        assert [row.asked_after_on() for row in list_ideas(reader)] == [None]
    store.put_back(nobodys)
    made = store.add_output(title="Seals guide", kind="document", day=DAY, link="seals.pdf", threads=(thread,))
    store.change_output(made.id, title="Guide to seals", threads=(thread, other))
    idea = store.add_idea(words="Keep spare seals", threads=(thread,))
    handed = store.hand_idea(idea.id, unit=" Supply  unit ", on=DAY)
    decided = store.decide_idea(idea.id, outcome="adopted", on=date(2024, 4, 1), words="From May on")
    with mirrored.database.read() as reader:
        (output,), (row,) = list_outputs(reader), list_ideas(reader)
        assert (output.title, output.link, [each.id for each in output.threads]) == (
            "Guide to seals", "seals.pdf", [thread, other]
        )  # fmt: skip
        assert (row.unit, row.outcome, row.outcome_words, row.asked_after_on()) == (
            "Supply unit", "adopted", "From May on", None
        )  # fmt: skip
    store.put_back(decided)
    with mirrored.database.read() as reader:
        assert list_ideas(reader)[0].asked_after_on() == date(2024, 4, 4)
    for before in (handed, idea, made):
        store.put_back(before)
    with mirrored.database.read() as reader:
        assert (list_outputs(reader), list_ideas(reader)) == ([], [])
    for refused in (
        lambda: store.add_output(title="", kind="document", day=DAY),
        lambda: store.add_output(title="A", kind="poem", day=DAY),
        lambda: store.add_idea(words="A", threads=(99,)),
        lambda: store.decide_idea("none", outcome="adopted", on=DAY),
        lambda: store.decide_idea(idea.id, outcome="perhaps", on=DAY),
        lambda: store.hand_idea(idea.id, unit="", on=DAY),
        lambda: store.remove("output", made.id),
    ):
        with pytest.raises(BadInputError):
            refused()
