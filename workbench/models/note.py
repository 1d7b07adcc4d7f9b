"""What the coordinator keeps beside the mirror: notes and tags on people, marks on threads, preferences."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class PersonNote(SQLModel, table=True):
    """A private note on a person; never exported."""

    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True)
    text: str
    updated_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class PersonTag(SQLModel, table=True):
    """A tag the coordinator gave a person."""

    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True)
    tag: str = Field(primary_key=True, index=True)


class ThreadMark(SQLModel, table=True):
    """Star and read mark of a thread; `thread_id` is the root's event id."""

    thread_id: int = Field(foreign_key="event.id", ondelete="CASCADE", primary_key=True)
    is_starred: bool = False
    read_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class Preference(SQLModel, table=True):
    """A setting of this profile (which person am I, theme, window state); value is JSON text."""

    key: str = Field(primary_key=True)
    value: str
