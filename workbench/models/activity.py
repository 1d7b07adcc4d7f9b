"""Event and Body: what happened, and its text; Orphan and Opening: what threading still waits for."""

from datetime import datetime

from sqlalchemy import BLOB, Column, Index, SmallInteger, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class Event(SQLModel, table=True):
    """One thing done (the event model of the measures); text features are computed once, so they outlive the text.

    `remote_key` is a 16-byte BLAKE2b of `remote_id` (of an act: with a prefix).
    A root has `root_id == id`. `removed_at` is a tombstone.
    """

    __table_args__ = (
        UniqueConstraint("community_id", "remote_key"),
        # What a window asks is answered by this one alone: the rows themselves lie far apart and have to be decrypted.
        Index(
            "event_when", "community_id", "at", "kind", "person_id", "root_id", "target_person_id", "is_question",
            "removed_at", "parent_id",
        ),
        # Meetings and views: most places have none.
        Index("event_seldom", "community_id", "at", sqlite_where=text("kind >= 9")),
        Index("event_root", "root_id", "at"),
        Index("event_person", "person_id", "at"),
        # Comings and goings are few: who is still a member is asked without walking over all they wrote.
        Index("event_presence", "person_id", "community_id", "at", sqlite_where=text("kind IN (1, 2)")),
        # Who is named, and acts on what is not here: all other targets are found by their thread.
        Index(
            "event_aimed", "target_person_id",
            sqlite_where=text("target_person_id IS NOT NULL AND (kind = 6 OR root_id IS NULL)"),
        ),
    )  # fmt: skip

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
    content_key: bytes | None = Field(default=None, sa_column=Column(BLOB))  # of all it says: has it changed?
    removed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    version: str | None = None  # the platform's own mark of this state of a message, where it has one
    # The platform says that this message is the answer to the question its thread began with.
    is_accepted: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


class Body(SQLModel, table=True):
    """Text of a message, kept for less time than the event. `html` only where there was no plain text."""

    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    subject: str
    text: str
    html: str | None = None
    raw: str | None = None


class Orphan(SQLModel, table=True):
    """A reference to a message we have not seen; its event is adopted when that message arrives.

    One row per reference; `rank` 0 is the nearest. A known farther ancestor serves as parent until a nearer one comes.
    """

    __table_args__ = (Index("orphan_reference", "community_id", "reference_key"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE")
    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE", index=True)
    rank: int = 0
    reference_key: bytes = Field(sa_column=Column(BLOB, nullable=False))


class Opening(SQLModel, table=True):
    """A message that no known reference leads away from, by its subject: where replies are sought that name no parent.

    `is_reply` is true when its own subject looks like a reply; then its parent, if any, was guessed by subject.
    `at` repeats the event's, so that one index answers "the latest of this subject before".
    """

    __table_args__ = (Index("opening_subject", "community_id", "subject_key", "at"),)

    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE")
    subject_key: bytes = Field(sa_column=Column(BLOB, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    is_reply: bool = False
