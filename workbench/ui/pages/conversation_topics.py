"""ConversationTopics: keeps the new thread that is being written, and carries out what its buttons ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.operations.outbox import queued_words
from workbench.operations.topics import TopicPlace, keep_topic, queue_topic, topic_places, topic_posted
from workbench.queries.outbox import OutboxRow
from workbench.queries.topics import topic_draft
from workbench.ui.context import Context
from workbench.ui.pages.conversation_reader import LinkBar, open_outside
from workbench.ui.pages.conversation_topic import TopicPanel
from workbench.ui.timers import single_shot
from workbench.ui.widgets.state_panel import copy
from workbench.ui.words import error_words
from workbench.workspace import Workspace

_SAVE_MILLISECONDS: Final = 400


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """What the conversations page is opened with to go on with a draft."""

    item_id: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What a new thread begins with."""

    places: tuple[TopicPlace, ...]
    draft: OutboxRow | None


def read_begun(database: Database, item_id: str | None) -> Begun:
    """Where a thread can be begun, and the draft there is."""
    places = topic_places(database)
    with database.read() as reader:
        return Begun(places, topic_draft(reader, item_id))


@dataclass(eq=False, slots=True)
class TopicWriting:
    """The draft what is in the panel is kept in, once it was kept; `said` is what there is to say once it is queued.

    `item_id` is set where the profile is written, in one lane, so that one draft never becomes two.
    """

    item_id: str | None = None
    kept: tuple[CommunityId | None, str, str] = (None, "", "")
    said: str = ""

    def keep(self, workspace: Workspace, community_id: CommunityId, subject: str, text: str) -> Changes:
        """Keeps it as a draft; an empty one is none."""
        self.item_id = keep_topic(
            workspace, community_id=community_id, subject=subject, text=text, item_id=self.item_id
        )
        return Changes.OUTBOX

    def queue(self, workspace: Workspace, community_id: CommunityId, subject: str, text: str) -> Changes:
        """Lets it go with the next sync."""
        self.item_id = queue_topic(
            workspace, community_id=community_id, subject=subject, text=text, item_id=self.item_id
        )
        self.said = queued_words(workspace, self.item_id)
        return Changes.OUTBOX

    def posted(self, workspace: Workspace, community_id: CommunityId, subject: str, text: str) -> Changes:
        """Keeps it as posted by hand."""
        return topic_posted(workspace, community_id=community_id, subject=subject, text=text, item_id=self.item_id)


Deed = Callable[[Workspace, CommunityId, str, str], Changes]


class ConversationTopics(QObject):
    """`opened` and `closed` when the panel should be shown and put away; `failed(error)` when nothing can be read.

    Where there is no community in which a thread could be begun, it says so.
    """

    opened = Signal()
    closed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, links: LinkBar | None = None) -> None:
        super().__init__()
        self._context = context
        self._writing: TopicWriting | None = None
        self.panel = TopicPanel(context.theme)
        self.links = links or LinkBar(context.theme, follow=open_outside)
        self._typing = single_shot(self, _SAVE_MILLISECONDS, self.keep)
        panel = self.panel
        panel.add_foot(self.links)
        for signal, slot in (
            (panel.typed, self._on_typed), (panel.queued, self._queue), (panel.handed_over, self._hand_over),
            (panel.posted, self._on_posted), (panel.dropped, self._drop), (panel.closed, self.close),
        ):  # fmt: skip
            signal.connect(slot)

    @property
    def is_open(self) -> bool:
        """Whether a thread is being written."""
        return self._writing is not None

    def begin(self, item_id: str | None = None) -> None:
        """Opens the panel with the draft there is (of this id, or the last one), or for a new thread."""
        if self._writing is not None and item_id in (None, self._writing.item_id):
            self.panel.take_focus()
            return
        self.keep()
        workspace = self._context.workspace
        if not workspace.database.writable:
            return
        job = partial(read_begun, workspace.database, item_id)
        self._context.jobs.run(self, "begin", job, self._on_begun, self.failed.emit, lane="plan")

    def close(self) -> None:
        """Puts the panel away, keeping the draft."""
        if self._writing is not None:
            self.keep()
            self._end()

    def go_back(self) -> bool:
        """Esc: first the link goes, then the panel, which keeps the draft; False when there is none."""
        if self._writing is None:
            return False
        if self.links.isVisible():
            self.links.shut()
        else:
            self.close()
        return True

    def keep(self) -> None:
        """Keeps what is in the panel, if it changed."""
        self._typing.stop()
        writing, place, now = self._writing, self.panel.place, self._written()
        if writing is None or place is None or now == writing.kept:
            return
        before, writing.kept = writing.kept, now
        is_empty = not (now[1] + now[2]).strip()

        def done() -> None:
            if writing is self._writing and self._written() == writing.kept:
                self.panel.say("" if is_empty else "Draft saved")
                self.panel.say_trouble("")

        def failed() -> None:
            writing.kept = before

        self._run(partial(writing.keep, self._context.workspace, place.community_id, now[1], now[2]), done, failed)

    def _on_begun(self, begun: Begun) -> None:
        if not begun.places:
            self._context.tell("No community here takes new threads. Add an account, or follow a community.")
            return
        draft = begun.draft
        scope = self._context.scope
        wanted = scope[0] if len(scope) == 1 else None
        self.panel.offer(begun.places, chosen=wanted if draft is None else draft.community_id)
        self.panel.fill(subject="" if draft is None else draft.subject, text="" if draft is None else draft.text)
        # Where its community is not offered any more, the draft moves to the one that is shown.
        self._writing = TopicWriting(None if draft is None else draft.id)
        self._writing.kept = self._written()
        self.links.hide()
        self.opened.emit()
        self.panel.take_focus()

    def _on_typed(self) -> None:
        if self._writing is not None:
            self.panel.say("")
            self._typing.start()

    def _written(self) -> tuple[CommunityId | None, str, str]:
        place = self.panel.place
        return (
            None if place is None else place.community_id, self.panel.title.text(), self.panel.text.toPlainText()
        )  # fmt: skip

    def _end(self) -> None:
        self._typing.stop()
        self._writing = None
        self.closed.emit()

    def _finish(self, deed: Callable[[TopicWriting], Deed], words: str) -> None:
        """The last thing that is done with what is in the panel; in vain, it stays open with what was written."""
        writing, place = self._writing, self.panel.place
        if writing is None or place is None:
            return
        self._typing.stop()
        _community, subject, text = self._written()
        job = partial(deed(writing), self._context.workspace, place.community_id, subject, text)

        def done() -> None:
            if writing is self._writing:
                self._end()
            self._context.tell(words or writing.said)

        self._run(job, done, lambda: None)

    def _queue(self) -> None:
        self._finish(lambda writing: writing.queue, "")

    def _on_posted(self) -> None:
        self._finish(lambda writing: writing.posted, "Kept as sent by you.")

    def _drop(self) -> None:
        self.panel.fill(subject="", text="")
        self._finish(lambda writing: writing.keep, "Discarded.")

    def _hand_over(self) -> None:
        self.keep()
        place, (_community, subject, text) = self.panel.place, self._written()
        copy(f"{subject}\n\n{text}")
        self.panel.say("Copied as plain text")
        self.panel.offer_posted()
        if place is not None and place.url:
            self.links.ask(place.url, "")

    def _run(self, deed: Callable[[], Changes], then: Callable[[], None], instead: Callable[[], None]) -> None:
        def done(changes: Changes) -> None:
            self._context.bus.publish(changes)
            then()

        def failed(error: Exception) -> None:
            instead()
            words, _details = error_words(error)
            self.panel.say_trouble(" ".join(words))

        # A key of its own for each, in the one lane that keeps the order.
        self._context.jobs.run(self, f"deed {id(deed)}", deed, done, failed, lane="plan")
