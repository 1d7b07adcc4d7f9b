"""A database that notes what it is asked: the same statements again, alone, are the limit of a page's reading."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from typing_extensions import override

from tests.bench.bulk import unguarded
from tests.bench.network import NOW
from tests.bench.result import Result
from tests.bench.window import median
from workbench.clock import FixedClock
from workbench.models.connections import connect
from workbench.models.database import Database, Parameters, Reader
from workbench.models.migrate import RELEASED, _run, is_current
from workbench.paths import database_file
from workbench.vault import KeyFile, obtain
from workbench.workspace import Workspace

ROUNDS, LONG_MS = 5, 1_500.0


class Noted(Reader):
    """Notes what it is asked, so that the same statements can be asked again without what is made of the answers."""

    def __init__(self, connection: Any, asked: list[tuple[str, Parameters]]) -> None:
        super().__init__(connection)
        self._asked = asked

    @override
    def rows(self, sql: str, params: Parameters = ()) -> list[tuple[Any, ...]]:
        self._asked.append((sql, params))
        return super().rows(sql, params)

    @override
    def iterate(self, sql: str, params: Parameters = (), *, size: int = 500) -> Iterator[tuple[Any, ...]]:
        self._asked.append((sql, params))
        return super().iterate(sql, params, size=size)

    @override
    def one(self, sql: str, params: Parameters = ()) -> tuple[Any, ...] | None:
        self._asked.append((f"SELECT * FROM ({sql}) LIMIT 1", params))
        return super().one(sql, params)


class NotedDatabase(Database):
    """The profile's database, whose readers note what they are asked in `asked`."""

    asked: list[tuple[str, Parameters]]

    @override
    @contextmanager
    def read(self) -> Iterator[Reader]:
        with super().read() as reader:
            yield Noted(reader._connection, self.asked)

    def against_sql(self, name: str, call: Callable[[Database], Any], *, size: str, bound: float) -> Result:
        """A page's reading, beside its own statements with their rows fetched into bare tuples."""
        self.asked = asked = []
        call(self)
        self.asked = []
        taken = timed(lambda: call(self))

        def bare() -> None:
            with self.read() as reader:
                for statement, params in asked:
                    Reader.rows(reader, statement, params)

        return Result(name, size, taken, "ms", bound, timed(bare), absolute=True)


@contextmanager
def opened(home: Path, *, writable: bool = False) -> Iterator[Workspace]:
    """A profile of these measurements, at the moment it was made for."""
    key, clock = KeyFile(home / "key"), FixedClock(NOW)
    with Workspace.open(home / "profile", key=key, clock=clock, writable=writable) as workspace:
        yield workspace


def current(home: Path) -> Path:
    """The same profile, brought to today's form where an earlier version made it, without the copy the program makes.

    What breaks meanwhile is made anew by whoever asks again: a profile is only ready while it holds `ready`.
    """
    path, key = database_file(home / "profile"), obtain(home / "profile", KeyFile(home / "key"))
    if not is_current(path, key):
        begun = time.perf_counter()
        (home / "ready").unlink(missing_ok=True)
        connection = connect(path, key, writable=True, foreign_keys=False)
        unguarded(connection)
        _run(connection, RELEASED)
        (home / "ready").touch()
        sys.stderr.write(f"  {home.name} brought to form {RELEASED.head} in {time.perf_counter() - begun:,.0f} s\n")
    return home


def timed(call: Callable[[], Any]) -> float:
    """The median in milliseconds; what takes long is asked less often."""
    taken: list[float] = []
    while (len(taken) < ROUNDS and sum(taken) < LONG_MS) or len(taken) < 1:
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken)
