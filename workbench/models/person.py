"""Person, Handle, Member, PersonAway: one human, on one platform, in one community, in none."""

from datetime import datetime

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class Person(SQLModel, table=True):
    """One human, made here by joining handles. `address_key` is a digest, never an address.

    `named_at` is when the name was in use: a message that was written earlier does not change it.
    `find_key` holds the name and all that a source tells of the person, each on a line of its own, as `name_key`
    spells names: what the filter of the directory walks, in the order of names.
    `is_bot` is whether they count nowhere; it follows from what was typed (PersonFact) and, where nothing was, from
    `is_told_bot`: what sources told of this person, and of those who were made one with them.
    Somebody who was made one with another person keeps this row, without events, members and handles.
    """

    __table_args__ = (
        # Bots are few: who they are is asked without walking over everybody.
        Index("person_bot", "id", sqlite_where=text("is_bot")),
        Index("person_find", "find_key", "is_bot"),
        Index("person_external", "organisation", sqlite_where=text("organisation IS NOT NULL")),
        # Whether a source tells offices at all.
        Index("person_office", "id", sqlite_where=text("office <> ''")),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    name_key: str  # casefolded, without accents
    named_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    office: str | None = None
    is_bot: bool = False
    address_key: str | None = Field(default=None, unique=True)
    region: str | None = None
    organisation: str | None = None
    languages: str | None = None  # as the source writes them
    time_zone: str | None = None  # an IANA name or an offset such as +03:00
    find_key: str = Field(default="", sa_column_kwargs={"server_default": ""})
    is_told_bot: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    level: str | None = None  # a grade, or how high in the house: as the source writes it


class Handle(SQLModel, table=True):
    """A person on one platform, mirrored. `own_id` is who it was before that person was made one with `person_id`.

    `address_key` only where the platform told an address after somebody else was known by it: perhaps these are one.
    """

    __table_args__ = (
        UniqueConstraint("account_id", "remote_id"),
        Index("handle_address", "address_key", sqlite_where=text("address_key IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    remote_id: str
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    own_id: int | None = None
    address_key: str | None = None


class Member(SQLModel, table=True):
    """A person in a community. The last three columns are a roll-up of their messages there, kept by the mirror.

    `is_listed` is true when a member list named them, false when they are only known from what they wrote.
    """

    __table_args__ = (
        # Where somebody is, and when they last wrote anywhere.
        Index("member_person", "person_id", "last_message_at"),
        # Who is in any community now is answered by this one alone.
        Index("member_here", "person_id", "left_at", sqlite_where=text("left_at IS NULL")),
        # How many are in each community now, and how many of them wrote lately.
        Index("member_present", "community_id", "left_at", "last_message_at"),
        # Which communities have a member list.
        Index("member_listed", "community_id", sqlite_where=text("is_listed")),
        Index("member_role", "community_id", "person_id", sqlite_where=text("role IS NOT NULL")),
        Index("member_joined", "joined_at", sqlite_where=text("joined_at IS NOT NULL")),
        # Since when somebody has been anywhere.
        Index("member_dated", "person_id", "joined_at", sqlite_where=text("joined_at IS NOT NULL")),
        # Who came lately where nobody tells when they joined.
        Index(
            "member_first", "first_message_at",
            sqlite_where=text("first_message_at IS NOT NULL AND joined_at IS NULL AND left_at IS NULL"),
        ),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    is_listed: bool = False
    role: str | None = None
    joined_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    left_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    messages: int = 0
    first_message_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    last_message_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class PersonAway(SQLModel, table=True):
    """Somebody who is in no community now: left, joined with another person, or only spoken of.

    Triggers on `person` and `member` keep it (form 15): these are few, and a filter over everybody asks for each it
    finds whether they are here.
    """

    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True)
