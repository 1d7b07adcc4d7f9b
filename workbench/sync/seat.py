"""Seat: what a connector is given to work with: its settings, how far to go, and clients for its own addresses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from workbench.clock import Clock
from workbench.errors import BadInputError

if TYPE_CHECKING:
    from workbench.errors import WorkbenchError
    from workbench.sync.api_client import ApiClient
    from workbench.sync.gate import Reply
    from workbench.sync.pace import Limit


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a pull goes: not below `oldest` (None: to the beginning), and without pictures and files if text only."""

    oldest: date | None = None
    is_text_only: bool = False


class OpenClient(Protocol):
    """Makes the client of one origin; `resource` names which of the account's tokens signs its requests."""

    def __call__(
        self,
        root: str,
        *,
        resource: str = "",
        limits: "Sequence[Limit]" = (),
        refusal: "Callable[[Reply], WorkbenchError | None] | None" = None,
        keeps_cookies: bool = False,
    ) -> "ApiClient":
        """Opens nothing yet; refuses an address we would not ask (BadInputError)."""
        ...


@dataclass(frozen=True, slots=True)
class Seat:
    """One account at work. `settings` are what the platform declared and a person filled in, never a secret."""

    base_url: str
    clock: Clock
    client: OpenClient
    settings: Mapping[str, str] = field(default_factory=dict)
    reach: Reach = Reach()

    def setting(self, name: str) -> str:
        """A setting that has to be there; BadInputError when it is empty."""
        value = self.settings.get(name, "").strip()
        if not value:
            message = "a setting of this account is missing"
            raise BadInputError(message, setting=name)
        return value
