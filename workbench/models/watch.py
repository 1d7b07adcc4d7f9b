"""ThreadWatch, Output and Idea: what the coordinator keeps an eye on, what came of talk, and where ideas were handed.

Threads are kept by the names of `queries/evidence.py`, which every mirror of the same place finds again.
"""

from datetime import date, datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class ThreadWatch(SQLModel, table=True):
    """A note why a thread is watched, for whoever coordinates alone; `done` says what was done once it is closed."""

    __tablename__ = "thread_watch"

    id: str = Field(primary_key=True)
    thread: str = Field(unique=True)
    note: str = Field(default="", sa_column_kwargs={"server_default": ""})
    look_on: date | None = None
    done: str = Field(default="", sa_column_kwargs={"server_default": ""})
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    closed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class Output(SQLModel, table=True):
    """Something that was made out of talk, with the names of the threads it came from as a JSON list."""

    __tablename__ = "output"

    id: str = Field(primary_key=True)
    title: str
    kind: str
    link: str = Field(default="", sa_column_kwargs={"server_default": ""})
    day: date
    threads: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Idea(SQLModel, table=True):
    """An idea in one sentence, the unit it was handed to, and what became of it there.

    `outcome` is "open", "adopted" or "not_adopted", `outcome_words` what was said of it on `outcome_on`.
    """

    __tablename__ = "idea"

    id: str = Field(primary_key=True)
    words: str
    unit: str = Field(default="", sa_column_kwargs={"server_default": ""})
    handed_on: date | None = None
    outcome: str = Field(default="open", sa_column_kwargs={"server_default": "open"})
    outcome_on: date | None = None
    outcome_words: str = Field(default="", sa_column_kwargs={"server_default": ""})
    threads: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
