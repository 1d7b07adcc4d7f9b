"""Conversation outbox: keeps what is written under a conversation, and carries out what its buttons ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from workbench.ids import EventId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import OutboxState, PostKind
from workbench.operations import outbox
from workbench.operations.questions import answered_by_hand
from workbench.queries.outbox import OutboxRow, PostingPlace, posting_place, thread_outbox
from workbench.queries.questions import QuestionState, find_question
from workbench.ui.context import Context
from workbench.ui.pages.conversation_reader import ConversationReader
from workbench.ui.pages.conversation_reply import Deed, ReplyPanel
from workbench.ui.pages.conversation_wish import EarlyKeys, ReplyWish
from workbench.ui.pages.conversation_writing import Writing
from workbench.ui.pages.questions_edits import QuestionEdits
from workbench.ui.timers import single_shot
from workbench.ui.widgets.state_panel import copy
from workbench.ui.words import error_words

_SAVE_MILLISECONDS: Final = 400
_BY_HAND: Final = (
    "Question counted as answered on the board; measures wait for a sync to bring your answer. Your text is kept as"
    " sent."
)
_Ending = Callable[[Writing, str], Changes]


@dataclass(frozen=True, slots=True)
class ThreadOutbox:
    """What stands under a conversation, whether its question `waits` for an answer, and whose turn that is."""

    thread_id: EventId
    place: PostingPlace | None
    rows: tuple[OutboxRow, ...]
    waits: bool = False
    owner: str = ""


def read_outbox(database: Database, thread_id: EventId, *, now: datetime) -> ThreadOutbox:
    """Where an answer would go, the answers there are, and whether one is waited for."""
    with database.read() as reader:
        question = find_question(reader, thread_id, as_of=now)
        waits = question is not None and question.state in {QuestionState.OPEN, QuestionState.ROUTED}
        owner = question.owner if question is not None and question.state is QuestionState.ROUTED else ""
        place, rows = posting_place(reader, thread_id), tuple(thread_outbox(reader, thread_id))
        return ThreadOutbox(thread_id, place, rows, waits, owner)


class ConversationOutbox(QObject):
    """Joins the reader, the panel under it and the outbox; `failed(error)` when that cannot be read.

    What a button asks for in vain is said in the panel, and nothing that was written is lost by it. A profile that is
    only read has no panel.
    """

    failed = Signal(Exception)

    def __init__(self, context: Context, reader: ConversationReader) -> None:
        super().__init__(reader)
        self._context, self._reader = context, reader
        self.edits = QuestionEdits(context, self)
        self.edits.failed.connect(context.tell_error)
        self._found: ThreadOutbox | None = None
        self._wish: ReplyWish | None = None
        self._early = EarlyKeys(self)
        self._writing: Writing | None = None
        self._is_unkept = False
        self.panel = ReplyPanel(context.theme)
        self.panel.hide()
        reader.add_foot(self.panel)
        reader.thread_shown.connect(self._on_thread)
        self._typing = single_shot(self, _SAVE_MILLISECONDS, self.keep)
        panel = self.panel
        for signal, slot in (
            (panel.begun, self.begin), (panel.like_wanted, self.like), (panel.typed, self._on_typed),
            (panel.queued, self._queue), (panel.handed_over, self._hand_over), (panel.posted, self._on_posted),
            (panel.dropped, self._drop), (panel.acted, self._act), (panel.settings_wanted, self._open_settings),
        ):  # fmt: skip
            signal.connect(slot)
        context.bus.changed.connect(self._on_changed)

    # What the page asks for

    def begin(self) -> None:
        """Opens the box for an answer to the message that keys act on, with the draft there is."""
        message, found = self._reader.messages.current, self._found
        if found is None or message is None or self.panel.isHidden():
            return
        if self._writing is not None:
            self.panel.edit.setFocus()
            return
        draft = next((row for row in found.rows if _is_draft(row)), None)
        if draft is not None:
            self._open(draft)
        else:
            self._show(Writing(found.thread_id, message.row.id, message.row.author), "")

    def want(self, wish: ReplyWish) -> None:
        """Opens the box as soon as this thread is shown, with words to begin with where no draft is kept."""
        self._wish = wish
        self._early.begin()
        self._fulfil()

    @property
    def has_keyboard(self) -> bool:
        """Whether what is typed belongs into the box: it is open, or on its way."""
        return self._writing is not None or self._wish is not None

    def take_focus(self) -> None:
        """Puts the keyboard into the box."""
        self.panel.edit.setFocus()

    def forget_wish(self) -> None:
        """Waits no longer for a thread to answer in."""
        self._wish = None
        self._early.end()

    def like(self) -> None:
        """Queues a like of the message that keys act on."""
        message = self._reader.messages.current
        if message is None or self._found is None or not _may(self._found, PostKind.LIKE):
            return
        workspace, message_id = self._context.workspace, message.row.id
        self.panel.say_trouble("")

        said: list[str] = []

        def deed() -> Changes:
            said.append(outbox.queued_words(workspace, outbox.queue_like(workspace, message_id=message_id)))
            return Changes.OUTBOX

        self._run(deed, then=lambda: self._context.tell(*said))

    def go_back(self) -> bool:
        """Puts the box away, keeping the draft; False when there is none."""
        if self._writing is None:
            return False
        self._close()
        self._reader.messages.setFocus()
        return True

    def keep(self) -> None:
        """Keeps what is in the box, if it changed."""
        self._typing.stop()
        writing, text = self._writing, self.panel.edit.toPlainText()
        if writing is None or text == writing.kept:
            return
        before, writing.kept = writing.kept, text
        self.panel.say("")
        said = "Draft saved" if text.strip() else ""

        def done() -> None:
            if self._is_unkept:
                self._is_unkept = False
                self.panel.say_trouble("")
            self._say(writing, said)

        def failed() -> None:
            writing.kept, self._is_unkept = before, True

        self._run(partial(writing.keep, self._context.workspace, text), then=done, instead=failed)

    # The box

    def _on_typed(self) -> None:
        self.panel.fit()
        self._typing.start()

    def _say(self, writing: Writing, words: str) -> None:
        if writing is self._writing and self.panel.edit.toPlainText() == writing.kept:
            self.panel.say(words)

    def _show(self, writing: Writing, text: str) -> None:
        self._writing = writing
        writing.kept = text
        self.panel.open_box(author=writing.author, text=text)
        self._list()

    def _open(self, row: OutboxRow) -> None:
        """Opens the box on a draft; what was in it before is kept."""
        if row.thread_id is None or row.parent_id is None:
            return
        self.keep()
        self._show(Writing(row.thread_id, row.parent_id, row.parent_author, row.id), row.text)

    def _close(self) -> None:
        self.keep()
        self._writing = None
        self.panel.close_box()
        self._list()

    def _end(self, deed: _Ending, words: str, *, then: Callable[[], object] | None = None) -> None:
        """The last thing that is done with what is in the box; `then` or the writing says it where no `words` do."""
        writing, text = self._writing, self.panel.edit.toPlainText()
        if writing is None:
            return
        self._typing.stop()
        self._writing = None
        self.panel.close_box()
        self._reader.messages.setFocus()

        def failed() -> None:
            """Opens the box again with what was written, where it was and nothing else is being written."""
            thread = self._reader.shown
            if self._writing is None and thread is not None and thread.id == writing.thread_id:
                before = writing.kept
                self._show(writing, text)
                writing.kept = before
                self._typing.start()

        self.panel.say_trouble("")
        told = then or (lambda: self._context.tell(words or writing.said))
        self._run(partial(deed, writing, text), then=told, instead=failed)

    def _queue(self) -> None:
        workspace = self._context.workspace
        self._end(lambda writing, text: writing.queue(workspace, text), "")

    def _on_posted(self) -> None:
        workspace = self._context.workspace
        found = self._found
        then = None
        words = "Kept as sent by you."
        if found is not None and found.owner:
            # Whoever asks somebody for help has not answered.
            words = f"Kept as sent by you; the question stays with {found.owner}."
        elif found is not None and found.waits:
            settle = partial(answered_by_hand, workspace, thread_id=found.thread_id)
            then = partial(self.edits.make, settle, _BY_HAND)
        self._end(lambda writing, text: writing.posted(workspace, text), words, then=then)

    def _drop(self) -> None:
        workspace = self._context.workspace
        self._end(lambda writing, _text: writing.keep(workspace, ""), "Discarded.")

    def _hand_over(self) -> None:
        self.keep()
        copy(self.panel.edit.toPlainText())
        self.panel.say("Copied as plain text")
        self.panel.offer_posted()
        place = self._found.place if self._found is not None else None
        if place is not None and place.url:
            self._reader.links.ask(place.url, "")

    def _open_settings(self) -> None:
        place = self._found.place if self._found is not None else None
        if place is not None and place.account_id is not None:
            self._context.open_page("sync", f"account:details:{place.account_id}")

    # The items

    def _act(self, deed: Deed, row: OutboxRow) -> None:
        store = self._context.workspace.outbox
        self.panel.say_trouble("")
        if deed is Deed.COPY:
            copy(row.text)
            self._context.tell("Copied as plain text.")
        elif deed is Deed.SETTINGS:
            self._open_settings()
        elif deed is Deed.OPEN:
            place = self._found.place if self._found is not None else None
            self._reader.links.ask(row.url or (place.url if place is not None else None) or "", "")
        elif deed is Deed.EDIT:
            if row.state is OutboxState.DRAFT:
                self._open(row)
            else:
                self._run(partial(store.recall, row.id), then=partial(self._open, row))
        else:
            acts: dict[Deed, Callable[[], Changes]] = {
                Deed.QUEUE: partial(outbox.retry, self._context.workspace, item_id=row.id),
                Deed.SEND_AGAIN: partial(store.send_again, row.id),
                Deed.MARK_SENT: partial(store.mark_sent, row.id),
                Deed.RESUME: partial(outbox.resume, self._context.workspace),
                Deed.DROP: partial(store.drop, row.id),
            }
            self._run(acts[deed])

    # Reading and writing the profile

    def _on_thread(self) -> None:
        thread = self._reader.shown
        thread_id = None if thread is None else thread.id
        if self._writing is not None and self._writing.thread_id != thread_id:
            self._close()
        if self._found is not None and self._found.thread_id != thread_id:
            self._found = None
            self.panel.say_trouble("")
            self.panel.hide()
        self._read()

    def _on_changed(self, changes: Changes) -> None:
        if changes & (Changes.OUTBOX | Changes.EVENTS | Changes.ACCOUNTS | Changes.MARKS):
            self._read()

    def _read(self) -> None:
        thread, workspace = self._reader.shown, self._context.workspace
        if thread is not None and workspace.database.writable:
            self._context.jobs.run(
                self, "outbox", partial(read_outbox, workspace.database, thread.id, now=workspace.clock.now()),
                self._on_found, self.failed.emit,
            )  # fmt: skip

    def _on_found(self, found: ThreadOutbox) -> None:
        thread = self._reader.shown
        if thread is None or thread.id != found.thread_id:
            return
        self._found = found
        place = found.place
        self.panel.show_place(
            can_send=_may(found, PostKind.REPLY),
            can_like=_may(found, PostKind.LIKE),
            has_link=place is not None and bool(place.url),
            needs_mail_server=place is not None and place.needs_mail_server,
        )
        self._list()
        self.panel.setVisible(place is not None)
        self._fulfil()

    def _fulfil(self) -> None:
        wish, found = self._wish, self._found
        if wish is None or found is None or found.thread_id != wish.thread_id or self._reader.messages.current is None:
            return
        self._wish = None
        typed = self._early.end()
        self.begin()
        if self._writing is None:
            return
        edit = self.panel.edit
        if wish.text and not edit.toPlainText():
            edit.setPlainText(wish.text)
        edit.moveCursor(QTextCursor.MoveOperation.End)
        edit.insertPlainText(typed)
        self.take_focus()

    def _list(self) -> None:
        """The items, without the one that is in the box."""
        rows = () if self._found is None else self._found.rows
        open_id = None if self._writing is None else self._writing.item_id
        is_writing = self._writing is not None
        self.panel.show_items([row for row in rows if row.id != open_id and not (is_writing and _is_draft(row))])

    def _run(
        self,
        deed: Callable[[], Changes],
        *,
        then: Callable[[], object] = lambda: None,
        instead: Callable[[], object] = lambda: None,
    ) -> None:
        def done(changes: Changes) -> None:
            self._context.bus.publish(changes)
            then()

        def failed(error: Exception) -> None:
            instead()
            words, _details = error_words(error)
            self.panel.say_trouble(" ".join(words))

        # A key of its own for each, in the one lane that keeps the order.
        self._context.jobs.run(self, f"deed {id(deed)}", deed, done, failed, lane="plan")


def _is_draft(row: OutboxRow) -> bool:
    return row.state is OutboxState.DRAFT and row.kind is PostKind.REPLY


def _may(found: ThreadOutbox, what: PostKind) -> bool:
    place = found.place
    if place is None or place.needs_mail_server:
        return False
    return outbox.sends(place.account_kind, what, is_anonymous=place.is_anonymous)
