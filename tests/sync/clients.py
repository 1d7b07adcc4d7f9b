"""Clients for tests: over a wire that ends in a function, or to a port of this machine, with sleeps that are noted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx2

from tests.sync.wire import Wire
from workbench.clock import FixedClock
from workbench.sync.api_client import ApiClient
from workbench.sync.gate import Expect

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
BASE = "https://lists.example.org/archives/"
SECRET = "hunter2-never-elsewhere"
OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{"a": 1}'

Reply = Callable[[httpx2.Request], httpx2.Response]


def as_json(body: bytes = b"{}", status: int = 200, **headers: str) -> httpx2.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(status, headers={"Content-Type": "application/json", **named}, content=body)


def as_page(status: int = 200) -> httpx2.Response:
    """What a portal between us and the platform answers."""
    return httpx2.Response(status, headers={"Content-Type": "text/html"}, content=b"<html>Welcome to our hotel</html>")


def replies(*answers: httpx2.Response) -> Reply:
    """One after the other; the last one again and again."""
    left = list(answers)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


class Sleeps(list[float]):
    """Moves the clock instead of waiting, and remembers how far."""

    def __init__(self, clock: FixedClock) -> None:
        super().__init__()
        self._clock = clock

    def __call__(self, seconds: float) -> None:
        self.append(seconds)
        self._clock.advance(timedelta(seconds=seconds))


def client_of(answer: Reply, **options) -> tuple[ApiClient, Wire, Sleeps]:
    clock = options.pop("clock", FixedClock(NOW))
    wire, sleeps = Wire(answer), Sleeps(clock)
    return ApiClient(BASE, clock=clock, sleep=sleeps, jitter=lambda: 0.25, transport=wire, **options), wire, sleeps


def at_port(port: int, *, scheme: str = "http", host: str = "127.0.0.1", **options) -> ApiClient:
    """To be closed by the test."""
    return ApiClient(f"{scheme}://{host}:{port}/", clock=FixedClock(NOW), sleep=lambda seconds: None, **options)


def ask(client: ApiClient, path: str = "api/lists/", **query: str) -> bytes:
    return client.get(path, query, expect=Expect.JSON).body
