"""Envelope: a small file between profiles: numbered, signed by its sender, sealed for its receiver.

Form, in this order: a line "community-workbench-envelope N" (N is the form), a line of JSON (the header, in the clear),
a line with the Ed25519 signature over both lines and the body, in base64; then the body: the payload, packed by
Zstandard, sealed in the age format (age-encryption.org/v1) for recipients or with a passphrase. Whoever carries the
file sees who sent how much and when; what it says, only its receiver.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import pyrage  # type: ignore[import-untyped]  # comes without types
import zstandard

from workbench.errors import (
    BadInputError,
    EnvelopeCutError,
    EnvelopeDamagedError,
    EnvelopeLockedError,
    ForeignEnvelopeError,
    NewerEnvelopeError,
    OlderEnvelopeError,
    UntrustedSignerError,
)
from workbench.sync.identity import Identity, PublicIdentity, has_signed, name_of, recipient_of, signer_of

FORMAT = OLDEST_FORMAT = 1
MOST_BYTES = 32 << 20
"""The largest file that is opened; a plan of 2,000 cards after years of edits has 1 MB."""
MOST_PAYLOAD = 64 << 20
"""What a payload may unpack to."""
_MOST_HEADER = 64 << 10
_MOST_FIRST_LINE = 80
_MAGIC = b"community-workbench-envelope "
_AGE = b"age-encryption.org/v1\n-> "
# 2^21 takes 2 GB; age chooses 2^18 to 2^20, by the sender's computer. A file must not choose what it costs here.
_MOST_SCRYPT = 21
_PACK_LEVEL = 19
_MOST_WINDOW = 8 << 20
_STEP = 1 << 20
_MOST_SEQUENCE = 1 << 53


class EnvelopeKind(StrEnum):
    """What an envelope carries."""

    PLAN = "plan"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase two people agreed on, in the place of recipients."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HeaderDraft:
    """What the sender says of an envelope; the rest of the header follows from identity and payload.

    `stream` names what is numbered (one plan to one partner, one office); numbers start at 1 in each stream of an
    instance. `previous` is the `digest_of` the envelope before in the stream, "" for the first. `schema` numbers the
    form of the payload.
    """

    kind: EnvelopeKind
    schema: int
    sequence: int
    created: datetime
    stream: str = ""
    previous: str = ""
    office: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EnvelopeHeader:
    """What an envelope says of itself in the clear, vouched for by the key `signer`.

    `sender` is the name the sender chose, `recipient` their age recipient, for an answer; `sha256` is that of the plain
    payload, `size` the bytes of the sealed body. `needs_passphrase` is read off the body.
    """

    format: int
    kind: EnvelopeKind
    schema: int
    stream: str
    office: str
    sender: str
    instance: str
    sequence: int
    previous: str
    created: datetime
    counts: Mapping[str, int]
    sha256: str
    size: int
    signer: str
    recipient: str
    needs_passphrase: bool

    @property
    def sender_identity(self) -> PublicIdentity:
        """Who signed, as a partner would be kept."""
        return PublicIdentity(self.sender, self.recipient, self.signer)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An opened envelope; `digest` tells the file from every other one."""

    header: EnvelopeHeader
    payload: bytes = field(repr=False)
    digest: str


def seal(payload: bytes, *, header: HeaderDraft, identity: Identity, to: Sequence[str] | Passphrase) -> bytes:
    """The bytes of an envelope for age recipients or a passphrase, numbered as `header` says.

    Refuses with BadInputError: nobody to seal for, a recipient that is none, a payload of more than 64 MB.
    """
    if len(payload) > MOST_PAYLOAD:
        raise BadInputError(reason="This is too much for one file.")
    public = identity.public
    body = _sealed(zstandard.ZstdCompressor(level=_PACK_LEVEL).compress(payload), to)
    values = asdict(header) | {
        "format": FORMAT,
        "created": header.created.astimezone(UTC).isoformat(),
        "counts": dict(header.counts),
        "sender": public.name,
        "instance": identity.instance,
        "sha256": sha256(payload).hexdigest(),
        "size": len(body),
        "signer": public.signer,
        "recipient": public.recipient,
    }
    head = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    signed = b"%s%d\n%s\n" % (_MAGIC, FORMAT, head)
    signature = base64.b64encode(identity.sign(signed + body))
    return signed + signature + b"\n" + body


def read_header(data: bytes) -> EnvelopeHeader:
    """The header of a whole and unchanged envelope; nothing is opened, so anybody may ask.

    Refuses what is no envelope or of no kind known here (ForeignEnvelopeError), other forms (OlderEnvelopeError,
    NewerEnvelopeError), a file that ends early (EnvelopeCutError) and one its sender did not sign as it is
    (EnvelopeDamagedError).
    """
    return _parted(data)[0]


def open_envelope(data: bytes, *, identity: Identity, passphrase: str | None = None) -> Envelope:
    """The content of an envelope, once all of it was found to be what its signer sent.

    Refuses as `read_header` does; what is sealed for others (ForeignEnvelopeError); a passphrase that is missing or
    another one (EnvelopeLockedError). Whether the signer is to be believed is for the caller: `require_trusted`.
    """
    header, body = _parted(data)
    packed = _opened(body, header, identity, passphrase)
    payload = _unpacked(packed)
    if sha256(payload).hexdigest() != header.sha256:
        message = "the content is not what the header says"
        raise EnvelopeDamagedError(message)
    return Envelope(header, payload, digest_of(data))


def digest_of(data: bytes) -> str:
    """What tells an envelope from every other, in hexadecimal; `previous` of the next one names it."""
    return sha256(data).hexdigest()


def require_kind(header: EnvelopeHeader, kind: EnvelopeKind, *, oldest: int, newest: int) -> None:
    """Refuses another kind (ForeignEnvelopeError) and payloads older or newer than what is read here."""
    if header.kind is not kind:
        message = "it carries something else"
        raise ForeignEnvelopeError(message, cause="kind")
    if header.schema < oldest:
        raise OlderEnvelopeError(found=header.schema, known=oldest)
    if header.schema > newest:
        raise NewerEnvelopeError(found=header.schema, known=newest)


def require_trusted(header: EnvelopeHeader, trusted: Mapping[str, str]) -> None:
    """UntrustedSignerError unless the signer is among `trusted` (signer → name).

    Its cause is "changed" where the sender has the name of somebody trusted under another key, "new" otherwise.
    """
    if header.signer in trusted:
        return
    names = {name.casefold() for name in trusted.values()}
    cause = "changed" if header.sender.casefold() in names else "new"
    raise UntrustedSignerError(cause=cause, fingerprint=header.sender_identity.fingerprint)


def _parted(data: bytes) -> tuple[EnvelopeHeader, bytes]:
    if len(data) > MOST_BYTES:
        message = "it is far larger than anything this program sends"
        raise ForeignEnvelopeError(message)
    form = _form_of(data)
    if form < OLDEST_FORMAT:
        raise OlderEnvelopeError(found=form, known=OLDEST_FORMAT)
    if form > FORMAT:
        raise NewerEnvelopeError(found=form, known=FORMAT)
    first, head, signature, body = _lines(data)
    values = _values(head)
    if len(body) < values["size"]:
        raise EnvelopeCutError(expected=values["size"], found=len(body))
    try:
        signed = base64.b64decode(signature, validate=True)
    except ValueError as error:
        message = "the signature cannot be read"
        raise EnvelopeDamagedError(message) from error
    data = b"%s\n%s\n%s" % (first, head, body)
    if len(body) != values["size"] or not has_signed(values["signer"], data=data, signature=signed):
        message = "the signature does not fit"
        raise EnvelopeDamagedError(message)
    if values["kind"] not in {each.value for each in EnvelopeKind}:
        # Kinds to come have the same form; what they are, only a newer version knows.
        raise NewerEnvelopeError(found=values["schema"], known=0)
    kind = EnvelopeKind(values.pop("kind"))
    return EnvelopeHeader(kind=kind, needs_passphrase=body.startswith(_AGE + b"scrypt "), **values), body


def _form_of(data: bytes) -> int:
    start = data[:_MOST_FIRST_LINE]
    if not start.startswith(_MAGIC):
        if _MAGIC.startswith(start):
            message = "it ends in its first line"
            raise EnvelopeCutError(message)
        message = "it does not begin like a file of this program"
        raise ForeignEnvelopeError(message)
    number, line_end, _ = start.removeprefix(_MAGIC).partition(b"\n")
    if not line_end and len(data) < _MOST_FIRST_LINE:
        message = "it ends in its first line"
        raise EnvelopeCutError(message)
    if not number.isdigit() or len(number) > 6:  # noqa: PLR2004 - no form will ever have a longer number
        message = "its first line is not as it was written"
        raise EnvelopeDamagedError(message)
    return int(number)


def _lines(data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    parts = data.split(b"\n", 3)
    if len(parts) < 4 and len(data) < _MOST_HEADER:  # noqa: PLR2004 - three lines and the body
        message = "it ends in its header"
        raise EnvelopeCutError(message)
    if len(parts) < 4 or len(parts[1]) > _MOST_HEADER:  # noqa: PLR2004 - as above
        message = "its header is not as it was written"
        raise EnvelopeDamagedError(message)
    return parts[0], parts[1], parts[2], parts[3]


def _values(head: bytes) -> dict[str, Any]:
    """The header's values by name, each of the right shape; nothing vouches for them yet."""
    try:
        raw = json.loads(head)
        values = {name: _count(raw[name]) for name in ("format", "schema", "sequence", "size")}
        texts = {name: _short(raw[name]) for name in ("kind", "stream", "office", "instance", "previous", "sha256")}
        counts = {_short(name): _count(number) for name, number in raw["counts"].items()}
        signer, recipient, sender = signer_of(raw["signer"]), recipient_of(raw["recipient"]), name_of(raw["sender"])
        created = datetime.fromisoformat(raw["created"])
        is_possible = created.tzinfo is not None and values["sequence"] > 0 and bool(texts["instance"])
        created = created.astimezone(UTC)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, BadInputError) as error:
        message = "its header cannot be read"
        raise EnvelopeDamagedError(message) from error
    if not is_possible:
        message = "its header says what cannot be"
        raise EnvelopeDamagedError(message)
    people = {"signer": signer, "recipient": recipient, "sender": sender}
    return {**values, **texts, **people, "counts": counts, "created": created}


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_SEQUENCE:
        message = "not a count"
        raise ValueError(message)
    return value


def _short(value: object) -> str:
    if not isinstance(value, str) or len(value) > 1_000 or (value and not value.isprintable()):  # noqa: PLR2004 - no id is longer
        message = "not a short text"
        raise ValueError(message)
    return value


def _sealed(packed: bytes, to: Sequence[str] | Passphrase) -> bytes:
    if isinstance(to, Passphrase):
        if not to.text:
            raise BadInputError(reason="A passphrase cannot be empty.")
        sealed: bytes = pyrage.passphrase.encrypt(packed, to.text)
        return sealed
    if not to:
        raise BadInputError(reason="Choose a partner the file is for, or a passphrase.")
    try:
        recipients = [pyrage.x25519.Recipient.from_str(each) for each in dict.fromkeys(to)]
    except pyrage.RecipientError as error:
        raise BadInputError(reason="The partner's key is not one that files can be sealed for.") from error
    body: bytes = pyrage.encrypt(packed, recipients)
    return body


def _opened(body: bytes, header: EnvelopeHeader, identity: Identity, passphrase: str | None) -> bytes:
    if header.needs_passphrase:
        if passphrase is None:
            raise EnvelopeLockedError(cause="missing")
        _refuse_costly(body)
    try:
        packed: bytes = (
            pyrage.passphrase.decrypt(body, passphrase)
            if header.needs_passphrase
            else pyrage.decrypt(body, [identity.age()])
        )
    except pyrage.DecryptError as error:
        # The signature fits, so it is not damage: it is the key that does not.
        if header.needs_passphrase:
            raise EnvelopeLockedError(cause="wrong") from error
        raise ForeignEnvelopeError(cause="not_for_us") from error
    return packed


def _refuse_costly(body: bytes) -> None:
    stanza = body.removeprefix(_AGE).split(b"\n", 1)[0].split(b" ")
    factor = stanza[-1]
    if not factor.isdigit() or len(factor) > 2 or int(factor) > _MOST_SCRYPT:  # noqa: PLR2004 - two digits say enough
        message = "the passphrase would take more memory than this program gives"
        raise EnvelopeDamagedError(message)


def _unpacked(packed: bytes) -> bytes:
    """At most 64 MB, counted while unpacking: what a frame says of its own size is only a claim."""
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW).stream_reader(packed)
        payload = bytearray()
        while part := reader.read(_STEP):
            payload += part
            if len(payload) > MOST_PAYLOAD:
                message = "the content is far larger than anything this program sends"
                raise EnvelopeDamagedError(message)
    except zstandard.ZstdError as error:
        message = "the content does not unpack"
        raise EnvelopeDamagedError(message) from error
    return bytes(payload)
