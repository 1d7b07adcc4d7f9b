"""Marks: what moves them is what a measure may read, however it was written; nothing else does."""

from contextlib import closing

import pytest
from sqlcipher3.dbapi2 import IntegrityError, connect

from tests.builders import NOW, a_database
from workbench.models.database import Database
from workbench.models.marks import OWN_TABLES, UNREAD_COLUMNS, UNREAD_TABLES, Ground, WatchedConnection, ground_of
from workbench.models.tables import METADATA, Account, Preference

PREFERENCE = "INSERT INTO preference (key, value) VALUES (?, ?)"
COMMUNITY = (
    "INSERT INTO community (account_id, remote_id, name, description, is_followed, created_at)"
    " VALUES (1, ?, ?, '', 1, 0)"
)
_FILLED = [column.name for column in METADATA.tables["community_card"].columns if not column.nullable]
CARD = f"INSERT INTO community_card ({', '.join(_FILLED)}) VALUES ({', '.join('1' for _ in _FILLED)})"
MIRROR, OWN = {"mirror"}, {"own"}


@pytest.fixture
def database(tmp_path):
    database = a_database(tmp_path)
    with database.write() as session:
        session.add(Account(kind="table", name="Sheets", created_at=NOW))
    write(database, COMMUNITY, ("w", "Water"))
    yield database
    database.close()


def marks(database: Database) -> dict[str, int]:
    with database.read() as reader:
        return dict(reader.rows("SELECT name, mark FROM keptmark"))


def write(database: Database, *statements: object) -> set[str]:
    """The marks that moved; a tuple or list behind a statement is its parameters."""
    before = marks(database)
    with database.write() as session:
        raw = session.connection().connection.driver_connection
        for statement, params in zip(statements, (*statements[1:], None), strict=True):
            if isinstance(statement, str):
                many = isinstance(params, list)
                run = raw.executemany if many else raw.execute
                run(statement, params if isinstance(params, list | tuple) else ())
    return {name for name, mark in marks(database).items() if mark != before.get(name, 0)}


@pytest.mark.parametrize(
    ("moved", "statements"),
    [
        pytest.param(set(), (PREFERENCE, ("a", "1")), id="a table no measure reads"),
        pytest.param(set(), ("UPDATE account SET tried_at = 5, pace = 'x'",), id="columns no measure reads"),
        pytest.param(MIRROR, ("UPDATE account SET tried_at = 5, history_from = 1",), id="one of them is read"),
        pytest.param(set(), ("UPDATE community SET name = 'Fire' WHERE id = 99",), id="a write that found nothing"),
        pytest.param(MIRROR, ("UPDATE community SET name = 'Fire'",), id="a table measures read"),
        pytest.param(MIRROR | OWN, ("DELETE FROM account",), id="what goes along with something else"),
        pytest.param(MIRROR, (COMMUNITY, [("f", "Fire"), ("h", "Health")]), id="many at a time"),
        pytest.param(MIRROR, (f"{COMMUNITY} RETURNING id", ("f", "Fire")), id="a row that is answered"),
        pytest.param(
            MIRROR,
            (f"{COMMUNITY} ON CONFLICT (name) DO UPDATE SET is_followed = 0", ("f", "Water")),
            id="one or the other",
        ),
        pytest.param(OWN, (CARD,), id="what the coordinator made"),
        pytest.param(
            set(), ("CREATE TEMP TABLE seen (id INTEGER)", "INSERT INTO seen VALUES (1)"), id="what nobody else sees"
        ),
    ],
)
def test_a_write_moves_the_marks_of_what_it_changed(database, moved, statements):
    assert write(database, *statements) == moved


def test_a_statement_the_driver_has_compiled_moves_them_again(database):
    for number in range(3):
        assert write(database, COMMUNITY, (str(number), str(number))) == MIRROR
        assert write(database, PREFERENCE, (str(number), "1")) == set()


def test_a_statement_between_many_others_is_still_known(database):
    assert write(database, "UPDATE community SET name = 'Fire'") == MIRROR
    for number in range(1_100):
        write_one = f"UPDATE preference SET value = '{number}'"
        with database.write() as session:
            session.connection().exec_driver_sql(write_one)
    assert write(database, "UPDATE community SET name = 'Water'") == MIRROR


def test_a_statement_is_known_whatever_the_search_index_compiles_meanwhile():
    with closing(connect(":memory:", factory=WatchedConnection, isolation_level=None)) as connection:
        connection.executescript(
            "CREATE TABLE event (id); CREATE VIRTUAL TABLE message_fts USING fts5 (body);"
            " CREATE TRIGGER noting AFTER INSERT ON event"
            " BEGIN INSERT OR REPLACE INTO message_fts (rowid, body) VALUES (1, 'water'); END; BEGIN"
        )
        connection.take_marks()
        for number in range(3):
            connection.execute("INSERT INTO event VALUES (?)", (number,))
            assert connection.take_marks() == {Ground.MIRROR}


def test_the_orm_and_scripts_move_them_too(database):
    before = marks(database)["mirror"]
    with database.write() as session:
        session.add(Account(kind="table", name="More sheets", created_at=NOW))
    assert marks(database)["mirror"] == before + 1
    with database.write() as session:
        session.add(Preference(key="a", value="1"))
    assert marks(database)["mirror"] == before + 1


def test_rows_before_the_one_that_failed_count(database):
    before = marks(database)["mirror"]
    with database.write() as session:
        raw = session.connection().connection.driver_connection
        with pytest.raises(Exception, match="UNIQUE"):
            raw.executemany(COMMUNITY, [("f", "Fire"), ("g", "Fire")])
    assert marks(database)["mirror"] == before + 1


def test_what_was_rolled_back_moves_nothing_and_is_forgotten(database):
    before = marks(database)
    with pytest.raises(IntegrityError):
        write(database, "UPDATE community SET name = 'Fire'", "INSERT INTO account (id) VALUES (1)")
    assert marks(database) == before
    assert write(database, PREFERENCE, ("a", "1")) == set()


def test_an_inner_write_moves_them_with_the_outer_one(database):
    before = marks(database)["mirror"]
    with database.write(), database.write() as session:
        session.connection().exec_driver_sql("UPDATE community SET name = 'Fire'")
    assert marks(database)["mirror"] == before + 1


def test_what_is_named_here_exists():
    assert OWN_TABLES | UNREAD_TABLES - {"sqlite_stat1"} <= set(METADATA.tables)
    for table, columns in UNREAD_COLUMNS.items():
        assert columns <= {column.name for column in METADATA.tables[table].columns}


def test_a_table_nobody_thought_of_moves_the_mark():
    assert ground_of("something_new") is Ground.MIRROR
