"""Event and Body: what happened, and its text; Orphan: replies whose parent has not arrived yet."""

from datetime import datetime

from sqlalchemy import BLOB, Column, Index, SmallInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class Event(SQLModel, table=True):
    """One thing done (metrics.md, event model); text features are computed once, so they outlive the text.

    `remote_key` is the 16-byte BLAKE2b of `remote_id`. A root has `root_id == id`. `removed_at` is a tombstone.
    """

    __table_args__ = (
        UniqueConstraint("community_id", "remote_key"),
        Index("event_when", "community_id", "at"),
        Index("event_root", "root_id", "at"),
        Index("event_person", "person_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id")
    kind: int = Field(sa_column=Column(SmallInteger, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    at_is_guess: bool = False
    root_id: int | None = None
    parent_id: int | None = None
    target_person_id: int | None = None
    remote_id: str
    remote_key: bytes = Field(sa_column=Column(BLOB, nullable=False))
    is_question: bool = False
    length: int = 0
    content_key: bytes | None = Field(default=None, sa_column=Column(BLOB))  # of subject and text: has it changed?
    removed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class Body(SQLModel, table=True):
    """Text of a message, kept for less time than the event. `html` only where there was no plain text."""

    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    subject: str
    text: str
    html: str | None = None
    raw: str | None = None


class Orphan(SQLModel, table=True):
    """A message that names a parent we have not seen; adopted when the parent arrives.

    One row per reference (`rank` 0 is the nearest); `subject_key` rows stand for "any thread of this subject".
    """

    __table_args__ = (
        Index("orphan_reference", "community_id", "reference_key"),
        Index("orphan_subject", "community_id", "subject_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE")
    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE", index=True)
    rank: int = 0
    reference_key: bytes | None = Field(default=None, sa_column=Column(BLOB))
    subject_key: bytes | None = Field(default=None, sa_column=Column(BLOB))
