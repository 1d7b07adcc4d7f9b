"""Passphrase: the key sealed under words a person keeps in mind, and under a recovery code they keep on paper."""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from workbench.errors import BadInputError, DamagedError, KeyMissingError, ReadOnlyError, WrongKeyError, store_error
from workbench.vault.card import KeyKind, write_whole
from workbench.vault.source import KEY_BYTES

SEALED_NAME = "key.json"
FORMAT = 1
SHORTEST = 8
_FREE_GUESSES = 3
_LONGEST_DELAY = 60.0
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: they are misread
_CODE_LENGTH = 32  # 160 bits
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs (Argon2id); the defaults take some half a second on an ordinary laptop."""

    memory_kib: int = 64 * 1024
    passes: int = 12
    lanes: int = 1

    def is_sane(self) -> bool:
        """Whether it may be worked with: a file somebody changed must not eat the machine."""
        return 8 <= self.memory_kib <= 1 << 20 and 1 <= self.passes <= 100 and 1 <= self.lanes <= 16  # noqa: PLR2004 - limits


@dataclass(frozen=True, slots=True)
class Passphrase:
    """`ask` gives the passphrase (from a field, a descriptor), or the recovery code; it is called once.

    `show_recovery` is handed the recovery code when a profile is made, once. `wait` is called with the seconds that
    a guess has to wait after wrong ones.
    """

    ask: Callable[[], str]
    show_recovery: Callable[[str], None] | None = None
    wait: Callable[[float], None] = time.sleep
    cost: Cost = field(default_factory=Cost)
    kind: ClassVar[KeyKind] = KeyKind.PASSPHRASE

    def make(self, profile: Path, instance: str) -> bytes:  # noqa: ARG002 - the file lies in the profile
        """A new key, sealed twice; BadInputError for a passphrase of fewer than eight characters."""
        if self.show_recovery is None:
            message = "a profile with a passphrase needs somewhere to show its recovery code"
            raise ValueError(message)
        words = self.ask()
        if len(words) < SHORTEST:
            message = f"a passphrase needs at least {SHORTEST} characters"
            raise BadInputError(message)
        key, code = secrets.token_bytes(KEY_BYTES), new_recovery_code()
        sealed = {
            "format": FORMAT,
            "passphrase": _seal(key, words, self.cost),
            "recovery": _seal(key, _plain(code), self.cost),
            "wrong_guesses": 0,
        }
        _write(profile, sealed)
        self.show_recovery(code)
        return key

    def unlock(self, profile: Path, instance: str) -> bytes:  # noqa: ARG002 - as above
        """The key; WrongKeyError for words that do not fit, after a delay that grows with the wrong guesses."""
        sealed = _read(profile)
        guesses = int(sealed["wrong_guesses"])
        words = self.ask()
        if not words:
            message = "no passphrase was given"
            raise KeyMissingError(message, kind=self.kind.value)
        delay = guess_delay(guesses)
        if delay:
            self.wait(delay)
        _count_guesses(profile, sealed, guesses + 1)  # before the guess: killing the program does not save it
        key = _unsealed(sealed["passphrase"], words)
        if key is None and len(_plain(words)) == _CODE_LENGTH:
            key = _unsealed(sealed["recovery"], _plain(words))
        if key is None:
            message = "the passphrase does not fit"
            raise WrongKeyError(message, wrong_guesses=guesses + 1)
        _count_guesses(profile, sealed, 0)
        return key


def guess_delay(wrong_guesses: int) -> float:
    """Seconds the next guess waits: none for the first three, then 1, 2, 4 … up to a minute."""
    if wrong_guesses < _FREE_GUESSES:
        return 0.0
    return min(2.0 ** min(wrong_guesses - _FREE_GUESSES, 10), _LONGEST_DELAY)


def new_recovery_code() -> str:
    """160 random bits as eight groups of four letters and digits that are not mistaken for one another."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(text[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def _plain(code: str) -> str:
    """A code as typed, without blanks and hyphens, with look-alikes put right."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return letters.replace("O", "0").replace("I", "1").replace("L", "1")


def _seal(key: bytes, words: str, cost: Cost) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 20 ms nobody else needs

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_stretched(words, salt, cost)).encrypt(nonce, key, _bound(cost))
    return {
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "sealed": sealed.hex(),
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
    }


def _unsealed(box: dict[str, Any], words: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    try:
        cost = Cost(int(box["memory_kib"]), int(box["passes"]), int(box["lanes"]))
        salt, nonce, sealed = (bytes.fromhex(box[name]) for name in ("salt", "nonce", "sealed"))
    except (KeyError, TypeError, ValueError) as error:
        message = "key.json cannot be read"
        raise DamagedError(message, file=SEALED_NAME) from error
    if not cost.is_sane() or len(salt) != 16 or len(nonce) != 12:  # noqa: PLR2004 - as written by _seal
        message = "key.json cannot be read"
        raise DamagedError(message, file=SEALED_NAME)
    try:
        return AESGCM(_stretched(words, salt, cost)).decrypt(nonce, sealed, _bound(cost))
    except InvalidTag:
        return None


def _stretched(words: str, salt: bytes, cost: Cost) -> bytes:
    import unicodedata  # noqa: PLC0415 - only here

    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - 20 ms nobody else needs

    # The same words typed on another keyboard may come decomposed.
    secret = unicodedata.normalize("NFKC", words).encode("utf-8")
    return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def _bound(cost: Cost) -> bytes:
    """What the seal also vouches for: nobody can lower the cost without breaking it."""
    return f"workbench key {FORMAT} {cost.memory_kib} {cost.passes} {cost.lanes}".encode()


def _read(profile: Path) -> dict[str, Any]:
    try:
        values = json.loads((profile / SEALED_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = "key.json is missing from the profile folder"
        raise KeyMissingError(message, kind=KeyKind.PASSPHRASE.value) from error
    except OSError as error:
        raise store_error(error) from error
    except ValueError as error:
        message = "key.json cannot be read"
        raise DamagedError(message, file=SEALED_NAME) from error
    needed = {"passphrase", "recovery", "wrong_guesses"}
    if not isinstance(values, dict) or not needed <= values.keys() or not isinstance(values["wrong_guesses"], int):
        message = "key.json cannot be read"
        raise DamagedError(message, file=SEALED_NAME)
    return values


def _count_guesses(profile: Path, sealed: dict[str, Any], guesses: int) -> None:
    if sealed["wrong_guesses"] == guesses:
        return
    sealed["wrong_guesses"] = guesses
    try:
        _write(profile, sealed)
    except ReadOnlyError:
        # A profile on a read-only disk can still be read with the right words; whoever can copy it can also
        # put the count back, so what slows them down is the cost of a guess.
        return


def _write(profile: Path, sealed: dict[str, Any]) -> None:
    write_whole(profile / SEALED_NAME, json.dumps(sealed, indent=2) + "\n")
