"""Community: a mirrored group."""

from datetime import datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class Community(SQLModel, table=True):
    """A group, list or category; `name` is unique in the profile because people and scripts name it.

    `type` is the coordinator's choice once set here and is then not overwritten by a sync.
    """

    __table_args__ = (UniqueConstraint("account_id", "remote_id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    remote_id: str
    name: str = Field(unique=True)
    description: str = ""
    type: str | None = None
    url: str | None = None
    address: str | None = None
    is_followed: bool = True
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    removed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
