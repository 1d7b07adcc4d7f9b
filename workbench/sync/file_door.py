"""FileDoor: brings one attached file over the line; what signs an account's requests never reaches another host."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

import httpx2

from workbench.errors import LineError, SkipStreamError
from workbench.sync.causes import Cause, line
from workbench.sync.gate import Expect
from workbench.sync.signing import Fixed
from workbench.sync.web_address import origin_of

if TYPE_CHECKING:
    from workbench.sync.api_client import ApiClient
    from workbench.sync.seat import OpenClient

HOPS: Final = 4
ATTEMPTS: Final = 2
_NOBODY: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file that came whole. `media_type` is what its server says, empty where it does not."""

    content: bytes
    media_type: str


@runtime_checkable
class FileHolder(Protocol):
    """A connector whose platform keeps files at addresses of their own."""

    def file(self, address: str, *, most: int, may_leave: bool = False) -> FetchedFile:
        """See `FileDoor.fetch`."""
        ...


class FileDoor:
    """Asks `client`, the account's own, for files of its origin, and an unsigned one for what lies elsewhere."""

    def __init__(self, client: "ApiClient", open_client: "OpenClient") -> None:
        self._client, self._open = client, open_client
        self._plain: dict[str, ApiClient] = {}

    def fetch(self, address: str, *, most: int, may_leave: bool = False) -> FetchedFile:
        """The file at `address`, which may be a path of the platform, if it has at most `most` bytes.

        Where the platform itself sends us on to another host, that is asked without our signature. An address a message
        names on another host is only asked with `may_leave`, that is when a person asked for it: whoever wrote the
        message would learn that we read it. Refuses that (SkipStreamError, `details["elsewhere"]` is the host), a file
        that is too large (LineError with the cause `too_large`), and as the gate does; a page in its place is no file.
        """
        url = self._client.address_of(address)
        is_ours = self._client.holds(url)
        if not is_ours and not may_leave:
            message = "the file lies on another host"
            raise SkipStreamError(message, elsewhere=url.host)
        for _ in range(HOPS):
            client = self._client if is_ours else self._unsigned(url)
            answer = client.get(str(url), {}, expect=Expect.FILE, attempts=ATTEMPTS, most=most)
            if answer.status == 200:  # noqa: PLR2004 - a status is its own name
                if len(answer.body) > most:
                    raise line(Cause.TOO_LARGE, "the file is larger than we accept")
                media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
                return FetchedFile(answer.body, media_type)
            url = url.join(answer.headers["location"])
            # Whoever was asked without our signature cannot get it by sending us back.
            is_ours = is_ours and self._client.holds(url)
        raise line(Cause.BAD_REPLY, "the platform sends us in a circle")

    def _unsigned(self, url: httpx2.URL) -> "ApiClient":
        origin = origin_of(url)
        if origin not in self._plain:
            self._plain[origin] = self._open(f"{origin}/", signer=Fixed(_NOBODY))
        return self._plain[origin]


def is_too_large(error: Exception) -> bool:
    """Whether a file was refused for its size alone."""
    return isinstance(error, LineError) and error.details.get("cause") == Cause.TOO_LARGE
