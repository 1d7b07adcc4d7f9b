"""Sending: what each answer of a platform makes of an item, in which order they go, and that nothing goes twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.sync.outbox_desk import Crash, Desk, Fault, a_desk, mirrored
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, PlatformBusyError, SignInError, UnsettledError
from workbench.models.kinds import OutboxState, PostKind
from workbench.queries.outbox import thread_outbox
from workbench.sync.connector import Batch
from workbench.sync.mirror import MirrorStore
from workbench.sync.outbox_steps import LOOK_AGAIN, Reason
from workbench.sync.sending import PATIENCE


@pytest.fixture
def desk(tmp_path: Path):
    made = a_desk(tmp_path)
    yield made
    made.database.close()


def settled_after(desk: Desk, poster, *, walks: int = 3) -> None:
    for _ in range(walks):
        desk.wait(minutes=3)
        desk.send(poster)


def test_item_is_sent_with_the_platforms_id(desk: Desk):
    item = desk.reply("Ours is a rope pump.")
    poster = desk.poster()
    result = desk.send(poster)
    row = desk.item(item)
    assert (result.sent, result.waiting, result.error) == (1, 0, None)
    assert row.state is OutboxState.SENT
    assert row.remote_id == str(max(desk.world.said))
    assert desk.world.said[int(row.remote_id)].parent == desk.world.said[int(row.parent_remote_id)].id
    assert row.subject == "Subject 0"


def test_sending_is_committed_before_anything_leaves(desk: Desk, tmp_path: Path):
    item = desk.reply("Hello")
    seen = []
    desk.send(desk.poster(on_send=lambda _posting: seen.append(desk.state(item))))
    assert seen == [OutboxState.SENDING]


def test_commits_reach_the_disk_before_they_count(desk: Desk):
    with desk.database.write() as session:
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_lost_answer_makes_an_item_unknown_and_it_is_looked_for_twice(desk: Desk):
    item = desk.reply("Hello")
    poster = desk.poster(Fault.LOST_BEFORE)
    result = desk.send(poster)
    assert (desk.state(item), result.unknown) == (OutboxState.UNKNOWN, 1)
    desk.send(poster)
    assert poster.calls == ["send Hello"], "looked before the platform could show it"
    desk.wait(minutes=3)
    desk.send(poster)
    desk.send(poster)
    assert poster.calls == ["send Hello", "find Hello"]
    assert not desk.item(item).needs_decision
    desk.wait(minutes=3)
    desk.send(poster)
    desk.wait(days=1)
    desk.send(poster)
    assert poster.calls == ["send Hello", "find Hello", "find Hello"]
    row = desk.item(item)
    assert (row.state, row.needs_decision, row.reason_code) == (OutboxState.UNKNOWN, True, Reason.NOT_FOUND)
    assert row.url == f"https://community.example.org/{row.root_remote_id}"


def test_item_that_arrived_although_the_answer_was_lost_is_found(desk: Desk):
    item = desk.reply("Hello")
    poster = desk.poster(Fault.LOST_AFTER, lag=lambda: LOOK_AGAIN * 1.5)
    desk.send(poster)
    desk.wait(minutes=2)
    desk.send(poster)
    assert desk.state(item) is OutboxState.UNKNOWN, "the first look came too early"
    desk.wait(minutes=2)
    desk.send(poster)
    assert desk.state(item) is OutboxState.SENT
    assert poster.texts() == ["Hello"]


def test_platform_that_knows_the_key_is_simply_asked_again(desk: Desk):
    item = desk.reply("Hello")
    poster = desk.poster(Fault.LOST_AFTER, knows_keys=True)
    desk.send(poster)
    desk.wait(minutes=3)
    desk.send(poster)
    assert poster.calls == ["send Hello", "send Hello"]
    assert desk.state(item) is OutboxState.SENT
    assert poster.texts() == ["Hello"]


def test_repeat_that_is_refused_is_looked_for_because_the_first_may_have_arrived(desk: Desk):
    item = desk.reply("Hello")
    poster = desk.poster(Fault.LOST_AFTER, Fault.REFUSED, knows_keys=True)
    desk.send(poster)
    desk.wait(minutes=3)
    desk.send(poster)
    assert desk.state(item) is OutboxState.SENT


def test_repeat_without_a_line_stays_unknown(desk: Desk):
    item = desk.reply("Hello")
    poster = desk.poster(Fault.LOST_AFTER, Fault.NO_LINE, knows_keys=True)
    desk.send(poster)
    desk.wait(minutes=3)
    desk.send(poster)
    assert desk.state(item) is OutboxState.UNKNOWN
    with pytest.raises(BadInputError):
        desk.store.recall(item)
    desk.wait(hours=2)
    desk.send(poster)
    assert (desk.state(item), poster.texts()) == (OutboxState.SENT, ["Hello"])


def test_conflict_is_looked_for_at_once_and_never_repeated(desk: Desk):
    item = desk.reply("Hello")
    poster = desk.poster(Fault.CONFLICT, knows_keys=True)
    desk.send(poster)
    settled_after(desk, poster)
    assert poster.calls == ["send Hello", "find Hello", "find Hello"]
    assert desk.item(item).needs_decision


def test_refused_item_keeps_the_platforms_words_and_blocks_no_other(desk: Desk):
    first, second = desk.reply("Hi"), desk.reply("A longer answer")
    result = desk.send(desk.poster(Fault.REFUSED))
    row = desk.item(first)
    assert (row.state, row.reason, row.needs_decision) == (OutboxState.REFUSED, "Too short", True)
    assert desk.state(second) is OutboxState.SENT
    assert (result.sent, result.refused, result.waiting) == (1, 1, 0)


def test_order_holds_inside_a_thread_and_only_there(desk: Desk):
    first, second, other = desk.reply("one"), desk.reply("two"), desk.reply("elsewhere", thread=1)
    poster = desk.poster(Fault.LOST_BEFORE)
    desk.send(poster)
    assert poster.texts() == ["elsewhere"]
    assert [desk.state(item) for item in (first, second, other)] == [
        OutboxState.UNKNOWN, OutboxState.QUEUED, OutboxState.SENT,
    ]  # fmt: skip
    settled_after(desk, poster)
    assert desk.state(second) is OutboxState.QUEUED, "what is unknown holds up its thread until somebody decides"
    desk.store.send_again(first)
    desk.send(poster)
    assert poster.texts() == ["elsewhere", "one", "two"]


def test_likes_and_topics_wait_for_nobody(desk: Desk):
    desk.reply("one")
    like = desk.store.like(desk.threads[0])
    topic = desk.store.save_topic(desk.community_id, subject="News", text="All is well.")
    desk.store.queue(topic)
    desk.send(desk.poster(Fault.LOST_BEFORE))
    assert desk.state(like) is OutboxState.SENT
    assert desk.state(topic) is OutboxState.SENT
    assert desk.world.said[int(desk.item(like).parent_remote_id)].likes


def test_same_words_twice_in_a_thread_are_two_messages(desk: Desk):
    first, second = desk.reply("Thanks"), desk.reply("Thanks")
    poster = desk.poster(Fault.NONE, Fault.LOST_BEFORE)
    desk.send(poster)
    settled_after(desk, poster)
    assert desk.state(first) is OutboxState.SENT
    assert desk.item(second).needs_decision, "the first one was taken for the second"


def test_refused_sign_in_leaves_everything_queued_and_ends_the_walk(desk: Desk):
    items = [desk.reply("one"), desk.reply("two", thread=1)]
    poster = desk.poster(Fault.SIGN_IN)
    result = desk.send(poster)
    assert isinstance(result.error, SignInError)
    assert [desk.state(item) for item in items] == [OutboxState.QUEUED] * 2
    assert len(poster.calls) == 1
    assert desk.item(items[0]).reason_code == Reason.SIGN_IN
    assert desk.send(desk.poster()).sent == 2, "after the sign-in it goes on at once"


def test_place_that_is_closed_to_the_account_holds_up_no_other_item(desk: Desk):
    """It is refused, and what is looked for there is asked about: neither becomes another answer by waiting."""
    first, second = desk.reply("one"), desk.reply("two", thread=1)
    result = desk.send(desk.poster(Fault.FORBIDDEN, Fault.LOST_BEFORE))
    assert (result.error, desk.state(first), desk.item(first).needs_decision) == (None, OutboxState.REFUSED, True)
    third = desk.reply("three", thread=2)
    for _ in range(2):
        desk.wait(minutes=3)
        result = desk.send(desk.poster(find_faults=[Fault.FORBIDDEN]))
    assert (desk.state(second), desk.item(second).needs_decision) == (OutboxState.UNKNOWN, True)
    assert (result.error, desk.state(third)) == (None, OutboxState.SENT)


def test_busy_platform_is_left_alone_as_long_as_it_asked(desk: Desk):
    item = desk.reply("one")
    poster = desk.poster(Fault.BUSY)
    result = desk.send(poster)
    assert isinstance(result.error, PlatformBusyError)
    row = desk.item(item)
    assert row.state is OutboxState.QUEUED
    assert timedelta(seconds=120) <= row.not_before - desk.clock.now() <= timedelta(seconds=132)
    desk.wait(seconds=100)
    assert desk.send(poster).sent == 0
    desk.wait(seconds=32)
    assert desk.send(poster).sent == 1


def test_without_a_line_nothing_is_dropped_by_count_and_the_next_line_is_used_at_once(desk: Desk):
    item = desk.reply("one")
    for _ in range(40):
        desk.send(desk.poster(Fault.NO_LINE))
        assert (desk.item(item).state, desk.item(item).not_before) == (OutboxState.QUEUED, None)
    assert desk.send(desk.poster()).sent == 1


def test_line_that_loses_one_answer_after_the_other_is_left_alone(desk: Desk):
    for thread in range(3):
        desk.reply("one", thread=thread)
    desk.reply("two", thread=2)
    like = desk.store.like(desk.threads[0])
    result = desk.send(desk.poster(*[Fault.LOST_BEFORE] * 9))
    assert result.unknown == PATIENCE
    assert isinstance(result.error, UnsettledError)
    assert desk.state(like) is OutboxState.QUEUED


def test_failed_look_does_not_count_as_one(desk: Desk):
    item = desk.reply("one")
    poster = desk.poster(Fault.LOST_AFTER, find_faults=[Fault.NO_LINE, Fault.SIGN_IN, Fault.REFUSED])
    desk.send(poster)
    for looks, reason in ((0, "line"), (0, "sign_in"), (1, "not_found")):
        desk.wait(hours=2)
        desk.send(poster)
        assert (desk.item(item).looks, desk.item(item).reason_code) == (looks, reason)
    desk.wait(hours=2)
    desk.send(poster)
    assert desk.state(item) is OutboxState.SENT


def test_stop_is_heeded_between_two_items(desk: Desk):
    cancel = CancelToken()
    desk.reply("one")
    second = desk.reply("two", thread=1)
    poster = desk.poster(on_send=lambda _posting: cancel.cancel())
    assert desk.send(poster, cancel).sent == 1
    assert desk.state(second) is OutboxState.QUEUED


def test_mistake_of_ours_on_the_way_makes_the_item_unknown(desk: Desk):
    item = desk.reply("one")
    with pytest.raises(Crash):
        desk.send(desk.poster(Fault.BUG))
    assert (desk.state(item), desk.item(item).reason_code) == (OutboxState.UNKNOWN, Reason.STOPPED)


def test_expired_item_asks_again_and_is_not_sent(desk: Desk):
    item = desk.reply("Reminder: the call is tomorrow")
    desk.wait(days=15)
    poster = desk.poster()
    result = desk.send(poster)
    assert (result.expired, result.sent, poster.calls) == (1, 0, [])
    assert desk.item(item).needs_decision
    desk.store.queue(item)
    assert desk.send(poster).sent == 1


def test_item_that_became_unknown_is_not_repeated_once_it_has_expired(desk: Desk):
    item = desk.reply("Reminder")
    poster = desk.poster(Fault.LOST_BEFORE, knows_keys=True)
    desk.send(poster)
    desk.wait(days=15)
    settled_after(desk, poster)
    assert poster.texts() == []
    assert desk.item(item).needs_decision


def test_what_the_platform_cannot_take_is_refused_and_says_so(desk: Desk):
    like, reply = desk.store.like(desk.threads[0]), desk.reply("one")
    result = desk.send(desk.poster(sends=frozenset({PostKind.REPLY})))
    assert (desk.state(like), desk.item(like).reason_code) == (OutboxState.REFUSED, Reason.CANNOT)
    assert desk.state(reply) is OutboxState.SENT
    assert (result.sent, result.refused) == (1, 1)


def test_message_held_for_a_moderator_counts_as_sent(desk: Desk):
    item = desk.reply("one")
    desk.send(desk.poster(held=True))
    assert (desk.state(item), desk.item(item).is_held, desk.item(item).remote_id) == (OutboxState.SENT, True, None)


def test_sent_item_is_shown_until_its_message_is_mirrored(desk: Desk):
    item = desk.reply("one")
    poster = desk.poster()
    desk.send(poster)
    with desk.database.read() as reader:
        assert [row.id for row in thread_outbox(reader, desk.threads[0])] == [item]
    said = desk.world.said[int(desk.item(item).remote_id)]
    MirrorStore(desk.database, desk.clock).apply(desk.community_id, "posts", Batch((mirrored(desk.world, said),)))
    with desk.database.read() as reader:
        assert thread_outbox(reader, desk.threads[0]) == []
