"""Desk: where one account signs in: its secrets, its locks, its clock and its wire."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.errors import BadInputError, ProfileBusyError, RetryLaterError, store_error
from workbench.ids import AccountId
from workbench.sync.secrets import SecretStore
from workbench.sync.signin.token import Token
from workbench.sync.signin.waiting import pause

if TYPE_CHECKING:
    import httpx2

    from workbench.sync.meter import Meter
    from workbench.sync.signin.wire import Wire

PREFIX: Final = "signin."
"""Begins the names of what a sign-in got; other secrets of an account were typed by a person."""
RENEWAL_SECONDS: Final = 120.0


def _never_cut(wire: "Wire") -> None:
    _ = wire


@dataclass(frozen=True, slots=True)
class Desk:
    """One account of one profile; `folder` is the profile's, beside which its locks lie.

    `opened` is told of each wire, so that a stop can end what goes over it.
    """

    account_id: AccountId
    secrets: SecretStore
    clock: Clock
    folder: Path
    transport: "httpx2.BaseTransport | None" = None
    meter: "Meter | None" = None
    allow_private: bool = False
    pause: Callable[[float, CancelToken], None] = pause
    opened: Callable[["Wire"], None] = _never_cut

    def wire(self, address: str, *, keeps_cookies: bool = False) -> "Wire":
        """Exchanges with the origin of this address."""
        from workbench.sync.signin.wire import Wire  # noqa: PLC0415 - loads the HTTP client

        wire = Wire(
            address,
            clock=self.clock,
            transport=self.transport,
            meter=self.meter,
            allow_private=self.allow_private,
            keeps_cookies=keeps_cookies,
        )
        self.opened(wire)
        return wire

    def get(self, name: str) -> str | None:
        """What the sign-in keeps under this name."""
        return self.secrets.get(self.account_id, PREFIX + name)

    def put(self, **values: str) -> None:
        """Keeps these together."""
        self.secrets.put_all(self.account_id, {PREFIX + name: value for name, value in values.items()})

    def names(self) -> tuple[str, ...]:
        """What the sign-in keeps, by name."""
        names: Sequence[str] = self.secrets.names(self.account_id)
        return tuple(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))

    def clear(self) -> None:
        """Forgets all of it."""
        self.secrets.forget(self.account_id, *(PREFIX + name for name in self.names()))

    def token(self, name: str) -> Token | None:
        """The stored token of this name."""
        text = self.get(name)
        return None if text is None else Token.load(text)

    @contextmanager
    def renewing(self) -> Iterator[None]:
        """Alone among all threads and processes to renew this account's tokens; waits its turn for two minutes.

        Then refuses with RetryLaterError; the system frees the lock of a process that died.
        """
        with self._alone("renew", RENEWAL_SECONDS, RetryLaterError("another process is renewing this sign-in")):
            yield

    @contextmanager
    def signing_in(self) -> Iterator[None]:
        """The only sign-in of this account; refuses at once (ProfileBusyError) while another window is at it."""
        with self._alone("sign-in", 0, ProfileBusyError("a sign-in to this account is open in another window")):
            yield

    @contextmanager
    def _alone(self, purpose: str, seconds: float, busy: Exception) -> Iterator[None]:
        from filelock import FileLock, Timeout  # noqa: PLC0415 - 50 ms that reading does not need

        # A lock of its own each time: two of them exclude each other within a process as they do across.
        lock = FileLock(self.folder / f"account-{self.account_id}.{purpose}.lock", mode=0o600)
        try:
            lock.acquire(timeout=seconds, poll_interval=0.02)
        except Timeout:
            raise busy from None
        except NotImplementedError as error:
            message = "the file system of the profile's folder cannot lock files"
            raise BadInputError(message) from error
        except OSError as error:
            raise store_error(error) from error
        try:
            yield
        finally:
            lock.release()
