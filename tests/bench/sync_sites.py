"""Sites the sync bench reads: the same seeded world as a forum, a network and a site of mailing lists, on loopback.

Nothing here waits for a limit of a platform unless it is asked to: a pause moves the clock, of ours and of the platform.
"""

import gzip
import json
import random
import textwrap
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
from typing_extensions import override

from tests.bench.network import TextMaker
from tests.platforms.discourse import Discourse
from tests.platforms.server import Asked, StandIn, Told
from tests.platforms.viva_engage import VivaEngage
from tests.platforms.viva_engage_shapes import group_id, message_id
from tests.platforms.world import BEGINNING, Said, World
from tests.sync.connectors.hyperkitty_site import FISHERS, ROOT, FakeSite, Mail
from tests.sync.wire import raw_body
from workbench.models.kinds import AccountKind

Settings = Callable[[str], Sequence[Mapping[str, str]]]
Pages = Callable[[Sequence[Said]], int]

UNLIMITED = {"calls_per_minute": "1000000", "calls_per_day": "1000000", "likes_per_run": "0"}
DAYS = 5 * 365
SILENCE = timedelta(days=180)
UNEVEN = 0.6
"""The share of answers that go to whatever thread, each as likely as it is long."""


class BenchClock:
    """Begins at `start` and goes on with the machine's clock; `skip` moves it forward at once."""

    def __init__(self, start: datetime) -> None:
        self._start, self._zero, self._skipped = start, time.monotonic(), 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The moment it is there."""
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Seconds since it began, with those that were skipped."""
        return time.monotonic() - self._zero + self._skipped

    def skip(self, seconds: float) -> None:
        """Moves it forward; as a sleep it lets nobody wait."""
        with self._lock:
            self._skipped += max(0.0, seconds)


def a_world_of(
    *,
    groups: int,
    people: int,
    messages: int,
    days: float = DAYS,
    seed: int = 5,
    is_uneven: bool = False,
    silent: int = 0,
) -> World:
    """A world with so many messages over `days` up to its beginning, spread evenly, a twentieth of them opening threads.

    Where it `is_uneven`, threads that are long already grow more than others, as they do in forums. In the last
    `silent` communities nothing was said for half a year.
    """
    rng = random.Random(seed)
    world = World(now=BEGINNING - timedelta(days=days))
    for _ in range(people):
        world.person()
    for number in range(groups):
        group = world.group(f"Community {number + 1:02}", "A community made up to measure with")
        group.members.update(dict.fromkeys(rng.sample(range(1, people + 1), max(2, people // 8)), world.now))
        world.join(group.id, world.me)
    voices, span = Voices(world, seed, is_uneven=is_uneven), timedelta(days=days)
    late = int(messages * (SILENCE / span) * (1 - silent / groups)) if silent else 0
    voices.speak(messages - late, over=span - SILENCE if silent else span)
    if late:
        world.now = BEGINNING - SILENCE
        voices.speak(late, over=SILENCE, groups=list(world.groups)[: groups - silent])
    world.now = BEGINNING
    return world


class Voices:
    """The people of a world as they go on talking."""

    def __init__(self, world: World, seed: int, *, is_uneven: bool = False) -> None:
        self._world, self._rng = world, random.Random(f"{seed}/voices")
        self._is_uneven = is_uneven
        self._all: dict[int, list[int]] = {number: [] for number in world.groups}
        self._maker = TextMaker(self._rng)
        self._authors = {number: sorted(group.members) for number, group in world.groups.items()}
        self._roots: dict[int, list[int]] = {number: [] for number in world.groups}
        for said in world.said.values():
            self._all[said.group].append(said.id)
            if said.parent is None:
                self._roots[said.group].append(said.id)

    def speak(
        self, count: int, *, over: timedelta = timedelta(minutes=40), groups: Sequence[int] | None = None
    ) -> list[Said]:
        """So many messages from now on, in the communities in turn: in all, or in those given."""
        world, rng, said = self._world, self._rng, list[Said]()
        numbers = list(groups or world.groups)
        start, step = world.now, over / (count + 1)
        for place in range(count):
            group = numbers[place % len(numbers)]
            roots, at = self._roots[group], start + step * (place + 1)
            author = rng.choice(self._authors[group])
            if roots and rng.random() < 0.95:
                grows = self._is_uneven and rng.random() < UNEVEN
                parent = rng.choice(self._all[group] if grows else roots[-8:])
                said.append(world.say(group, author, self._maker.text(), parent=parent, at=at))
            else:
                said.append(world.say(group, author, self._maker.text(), subject=self._maker.subject(), at=at))
                roots.append(said[-1].id)
            self._all[group].append(said[-1].id)
        return said


class _Lists(FakeSite):
    """The site in memory, with its exports found by day: a real one has an index."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__({name: [] for name in names})
        self._days: dict[str, list[date]] = {name: [] for name in names}

    @override
    def deliver(self, mail: Mail, address: str = FISHERS) -> None:
        super().deliver(mail, address)
        self._days[address].append(mail.sent_at.date())

    @override
    def _of_list(self, path: str, query: dict[str, str], address: str) -> httpx2.Response:
        if "/export/" not in path:
            return super()._of_list(path, query, address)
        whole, found = self.lists[address], self._days[address]
        start, end = (query.get(name, default) for name, default in (("start", "0001-01-01"), ("end", "9999-12-31")))
        low, high = (bisect_left(found, date.fromisoformat(day)) for day in (start, end))
        self.lists[address] = whole[low:high]
        try:
            return super()._of_list(path, query, address)
        finally:
            self.lists[address] = whole


class ListSite(StandIn):
    """A HyperKitty with a list for each group of the world."""

    NAME = "hyperkitty"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.site = _Lists([self.list_of(number) for number in world.groups])
        self._taken = 0

    @staticmethod
    def list_of(group: int) -> str:
        """The address of a group's list."""
        return f"community{group}@example.org"

    @override
    def answer(self, asked: Asked) -> Told:
        self._fill()
        self.site.now = self.world.now
        query = f"?{urlencode(asked.pairs)}" if asked.pairs else ""
        host = ROOT.partition("/archives/")[0]
        reply = self.site._answer(httpx2.Request(asked.method, f"{host}{asked.path}{query}"))
        return Told(reply.status_code, raw_body(reply), reply.headers["Content-Type"])

    @override
    def _packed(self, asked: Asked, reply: Told) -> Told:
        packed = super()._packed(asked, reply)
        if reply.kind != "application/gzip":
            return packed
        headers = {name: value for name, value in packed.headers.items() if name != "Content-Encoding"}
        return Told(reply.status, reply.body, reply.kind, headers)

    def _fill(self) -> None:
        said = list(self.world.said.values())[self._taken :]
        for one in said:
            parent = None if one.parent is None else f"said.{one.parent}@example.org"
            subject = self.world.said[one.root].subject
            body = "\n".join(textwrap.wrap(one.text, 70))
            author = self.world.people[one.author].name
            mail = Mail(f"said.{one.id}@example.org", one.at, one.at, subject, body, author, parent)
            self.site.deliver(mail, self.list_of(one.group))
        self._taken += len(said)


@dataclass(frozen=True, slots=True)
class Cost:
    """What the platform counted: requests, and bytes of HTTP each way."""

    requests: int = 0
    up: int = 0
    down: int = 0

    @property
    def bytes(self) -> int:
        """Both ways together."""
        return self.up + self.down

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(self.requests - other.requests, self.up - other.up, self.down - other.down)


@dataclass
class Site:
    """A started platform with the clock it shares with us; `settings` are those of an account at its address."""

    title: str
    kind: AccountKind
    platform: StandIn
    clock: BenchClock
    settings: Settings
    pages: Pages
    """The compressed size of the fewest pages that hold these messages; of a list, of their names too."""
    voices: Voices

    def cost(self) -> Cost:
        """All that was asked so far."""
        return Cost(len(self.platform.asked), self.platform.bytes_in, self.platform.bytes_out)

    def speak(self, count: int) -> list[Said]:
        """New messages that were said just now."""
        self.platform.world.now = self.clock.now()
        said = self.voices.speak(count)
        self.clock.skip(45 * 60)
        return said


def forum(world: World, *, is_uneven: bool = False, **settings: str) -> Site:
    """A Discourse forum, read by everybody; without `settings` its limits do not hold us up."""
    platform = Discourse(world)
    given = settings or UNLIMITED

    def pages(said: Sequence[Said]) -> int:
        wanted, size, query = {one.id for one in said}, 0, dict[str, str]()
        while wanted:
            reply = platform.respond(_asked("/posts.json", query))
            posts = [post["id"] for post in _read(reply)["latest_posts"]]
            wanted -= set(posts)
            query = {"before": str(min(posts))}
            size += len(reply.body)
        return size

    return _started(
        "Discourse",
        AccountKind.DISCOURSE,
        platform,
        lambda address: ({"address": address, **given},),
        pages,
        is_uneven=is_uneven,
    )


def network(world: World) -> Site:
    """A Viva Engage network, which allows ten calls in thirty seconds."""
    platform = VivaEngage(world, limit="told")

    def settings(address: str) -> Sequence[Mapping[str, str]]:
        return ({"address": f"{address}/api/v1", "graph": f"{address}/v1.0", "client_id": "bench"},)

    def pages(said: Sequence[Said]) -> int:
        size = 0
        for group in {one.group for one in said}:
            lowest, query = min(message_id(one.id) for one in said if one.group == group), dict[str, str]()
            while True:
                reply = platform._packed(
                    asked := _asked(f"/api/v1/messages/in_group/{group_id(group)}.json", query),
                    platform._in_group(asked, group_id(group)),
                )
                size += len(reply.body)
                low = min(message["id"] for message in _read(reply)["messages"])
                if low <= lowest:
                    break
                query = {"older_than": str(low)}
        return size

    return _started("Engage", AccountKind.VIVA_ENGAGE, platform, settings, pages)


def lists(world: World) -> Site:
    """Mailing lists of one HyperKitty, an account each."""
    platform = ListSite(world)

    def settings(address: str) -> Sequence[Mapping[str, str]]:
        return [{"address": f"{address}/archives/list/{platform.list_of(number)}/"} for number in world.groups]

    def pages(said: Sequence[Said]) -> int:
        size = 0
        for group in {one.group for one in said}:
            mine, name = [one for one in said if one.group == group], platform.list_of(group)
            first = min(one.at for one in mine).date().isoformat()
            names = {"format": "json", "limit": str(len(mine)), "offset": "0"}
            for path, query in (
                (f"/archives/api/list/{name}/emails/", names),
                (f"/archives/list/{name}/export/archive.mbox.gz", {"start": first}),
            ):
                size += len(platform.respond(_asked(path, query)).body)
        return size

    return _started("HyperKitty", AccountKind.HYPERKITTY, platform, settings, pages)


def _asked(path: str, query: Mapping[str, str]) -> Asked:
    return Asked("GET", path, query, {"accept-encoding": "gzip"}, b"", tuple(query.items()))


def _read(reply: Told) -> Any:
    return json.loads(gzip.decompress(reply.body) if "Content-Encoding" in reply.headers else reply.body)


def _started(
    title: str, kind: AccountKind, platform: StandIn, settings: Settings, pages: Pages, *, is_uneven: bool = False
) -> Site:
    clock = BenchClock(platform.world.now)

    def tick(asked: Asked) -> None:
        platform.world.now = clock.now()

    platform.before = tick
    platform.start()
    return Site(title, kind, platform, clock, settings, pages, Voices(platform.world, 1, is_uneven=is_uneven))


SITES: tuple[Callable[[World], Site], ...] = (forum, network, lists)
