"""Database: the one way to the profile's rows. Light raw connections read; a SQLModel session writes."""

import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.cancel import CancelToken
from workbench.errors import ReadOnlyError, StoreError
from workbench.models.connections import LONG_READER_CACHE_KIB, READER_CACHE_KIB, connect, schema_version
from workbench.models.faults import translated
from workbench.models.marks import WatchedConnection
from workbench.models.migrations import HEAD

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

_T = TypeVar("_T")
Parameters = Sequence[object] | Mapping[str, object]
_IDLE_READERS = 4


class Reader:
    """One read transaction: everything asked through it sees the same state of the profile."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], _T]) -> _T:
        """What `find` says, asked for once: nothing of it can change before the transaction ends."""
        if key not in self._known:
            self._known[key] = find()
        found: _T = self._known[key]
        return found

    @contextmanager
    def at_length(self) -> Iterator[None]:
        """With room in memory for more pages: for many questions about the same days."""
        self._connection.execute(f"PRAGMA cache_size = -{LONG_READER_CACHE_KIB}")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")

    def rows(self, sql: str, params: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        result: list[tuple[Any, ...]] = self._connection.execute(sql, params).fetchall()
        return result

    def iterate(self, sql: str, params: Parameters = (), *, size: int = 500) -> Iterator[tuple[Any, ...]]:
        """Rows of the answer, fetched `size` at a time; use up or drop it before the transaction ends."""
        cursor = self._connection.execute(sql, params)
        while chunk := cursor.fetchmany(size):
            yield from chunk

    def one(self, sql: str, params: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row of the answer, or None."""
        cursor = self._connection.execute(sql, params)
        row: tuple[Any, ...] | None = cursor.fetchone()
        cursor.close()
        return row

    def scalar(self, sql: str, params: Parameters = ()) -> Any:
        """The first value of the first row, or None where there is no row."""
        row = self.one(sql, params)
        return None if row is None else row[0]


class Database:
    """A profile's database, opened and checked. Usable from any thread.

    Opening refuses: no file (BadInputError), another program's file (NotOurFileError), a key that does not fit
    (WrongKeyError), a newer form (NewerProfileError), an older form that was not migrated first (StoreError).
    Failures of driver and disk inside `read` and `write` come out as StoreError or ProfileBusyError.
    """

    def __init__(self, path: Path, key: bytes, *, writable: bool = True) -> None:
        self.path = path
        self.writable = writable
        self.window: CancelToken | None = None
        """How long a window is open on it, which must not wait for long calls: a child makes them, and goes with it."""
        self._key = key
        self._readers = _ReaderPool(path, key)
        self._turns = _Turns()
        self._here = threading.local()
        self._engine: Engine | None = None
        self._readers.put(_checked_reader(path, key))

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """One read transaction; a change committed meanwhile is not seen by it. Keep it short."""
        connection = self._readers.take()
        is_sound = False
        try:
            connection.execute("BEGIN")
            yield Reader(connection)
            connection.execute("ROLLBACK")
            is_sound = True
        except Exception as error:
            fault = translated(error, self.path)
            if fault is not None:
                raise fault from error
            is_sound = _rolled_back(connection)
            raise
        finally:
            # A connection that met a damaged page answers everything with errors from then on: it is not kept.
            if is_sound:
                self._readers.put(connection)
            else:
                connection.close()

    @contextmanager
    def write(self) -> Iterator["Session"]:
        """One write transaction: committed when the block ends, rolled back when it raises.

        A `write` inside a `write` of the same thread joins it; when the inner one raises, the whole is rolled back even
        if the outer block catches the error (StoreError then). Other threads wait for their turn, first come first
        served. What measures rest on has other marks afterwards where any of it changed. Refuses when the database was
        opened for reading (ReadOnlyError).
        """
        outer: Session | None = getattr(self._here, "session", None)
        if outer is not None:
            try:
                yield outer
            except BaseException:
                self._here.is_spoilt = True
                raise
            return
        if not self.writable:
            message = "this profile was opened for reading only"
            raise ReadOnlyError(message)
        with self._turns:
            try:
                with self._session() as session:
                    yield session
                    self._refuse_if_spoilt()
                    _move_marks(session)
            except Exception as error:
                fault = translated(error, self.path)
                if fault is not None:
                    raise fault from error
                raise

    @contextmanager
    def jot(self, *, wait_milliseconds: int = 0) -> Iterator[Any]:
        """A short write of what may as well be lost: no mark moves, and the ORM is not loaded.

        Answers the driver's connection. Refuses where somebody else writes for longer (ProfileBusyError), else as
        `write` does.
        """
        if not self.writable:
            message = "this profile was opened for reading only"
            raise ReadOnlyError(message)
        try:
            with closing(connect(self.path, self._key, writable=True)) as connection:
                connection.execute(f"PRAGMA busy_timeout = {wait_milliseconds}")
                connection.execute("PRAGMA wal_autocheckpoint = 0")  # whoever opened a page does not tidy up
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
        except Exception as error:
            fault = translated(error, self.path)
            if fault is not None:
                raise fault from error
            raise

    def _refuse_if_spoilt(self) -> None:
        if self._here.is_spoilt:
            message = "a part of this change failed, so none of it was kept"
            raise StoreError(message)

    @contextmanager
    def _session(self) -> Iterator["Session"]:
        # Reading must start without the ORM, so the first write loads it.
        from sqlmodel import Session  # noqa: PLC0415 - as said above

        if self._engine is None:
            self._engine = _make_engine(self.path, self._key)
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            began: Any = session.connection()  # begins now (IMMEDIATE), not at the first statement
            began.connection.driver_connection.take_marks()  # of one that was rolled back
            self._here.session, self._here.is_spoilt = session, False
            try:
                yield session
            finally:
                self._here.session = None

    def connection(self) -> Any:
        """A reading connection of its own for backup and checks; the caller closes it."""
        return connect(self.path, self._key, writable=False)

    @property
    def key(self) -> bytes:
        """The key, for copies that must open with the same one."""
        return self._key

    def close(self) -> None:
        """Closes every connection that is not in use; the last one folds the write-ahead log into the file."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        self._readers.close()


class _ReaderPool:
    """Idle read connections, newest first so that the warm cache is used; never makes anyone wait."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._idle: list[Any] = []
        self._guard = threading.Lock()
        self._is_closed = False

    def take(self) -> Any:
        with self._guard:
            if self._is_closed:
                message = "the profile is closed"
                raise StoreError(message)
            if self._idle:
                return self._idle.pop()
        return connect(self._path, self._key, writable=False)

    def put(self, connection: Any) -> None:
        with self._guard:
            if not self._is_closed and len(self._idle) < _IDLE_READERS:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        with self._guard:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


class _Turns:
    """A lock that is given in the order it was asked for.

    A plain lock lets a bulk import take it again at once, commit after commit, while a click in the window starves.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()  # released by whoever hands the turn over

    def __exit__(self, *_error: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


def _checked_reader(path: Path, key: bytes) -> Any:
    connection = connect(path, key, writable=False)
    try:
        _refuse_older_form(schema_version(connection, path))
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_older_form(version: int) -> None:
    if version < HEAD:
        message = "the profile has an older form and has to be migrated first"
        raise StoreError(message)


def _move_marks(session: "Session") -> None:
    """Moves the marks of what this transaction changed, in the same transaction."""
    session.flush()
    connection: Any = session.connection().connection.driver_connection
    connection.executemany(
        "INSERT INTO keptmark (name, mark) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET mark = mark + 1",
        [(ground.value,) for ground in sorted(connection.take_marks())],
    )


def _rolled_back(connection: Any) -> bool:
    """Ends the transaction after an error of the caller; False where the connection cannot be used again."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    return not connection.in_transaction


def _make_engine(path: Path, key: bytes) -> "Engine":
    from sqlalchemy import QueuePool, create_engine, event  # noqa: PLC0415 - the first write loads the ORM
    from sqlcipher3 import dbapi2  # noqa: PLC0415 - only named to the engine

    engine = create_engine(
        f"sqlite:///{path}",
        module=dbapi2,
        creator=lambda: connect(path, key, writable=True, kind=WatchedConnection),
        poolclass=QueuePool,  # a creator alone would give one connection per thread, never closed
        pool_size=1,  # writers take turns anyway
        max_overflow=0,
    )

    @event.listens_for(engine, "begin")
    def _begin_immediately(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
