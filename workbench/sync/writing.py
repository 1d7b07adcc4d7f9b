"""Writing: what the answer to something we sent makes certain: accepted, refused, not accepted now, or unknown."""

import json
import re
from collections.abc import Collection, Iterator
from typing import Final

from workbench.errors import ConflictError, LineError, PlatformBusyError, RefusedError, SignInError, UnsettledError
from workbench.sync import gate
from workbench.sync.html_text import clean_html, html_text

SAID_CAP: Final = 200

_SPACE = re.compile(r"\s+")
_SAYING = ("errors", "error", "error_description", "detail", "message", "title", "base", "response")


def settled(reply: gate.Reply, expect: gate.Expect, *, accepts: Collection[int]) -> bytes:
    """The body of the answer to a write that was accepted with one of the statuses `accepts`.

    Everything else is raised as what it makes certain. Not accepted: SignInError (401), PlatformBusyError (429; 403
    and 503 that name a time), RefusedError (other 4xx, with the platform's words in `details["said"]`). Perhaps
    accepted: ConflictError (409) and UnsettledError (408, 425, 5xx, redirects, an answer that is not whole, and
    pages of whoever stands between us and the platform).
    """
    status = reply.status
    try:
        if status in accepts:
            return gate.admit(reply, expect, accepts=accepts)
        is_platform = reply.origin == reply.asked_origin and (expect is gate.Expect.HTML or not gate.is_page(reply))
        told = said(reply) if is_platform else ""
    except LineError as error:
        raise unsettled(error, status=status) from error
    if is_platform:
        _refuse(reply, told)
    message = "the answer does not say whether it arrived"
    raise UnsettledError(message, status=status)


def _refuse(reply: gate.Reply, told: str) -> None:
    status, seconds = reply.status, gate.retry_after(reply.headers)
    if status == 401:  # noqa: PLR2004 - a status is its own name
        raise SignInError(status=status)
    if status == 429 or (status in (403, 503) and seconds is not None):  # noqa: PLR2004 - as above
        raise PlatformBusyError(status=status) if seconds is None else PlatformBusyError(status=status, seconds=seconds)
    if status == 409:  # noqa: PLR2004 - as above
        message = "the platform says that it is there already"
        raise ConflictError(message, status=status, said=told)
    if 400 <= status < 500 and status not in (408, 425):  # noqa: PLR2004 - the class of statuses that blame us
        message = f"{status}, {_SENTENCES.get(status, 'the platform does not accept it')}"
        raise RefusedError(message, status=status, said=told)


_SENTENCES: Final = {
    403: "this account may not post there",
    404: "the place it belongs to is gone",
    410: "the place it belongs to is gone",
    413: "it is too long",
    422: "the platform does not accept its content",
}


def unsettled(error: LineError, **details: str | int) -> UnsettledError:
    """The UnsettledError of a line that broke after the first byte left."""
    return UnsettledError(error.reason, cause=str(error.details.get("cause", "")), **details)


def said(reply: gate.Reply) -> str:
    """What a platform says in an error, as one line of at most 200 characters: its JSON's sentences, or its text.

    Empty where it says nothing. Refuses (LineError) a body that did not arrive whole.
    """
    body = gate.body_of(reply)[: 1 << 16]
    text = body.decode("utf-8", "replace")
    if reply.media_type.endswith("json"):
        try:
            text = " ".join(dict.fromkeys(_sentences(json.loads(body))))
        except (ValueError, RecursionError):
            text = ""
    elif text.lstrip().startswith("<"):
        text = html_text(clean_html(text))
    text = _SPACE.sub(" ", "".join(sign if sign.isprintable() else " " for sign in text)).strip()
    return text if len(text) <= SAID_CAP else text[: SAID_CAP - 1] + "…"


def _sentences(value: object) -> Iterator[str]:
    """The strings under the names that platforms use for what went wrong, at whatever depth they keep them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _sentences(item)
    elif isinstance(value, dict):
        for name in _SAYING:
            if name in value:
                yield from _sentences(value[name])
