"""AnnotationStore: what a leader says happened on a day, with the way back of each change."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import CommunityId, uuid7
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.moments import to_micros

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST: Final = 120
"""Signs of an annotation: it has to fit on one line beside a chart."""

_COLUMNS: Final = "id, account_kind, site, community_remote_id, day, words, made_at"
_PLACE: Final = """
SELECT a.kind, ifnull(a.base_url, ''), c.remote_id FROM community c JOIN account a ON a.id = c.account_id WHERE c.id = ?
"""


@dataclass(frozen=True, slots=True)
class AnnotationBefore:
    """An annotation as it was before a change; `values` None where there was none. Hand it to `put_back`."""

    id: str
    values: tuple[Any, ...] | None


class AnnotationStore:
    """Writes annotations. No sync touches them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def add(self, *, day: date, words: str, community_id: CommunityId | None = None) -> AnnotationBefore:
        """Keeps words about a day of one community, or of all. Refuses no words, too many, an unknown community."""
        said, made = _checked(words), uuid7(self._clock)
        with self._database.write() as session:
            connection = session.connection()
            place = ("", "", "") if community_id is None else _place(connection, community_id)
            row = (made, *place, day.isoformat(), said, to_micros(self._clock.now()))
            _insert(connection, row)
        return AnnotationBefore(made, None)

    def change(self, annotation_id: str, *, day: date, words: str) -> AnnotationBefore:
        """Gives it another day or other words. Refuses no words, too many, and one that is not here."""
        said = _checked(words)
        with self._database.write() as session:
            connection = session.connection()
            before = _required(connection, annotation_id)
            statement = "UPDATE annotation SET day = ?, words = ? WHERE id = ?"
            connection.exec_driver_sql(statement, (day.isoformat(), said, annotation_id))
        return before

    def remove(self, annotation_id: str) -> AnnotationBefore:
        """Takes it away. Refuses one that is not here."""
        with self._database.write() as session:
            connection = session.connection()
            before = _required(connection, annotation_id)
            connection.exec_driver_sql("DELETE FROM annotation WHERE id = ?", (annotation_id,))
        return before

    def put_back(self, before: AnnotationBefore) -> AnnotationBefore:
        """Makes it what it was; answers what it was until now, so that this can be undone as well."""
        with self._database.write() as session:
            connection = session.connection()
            now = _row(connection, before.id)
            connection.exec_driver_sql("DELETE FROM annotation WHERE id = ?", (before.id,))
            if before.values is not None:
                _insert(connection, before.values)
        return AnnotationBefore(before.id, now)


CHANGED: Final = Changes.NOTES
"""What every one of these writes touches."""


def _checked(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise BadInputError(reason="Say what happened.")
    if len(said) > LONGEST:
        raise BadInputError(reason=f"Say it in {LONGEST} signs or fewer, so that it fits beside a chart.")
    return said


def _place(connection: "Connection", community_id: CommunityId) -> tuple[str, str, str]:
    """The kind of account, the address of its platform, and the name it knows the community by."""
    found = connection.exec_driver_sql(_PLACE, (community_id,)).first()
    if found is None:
        raise BadInputError(reason="There is no such community.")
    return found[0], found[1], found[2]


def _row(connection: "Connection", annotation_id: str) -> tuple[Any, ...] | None:
    statement = f"SELECT {_COLUMNS} FROM annotation WHERE id = ?"  # noqa: S608 - our own names
    found = connection.exec_driver_sql(statement, (annotation_id,)).first()
    return None if found is None else tuple(found)


def _required(connection: "Connection", annotation_id: str) -> AnnotationBefore:
    found = _row(connection, annotation_id)
    if found is None:
        raise BadInputError(reason="This note is not here any more.")
    return AnnotationBefore(annotation_id, found)


def _insert(connection: "Connection", row: tuple[Any, ...]) -> None:
    statement = f"INSERT INTO annotation ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own names
    connection.exec_driver_sql(statement, row)
