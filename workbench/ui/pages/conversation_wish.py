"""ReplyWish: asks the conversations page to open a thread with the box for an answer, and what it begins with."""

from dataclasses import dataclass

from workbench.ids import EventId


@dataclass(frozen=True, slots=True)
class ReplyWish:
    """`text` is what the box begins with where no draft is kept; nothing of it is sent by itself."""

    thread_id: EventId
    text: str = ""
