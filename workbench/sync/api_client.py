"""ApiClient: the only speaker of HTTP; origin-locked, polite, retrying, counted, and gated before parsing."""

import ipaddress
import logging
import random
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Final, NoReturn, Self

import httpx2
import stamina
import stamina.instrumentation

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.errors import BadInputError, LineError, PlatformBusyError
from workbench.sync import gate

STALL_SECONDS: Final = 30.0
LONGEST_WAIT_SECONDS: Final = 120.0
ATTEMPTS: Final = 4
REDIRECTS: Final = 5
ASLEEP: Final = timedelta(seconds=60)
AGENT: Final = "community-workbench"

Query = Mapping[str, str]
Sleep = Callable[[float], None]
Authorize = Callable[[], tuple[str, str]]
"""Gives the name and value of the header that signs a request, asked anew for each one."""

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

# The libraries log whole addresses and reply headers, and stamina announces retries with the error's text: none of
# that may reach a log, whatever level somebody sets for the rest.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)
stamina.instrumentation.set_on_retry_hooks(())


@dataclass(slots=True)
class Traffic:
    """What went over the wire: HTTP bytes with their headers, both ways, of every attempt; TLS framing is not in it."""

    requests: int = 0
    bytes_in: int = 0
    bytes_out: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An admitted reply: its body out of its content coding, and the server's clock when it answered."""

    body: bytes
    served_at: datetime | None


class Bucket:
    """Politeness towards one host: `burst` requests at once, then `per_second`."""

    def __init__(self, clock: Clock, sleep: Sleep, *, per_second: float = 5.0, burst: int = 20) -> None:
        self._clock, self._sleep = clock, sleep
        self._per_second, self._burst = per_second, float(burst)
        self._left, self._at = float(burst), clock.monotonic()

    def take(self) -> None:
        """Waits until one more request is polite."""
        now = self._clock.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            self._sleep((1 - self._left) / self._per_second)
        self._left -= 1


def sleep_until_cancelled(cancel: CancelToken) -> Sleep:
    """A sleep for ApiClient that raises CancelledError within a fifth of a second of a stop."""

    def sleep(seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            cancel.check()
            time.sleep(min(left, 0.2))
        cancel.check()

    return sleep


class ApiClient:
    """GETs under one base address. Opens nothing until the first request; use from one thread at a time.

    Refuses (BadInputError) a base address that is not https, save on loopback, and one that leads to a private,
    link-local or otherwise special network unless `allow_private`. Every other failure is the error `gate` gives.
    """

    def __init__(
        self,
        base_url: str,
        *,
        clock: Clock,
        sleep: Sleep = time.sleep,
        jitter: Callable[[], float] = random.random,
        authorize: Authorize | None = None,
        allow_private: bool = False,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        try:
            self._base = httpx2.URL(base_url.rstrip("/") + "/")
        except httpx2.InvalidURL as error:
            message = "this is not a web address"
            raise BadInputError(message) from error
        self._allow_private = allow_private
        self._clock, self._sleep, self._jitter, self._authorize = clock, sleep, jitter, authorize
        self._transport = transport
        self._client: httpx2.Client | None = None
        self._bucket = Bucket(clock, sleep)
        self._seen_at = (clock.now(), clock.monotonic())
        self.traffic = Traffic()
        self.skew: timedelta | None = None
        """How far the server's clock was ahead of ours at the last answer."""
        refuse_url(self._base, allow_private=allow_private)

    def get(self, path: str, query: Query, *, expect: gate.Expect, attempts: int = ATTEMPTS) -> Answer:
        """The admitted answer to GET `path` (below the base address), tried up to `attempts` times.

        Tries again what a bad line, a server fault or a busy platform may cure; not a TLS failure, a suspected
        sign-in page or a wait longer than two minutes.
        """
        failures = 0

        def wait(error: Exception) -> bool | float:
            nonlocal failures
            failures += 1
            seconds = self._seconds_before_retry(error, failures)
            if seconds is None or failures >= attempts:
                return False
            self._sleep(seconds)  # ours, because a stop must end it and a test must not wait
            return 0.0

        for attempt in stamina.retry_context(on=wait, attempts=attempts, timeout=None):
            with attempt:
                return self._get_once(self._base.join(path).copy_merge_params(dict(query)), expect)
        message = "unreachable: the last attempt returns or raises"
        raise AssertionError(message)

    def take_traffic(self) -> Traffic:
        """What went over the wire since this was last asked."""
        traffic, self.traffic = self.traffic, Traffic()
        return traffic

    def close(self) -> None:
        """Drops the connections; the next request opens new ones."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _seconds_before_retry(self, error: Exception, failures: int) -> float | None:
        backoff = min(60.0, 2.0 ** (failures - 1)) + self._jitter()
        if isinstance(error, PlatformBusyError):
            asked = error.details.get("seconds")
            if asked is None:
                return backoff
            return float(asked) + self._jitter() if float(asked) <= LONGEST_WAIT_SECONDS else None
        if isinstance(error, LineError) and error.details.get("cause") in gate.PASSING:
            return backoff
        return None

    def _get_once(self, url: httpx2.URL, expect: gate.Expect) -> Answer:
        asked = _origin(self._base)
        for _ in range(REDIRECTS + 1):
            reply, target = self._send(url)
            if target is None:
                answer = Answer(gate.admit(reply, expect), gate.served_at(reply.headers))
                self.skew = None if answer.served_at is None else answer.served_at - self._clock.now()
                return answer
            if _origin(target) != asked:
                raise gate.portal(_origin(target))
            url = target
        raise gate.line(gate.Cause.BAD_REPLY, "the platform sends us in a circle")

    def _send(self, url: httpx2.URL) -> tuple[gate.Reply, httpx2.URL | None]:
        """One exchange; the second part is where a redirect leads, which nobody has followed yet."""
        if _origin(url) != _origin(self._base):
            _refuse("an address outside this account was asked for", url)
        self._drop_stale_connections()
        self._bucket.take()
        request = self._http().build_request("GET", url, extensions={"trace": self._check_peer})
        if self._authorize is not None:
            name, value = self._authorize()
            request.headers[name] = value
        self.traffic.requests += 1
        self.traffic.bytes_out += _head_bytes(len(url.raw_path) + 15, request.headers)
        try:
            response = self._http().send(request, stream=True)
            try:
                raw = self._read(response)
            finally:
                self.traffic.bytes_in += response.num_bytes_downloaded + _head_bytes(17, response.headers)
                response.close()
        except httpx2.TransportError as error:
            raise _line_error(error) from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        reply = gate.Reply(response.status_code, _origin(self._base), _origin(response.url), headers, raw)
        location = headers.get("location")
        return reply, url.join(location) if response.status_code in (301, 302, 303, 307, 308) and location else None

    def _read(self, response: httpx2.Response) -> bytes:
        raw = bytearray()
        for piece in response.iter_raw():
            raw += piece
            if len(raw) > gate.RAW_CAP:
                raise gate.line(gate.Cause.TOO_LARGE, "the reply is larger than we accept")
        return bytes(raw)

    def _http(self) -> httpx2.Client:
        if self._client is None:
            self._client = httpx2.Client(
                transport=self._transport,
                timeout=httpx2.Timeout(STALL_SECONDS),  # of one connect or one read; a long body may take its time
                limits=httpx2.Limits(max_connections=2, keepalive_expiry=60.0),
                headers={"User-Agent": AGENT, "Accept-Encoding": gate.CODINGS, "Accept": "*/*"},
                follow_redirects=False,
            )
        return self._client

    def _drop_stale_connections(self) -> None:
        """After the machine slept, connections look open and hang: the wall clock ran on, the other did not."""
        wall, steady = self._clock.now(), self._clock.monotonic()
        passed = timedelta(seconds=steady - self._seen_at[1])
        if abs((wall - self._seen_at[0]) - passed) > ASLEEP:
            self.close()
        self._seen_at = (wall, steady)

    def _check_peer(self, event: str, info: Mapping[str, Any]) -> None:
        """Looks at the address a name led to, before a byte of the request leaves."""
        if event == "connection.connect_tcp.complete":
            line = info["return_value"]
            try:
                if not self._allow_private:
                    refuse_peer(self._base, str(line.get_extra_info("server_addr")[0]))
            except BadInputError:
                line.close()  # nobody else knows of it yet
                raise


def refuse_url(url: httpx2.URL, *, allow_private: bool) -> None:
    """Refuses a typed address: anything but https (http on loopback), sign-in data inside, special networks."""
    if url.scheme not in ("http", "https") or not url.host:
        _refuse("give the web address in full, beginning with https://", url)
    if url.userinfo:
        _refuse("a web address must not contain a name or password", url)
    if url.scheme == "http" and not _is_loopback(url.host):
        _refuse("the address must begin with https://", url)
    if not allow_private and _is_address(url.host):
        refuse_peer(url, url.host)


def refuse_peer(url: httpx2.URL, address: str) -> None:
    """Refuses an IP address that is not public, except loopback where loopback itself was typed."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_loopback and _is_loopback(url.host):
        return
    if not ip.is_global or ip.is_multicast:
        _refuse("this address leads into a private network", url)


def _refuse(reason: str, url: httpx2.URL) -> NoReturn:
    raise BadInputError(reason, host=url.host)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _origin(url: httpx2.URL) -> str:
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{url.scheme}://{host}:{url.port or {'http': 80, 'https': 443}.get(url.scheme, 0)}"


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
