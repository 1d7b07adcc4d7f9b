"""Wire: small exchanges with the address of one sign-in; held to its origin, gated, and with an eye on the clock.

Requests carry passwords and tokens, so nothing is followed or tried again here: an answer of somebody in between, a
page where data was expected, or a cut line is a LineError, which signs nobody out.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlencode

import httpx2

from workbench.clock import Clock
from workbench.errors import BadInputError, ClockError
from workbench.sync import gate, web_address
from workbench.sync.http_line import HttpLine
from workbench.sync.meter import Meter
from workbench.sync.pace import Pace

CLOCK_LIMIT: Final = timedelta(minutes=5)
REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_NO_HEADERS: Final[Mapping[str, str]] = {}

# Both write down whole answers, tokens included, at levels that somebody may turn on for the rest.
for _name in ("msal", "authlib"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers with lower-case names, the body, and where a redirect leads (or "")."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    location: str = field(default="", repr=False)
    is_page: bool = False

    def json(self) -> dict[str, Any]:
        """The JSON object in the body; refuses everything else (LineError)."""
        value = gate.load_json(self.body)
        if not isinstance(value, dict):
            raise gate.line(gate.Cause.BAD_REPLY, "the reply is no JSON object")
        return value


class Wire:
    """One sign-in's exchanges with the origin of `address` and no other. Opens nothing before the first one.

    Refuses (BadInputError) an address that is not https save on loopback, and one that leads into a private network
    unless `allow_private`. Cookies stay in memory, and only if `keeps_cookies`.
    """

    def __init__(
        self,
        address: str,
        *,
        clock: Clock,
        transport: httpx2.BaseTransport | None = None,
        meter: Meter | None = None,
        allow_private: bool = False,
        keeps_cookies: bool = False,
    ) -> None:
        self._clock = clock
        self._line = HttpLine(
            web_address.base_of(address, allow_private=allow_private),
            clock=clock,
            pace=Pace(clock),
            meter=meter,
            allow_private=allow_private,
            keeps_cookies=keeps_cookies,
            transport=transport,
        )
        self.skew: timedelta | None = None
        """How far the server's clock was ahead of ours at the last answer."""

    def send(
        self,
        method: str,
        address: str,
        *,
        form: Mapping[str, str] | bytes = b"",
        headers: Mapping[str, str] = _NO_HEADERS,
    ) -> Answer:
        """One exchange that ended in a whole answer below 500; what is in it, the caller looks at.

        `form` is sent form-encoded, or as it is where it is bytes.
        """
        try:
            url = httpx2.URL(address)
        except httpx2.InvalidURL as error:
            message = "this is not a web address"
            raise BadInputError(message) from error
        named = {**(_FORM if form else {}), "Accept": "application/json", **headers}
        content = form if isinstance(form, bytes) else urlencode(form).encode()
        reply = self._line.exchange(method, url, headers=named, content=content)
        if reply.status >= 500 or reply.status == 429:  # noqa: PLR2004 - a status is its own name
            gate.refuse_status(reply)
        served = gate.served_at(reply.headers)
        self.skew = self.skew if served is None else served - self._clock.now()
        location = reply.headers.get("location", "") if reply.status in REDIRECTS else ""
        return Answer(
            reply.status,
            reply.headers,
            b"" if method == "HEAD" else gate.body_of(reply),
            str(url.join(location)) if location else "",
            is_page=gate.is_page(reply),
        )

    def data(
        self,
        method: str,
        address: str,
        *,
        form: Mapping[str, str] | bytes = b"",
        headers: Mapping[str, str] = _NO_HEADERS,
    ) -> Answer:
        """An exchange that must end in a JSON object, be it the platform's refusal.

        A page or a redirect comes from somebody in between: LineError, whatever its status.
        """
        answer = self.send(method, address, form=form, headers=headers)
        if answer.location or answer.is_page:
            raise gate.portal(web_address.origin_of(httpx2.URL(answer.location or address)))
        answer.json()
        return answer

    def cookie(self, name: str) -> str | None:
        """The value of a cookie the platform set; None without one."""
        return self._line.cookie(name)

    def check_clock(self) -> None:
        """Raises ClockError when the last answer showed that our clock is more than five minutes off."""
        if self.skew is not None and abs(self.skew) > CLOCK_LIMIT:
            message = "the clock of this computer is wrong"
            raise ClockError(message, seconds=round(self.skew.total_seconds()))

    def stop_dialling(self) -> None:
        """Sends away whoever waits for a connection; what has left goes on to its end."""
        self._line.stop_dialling()

    def close(self) -> None:
        """Drops the connections; the next exchange opens new ones. From another thread, it cuts what is in flight."""
        self._line.drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
