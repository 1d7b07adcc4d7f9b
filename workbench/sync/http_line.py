"""HttpLine: one exchange at a time with one origin: paced, metered, counted, and every failure a LineError."""

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final
from weakref import WeakSet

import httpx2

from workbench.clock import Clock
from workbench.errors import BadInputError, CancelledError, LineError
from workbench.sync import gate, web_address
from workbench.sync.ahead import IN_FLIGHT
from workbench.sync.cutting import Dial
from workbench.sync.http_dialling import dial_by
from workbench.sync.meter import Meter, Traffic
from workbench.sync.pace import Pace

STALL_SECONDS: Final = 30.0
ASLEEP: Final = timedelta(seconds=60)
CONNECTIONS: Final = IN_FLIGHT + 1
AGENT: Final = "community-workbench"

_BEFORE_SENDING = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)
_TLS_CAUSES: Final = {
    9: gate.Cause.TLS_NOT_YET_VALID,
    10: gate.Cause.TLS_EXPIRED,
    18: gate.Cause.TLS_UNKNOWN_ISSUER,
    19: gate.Cause.TLS_UNKNOWN_ISSUER,
    20: gate.Cause.TLS_UNKNOWN_ISSUER,
    21: gate.Cause.TLS_UNKNOWN_ISSUER,
    62: gate.Cause.TLS_WRONG_HOST,
    64: gate.Cause.TLS_WRONG_HOST,
}
"""OpenSSL's verification codes, each of which gets advice of its own."""

# The libraries log whole addresses and reply headers: neither may reach a log, whatever level somebody sets.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class HttpLine:
    """The connections to one origin, opened with the first request; for the caller's thread and four that run ahead.

    It speaks HTTP/1.1 and keeps connections alive. HTTP/2 would bring nothing here: there are never more than five
    requests at once, a lost packet would hold up all of them instead of one, its header compression leaves out just the
    Authorization that is large, and whether a request left would be less certain.

    `origin` is scheme://host:port of `base`. Cookies live in memory, for this origin alone, and only if
    `keeps_cookies`.
    """

    def __init__(
        self,
        base: httpx2.URL,
        *,
        clock: Clock,
        pace: Pace,
        meter: Meter | None,
        allow_private: bool,
        keeps_cookies: bool,
        transport: httpx2.BaseTransport | None,
    ) -> None:
        self._base, self._clock, self._pace, self._meter = base, clock, pace, meter
        self._allow_private, self._transport = allow_private, transport
        self._jar = CookieJar(None if keeps_cookies else DefaultCookiePolicy(allowed_domains=()))
        self._client: httpx2.Client | None = None
        self._streams: WeakSet[Any] = WeakSet()
        self._dial = Dial()
        self._seen_at = (clock.now(), clock.monotonic())
        self._lock = threading.Lock()
        self.origin = web_address.origin_of(base)
        self.traffic = Traffic()

    def exchange(
        self,
        method: str,
        url: httpx2.URL,
        *,
        headers: Mapping[str, str],
        content: bytes = b"",
        stop: threading.Event | None = None,
        most: int = gate.RAW_CAP,
        in_part: bool = False,
    ) -> gate.Reply:
        """One request and its whole reply, not judged yet, of at most `most` bytes; redirects are not followed.

        Where the line breaks within the body of a success, the reply is what came until then if `in_part`.

        Refuses an address outside the origin (BadInputError), a request too many (BudgetSpentError; PlatformBusyError
        where the pace is minutes away), and with LineError everything between us and a whole reply: with
        `details["left"]` False where not a byte of the request had left. CancelledError once `stop` is set.
        """
        if web_address.origin_of(url) != self.origin:
            web_address.refuse("an address outside this account was asked for", url)
        if self._meter is not None:
            self._meter.allows()
        self._pace.take(url.path.removeprefix(self._base.path).lstrip("/"))
        self._drop_stale_connections()
        _stopped(stop)
        spent = Traffic(requests=1)
        try:
            read = partial(_read, most=most, in_part=in_part)
            return self._sent(method, url, headers=headers, content=content, stop=stop, spent=spent, read=read)
        finally:
            self._count(spent)

    def take_traffic(self) -> Traffic:
        """What went over the wire since this was last asked."""
        with self._lock:
            traffic, self.traffic = self.traffic, Traffic()
        return traffic

    def cookie(self, name: str) -> str | None:
        """The value of a cookie the platform set; None without one."""
        return next((cookie.value for cookie in self._jar if cookie.name == name), None)

    def drop(self) -> None:
        """Drops the connections; what is in flight on them, in whatever thread, ends at once as a cut line.

        Who still waits for a connection hears that there is no answer; nothing has left then.
        """
        self.stop_dialling()
        with self._lock:
            client, self._client = self._client, None
            streams = list(self._streams)
        for stream in streams:
            line = stream.get_extra_info("socket")
            with suppress(OSError):  # closed already
                # Not the method of the TLS socket, which would take its state from under the thread that reads.
                socket.socket.shutdown(line, socket.SHUT_RDWR)
        if client is not None:
            client.close()

    def stop_dialling(self) -> None:
        """Sends away whoever waits for a new connection, and leaves alone what is in flight."""
        self._dial.drop()

    def _sent(
        self,
        method: str,
        url: httpx2.URL,
        *,
        headers: Mapping[str, str],
        content: bytes,
        stop: threading.Event | None,
        spent: Traffic,
        read: Callable[[httpx2.Response], tuple[bytes, bool]],
    ) -> gate.Reply:
        watch = _Watch(partial(self._connected, stop=stop))
        client = self._http()
        request = client.build_request(method, url, content=content or None, extensions={"trace": watch})
        request.headers.update(headers)
        out = _head_bytes(len(method) + len(url.raw_path) + 12, request.headers) + len(content)
        asked_at = self._clock.now()
        try:
            response = client.send(request, stream=True)
            try:
                raw, is_cut = read(response)
            finally:
                spent.bytes_out = out
                spent.bytes_in = response.num_bytes_downloaded + _head_bytes(17, response.headers)
                response.close()
        except httpx2.TransportError as error:
            failure = _line_error(error)
            if not watch.has_left and isinstance(error, _BEFORE_SENDING):
                failure.details["left"] = False
            else:
                spent.bytes_out = out
            raise failure from error
        except RuntimeError as error:  # how the library says that `drop` in another thread came before the request
            if not client.is_closed:
                raise
            failure = gate.line(gate.Cause.CUT, "the line was closed")
            failure.details["left"] = False
            raise failure from error
        named = {name.lower(): value for name, value in response.headers.items()}
        origin = web_address.origin_of(response.url)
        return gate.Reply(response.status_code, self.origin, origin, named, raw, is_cut, asked_at)

    def _count(self, spent: Traffic) -> None:
        with self._lock:
            self.traffic.requests += spent.requests
            self.traffic.bytes_in += spent.bytes_in
            self.traffic.bytes_out += spent.bytes_out
        if self._meter is not None:
            self._meter.note(spent.requests, spent.bytes_in, spent.bytes_out)

    def _http(self) -> httpx2.Client:
        with self._lock:
            if self._client is None:
                self._client = httpx2.Client(
                    transport=self._transport,
                    timeout=httpx2.Timeout(STALL_SECONDS),  # of one connect or one read; a long body may take its time
                    limits=httpx2.Limits(max_connections=CONNECTIONS, keepalive_expiry=60.0),
                    headers={"User-Agent": AGENT, "Accept-Encoding": gate.CODINGS, "Accept": "*/*"},
                    cookies=self._jar,
                    follow_redirects=False,
                )
                if self._transport is None:
                    dial_by(self._client, self._dial)
            return self._client

    def _drop_stale_connections(self) -> None:
        """After the machine slept, connections look open and hang: the wall clock ran on, the other did not."""
        wall, steady = self._clock.now(), self._clock.monotonic()
        passed = timedelta(seconds=steady - self._seen_at[1])
        if abs((wall - self._seen_at[0]) - passed) > ASLEEP:
            self.drop()
        self._seen_at = (wall, steady)

    def _connected(self, stream: Any, *, stop: threading.Event | None) -> None:
        """Looks at the address a name led to, before a byte of the request leaves."""
        self._streams.add(stream)
        try:
            _stopped(stop)
            if not self._allow_private:
                web_address.refuse_peer(self._base, str(stream.get_extra_info("server_addr")[0]))
        except (BadInputError, CancelledError):
            stream.close()  # nobody else knows of it yet
            raise


class _Watch:
    """Follows one request through the layers below: each new connection, and whether a byte of it left."""

    def __init__(self, connected: Callable[[Any], None]) -> None:
        self._connected = connected
        self.has_left = False

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._connected(info["return_value"])
        elif event == "http11.send_request_headers.started":
            self.has_left = True


def _stopped(stop: threading.Event | None) -> None:
    if stop is not None and stop.is_set():
        message = "nobody waits for this any more"
        raise CancelledError(message)


def _read(response: httpx2.Response, *, most: int, in_part: bool) -> tuple[bytes, bool]:
    """The body, and whether that is only its beginning, which must be welcome `in_part`."""
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:19]) > most:
        raise gate.line(gate.Cause.TOO_LARGE, "the reply is larger than we accept")
    raw = bytearray()
    try:
        for piece in response.iter_raw():
            raw += piece
            if len(raw) > most:
                raise gate.line(gate.Cause.TOO_LARGE, "the reply is larger than we accept")
    except httpx2.TransportError:
        if not in_part or response.status_code not in gate.SUCCESS:
            raise
        return bytes(raw), True
    return bytes(raw), False


def _head_bytes(first_line: int, headers: httpx2.Headers) -> int:
    return first_line + 2 + sum(len(name) + len(value) + 4 for name, value in headers.raw)


def _line_error(error: httpx2.TransportError) -> LineError:
    """The LineError of a failed exchange, with its own cause for each way a certificate can be wrong."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return gate.line(
                _TLS_CAUSES.get(seen.verify_code, gate.Cause.TLS), "the certificate of the platform is not right"
            )
        if isinstance(seen, ssl.SSLError):
            return gate.line(gate.Cause.TLS, "no secure connection could be made")
        if isinstance(seen, socket.gaierror):
            return gate.line(gate.Cause.NO_ANSWER, "the name of the platform is not known here")
        seen = seen.__cause__ or seen.__context__
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return gate.line(gate.Cause.NO_ANSWER, "the platform does not answer")
    return gate.line(gate.Cause.CUT, "the line broke during the transfer")
