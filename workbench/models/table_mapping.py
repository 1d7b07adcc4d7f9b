"""TableMapping: which column of a table means what, remembered for the next file with the same header."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class TableMapping(SQLModel, table=True):
    """`header_key` is a digest of the normalised header row; `mapping` is JSON text."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    header_key: str = Field(primary_key=True)
    mapping: str
    used_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
