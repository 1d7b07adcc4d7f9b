"""PartnerStore: keeps this profile's identity, the partners it trusts, and the numbers of files sent and taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlmodel import Session

from workbench.clock import Clock
from workbench.errors import BadInputError, ReplayedEnvelopeError
from workbench.ids import uuid7
from workbench.models.database import Database
from workbench.models.tables import METADATA
from workbench.queries.partners import LogRow, log_of
from workbench.sync.envelope import (
    EnvelopeHeader,
    EnvelopeKind,
    HeaderDraft,
    Passphrase,
    digest_of,
    read_header,
    seal,
)
from workbench.sync.identity import Identity, PublicIdentity, name_of

_IDENTITY, _PARTNER, _LOG = (METADATA.tables[name] for name in ("profileidentity", "partner", "envelopelog"))
_AUTHOR = METADATA.tables["planauthor"]
_TOKEN = slice(4, 16)  # of an age recipient: enough to tell partners apart, and short


class TrustWay(StrEnum):
    """How a partner's key came here: from their partner file, or with the first file they sent."""

    ADDED = "added"
    FIRST_USE = "first-use"


class Standing(StrEnum):
    """Where a file stands among those of its sender that came by here."""

    NEXT = "next"
    GAP = "gap"
    LATE = "late"
    FORK = "fork"


@dataclass(frozen=True, slots=True)
class Place:
    """A file's standing; `missing` counts the files before it that never came."""

    standing: Standing
    missing: int = 0


class PartnerStore:
    """Writes identity, partners and the log. `mark` names this copy of the profile, "" where that is not known.

    A mark other than the one the identity was made for (a restored backup, a copied folder) gives the identity a new
    instance, so that no number is ever used twice; the keys stay, and with them the trust of partners.
    """

    def __init__(self, database: Database, clock: Clock, *, mark: str) -> None:
        self._database = database
        self._clock = clock
        self._mark = mark

    def identity(self, *, name: str | None = None) -> Identity:
        """This profile's identity, made now where there is none; `name` is what partners see, and changes it.

        Refuses with BadInputError where nobody has said a name yet.
        """
        with self._database.write() as session:
            connection = session.connection()
            row = connection.execute(select(_IDENTITY)).mappings().one_or_none()
            if row is None:
                identity = self._made(session, name)
            else:
                identity = Identity(row["name"], row["instance"], row["age_secret"], row["signer_secret"])
                changes: dict[str, str] = {}
                if not self._mark or row["copy_mark"] != self._mark:
                    changes |= {"instance": uuid7(self._clock), "copy_mark": self._mark}
                if name is not None and name_of(name) != row["name"]:
                    changes["name"] = name_of(name)
                if changes:
                    connection.execute(update(_IDENTITY), changes)
                    identity = Identity(
                        changes.get("name", identity.name),
                        changes.get("instance", identity.instance),
                        identity.age_secret,
                        identity.signer_secret,
                    )
            if self._mark:
                keep_author_names(session, {self._mark: identity.name})
            return identity

    def stored(self) -> Identity | None:
        """The identity as it stands, for opening files; None where there is none yet. Nothing is written."""
        with self._database.read() as reader:
            row = reader.one("SELECT name, instance, age_secret, signer_secret FROM profileidentity")
        return None if row is None else Identity(*row)

    def add(self, partner: PublicIdentity, *, way: TrustWay = TrustWay.ADDED) -> None:
        """Trusts this key from now on, under this name.

        A name that is here already takes the new key in the place of its old one when `way` is ADDED: a person has
        compared fingerprints. Refuses our own key and, on first use, a name that is taken (BadInputError).
        """
        with self._database.write() as session:
            connection = session.connection()
            own = self.stored()
            if own is not None and partner.signer == own.public.signer:
                raise BadInputError(
                    reason="This is your own partner file; give it to your partner, and add theirs here."
                )
            others = connection.execute(select(_PARTNER).where(_PARTNER.c.signer != partner.signer)).mappings().all()
            same = [row for row in others if row["name"].casefold() == partner.name.casefold()]
            if same and way is not TrustWay.ADDED:
                raise BadInputError(reason="Another partner has this name already.")
            for row in same:
                connection.execute(delete(_PARTNER).where(_PARTNER.c.signer == row["signer"]))
            values = {"name": partner.name, "recipient": partner.recipient, "way": way.value}
            statement = upsert(_PARTNER).values(
                signer=partner.signer,
                trusted_at=self._clock.now(),
                folder=same[0]["folder"] if same else None,
                **values,
            )
            connection.execute(statement.on_conflict_do_update(index_elements=["signer"], set_=values))

    def rename(self, signer: str, name: str) -> None:
        """Calls this partner something else here; refuses a name that another has, and one that cannot be read."""
        wanted = name_of(name)
        with self._database.write() as session:
            connection = session.connection()
            others = connection.execute(select(_PARTNER.c.name).where(_PARTNER.c.signer != signer)).scalars()
            if wanted.casefold() in {other.casefold() for other in others}:
                raise BadInputError(reason="Another partner has this name already.")
            connection.execute(update(_PARTNER).where(_PARTNER.c.signer == signer), {"name": wanted})

    def forget(self, signer: str) -> None:
        """Trusts this key no longer; what was taken in stays."""
        with self._database.write() as session:
            session.connection().execute(delete(_PARTNER).where(_PARTNER.c.signer == signer))

    def choose_folder(self, signer: str, folder: Path | None) -> None:
        """The folder in which this partner's files arrive; None for no folder."""
        value = None if folder is None else str(folder)
        with self._database.write() as session:
            session.connection().execute(update(_PARTNER).where(_PARTNER.c.signer == signer), {"folder": value})

    def seal_next(
        self,
        payload: bytes,
        *,
        kind: EnvelopeKind,
        schema: int,
        stream: str,
        to: Sequence[str] | Passphrase,
        office: str = "",
        counts: Mapping[str, int] | None = None,
    ) -> bytes:
        """The next envelope of a stream, numbered and noted down before it can leave.

        It is also sealed for this profile, so that a file of ours found again after a loss can be read here. A file
        that is then not written leaves a gap in the numbers, which is harmless; a number used twice would not be.
        """
        identity = self.identity()
        receivers: Sequence[str] | Passphrase = to
        if not isinstance(to, Passphrase) and to:
            receivers = [*to, identity.public.recipient]
        with self._database.write() as session:
            connection = session.connection()
            sent = (_LOG.c.instance == identity.instance) & (_LOG.c.stream == stream) & _LOG.c.is_sent
            last = connection.execute(
                select(_LOG.c.sequence, _LOG.c.digest).where(sent).order_by(_LOG.c.sequence.desc()).limit(1)
            ).one_or_none()
            draft = HeaderDraft(
                kind=kind,
                schema=schema,
                sequence=1 if last is None else last.sequence + 1,
                previous="" if last is None else last.digest,
                created=self._clock.now(),
                stream=stream,
                office=office,
                counts=counts or {},
            )
            data = seal(payload, header=draft, identity=identity, to=receivers)
            note(session, read_header(data), digest_of(data), at=self._clock.now(), is_sent=True)
        return data

    def place(self, header: EnvelopeHeader, digest: str) -> Place:
        """Where a file stands; ReplayedEnvelopeError when it was taken in, or sent from here, before."""
        with self._database.read() as reader:
            rows = log_of(reader, instance=header.instance, stream=header.stream)
        return place_among(rows, header, digest)

    def _made(self, session: Session, name: str | None) -> Identity:
        if name is None:
            raise BadInputError(reason="Say first under which name your partners know you.")
        identity = Identity.new(name=name, instance=uuid7(self._clock))
        row = {
            "id": 1,
            "name": identity.name,
            "instance": identity.instance,
            "copy_mark": self._mark,
            "age_secret": identity.age_secret,
            "signer_secret": identity.signer_secret,
            "made_at": self._clock.now(),
        }
        session.connection().execute(insert(_IDENTITY), row)
        return identity


def place_among(rows: Sequence[LogRow], header: EnvelopeHeader, digest: str) -> Place:
    """Where a file stands among `rows` of its instance and stream; ReplayedEnvelopeError when it is one of them."""
    for row in rows:
        if row.digest == digest:
            raise ReplayedEnvelopeError(day=f"{row.seen_at:%Y-%m-%d}", **({"cause": "own"} if row.is_sent else {}))
    by_number = {row.sequence: row.digest for row in rows}
    before = by_number.get(header.sequence - 1)
    is_other_before = before is not None and before != header.previous
    if header.sequence in by_number or is_other_before:
        return Place(Standing.FORK)
    highest = max(by_number, default=0)
    if header.sequence < highest:
        return Place(Standing.LATE)
    missing = header.sequence - highest - 1
    return Place(Standing.GAP, missing) if missing else Place(Standing.NEXT)


def note(session: Session, header: EnvelopeHeader, digest: str, *, at: datetime, is_sent: bool = False) -> None:
    """Notes a file down as sent or taken in, in the transaction that does what it says."""
    values = {
        "instance": header.instance,
        "stream": header.stream,
        "sequence": header.sequence,
        "digest": digest,
        "is_sent": is_sent,
        "kind": header.kind.value,
        "signer": header.signer,
        "sha256": header.sha256,
        "previous": header.previous,
        "created_at": header.created,
        "seen_at": at,
    }
    session.connection().execute(insert(_LOG), values)


def keep_author_names(session: Session, names: Mapping[str, str]) -> None:
    """Keeps the names behind marks in plans; the newest name of a mark stays."""
    if names:
        statement = upsert(_AUTHOR).values([{"author": author, "name": name} for author, name in names.items()])
        session.connection().execute(
            statement.on_conflict_do_update(index_elements=["author"], set_={"name": statement.excluded.name})
        )


def stream_of(subject: str, recipients: Sequence[str]) -> str:
    """The name of the numbers of one subject (a plan, an office) to the same receivers; none means a passphrase."""
    tokens = sorted({recipient[_TOKEN] for recipient in recipients})
    return f"{subject}:{','.join(tokens) or 'passphrase'}"
