"""WatchStore: threads to keep an eye on, outputs and ideas of talk, written with the way back of each change."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import EventId, uuid7
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.moments import to_micros
from workbench.queries.evidence import THREAD, thread_name

if TYPE_CHECKING:
    from sqlalchemy import Connection

OUTPUT_KINDS: Final = ("document", "page", "tool_kit", "decision", "event", "other")
OPEN, ADOPTED, NOT_ADOPTED = OUTCOMES = ("open", "adopted", "not_adopted")

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "thread_watch": ("id", "thread", "note", "look_on", "done", "made_at", "closed_at"),
    "output": ("id", "title", "kind", "link", "day", "threads", "made_at"),
    "idea": ("id", "words", "unit", "handed_on", "outcome", "outcome_on", "outcome_words", "threads", "made_at"),
}
_GONE: Final = {
    "thread_watch": "This thread is not watched any more.",
    "output": "There is no such output.",
    "idea": "There is no such idea.",
}


@dataclass(frozen=True, slots=True)
class RowBefore:
    """A row of one of these tables as it was before a change; `values` None where there was none."""

    table: str
    id: str
    values: tuple[Any, ...] | None


class WatchStore:
    """Writes the coordinator's own words about threads. No sync touches them, and none leaves this profile."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def watch(self, thread_id: EventId, *, note: str, look_on: date | None = None) -> RowBefore:
        """Watches a thread from now on; one that is watched gets this note and day, and is open again.

        Refuses no note, and a thread that is not here (BadInputError).
        """
        said = _said(note, "Say why this thread is watched.")
        (thread,) = self._names((thread_id,))
        with self._database.write() as session:
            connection = session.connection()
            kept = connection.exec_driver_sql("SELECT id FROM thread_watch WHERE thread = ?", (thread,)).scalar()
            values = {"note": said, "look_on": _day(look_on), "done": "", "closed_at": None}
            if kept is None:
                return self._add(connection, "thread_watch", {"thread": thread, **values})
            return _change(connection, "thread_watch", kept, values)

    def close(self, watch_id: str, *, done: str) -> RowBefore:
        """Says what was done, so that it need not be watched. Refuses no words (BadInputError)."""
        said = _said(done, "Say what was done.")
        values = {"done": said, "closed_at": to_micros(self._clock.now())}
        return self._write("thread_watch", watch_id, values)

    def add_output(
        self, *, title: str, kind: str, day: date, link: str = "", threads: Sequence[EventId] = ()
    ) -> RowBefore:
        """Keeps what was made out of threads. Refuses no title, and an unknown kind or thread (BadInputError)."""
        called, names = _said(title, "Give it a title."), self._names(threads)
        values = {"title": called, "kind": _kind(kind), "link": link.strip(), "day": day.isoformat()}
        with self._database.write() as session:
            return self._add(session.connection(), "output", values | {"threads": _json(names)})

    def change_output(
        self,
        output_id: str,
        *,
        title: str | None = None,
        kind: str | None = None,
        day: date | None = None,
        link: str | None = None,
        threads: Sequence[EventId] = (),
    ) -> RowBefore:
        """Changes what is given, and adds threads. Refuses as `add_output`, and what is not here."""
        values: dict[str, object] = {} if title is None else {"title": _said(title, "Give it a title.")}
        values |= {} if kind is None else {"kind": _kind(kind)}
        values |= {} if day is None else {"day": day.isoformat()}
        values |= {} if link is None else {"link": link.strip()}
        return self._write("output", output_id, values, threads=self._names(threads))

    def add_idea(
        self, *, words: str, unit: str = "", handed_on: date | None = None, threads: Sequence[EventId] = ()
    ) -> RowBefore:
        """Keeps an idea, handed on where there is a unit. Refuses no words, and an unknown thread (BadInputError)."""
        said, names = _said(words, "Say the idea in one sentence."), self._names(threads)
        called = " ".join(unit.split())
        # With nobody it was not handed on, whatever day stands there: nobody can be asked what became of it.
        values = {"words": said, "unit": called, "handed_on": _day(handed_on if called else None), "outcome": OPEN}
        with self._database.write() as session:
            return self._add(session.connection(), "idea", {**values, "outcome_words": "", "threads": _json(names)})

    def hand_idea(self, idea_id: str, *, unit: str, on: date) -> RowBefore:
        """Says to whom it was handed, and that it is open there. Refuses no unit (BadInputError)."""
        called = " ".join(_said(unit, "Say who it was handed to.").split())
        values = {"unit": called, "handed_on": on.isoformat(), "outcome": OPEN, "outcome_on": None}
        return self._write("idea", idea_id, {**values, "outcome_words": ""})

    def decide_idea(self, idea_id: str, *, outcome: str, on: date, words: str = "") -> RowBefore:
        """Says what became of it. Refuses an outcome there is not (BadInputError)."""
        if outcome not in OUTCOMES:
            message = "An idea is open, adopted or not_adopted."
            raise BadInputError(message)
        is_open = outcome == OPEN
        values = {"outcome": outcome, "outcome_on": None if is_open else on.isoformat()}
        return self._write("idea", idea_id, {**values, "outcome_words": " ".join(words.split())})

    def remove(self, table: str, row_id: str) -> RowBefore:
        """Forgets a watched thread, an output or an idea. Refuses what is not here (BadInputError)."""
        with self._database.write() as session:
            before = _required(session.connection(), table, row_id)
            session.connection().exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608 - our own names
        return before

    def put_back(self, before: RowBefore) -> Changes:
        """Undoes one change."""
        columns = _COLUMNS[before.table]
        marks = ", ".join("?" * len(columns))
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            execute(f"DELETE FROM {before.table} WHERE id = ?", (before.id,))  # noqa: S608 - as above
            if before.values is not None:
                names = ", ".join(columns)
                execute(f"INSERT INTO {before.table} ({names}) VALUES ({marks})", before.values)  # noqa: S608 - as above
        return Changes.MARKS

    def _write(
        self, table: str, row_id: str, values: Mapping[str, object], *, threads: Sequence[str] = ()
    ) -> RowBefore:
        with self._database.write() as session:
            connection = session.connection()
            if threads:
                before = _required(connection, table, row_id).values or ()
                held = json.loads(before[_COLUMNS[table].index("threads")])
                values = {**values, "threads": _json(list(dict.fromkeys([*held, *threads])))}
            return _change(connection, table, row_id, values)

    def _add(self, connection: "Connection", table: str, values: Mapping[str, object]) -> RowBefore:
        made = {"id": uuid7(self._clock), "made_at": to_micros(self._clock.now()), **values}
        names, marks = ", ".join(made), ", ".join("?" * len(made))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - as above
        connection.exec_driver_sql(statement, tuple(made.values()))
        return RowBefore(table, str(made["id"]), None)

    def _names(self, threads: Sequence[EventId]) -> list[str]:
        with self._database.read() as reader:
            # Whichever message is meant, its thread is kept under the name of the first one.
            roots = [reader.scalar("SELECT ifnull(root_id, id) FROM event WHERE id = ?", (one,)) for one in threads]
            names = [None if root is None else thread_name(reader, root) for root in roots]
        if None in names:
            message = "there is no such thread in this profile"
            raise BadInputError(message)
        return [name for name in names if name is not None and name.startswith(THREAD)]


def _change(connection: "Connection", table: str, row_id: str, values: Mapping[str, object]) -> RowBefore:
    before = _required(connection, table, row_id)
    if values:
        names = ", ".join(f"{name} = ?" for name in values)
        connection.exec_driver_sql(f"UPDATE {table} SET {names} WHERE id = ?", (*values.values(), row_id))  # noqa: S608 - as above
    return before


def _required(connection: "Connection", table: str, row_id: str) -> RowBefore:
    statement = f"SELECT {', '.join(_COLUMNS[table])} FROM {table} WHERE id = ?"  # noqa: S608 - as above
    row = connection.exec_driver_sql(statement, (row_id,)).first()
    if row is None:
        raise BadInputError(_GONE[table])
    return RowBefore(table, row_id, tuple(row))


def _said(words: str, wish: str) -> str:
    said = words.strip()
    if not said:
        raise BadInputError(wish)
    return said


def _kind(kind: str) -> str:
    if kind not in OUTPUT_KINDS:
        message = f"An output is one of these: {', '.join(OUTPUT_KINDS)}."
        raise BadInputError(message)
    return kind


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _json(names: Sequence[str]) -> str:
    return json.dumps(names, ensure_ascii=False)
