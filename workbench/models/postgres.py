"""Postgres: the roll-up's tables on a server, where several people at headquarters and their tools read them.

Behaves as `Database` does for the little that the roll-up asks of one. SQL with `?` for its values goes through as the
driver's own form, so that one text serves both.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from workbench.errors import BadInputError, ServerAwayError, StoreError, WorkbenchError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

SCHEMES: Final = ("postgresql", "postgres")
CONNECT_SECONDS: Final = 10
# Classes of SQLSTATE that say that a server is not there for us: connection, login, database, resources, shutdown.
_AWAY: Final = ("08", "28", "3D", "53", "57")


class ServerReader:
    """One read transaction on the server: everything asked through it sees the same state."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        found = self._connection.exec_driver_sql(sql.replace("?", "%s"), tuple(params))
        return [tuple(row) for row in found]


class Postgres:
    """The tables of `models/exchange.py` in the database at `url`, made there on the first write.

    Refuses an address that is none (BadInputError); a server that is away or does not let us in raises ServerAwayError
    from `read` and `write`, anything else it refuses StoreError. No address and no password ever stands in an error.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._has_tables = False

    @contextmanager
    def read(self) -> Iterator[ServerReader]:
        """One read transaction; refuses tables of a newer form (BadInputError). None yet: they are made."""
        with _translated(), self._engine.connect() as connection:
            self._prepare(connection)
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield ServerReader(connection)

    @contextmanager
    def write(self) -> Iterator["Session"]:
        """One write transaction: committed when the block ends, rolled back when it raises."""
        from sqlmodel import Session  # noqa: PLC0415 - reading must start without the ORM

        with _translated():
            with self._engine.connect() as connection:
                self._prepare(connection)
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    def _prepare(self, connection: "Connection") -> None:
        """Makes the tables where there are none, and refuses those of a newer version; leaves no transaction open."""
        if self._has_tables:
            return
        from sqlalchemy import inspect, select  # noqa: PLC0415 - as above

        from workbench.models.exchange import EXCHANGE, EXCHANGE_FORM, FORM  # noqa: PLC0415 - as above

        with connection.begin():
            # Two people may come first at the same moment; the lock ends with the transaction.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7262019152)")
            if not inspect(connection).has_table(EXCHANGE_FORM.name):
                EXCHANGE.create_all(connection)
                connection.execute(EXCHANGE_FORM.insert(), {"number": FORM})
            number = connection.execute(select(EXCHANGE_FORM.c.number)).scalar_one()
        if number > FORM:
            message = "A newer version of Community Workbench made the tables on this server. Update this program."
            raise BadInputError(message)
        self._has_tables = True


def _engine(url: str) -> "Engine":
    from sqlalchemy import create_engine, make_url  # noqa: PLC0415 - reading must start without the ORM
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415 - as above

    message = "This is no address of a PostgreSQL database; write postgresql://ACCOUNT@HOST/DATABASE."
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        # The library's own words repeat the address, and with it a password.
        raise BadInputError(message) from None
    if address.drivername not in SCHEMES:
        raise BadInputError(message)
    settings = {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "community-workbench",
        "options": "-c timezone=UTC",
    }
    given = {name: address.query[name] for name in settings if name in address.query}
    if "options" in given:
        given["options"] = f"{settings['options']} {given['options']}"
    return create_engine(
        address.set(drivername="postgresql+psycopg").difference_update_query(list(settings)),
        connect_args=settings | given,
        hide_parameters=True,
        pool_size=2,
        max_overflow=0,
    )


@contextmanager
def _translated() -> Iterator[None]:
    """What the server's errors mean to a person; their texts name accounts, hosts and values, so they are dropped."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - as above

    try:
        yield
    except WorkbenchError:
        raise
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if error.connection_invalidated or not state or state.startswith(_AWAY):
            raise ServerAwayError(state=state) from None
        message = "the database server refused this"
        raise StoreError(message, state=state) from None
