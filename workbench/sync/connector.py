"""The connector contract: what a source declares, how it yields, and what it may say of what is gone.

The cursor rule: a cursor on a batch promises that everything before it has been yielded. A source that cannot promise
yet (newest first, for example) yields `cursor=None` until it can. Resuming after any cursor therefore gives the same
mirror as one long pull; the shared suite in tests/sync holds every connector to that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum
from typing import ClassVar, Final, NewType, Protocol, runtime_checkable

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
    was changed on its way, and the mirror keeps what it read first. With `edits` the last word counts. Without
    `reaction_dates` a reaction stands on the day of the message it is on.
    """

    edits: bool = False
    deletes: bool = False
    leavers: bool = False
    join_dates: bool = False
    reactions: bool = False
    views: bool = False
    silent_members: bool = False
    mentions: bool = False
    accepted_answers: bool = False
    reaction_dates: bool = False


class Stage(IntEnum):
    """What a coordinator needs first; every stage is done for all followed communities before the next begins.

    FIRST is for the little that gives each community its newest messages where that takes a platform with few calls a
    minute: pages that tell of several communities, and mentions of the account's person.
    """

    FIRST = 0
    NEWS = 1
    MEMBERS = 2
    HISTORY = 3
    EXTRAS = 4


@dataclass(frozen=True, slots=True)
class Stream:
    """One walk through one kind of thing, with its own cursor; it begins when its stage comes."""

    name: str
    title: str
    stage: Stage = Stage.NEWS


UNSEEN: Final = "a topic is not shown any more, deleted or closed to this account; what is here of it stays"
"""The note of a batch whose census is not sure."""


class CensusOf(Enum):
    """What a census names."""

    MEMBERS = "members"
    MESSAGES = "messages"
    REACTIONS = "reactions"


@dataclass(frozen=True, slots=True)
class Census:
    """Everything of one kind there is now: what we hold in the same bounds and it does not name, is gone upstream.

    `ids` are handles of members, remote ids of messages, or handles of those who react to the message `root`.
    Messages may be bounded to one thread (`root`, the remote id of its first message, which is among the ids if it
    still stands) or by when they were sent, half-open (`since`, `until`; None: no bound on that side). It is only
    yielded after a walk that ended well; an answer that may be cut short, filtered or hidden gives no census.

    Without `is_sure` the platform answers alike for what was deleted and what is closed to us: all of it stays, unless
    a person looked and says that it is gone.
    """

    of: CensusOf
    ids: frozenset[str]
    root: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step brought: applied in one transaction together with its cursor, quarantine and coverage.

    `reread` names places of which the quarantine forgets what it held before it takes in `rejected`. `censuses` are
    taken after `records`. `then` is the stage of what this pull would fetch next: the engine leaves a pull alone until
    that stage comes. `lets_others`: what was asked for serves other communities too, so that each of them has its turn
    before this pull goes on; a run that is cut leaves all of them about as far. `note` is one plain line for the
    history, without personal data ("page 3 of 12"). `is_from_start`: whether the platform has nothing older than what
    was read by now, however far back was asked for; None where this batch does not say.
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
    censuses: tuple[Census, ...] = ()
    then: Stage = Stage.NEWS
    note: str = ""
    lets_others: bool = False
    is_from_start: bool | None = None


class Connector(Protocol):
    """A source of one account. Construction opens nothing; every failure is a WorkbenchError.

    One instance serves one run over all communities of its account, so it may remember within the run what it learned
    (a page that tells of several communities is fetched once). Used from one thread.
    """

    kind: ClassVar[AccountKind]
    abilities: ClassVar[Abilities]
    streams: ClassVar[tuple[Stream, ...]]

    def communities(self) -> Iterable[CommunityRecord]:
        """The communities this account can see, with the platform's mark and counts where it tells them.

        A run asks once. Two equal `mark`s of a community mean that nothing this connector reads has changed there, and
        the engine leaves it alone.
        """
        ...

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """Everything after `since` (everything, if None) of `stream` for the community with this remote id."""
        ...


class Held(Protocol):
    """What the mirror holds of one community, as far as a check needs to know."""

    def versions(self, remote_ids: Iterable[str]) -> dict[str, str | None]:
        """{remote id: version} of those of the messages that are held and not gone."""
        ...

    def threads(self, remote_ids: Iterable[str]) -> dict[str, int]:
        """{remote id of a first message: messages of its thread that are held and not gone}."""
        ...

    def newest(self, count: int) -> tuple[str, ...]:
        """Remote ids of the newest messages, newest first."""
        ...

    def has_files(self) -> bool:
        """Whether messages were brought in from files as well, which the platform need not have."""
        ...


@runtime_checkable
class Checker(Protocol):
    """A connector that can compare: reads cheap lists, fetches what differs and says what is gone."""

    def check(self, community: str, held: Held) -> Iterator[Batch]:
        """Batches that make the mirror of this community true again, with censuses; carries no cursors."""
        ...
