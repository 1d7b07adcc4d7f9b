"""Net: a network in memory under the real HTTP library: stand-ins behind addresses, a clock that only we move, faults.

Every byte goes through the library's own HTTP/1.1 reader, so that a wrong length or a cut chunk is what it would be on
a socket; but nothing waits and nothing is left to chance: the same faults in the same order give the same trace.
"""

import random
import socket
import ssl
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpcore2
import httpx2
from typing_extensions import override

from tests.platforms.server import Asked, StandIn, Told
from workbench.clock import FixedClock

HEAD_END = b"\r\n\r\n"
_CHUNK = 8192
PAGING = frozenset(
    [
        "page",
        "before",
        "newer_than",
        "older_than",
        "offset",
        "post_number",
        "since",
        "ps",
        "count",
        "limit",
        "per_page",
        "$top",
        "$skiptoken",
        "$deltatoken",
        "page[offset]",
        "page[limit]",
        "startIndex",
    ]
)
"""Names by which a question says which page of a list it wants."""
_NOBODY_TRUSTED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""No stand-in speaks TLS here, and to read the certificates of this machine takes longer than most answers."""


class JumpingClock(FixedClock):
    """A clock whose wall can be set apart from its steady part: sleep, a wrong date, a correction."""

    def jump(self, length: timedelta) -> None:
        """The wall clock alone moves."""
        steady = self._seconds
        self.advance(length)
        self._seconds = steady


@dataclass(frozen=True, slots=True)
class LineFault:
    """What happens to one exchange. `seconds` is how long the answer takes; the rest is off unless it is set.

    `refuse`: "dns", "connect" or an OpenSSL verification code; the request never leaves. `lose`: "request" drops it
    before the platform sees it, "answer" after the platform has acted. `cut_after`: bytes of the raw answer that still
    arrive. `freeze`: the answer never comes, until the reader's patience ends. `sleep`: the machine sleeps so many
    seconds in the middle. `change` makes other raw bytes of the answer.
    """

    name: str
    seconds: float = 0.0
    refuse: str | int | None = None
    lose: str | None = None
    cut_after: int | None = None
    freeze: bool = False
    sleep: float = 0.0
    per_second: float | None = None
    change: Callable[[bytes], bytes] | None = None
    retell: Callable[[bytes, Sequence[bytes]], bytes] | None = None
    alters: Callable[[Asked], Asked] | None = None
    instead: Told | None = None


GOOD = LineFault("good")


class Net(httpcore2.NetworkBackend):
    """`hosts` are stand-ins by port of the loopback address; `faults` befall the next exchanges, in order."""

    def __init__(self, clock: JumpingClock, hosts: Mapping[int, StandIn], *, round_trip: float = 0.7) -> None:
        self.clock = clock
        self.hosts = dict(hosts)
        self.round_trip = round_trip
        self.faults: deque[LineFault] = deque()
        self.trace: list[str] = []
        self.bytes_up = self.bytes_down = 0
        self.is_online = True
        self.befalls: Callable[[Asked], LineFault] | None = None
        """Chooses a fault for exchanges beyond `faults`."""
        self.refuses: LineFault | None = None
        """Until it is taken away, no connection comes about."""
        self.before: Callable[[Asked], object] | None = None
        """Called before each exchange; what it raises ends the process there."""
        self.after: Callable[[Asked, Told], object] | None = None
        """The same, when the platform has acted and nobody has heard of it."""
        self.answers: dict[str, list[bytes]] = {}
        """{question without the page: whole answers to it so far, as they were before any fault}."""

    def transport(self) -> httpx2.HTTPTransport:
        """What an ApiClient speaks over."""
        transport = httpx2.HTTPTransport(verify=_NOBODY_TRUSTED)
        transport._pool = httpcore2.ConnectionPool(max_connections=2, keepalive_expiry=60.0, network_backend=self)
        return transport

    def sleeper(self) -> Callable[[float], None]:
        """A sleep that moves the clock instead of waiting."""
        return lambda seconds: self.clock.advance(timedelta(seconds=max(0.0, seconds)))

    def address(self, port: int) -> str:
        """The base address of a stand-in."""
        assert port in self.hosts
        return f"http://127.0.0.1:{port}"

    @override
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        self.pass_time(self.round_trip)
        if not self.is_online:
            self.trace.append(f"connect {host}:{port}: no line")
            message = "no line"
            raise httpcore2.ConnectError(message)
        waiting = self.faults[0] if self.faults else None
        if waiting is not None and waiting.refuse is not None:
            self.faults.popleft()
        refused = waiting if waiting is not None and waiting.refuse is not None else self.refuses
        if refused is not None and refused.refuse is not None:
            self.trace.append(f"connect {host}:{port}: {refused.name}")
            raise _refusal(refused.refuse)
        if port not in self.hosts:
            message = f"nobody listens on {port}"
            raise httpcore2.ConnectError(message)
        return _Stream(self, self.hosts[port], port)

    @override
    def sleep(self, seconds: float) -> None:
        self.pass_time(seconds)

    def pass_time(self, seconds: float) -> None:
        """Our clock and every platform's go on."""
        self.clock.advance(timedelta(seconds=seconds))
        for platform in {id(host): host for host in self.hosts.values()}.values():
            platform.world.now += timedelta(seconds=seconds)

    def next_fault(self, asked: Asked) -> LineFault:
        """What befalls this exchange."""
        if self.faults:
            return self.faults.popleft()
        return self.befalls(asked) if self.befalls is not None else GOOD


class _Stream(httpcore2.NetworkStream):
    def __init__(self, net: Net, platform: StandIn, port: int) -> None:
        self._net, self._platform, self._port = net, platform, port
        self._request = bytearray()
        self._answer: deque[memoryview | Exception] = deque()
        self._socket = socket.socket()

    @override
    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._request += buffer
        self._net.bytes_up += len(buffer)
        asked = _asked(self._request)
        if asked is not None:
            self._request.clear()
            self._exchange(asked)

    @override
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self._answer:
            return b""
        piece = self._answer.popleft()
        if isinstance(piece, Exception):
            raise piece
        if len(piece) > max_bytes:
            self._answer.appendleft(piece[max_bytes:])
            piece = piece[:max_bytes]
        self._net.bytes_down += len(piece)
        return bytes(piece)

    @override
    def close(self) -> None:
        self._socket.close()

    @override
    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return self

    @override
    def get_extra_info(self, info: str) -> Any:
        if info == "server_addr":
            return ("127.0.0.1", self._port)
        return self._socket if info == "socket" else None

    def _exchange(self, asked: Asked) -> None:
        net = self._net
        if net.before is not None:
            net.before(asked)
        fault = net.next_fault(asked)
        if fault.refuse is not None:  # the connection there was is gone as well
            net.faults.appendleft(fault)
            fault = LineFault(fault.name, lose="request")
        net.pass_time(net.round_trip + fault.seconds)
        if fault.sleep:
            net.clock.jump(timedelta(seconds=fault.sleep))
        if fault.lose == "request":
            net.trace.append(f"{asked.method} {asked.path}: {fault.name}")
            self._answer.append(httpcore2.ReadError("reset"))
            return
        if fault.alters is not None:
            asked = fault.alters(asked)
        reply = self._platform.respond(asked) if fault.instead is None else self._between(fault.instead)
        net.trace.append(f"{asked.method} {asked.path} {reply.status}: {fault.name}")
        if net.after is not None:
            net.after(asked, reply)
        if fault.lose == "answer":
            self._answer.append(httpcore2.ReadError("reset"))
            return
        if fault.freeze:
            net.pass_time(30.0)
            self._answer.append(httpcore2.ReadTimeout("stalled"))
            return
        self._tell(asked, raw_answer(asked, reply), fault)

    def _between(self, told: Told) -> Told:
        """What somebody between us and the platform says, with the time of day."""
        date = format_datetime(self._platform.world.now, usegmt=True)
        return replace(told, headers={"Date": date, "Content-Type": told.kind, **told.headers})

    def _tell(self, asked: Asked, raw: bytes, fault: LineFault) -> None:
        """Puts the answer on the wire, or what the fault makes of it."""
        same = sorted((name, value) for name, value in asked.pairs if name not in PAGING)
        body = asked.body if ":" in asked.path else b""  # where a POST only asks, its body is part of the question
        earlier = self._net.answers.setdefault(f"{asked.method} {asked.path} {same} {body!r}", [])
        told = fault.retell(raw, earlier) if fault.retell is not None else raw
        earlier.append(raw)
        if fault.change is not None:
            told = fault.change(told)
        if fault.per_second is not None:
            self._net.pass_time(len(told) / fault.per_second)
        if fault.cut_after is not None:
            told = told[: fault.cut_after]
        self._answer.append(memoryview(told))
        if fault.cut_after is not None:
            self._answer.append(memoryview(b""))


def raw_answer(asked: Asked, reply: Told) -> bytes:
    """An answer as it lies on the wire."""
    headers = dict(reply.headers)
    if reply.status not in (204, 304) and "Transfer-Encoding" not in headers:
        headers.setdefault("Content-Length", str(len(reply.body)))
    lines = [f"HTTP/1.1 {reply.status} Answer", *(f"{name}: {value}" for name, value in headers.items())]
    body = b"" if asked.method == "HEAD" else reply.body
    if headers.get("Transfer-Encoding") == "chunked" and body:
        pieces = [body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (*pieces, b""))
    return "\r\n".join(lines).encode() + HEAD_END + body


def _asked(raw: bytearray) -> Asked | None:
    """The request, once all of it is there."""
    head, end, body = bytes(raw).partition(HEAD_END)
    if not end:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if len(body) < int(headers.get("content-length", 0)):
        return None
    method, target, _ = first.split(" ")
    address = urlsplit(target)
    pairs = tuple(parse_qsl(address.query, keep_blank_values=True))
    return Asked(method, address.path, dict(pairs), headers, body, pairs)


def _refusal(kind: str | int) -> Exception:
    error = httpcore2.ConnectError("refused")
    if kind == "dns":
        error.__context__ = socket.gaierror(-2, "Name or service not known")
    elif isinstance(kind, int):
        certificate = ssl.SSLCertVerificationError(1, "certificate verify failed")
        certificate.verify_code = kind
        error.__context__ = certificate
    return error


def cut_somewhere(rng: random.Random, name: str) -> LineFault:
    """A line that breaks within the first few kilobytes of an answer."""
    return LineFault(name, cut_after=rng.randint(0, 6000))
