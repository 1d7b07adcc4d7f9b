"""The tables on a real server: made once, refused when newer, and no password in anything that is said."""

import traceback

import pytest

from tests.rig.postgres import PASSWORD
from tests.two_places import an_address
from workbench.errors import BadInputError, ServerAwayError, StoreError, WorkbenchError
from workbench.messages import wording
from workbench.models.exchange import EXCHANGE, FORM, OFFICE
from workbench.models.postgres import Postgres


def said(error: WorkbenchError) -> str:
    """All that anybody could read of an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(error.details) + wording(error).lines()


def test_the_tables_are_made_by_whoever_comes_first(postgres_server, server_address):
    server = Postgres(server_address)
    with server.read() as source:
        assert source.rows("SELECT count(*) FROM office") == [(0,)]
    server.close()
    again = Postgres(server_address)
    with again.read() as source:
        assert source.rows("SELECT number FROM exchange_form") == [(FORM,)]
        found = {name for (name,) in source.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}
    assert found == set(EXCHANGE.tables)
    again.close()


def test_tables_of_a_newer_program_are_refused(server_address):
    server = Postgres(server_address)
    with server.write() as session:
        session.connection().exec_driver_sql("UPDATE exchange_form SET number = number + 1")
    server.close()
    older = Postgres(server_address)
    with pytest.raises(BadInputError, match="newer version"), older.read():
        pass
    older.close()


def test_a_write_that_fails_leaves_nothing_behind(server_address):
    server = Postgres(server_address)
    rows = [(77,), (FORM,)]
    with pytest.raises(StoreError, match="refused"), server.write() as session:
        session.connection().exec_driver_sql("INSERT INTO exchange_form VALUES (%s)", rows)
    with server.read() as source:
        assert source.rows("SELECT number FROM exchange_form") == [(FORM,)]
    server.close()


def test_reading_sees_one_state_and_writes_nothing(server_address):
    server = Postgres(server_address)
    with pytest.raises(StoreError), server.read() as source:
        source.rows("DELETE FROM office RETURNING id")
    with server.read() as source:
        before = source.rows("SELECT count(*) FROM exchange_form")
        with server.write() as session:
            session.connection().exec_driver_sql("INSERT INTO exchange_form VALUES (0)")
        assert source.rows("SELECT count(*) FROM exchange_form") == before
    server.close()


def test_values_go_in_as_values(server_address):
    server = Postgres(server_address)
    with server.read() as source:
        assert source.rows("SELECT id FROM office WHERE name = ?", ("'; DROP TABLE office; --",)) == []
        assert OFFICE.name == "office"
    server.close()


def test_a_wrong_password_and_a_server_that_is_away_say_nothing_of_it(postgres_server):
    wrong = "very-secret-word"
    for address in (
        postgres_server.url(password=wrong),
        postgres_server.url(database="nowhere"),
        f"postgresql://someone:{wrong}@127.0.0.1:9/away",
    ):
        server = Postgres(address)
        with pytest.raises(ServerAwayError) as caught, server.read():
            pass
        assert wrong not in said(caught.value)
        assert PASSWORD not in said(caught.value)
        assert wrong not in repr(server)
        server.close()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "postgresql",
        "sqlite:///secret-word.db",
        "postgresql+psycopg2://u:secret-word@h/d",
        "postgresql://u:secret-word@h:port/d",
    ],
)
def test_an_address_that_is_none_is_refused_without_being_repeated(address):
    with pytest.raises(BadInputError) as caught:
        Postgres(address)
    assert "secret-word" not in said(caught.value)


def test_both_spellings_of_the_scheme_are_taken_and_settings_in_the_address_kept(postgres_server):
    address = an_address(postgres_server)
    server = Postgres(address.replace("postgresql://", "postgres://") + "&application_name=mine")
    with server.read() as source:
        assert source.rows("SELECT current_setting('application_name'), current_setting('TimeZone')") == [
            ("mine", "UTC")
        ]
        assert source.rows("SELECT current_schema() <> 'public'") == [(True,)]
    server.close()


def test_whoever_may_only_read_reads(postgres_server, server_address):
    server = Postgres(server_address)
    with server.read():  # makes the tables
        pass
    schema = server_address.rpartition("%3D")[2]
    postgres_server.ask("CREATE ROLE reader LOGIN PASSWORD 'only-reads'")
    postgres_server.ask(f"GRANT USAGE ON SCHEMA {schema} TO reader")
    postgres_server.ask(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")
    server.close()
    reader = Postgres(f"postgresql://reader:only-reads@/{server_address.partition('@/')[2]}")
    with reader.read() as source:
        assert source.rows("SELECT count(*) FROM office") == [(0,)]
    with pytest.raises(StoreError, match="refused"), reader.write() as session:
        session.connection().exec_driver_sql("DELETE FROM office")
    reader.close()
