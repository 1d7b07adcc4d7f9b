"""Joined: who was made one with whom, and handles that belong to somebody known from before; read by the mirror."""

from collections.abc import Iterable

from sqlalchemy import Connection

from workbench.sync.lookups import driver, select_among


class Joined:
    """The merges of a profile, read once; false where there are none, as in most."""

    def __init__(self, connection: Connection, *, account_id: int) -> None:
        self._connection = connection
        self._account_id = account_id
        rows = driver(connection).execute("SELECT person_id, into_id FROM personmerge")
        self._into: dict[int, int] = dict(rows.fetchall())
        self._parts = frozenset((*self._into, *self._into.values()))

    def __bool__(self) -> bool:
        return bool(self._into)

    def root(self, person_id: int) -> int:
        """The person who stands for this one now."""
        while person_id in self._into:
            person_id = self._into[person_id]
        return person_id

    def is_part(self, person_id: int) -> bool:
        """Whether they were made one with anybody."""
        return person_id in self._parts

    def below(self, person_id: int) -> set[int]:
        """This person and all who were made one with them, at whatever remove."""
        found = {person_id}
        while more := {one for one, into in self._into.items() if into in found} - found:
            found |= more
        return found

    def kept(self, handles: Iterable[str]) -> dict[str, int]:
        """Handles this account had before it was removed → the person each belonged to."""
        unknown = sorted(handles)
        anything = "SELECT 1 FROM kepthandle LIMIT 1"
        if not unknown or driver(self._connection).execute(anything).fetchone() is None:
            return {}
        statement = (
            "SELECT k.remote_id, k.person_id FROM account a CROSS JOIN kepthandle k"
            " ON k.kind = a.kind AND k.place = coalesce(a.base_url, a.name) WHERE a.id = ? AND k.remote_id IN (?*)"
        )
        return {
            row[0]: row[1] for row in select_among(self._connection, statement, unknown, before=(self._account_id,))
        }


def remember_own(connection: Connection, events: Iterable[tuple[int, int | None, int | None]]) -> None:
    """Keeps who each event (id, author, target) is by and for, where that is shown as somebody else; None elsewhere.

    A target that is nobody's but its parent's author's is not named: it follows from the parent.
    """
    rows = list(events)
    execute = driver(connection).executemany
    execute("UPDATE mergedevent SET author_id = NULL WHERE event_id = ?", [(row[0],) for row in rows])
    execute(
        "INSERT INTO mergedevent (event_id, author_id, target_id) VALUES (?, ?, ?) ON CONFLICT (event_id)"
        " DO UPDATE SET author_id = excluded.author_id, target_id = coalesce(excluded.target_id, target_id)",
        [row for row in rows if row[1] is not None or row[2] is not None],
    )
