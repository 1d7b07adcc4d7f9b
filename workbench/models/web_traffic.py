"""PageDay, PageRange: how often pages of a web site were seen, by day, or over a whole range of days."""

from sqlmodel import Field, SQLModel


class PageDay(SQLModel, table=True):
    """One page on one day of the property's own time zone; `page` "" is the whole site on that day.

    Users and sessions are distinct counts and never add up over days or pages. `is_partial`: the source said that
    rows may be missing (thresholds, sampling, an "(other)" row) or that the day may still change.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    day: int = Field(primary_key=True)
    page: str = Field(primary_key=True)
    views: int = 0
    users: int | None = None
    sessions: int | None = None
    events: int | None = None
    is_partial: bool = False


class PageRange(SQLModel, table=True):
    """One page over days since 1970, both ends included: exports that name no single day are not spread over days."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    first_day: int = Field(primary_key=True)
    last_day: int = Field(primary_key=True)
    page: str = Field(primary_key=True)
    views: int = 0
    users: int | None = None
    events: int | None = None
