"""Gate: what a reply must pass before anything is parsed; a reply that fails is a broken line, never "empty"."""

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, StrEnum
from typing import NoReturn, TypeVar

from workbench.errors import (
    ForbiddenError,
    LineError,
    NotFoundError,
    PlatformBusyError,
    SignInError,
    SkipStreamError,
    WorkbenchError,
)

INFLATED_CAP = 50_000_000
RAW_CAP = 50_000_000
JSON_DEPTH_CAP = 64
CODINGS = "gzip, deflate"
"""What we ask for: the codings whose end can be checked with what the standard library has."""

_STEP = 1 << 18
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
T = TypeVar("T")


class Cause(StrEnum):
    """Why a LineError happened, kept in `details["cause"]`: it decides whether trying again may help."""

    NO_ANSWER = "no_answer"
    CUT = "cut"
    SERVER = "server"
    BAD_REPLY = "bad_reply"
    TOO_LARGE = "too_large"
    PORTAL = "portal"
    TLS = "tls"
    TLS_NOT_YET_VALID = "tls_not_yet_valid"
    TLS_EXPIRED = "tls_expired"
    TLS_UNKNOWN_ISSUER = "tls_unknown_issuer"
    TLS_WRONG_HOST = "tls_wrong_host"


PASSING = frozenset((Cause.NO_ANSWER, Cause.CUT, Cause.SERVER, Cause.BAD_REPLY))
"""The causes that the same request a little later may not meet."""


class Expect(Enum):
    """The kind of body a request asks for, with the content types that may carry it."""

    JSON = ("application/json", "text/json")
    GZIP = ("application/gzip", "application/x-gzip", "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it came over the wire; `origin` is scheme://host:port of the address that finally answered.

    `headers` have lower-case names; `raw` is the body still in its content coding.
    """

    status: int
    asked_origin: str
    origin: str
    headers: Mapping[str, str]
    raw: bytes

    @property
    def media_type(self) -> str:
        """The content type without parameters, lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def admit(reply: Reply, expect: Expect) -> bytes:
    """The body of a reply that is whole, from the right host and of the right kind, unpacked (a gzip file too).

    Refuses with the error of the status (see `refuse_status`), or with LineError whose `details["cause"]` is
    `portal`, `cut`, `bad_reply` or `too_large`.
    """
    if reply.origin != reply.asked_origin:
        raise portal(reply.origin)
    refuse_status(reply)
    length = reply.headers.get("content-length")
    if length is not None and (not length.isascii() or not length.isdigit() or int(length) != len(reply.raw)):
        raise line(Cause.CUT, "the reply is not as long as announced")
    if reply.media_type not in expect.value:
        if reply.media_type in ("text/html", "application/xhtml+xml") or reply.raw.lstrip()[:1] == b"<":
            raise portal(reply.origin)
        raise line(Cause.BAD_REPLY, f"the reply is {reply.media_type or 'of no stated type'}")
    body = _decoded(reply)
    return inflate(body) if expect is Expect.GZIP else body


def _decoded(reply: Reply) -> bytes:
    coding = reply.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("gzip", "x-gzip"):
        return inflate(reply.raw)
    if coding == "deflate":
        return _inflate(reply.raw, zlib.MAX_WBITS)
    if coding in ("identity", ""):
        return reply.raw
    raise line(Cause.BAD_REPLY, "the reply is in a coding we did not ask for")


def refuse_status(reply: Reply) -> None:
    """Raises the error a status stands for; returns on 200 and other plain success."""
    status = reply.status
    if status in (200, 203):
        return
    seconds = retry_after(reply.headers)
    if status in (429, 503) or (status == 403 and seconds is not None):  # noqa: PLR2004 - a status is its own name
        raise PlatformBusyError(status=status) if seconds is None else PlatformBusyError(status=status, seconds=seconds)
    if status == 511:  # noqa: PLR2004 - network authentication required
        raise portal(reply.origin)
    if status in _STATUS:
        raise _STATUS[status](status=status)
    if 400 <= status < 500 and status not in (408, 425):  # noqa: PLR2004 - the class of statuses that blame us
        raise SkipStreamError(status=status)
    raise LineError(status=status, cause=Cause.SERVER if status >= 500 else Cause.BAD_REPLY)  # noqa: PLR2004 - class


_STATUS: dict[int, type[WorkbenchError]] = {
    401: SignInError,
    403: ForbiddenError,
    404: NotFoundError,
    410: NotFoundError,
}


def line(cause: Cause, reason: str) -> LineError:
    """A LineError that says which of the few causes it has."""
    return LineError(reason, cause=cause)


def portal(origin: str) -> LineError:
    """The error for an answer that came from somebody between us and the platform."""
    return LineError("sign-in page suspected", cause=Cause.PORTAL, host=origin)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the platform asks us to wait, from Retry-After in either of its forms; None when it does not say."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:9]), 86_400 * 31))
    until, now = _http_date(value), _http_date(headers.get("date", ""))
    if until is None or now is None:
        return None
    # Both ends are the server's clock, so that ours being wrong does not matter.
    return max(0.0, (until - now).total_seconds())


def served_at(headers: Mapping[str, str]) -> datetime | None:
    """The server's own clock when it answered."""
    return _http_date(headers.get("date", ""))


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def inflate(raw: bytes, *, cap: int = INFLATED_CAP) -> bytes:
    """The content of a gzip body, every member checked to its CRC and length; refuses cut, damaged and huge ones."""
    return _inflate(raw, zlib.MAX_WBITS | 16, cap=cap)


def _inflate(raw: bytes, wbits: int, *, cap: int = INFLATED_CAP) -> bytes:
    out = bytearray()
    at = 0
    try:
        while True:
            member = zlib.decompressobj(wbits)
            while not member.eof:
                piece = member.unconsumed_tail
                if not piece:
                    piece = raw[at : at + _STEP]
                    at += len(piece)
                got = member.decompress(piece, _STEP)
                out += got
                if len(out) > cap:
                    raise line(Cause.TOO_LARGE, "the reply unpacks to more than we accept")
                if not piece and not got:
                    raise line(Cause.CUT, "the compressed reply ends too early")
            at -= len(member.unused_data)
            while raw[at : at + 1] == b"\0":  # padding some archives put behind the last member
                at += 1
            if at >= len(raw):
                return bytes(out)
    except zlib.error as error:
        raise line(Cause.CUT, "the compressed reply is damaged") from error


def load_json(body: bytes, *, depth: int = JSON_DEPTH_CAP) -> object:
    """The value of a JSON body; refuses bad UTF-8, NaN and infinities, nesting beyond `depth`, and what is not JSON."""
    level = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", body)):
        level += 1 if bracket.group() in b"[{" else -1
        if level > depth:
            raise line(Cause.BAD_REPLY, "the reply is nested too deeply")
    try:
        value: object = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise line(Cause.BAD_REPLY, "the reply is not valid JSON") from error
    return value


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)


def take(item: object, name: str, kind: type[T]) -> T:
    """Field `name` of a JSON object as a `kind`; refuses another shape, so that nothing is read as empty."""
    value = item.get(name) if isinstance(item, dict) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise line(Cause.BAD_REPLY, f"the reply has no {kind.__name__} “{name}”")
    return value
