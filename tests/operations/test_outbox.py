"""Operations of the outbox: what may be sent where, what one more try means, and a sender that is killed at any moment."""

import shutil
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.builders import NOW, a_clock, a_workspace
from tests.sync.outbox_desk import Desk, Fault, a_desk
from workbench.errors import BadInputError, SignInError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, OutboxState, PostKind
from workbench.operations.outbox import (
    SENDS,
    add_topic,
    drop,
    explained,
    item_named,
    outbox_rows,
    poster_of,
    queue_like,
    queue_reply,
    retry,
    send_due,
    sends,
)
from workbench.queries.outbox import list_outbox
from workbench.sync.outbox_opening import sending_lock
from workbench.sync.outbox_steps import Reason
from workbench.sync.platforms import TITLES
from workbench.sync.secrets import SecretStore
from workbench.sync.signin.desk import PREFIX
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, workspace: Workspace) -> Desk:
    made = a_desk(tmp_path, database=workspace.database, clock=workspace.clock)
    made.store = workspace.outbox
    return made


def read_only(desk: Desk) -> None:
    with desk.database.write() as session:
        session.connection().exec_driver_sql("UPDATE account SET kind = 'mailing-list'")


def test_reply_is_queued_in_one_step_from_text_or_draft(workspace: Workspace, desk: Desk):
    first = queue_reply(workspace, message_id=desk.threads[0], text="one")
    draft = workspace.outbox.save_reply(desk.threads[1], "tw")
    assert queue_reply(workspace, message_id=desk.threads[1], text="two", item_id=draft) == draft
    assert [(row.id, row.text, row.state) for row in outbox_rows(workspace)] == [
        (first, "one", OutboxState.QUEUED),
        (draft, "two", OutboxState.QUEUED),
    ]


def test_reply_that_cannot_be_queued_leaves_nothing_behind(workspace: Workspace, desk: Desk):
    with pytest.raises(BadInputError):
        queue_reply(workspace, message_id=desk.threads[0], text=" ")
    with pytest.raises(BadInputError):
        add_topic(workspace, community="Water points", subject="", text="words")
    with pytest.raises(BadInputError, match="no community"):
        add_topic(workspace, community="Elsewhere", subject="News", text="words")
    assert outbox_rows(workspace) == []


def test_account_that_only_reads_takes_drafts_and_sends_nothing(workspace: Workspace, desk: Desk):
    draft = workspace.outbox.save_reply(desk.threads[0], "one")
    read_only(desk)
    for call in (
        lambda: queue_reply(workspace, message_id=desk.threads[0], text="one"),
        lambda: queue_like(workspace, message_id=desk.threads[0]),
        lambda: add_topic(workspace, community="Water points", subject="News", text="words"),
        lambda: retry(workspace, item_id=draft),
    ):
        with pytest.raises(BadInputError, match="only reads"):
            call()
    add_topic(workspace, community="Water points", subject="News", text="words", is_draft=True)
    assert [row.state for row in outbox_rows(workspace)] == [OutboxState.DRAFT] * 2


@pytest.mark.parametrize(
    ("is_list", "said"), [(True, "its account has no mail server. Give it one"), (False, "only reads: a reply cannot")]
)
def test_a_draft_is_held_where_the_reply_box_would_not_send(workspace: Workspace, desk: Desk, is_list: bool, said: str):
    draft = workspace.outbox.save_reply(desk.threads[0], "one")
    if is_list:
        with desk.database.write() as session:
            session.connection().exec_driver_sql("UPDATE account SET kind = 'hyperkitty'")
    else:
        SecretStore(desk.database, workspace.clock).put_all(desk.account_id, {f"{PREFIX}way": "nothing"})
    with pytest.raises(BadInputError, match=said):
        retry(workspace, item_id=draft)
    assert desk.state(draft) is OutboxState.DRAFT
    if is_list:
        workspace.accounts.set_settings(desk.account_id, {"smtp_host": "mail.example.org"})
        retry(workspace, item_id=draft)
        assert desk.state(draft) is OutboxState.QUEUED


def test_a_like_that_a_platform_lacks_is_no_word_about_the_rest(workspace: Workspace, desk: Desk):
    with desk.database.write() as session:
        session.connection().exec_driver_sql("UPDATE account SET kind = 'open-social'")
    with pytest.raises(BadInputError, match=r"A like cannot be sent to this platform\. Set it on its page"):
        queue_like(workspace, message_id=desk.threads[0])


def test_every_kind_says_what_it_sends():
    assert sends(AccountKind.DISCOURSE, PostKind.LIKE)
    assert sends(AccountKind.HYPERKITTY, PostKind.REPLY)
    assert not sends(AccountKind.HYPERKITTY, PostKind.TOPIC)
    # Without a sign-in a forum can be read, not written to; mail needs none.
    assert not sends(AccountKind.DISCOURSE, PostKind.REPLY, is_anonymous=True)
    assert sends(AccountKind.HYPERKITTY, PostKind.REPLY, is_anonymous=True)
    assert not sends(AccountKind.TABLE, PostKind.REPLY)
    assert not sends(None, PostKind.REPLY)
    assert AccountKind.GOOGLE_ANALYTICS not in SENDS


def test_sync_sends_what_is_due(workspace: Workspace, desk: Desk):
    queue_reply(workspace, message_id=desk.threads[0], text="one")
    result = send_due(workspace, account_id=desk.account_id, connector=desk.poster())
    assert (result.sent, result.changes) == (1, Changes.OUTBOX)


def test_connector_that_only_reads_sends_nothing(workspace: Workspace, desk: Desk):
    queue_reply(workspace, message_id=desk.threads[0], text="one")
    assert poster_of(object()) is None
    result = send_due(workspace, account_id=desk.account_id, connector=object())
    assert (result.sent, result.changes) == (0, Changes.OUTBOX)
    (row,) = outbox_rows(workspace)
    assert (row.state, row.reason_code) == (OutboxState.REFUSED, Reason.CANNOT), "it would wait for ever"
    assert send_due(workspace, account_id=desk.account_id, connector=object()).changes is Changes.NOTHING


def test_connectors_send_what_is_said_of_their_kind():
    checked = 0
    for kind in TITLES:
        name = f"workbench.sync.connectors.{kind.value.replace('-', '_')}"
        if find_spec(name) is None:
            continue
        found = [
            vars(one)["sends"] for one in vars(import_module(name)).values() if "sends" in getattr(one, "__dict__", {})
        ]
        assert all(what == SENDS.get(kind, frozenset()) for what in found)
        checked += len(found)
    assert checked > 0


def test_two_never_send_for_one_account_at_a_time(workspace: Workspace, desk: Desk):
    queue_reply(workspace, message_id=desk.threads[0], text="one")
    inner = []

    def meanwhile(_posting) -> None:
        inner.append(send_due(workspace, account_id=desk.account_id, connector=desk.poster()))
        assert sending_lock(workspace.profile, desk.account_id).is_held()

    poster = desk.poster(on_send=meanwhile)
    assert send_due(workspace, account_id=desk.account_id, connector=poster).sent == 1
    assert [result.sent for result in inner] == [0]
    assert poster.texts() == ["one"]
    assert not sending_lock(workspace.profile, desk.account_id).is_held()


def test_one_more_try_is_what_the_state_asks_for(workspace: Workspace, desk: Desk):
    refused, unsure = desk.reply("one"), desk.reply("two", thread=1)
    poster = desk.poster(Fault.REFUSED, Fault.LOST_BEFORE)
    desk.send(poster)
    retry(workspace, item_id=unsure)
    desk.send(poster)
    assert desk.item(unsure).looks == 1, "it is looked for at once"
    desk.wait(minutes=3)
    desk.send(poster)
    for item in (refused, unsure):
        assert desk.item(item).needs_decision
        retry(workspace, item_id=item)
        assert desk.state(item) is OutboxState.QUEUED
    desk.store.pause_copied()
    retry(workspace, item_id=refused)
    assert desk.state(unsure) is OutboxState.UNKNOWN
    desk.store.mark_sent(unsure)
    with pytest.raises(BadInputError, match="sent already"):
        retry(workspace, item_id=unsure)


def test_items_are_named_by_the_beginning_of_their_id(workspace: Workspace, desk: Desk):
    first, second = desk.reply("one"), desk.reply("two")
    assert item_named(workspace, first.upper()).text == "one"
    with pytest.raises(BadInputError, match="Several"):
        item_named(workspace, first[:8])
    for name in ("", "zzz"):
        with pytest.raises(BadInputError):
            item_named(workspace, name)
    assert drop(workspace, item_id=second).text == "two"
    with pytest.raises(BadInputError, match="no item"):
        item_named(workspace, second)


def test_every_state_is_explained_in_plain_sentences(workspace: Workspace, desk: Desk):
    item = desk.item(desk.reply("one"))
    said = {
        explained(replace(item, state=state, reason_code=reason, looks=looks))
        for state in OutboxState
        for reason in (None, *Reason)
        for looks in (0, 2)
    }
    assert len(said) > 12
    workspace.accounts.tried(AccountId(item.account_id), error=SignInError("signed out"))
    with workspace.database.read() as reader:
        (waits,) = list_outbox(reader)
    assert "Nobody is signed in to" in explained(replace(waits, state=OutboxState.QUEUED))
    assert all(words.endswith((".", ".”")) and "!" not in words for words in said)


def test_refusal_is_told_in_the_platforms_words(workspace: Workspace, desk: Desk):
    item = desk.reply("one")
    desk.send(desk.poster(Fault.REFUSED))
    assert explained(desk.item(item)) == "The platform did not accept it: “Too short”."


def test_what_is_held_is_told_as_the_platform_would(workspace: Workspace, desk: Desk):
    item = replace(desk.item(desk.reply("one")), state=OutboxState.SENT, is_held=True)
    assert explained(item) == "Sent; it waits there for a moderator."
    assert explained(replace(item, account_kind=AccountKind.HYPERKITTY)) == "Sent; it waits for the list."


def test_what_is_sent_says_that_it_is_here_once_it_is(workspace: Workspace, desk: Desk):
    item = replace(desk.item(desk.reply("one")), state=OutboxState.SENT)
    assert explained(item) == "Sent; it shows in the thread after the next sync."
    assert explained(replace(item, is_shown=True)) == "Sent; it is in the thread."
    assert explained(replace(item, is_shown=True, kind=PostKind.LIKE)) == "Sent."
    assert explained(replace(item, is_shown=True, reason_code=Reason.BY_HAND)) == "You marked it as sent."


def test_nothing_is_sent_twice_from_a_copied_profile(tmp_path: Path):
    (tmp_path / "one").mkdir()
    with a_workspace(tmp_path / "one") as workspace:
        desk = a_desk(tmp_path, database=workspace.database, clock=workspace.clock)
        for thread in range(3):
            queue_reply(workspace, message_id=desk.threads[thread], text=f"Answer {thread}")
        account_id = desk.account_id
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    poster = desk.poster()
    with a_workspace(tmp_path / "one") as first:
        assert send_due(first, account_id=account_id, connector=poster).sent == 3
    clock = a_clock(NOW + timedelta(minutes=20))
    poster.clock = clock
    with a_workspace(tmp_path / "two", clock=clock) as second:
        assert {(row.state, row.reason_code) for row in outbox_rows(second)} == {(OutboxState.PAUSED, Reason.COPIED)}
        assert send_due(second, account_id=account_id, connector=poster).sent == 0
        retry(second, item_id=outbox_rows(second)[0].id)
        assert send_due(second, account_id=account_id, connector=poster).sent == 3
    assert sorted(poster.texts()) == ["Answer 0", "Answer 1", "Answer 2"]
