"""TodayMark: what the coordinator decided about an item of Today."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class TodayMark(SQLModel, table=True):
    """An item that is done, put off until `until`, or not wanted.

    `key` names what the item is about by what its platform or plan calls it, so that an account that is removed and
    added again finds its marks, and a row number that is used again does not inherit them.
    """

    __tablename__ = "todaymark"

    key: str = Field(primary_key=True)
    kind: str
    state: str
    until: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    marked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
