"""The one key of a profile and who keeps it: the system's vault, a key file, or a passphrase. Never prompts."""

from workbench.vault.card import Card, KeyKind, key_check, read_card, write_card
from workbench.vault.key_file import KeyFile
from workbench.vault.passphrase import Passphrase
from workbench.vault.source import KEY_BYTES, KeySource, make, obtain
from workbench.vault.system import Vault, pinned_backend

__all__ = [
    "KEY_BYTES",
    "Card",
    "KeyFile",
    "KeyKind",
    "KeySource",
    "Passphrase",
    "Vault",
    "key_check",
    "make",
    "obtain",
    "pinned_backend",
    "read_card",
    "write_card",
]
