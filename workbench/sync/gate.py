"""Gate: what a reply must pass before anything is parsed; a reply that fails is a broken line, never "empty"."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum
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
from workbench.sync.causes import PASSING, Cause, line, portal
from workbench.sync.codings import CODINGS, INFLATED_CAP, decoded, inflate, inflated_part
from workbench.sync.xml_text import parse_xml

__all__ = [
    "CODINGS", "INFLATED_CAP", "PASSING", "RAW_CAP", "Cause", "Expect", "Reply",
    "admit", "body_of", "inflate", "is_page", "line", "load_json", "parse_xml", "part_of", "portal",
    "refuse_status", "retry_after", "served_at", "skew_of", "take",
]  # fmt: skip

RAW_CAP = 50_000_000
JSON_DEPTH_CAP = 64
SUCCESS = frozenset((200, 203))
WITHOUT_BODY = frozenset((204, 205, 304))

_PAGE_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html\b)", re.IGNORECASE)
T = TypeVar("T")


class Expect(Enum):
    """The kind of body a request asks for, with the content types that may carry it."""

    JSON = ("application/json", "text/json")
    JSONAPI = ("application/vnd.api+json", "application/json")
    GZIP = ("application/gzip", "application/x-gzip", "application/octet-stream")
    ATOM = ("application/atom+xml", "application/atomcat+xml", "application/xml", "text/xml")
    TEXT = ("text/plain",)
    CSV = ("text/csv", "application/csv")
    HTML = ("text/html", "application/xhtml+xml")
    FILE = ("*/*",)
    """Anything but a web page: what people attach to messages."""
    NOTHING = ()
    """No body: 204, or a success with nothing in it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it came over the wire; `origin` is scheme://host:port of the address that finally answered.

    `headers` have lower-case names; `raw` is the body still in its content coding, as far as it came if `is_cut`.
    `asked_at` is what our own clock said when the request left.
    """

    status: int
    asked_origin: str
    origin: str
    headers: Mapping[str, str]
    raw: bytes
    is_cut: bool = False
    asked_at: datetime | None = None

    @property
    def media_type(self) -> str:
        """The content type without parameters, lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def admit(reply: Reply, expect: Expect, *, accepts: Collection[int] = SUCCESS) -> bytes:
    """The body of a reply that is whole, from the right host and of the right kind, unpacked (a gzip file too).

    A status that has no body (204, 205, 304) gives b"" where `accepts` has it. Refuses with the error of the status
    (see `refuse_status`), or with LineError whose `details["cause"]` is `portal`, `cut`, `bad_reply` or `too_large`.
    """
    if reply.origin != reply.asked_origin:
        raise portal(reply.origin)
    if reply.status == 401 and expect is not Expect.HTML and is_page(reply):  # noqa: PLR2004 - a status is its own name
        raise portal(reply.origin)  # a platform that answers so says it by its own reading of errors
    if not (reply.status in accepts or (expect is Expect.NOTHING and reply.status in WITHOUT_BODY - {304})):
        refuse_status(reply)
    if reply.status in WITHOUT_BODY:
        return b""
    body = body_of(reply)
    if expect is Expect.NOTHING and not body.strip():
        return b""
    if reply.media_type not in expect.value:
        if is_page(reply):
            raise portal(reply.origin)
        if expect is Expect.FILE:
            return body
        raise line(Cause.BAD_REPLY, f"the reply is {reply.media_type or 'of no stated type'}")
    if expect in (Expect.TEXT, Expect.CSV, Expect.ATOM) and _PAGE_START.match(body):
        raise portal(reply.origin)
    return inflate(body) if expect is Expect.GZIP else body


def part_of(reply: Reply, expect: Expect) -> bytes:
    """What came of a gzip file that was cut on its way; empty where the reply was none, or gives nothing yet."""
    is_file = expect is Expect.GZIP and reply.status in SUCCESS and reply.origin == reply.asked_origin
    is_plain = reply.headers.get("content-encoding", "identity").strip().lower() in ("identity", "")
    return inflated_part(reply.raw) if is_file and is_plain and reply.media_type in expect.value else b""


def body_of(reply: Reply) -> bytes:
    """The body out of its content coding, whatever the status; refuses (LineError) what is not as long as announced."""
    if reply.is_cut:
        raise line(Cause.CUT, "the line broke during the transfer")
    length = reply.headers.get("content-length")
    if length is not None and (not length.isascii() or not length.isdigit() or int(length) != len(reply.raw)):
        raise line(Cause.CUT, "the reply is not as long as announced")
    return decoded(reply.raw, reply.headers.get("content-encoding", ""))


def is_page(reply: Reply) -> bool:
    """Whether there is a web page in the reply: HTML by its type, or by its look where the type says nothing of XML."""
    if not reply.raw.strip():
        return False
    return reply.media_type in Expect.HTML.value or (
        not reply.media_type.endswith("xml") and reply.raw.lstrip()[:1] == b"<"
    )


def refuse_status(reply: Reply) -> None:
    """Raises the error a status stands for; returns on 200 and other plain success."""
    status = reply.status
    if status in SUCCESS:
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


def skew_of(reply: Reply, *, now: datetime) -> timedelta | None:
    """How far the server's clock is ahead of ours, `now` being what ours says since the reply is here.

    A reply takes its time, and the server's moment lies somewhere within: what may be the length of the way is not
    held against a clock. What a cache adds (`age`) is added. None where the server tells no time.
    """
    served = served_at(reply.headers)
    if served is None:
        return None
    age = reply.headers.get("age", "").strip()
    served += timedelta(seconds=min(int(age), 10**6)) if age.isascii() and age.isdigit() else timedelta()
    least, most = served - now, served + timedelta(seconds=1) - (reply.asked_at or now)
    return max(least, min(most, timedelta()))


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def load_json(body: bytes, *, depth: int = JSON_DEPTH_CAP) -> object:
    """The value of a JSON body; refuses bad UTF-8, NaN and infinities, nesting beyond `depth`, and what is not JSON."""
    try:
        value: object = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError as error:
        raise line(Cause.BAD_REPLY, "the reply is nested too deeply") from error
    except ValueError as error:
        raise line(Cause.BAD_REPLY, "the reply is not valid JSON") from error
    if _is_deeper(value, depth):
        raise line(Cause.BAD_REPLY, "the reply is nested too deeply")
    return value


def _is_deeper(value: object, depth: int) -> bool:
    """Whether lists and objects stand more than `depth` within one another; looked at level by level."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(depth):
        # The exact types: a parser makes no others, and this looks at every value of a reply.
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return bool(level)


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)


def take(item: object, name: str, kind: type[T]) -> T:
    """Field `name` of a JSON object as a `kind`; refuses another shape, so that nothing is read as empty."""
    value = item.get(name) if isinstance(item, dict) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise line(Cause.BAD_REPLY, f"the reply has no {kind.__name__} “{name}”")
    return value
