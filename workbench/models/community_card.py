"""CommunityCard and Benchmark: what a coordinator says a community is, and outside numbers to compare with."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class CommunityCard(SQLModel, table=True):
    """The coordinator's own words about a community. No sync touches it.

    It outlives the mirrored community: with the account it becomes NULL in `community_id`, and finds its community
    again by the names its platform knows it by. `site` is the address of the platform, "" where it has none.
    """

    __tablename__ = "community_card"
    __table_args__ = (Index("community_card_lost", "community_remote_id", sqlite_where=text("community_id IS NULL")),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int | None = Field(default=None, foreign_key="community.id", ondelete="SET NULL", unique=True)
    account_kind: str
    site: str = ""
    community_remote_id: str
    type: str | None = None
    level: str | None = None
    purpose: str = ""
    themes: str = ""
    spaces: str = ""
    policies: str = ""
    partners: str = ""
    asked_by: str | None = None
    coordinator: str = ""


class Benchmark(SQLModel, table=True):
    """A number from elsewhere beside a measure, for communities of one type ("" for those without), as typed in."""

    measure: str = Field(primary_key=True)
    type: str = Field(primary_key=True)
    value: float
    source: str
    day: date
