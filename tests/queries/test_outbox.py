"""Queries of the outbox: order, counts, what a thread shows, and where an answer would go."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.sync.outbox_desk import Desk, Fault, a_desk, mirrored
from workbench.models.kinds import AccountKind, OutboxState, PostKind
from workbench.queries.outbox import (
    EXPIRES_DAYS,
    count_decisions,
    count_outbox,
    count_waiting,
    expires_after,
    list_outbox,
    outbox_ids,
    outbox_item,
    posting_place,
    sending_accounts,
    thread_outbox,
)
from workbench.sync.connector import Batch
from workbench.sync.mirror import MirrorStore
from workbench.sync.platforms import SignInKind
from workbench.sync.posting import Sent
from workbench.sync.secrets import SecretStore
from workbench.sync.signin.desk import PREFIX


@pytest.fixture
def desk(tmp_path: Path):
    made = a_desk(tmp_path)
    yield made
    made.database.close()


def ask(desk: Desk, question, *args, **options):
    with desk.database.read() as reader:
        return question(reader, *args, **options)


def test_empty_outbox_is_empty(desk: Desk):
    assert ask(desk, list_outbox) == []
    assert ask(desk, outbox_item, "absent") is None
    assert ask(desk, count_outbox) == dict.fromkeys(OutboxState, 0)
    assert ask(desk, count_decisions) == 0
    assert ask(desk, sending_accounts) == []


def test_items_are_listed_in_the_order_they_were_queued(desk: Desk):
    first, second = desk.reply("one"), desk.reply("two", thread=1)
    draft = desk.store.save_reply(desk.threads[2], "three")
    assert [row.id for row in ask(desk, list_outbox)] == [first, second, draft]
    assert [row.id for row in ask(desk, list_outbox, states={OutboxState.DRAFT})] == [draft]
    assert ask(desk, list_outbox, account_id=desk.account_id + 1) == []
    assert ask(desk, outbox_ids, "") == sorted([first, second, draft])
    assert ask(desk, outbox_ids, first.upper()) == [first]
    assert ask(desk, outbox_ids, "%") == []


def test_row_tells_all_of_an_item(desk: Desk):
    row = ask(desk, outbox_item, desk.reply("one"))
    assert (row.kind, row.state, row.account, row.account_kind) == (
        PostKind.REPLY, OutboxState.QUEUED, "Forum", AccountKind.DISCOURSE,
    )  # fmt: skip
    assert (row.community, row.subject, row.parent_author, row.text) == (
        "Water points", "Subject 0", "Bruno Example 2", "one",
    )  # fmt: skip
    assert row.expires_at - row.queued_at == timedelta(days=14)


def test_counts_by_state_and_what_waits_for_a_person(desk: Desk):
    for thread in range(3):
        desk.reply("words", thread=thread)
    desk.store.save_reply(desk.threads[0], "draft")
    poster = desk.poster(Fault.REFUSED, Fault.LOST_BEFORE)
    desk.send(poster)
    counts = ask(desk, count_outbox)
    assert {state: count for state, count in counts.items() if count} == {
        OutboxState.REFUSED: 1, OutboxState.UNKNOWN: 1, OutboxState.SENT: 1, OutboxState.DRAFT: 1,
    }  # fmt: skip
    assert (ask(desk, count_decisions), ask(desk, count_waiting, desk.account_id)) == (1, 1)
    for _ in range(2):
        desk.wait(minutes=3)
        desk.send(poster)
    assert ask(desk, count_decisions) == 2


def test_thread_shows_its_items_until_they_are_mirrored(desk: Desk):
    sent, draft = desk.reply("one"), desk.store.save_reply(desk.threads[0], "two")
    desk.reply("elsewhere", thread=1)
    poster = desk.poster()
    desk.send(poster)
    assert [row.id for row in ask(desk, thread_outbox, desk.threads[0])] == [sent, draft]
    mirror = MirrorStore(desk.database, desk.clock)
    said = desk.world.said[int(desk.item(sent).remote_id)]
    mirror.apply(desk.community_id, "posts", Batch((mirrored(desk.world, said),)))
    assert [row.id for row in ask(desk, thread_outbox, desk.threads[0])] == [draft]


@pytest.mark.parametrize("way", ["held", "held by a clock behind ours", "by hand"])
def test_item_without_the_platforms_id_is_known_by_its_words(desk: Desk, way: str):
    item = desk.reply("One  line,\n\nand another.")
    off = timedelta(days=-2 * (way == "held by a clock behind ours"))
    if way != "by hand":
        desk.send(desk.poster(held=True))
        desk.store.heard_clock(desk.account_id, off, since=desk.clock.now() - timedelta(hours=1))
    else:
        desk.store.mark_sent(item)
    assert desk.item(item).remote_id is None
    said = desk.world.say(int(desk.item(item).community_remote_id), 1, "Other words", parent=desk_root(desk))
    said.at = desk.clock.now()
    mirror = MirrorStore(desk.database, desk.clock)
    mirror.apply(desk.community_id, "posts", Batch((mirrored(desk.world, said),)))
    assert [row.id for row in ask(desk, thread_outbox, desk.threads[0])] == [item]
    said = desk.world.say(int(desk.item(item).community_remote_id), 1, "One line, and another.", parent=desk_root(desk))
    said.at = desk.clock.now() + off
    mirror.apply(desk.community_id, "posts", Batch((mirrored(desk.world, said),)))
    assert ask(desk, thread_outbox, desk.threads[0]) == []


def test_what_is_held_is_held_until_it_is_mirrored(desk: Desk):
    item = desk.reply("one")
    said = desk.world.say(int(desk.item(item).community_remote_id), 1, "one", parent=desk_root(desk))
    desk.store.begin(item)
    desk.store.arrived(item, Sent(str(said.id), is_held=True))
    assert ask(desk, outbox_item, item).is_held
    mirror = MirrorStore(desk.database, desk.clock)
    mirror.apply(desk.community_id, "posts", Batch((mirrored(desk.world, said),)))
    row = ask(desk, outbox_item, item)
    assert (row.is_held, row.is_shown) == (False, True)


def test_a_topic_before_a_moderator_is_held_until_its_words_begin_a_thread(desk: Desk):
    item = desk.store.save_topic(desk.community_id, subject="Rope pumps", text="Who has built one?")
    desk.store.queue(item)
    desk.send(desk.poster(held=True))
    row = ask(desk, outbox_item, item)
    assert (row.state, row.is_held, row.is_shown) == (OutboxState.SENT, True, False)
    mirror = MirrorStore(desk.database, desk.clock)
    for parent, is_shown in ((desk_root(desk), False), (None, True)):
        said = desk.world.say(int(row.community_remote_id), 1, "Who has built one?", parent=parent)
        said.at = desk.clock.now()
        mirror.apply(desk.community_id, "posts", Batch((mirrored(desk.world, said),)))
        row = ask(desk, outbox_item, item)
        assert (row.is_held, row.is_shown) == (not is_shown, is_shown)


def desk_root(desk: Desk) -> int:
    """The first message of the first thread, by the platform's number."""
    with desk.database.read() as reader:
        return int(reader.scalar("SELECT remote_id FROM event WHERE id = ?", (desk.threads[0],)))


def test_like_is_shown_until_it_is_sent(desk: Desk):
    item = desk.store.like(desk.threads[0])
    assert [row.id for row in ask(desk, thread_outbox, desk.threads[0])] == [item]
    desk.send(desk.poster())
    assert ask(desk, thread_outbox, desk.threads[0]) == []


def test_place_of_an_answer(desk: Desk):
    place = ask(desk, posting_place, desk.threads[0])
    assert (place.account_kind, place.account, place.community) == (AccountKind.DISCOURSE, "Forum", "Water points")
    assert place.url.startswith("https://community.example.org/c/")
    assert ask(desk, posting_place, 99_999) is None


def test_place_of_an_account_that_is_read_without_a_sign_in_says_so(desk: Desk):
    assert not ask(desk, posting_place, desk.threads[0]).is_anonymous
    SecretStore(desk.database, desk.clock).put(desk.account_id, PREFIX + "way", SignInKind.NOTHING.value)
    assert ask(desk, posting_place, desk.threads[0]).is_anonymous


@pytest.mark.parametrize(("text", "days"), [(None, 14), ("3", 3), ("0", 14), ("null", 14), ('"x"', 14)])
def test_setting_of_days_falls_back_to_the_usual(desk: Desk, text: str | None, days: int):
    if text is not None:
        with desk.database.write() as session:
            session.connection().exec_driver_sql("INSERT INTO preference VALUES (?, ?)", (EXPIRES_DAYS, text))
    assert ask(desk, expires_after) == timedelta(days=days)


def test_account_that_is_being_sent_for_is_known(desk: Desk):
    item = desk.reply("one")
    desk.store.begin(item)
    assert ask(desk, sending_accounts) == [desk.account_id]
