"""CommunityCardStore: writes what a coordinator says of a community, and numbers from elsewhere to compare with."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.models.cards_kept import MAKE, keep_type
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import AskedBy, CommunityLevel, CommunityType

LONGEST: Final = 2_000
"""Signs of one field."""
WORDS: Final = ("purpose", "themes", "spaces", "policies", "partners", "coordinator")
_CHOICES: Final = {"level": CommunityLevel, "asked_by": AskedBy}


class CommunityCardStore:
    """No sync touches what it writes, and it outlives the account."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_card(self, community_id: CommunityId, fields: Mapping[str, str | None]) -> Changes:
        """Writes fields of a card: words, or the value of `type`, `level` and `asked_by` (None for not said).

        Refuses an unknown field or value, more than 2,000 signs, and a community that is not here (BadInputError).
        """
        checked = {name: _checked(name, value) for name, value in fields.items() if name != "type"}
        kind = _type(fields.get("type"))
        with self._database.write() as session:
            connection = session.connection()
            if connection.exec_driver_sql("SELECT 1 FROM community WHERE id = ?", (community_id,)).first() is None:
                raise BadInputError(reason="There is no such community.")
            connection.exec_driver_sql(MAKE, {"community": community_id})
            if "type" in fields:
                keep_type(connection, community_id, kind)
            if checked:
                names = ", ".join(f"{name} = ?" for name in checked)
                statement = f"UPDATE community_card SET {names} WHERE community_id = ?"  # noqa: S608 - our own names
                connection.exec_driver_sql(statement, (*checked.values(), community_id))
        return Changes.COMMUNITIES

    def set_benchmark(
        self,
        measure: str,
        kind: CommunityType | None,
        *,
        value: float | None,
        source: str = "",
        day: date | None = None,
    ) -> Changes:
        """Keeps a number from elsewhere beside a measure, for communities of a type; None takes it away.

        Refuses one without source and day (BadInputError).
        """
        place = (measure, "" if kind is None else kind.value)
        said = " ".join(source.split())
        if value is not None and not said:
            raise BadInputError(reason="A benchmark needs its source: who published it.")
        if value is not None and day is None:
            raise BadInputError(reason="A benchmark needs its date.")
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            execute("DELETE FROM benchmark WHERE measure = ? AND type = ?", place)
            if value is not None and day is not None:
                row = (*place, value, said, day.isoformat())
                execute("INSERT INTO benchmark (measure, type, value, source, day) VALUES (?, ?, ?, ?, ?)", row)
        return Changes.NOTES


def _checked(name: str, value: str | None) -> str | None:
    if name in _CHOICES:
        if value is not None and value not in set(_CHOICES[name]):
            raise BadInputError(reason=f"“{value}” is none of: {', '.join(_CHOICES[name])}.")
        return value
    if name not in WORDS:
        raise BadInputError(reason=f"A community card has no field “{name}”.")
    said = (value or "").strip()
    if len(said) > LONGEST:
        raise BadInputError(reason=f"Say it in {LONGEST:,} signs or fewer.")
    return said


def _type(value: str | None) -> CommunityType | None:
    if value is not None and value not in set(CommunityType):
        raise BadInputError(reason=f"“{value}” is none of: {', '.join(CommunityType)}.")
    return None if value is None else CommunityType(value)
