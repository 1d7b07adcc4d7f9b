"""Seat: what a connector is given to work with: its settings, how far to go, and clients for its own addresses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.sync.platform_clock import PlatformClock

if TYPE_CHECKING:
    from workbench.errors import WorkbenchError
    from workbench.sync.api_client import ApiClient
    from workbench.sync.gate import Reply
    from workbench.sync.meter import Meter
    from workbench.sync.pace import Limit
    from workbench.sync.signing import Signer


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a pull goes: not below `oldest` (None: to the beginning), and without pictures and files if text only.

    `file_limit` is how many bytes a file may have whose content is kept; 0 keeps none.
    """

    oldest: date | None = None
    is_text_only: bool = False
    file_limit: int = 0


class OpenClient(Protocol):
    """Makes the client of one origin; `resource` names which of the account's tokens signs its requests.

    A `signer` signs in its place: for a second service, which must not see what opens the first.
    """

    def __call__(
        self,
        root: str,
        *,
        resource: str = "",
        limits: "Sequence[Limit]" = (),
        refusal: "Callable[[Reply], WorkbenchError | None] | None" = None,
        keeps_cookies: bool = False,
        signer: "Signer | None" = None,
    ) -> "ApiClient":
        """Opens nothing yet; refuses an address we would not ask (BadInputError)."""
        ...


def _nothing_typed(name: str) -> str:
    _ = name
    return ""


def _never_cut(cut: Callable[[], None]) -> None:
    _ = cut


@dataclass(frozen=True, slots=True)
class Seat:
    """One account at work. `settings` are what the platform declared and a person filled in, never a secret.

    `secret` answers what was typed in secret under a declared name, "" where nothing was. `meter` is the account's, for
    what goes over another wire than that of the clients; `cuts` is told what a stop has to call, again and again and
    from another thread, to end at once what is on its way there. `theirs` hears the platform's clock.
    """

    base_url: str
    clock: Clock
    client: OpenClient
    settings: Mapping[str, str] = field(default_factory=dict)
    reach: Reach = Reach()
    secret: Callable[[str], str] = _nothing_typed
    meter: "Meter | None" = None
    cuts: Callable[[Callable[[], None]], None] = _never_cut
    theirs: PlatformClock = field(default_factory=PlatformClock)

    def setting(self, name: str) -> str:
        """A setting that has to be there; BadInputError when it is empty."""
        value = self.settings.get(name, "").strip()
        if not value:
            message = "a setting of this account is missing"
            raise BadInputError(message, setting=name)
        return value
