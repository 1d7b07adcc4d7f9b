"""ApiClient: the only speaker of HTTP; origin-locked, polite, retrying, counted, and gated before parsing."""

import random
import time
from collections.abc import Callable, Collection
from concurrent.futures import CancelledError as FutureCancelledError
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event
from types import TracebackType
from typing import Final, Self

import httpx2
import stamina
import stamina.instrumentation

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.errors import CancelledError, LineError, PlatformBusyError, SignInError, WorkbenchError
from workbench.progress import Wait
from workbench.sync import gate, web_address, writing
from workbench.sync.ahead import Ahead
from workbench.sync.exchanges import Answer, Headers, InPart, Query, Request, Validators, content_of, target_of
from workbench.sync.http_line import HttpLine
from workbench.sync.meter import Meter, Traffic
from workbench.sync.pace import LONGEST_WAIT_SECONDS, Pace, Sleep
from workbench.sync.signing import Signer

__all__ = [
    "ACCEPTED", "ATTEMPTS", "Answer", "ApiClient", "Clocks", "Headers", "Query", "Refusal", "Validators", "Waits",
    "sleep_until_cancelled",
]  # fmt: skip

ATTEMPTS: Final = 4
REDIRECTS: Final = 5
ACCEPTED: Final = (200, 201, 202, 204)

Waits = Callable[[float, Wait], None]
"""Is told of each wait before it begins: its seconds, and why."""

Clocks = Callable[[timedelta], object]
"""Is told with each answer how far the server's clock is ahead of ours."""

Refusal = Callable[[gate.Reply], WorkbenchError | None]
"""A platform's own reading of its errors (status 400 and above); None leaves a reply to the common table.

It also sees pages of a sign-in portal: it answers only what it recognises. A SignInError, given back or raised, lets
the signer renew once. `gate.body_of(reply)` is the unpacked body, `writing.said(reply)` its words.
"""

# Announces retries with the error's text, which may not reach a log.
stamina.instrumentation.set_on_retry_hooks(())


@dataclass(slots=True)
class _Turn:
    """What a request may still do in all its attempts together."""

    may_renew: bool = True
    stop: Event | None = None


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
    """Requests under one base address. Opens nothing until the first one; use from one thread at a time.

    `signer` signs every request, `pace` holds the platform's limits and `meter` the account's, `refusal` reads the
    platform's errors before the common table does, `waits` hears of each wait before a retry, `clocks` of the server's
    time. `is_eager` says whether `ahead` uses threads: by default only on a real line, so that a test with a
    `transport` of its own sees one request after the other, in the order of `get`.

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
        signer: Signer | None = None,
        pace: Pace | None = None,
        meter: Meter | None = None,
        refusal: Refusal | None = None,
        waits: Waits | None = None,
        clocks: Clocks | None = None,
        keeps_cookies: bool = False,
        is_eager: bool | None = None,
        allow_private: bool = False,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._base = web_address.base_of(base_url, allow_private=allow_private)
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._signer, self._refusal, self._waits, self._clocks = signer, refusal, waits, clocks
        self._line = HttpLine(
            self._base,
            clock=clock,
            pace=pace or Pace(clock, sleep=sleep),
            meter=meter,
            allow_private=allow_private,
            keeps_cookies=keeps_cookies,
            transport=transport,
        )
        self._is_eager = transport is None if is_eager is None else is_eager
        self._ahead: Ahead[Answer] = Ahead()
        self.skew: timedelta | None = None
        """How far the server's clock was ahead of ours at the last answer that told its time."""

    @property
    def traffic(self) -> Traffic:
        """What went over the wire since `take_traffic` was last asked."""
        return self._line.traffic

    def take_traffic(self) -> Traffic:
        """What went over the wire since this was last asked, with what `ahead` fetched meanwhile."""
        return self._line.take_traffic()

    def below(self, link: str) -> str:
        """A platform's link as one of our own origin, whatever host it names; see `web_address.below`."""
        return web_address.below(self._base, link)

    def address_of(self, link: str) -> httpx2.URL:
        """A link as a whole address, read from the base; refuses (BadInputError) what is none."""
        try:
            return self._base.join(link)
        except (httpx2.InvalidURL, ValueError) as error:
            web_address.refuse("a link of the platform cannot be read", self._base, error)

    def holds(self, url: httpx2.URL) -> bool:
        """Whether an address lies at the origin of this client, which alone may see what signs its requests."""
        return web_address.origin_of(url) == self._line.origin

    def cookie(self, name: str) -> str | None:
        """The value of a cookie the platform set in this client; None without one, or without `keeps_cookies`."""
        return self._line.cookie(name)

    def get(
        self,
        path: str,
        query: Query,
        *,
        expect: gate.Expect,
        headers: Headers | None = None,
        known: Validators | None = None,
        attempts: int = ATTEMPTS,
        most: int = gate.RAW_CAP,
        in_part: InPart | None = None,
    ) -> Answer:
        """The admitted answer to GET `path`, which is below the base address, or a whole link of the same origin.

        With `known`, status 304 and no body say that nothing changed since. Takes the answer `ahead` began to fetch.
        With `in_part`, a gzip file that is cut on its way is an answer too, if that finds its beginning worth having.
        A reply of more than `most` bytes is refused. Of a file, a redirect to another origin is an answer: its body is
        empty, and nobody has followed it.

        Tries up to `attempts` times what a bad line, a server fault or a busy platform may cure; not a TLS failure, a
        suspected sign-in page or a wait longer than two minutes. A 401 of the platform itself is tried again once, if
        the signer has something newer by then.
        """
        conditions = known.headers() if known is not None else {}
        accepts = gate.SUCCESS | {304} if conditions else gate.SUCCESS
        sent = {**(headers or {}), **conditions}
        request = Request("GET", self._url(path, query), expect, sent, accepts, most=most, in_part=in_part)
        return self._retried(request, attempts)

    def ahead(
        self,
        path: str,
        query: Query,
        *,
        expect: gate.Expect,
        headers: Headers | None = None,
        in_part: InPart | None = None,
    ) -> None:
        """Begins a GET in the background; the next `get` of the same path, query, kind and headers takes its answer.

        What goes wrong counts there as the first attempt. Four run at once and a few more wait, so that a walk which
        knows its next pages may ask for them after each answer; `close` ends them. Never called for a platform that
        wants one question after the other.
        """
        if self._is_eager:
            request = Request("GET", self._url(path, query), expect, headers or {}, in_part=in_part)
            self._ahead.start(request.key, lambda stop: self._read(request, _Turn(stop=stop)))

    def ask(
        self,
        path: str,
        query: Query,
        *,
        json: object,
        expect: gate.Expect,
        headers: Headers | None = None,
        attempts: int = ATTEMPTS,
    ) -> Answer:
        """The answer to a POST of `json` that only reads, tried again like `get`."""
        typed, body = content_of(json)
        sent = {**typed, **(headers or {})}
        return self._retried(Request("POST", self._url(path, query), expect, sent, content=body), attempts)

    def send(
        self,
        method: str,
        path: str,
        query: Query,
        *,
        json: object = None,
        form: Query | None = None,
        content: tuple[str, bytes] | None = None,
        expect: gate.Expect,
        headers: Headers | None = None,
        accepts: Collection[int] = ACCEPTED,
    ) -> Answer:
        """The answer to a write, which is sent once; its body is `json`, `form` or `content` (media type and bytes).

        `headers` come last, so that they may name another media type. Redirects are never followed; a status in
        `accepts` is an answer whatever it is. Only a 401 of the platform, which accepted nothing, is followed by a
        second try, if the signer has something newer by then.

        What it raises says what is certain. Not accepted: LineError (`details["left"]` is False: nothing left, or
        nothing but a refused sign-in), SignInError, PlatformBusyError, BudgetSpentError, RefusedError, and what
        `refusal` answers. Perhaps accepted: UnsettledError, ConflictError.
        """
        typed, body = content_of(json, form, content)
        request = Request(method, self._url(path, query), expect, {**typed, **(headers or {})}, accepts, body)
        try:
            return self._written(request, _Turn())
        except LineError as error:
            error.details["left"] = False
            raise

    def close(self) -> None:
        """Drops the connections; the next request opens new ones.

        May be called from another thread to end what is in flight: that request raises LineError at once.
        """
        self._ahead.cancel(self._line.drop)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _url(self, path: str, query: Query) -> httpx2.URL:
        url = self._base.join(path)
        return url.copy_merge_params(dict(query)) if query else url  # a link's query stays as it was written

    def _retried(self, request: Request, attempts: int) -> Answer:
        failures, turn = 0, _Turn()

        def wait(error: Exception) -> bool | float:
            nonlocal failures
            failures += 1
            seconds = self._seconds_before_retry(error, failures)
            if seconds is None or failures >= attempts:
                return False
            if self._waits is not None:
                self._waits(seconds, Wait.ASKED if isinstance(error, PlatformBusyError) else Wait.LINE)
            self._sleep(seconds)  # ours, because a stop must end it and a test must not wait
            return 0.0

        for attempt in stamina.retry_context(on=wait, attempts=attempts, timeout=None):
            with attempt:
                return self._begun(request) or self._read(request, turn)
        message = "unreachable: the last attempt returns or raises"
        raise AssertionError(message)

    def _begun(self, request: Request) -> Answer | None:
        """What `ahead` fetched for this request, once it is there; None where nothing was begun."""
        job = self._ahead.take(request.key)
        try:
            return None if job is None else job.result()
        except FutureCancelledError as error:  # `close` in another thread
            raise CancelledError(str(error)) from error

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

    def _read(self, request: Request, turn: _Turn) -> Answer:
        """One attempt, with the redirects inside the origin it is sent through."""
        url = request.url
        for _ in range(REDIRECTS + 1):
            signed = self._signed()
            reply = self._exchange(request, url, signed, turn)
            target = target_of(url, reply)
            if target is None:
                try:
                    self._refuse_as_platform(reply, request)
                    return self._admitted(reply, request)
                except SignInError:
                    if not self._has_newer(signed, turn):
                        raise
            elif not self.holds(target):
                if request.expect is gate.Expect.FILE:
                    return self._answer(reply, b"")
                raise gate.portal(web_address.origin_of(target))
            elif request.content and reply.status not in (307, 308):
                raise gate.line(gate.Cause.BAD_REPLY, "the platform sends a question elsewhere without its content")
            else:
                url = target
        raise gate.line(gate.Cause.BAD_REPLY, "the platform sends us in a circle")

    def _admitted(self, reply: gate.Reply, request: Request) -> Answer:
        try:
            return self._answer(reply, gate.admit(reply, request.expect, accepts=request.accepts))
        except LineError as error:
            if request.in_part is None or error.details.get("cause") != gate.Cause.CUT:
                raise
            part = gate.part_of(reply, request.expect)
            if not request.in_part(part):
                raise
            return replace(self._answer(reply, part), is_cut=True)

    def _written(self, request: Request, turn: _Turn) -> Answer:
        while True:
            signed = self._signed()
            try:
                reply = self._exchange(request, request.url, signed, turn)
                self._refuse_as_platform(reply, request)
                return self._answer(reply, writing.settled(reply, request.expect, accepts=request.accepts))
            except LineError as error:
                if error.details.get("left") is False:
                    raise
                raise writing.unsettled(error) from error
            except SignInError:
                if not self._has_newer(signed, turn):
                    raise

    def _exchange(self, request: Request, url: httpx2.URL, signed: Headers, turn: _Turn) -> gate.Reply:
        headers = {**request.headers, **signed}
        return self._line.exchange(
            request.method,
            url,
            headers=headers,
            content=request.content,
            stop=turn.stop,
            most=request.most,
            in_part=request.in_part is not None,
        )

    def _signed(self) -> Headers:
        return {} if self._signer is None else dict(self._signer.headers())

    def _has_newer(self, refused: Headers, turn: _Turn) -> bool:
        if self._signer is None or not turn.may_renew:
            return False
        turn.may_renew = False
        return self._signer.renew(refused)

    def _refuse_as_platform(self, reply: gate.Reply, request: Request) -> None:
        is_error = reply.status >= 400 and reply.status not in request.accepts  # noqa: PLR2004 - the classes of errors
        if self._refusal is not None and is_error and reply.origin == reply.asked_origin:
            error = self._refusal(reply)
            if error is not None:
                raise error

    def _answer(self, reply: gate.Reply, body: bytes) -> Answer:
        answer = Answer(reply.status, body, gate.served_at(reply.headers), reply.headers, len(reply.raw))
        skew = gate.skew_of(reply, now=self._clock.now())
        if skew is not None:
            self.skew = skew
            if self._clocks is not None:
                self._clocks(skew)
        return answer
