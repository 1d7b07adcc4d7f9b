"""Card: what a profile says about itself without a key, in profile.json; nothing secret stands there."""

import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

from workbench.errors import DamagedError, NewerProfileError, store_error

CARD_NAME = "profile.json"
FORMAT = 1


class KeyKind(StrEnum):
    """Who keeps the key of a profile."""

    KEY_FILE = "key-file"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind
    VAULT = "vault"


@dataclass(frozen=True, slots=True)
class Card:
    """`instance` names this copy of the profile; `key_check` tells a wrong key from a damaged file."""

    instance: str
    key_kind: KeyKind
    key_check: str

    def fits(self, key: bytes) -> bool:
        """Whether `key` is the one the profile was made with."""
        return hmac.compare_digest(self.key_check, key_check(key))


def new_card(kind: KeyKind) -> Card:
    """A card for a profile that is being made; its check is filled in once there is a key."""
    return Card(instance=secrets.token_hex(16), key_kind=kind, key_check="")


def key_check(key: bytes) -> str:
    """A keyed digest of nothing: the same for the same key, and of no use for finding a random one."""
    return blake2b(digest_size=16, key=key, person=b"workbench check").hexdigest()


def read_card(profile: Path) -> Card | None:
    """The card of a profile, None where there is none; DamagedError or NewerProfileError where it cannot be used."""
    try:
        values = json.loads((profile / CARD_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise store_error(error) from error
    except ValueError as error:
        message = "profile.json cannot be read"
        raise DamagedError(message, file=CARD_NAME) from error
    try:
        if int(values["format"]) > FORMAT:
            message = "the profile was made by a newer version"
            raise NewerProfileError(message, found=int(values["format"]), known=FORMAT)
        return Card(str(values["instance"]), KeyKind(values["key_kind"]), str(values["key_check"]))
    except (KeyError, TypeError, ValueError) as error:
        message = "profile.json cannot be read"
        raise DamagedError(message, file=CARD_NAME) from error


def write_card(profile: Path, card: Card) -> None:
    """Writes the card whole or not at all."""
    write_whole(profile / CARD_NAME, json.dumps({"format": FORMAT, **asdict(card)}, indent=2) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Writes a small file readable by its owner only: beside its place first, then by rename."""
    beside = path.with_name(f".{path.name}.new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):  # the first error is the one to tell
            beside.unlink(missing_ok=True)
        raise store_error(error) from error
