"""Marks: whether a write changed anything that a measure rests on, told by SQLite itself.

Whoever keeps a result keeps the marks of the moment beside it: while they are the same, the result is what would come
out again. No writer has to think of it. Everything moves a mark but what is named here as read by no measure, so that
a new table is safe before anybody thought of it.
"""

from collections import OrderedDict
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from sqlcipher3 import dbapi2
from typing_extensions import override

_DELETE, _INSERT, _UPDATE = 9, 18, 23  # codes of SQLite's authorizer; the driver does not name them
_WRITES: Final = frozenset({_DELETE, _INSERT, _UPDATE})
_STATEMENTS_KNOWN: Final = 1_024
"""More than the driver keeps compiled: what it does not compile anew is known here."""


class Ground(StrEnum):
    """What results rest on: what platforms told, and what the coordinator made of it."""

    MIRROR = "mirror"
    OWN = "own"


BOTH: Final = frozenset(Ground)
OWN_TABLES: Final = frozenset({"card", "community_card", "output", "plan", "thread_care"})
UNREAD_TABLES: Final = frozenset(
    {
        "advocate",
        "annotation",
        "attachment",
        "benchmark",
        "body",
        "checkpoint",
        "contact",
        "idea",
        "keptmark",
        "keptresult",
        "listening",
        "memberword",  # what follows from it stands in `member`
        "nudge",
        "objective",
        "outboxitem",
        "partner",
        "personnote",
        "persontag",
        "plancopy",
        "planfile",
        "preference",  # the few that measures read are part of the question (queries/kept.py)
        "quarantine",
        "secret",
        "sqlite_stat1",
        "streamcursor",
        "syncrun",
        "thanks",
        "thread_watch",
        "threadmark",
        "todaymark",
        "trafficday",
    }
)
UNREAD_COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "account": frozenset(
        {"clock_skew", "error_code", "error_reason", "not_before", "pace", "raised_cap", "raised_on", "tried_at"}
    ),
    "communitystate": frozenset(
        {
            "checked_at",
            "checked_gap",
            "counted_at",
            "held",
            "mark",
            "platform_members",
            "platform_messages",
            "synced_at",  # only its day is read, and that is part of the question
        }
    ),
}
"""Columns that change without changing a number, of tables that measures read."""
_SEARCH: Final = "message_fts"


class _Listener:
    """Hears what SQLite says of a statement while it compiles it."""

    def __init__(self) -> None:
        self.has_heard = False
        self.writes: set[Ground] = set()

    def hear(self, action: int, table: str | None, column: str | None, schema: str | None, _by: str | None) -> int:
        """SQLite asks this for everything a statement does, cascades and triggers included."""
        self.has_heard = True
        if action in _WRITES and schema != "temp" and table is not None:
            ground = ground_of(table, column if action == _UPDATE else None)
            if ground is not None:
                self.writes.add(ground)
        return 0


class WatchedConnection(dbapi2.Connection):  # type: ignore[misc]  # the driver has no types
    """A writing connection that knows which grounds were changed by the statements it carried out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moved: set[Ground] = set()
        self._known: OrderedDict[str, frozenset[Ground]] = OrderedDict()
        # An object of its own: the driver keeps it, and would keep the connection alive with it.
        self._listener = _Listener()
        self.set_authorizer(self._listener.hear)

    @override
    def cursor(self, factory: Any = None) -> Any:
        """As the driver makes it, watched; the driver's own shortcuts begin here as well."""
        return super().cursor(factory or _WatchedCursor)

    def take_marks(self) -> set[Ground]:
        """What was changed since it was last asked."""
        moved, self.moved = self.moved, set()
        return moved

    def begin_statement(self) -> int:
        """How many rows were changed before it."""
        self._listener.has_heard, self._listener.writes = False, set()
        return int(self.total_changes)

    def end_statement(self, sql: str, before: int, *, is_open: bool) -> None:
        """What the statement writes, unless it changed nothing; one that has rows to hand over may not be done yet."""
        if self._listener.has_heard:
            # Added to what it said before: a search index compiles statements of its own while this one runs, and then
            # SQLite says nothing of the rest.
            writes = self._known[sql] = self._known.get(sql, frozenset()) | self._listener.writes
            if len(self._known) > _STATEMENTS_KNOWN:
                self._known.popitem(last=False)
        else:
            # Compiled before, when SQLite said what it writes.
            writes = self._known.get(sql, BOTH)
            if sql in self._known:
                self._known.move_to_end(sql)
        if writes and (is_open or self.total_changes != before):
            self.moved |= writes


class _WatchedCursor(dbapi2.Cursor):  # type: ignore[misc]  # as above
    """Tells its connection what it carried out, also when it failed on the way: earlier rows of many may stay."""

    @override
    def execute(self, sql: str, *params: Any) -> Any:
        connection = self.connection
        before = connection.begin_statement()
        try:
            return super().execute(sql, *params)
        finally:
            connection.end_statement(sql, before, is_open=self.description is not None)

    @override
    def executemany(self, sql: str, *params: Any) -> Any:
        connection = self.connection
        before = connection.begin_statement()
        try:
            return super().executemany(sql, *params)
        finally:
            connection.end_statement(sql, before, is_open=False)

    @override
    def executescript(self, *script: Any) -> Any:
        try:
            return super().executescript(*script)
        finally:
            self.connection.moved |= BOTH


def ground_of(table: str, column: str | None = None) -> Ground | None:
    """What a row of this table belongs to, None where no measure reads it; `column` where only that one changes."""
    if table in UNREAD_TABLES or table.startswith(_SEARCH) or column in UNREAD_COLUMNS.get(table, ()):
        return None
    return Ground.OWN if table in OWN_TABLES else Ground.MIRROR
