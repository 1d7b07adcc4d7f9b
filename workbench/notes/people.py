"""PeopleNotes: what is kept of people beside a note and tags: facts, advocates, contacts, thanks, nudges."""

from collections.abc import Sequence
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Any, Final

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import PersonId, uuid7
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.moments import to_micros
from workbench.models.people_keys import find_key
from workbench.queries.people_own import FOUND_BY, TYPED, AdvocatePath, ContactRow, OwnFacts, ThanksRow

if TYPE_CHECKING:
    from sqlalchemy import Connection


class PeopleNotes:
    """Writes them. None of it is touched by a sync, and none leaves this profile by itself.

    Every call refuses a person that is not there (BadInputError).
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def new_id(self) -> str:
        """The id of a contact or of thanks that are new."""
        return uuid7(self._clock)

    def set_facts(self, person_id: PersonId, facts: OwnFacts) -> Changes:
        """Makes these the typed facts of a person; a blank counts as nothing typed.

        Whether they count as a program is no part of it (sync/people_counted.py), and stays.
        """
        words: dict[str, Any] = {name: " ".join((getattr(facts, name) or "").split()) or None for name in TYPED}
        facts = replace(facts, **words)
        row: tuple[object, ...] | None = None
        with self._database.write() as session:
            statement = "SELECT is_bot FROM personfact WHERE person_id = ?"
            is_bot = session.connection().exec_driver_sql(statement, (person_id,)).scalar()
            if facts != OwnFacts() or is_bot is not None:
                row = (*words.values(), *_ticked(facts), is_bot)
            self._replace("personfact", _FACTS, person_id, row)
        return Changes.NOTES | Changes.MEMBERS

    def set_path(self, person_id: PersonId, path: AdvocatePath) -> Changes:
        """Where a person stands on the way to being an advocate; an empty path takes them off it."""
        columns = ("spotted_on", "asked_on", "agreed_on", "active_on", "note")
        *days, note = astuple(path)
        row = None
        if path != AdvocatePath():
            row = (*(None if day is None else day.isoformat() for day in days), note.strip())
        self._replace("advocate", columns, person_id, row)
        return Changes.NOTES

    def set_contacts(self, person_id: PersonId, rows: Sequence[ContactRow]) -> Changes:
        """Makes these all the contacts with a person."""
        values = [(row.id, person_id, row.kind.value, row.day.isoformat(), row.note.strip()) for row in rows]
        with self._database.write() as session:
            connection = session.connection()
            _require_person(connection, person_id)
            connection.exec_driver_sql("DELETE FROM contact WHERE person_id = ?", (person_id,))
            for value in values:
                connection.exec_driver_sql(
                    "INSERT INTO contact (id, person_id, kind, day, note) VALUES (?, ?, ?, ?, ?)", value
                )
        return Changes.NOTES

    def set_thanks(self, person_id: PersonId, rows: Sequence[ThanksRow]) -> Changes:
        """Makes these all the thanks to a person; who gave them and what for has to be said (BadInputError)."""
        if any(not row.given_by.strip() or not row.reason.strip() for row in rows):
            message = "say who gave the thanks, and what for"
            raise BadInputError(message)
        with self._database.write() as session:
            connection = session.connection()
            _require_person(connection, person_id)
            connection.exec_driver_sql("DELETE FROM thanks WHERE person_id = ?", (person_id,))
            for row in rows:
                connection.exec_driver_sql(
                    # A thread that went away with its account meanwhile is no reason to lose the rest.
                    "INSERT INTO thanks (id, person_id, day, given_by, reason, thread_id) VALUES (?, ?, ?, ?, ?,"
                    " (SELECT id FROM event WHERE id = ?))",
                    (row.id, person_id, row.day.isoformat(), row.given_by.strip(), row.reason.strip(), row.thread_id),
                )
        return Changes.NOTES

    def nudge(self, person_id: PersonId, *, nudge_id: str, is_sent: bool = True) -> Changes:
        """Notes that a person was nudged, or shall be left alone: nobody proposes it for the next ninety days."""
        with self._database.write() as session:
            connection = session.connection()
            _require_person(connection, person_id)
            connection.exec_driver_sql(
                "INSERT INTO nudge (id, person_id, at, is_sent) VALUES (?, ?, ?, ?)",
                (nudge_id, person_id, to_micros(self._clock.now()), is_sent),
            )
        return Changes.NOTES

    def forget_nudge(self, nudge_id: str) -> Changes:
        """Takes back what `nudge` noted."""
        with self._database.write() as session:
            session.connection().exec_driver_sql("DELETE FROM nudge WHERE id = ?", (nudge_id,))
        return Changes.NOTES

    def _replace(self, table: str, columns: Sequence[str], person_id: PersonId, row: tuple[object, ...] | None) -> None:
        with self._database.write() as session:
            connection = session.connection()
            _require_person(connection, person_id)
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE person_id = ?", (person_id,))  # noqa: S608 - our own constant names
            if row is not None:
                marks = ", ".join("?" * (len(columns) + 1))
                connection.exec_driver_sql(
                    f"INSERT INTO {table} (person_id, {', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - as above
                    (person_id, *row),
                )


_FACTS: Final = (*TYPED, "is_sponsor", "is_leaving", "leaves_on", "find_key", "is_bot")


def _ticked(facts: OwnFacts) -> tuple[object, ...]:
    day = None if facts.leaves_on is None else facts.leaves_on.isoformat()
    return facts.is_sponsor, facts.is_leaving, day, find_key(*(getattr(facts, name) for name in FOUND_BY))


def _require_person(connection: "Connection", person_id: PersonId) -> None:
    if connection.exec_driver_sql("SELECT 1 FROM person WHERE id = ?", (person_id,)).first() is None:
        message = "there is no such person in this profile"
        raise BadInputError(message)
