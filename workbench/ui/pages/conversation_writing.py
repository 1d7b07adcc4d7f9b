"""Writing: an answer under a conversation and the draft it is kept in, from the first letter until it is queued."""

from dataclasses import dataclass

from workbench.ids import EventId
from workbench.models.changes import Changes
from workbench.operations import outbox
from workbench.workspace import Workspace


@dataclass(eq=False, slots=True)
class Writing:
    """What is in the box: an answer to a message, and the draft it is kept in once it was kept.

    `item_id` is set where the profile is written, in one lane, so that one draft never becomes two. `said` is what
    there is to say once it is queued.
    """

    thread_id: EventId
    parent_id: EventId
    author: str
    item_id: str | None = None
    kept: str = ""
    said: str = ""

    def keep(self, workspace: Workspace, text: str) -> Changes:
        """Keeps the text as a draft; an empty one is none."""
        if text.strip():
            self.item_id = workspace.outbox.save_reply(self.parent_id, text, item_id=self.item_id)
        elif self.item_id is not None:
            workspace.outbox.drop(self.item_id)
            self.item_id = None
        return Changes.OUTBOX

    def queue(self, workspace: Workspace, text: str) -> Changes:
        """Lets it go with the next sync; who answers has read what is there."""
        self.item_id = outbox.queue_reply(workspace, message_id=self.parent_id, text=text, item_id=self.item_id)
        self.said = outbox.queued_words(workspace, self.item_id)
        return Changes.OUTBOX | workspace.notes.mark_read(self.thread_id)

    def posted(self, workspace: Workspace, text: str) -> Changes:
        """Keeps it as posted by hand."""
        self.keep(workspace, text)
        return workspace.outbox.mark_sent(self.item_id or "") | workspace.notes.mark_read(self.thread_id)
