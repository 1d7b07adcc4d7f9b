"""KeyFile: a key in a file of its owner's, for machines without a vault and nobody to ask."""

import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from workbench.errors import BadInputError, KeyMissingError, WrongKeyError, store_error
from workbench.vault.card import KeyKind
from workbench.vault.source import KEY_BYTES


@dataclass(frozen=True, slots=True)
class KeyFile:
    """64 hexadecimal digits in a file that only its owner may read."""

    path: Path
    kind: ClassVar[KeyKind] = KeyKind.KEY_FILE

    def make(self, profile: Path, instance: str) -> bytes:
        """A new key in a new file, mode 0600; a key file that stands there already is used as it is."""
        key = secrets.token_bytes(KEY_BYTES)
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self.unlock(profile, instance)
        except FileNotFoundError as error:
            message = "the folder of the key file does not exist"
            raise BadInputError(message, path=str(self.path)) from error
        except OSError as error:
            raise store_error(error) from error
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(key.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            with suppress(OSError):  # the first error is the one to tell
                self.path.unlink(missing_ok=True)
            raise store_error(error) from error
        return key

    def unlock(self, profile: Path, instance: str) -> bytes:  # noqa: ARG002 - as above
        """The key in the file; refuses a missing file, one that others may read, and one that holds no key."""
        try:
            with self.path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                content = file.read(4 * KEY_BYTES)
        except FileNotFoundError as error:
            message = "the key file is not there"
            raise KeyMissingError(message, path=str(self.path)) from error
        except OSError as error:
            message = "the key file cannot be read"
            raise KeyMissingError(message, path=str(self.path)) from error
        if os.name != "nt" and mode & 0o077:
            message = f"others on this computer may read the key file (mode {mode:04o}); it has to be 0600"
            raise BadInputError(
                message,
                path=str(self.path),
            )
        try:
            key = bytes.fromhex(content.decode("ascii").strip())
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            message = "the file holds no key: 64 hexadecimal digits are expected"
            raise WrongKeyError(message, path=str(self.path))
        return key
