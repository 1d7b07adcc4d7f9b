"""The conversations page over a real profile: reading, filtering, searching and marking, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from tests.builders import NOW
from tests.ui.pages.quiet import Quiet
from workbench.models.changes import Changes
from workbench.queries.preferences import me
from workbench.queries.threads import ThreadFilter, find_thread
from workbench.sync.connector import Batch
from workbench.sync.records import MessageRecord, PersonRecord
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.conversations import ConversationsPage
from workbench.ui.period import Period, PeriodKind

THREADS = 70


@pytest.fixture
def quiet(qtbot, context: Context) -> Quiet:
    return Quiet(qtbot, context.jobs)


@pytest.fixture
def page(qtbot, quiet: Quiet, filled, window: MainWindow, context: Context) -> ConversationsPage:
    context.set_period(Period(PeriodKind.ALL))
    window.open_page("conversations")
    shown = window.page()
    quiet.wait(shown)
    return shown


def words(page: ConversationsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def press(page: ConversationsPage, title: str) -> None:
    next(button for button in page.findChildren(QPushButton) if button.isVisible() and button.text() == title).click()


def opened(page: ConversationsPage) -> str:
    return page._reader._subject.text() if page._reader.shown is not None else ""


def test_threads_are_listed_the_newest_first_and_the_first_one_is_open(page: ConversationsPage):
    assert page._threads.rowCount() == THREADS
    assert page._threads.row_at(0).last_at > page._threads.row_at(1).last_at
    assert opened(page) == "Notes"
    assert [message.row.depth for message in page._reader.shown.messages] == [0, 1]


def test_keys_walk_through_threads_and_messages(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    assert context.actions.trigger("thread.next")
    quiet.wait(page)
    assert page._list.place() == 1
    assert opened(page) == "Which pump?"
    context.actions.trigger("thread.previous")
    context.actions.trigger("thread.previous")
    quiet.wait(page)
    assert page._list.place() == 0
    context.actions.trigger("message.next")
    assert page._reader.messages.place == 1
    context.actions.trigger("message.previous")
    assert page._reader.messages.place == 0


def test_single_letters_work_on_this_page_only(qtbot, page: ConversationsPage, window: MainWindow, context: Context):
    assert context.actions.action("thread.star").isEnabled()
    window.open_page("help")
    assert not context.actions.action("thread.star").isEnabled()
    window.open_page("conversations")
    assert context.actions.action("thread.star").isEnabled()


def test_letters_typed_into_the_search_box_are_letters(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    page.find_here()
    qtbot.keyClicks(page._search, "jks")
    assert page._search.text() == "jks"
    assert page._list.place() == 0
    quiet.wait(page)


def test_star_is_shown_at_once_and_kept(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    thread = page._reader.shown.id
    with qtbot.waitSignal(context.bus.changed) as told:
        context.actions.trigger("thread.star")
        assert page._threads.row_at(0).is_starred
        assert page._reader.is_starred
    assert told.args == [Changes.MARKS]
    with context.workspace.database.read() as reader:
        assert find_thread(reader, thread).is_starred
    page._pills.choose(ThreadFilter.STARRED)
    quiet.wait(page)
    assert page._threads.rowCount() == 1
    context.actions.trigger("thread.star")
    quiet.wait(page)
    assert not page._reader.is_starred


def test_thread_counts_as_read_after_somebody_looked_at_it(
    qtbot, quiet: Quiet, page: ConversationsPage, context: Context
):
    assert page._threads.row_at(0).is_unread
    assert not page._opened.reading.isActive()
    context.actions.trigger("thread.next")
    quiet.wait(page)
    assert page._opened.reading.isActive()
    page._opened.reading.timeout.emit()
    quiet.wait(page)
    assert not page._threads.row_at(1).is_unread
    with context.workspace.database.read() as reader:
        assert not find_thread(reader, page._reader.shown.id).is_unread
    context.actions.trigger("thread.unread")
    quiet.wait(page)
    assert page._threads.row_at(1).is_unread


def test_filters_list_what_they_say(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    page._pills.choose(ThreadFilter.UNANSWERED)
    quiet.wait(page)
    rows = [page._threads.row_at(place) for place in range(page._threads.rowCount())]
    assert rows
    assert all(row.is_question and not row.is_answered for row in rows)


def test_empty_filter_offers_a_way_out(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    page._pills.choose(ThreadFilter.STARRED)
    quiet.wait(page)
    assert "No stars yet" in words(page)
    press(page, "Show all conversations")
    quiet.wait(page)
    assert page._threads.rowCount() == THREADS


def test_period_and_scope_of_the_top_bar_hold(qtbot, quiet: Quiet, page: ConversationsPage, context: Context, water_id):
    context.set_period(Period(PeriodKind.LAST_7))
    quiet.wait(page)
    assert 0 < page._threads.rowCount() < 10
    context.set_scope((water_id + 1,))
    quiet.wait(page)
    assert "Only the chosen period was looked at" in words(page)
    press(page, "Look at all time")
    assert context.period.kind is PeriodKind.ALL
    quiet.wait(page)
    assert "No conversations here" in words(page)


def test_what_is_missing_is_said_and_a_thread_without_its_beginning_too(
    qtbot, quiet: Quiet, page: ConversationsPage, context: Context, water_id
):
    context.set_scope((water_id,))
    context.set_period(Period(PeriodKind.LAST_90))
    late = MessageRecord(
        "late", "", PersonRecord("p1", "Person 1 Example"), NOW, "Which filter?", "Any?", references=("none",)
    )
    context.workspace.mirror.apply(water_id, "events", Batch((late,)))
    context.bus.publish(Changes.EVENTS)
    quiet.wait(page)
    assert "Known since 16 May 2024, until today · 10 of 90 days not covered by the files" in words(page)
    assert page._threads.row_at(0).subject == "Which filter?"
    assert "beginning not here yet" in page._threads.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    page._list.choose(0)
    quiet.wait(page)
    assert "the beginning of this thread is not here yet" in words(page)
    page._pills.choose(ThreadFilter.UNANSWERED)
    quiet.wait(page)
    assert page._threads.row_at(0).subject == "Which pump?"
    context.set_period(Period(PeriodKind.LAST_28))
    quiet.wait(page)
    assert "not covered by the files" not in words(page)


def test_search_finds_while_one_types_and_highlights(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    page.find_here()
    qtbot.keyClicks(page._search, "which pum")
    quiet.wait(page)
    assert page._views.currentWidget() is page._found
    assert page._hits.row_at(0).subject == "Which pump?"
    # Of all time, as the search is; both communities are looked at, and one of them was never read.
    assert "No day is complete in all communities: only what is here is shown" in words(page)
    body = page._reader.messages._cards[0].body
    assert [mark.cursor.selectedText().casefold() for mark in body.extraSelections()] == ["which", "pum"]
    assert not page.grab().isNull()
    qtbot.keyClick(page._search, Qt.Key.Key_Escape)
    quiet.wait(page)
    assert page._views.currentWidget() is page._list


def test_enter_or_down_in_the_search_box_goes_to_what_it_finds(qtbot, quiet: Quiet, page: ConversationsPage):
    page.find_here()
    qtbot.keyClicks(page._search, "which pum")
    qtbot.keyClick(page._search, Qt.Key.Key_Return)  # before anything was found
    qtbot.waitUntil(page._found.hasFocus)
    assert (page._found.place(), page._reader.shown is not None) == (0, True)
    page.find_here()
    qtbot.keyClick(page._search, Qt.Key.Key_Down)
    assert page._found.hasFocus()
    page.find_here()
    qtbot.keyClicks(page._search, "nothing of the kind")
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    quiet.wait(page)
    page._search.setText("which pum")
    quiet.wait(page)
    assert page._search.hasFocus(), "who goes on typing keeps the keyboard"


def test_search_brings_more_at_the_end_of_the_list(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    page.find_here()
    qtbot.keyClicks(page._search, "notes")
    quiet.wait(page)
    assert "the best 60 messages, all time" in words(page)
    first = [page._hits.row_at(place).id for place in range(60)]
    page._found.scrollToBottom()
    qtbot.waitUntil(lambda: page._hits.rowCount() > 60)
    quiet.wait(page)
    assert [page._hits.row_at(place).id for place in range(60)] == first
    assert f"{page._hits.rowCount()} messages found, best first, all time" in words(page)


def test_search_without_a_hit_says_so(
    qtbot, quiet: Quiet, page: ConversationsPage, window: MainWindow, context: Context
):
    window.open_page("conversations", "no such words")
    quiet.wait(page)
    assert "Nothing found" in words(page)
    press(page, "Clear search")
    quiet.wait(page)
    assert page._threads.rowCount() == THREADS


def test_dashboard_opens_unanswered_questions_and_others_open_a_thread(
    qtbot, quiet: Quiet, page: ConversationsPage, window: MainWindow, context: Context
):
    window.open_page("conversations", ThreadFilter.UNANSWERED)
    quiet.wait(page)
    assert page._pills.where is ThreadFilter.UNANSWERED
    thread = page._threads.row_at(3).id
    window.open_page("conversations", int(thread))
    quiet.wait(page)
    assert page._reader.shown.id == thread


def test_mine_asks_who_i_am_and_remembers_it(qtbot, quiet: Quiet, page: ConversationsPage, context: Context):
    page._pills.choose(ThreadFilter.MINE)
    quiet.wait(page)
    assert "Which of these people are you?" in words(page)
    qtbot.keyClicks(page._who._typed, "person 3")
    quiet.wait(page)
    with qtbot.waitSignal(context.bus.changed):
        qtbot.keyClick(page._who._typed, Qt.Key.Key_Return)
    quiet.wait(page)
    with context.workspace.database.read() as reader:
        person = me(reader)
        assert reader.scalar("SELECT name FROM person WHERE id = ?", (person,)) == "Person 3 Example"
    assert 0 < page._threads.rowCount() < THREADS


def test_copy_takes_plain_text(page: ConversationsPage, context: Context):
    assert context.actions.trigger("thread.copy")
    assert QGuiApplication.clipboard().text() == "Notes of the call."


def test_author_opens_among_the_members(
    qtbot, quiet: Quiet, page: ConversationsPage, context: Context, window: MainWindow
):
    author = page._reader.messages.current.row.author_id
    context.actions.trigger("message.author")
    assert window.here() == "members"
    quiet.wait(window.page())
    assert window.page()._side.person.person_id == author
    window.go_back()
    window.go_back()
    assert window.here() == "conversations"


def test_new_messages_appear_and_the_open_thread_stays(
    qtbot, quiet: Quiet, page: ConversationsPage, context: Context, water_id
):
    context.actions.trigger("thread.next")
    quiet.wait(page)
    thread = page._reader.shown.id
    fresh = MessageRecord("fresh", "", PersonRecord("p1", "Person 1 Example"), NOW, "Fresh", "Just now.")
    context.bus.publish(context.workspace.mirror.apply(water_id, "events", Batch((fresh,))).changes)
    quiet.wait(page)
    assert page._threads.row_at(0).subject == "Fresh"
    assert page._reader.shown.id == thread
    assert page._list.place() == 2


def test_first_use_says_what_the_page_is_for(qtbot, quiet: Quiet, workspace, window: MainWindow, context: Context):
    window.open_page("conversations")
    quiet.wait(window.page())
    assert "Read what people write, offline" in words(window.page())


def test_everything_fits_the_smallest_window_at_large_text_and_from_right_to_left(
    qtbot, quiet: Quiet, page: ConversationsPage, window: MainWindow, context: Context
):
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    context.theme.set_text_scale(1.5)
    window.resize(1024, 640)
    quiet.wait(page)
    assert window.width() == 1024
    assert page._list.geometry().left() >= 0
    assert page._list.mapTo(page, page._list.rect().center()).x() > page.width() / 2
    assert not page._title._is_short_of_room()


def marked(page: ConversationsPage) -> str:
    """The conversation that is marked in the list; empty for none."""
    row = page._threads.row_at(page._list.place())
    return "" if row is None else str(row.id)


def test_conversation_another_page_asks_for_is_open_and_marked_or_nothing_is(
    qtbot, quiet: Quiet, page: ConversationsPage, window: MainWindow, context: Context
):
    answered = next(row for row in map(page._threads.row_at, range(THREADS)) if row is not None and not row.is_question)
    page._pills.choose(ThreadFilter.UNANSWERED)
    quiet.wait(page)
    window.open_page("sync")
    window.open_page("conversations", int(answered.id))
    quiet.wait(page)
    context.bus.publish(Changes.EVENTS)  # what a recall or a sync tells every page
    quiet.wait(page)
    assert page._reader.shown.id == answered.id
    assert marked(page) == ""
    page._pills.choose(ThreadFilter.ALL)
    quiet.wait(page)
    window.open_page("conversations", int(answered.id))
    quiet.wait(page)
    assert (page._reader.shown.id, marked(page)) == (answered.id, str(answered.id))
    context.bus.publish(Changes.EVENTS)
    quiet.wait(page)
    assert (page._reader.shown.id, marked(page)) == (answered.id, str(answered.id))
    context.actions.trigger("thread.next")
    quiet.wait(page)
    context.bus.publish(Changes.EVENTS)
    quiet.wait(page)
    assert marked(page) == str(page._reader.shown.id) != str(answered.id)
