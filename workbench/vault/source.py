"""KeySource: whoever can make and give the key of a profile; `make` and `obtain` hold it against the profile's card."""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Protocol

from workbench.errors import KeyMissingError, WrongKeyError
from workbench.vault.card import KeyKind, key_check, new_card, read_card, write_card

KEY_BYTES = 32

_HOW = {
    KeyKind.KEY_FILE: "it opens with a key file",
    KeyKind.PASSPHRASE: "it opens with a passphrase",
    KeyKind.VAULT: "its key is in this computer's vault",
}


class KeySource(Protocol):
    """One keeper of keys."""

    kind: ClassVar[KeyKind]

    def make(self, profile: Path, instance: str) -> bytes:
        """A key for a new profile, kept from now on."""
        ...

    def unlock(self, profile: Path, instance: str) -> bytes:
        """The key kept for this profile; KeyMissingError or WrongKeyError where it cannot be had."""
        ...


def make(profile: Path, source: KeySource) -> bytes:
    """Makes the key of a new profile (32 bytes) and records who keeps it; the folder is there already."""
    card = new_card(source.kind)
    key = source.make(profile, card.instance)
    write_card(profile, replace(card, key_check=key_check(key)))
    return key


def obtain(profile: Path, source: KeySource) -> bytes:
    """The key of an existing profile.

    Refuses with KeyMissingError when another keeper has it, WrongKeyError when the keeper's key is not this profile's.
    Without a card (it was lost) the source is asked all the same; then only the database can tell.
    """
    card = read_card(profile)
    if card is None:
        return source.unlock(profile, "")
    if card.key_kind is not source.kind:
        raise KeyMissingError(_HOW[card.key_kind], kind=card.key_kind.value)
    key = source.unlock(profile, card.instance)
    if not card.fits(key):
        message = "this key belongs to another profile"
        raise WrongKeyError(message)
    return key
