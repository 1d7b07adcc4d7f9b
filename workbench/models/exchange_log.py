"""What exchanging sealed files keeps: this profile's keys, partners, a log of files, names of authors, plan copies."""

from datetime import datetime

from sqlalchemy import BLOB, Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class ProfileIdentity(SQLModel, table=True):
    """The one row that says who this profile is. `instance` counts files; `copy_mark` is the copy it was made for.

    The mark of a profile is new after a restore and in a copied folder; then `instance` is made anew, the keys stay.
    """

    id: int = Field(primary_key=True)
    name: str
    instance: str
    copy_mark: str
    age_secret: str
    signer_secret: bytes = Field(sa_column=Column(BLOB, nullable=False))
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Partner(SQLModel, table=True):
    """Somebody whose sealed files are taken in; `way` says how their key came here, `folder` where their files lie."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    signer: str = Field(primary_key=True)
    name: str = Field(unique=True)
    recipient: str
    trusted_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    way: str
    folder: str | None = None


class EnvelopeLog(SQLModel, table=True):
    """A sealed file that was sent or taken in. Two rows that differ in `digest` alone are a fork of the sender's."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    instance: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    is_sent: bool
    kind: str
    signer: str
    sha256: str
    previous: str
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    seen_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class PlanAuthor(SQLModel, table=True):
    """The name behind the mark that stands beside values in plans; a mark names a copy of a profile."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    author: str = Field(primary_key=True)
    name: str


class PlanCopy(SQLModel, table=True):
    """A plan as it was before something was merged into it, packed by Zstandard; it outlives the plan."""

    id: str = Field(primary_key=True)
    plan_id: str = Field(index=True)
    plan_name: str
    reason: str
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    document: bytes = Field(sa_column=Column(BLOB, nullable=False))
