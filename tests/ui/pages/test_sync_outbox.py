"""The outbox on the Sync page: by where items stand, with deeds that are carried out and a keyboard that stays."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from tests.ui.pages.sync_line import add_lists, community_of, message_of, put
from tests.ui.pages.sync_page import made_page
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.models.kinds import OutboxState
from workbench.queries.outbox import outbox_item
from workbench.ui.context import Context
from workbench.ui.pages.conversation_reply import Deed
from workbench.ui.pages.conversation_topics import TopicDraft
from workbench.ui.pages.sync import OUTBOX, SyncPage
from workbench.ui.pages.sync_outbox_words import Group
from workbench.workspace import Workspace


@pytest.fixture
def items(workspace: Workspace) -> dict[str, str]:
    """One answer in every state."""
    workspace.accounts.set_settings(add_lists(workspace, "Water"), {"smtp_host": "mail.example.org"})
    store, message = workspace.outbox, message_of(workspace, "Water")
    made = {state.value: store.save_reply(message, f"An answer, {state.value}") for state in OutboxState}
    for state in OutboxState:
        if state is not OutboxState.DRAFT:
            store.queue(made[state.value])
            put(workspace, made[state.value], state, looks=2, reason="not today")
    return made


@pytest.fixture
def page(qtbot, context: Context) -> SyncPage:
    made = made_page(qtbot, context)
    made.opened("outbox")
    settle(qtbot, context.jobs)
    return made


def words(page: SyncPage) -> str:
    return " ".join(label.text() for label in page.outbox.findChildren(QLabel) if label.isVisible())


def state_of(workspace: Workspace, item_id: str) -> OutboxState | None:
    with workspace.database.read() as reader:
        row = outbox_item(reader, item_id)
    return None if row is None else row.state


def test_nothing_to_send_is_a_good_state_and_says_so(workspace: Workspace, page: SyncPage):
    page.outbox.show_rows([], now=workspace.clock.now())
    assert page.outbox._empty.isVisibleTo(page.outbox)
    page.outbox.take_focus()


def test_items_stand_where_they_belong_with_reason_place_and_age(items, page: SyncPage):
    groups = {group: len(card.items) for group, card in page.outbox.groups.items()}
    assert groups == {Group.DECIDE: 4, Group.WAITING: 2, Group.DRAFTS: 1, Group.SENT: 1}
    assert page._tabs.tabText(OUTBOX) == "Outbox (7)"
    assert "“not today”" in words(page)
    assert "1 of 2 to go" in words(page)
    assert "written just now" in words(page)
    assert not page.grab().isNull()


def test_the_one_button_of_an_item_does_what_it_says(qtbot, items, workspace: Workspace, context: Context, page):
    for state, wanted in (("expired", OutboxState.QUEUED), ("paused", OutboxState.UNKNOWN)):
        with qtbot.waitSignal(context.bus.changed):
            page.outbox._items[items[state]].main.click()
        settle(qtbot, context.jobs)
        assert state_of(workspace, items[state]) is wanted


def test_the_menu_holds_the_rest(qtbot, items, workspace: Workspace, context: Context, page: SyncPage):
    unsure = page.outbox._items[items["unknown"]]
    assert [button.text() for button in unsure.beside] == ["Open thread", "Send again"]
    assert [title for _deed, title in unsure.others] == ["Mark as sent", "Copy text"]
    page.outbox._act(Deed.COPY, unsure.row)
    assert QGuiApplication.clipboard().text() == "An answer, unknown"
    with qtbot.waitSignal(context.bus.changed):
        page.outbox._act(Deed.MARK_SENT, unsure.row)
    assert state_of(workspace, items["unknown"]) is OutboxState.SENT
    settle(qtbot, context.jobs)
    with qtbot.waitSignal(context.bus.changed):
        page.outbox._act(Deed.DROP, page.outbox._items[items["refused"]].row)
    assert state_of(workspace, items["refused"]) is None
    settle(qtbot, context.jobs)


def test_an_answer_is_edited_in_its_conversation(qtbot, items, workspace: Workspace, context: Context, page: SyncPage):
    thread = message_of(workspace, "Water")
    with qtbot.waitSignal(context.page_wanted) as asked:
        page.outbox._items[items["draft"]].main.click()
    assert asked.args == ["conversations", thread]
    with qtbot.waitSignal(context.page_wanted) as asked:
        page.outbox._items[items["queued"]].main.click()
    assert asked.args == ["conversations", thread]
    assert state_of(workspace, items["queued"]) is OutboxState.DRAFT
    settle(qtbot, context.jobs)
    assert page.outbox._items[items["refused"]].main.text() == "Edit"
    with qtbot.waitSignal(context.page_wanted) as asked:
        page.outbox._items[items["refused"]].main.click()
    assert asked.args == ["conversations", thread]
    assert state_of(workspace, items["refused"]) is OutboxState.DRAFT
    settle(qtbot, context.jobs)


def test_what_cannot_be_done_is_said(qtbot, items, workspace: Workspace, context: Context, page: SyncPage):
    row = page.outbox._items[items["refused"]].row
    workspace.outbox.drop(row.id)
    with qtbot.waitSignal(page.outbox.failed):
        page.outbox._act(Deed.QUEUE, row)
    settle(qtbot, context.jobs)


def test_a_draft_for_a_list_without_a_mail_server_stays_one_and_says_why(qtbot, workspace, items, context, page):
    with workspace.database.read() as reader:
        account = outbox_item(reader, items["draft"]).account_id
    workspace.accounts.set_settings(account, {})
    with qtbot.waitSignal(context.told) as told:
        page.outbox._items[items["draft"]].beside[1].click()
    assert "its account has no mail server. Give it one in its details" in told.args[0]
    assert state_of(workspace, items["draft"]) is OutboxState.DRAFT
    settle(qtbot, context.jobs)


def test_the_keyboard_stays_on_an_item_that_changes(qtbot, items, workspace: Workspace, context: Context, page):
    unchanged = page.outbox._items[items["paused"]]
    page.outbox._items[items["refused"]].main.setFocus()
    put(workspace, items["refused"], OutboxState.REFUSED, reason="too long")
    context.bus.publish(Changes.OUTBOX)
    qtbot.waitUntil(lambda: "“too long”" in words(page))
    assert page.focusWidget() is page.outbox._items[items["refused"]].main
    assert page.outbox._items[items["paused"]] is unchanged


def test_what_may_have_arrived_is_sent_again_by_the_button_beside_it(qtbot, items, workspace, context: Context, page):
    with qtbot.waitSignal(context.bus.changed):
        page.outbox._items[items["unknown"]].beside[1].click()
    assert state_of(workspace, items["unknown"]) is OutboxState.QUEUED
    settle(qtbot, context.jobs)


def test_a_topic_is_taken_back_and_opened_where_it_is_written(qtbot, workspace: Workspace, context: Context):
    add_lists(workspace, "Water")
    item = workspace.outbox.save_topic(community_of(workspace, "Water"), subject="Pumps", text="Which pump?")
    put(workspace, item, OutboxState.QUEUED)
    page = made_page(qtbot, context)
    page.opened("outbox")
    with qtbot.waitSignal(context.page_wanted) as wanted:
        page.outbox._items[item].main.click()
    assert wanted.args == ["conversations", TopicDraft(item)]
    assert state_of(workspace, item) is OutboxState.DRAFT
    settle(qtbot, context.jobs)
