"""PersonMerge, MergedEvent, MemberWord, NotSame, KeptHandle: who is one, what undoing that needs, and who is not."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class PersonMerge(SQLModel, table=True):
    """`person_id` was made one with `into_id`, by hand. Merges form trees; the root of a tree is who is shown.

    `kept` is JSON text: what of both was changed by it, as it was, so that undoing gives it back.
    """

    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True)
    into_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    merged_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    kept: str


class MergedEvent(SQLModel, table=True):
    """An event whose author or target is shown as somebody else: who it was by itself. A sync adds to these."""

    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE", primary_key=True)
    author_id: int | None = None
    target_id: int | None = None


class MemberWord(SQLModel, table=True):
    """What sources say of a membership of somebody who is part of a merge, told by who it was by itself.

    There is one where that person would be a member alone, also if nothing is said of it. The shown membership follows
    from the words of all who are one (sync/people_places.py), so that lists and merges may come in any order.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    own_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True, index=True)
    is_listed: bool = False
    role: str | None = None
    joined_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    left_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class NotSame(SQLModel, table=True):
    """Two people of whom somebody said that they are not one; the smaller id first."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    low_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True)
    high_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True, index=True)


class KeptHandle(SQLModel, table=True):
    """A handle of an account that was removed, of somebody about whom something is kept here.

    When the account is added again (`kind`, and its address or name as `place`), the handle finds its person.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    kind: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    remote_id: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
