"""Every state of an item has a group, one main button and the rest in a menu."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.sync.outbox_desk import a_desk
from workbench.models.kinds import OutboxState, PostKind
from workbench.operations.outbox import explained
from workbench.queries.outbox import OutboxRow
from workbench.ui.pages.conversation_reply import Deed
from workbench.ui.pages.sync_outbox_words import GROUPS, Group, buttons_of, group_of, headline, places, shown_beside


@pytest.fixture
def row(tmp_path: Path) -> OutboxRow:
    desk = a_desk(tmp_path)
    found = desk.item(desk.reply("We use a rope pump."))
    desk.database.close()
    return replace(found, subject="Which pump?", parent_author="Amina Example")


@pytest.mark.parametrize(
    ("state", "looks", "group", "buttons"),
    [
        (OutboxState.DRAFT, 0, Group.DRAFTS, ["Edit", "Queue", "Drop", "Copy text"]),
        (OutboxState.QUEUED, 0, Group.WAITING, ["Recall", "Copy text", "Drop"]),
        (OutboxState.SENDING, 0, Group.WAITING, []),
        (OutboxState.SENT, 0, Group.SENT, []),
        (OutboxState.UNKNOWN, 0, Group.WAITING, ["Open thread", "Copy text"]),
        (OutboxState.UNKNOWN, 2, Group.DECIDE, ["Open thread", "Send again", "Mark as sent", "Copy text"]),
        (OutboxState.REFUSED, 0, Group.DECIDE, ["Edit", "Copy text", "Drop"]),
        (OutboxState.PAUSED, 0, Group.DECIDE, ["Resume", "Edit", "Copy text", "Drop"]),
        (OutboxState.EXPIRED, 0, Group.DECIDE, ["Queue again", "Edit", "Drop", "Copy text"]),
    ],
)
def test_each_state_has_its_place_and_its_buttons(row: OutboxRow, state, looks, group, buttons):
    shown = replace(row, state=state, looks=looks)
    assert group_of(shown) is group
    assert [title for _deed, title in buttons_of(shown)] == buttons
    assert set(GROUPS) == set(Group)


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (OutboxState.DRAFT, ["Edit", "Queue", "Drop", "Copy text"]),
        (OutboxState.QUEUED, ["Recall", "Copy text", "Drop"]),
        (OutboxState.REFUSED, ["Edit", "Copy text", "Drop"]),
        (OutboxState.PAUSED, ["Resume", "Edit", "Copy text", "Drop"]),
    ],
)
def test_a_topic_is_edited_where_threads_are_begun(row: OutboxRow, state, buttons):
    topic = replace(row, kind=PostKind.TOPIC, thread_id=None, state=state)
    assert [title for _deed, title in buttons_of(topic)] == buttons


def test_a_topic_whose_community_is_gone_has_nowhere_to_be_edited_in(row: OutboxRow):
    topic = replace(row, kind=PostKind.TOPIC, thread_id=None, community_id=None, state=OutboxState.REFUSED)
    assert Deed.EDIT not in [deed for deed, _title in buttons_of(topic)]


def test_what_nobody_can_tell_of_can_be_looked_for_and_sent_again_from_beside_it(row: OutboxRow):
    unsure = replace(row, state=OutboxState.UNKNOWN, looks=2, kind=PostKind.TOPIC, thread_id=None)
    linked = replace(unsure, url="https://forum.example.org/c/1")
    assert [title for _deed, title in buttons_of(linked)[: shown_beside(linked)]] == ["Open thread", "Send again"]
    assert buttons_of(unsure)[0] == (Deed.SEND_AGAIN, "Send again")
    assert shown_beside(replace(unsure, looks=0)) == shown_beside(row) == 1


def test_what_is_sent_can_be_opened_where_its_page_is_known(row: OutboxRow):
    sent = replace(row, state=OutboxState.SENT, url="https://forum.example.org/t/1")
    assert [title for _deed, title in buttons_of(sent)] == ["Open thread", "Copy text"]


def test_an_item_says_what_it_is(row: OutboxRow):
    assert headline(row) == "Reply to Amina Example in “Which pump?”"
    assert headline(replace(row, kind=PostKind.LIKE)) == "Like of Amina Example in “Which pump?”"
    assert headline(replace(row, kind=PostKind.TOPIC)) == "New topic: Which pump?"
    assert headline(replace(row, kind=PostKind.TOPIC, subject="")) == "New topic"
    assert headline(replace(row, parent_author="", subject="")) == "Reply"


def test_the_place_in_the_queue_is_told_by_account(row: OutboxRow):
    first, second = replace(row, id="a"), replace(row, id="b")
    other, draft = replace(row, id="c", account_id=9), replace(row, id="d", state=OutboxState.DRAFT)
    assert places([first, other, second, draft]) == {"a": "1 of 2 to go", "b": "2 of 2 to go"}


def test_what_was_sent_for_a_removed_account_promises_nothing_more(row: OutboxRow):
    sent = replace(row, state=OutboxState.SENT, url="https://community.example.org/t/7")
    assert [title for _deed, title in buttons_of(sent)] == ["Open thread", "Copy text"]
    gone = replace(sent, account_id=None)
    assert buttons_of(gone) == ()
    assert explained(gone) == "Sent. Its account is no longer in this profile."


def test_a_setting_that_is_missing_is_not_blamed_on_the_platform(row: OutboxRow):
    said = "This account has no mail server to send by."
    refused = replace(row, state=OutboxState.REFUSED, reason_code="settings", reason=said)
    assert explained(refused) == f"It did not go out. {said}"
    assert buttons_of(refused)[0] == (Deed.SETTINGS, "Account details")


@pytest.mark.parametrize(
    ("reason", "words"),
    [("budget", "used up"), ("sign_in", "when you sign in again"), ("line", "no connection"), ("busy", "busy")],
)
def test_what_nobody_is_sure_of_says_why_it_stands_still(row: OutboxRow, reason: str, words: str):
    said = explained(replace(row, state=OutboxState.UNKNOWN, reason_code=reason))
    assert said.startswith("It may have arrived.")
    assert words in said


@pytest.mark.parametrize("state", [one for one in OutboxState if one is not OutboxState.SENT])
def test_what_lost_its_account_can_only_be_copied_or_dropped(row: OutboxRow, state: OutboxState):
    gone = replace(row, state=state, account_id=None, community_id=None, thread_id=None)
    assert [title for _deed, title in buttons_of(gone)] == ["Copy text", "Drop"]
    assert explained(gone).startswith("Its account or community is no longer in this profile.")
