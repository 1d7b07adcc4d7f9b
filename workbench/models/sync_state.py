"""StreamCursor, SyncRun, Quarantine, Coverage, CommunityState: where reading stands, how it went, what is complete."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class StreamCursor(SQLModel, table=True):
    """The position of one stream of one community; moves in the same transaction as its rows."""

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    stream: str = Field(primary_key=True)
    value: str
    rows: int = 0  # records applied up to this cursor, over all runs: "rows equal cursor" is checked against it
    updated_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class SyncRun(SQLModel, table=True):
    """One sync or import of one community: the history on the Sync page."""

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", index=True)
    state: str
    started_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    requests: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    error_code: str | None = None
    error_reason: str | None = None
    gone: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    trace: str | None = None  # what was asked and what came, one plain line a step, no personal data


class Quarantine(SQLModel, table=True):
    """An item that could not be read, with where it stands and why; the same item is kept once."""

    __table_args__ = (Index("quarantine_item", "community_id", "source", "position", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE")
    source: str
    position: int
    code: str
    reason: str
    seen_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Coverage(SQLModel, table=True):
    """Days since 1970, both ends included, that a cursor or pass promises to be complete; ranges never touch."""

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    first_day: int = Field(primary_key=True)
    last_day: int


class CommunityState(SQLModel, table=True):
    """What the platform itself says of a community, and how far we have checked ours against it.

    `mark` is the platform's state at the last pull that read every stream to its end: the same mark again means that
    there is nothing new. `held` is JSON text of what a pass would have removed, had that not been too much at once.
    """

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    mark: str | None = None
    synced_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))  # every stream read to its end
    platform_messages: int | None = None
    platform_members: int | None = None
    counted_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    checked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))  # last pass that got to its end
    checked_gap: int | None = None  # our messages less the platform's after that pass: some platforms count otherwise
    held: str | None = None
    # The platform said that nothing older exists than what was read, however far back an account was told to go.
    is_from_start: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
