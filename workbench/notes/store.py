"""NotesStore: what the coordinator keeps beside the mirror: notes, tags, stars, read marks, preferences."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import EventId, PersonId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.moments import BEFORE_ALL, to_micros

if TYPE_CHECKING:
    from sqlalchemy import Connection


class NotesStore:
    """Writes the coordinator's own marks. None of them leaves this profile."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def set_note(self, person_id: PersonId, text: str) -> Changes:
        """Keeps `text` as the note on a person; an empty one removes it. Refuses an unknown person (BadInputError)."""
        text = text.strip()
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            _require_person(session.connection(), person_id)
            if text:
                execute(
                    "INSERT INTO personnote (person_id, text, updated_at) VALUES (?, ?, ?) ON CONFLICT (person_id)"
                    " DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at",
                    (person_id, text, to_micros(self._clock.now())),
                )
            else:
                execute("DELETE FROM personnote WHERE person_id = ?", (person_id,))
        return Changes.NOTES

    def set_tags(self, person_id: PersonId, tags: Iterable[str]) -> Changes:
        """Makes these the person's tags: spaces trimmed, each once. Refuses an unknown person (BadInputError)."""
        wanted = sorted({" ".join(tag.split()) for tag in tags} - {""})
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            _require_person(session.connection(), person_id)
            execute("DELETE FROM persontag WHERE person_id = ?", (person_id,))
            if wanted:
                execute("INSERT INTO persontag (person_id, tag) VALUES (?, ?)", [(person_id, tag) for tag in wanted])
        return Changes.NOTES

    def star_thread(self, thread_id: EventId, *, is_starred: bool = True) -> Changes:
        """Puts a star on a thread, or takes it off. Refuses an unknown thread (BadInputError)."""
        with self._database.write() as session:
            _require_thread(session.connection(), thread_id)
            session.connection().exec_driver_sql(
                "INSERT INTO threadmark (thread_id, is_starred) VALUES (?, ?) ON CONFLICT (thread_id)"
                " DO UPDATE SET is_starred = excluded.is_starred",
                (thread_id, is_starred),
            )
        return Changes.MARKS

    def mark_read(self, thread_id: EventId, *, is_read: bool = True) -> Changes:
        """Marks all that stands in a thread now as read, or the thread as unread. Refuses an unknown thread."""
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            _require_thread(session.connection(), thread_id)
            # A message dated in the future was read too, though its moment lies ahead. As unread counts a mark before
            # all time: no mark at all says nothing of a thread that holds one's own words only.
            read_at = to_micros(self._clock.now()) if is_read else BEFORE_ALL
            execute(
                "INSERT INTO threadmark (thread_id, is_starred, read_at)"
                " SELECT ?1, 0, iif(?3, max(?2, coalesce((SELECT last_at FROM thread WHERE id = ?1), ?2)), ?2)"
                " WHERE TRUE ON CONFLICT (thread_id) DO UPDATE SET read_at = excluded.read_at",
                (thread_id, read_at, is_read),
            )
        return Changes.MARKS

    def set_preference(self, key: str, value: str | None) -> Changes:
        """Keeps a setting of this profile (JSON text); None removes it."""
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            if value is None:
                execute('DELETE FROM preference WHERE "key" = ?', (key,))
            else:
                execute(
                    'INSERT INTO preference ("key", value) VALUES (?, ?) ON CONFLICT ("key")'
                    " DO UPDATE SET value = excluded.value",
                    (key, value),
                )
        return Changes.PREFERENCES


def _require_person(connection: "Connection", person_id: PersonId) -> None:
    if connection.exec_driver_sql("SELECT 1 FROM person WHERE id = ?", (person_id,)).first() is None:
        message = "there is no such person in this profile"
        raise BadInputError(message)


def _require_thread(connection: "Connection", thread_id: EventId) -> None:
    statement = "SELECT 1 FROM event WHERE id = ? AND root_id = id"
    if connection.exec_driver_sql(statement, (thread_id,)).first() is None:
        message = "there is no such thread in this profile"
        raise BadInputError(message)
