"""Attachment: a file that hangs on a message: what the platform says of it, and its content once it was fetched."""

from datetime import datetime

from sqlalchemy import BLOB, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class Attachment(SQLModel, table=True):
    """One file of a message. `content` is None until it was fetched; `reason` is a `FileReason` why it was not.

    `remote_id` names it within its message. `size` is in bytes, None where the platform does not tell.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "remote_id"),
        # What may still be fetched is asked for at each sync; most files are settled once and for all.
        Index(
            "attachment_waiting",
            "event_id",
            sqlite_where=text("content IS NULL AND reason IS NULL AND address IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE")
    remote_id: str
    position: int
    name: str
    media_type: str = ""  # as the platform says, lower case; empty where it does not
    size: int | None = None
    address: str | None = None  # None for what came with the message and lies nowhere else
    fetched_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    reason: str | None = None
    content: bytes | None = Field(default=None, sa_column=Column(BLOB))  # last, so that lists do not read past it
