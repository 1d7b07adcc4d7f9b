"""The connector contract, on one screen: what a source declares and how it yields.

The cursor rule: a cursor on a batch promises that everything before it has been yielded. A source that cannot promise
yet (newest first, for example) yields `cursor=None` until it can. Resuming after any cursor therefore gives the same
mirror as one long pull; the shared suite in tests/sync holds every connector to that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, NewType, Protocol

from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.progress import Progress
from workbench.sync.records import CommunityRecord, Record, Rejected, Reread

Cursor = NewType("Cursor", str)
"""JSON text that only the connector that wrote it understands; uses the server's clock, never ours."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a source can and cannot see; screens say so.

    Without `edits` a message has one text for ever: other words under a known id are somebody else's, or a copy that
    was changed on its way, and the mirror keeps what it read first. With `edits` the last word counts.
    """

    edits: bool = False
    deletes: bool = False
    leavers: bool = False
    join_dates: bool = False
    reactions: bool = False
    views: bool = False
    silent_members: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """One walk through one kind of thing, with its own cursor."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step brought: applied in one transaction together with its cursor, quarantine and coverage.

    `reread` names places of which the quarantine forgets what it held before it takes in `rejected`.
    """

    records: tuple[Record, ...]
    cursor: Cursor | None = None
    rejected: tuple[Rejected, ...] = ()
    covered: tuple[DayRange, ...] = ()
    progress: Progress | None = None
    bytes_in: int = 0
    bytes_out: int = 0
    requests: int = 0
    reread: tuple[Reread, ...] = ()


class Connector(Protocol):
    """A source of one account. Construction opens nothing; every failure is a WorkbenchError."""

    kind: ClassVar[AccountKind]
    abilities: ClassVar[Abilities]
    streams: ClassVar[tuple[Stream, ...]]

    def communities(self) -> Iterable[CommunityRecord]:
        """The communities this account can see."""
        ...

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """Everything after `since` (everything, if None) of `stream` for the community with this remote id."""
        ...
