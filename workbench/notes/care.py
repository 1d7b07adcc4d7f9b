"""CareStore: who looks after a thread, what the coordinator settled about it, and what is listened for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import EventId, PersonId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.moments import to_micros

if TYPE_CHECKING:
    from sqlalchemy import Connection

ANSWERED: Final = "answered"
BY_HAND: Final = "by_hand"
ABANDONED: Final = "abandoned"

_CARE = ("owner_id", "owner_name", "routed_id", "routed_at", "outcome", "closed_at", "urgent_at")
_LISTENING = ("id", "words", "filters", "owner_id", "owner_name", "seen_id", "looked_at", "created_at", "name")
# Under the names of the platform a thread is found again after its account was removed and added.
_MADE = """
INSERT INTO thread_care (thread_id, account_kind, account, community_remote_id, root_remote_id, owner_name, routed_id)
SELECT e.id, a.kind, ifnull(a.base_url, a.name), c.remote_id, e.remote_id, '', 0
FROM event e JOIN community c ON c.id = e.community_id JOIN account a ON a.id = c.account_id
WHERE e.id = ? AND e.root_id = e.id
ON CONFLICT (thread_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class CareBefore:
    """What was kept of a thread before a change; `values` None where nothing was. Hand it to `put_back`."""

    thread_id: EventId
    values: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class ListeningBefore:
    """A row of what is listened for as it was; hand it to `listen_again`."""

    values: tuple[Any, ...]


class CareStore:
    """Writes the coordinator's own marks on threads. No sync touches them, and none leaves this profile."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def route(self, thread_id: EventId, *, owner: str, owner_id: PersonId | None = None) -> CareBefore:
        """Gives a thread an owner, who is to answer it or find who can; what was settled about it no longer is.

        Refuses an owner without a name and a thread that is not here (BadInputError).
        """
        name = " ".join(owner.split())
        if not name:
            message = "Say who is to see to it."
            raise BadInputError(message)
        with self._database.write() as session:
            connection = session.connection()
            newest = connection.exec_driver_sql("SELECT ifnull(max(id), 0) FROM event").scalar_one()
            values = {"owner_id": owner_id, "owner_name": name, "routed_id": newest, "routed_at": self._now()}
            return self._set(connection, thread_id, {**values, "outcome": None, "closed_at": None})

    def settle(self, thread_id: EventId, outcome: str) -> CareBefore:
        """Says that a question was "answered" somewhere else, "by_hand" by the coordinator, or is "abandoned".

        Refuses a thread that is not here.
        """
        with self._database.write() as session:
            return self._set(session.connection(), thread_id, {"outcome": outcome, "closed_at": self._now()})

    def reopen(self, thread_id: EventId) -> CareBefore:
        """Takes owner and outcome away. Refuses a thread that is not here."""
        nothing = {"owner_id": None, "owner_name": "", "routed_id": 0, "routed_at": None}
        with self._database.write() as session:
            return self._set(session.connection(), thread_id, {**nothing, "outcome": None, "closed_at": None})

    def set_urgent(self, thread_id: EventId, *, is_urgent: bool) -> CareBefore:
        """Marks a thread as urgent, or takes the mark off. Refuses a thread that is not here."""
        with self._database.write() as session:
            return self._set(session.connection(), thread_id, {"urgent_at": self._now() if is_urgent else None})

    def put_back(self, before: CareBefore) -> Changes:
        """Undoes one change."""
        with self._database.write() as session:
            connection = session.connection()
            if before.values is None:
                connection.exec_driver_sql("DELETE FROM thread_care WHERE thread_id = ?", (before.thread_id,))
            else:
                self._set(connection, before.thread_id, dict(zip(_CARE, before.values, strict=True)))
        return Changes.MARKS

    def listen(self, words: str, filters: str, *, name: str = "") -> int:
        """Keeps words to listen for, with the filters of a search; its id. What is here now counts as seen.

        Refuses words without a letter or digit, what is listened for already, and a name that is taken (BadInputError).
        """
        text = " ".join(words.split())
        if not any(sign.isalnum() for sign in text):
            message = "Give a word to listen for."
            raise BadInputError(message)
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            same = "SELECT 1 FROM listening WHERE words = ? AND filters = ?"
            if execute(same, (text, filters)).first() is not None:
                message = f"“{text}” is listened for already."
                raise BadInputError(message)
            called = _free_name(session.connection(), name)
            made = execute(
                "INSERT INTO listening (words, filters, owner_name, seen_id, created_at, name)"
                " SELECT ?, ?, '', ifnull(max(id), 0), ?, ? FROM event RETURNING id",
                (text, filters, self._now(), called),
            )
            return int(made.scalar_one())

    def name_listening(self, listening_id: int, name: str) -> ListeningBefore:
        """Calls it otherwise; by its words for an empty name. Refuses a name that is taken (BadInputError)."""
        with self._database.write() as session:
            connection = session.connection()
            before, called = self._listening(connection, listening_id), _free_name(connection, name, listening_id)
            connection.exec_driver_sql("UPDATE listening SET name = ? WHERE id = ?", (called, listening_id))
        return before

    def looked(self, listening_id: int) -> ListeningBefore:
        """Counts all that is here now as seen. Refuses what is not listened for (BadInputError)."""
        with self._database.write() as session:
            before = self._listening(session.connection(), listening_id)
            session.connection().exec_driver_sql(
                "UPDATE listening SET seen_id = (SELECT ifnull(max(id), 0) FROM event), looked_at = ? WHERE id = ?",
                (self._now(), listening_id),
            )
        return before

    def give_listening(self, listening_id: int, *, owner: str, owner_id: PersonId | None) -> ListeningBefore:
        """Says who sees to what comes in for it; nobody for an empty name. Refuses what is not listened for."""
        with self._database.write() as session:
            before = self._listening(session.connection(), listening_id)
            session.connection().exec_driver_sql(
                "UPDATE listening SET owner_id = ?, owner_name = ? WHERE id = ?",
                (owner_id, " ".join(owner.split()), listening_id),
            )
        return before

    def stop_listening(self, listening_id: int) -> ListeningBefore:
        """Forgets it. Refuses what is not listened for (BadInputError)."""
        with self._database.write() as session:
            before = self._listening(session.connection(), listening_id)
            session.connection().exec_driver_sql("DELETE FROM listening WHERE id = ?", (listening_id,))
        return before

    def listen_again(self, before: ListeningBefore) -> Changes:
        """Undoes one change of what is listened for."""
        marks = ", ".join("?" * len(_LISTENING))
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                f"INSERT OR REPLACE INTO listening ({', '.join(_LISTENING)}) VALUES ({marks})",  # noqa: S608 - our own names
                before.values,
            )
        return Changes.MARKS

    def _set(self, connection: "Connection", thread_id: EventId, values: dict[str, Any]) -> CareBefore:
        execute = connection.exec_driver_sql
        kept = execute(f"SELECT {', '.join(_CARE)} FROM thread_care WHERE thread_id = ?", (thread_id,)).first()  # noqa: S608 - as above
        if kept is None and execute(_MADE, (thread_id,)).rowcount == 0:
            message = "there is no such thread in this profile"
            raise BadInputError(message)
        names = ", ".join(f"{name} = ?" for name in values)
        execute(f"UPDATE thread_care SET {names} WHERE thread_id = ?", (*values.values(), thread_id))  # noqa: S608 - as above
        return CareBefore(thread_id, None if kept is None else tuple(kept))

    def _listening(self, connection: "Connection", listening_id: int) -> ListeningBefore:
        statement = f"SELECT {', '.join(_LISTENING)} FROM listening WHERE id = ?"  # noqa: S608 - as above
        row = connection.exec_driver_sql(statement, (listening_id,)).first()
        if row is None:
            message = "This is not listened for any more."
            raise BadInputError(message)
        return ListeningBefore(tuple(row))

    def _now(self) -> int:
        return to_micros(self._clock.now())


def _free_name(connection: "Connection", name: str, listening_id: int = 0) -> str:
    """The name of a search without spaces too many; refuses one by which another is called (BadInputError)."""
    called = " ".join(name.split())
    others = connection.exec_driver_sql("SELECT name FROM listening WHERE id <> ?", (listening_id,)).scalars()
    if called and called.casefold() in {other.casefold() for other in others}:
        message = f"Another search is called “{called}”."
        raise BadInputError(message)
    return called
