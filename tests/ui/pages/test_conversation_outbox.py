"""Drafts and answers under a conversation: kept as typed, queued, recalled, handed over, and told where they stand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from tests.sync.outbox_desk import Desk, Fault, a_desk
from tests.ui.pages.quiet import Quiet
from tests.ui.pages.sync_line import add_lists, message_of
from workbench.errors import BadInputError
from workbench.ids import EventId
from workbench.models.changes import Changes
from workbench.models.kinds import OutboxState, PostKind
from workbench.operations.outbox import queue_reply
from workbench.operations.questions import route_question
from workbench.queries.questions import QuestionState, find_question
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.conversations import ConversationsPage
from workbench.ui.period import Period, PeriodKind
from workbench.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    made = a_desk(workspace.profile, database=workspace.database, clock=workspace.clock)
    made.store = workspace.outbox
    return made


@pytest.fixture
def quiet(qtbot, context: Context) -> Quiet:
    return Quiet(qtbot, context.jobs)


@pytest.fixture
def page(qtbot, quiet: Quiet, desk: Desk, window: MainWindow, context: Context) -> ConversationsPage:
    """The page with the third thread open, which is the newest."""
    context.set_period(Period(PeriodKind.ALL))
    window.open_page("conversations")
    shown = window.page()
    quiet.wait(shown)
    shown._open(desk.threads[0])
    quiet.wait(shown)
    return shown


@pytest.fixture
def write(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    """Types into the box of the open conversation, opening it first."""

    def typed(text: str) -> None:
        context.actions.trigger("thread.reply")
        qtbot.keyClicks(page._outbox.panel.edit, text)

    return typed


def press(page: ConversationsPage, title: str) -> None:
    panel = page._outbox.panel
    next(one for one in panel.findChildren(QPushButton) if one.isVisible() and one.text() == title).click()


def words(page: ConversationsPage) -> str:
    return " ".join(label.text() for label in page._outbox.panel.findChildren(QLabel) if label.isVisible())


def test_what_is_typed_is_kept_as_one_draft(qtbot, quiet: Quiet, page: ConversationsPage, desk: Desk, write):
    write("We use")
    assert page._outbox._typing.isActive()
    page._outbox.keep()
    qtbot.keyClicks(page._outbox.panel.edit, " a pump")
    page._outbox.keep()
    quiet.wait(page)
    assert [(row.text, row.state) for row in desk.rows()] == [("We use a pump", OutboxState.DRAFT)]
    assert "Draft saved" in words(page)


def test_draft_is_kept_when_another_conversation_or_page_is_shown(
    quiet: Quiet, page: ConversationsPage, desk: Desk, write, window: MainWindow
):
    write("one")
    page._open(desk.threads[1])
    quiet.wait(page)
    assert not page._outbox.panel.is_open
    write("two")
    window.open_page("help")
    quiet.wait(page)
    assert {row.thread_id: row.text for row in desk.rows()} == {desk.threads[0]: "one", desk.threads[1]: "two"}


def test_reply_goes_on_with_the_draft_there_is(quiet: Quiet, page: ConversationsPage, desk: Desk, write):
    write("one")
    assert page.go_back()
    quiet.wait(page)
    assert "Draft" in words(page)
    assert not page.go_back()
    write(", two")
    page._outbox.keep()
    quiet.wait(page)
    assert [row.text for row in desk.rows()] == ["one, two"]
    assert "A draft" not in words(page), "what is in the box is not listed beside it"


def test_emptied_draft_is_none(quiet: Quiet, page: ConversationsPage, desk: Desk, write):
    write("one")
    page._outbox.keep()
    quiet.wait(page)
    page._outbox.panel.edit.clear()
    page._outbox.keep()
    quiet.wait(page)
    assert desk.rows() == []
    write("two")
    press(page, "Discard")
    quiet.wait(page)
    assert desk.rows() == []
    assert not page._outbox.panel.is_open


def test_a_list_without_a_mail_server_says_so_before_anything_is_written_for_it(
    qtbot, quiet: Quiet, page: ConversationsPage, workspace: Workspace, write
):
    add_lists(workspace, "Pumps")
    message = EventId(message_of(workspace, "Pumps"))
    page._open(message)
    quiet.wait(page)
    write("A rope pump")
    assert "no mail server" in words(page)
    assert "goes out with the next sync" not in words(page)
    with pytest.raises(BadInputError, match="no mail server"):
        queue_reply(workspace, message_id=message, text="A rope pump")
    with qtbot.waitSignal(page.context.page_wanted) as wanted:
        press(page, "Account details")
    assert wanted.args[1].startswith("account:details:")


def test_reply_is_queued_and_recalled(qtbot, quiet: Quiet, page: ConversationsPage, desk: Desk, write):
    write("We use a pump")
    with qtbot.waitSignal(page.context.bus.changed) as told:
        qtbot.keyClick(page._outbox.panel.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [Changes.OUTBOX | Changes.MARKS], "who answers a conversation has read it"
    with desk.database.read() as reader:
        assert reader.scalar("SELECT read_at FROM threadmark WHERE thread_id = ?", (desk.threads[0],))
    quiet.wait(page)
    (row,) = desk.rows()
    assert (row.state, row.text, row.parent_id) == (OutboxState.QUEUED, "We use a pump", desk.threads[0])
    assert "Queued" in words(page)
    assert not page._outbox.panel.is_open
    press(page, "Recall")
    quiet.wait(page)
    assert desk.state(row.id) is OutboxState.DRAFT
    assert page._outbox.panel.edit.toPlainText() == "We use a pump"
    press(page, "Queue reply")
    quiet.wait(page)
    assert [one.state for one in desk.rows()] == [OutboxState.QUEUED]


def test_escape_closes_the_link_first_then_the_box_then_the_search(
    quiet: Quiet, page: ConversationsPage, write, context: Context
):
    write("one")
    page._reader.links.ask("https://example.org/", "")
    context.actions.trigger("back")
    assert not page._reader.links.isVisible()
    assert page._outbox.panel.is_open
    context.actions.trigger("back")
    assert not page._outbox.panel.is_open
    quiet.wait(page)


def test_letters_typed_into_the_box_are_letters(qtbot, quiet: Quiet, page: ConversationsPage, write):
    write("jksrlun")
    assert page._outbox.panel.edit.toPlainText() == "jksrlun"
    quiet.wait(page)


def test_like_is_queued_and_listed(quiet: Quiet, page: ConversationsPage, desk: Desk, context: Context):
    context.actions.trigger("message.like")
    quiet.wait(page)
    assert [(row.kind, row.state) for row in desk.rows()] == [(PostKind.LIKE, OutboxState.QUEUED)]
    assert "Like" in words(page)
    press(page, "Drop")
    quiet.wait(page)
    assert desk.rows() == []


def test_what_was_not_found_is_opened_sent_again_or_marked(quiet: Quiet, page: ConversationsPage, desk: Desk, context):
    item = desk.reply("one")
    poster = desk.poster(Fault.LOST_BEFORE)
    for _ in range(3):
        desk.send(poster)
        desk.wait(minutes=3)
    context.bus.publish(Changes.OUTBOX)
    quiet.wait(page)
    assert "Not sure" in words(page)
    press(page, "Open thread")
    assert page._reader.links.isVisible()
    page._reader.links.shut()
    press(page, "Send again")
    quiet.wait(page)
    assert desk.state(item) is OutboxState.QUEUED


@pytest.mark.parametrize(
    ("title", "state"),
    [("Mark as sent", OutboxState.SENT), ("Resume", OutboxState.UNKNOWN), ("Queue again", OutboxState.QUEUED)],
)
def test_one_button_for_each_decision(
    quiet: Quiet, page: ConversationsPage, desk: Desk, title: str, state: OutboxState
):
    item = desk.reply("one")
    if title == "Mark as sent":
        poster = desk.poster(Fault.LOST_BEFORE)
        for _ in range(3):
            desk.send(poster)
            desk.wait(minutes=3)
    elif title == "Resume":
        desk.store.pause_copied()
    else:
        desk.wait(days=20)
        desk.send(desk.poster())
    page.context.bus.publish(Changes.OUTBOX)
    quiet.wait(page)
    press(page, title)
    quiet.wait(page)
    assert desk.state(item) is state


def test_refused_reply_is_edited_or_copied(quiet: Quiet, page: ConversationsPage, desk: Desk, context: Context):
    item = desk.reply("Hi")
    desk.send(desk.poster(Fault.REFUSED))
    context.bus.publish(Changes.OUTBOX)
    quiet.wait(page)
    assert "Too short" in words(page)
    press(page, "Copy text")
    assert QGuiApplication.clipboard().text() == "Hi"
    press(page, "Edit")
    quiet.wait(page)
    assert page._outbox.panel.edit.toPlainText() == "Hi"
    assert desk.state(item) is OutboxState.DRAFT


def test_account_that_only_reads_hands_the_text_over(quiet: Quiet, page: ConversationsPage, desk: Desk, write, context):
    with desk.database.write() as session:
        session.connection().exec_driver_sql("UPDATE account SET kind = 'mailing-list'")
        session.connection().exec_driver_sql("UPDATE thread SET is_question = 1")
    context.bus.publish(Changes.ACCOUNTS)
    quiet.wait(page)
    write("We use a pump")
    press(page, "Copy text and open thread")
    assert QGuiApplication.clipboard().text() == "We use a pump"
    assert page._reader.links.isVisible()
    quiet.wait(page)
    assert [row.state for row in desk.rows()] == [OutboxState.DRAFT], "copied is not posted"
    told: list[str] = []
    context.told.connect(lambda said, _action: told.append(said))
    press(page, "I posted it")
    quiet.wait(page)
    assert "measures wait for a sync to bring your answer" in told[-1]
    assert [(row.state, row.reason_code) for row in desk.rows()] == [(OutboxState.SENT, "by hand")]
    # The platform has not told of it yet: the question is answered by a mark of one's own, which can be taken back.
    thread = page._reader.shown.id

    def shown() -> tuple[QuestionState, bool]:
        with desk.database.read() as reader:
            row = find_question(reader, thread, as_of=context.workspace.clock.now())
        return row.state, row.is_by_hand

    assert shown() == (QuestionState.ANSWERED, True)
    for step, state in ((page.undo, QuestionState.OPEN), (page.redo, QuestionState.ANSWERED)):
        step()
        quiet.wait(page)
        assert shown()[0] is state


def test_asking_the_one_a_question_was_given_to_is_no_answer(quiet: Quiet, page, desk: Desk, write, context):
    told: list[str] = []
    context.told.connect(lambda words, _action: told.append(words))
    with desk.database.write() as session:
        session.connection().exec_driver_sql("UPDATE account SET kind = 'mailing-list'")
        session.connection().exec_driver_sql("UPDATE thread SET is_question = 1")
    thread = page._reader.shown.id
    route_question(context.workspace, thread_id=thread, owner="Bashir Example")
    context.bus.publish(Changes.ACCOUNTS)
    quiet.wait(page)
    write("@Bashir Example, could you help here?")
    press(page, "Copy text and open thread")
    quiet.wait(page)
    press(page, "I posted it")
    quiet.wait(page)
    with desk.database.read() as reader:
        row = find_question(reader, thread, as_of=context.workspace.clock.now())
    assert (row.state, row.owner) == (QuestionState.ROUTED, "Bashir Example")
    assert told[-1] == "Kept as sent by you; the question stays with Bashir Example."


def test_item_that_is_gone_meanwhile_is_told_in_words(
    quiet: Quiet, page: ConversationsPage, desk: Desk, context: Context
):
    item = desk.reply("one")
    context.bus.publish(Changes.OUTBOX)
    quiet.wait(page)
    desk.store.drop(item)
    press(page, "Recall")
    quiet.wait(page)
    panel = page._outbox.panel
    assert panel.isVisible(), "the conversation stays in sight"
    assert panel._trouble.isVisible()
    assert panel._trouble.said.text() in words(page)
    context.actions.trigger("message.like")
    quiet.wait(page)
    assert panel._trouble.isHidden(), "what was refused is over with the next thing that is asked for"


def test_profile_that_is_only_read_has_no_panel(quiet: Quiet, page: ConversationsPage, desk: Desk, context: Context):
    page._outbox.panel.hide()
    context.workspace.database.writable = False
    context.actions.trigger("thread.reply")
    page._open(desk.threads[1])
    quiet.wait(page)
    assert not page._outbox.panel.isVisible()
    context.actions.trigger("message.like")
    context.workspace.database.writable = True
    quiet.wait(page)
    assert desk.rows() == []


def test_what_cannot_be_done_is_said_in_the_panel_and_nothing_written_is_lost(
    quiet: Quiet, page: ConversationsPage, desk: Desk, write
):
    write("We use a pump")
    page.context.workspace.database.writable = False
    press(page, "Queue reply")
    quiet.wait(page)
    panel = page._outbox.panel
    assert "The folder does not let us write." in words(page)
    assert panel.is_open
    assert panel.edit.toPlainText() == "We use a pump"
    page.context.workspace.database.writable = True
    press(page, "Queue reply")
    quiet.wait(page)
    assert [(row.text, row.state) for row in desk.rows()] == [("We use a pump", OutboxState.QUEUED)]
    assert panel._trouble.isHidden()
