"""Partners and sealed files: who is trusted, what was sent and taken in, names of authors, copies kept of plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from workbench.ids import PlanId
from workbench.models.database import Reader
from workbench.models.moments import from_micros

_GROUPS, _DIGITS = 6, 5


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """Somebody whose files are taken in. `way` is "added" or "first-use"; `folder` is watched for their files."""

    name: str
    signer: str
    recipient: str
    trusted_at: datetime
    way: str
    folder: str | None
    last_sent_at: datetime | None
    last_received_at: datetime | None

    @property
    def fingerprint(self) -> str:
        """What both compare by telephone."""
        return fingerprint(recipient=self.recipient, signer=self.signer)


@dataclass(frozen=True, slots=True)
class LogRow:
    """A sealed file that was sent or taken in."""

    sequence: int
    digest: str
    is_sent: bool
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class PlanCopyRow:
    """A plan as it was at `made_at`, kept for `reason`; `document` stays in the profile until it is asked for."""

    id: str
    plan_id: PlanId
    plan_name: str
    reason: str
    made_at: datetime


def has_identity(reader: Reader) -> bool:
    """Whether this profile has a name and keys for partners."""
    return reader.one("SELECT 1 FROM profileidentity") is not None


def list_partners(reader: Reader) -> list[PartnerRow]:
    """Everybody who is trusted, by name."""
    rows = reader.rows(
        "SELECT name, signer, recipient, trusted_at, way, folder,"
        " (SELECT max(seen_at) FROM envelopelog WHERE is_sent AND instr(stream, substr(recipient, 5, 12)) > 0),"
        " (SELECT max(seen_at) FROM envelopelog WHERE NOT is_sent AND envelopelog.signer = partner.signer)"
        " FROM partner ORDER BY name COLLATE NOCASE, signer"
    )
    return [
        PartnerRow(name, signer, recipient, from_micros(at), way, folder, _moment(sent), _moment(received))
        for name, signer, recipient, at, way, folder, sent, received in rows
    ]


def trusted_signers(reader: Reader) -> dict[str, str]:
    """Signing key → name, of every partner."""
    return dict(reader.rows("SELECT signer, name FROM partner"))


def log_of(reader: Reader, *, instance: str, stream: str) -> list[LogRow]:
    """What one instance numbered in one stream, as far as it came by here, by number."""
    rows = reader.rows(
        "SELECT sequence, digest, is_sent, seen_at FROM envelopelog WHERE instance = ? AND stream = ?"
        " ORDER BY sequence, seen_at",
        (instance, stream),
    )
    return [LogRow(sequence, digest, bool(is_sent), from_micros(at)) for sequence, digest, is_sent, at in rows]


def known_digests(reader: Reader) -> frozenset[str]:
    """The digest of every file that was sent or taken in."""
    return frozenset(digest for (digest,) in reader.rows("SELECT digest FROM envelopelog"))


def author_names(reader: Reader) -> Mapping[str, str]:
    """The name behind the marks that stand beside values in plans; a mark without an entry has no name known here."""
    return dict(reader.rows("SELECT author, name FROM planauthor"))


def plan_copies(reader: Reader, plan_id: PlanId) -> list[PlanCopyRow]:
    """What was kept of a plan before merges, newest first."""
    rows = reader.rows(
        "SELECT id, plan_id, plan_name, reason, made_at FROM plancopy WHERE plan_id = ? ORDER BY made_at DESC, id DESC",
        (plan_id,),
    )
    return [PlanCopyRow(copy_id, PlanId(of), name, reason, from_micros(at)) for copy_id, of, name, reason, at in rows]


def plan_copy(reader: Reader, copy_id: str) -> tuple[PlanId, bytes] | None:
    """The plan a copy was made of, and its packed document; None for an unknown copy."""
    row = reader.one("SELECT plan_id, document FROM plancopy WHERE id = ?", (copy_id,))
    return None if row is None else (PlanId(row[0]), row[1])


def fingerprint(*, recipient: str, signer: str) -> str:
    """Six groups of five digits (about 100 bits) over both public keys."""
    digest = int.from_bytes(sha256(f"{recipient}\n{signer}".encode()).digest())
    groups = []
    for _ in range(_GROUPS):
        digest, group = divmod(digest, 10**_DIGITS)
        groups.append(f"{group:0{_DIGITS}d}")
    return " ".join(groups)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else from_micros(value)
