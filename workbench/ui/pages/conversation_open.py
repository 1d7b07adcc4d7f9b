"""The open conversation: its reader with what stands below it, how it is read and marked, and what keys do in it."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from workbench.ids import EventId
from workbench.models.changes import Changes
from workbench.queries.search import SearchRow
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardSeed
from workbench.ui.pages.conversation_data import OpenedThread, read_thread
from workbench.ui.pages.conversation_files import ConversationFiles
from workbench.ui.pages.conversation_marks import ThreadMarks
from workbench.ui.pages.conversation_outbox import ConversationOutbox
from workbench.ui.pages.conversation_reader import ConversationReader
from workbench.ui.pages.conversation_way import ConversationWay
from workbench.ui.qt_models.thread_list import ThreadListModel
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.timers import single_shot

_READ_AFTER_MILLISECONDS: Final = 1_000


class OpenConversation(QObject):
    """Joins the reader, the outbox under it, its files and the marks; `failed(error)` when one cannot be read."""

    failed = Signal(Exception)

    def __init__(self, context: Context, threads: ThreadListModel) -> None:
        super().__init__()
        self._context = context
        self.reader = ConversationReader(context.theme, context.actions)
        self.reader.author_wanted.connect(self._show_author)
        self.outbox = ConversationOutbox(context, self.reader)
        self.files = ConversationFiles(context, self.reader)
        self.way = ConversationWay(context, self.reader)
        self.reader.add_head(self.way)
        self.marks = ThreadMarks(context, threads)
        for part in (self.outbox, self.files):
            part.failed.connect(self.failed)
        self.marks.failed.connect(context.tell_error)
        self.reading = single_shot(self, _READ_AFTER_MILLISECONDS, self._on_read)
        self._terms: tuple[str, ...] = ()
        context.bus.changed.connect(self._on_changed)
        context.scope_changed.connect(self._on_scope)

    def open(
        self, thread_id: EventId, *, at: SearchRow | None = None, terms: tuple[str, ...] = (), is_quiet: bool = False
    ) -> None:
        """Opens a thread, at one of its messages when `at` is given; `is_quiet` when nobody asked for it."""
        self.reading.stop()
        thread = self.reader.shown
        if thread is not None and thread.id == thread_id and at is None and is_quiet:
            return

        def done(opened: OpenedThread) -> None:
            self._terms = terms
            self.reader.show_thread(opened, at=at.id if at is not None else None, terms=terms)
            # What opens by itself counts as read only once somebody looks at it.
            if opened.row is not None and opened.row.is_unread and not is_quiet:
                self.reading.start()

        job = partial(read_thread, self._context.workspace.database, thread_id)
        self._context.jobs.run(self, "thread", job, done, self.failed.emit)

    def leave(self) -> None:
        """Another page is shown: what is in the box is kept, and nothing counts as read meanwhile."""
        self.reading.stop()
        self.outbox.forget_wish()
        self.outbox.keep()

    def show_author(self) -> None:
        """Shows who wrote the message that keys act on."""
        message = self.reader.messages.current
        if self.reader.shown is not None and message is not None:
            self._show_author(message.row.author_id)

    def copy(self) -> None:
        """Copies what is selected, or the message that keys act on."""
        if self.reader.shown is not None and self.reader.messages.copy():
            self._context.tell("Copied as plain text.")

    def step(self, by: int) -> None:
        """Goes to another message."""
        if self.reader.shown is not None:
            self.reader.messages.step(by)

    def make_card(self) -> None:
        """Begins a card about the thread, which it keeps as evidence."""
        thread = self.reader.shown
        if thread is not None:
            first = thread.messages[0].row
            title = line(short_subject(first.subject, first.community)) or "Follow up a conversation"
            seed = CardSeed(title, thread=thread.id)
            self._context.maker.begin(seed, self.reader.buttons["thread.card"])

    def watch(self) -> None:
        """Shows the thread beside the questions, where it can be watched, and an output or idea of it kept."""
        if self.reader.shown is not None:
            self._context.open_page("questions", int(self.reader.shown.id))

    def set_unread(self) -> None:
        """Marks the thread as unread again."""
        self.reading.stop()
        if self.reader.shown is not None:
            self.marks.read(self.reader.shown.id, is_read=False)
            self._context.tell("Marked as unread.")

    def toggle_star(self) -> None:
        """Stars the thread, or takes its star off."""
        if self.reader.shown is not None:
            is_starred = not self.reader.is_starred
            self.reader.show_star(is_starred=is_starred)
            self.marks.star(self.reader.shown.id, is_starred=is_starred)

    def _on_read(self) -> None:
        if self.reader.shown is not None:
            self.marks.read(self.reader.shown.id, is_read=True)

    def _on_changed(self, changes: Changes) -> None:
        thread = self.reader.shown
        if changes & Changes.EVENTS and thread is not None:
            job = partial(read_thread, self._context.workspace.database, thread.id)
            self._context.jobs.run(self, "thread again", job, self._on_again, self.failed.emit)

    def _on_again(self, opened: OpenedThread) -> None:
        """Shows what came into the open thread where it is, and leaves everything else as it stands."""
        before, current = self.reader.shown, self.reader.messages.current
        rows = [message.row for message in opened.messages]
        if before is None or before.id != opened.id or rows == [message.row for message in before.messages]:
            return
        bar = self.reader.messages.verticalScrollBar()
        place = bar.value()
        self.reader.show_thread(opened, at=None if current is None else current.row.id, terms=self._terms)
        bar.setValue(place)

    def _on_scope(self) -> None:
        """A thread outside of what is looked at now is put away, and what was being written in it is kept."""
        thread, scope = self.reader.shown, self._context.scope
        is_outside = thread is not None and thread.row is not None and thread.row.community_id not in scope
        if scope and is_outside:
            self.reading.stop()
            self.reader.say("Choose a conversation", "The one before belongs to another community.")

    def _show_author(self, person_id: int) -> None:
        self._context.open_page("members", person_id)
