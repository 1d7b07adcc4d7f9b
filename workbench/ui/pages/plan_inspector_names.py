"""Names for the lines of a card that take a person: those of the directory that fit what is typed."""

from typing import Final

from workbench.models.database import Database
from workbench.queries.members import list_members

_NAMES: Final = 12


def find_names(database: Database, text: str) -> list[str]:
    """Names from the directory that fit; nobody before anything is typed."""
    if not text:
        return []
    with database.read() as reader:
        return [row.name for row in list_members(reader, (), text=text, limit=_NAMES)]
