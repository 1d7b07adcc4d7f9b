"""StandIn: a platform on loopback that keeps state, answers real HTTP, and can be told to misbehave.

A platform's file inherits it and gives `answer`. The same object also serves as a transport without a socket.
"""

import gzip
import json as json_module
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlsplit

import httpx2
from typing_extensions import override

from tests.platforms.world import World
from tests.sync.wire import Wire


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    pairs: tuple[tuple[str, str], ...] = ()
    """The query in order, for platforms where a name may come again."""

    @property
    def json(self) -> Any:
        """The body read as JSON."""
        return json_module.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body read as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Told:
    """A reply; it is packed by gzip where the client takes that and the body is long enough."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


def told(value: Any, *, status: int = 200, kind: str = "application/json", **headers: str) -> Told:
    """A reply of JSON, compact as servers write it; header names are given with underscores."""
    body = json_module.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Told(status, body, kind, {name.replace("_", "-"): value for name, value in headers.items()})


class StandIn:
    """Give `answer`, and list in `SWITCHES` what can be set: {name: what it does}."""

    NAME: ClassVar[str] = "platform"
    SWITCHES: ClassVar[Mapping[str, str]] = {}
    PACKS: ClassVar[bool] = True

    def __init__(self, world: World, **switches: Any) -> None:
        unknown = switches.keys() - self.SWITCHES.keys()
        assert not unknown, f"{self.NAME} has no switch {sorted(unknown)}"
        self.world = world
        self.switches: dict[str, Any] = dict(switches)
        self.asked: list[Asked] = []
        self.before: Callable[[Asked], Told | None] | None = None
        """Asked first: a reply of its own instead of the platform's, or None."""
        self.after: Callable[[Asked, Told], Told] | None = None
        """May change a reply on its way out; an exception drops the answer after the platform has acted."""
        self._lock = threading.RLock()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.bytes_in = self.bytes_out = 0

    def answer(self, asked: Asked) -> Told:
        """What the platform answers; may change the world."""
        raise NotImplementedError

    def how_to_sign_in(self) -> tuple[str, ...]:
        """What to type when trying it by hand, a line each."""
        return ()

    def is_on(self, switch: str) -> bool:
        """Whether a switch is set to something."""
        assert switch in self.SWITCHES, switch
        return bool(self.switches.get(switch))

    def respond(self, asked: Asked) -> Told:
        """The whole way of one request, one at a time."""
        with self._lock:
            self.asked.append(asked)
            reply = self.before(asked) if self.before is not None else None
            if reply is None:
                reply = self.answer(asked)
            if self.after is not None:
                reply = self.after(asked, reply)
            return self._packed(asked, reply)

    def _packed(self, asked: Asked, reply: Told) -> Told:
        headers = {"Date": format_datetime(self.world.now, usegmt=True), "Content-Type": reply.kind, **reply.headers}
        body = reply.body
        long_enough = len(body) > 500 and "Content-Encoding" not in headers
        if self.PACKS and long_enough and "gzip" in asked.headers.get("accept-encoding", ""):
            body = gzip.compress(body, 5, mtime=0)
            headers["Content-Encoding"] = "gzip"
        return Told(reply.status, body, reply.kind, headers)

    def wire(self) -> Wire:
        """A transport that ends in this platform, without a socket."""

        def through(request: httpx2.Request) -> httpx2.Response:
            reply = self.respond(
                Asked(
                    request.method,
                    request.url.path,
                    dict(parse_qsl(request.url.query.decode(), keep_blank_values=True)),
                    {name.lower(): value for name, value in request.headers.items()},
                    request.read(),
                    tuple(parse_qsl(request.url.query.decode(), keep_blank_values=True)),
                )
            )
            return httpx2.Response(reply.status, headers=dict(reply.headers), content=reply.body)

        return Wire(through)

    @property
    def address(self) -> str:
        """Where it answers once started."""
        assert self._server is not None, "not started"
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self, port: int = 0) -> Self:
        """Begins to answer on loopback; a free port unless one is given."""
        platform = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                address = urlsplit(self.path)
                reply = platform.respond(
                    Asked(
                        self.command,
                        address.path,
                        dict(parse_qsl(address.query, keep_blank_values=True)),
                        {name.lower(): value for name, value in self.headers.items()},
                        body,
                        tuple(parse_qsl(address.query, keep_blank_values=True)),
                    )
                )
                head = [f"HTTP/1.1 {reply.status} Answer"]
                headers = {**reply.headers}
                if reply.status not in (204, 304):
                    headers.setdefault("Content-Length", str(len(reply.body)))
                head += [f"{name}: {value}" for name, value in headers.items()]
                packet = "\r\n".join(head).encode() + b"\r\n\r\n" + (b"" if self.command == "HEAD" else reply.body)
                platform.bytes_in += len(self.raw_requestline) + len(bytes(self.headers)) + length
                platform.bytes_out += len(packet)
                self.wfile.write(packet)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve  # noqa: N815 - the names it looks for

            @override
            def log_message(self, format: str, *args: object) -> None:
                """Tests read `asked` instead."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Answers nobody any more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
