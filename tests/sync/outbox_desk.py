"""A desk with an outbox in a test: a mirrored world, its platform as a poster that fails as told, and the sender."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path

from tests.builders import a_clock, a_database
from tests.platforms.world import Said, World, a_world
from workbench.clock import FixedClock
from workbench.errors import (
    ConflictError,
    ForbiddenError,
    LineError,
    PlatformBusyError,
    RefusedError,
    SignInError,
    UnsettledError,
)
from workbench.ids import AccountId, CommunityId, EventId
from workbench.models.database import Database
from workbench.models.kinds import AccountKind, OutboxState, PostKind
from workbench.queries.outbox import OutboxRow, list_outbox, outbox_item
from workbench.sync.accounts import AccountStore
from workbench.sync.connector import Batch
from workbench.sync.mirror import MirrorStore
from workbench.sync.outbox import OutboxStore
from workbench.sync.posting import Posting, Sent
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.sync.sending import Sender, SendResult


class Fault(Enum):
    """What happens to one call."""

    NONE = auto()
    NO_LINE = auto()
    LOST_BEFORE = auto()
    LOST_AFTER = auto()
    BUSY = auto()
    REFUSED = auto()
    CONFLICT = auto()
    SIGN_IN = auto()
    FORBIDDEN = auto()
    BUG = auto()


class Crash(BaseException):
    """The process ends here."""


@dataclass
class WorldPoster:
    """A platform over a world. `lag`: how long what is new stays hidden from a search; `knows_keys`: repeats are safe."""

    world: World
    clock: FixedClock
    knows_keys: bool = False
    faults: Iterable[Fault] = ()
    find_faults: Iterable[Fault] = ()
    lag: Callable[[], timedelta] = timedelta
    on_send: Callable[[Posting], object] = lambda _posting: None
    sends: frozenset[PostKind] = frozenset(PostKind)
    held: bool = False
    calls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._faults: Iterator[Fault] = iter(self.faults)
        self._find_faults: Iterator[Fault] = iter(self.find_faults)
        self._posts: list[Said] = []
        self._by_mark: dict[tuple[object, ...], list[Said]] = {}

    @property
    def repeats_safely(self) -> frozenset[PostKind]:
        return frozenset(PostKind) if self.knows_keys else frozenset({PostKind.LIKE})

    def send(self, posting: Posting) -> Sent:
        self.calls.append(f"send {posting.text}")
        self.on_send(posting)
        fault = next(self._faults, Fault.NONE)
        fail(fault)
        sent = self._take(posting)
        if fault is Fault.LOST_AFTER:
            raise UnsettledError
        return sent

    def find(self, posting: Posting) -> Sent | None:
        self.calls.append(f"find {posting.text}")
        fail(next(self._find_faults, Fault.NONE))
        self.world.now = self.clock.now()
        for said in reversed(self._like(posting)):
            if (said.shown_from or said.at) <= self.world.now:
                return Sent(str(said.id), f"https://community.example.org/{said.id}")
        return None

    def link(self, posting: Posting) -> str | None:
        return f"https://community.example.org/{posting.root}"

    def texts(self, root: int | str | None = None) -> list[str]:
        """What we posted, in the order in which it arrived; in one thread, where given."""
        return [said.text for said in self._posts if root is None or said.root == int(root)]

    def _take(self, posting: Posting) -> Sent:
        if posting.kind is PostKind.LIKE:
            self.world.like(int(posting.parent or 0), self.world.me)
            return Sent(f"like {posting.parent}")
        known = self._like(posting) if self.knows_keys else []
        said = known[0] if known else self._say(posting)
        return Sent(None, is_held=True) if self.held else Sent(str(said.id), f"https://community.example.org/{said.id}")

    def _say(self, posting: Posting) -> Said:
        self.world.now = self.clock.now()
        parent = None if posting.parent is None else int(posting.parent)
        said = self.world.say(
            int(posting.community), self.world.me, posting.text, subject=posting.subject, parent=parent, key=posting.key
        )
        said.shown_from = said.at + self.lag()
        self._posts.append(said)
        self._by_mark.setdefault(self._mark(posting), []).append(said)
        return said

    def _like(self, posting: Posting) -> list[Said]:
        """What we posted that is this item, by key or by its words since then, oldest first."""
        since = posting.since
        return [
            said
            for said in self._by_mark.get(self._mark(posting), ())
            if self.knows_keys or since is None or said.at >= since
        ]

    def _mark(self, posting: Posting) -> tuple[object, ...]:
        return (posting.key,) if self.knows_keys else (posting.parent, *posting.text.split())


def fail(fault: Fault) -> None:
    """Raises what a connector would; an answer that is lost after acceptance is lost by whoever calls this."""
    if fault is Fault.NO_LINE:
        raise LineError(left=False)
    if fault is Fault.LOST_BEFORE:
        raise UnsettledError
    if fault is Fault.BUSY:
        raise PlatformBusyError(seconds=120)
    if fault is Fault.REFUSED:
        raise RefusedError(said="Too short", status=422)
    if fault is Fault.CONFLICT:
        raise ConflictError
    if fault is Fault.SIGN_IN:
        raise SignInError
    if fault is Fault.FORBIDDEN:
        raise ForbiddenError
    if fault is Fault.BUG:
        raise Crash


@dataclass
class Desk:
    """A profile whose one account mirrors the first group of a world."""

    database: Database
    clock: FixedClock
    world: World
    store: OutboxStore
    account_id: AccountId
    community_id: CommunityId
    threads: list[EventId]

    def poster(self, *faults: Fault, **options: object) -> WorldPoster:
        return WorldPoster(self.world, self.clock, faults=faults, **options)

    def send(self, poster: WorldPoster, cancel=None) -> SendResult:
        """One walk, as a sync does it."""
        self.store.left_over(self.account_id)
        sender = Sender(
            self.store, self.database, poster, account_id=self.account_id, clock=self.clock, jitter=lambda: 0.5
        )
        return sender.run(cancel)

    def reply(self, text: str, *, thread: int = 0) -> str:
        """A queued answer to the first message of a thread."""
        item_id = self.store.save_reply(self.threads[thread], text)
        self.store.queue(item_id)
        self.clock.advance(timedelta(seconds=1))
        return item_id

    def item(self, item_id: str) -> OutboxRow:
        with self.database.read() as reader:
            found = outbox_item(reader, item_id)
        assert found is not None
        return found

    def state(self, item_id: str) -> OutboxState:
        return self.item(item_id).state

    def rows(self, *states: OutboxState) -> list[OutboxRow]:
        with self.database.read() as reader:
            return list_outbox(reader, states=states)

    def wait(self, **length: float) -> None:
        self.clock.advance(timedelta(**length))


def a_desk(
    folder: Path, *, database: Database | None = None, clock: FixedClock | None = None, threads: int = 3
) -> Desk:
    """A desk over an empty profile, with so many threads of one message."""
    clock = clock or a_clock()
    database = database or a_database(folder)
    world = a_world(messages=0)
    world.now = clock.now() - timedelta(days=1)
    group = next(iter(world.groups.values()))
    account_id = AccountStore(database, clock).add(AccountKind.DISCOURSE, "Forum", "https://community.example.org")
    mirror = MirrorStore(database, clock)
    record = CommunityRecord(str(group.id), group.name, url=f"https://community.example.org/c/{group.id}")
    community_id = mirror.ensure_community(account_id, record)
    roots = [world.say(group.id, 2, f"Question {number}?", subject=f"Subject {number}") for number in range(threads)]
    mirror.apply(community_id, "topics", Batch(tuple(mirrored(world, said) for said in roots)))
    with database.read() as reader:
        ids = dict(reader.rows("SELECT remote_id, id FROM event"))
    store = OutboxStore(database, clock)
    return Desk(database, clock, world, store, account_id, community_id, [EventId(ids[str(said.id)]) for said in roots])


def mirrored(world: World, said: Said) -> MessageRecord:
    """A message of the world as a connector tells it."""
    author = world.people[said.author]
    references = () if said.parent is None else (str(said.parent),)
    return MessageRecord(
        str(said.id), str(said.group), PersonRecord(str(author.id), author.name), said.at, said.subject, said.text,
        references=references,
    )  # fmt: skip


def random_faults(rng: random.Random, *, loss: float = 0.2) -> Iterator[Fault]:
    """A line that loses a share of the calls, half of those after acceptance."""
    while True:
        lost = rng.random() < loss
        yield rng.choice((Fault.LOST_AFTER, Fault.LOST_BEFORE)) if lost else Fault.NONE


@dataclass(frozen=True)
class BadLine:
    """What came of many posts: not there at all, there twice, there twice though nobody chose it, asked of a person."""

    posts: int
    lost: int
    doubled: int
    doubled_unasked: int
    asked: int


def over_a_bad_line(folder: Path, *, posts: int, knows_keys: bool, seed: int = 11) -> BadLine:
    """Posts over a line that loses every fifth call; a person sends again whatever was not found.

    The platform shows what is new within three minutes, but for two in ten thousand, which it shows after both looks.
    """
    rng, lags = random.Random(seed), random.Random(seed + 1)
    desk = a_desk(folder, threads=max(1, posts // 20))
    with desk.database.write():
        for number in range(posts):
            desk.reply(f"Answer {number}", thread=number % len(desk.threads))

    def lag() -> timedelta:
        return timedelta(minutes=30 if lags.random() < 0.0002 else lags.random() * 3)

    poster = desk.poster(knows_keys=knows_keys, lag=lag)
    poster._faults = random_faults(rng)
    chosen: set[str] = set()
    while desk.send(poster).waiting:
        desk.wait(minutes=3)
        for row in desk.rows(OutboxState.UNKNOWN):
            if row.needs_decision:
                chosen.add(row.text)
                desk.store.send_again(row.id)
    arrived = Counter(poster.texts())
    desk.database.close()
    doubled = {text for text, count in arrived.items() if count > 1}
    return BadLine(posts, posts - len(arrived), len(doubled), len(doubled - chosen), len(chosen))
