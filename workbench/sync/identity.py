"""Identity: by which keys a profile signs and opens sealed files, and what of it may be given to others."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from pyrage import IdentityError, RecipientError, x25519  # type: ignore[import-untyped]  # comes without types

from workbench.errors import BadInputError, DamagedError
from workbench.queries.partners import fingerprint

FILE_FORMAT = 1
MOST_NAME = 200
_MOST_TEXT = 4_000
_KEY_BYTES = 32
# Persian and several Indic names need them; every other character that is not seen is refused.
_JOINERS = str.maketrans("", "", "\u200c\u200d")


@dataclass(frozen=True, slots=True)
class PublicIdentity:
    """What others need to send sealed files here and to check ours; nothing in it is secret.

    `recipient` is an age recipient ("age1…"), `signer` an Ed25519 public key in base64.
    """

    name: str
    recipient: str
    signer: str

    @property
    def fingerprint(self) -> str:
        """Six groups of five digits, short enough to be read aloud; two identities never share it."""
        return fingerprint(recipient=self.recipient, signer=self.signer)

    def to_text(self) -> str:
        """The partner file: JSON, for a file or an e-mail."""
        values = {
            "community_workbench_partner": FILE_FORMAT,
            "name": self.name,
            "recipient": self.recipient,
            "signer": self.signer,
            "fingerprint": self.fingerprint,
        }
        return json.dumps(values, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_text(cls, text: str) -> "PublicIdentity":
        """The identity in a partner file; BadInputError for anything else, a newer form included."""
        if len(text) > _MOST_TEXT:
            raise BadInputError(reason="This is not a partner file of Community Workbench.")
        try:
            values = json.loads(text)
            form = values["community_workbench_partner"]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise BadInputError(reason="This is not a partner file of Community Workbench.") from error
        if form != FILE_FORMAT:
            raise BadInputError(reason="This partner file was made by a newer version of Community Workbench.")
        try:
            made = cls(name_of(values["name"]), recipient_of(values["recipient"]), signer_of(values["signer"]))
        except (ValueError, KeyError) as error:
            raise BadInputError(reason="This partner file is damaged; ask for it once more.") from error
        if values.get("fingerprint") != made.fingerprint:
            raise BadInputError(reason="This partner file is damaged; ask for it once more.")
        return made


@dataclass(frozen=True, slots=True)
class Identity:
    """The keys of one profile; `instance` names the copy of the profile that counts its files, new after a restore.

    The secrets stay in the encrypted database; no repr, log or error shows them.
    """

    name: str
    instance: str
    age_secret: str = field(repr=False)
    signer_secret: bytes = field(repr=False)

    @classmethod
    def new(cls, *, name: str, instance: str) -> "Identity":
        """An identity with fresh keys."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - 40 ms

        return cls(
            name_of(name),
            instance,
            str(x25519.Identity.generate()),
            Ed25519PrivateKey.generate().private_bytes_raw(),
        )

    @property
    def public(self) -> PublicIdentity:
        """What may be given to others."""
        signer = base64.b64encode(self._key().public_key().public_bytes_raw()).decode()
        return PublicIdentity(self.name, str(self.age().to_public()), signer)

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature of `data`, 64 bytes; the same for the same data."""
        signature: bytes = self._key().sign(data)
        return signature

    def age(self) -> Any:
        """The key that opens what was sealed for this profile; DamagedError where the stored text is none."""
        try:
            return x25519.Identity.from_str(self.age_secret)
        except IdentityError as error:
            message = "the identity of this profile does not read back"
            raise DamagedError(message) from error

    def _key(self) -> Any:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above

        return Ed25519PrivateKey.from_private_bytes(self.signer_secret)


def name_of(value: object) -> str:
    """A name people can read: one line, not empty, no control characters; ValueError or BadInputError otherwise."""
    if not isinstance(value, str):
        message = "a name is text"
        raise ValueError(message)  # noqa: TRY004 - a wrong shape is damage, like any other wrong value
    name = " ".join(value.split())
    seen = name.translate(_JOINERS)
    if not seen or len(name) > MOST_NAME or not seen.isprintable():
        raise BadInputError(reason=f"A name has 1 to {MOST_NAME} letters, on one line.")
    return name


def recipient_of(value: object) -> str:
    """An age recipient as text; ValueError for anything else."""
    try:
        return str(x25519.Recipient.from_str(str(value)))
    except RecipientError as error:
        message = "not a recipient"
        raise ValueError(message) from error


def signer_of(value: object) -> str:
    """An Ed25519 public key in base64; ValueError for anything else."""
    raw = base64.b64decode(str(value), validate=True)
    if len(raw) != _KEY_BYTES:
        message = "not a signing key"
        raise ValueError(message)
    return base64.b64encode(raw).decode()


def has_signed(signer: str, *, data: bytes, signature: bytes) -> bool:
    """Whether the holder of that key signed exactly this."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - as above

    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(signer, validate=True)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
