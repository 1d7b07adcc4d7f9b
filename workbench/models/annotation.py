"""Annotation: what a leader says happened on a day, shown on the axis of weekly charts."""

from datetime import date, datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class Annotation(SQLModel, table=True):
    """Words about a day; of one community by the names its platform knows it by, or of all where these are empty.

    `site` is the address of the platform, "" where it has none: numbers of categories repeat from forum to forum.

    No sync touches it, and a community whose account is removed and added again finds its own.
    """

    id: str = Field(primary_key=True)
    account_kind: str = ""
    community_remote_id: str = ""
    day: date = Field(index=True)
    words: str
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    site: str = Field(default="", sa_column_kwargs={"server_default": ""})
