"""ThinLine: a poor link on loopback: so many bits a second each way, a long way there and back, lost packets.

One link carries every connection, as a modem does: what one sends, another waits for. Each connection sends as TCP
does: no more at once than its window, which grows with what arrives and shrinks with what is lost. A lost packet holds
up what came behind it on its own connection until it was sent again, which begins once three later ones arrived or two
round trips have passed; meanwhile the window lets others go on. Opening a connection costs a round trip. Losses come
by seed.
"""

import asyncio
import random
import threading
import time
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

SEGMENT: Final = 1400
"""Bytes of one packet."""
FRAME: Final = 40
"""Bytes of the IP and TCP heads around them, which take their share of the link."""
WINDOW: Final = 10.0
"""Packets a connection may send at first (RFC 6928)."""
LEAST_WINDOW: Final = 2.0
SHRINKS: Final = 0.7
GROWS: Final = 3 * (1 - SHRINKS) / (1 + SHRINKS)
"""What a loss leaves of a window, and packets a round trip adds to it then: CUBIC on a slow line (RFC 9438, 4.3)."""
LATER_ONES: Final = 3
"""Packets that arrive after a gap before what is missing is sent again (RFC 6675)."""
PATIENCE: Final = 2.0
"""Round trips after which it is sent again in any case (a tail loss probe, RFC 8985)."""


@dataclass(slots=True)
class Direction:
    """One way of the link: when it is free again, how long it was in use, what it carried."""

    bytes_a_second: float
    free_at: float = 0.0
    busy_seconds: float = 0.0
    carried: int = 0
    last_at: float = 0.0
    """When the last byte came out at the other end."""

    def take(self, size: int, now: float) -> float:
        """When the last byte of `size` has gone out."""
        seconds = (size + FRAME) / self.bytes_a_second
        self.free_at = max(now, self.free_at) + seconds
        self.busy_seconds += seconds
        self.carried += size
        return self.free_at


@dataclass(slots=True)
class Flow:
    """One connection in one direction, as its sender sees it: packets sent and not confirmed, and what is missing."""

    window: float = WINDOW
    is_starting: bool = True
    sent: int = 0
    under_way: int = 0
    shrunk_at: int = 0
    """Packets sent when the window last shrank: losses among them are the same trouble."""
    missing: dict[int, tuple[list[int], asyncio.Event]] = field(default_factory=dict)
    """{number of a lost packet: (later ones confirmed since, set once they are enough)}"""
    room: asyncio.Event = field(default_factory=asyncio.Event)

    async def may_send(self) -> int:
        """The number of the next packet, once the window has room for it."""
        while self.under_way >= int(self.window):
            self.room.clear()
            await self.room.wait()
        self.under_way += 1
        self.sent += 1
        return self.sent

    def confirmed(self, number: int) -> None:
        """Takes in that a packet arrived."""
        self.under_way -= 1
        self.window += 1 if self.is_starting else GROWS / self.window
        self.room.set()
        for lost, (later, is_noticed) in self.missing.items():
            if lost < number:
                later.append(number)
                if len(later) >= LATER_ONES:
                    is_noticed.set()

    async def notices(self, number: int, seconds: float) -> None:
        """Waits until the sender sees that a packet is missing, `seconds` at most; the window shrinks then."""
        is_noticed = asyncio.Event()
        self.missing[number] = ([], is_noticed)
        with suppress(TimeoutError):  # nothing came after it that could have told
            await asyncio.wait_for(is_noticed.wait(), seconds)
        del self.missing[number]
        if number > self.shrunk_at:
            self.window = max(LEAST_WINDOW, self.window * SHRINKS)
            self.is_starting, self.shrunk_at = False, self.sent


class ThinLine:
    """Passes connections on to `target`. `cuts`: bytes of answers after which the next connections break."""

    def __init__(
        self,
        target: int,
        *,
        kilobits: float = 64.0,
        round_trip: float = 0.7,
        loss: float = 0.05,
        seed: int = 1,
    ) -> None:
        self._target = target
        self._one_way = round_trip / 2
        self._loss = loss
        self._rng = random.Random(seed)
        self.up = Direction(kilobits * 125)
        self.down = Direction(kilobits * 125)
        self.began_at = 0.0
        """When somebody opened the first connection."""
        self.connections = 0
        self.cuts: list[int] = []
        self.broken = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._over: asyncio.Event | None = None

    @property
    def share_in_use(self) -> float:
        """The share of the time the way down was in use, from the first connection until the last byte came."""
        return self.down.busy_seconds / (self.down.last_at - self.began_at)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._over is not None
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._over = asyncio.Event()
        work: set[asyncio.Task[None]] = set()

        def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connect(reader, writer))
            work.add(task)
            task.add_done_callback(work.discard)

        server = await asyncio.start_server(begin, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        server.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _connect(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.began_at = self.began_at or time.monotonic()
        left = self.cuts.pop(0) if self.cuts else None
        await asyncio.sleep(self._one_way * 2)
        server, there = await asyncio.open_connection("127.0.0.1", self._target)
        ways: tuple[Awaitable[None], ...] = (
            self._carry(client, there, self.up, None),
            self._carry(server, back, self.down, left),
        )
        try:
            await asyncio.gather(*ways)
        finally:
            there.close()
            back.close()

    async def _carry(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: Direction, left: int | None
    ) -> None:
        """Packet by packet; what is on its way arrives while more is sent."""
        flow = Flow()
        flight: asyncio.Queue[asyncio.Task[bytes] | None] = asyncio.Queue()
        landing = asyncio.create_task(self._land(flight, target, way))
        try:
            while data := await source.read(SEGMENT):
                if left is not None:
                    data, left = data[:left], left - len(data)
                number = await flow.may_send()
                flight.put_nowait(asyncio.create_task(self._travel(data, way, flow, number)))
                if left is not None and left <= 0:
                    self.broken += 1
                    break
        finally:
            flight.put_nowait(None)
            await landing
            if left is not None and left <= 0:
                target.transport.abort()
            elif not target.is_closing():
                target.close()

    async def _travel(self, data: bytes, way: Direction, flow: Flow, number: int) -> bytes:
        """The packet once it is there, sent as often as that takes."""
        while True:
            out_at = way.take(len(data), time.monotonic())
            is_lost = self._rng.random() < self._loss
            await _until(out_at)
            if not is_lost:
                break
            await flow.notices(number, self._one_way * 2 * PATIENCE)
        await _until(out_at + self._one_way)
        asyncio.get_running_loop().call_later(self._one_way, flow.confirmed, number)
        return data

    async def _land(
        self, flight: "asyncio.Queue[asyncio.Task[bytes] | None]", target: asyncio.StreamWriter, way: Direction
    ) -> None:
        """Gives out in order what may arrive out of it."""
        while (packet := await flight.get()) is not None:
            data = await packet
            way.last_at = time.monotonic()
            if target.is_closing():
                return
            target.write(data)


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))
