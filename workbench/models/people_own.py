"""PersonFact, Advocate, Contact, Thanks, Nudge: what the coordinator keeps of people; no sync touches any of it."""

from datetime import date, datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class PersonFact(SQLModel, table=True):
    """What the coordinator typed about a person; it stands apart from what sources tell, and wins over it.

    `find_key` as that of Person. `is_bot` is whether they count as a program; None leaves that to what sources tell.
    """

    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True)
    office: str | None = None
    region: str | None = None
    organisation: str | None = None
    role: str | None = None
    languages: str | None = None
    time_zone: str | None = None
    is_sponsor: bool = False
    is_leaving: bool = False
    leaves_on: date | None = None
    find_key: str = ""
    is_bot: bool | None = None
    level: str | None = None


class Advocate(SQLModel, table=True):
    """How far somebody is on the way to being an advocate: the latest step with a day is where they stand."""

    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", primary_key=True)
    spotted_on: date | None = None
    asked_on: date | None = None
    agreed_on: date | None = None
    active_on: date | None = None
    note: str = ""


class Contact(SQLModel, table=True):
    """A call, a mail or a meeting with a person; `kind` is a ContactKind."""

    id: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    kind: str
    day: date
    note: str = ""


class Thanks(SQLModel, table=True):
    """Thanks that were given to a person: by whom, for what, and the thread where it can be seen."""

    id: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    day: date
    given_by: str
    reason: str
    thread_id: int | None = Field(default=None, foreign_key="event.id", ondelete="SET NULL", index=True)


class Nudge(SQLModel, table=True):
    """A regular who went quiet was written to (`is_sent`), or shall be left alone; either way there is a pause now."""

    id: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    is_sent: bool = True
