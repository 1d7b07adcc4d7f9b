"""The sending contract: what is sent, what came of it, and how a platform proves that it has it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from workbench.models.kinds import PostKind


@dataclass(frozen=True, slots=True)
class Posting:
    """One thing to send. `key` is a UUID made with the draft; every attempt carries the same.

    `community`, `root` and `parent` are remote ids: of the community, of the first message of the thread, and of the
    message that is answered or liked (the root itself for an answer to the thread). `text` is plain text or light
    Markdown as it was typed. `since` bounds the search for it among our own posts: it cannot be older, by the
    platform's clock.
    """

    key: str
    kind: PostKind
    community: str
    text: str
    subject: str = ""
    root: str | None = None
    parent: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it. `is_held`: it waits there for a moderator, and `remote_id` may not be known yet."""

    remote_id: str | None
    url: str | None = None
    is_held: bool = False


class Poster(Protocol):
    """A connector that can send.

    `send` raises RefusedError when the platform will not take this text, UnsettledError when it may have arrived, and
    any other WorkbenchError only when it certainly has not. With `repeats_safely` a repeat of the same key is known to
    the platform as the same thing, so an unsettled send is simply sent again.
    """

    sends: ClassVar[frozenset[PostKind]]
    repeats_safely: ClassVar[frozenset[PostKind]]

    def send(self, posting: Posting) -> Sent:
        """Hands it over, once."""
        ...

    def find(self, posting: Posting) -> Sent | None:
        """Looks for it among what we sent since `since`: by key where the platform keeps one, else by its words."""
        ...

    def link(self, posting: Posting) -> str | None:
        """Where a person can open the thread and post by hand; None when not known."""
        ...
