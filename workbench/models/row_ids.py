"""LastId: row ids are given once, so that what still points at something gone meets nobody else."""

from sqlmodel import Field, SQLModel


class LastId(SQLModel, table=True):
    """The largest id there was in a table when rows were last removed from it; the next one follows the larger."""

    __tablename__ = "lastid"

    name: str = Field(primary_key=True)
    id: int
