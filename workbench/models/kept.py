"""KeptMark, KeptResult: what took long to work out, and the marks that say whether it still holds."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class KeptMark(SQLModel, table=True):
    """A number that grows with every change of the rows it stands for; `models/marks.py` says which these are."""

    __tablename__ = "keptmark"
    __table_args__ = ({"sqlite_with_rowid": False},)

    name: str = Field(primary_key=True)
    mark: int


class KeptResult(SQLModel, table=True):
    """An answer: `asked` is a measure and a digest of the rest of the question, `body` JSON text.

    `as_of` is the moment it was worked out for. It holds while both marks are what they are in here; `own_mark` None
    rests on nothing the coordinator made.
    """

    __tablename__ = "keptresult"

    id: int | None = Field(default=None, primary_key=True)
    asked: str = Field(unique=True)
    mirror_mark: int
    own_mark: int | None = None
    as_of: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    body: str
