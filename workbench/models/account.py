"""Account: the coordinator's sign-in on one platform, or a set of files that stands for one."""

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
