"""Sending while somebody recalls or edits, the process ends at a commit, or the line goes: nothing is lost or doubled."""

from collections import Counter
from pathlib import Path

import pytest

from tests.sync.outbox_desk import Crash, Desk, Fault, a_desk, over_a_bad_line
from workbench.errors import BadInputError
from workbench.models.kinds import OutboxState


@pytest.fixture
def desk(tmp_path: Path):
    made = a_desk(tmp_path)
    yield made
    made.database.close()


@pytest.mark.parametrize("when", ["before", "while"])
def test_recall_and_sending_never_both_happen(desk: Desk, when: str):
    item = desk.reply("first words")
    poster = desk.poster()
    if when == "before":
        begin = desk.store.begin

        def slow(item_id: str, **of: object):
            desk.store.recall(item_id)
            return begin(item_id, **of)

        desk.store.begin = slow
        assert desk.send(poster).sent == 0
        assert desk.state(item) is OutboxState.DRAFT
        assert poster.calls == []
    else:
        refused = []

        def late(_posting) -> None:
            with pytest.raises(BadInputError, match="on its way"):
                desk.store.recall(item)
            refused.append(True)

        poster.on_send = late
        assert desk.send(poster).sent == 1
        assert refused == [True]


def test_what_is_edited_and_queued_again_between_list_and_send_goes_with_its_new_words(desk: Desk):
    item = desk.reply("first words")
    begin, poster = desk.store.begin, desk.poster()

    def slow(item_id: str, **of: object):
        desk.store.recall(item_id)
        desk.store.save_reply(desk.threads[0], "second words", item_id=item_id)
        desk.store.queue(item_id)
        return begin(item_id, **of)

    desk.store.begin = slow
    desk.send(poster)
    assert poster.texts() == ["second words"]
    assert desk.state(item) is OutboxState.SENT


STEPS = ("begin", "arrived", "settle")


@pytest.mark.parametrize("knows_keys", [True, False])
@pytest.mark.parametrize("fault", [Fault.NONE, Fault.LOST_AFTER, Fault.LOST_BEFORE, Fault.REFUSED, Fault.BUSY])
@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_end_of_the_process_at_any_commit_loses_and_doubles_nothing(
    desk: Desk, step: str, side: str, fault: Fault, knows_keys: bool
):
    """Ended before or after each commit, each time it is reached; then a new process takes over and goes on."""
    items = [desk.reply("one"), desk.reply("two"), desk.reply("three", thread=1)]
    poster = desk.poster(fault, knows_keys=knows_keys)
    real = getattr(desk.store, step)
    for place in range(6):
        left = [place]

        def ending(*args, left=left, **options):
            left[0] -= 1
            if left[0] == -1 and side == "before":
                raise Crash
            answer = real(*args, **options)
            if left[0] == -1:
                raise Crash
            return answer

        setattr(desk.store, step, ending)
        try:
            desk.send(poster)
        except Crash:
            pass
        finally:
            setattr(desk.store, step, real)
        desk.wait(minutes=3)
    for _ in range(6):
        desk.wait(minutes=3)
        desk.send(poster)
    texts = Counter(poster.texts())
    assert max(texts.values(), default=0) <= 1, "something went twice"
    for item, text in zip(items, ("one", "two", "three"), strict=True):
        row = desk.item(item)
        if row.state is OutboxState.SENT:
            assert texts[text] == 1
        else:
            assert row.needs_decision or row.state is OutboxState.QUEUED
    waiting = [row for row in desk.rows() if row.state is OutboxState.QUEUED]
    assert all(any(other.needs_decision for other in desk.rows()) for _ in waiting)


@pytest.mark.parametrize("knows_keys", [True, False])
def test_line_that_loses_every_fifth_call_loses_and_doubles_nothing(tmp_path: Path, knows_keys: bool):
    line = over_a_bad_line(tmp_path, posts=600, knows_keys=knows_keys)
    assert line.lost == 0
    assert line.doubled_unasked == 0
    assert line.doubled == 0
    assert (line.asked == 0) is knows_keys
