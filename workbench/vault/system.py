"""Vault: the key in the system's own vault, through backends named here and no others."""

import queue
import secrets
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar, cast

from workbench.errors import KeyMissingError, WorkbenchError
from workbench.vault.card import KeyKind
from workbench.vault.source import KEY_BYTES

SERVICE = "Community Workbench"
SECONDS = 10.0

# keyring's own choice would take a plain text file, or one that asks on the terminal, where there is nothing better.
_PINNED = {
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
}
_PINNED_ELSEWHERE = (("keyring.backends.SecretService", "Keyring"), ("keyring.backends.kwallet", "DBusKeyring"))

T = TypeVar("T")


class Backend(Protocol):
    """The two calls made of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret kept, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps the secret."""
        ...


@dataclass(frozen=True, slots=True)
class Vault:
    """One entry per profile, named by its instance. `backend` is chosen among the pinned ones when not handed in.

    Every failure, also a vault that is locked or silent for `seconds`, is a KeyMissingError: the caller can offer a
    passphrase or a key file instead.
    """

    backend: Backend | None = None
    seconds: float = SECONDS
    kind: ClassVar[KeyKind] = KeyKind.VAULT

    def make(self, profile: Path, instance: str) -> bytes:  # noqa: ARG002 - the entry is named by the instance
        """A new key, stored and read back."""
        key = secrets.token_bytes(KEY_BYTES)

        def store() -> bool:
            backend = self.backend or pinned_backend()
            backend.set_password(SERVICE, instance, key.hex())
            return backend.get_password(SERVICE, instance) == key.hex()

        if not _within(self.seconds, store):
            message = "the vault did not keep the key"
            raise KeyMissingError(message, kind=self.kind.value)
        return key

    def unlock(self, profile: Path, instance: str) -> bytes:  # noqa: ARG002 - as above
        """The key stored for this profile."""
        text = _within(self.seconds, lambda: (self.backend or pinned_backend()).get_password(SERVICE, instance))
        try:
            key = bytes.fromhex(text or "")
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            message = "the vault has no key for this profile"
            raise KeyMissingError(message, kind=self.kind.value)
        return key


def pinned_backend() -> Backend:
    """The first pinned backend that works here; KeyMissingError where none does. It talks to the system."""
    for module, name in _PINNED.get(sys.platform, _PINNED_ELSEWHERE):
        try:
            backend = getattr(import_module(module), name)
            if backend.priority > 0:
                return cast("Backend", backend())
        # Not installed, no bus, no service: each backend says it in its own way; the next one is tried.
        except Exception:  # noqa: BLE001, S112 - as said above
            continue
    message = "this computer offers no vault"
    raise KeyMissingError(message, kind=KeyKind.VAULT.value)


def _within(seconds: float, call: Callable[[], T]) -> T:
    """The answer of `call`, made in a thread that is left behind when it takes longer."""
    answers: queue.Queue[tuple[bool, Any]] = queue.Queue(maxsize=1)

    def run() -> None:
        try:
            answers.put((True, call()))
        except Exception as error:  # noqa: BLE001 - handed to the thread that asked
            answers.put((False, error))

    threading.Thread(target=run, name="vault", daemon=True).start()
    try:
        is_answer, value = answers.get(timeout=seconds)
    except queue.Empty as error:
        message = "the vault did not answer; it may be locked"
        raise KeyMissingError(message, kind=KeyKind.VAULT.value) from error
    if is_answer:
        return cast("T", value)
    if isinstance(value, WorkbenchError):
        raise value
    message = "the vault refused"
    raise KeyMissingError(message, kind=KeyKind.VAULT.value) from value
