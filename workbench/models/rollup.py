"""Roll-ups: sums over events that keep every page instant; always re-derivable by `sync/rollups.py`."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class Thread(SQLModel, table=True):
    """One root and what it drew. `id` is the root's event id. Bots and removed messages count nowhere.

    A root that is a bot's, or was removed, has no row.

    `first_reply_at`: first message by someone else than the root's author. `first_response_at`: the earlier of that and
    the first reaction to the root itself by someone else. `reactions`: to any message of the thread.
    """

    __table_args__ = (
        Index("thread_started", "community_id", "started_at"),
        Index("thread_last", "community_id", "last_at"),
        Index("thread_newest", "last_at", "started_at"),
        Index("thread_when", "started_at", "is_question", "first_reply_at", "first_response_at"),
        Index("thread_open", "community_id", "is_question", "first_reply_at", "started_at"),
    )

    id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE")
    author_id: int
    subject: str
    started_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    messages: int
    people: int
    reactions: int = 0
    is_question: bool = False
    first_reply_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    first_replier_id: int | None = None
    first_response_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class PersonDay(SQLModel, table=True):
    """What one person did in one community on one UTC day (`day` = days since 1970)."""

    __table_args__ = (
        Index("person_day_person", "person_id", "community_id", "day"),
        {"sqlite_with_rowid": False},
    )

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    day: int = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    posts: int = 0
    replies: int = 0
    reactions: int = 0
    mentions: int = 0
    questions: int = 0


class ActivityDay(SQLModel, table=True):
    """What happened in one community on one UTC day; community 0 is the whole network (no foreign key for that reason)."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    community_id: int = Field(primary_key=True)
    day: int = Field(primary_key=True)
    posts: int = 0
    replies: int = 0
    reactions: int = 0
    mentions: int = 0
    questions: int = 0


class NetworkWeek(SQLModel, table=True):
    """Distinct people over all communities in one week (`week` = day number of its Monday)."""

    week: int = Field(primary_key=True)
    contributors: int = 0
    interactive: int = 0
