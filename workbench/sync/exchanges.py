"""Exchanges: a request as it is repeated, the answer to it, and what to ask with later whether anything changed."""

import json as json_text
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import httpx2

from workbench.sync import gate

Query = Mapping[str, str]
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """An admitted reply: its body out of its content coding, the server's clock, and headers in lower case.

    `size` are the bytes of the body as they came. `is_cut` says that the body is the beginning of a file whose end did
    not come, which only who asked for it `in_part` has to expect.
    """

    status: int
    body: bytes
    served_at: datetime | None
    headers: Headers
    size: int = 0
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Validators:
    """What a platform gave to ask later whether something changed: its ETag and Last-Modified, as they were sent."""

    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, answer: Answer) -> "Validators":
        """Those of an answer; empty ones ask for everything again."""
        return cls(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


InPart = Callable[[bytes], bool]
"""Whether the beginning of a file is worth having, although its end did not come."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it is repeated: after a redirect, after a renewed sign-in, after a bad line."""

    method: str
    url: httpx2.URL
    expect: gate.Expect
    headers: Headers
    accepts: Collection[int] = gate.SUCCESS
    content: bytes = b""
    most: int = gate.RAW_CAP
    in_part: InPart | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two requests the same one."""
        return self.method, str(self.url), self.expect, tuple(sorted(self.headers.items()))


def target_of(url: httpx2.URL, reply: gate.Reply) -> httpx2.URL | None:
    """Where a redirect leads, which nobody has followed yet."""
    location = reply.headers.get("location")
    if reply.status not in (301, 302, 303, 307, 308) or not location:
        return None
    try:
        return url.join(location)
    except (httpx2.InvalidURL, ValueError) as error:
        raise gate.line(gate.Cause.BAD_REPLY, "the platform sends us to no address") from error


def content_of(
    json: object, form: Query | None = None, content: tuple[str, bytes] | None = None
) -> tuple[Headers, bytes]:
    """The header and bytes of a body in the one form it was given in; none at all without any."""
    if form is not None:
        content = ("application/x-www-form-urlencoded", urlencode(dict(form)).encode("ascii"))
    elif json is not None:
        content = ("application/json", json_text.dumps(json, ensure_ascii=False, separators=(",", ":")).encode())
    return ({}, b"") if content is None else ({"Content-Type": content[0]}, content[1])
