"""ThinLine: a poor link on loopback: so many bits a second each way, a long way there and back, lost packets.

One link carries every connection, as a modem does: what one sends, another waits for. A lost packet holds up what
comes behind it on its own connection for one more round trip, as TCP's retransmission does. Opening a connection
costs a round trip. Losses come by seed.
"""

import asyncio
import random
import threading
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

SEGMENT = 1400
"""Bytes of one packet."""
FRAME = 40
"""Bytes of the IP and TCP heads around them, which take their share of the link."""


@dataclass(slots=True)
class Direction:
    """One way of the link: when it is free again, how long it was in use, what it carried."""

    bytes_a_second: float
    free_at: float = 0.0
    busy_seconds: float = 0.0
    carried: int = 0

    def take(self, size: int, now: float) -> float:
        """When the last byte of `size` has gone out."""
        seconds = (size + FRAME) / self.bytes_a_second
        self.free_at = max(now, self.free_at) + seconds
        self.busy_seconds += seconds
        self.carried += size
        return self.free_at


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
        self.connections = 0
        self.cuts: list[int] = []
        self.broken = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._over: asyncio.Event | None = None

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
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)

    async def _connect(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self.connections += 1
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
        """Packet by packet, in order; what is on its way arrives while more is sent."""
        flight: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue()
        landing = asyncio.create_task(self._land(flight, target))
        held_until = 0.0
        try:
            while data := await source.read(SEGMENT):
                if left is not None:
                    data, left = data[:left], left - len(data)
                sent_at = way.take(len(data), time.monotonic())
                if self._rng.random() < self._loss:
                    sent_at = way.take(len(data), sent_at) + self._one_way * 2
                held_until = max(held_until, sent_at + self._one_way)
                flight.put_nowait((held_until, data))
                # The sender may not be far ahead of the link: it would measure its own buffers.
                await asyncio.sleep(max(0.0, sent_at - time.monotonic() - 0.2))
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

    async def _land(self, flight: "asyncio.Queue[tuple[float, bytes] | None]", target: asyncio.StreamWriter) -> None:
        while (packet := await flight.get()) is not None:
            at, data = packet
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            if target.is_closing():
                return
            target.write(data)
