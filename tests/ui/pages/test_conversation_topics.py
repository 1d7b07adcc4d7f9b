"""A new thread in the window: begun by key, kept as typed, queued, handed over, and put away without a question."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.pages.quiet import Quiet
from workbench.models.kinds import AccountKind, OutboxState
from workbench.operations.outbox import outbox_rows
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.conversation_topics import TopicDraft
from workbench.ui.pages.conversations import ConversationsPage
from workbench.ui.period import Period, PeriodKind
from workbench.workspace import Workspace


@pytest.fixture
def forum(workspace: Workspace) -> Workspace:
    """A forum with two categories, and a list that only takes what is posted by hand."""
    forum = workspace.accounts.add(AccountKind.DISCOURSE, "Forum")
    water = workspace.mirror.ensure_community(forum, CommunityRecord("category-1", "Water"))
    workspace.mirror.ensure_community(forum, CommunityRecord("category-2", "Wells"))
    mail = workspace.accounts.add(AccountKind.HYPERKITTY, "List")
    page = "https://lists.example.org/archives/list/fishers@example.org/"
    workspace.mirror.ensure_community(mail, CommunityRecord("fishers@example.org", "Fishers", url=page))
    amina = PersonRecord("1", "Amina Example")
    message = MessageRecord("1.1", "category-1", amina, workspace.clock.now(), "Pumps", "Which pump works?")
    workspace.mirror.apply(water, "forum", Batch((message,)))
    return workspace


@pytest.fixture
def quiet(qtbot, context: Context) -> Quiet:
    return Quiet(qtbot, context.jobs)


@pytest.fixture
def page(quiet: Quiet, forum: Workspace, window: MainWindow, context: Context) -> ConversationsPage:
    context.set_period(Period(PeriodKind.ALL))
    window.open_page("conversations")
    shown = window.page()
    quiet.wait(shown)
    context.actions.trigger("new")
    quiet.wait(shown)
    return shown


def write(qtbot, page: ConversationsPage, title: str, text: str) -> None:
    qtbot.keyClicks(page._topics.panel.title, title)
    qtbot.keyClicks(page._topics.panel.text, text)


def press(page: ConversationsPage, words: str) -> None:
    panel = page._topics.panel
    next(button for button in panel.findChildren(QPushButton) if button.isVisible() and button.text() == words).click()


def said(page: ConversationsPage) -> str:
    return " ".join(label.text() for label in page._topics.panel.findChildren(QLabel) if label.isVisible())


def stands(workspace: Workspace) -> list[tuple[str, str, str, OutboxState]]:
    return [(row.community, row.subject, row.text, row.state) for row in outbox_rows(workspace)]


def test_the_keyboard_begins_at_the_title_and_the_reader_makes_room(page: ConversationsPage):
    panel = page._topics.panel
    assert panel.isVisible()
    assert not page._reader.isVisible()
    assert panel.title.hasFocus()
    assert [panel.community.itemText(at) for at in range(3)] == ["Water", "Wells", "Fishers (by hand)"]


def test_what_is_typed_is_kept_and_nothing_is_asked_on_the_way_out(
    qtbot, quiet: Quiet, page: ConversationsPage, context: Context, forum: Workspace
):
    write(qtbot, page, "Pumps", "Which one")
    context.actions.trigger("back")
    quiet.wait(page)
    assert stands(forum) == [("Water", "Pumps", "Which one", OutboxState.DRAFT)]
    assert page._reader.isVisible()
    page.new()
    quiet.wait(page)
    panel = page._topics.panel
    assert (panel.title.text(), panel.text.toPlainText()) == ("Pumps", "Which one")
    assert panel.text.hasFocus()


def test_a_draft_moves_to_another_community(qtbot, quiet: Quiet, page: ConversationsPage, forum: Workspace):
    write(qtbot, page, "Pumps", "Which one")
    page._topics.keep()
    quiet.wait(page)
    assert "Draft saved" in said(page)
    page._topics.panel.community.setCurrentIndex(1)
    page._topics.keep()
    quiet.wait(page)
    assert stands(forum) == [("Wells", "Pumps", "Which one", OutboxState.DRAFT)]


def test_control_return_queues_it(qtbot, quiet: Quiet, page: ConversationsPage, forum: Workspace):
    write(qtbot, page, "Pumps", "")
    assert not page._topics.panel._go.isEnabled()
    write(qtbot, page, "", "Which one?")
    qtbot.keyClick(page._topics.panel.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    quiet.wait(page)
    assert stands(forum) == [("Water", "Pumps", "Which one?", OutboxState.QUEUED)]
    assert not page._topics.is_open
    page.new()
    quiet.wait(page)
    assert page._topics.panel.title.text() == ""


def test_where_it_cannot_be_sent_the_text_is_handed_over(
    qtbot, quiet: Quiet, page: ConversationsPage, forum: Workspace
):
    write(qtbot, page, "Nets", "New nets")
    page._topics.panel.community.setCurrentIndex(2)
    assert "This account only reads" in said(page)
    press(page, "Copy text and open the platform")
    quiet.wait(page)
    assert QGuiApplication.clipboard().text() == "Nets\n\nNew nets"
    assert page._topics.links.isVisible()
    assert page.go_back()
    assert not page._topics.links.isVisible()
    press(page, "I posted it")
    quiet.wait(page)
    assert stands(forum) == [("Fishers", "Nets", "New nets", OutboxState.SENT)]
    assert not page._topics.is_open


def test_what_is_discarded_is_gone(qtbot, quiet: Quiet, page: ConversationsPage, forum: Workspace):
    write(qtbot, page, "Pumps", "Which one")
    page._topics.keep()
    quiet.wait(page)
    press(page, "Discard")
    quiet.wait(page)
    assert stands(forum) == []
    assert page._reader.isVisible()


def test_another_page_and_another_thread_keep_the_draft(
    qtbot, quiet: Quiet, page: ConversationsPage, forum: Workspace, window: MainWindow
):
    write(qtbot, page, "Pumps", "One")
    window.open_page("members")
    quiet.wait(window.page())
    assert stands(forum) == [("Water", "Pumps", "One", OutboxState.DRAFT)]
    window.open_page("conversations")
    quiet.wait(page)
    assert page._topics.is_open
    page._open(1)
    quiet.wait(page)
    assert page._reader.isVisible()


def test_a_draft_is_opened_by_its_id(quiet: Quiet, page: ConversationsPage, forum: Workspace):
    page._topics.close()
    wells = forum.outbox.save_topic(2, subject="Older", text="A draft")
    forum.outbox.save_topic(1, subject="Newer", text="Another")
    page.opened(TopicDraft(wells))
    quiet.wait(page)
    assert page._topics.panel.title.text() == "Older"
    assert page._topics.panel.community.currentText() == "Wells"


def test_with_nowhere_to_write_it_says_so(qtbot, quiet: Quiet, page: ConversationsPage, forum: Workspace):
    page._topics.close()
    quiet.wait(page)
    for account in forum.accounts.list():
        forum.accounts.forget(account.id)
    told: list[str] = []
    page.context.told.connect(lambda words, _action: told.append(words))
    page._topics.begin()
    quiet.wait(page)
    assert not page._topics.is_open
    assert told[0].startswith("No community here takes new threads")
