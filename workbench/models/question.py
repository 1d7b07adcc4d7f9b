"""EventTag, ThreadCare and Listening: hashtags of messages, who looks after a thread, and what is listened for."""

from datetime import datetime

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class EventTag(SQLModel, table=True):
    """A hashtag in the own words of a message, found when it is stored; it follows edits and goes with a removal.

    `tag` is without "#", as `models/hashtags.py` makes it. `at` and `community_id` repeat the event's, so that one
    index answers how often a tag was used when; who used it is the event's to say.
    """

    __tablename__ = "event_tag"
    __table_args__ = (Index("event_tag_tag", "tag", "at", "community_id"), {"sqlite_with_rowid": False})

    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE", primary_key=True)
    tag: str = Field(primary_key=True)
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    community_id: int


class ThreadCare(SQLModel, table=True):
    """What the coordinator decided about a thread: who answers it, that it is settled, that it is urgent.

    No sync touches it. It outlives the mirrored thread: with the account it becomes NULL in `thread_id`, and finds
    its thread again by the names under which the platform knows it. `outcome` is "answered" (elsewhere), "by_hand" (the
    coordinator posted an answer that is not back from the platform) or "abandoned". An owner who leaves the directory
    stays by name.
    """

    __tablename__ = "thread_care"
    __table_args__ = (Index("thread_care_lost", "root_remote_id", sqlite_where=text("thread_id IS NULL")),)

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int | None = Field(default=None, foreign_key="event.id", ondelete="SET NULL", unique=True)
    account_kind: str
    # Its address, or its name where it has none.
    account: str = Field(default="", sa_column_kwargs={"server_default": ""})
    community_remote_id: str
    root_remote_id: str
    owner_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    owner_name: str = ""
    routed_id: int = 0  # the newest event there was when it was routed: answers have a larger id
    routed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    outcome: str | None = None
    closed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    urgent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class Listening(SQLModel, table=True):
    """Words, or a saved search, whose new hits the coordinator wants to see; `filters` is JSON text.

    `name` is what the coordinator calls it, empty where the words say enough. Hits with an event id above `seen_id`
    came since the last look.
    """

    id: int | None = Field(default=None, primary_key=True)
    words: str
    filters: str = "{}"
    owner_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    owner_name: str = ""
    seen_id: int = 0
    looked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    name: str = Field(default="", sa_column_kwargs={"server_default": ""})
