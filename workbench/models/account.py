"""Account, Secret, TrafficDay: a sign-in on one platform or a set of files, its tokens, what it cost on the line."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class Account(SQLModel, table=True):
    """One source of communities. `settings` is JSON text of what the connector declared (never a secret)."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    name: str = Field(unique=True)
    base_url: str | None = None
    settings: str = "{}"
    is_paused: bool = False
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    history_from: int | None = None  # day since 1970 a first sync goes back to; None: everything
    is_text_only: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    daily_cap: int | None = None  # bytes both ways in one UTC day; None: no limit
    every_minutes: int | None = None  # how often it syncs by itself; None: by hand only
    not_before: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))  # the platform asked us to wait
    pace: str | None = None  # JSON text: how much of the platform's limits is used up
    tried_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    error_code: str | None = None  # why the last try brought nothing, for all its communities alike
    error_reason: str | None = None
    file_limit: int | None = None  # bytes each file may have to be fetched by itself; None: none is
    raised_on: int | None = None  # the one day since 1970 on which `raised_cap` holds in place of `daily_cap`
    raised_cap: int | None = None
    clock_skew: int | None = None  # seconds the platform's clock was ahead of ours at its last answer


class Secret(SQLModel, table=True):
    """A token, key or cookie of an account; lives here, in the encrypted file, and nowhere else."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    name: str = Field(primary_key=True)
    value: str
    updated_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class TrafficDay(SQLModel, table=True):
    """HTTP bytes on the wire, both ways, and requests of one account on one UTC day (days since 1970)."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    day: int = Field(primary_key=True)
    requests: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
