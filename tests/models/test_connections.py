"""Connections: key, pragmas, and whose file it is."""

import sqlite3
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2

from tests.builders import KEY, a_database
from tests.disks import an_unwritable
from workbench.errors import BadInputError, NewerProfileError, NotOurFileError, ReadOnlyError, StoreError, WrongKeyError
from workbench.models.connections import APPLICATION_ID, OLDEST_SQLITE, PRAGMAS, connect, create, schema_version
from workbench.models.database import Database
from workbench.models.migrations import HEAD

OTHER_KEY = bytes(reversed(KEY))


def test_driver_carries_a_sqlite_that_keeps_commits():
    assert dbapi2.sqlite_version_info >= OLDEST_SQLITE


@pytest.mark.parametrize("writable", [True, False])
def test_every_connection_has_the_pragmas(tmp_path, writable):
    path = a_database(tmp_path).path
    with closing(connect(path, KEY, writable=writable)) as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
        assert found == PRAGMAS
        assert connection.execute("PRAGMA query_only").fetchone()[0] == (0 if writable else 1)
        assert connection.execute("PRAGMA cipher_use_hmac").fetchone()[0] == "1"


def test_pragmas_hold_on_pooled_connections_of_readers_and_the_writer(tmp_path):
    database = a_database(tmp_path)
    with database.read() as one, database.read() as two, database.write() as session:
        for name, value in PRAGMAS.items():
            assert one.scalar(f"PRAGMA {name}") == value, name
            assert two.scalar(f"PRAGMA {name}") == value, name
            assert session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() == value, name


def test_a_file_of_this_program_says_so_in_its_header(tmp_path):
    with closing(connect(a_database(tmp_path).path, KEY, writable=False)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert schema_version(connection, tmp_path) == HEAD


def test_wrong_key_is_refused(tmp_path):
    path = a_database(tmp_path).path
    with pytest.raises(WrongKeyError):
        connect(path, OTHER_KEY, writable=True)
    with pytest.raises(WrongKeyError):
        connect(path, b"short", writable=True)


def test_noise_is_refused_as_a_key_that_does_not_fit(tmp_path):
    path = tmp_path / "workbench.db"
    path.write_bytes(bytes(range(256)) * 64)
    with pytest.raises(WrongKeyError):
        connect(path, KEY, writable=True)
    assert path.read_bytes() == bytes(range(256)) * 64


def test_another_programs_sqlite_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "workbench.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (a)")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(NotOurFileError):
        Database(path, KEY)
    assert path.read_bytes() == before


def test_encrypted_file_of_another_program_is_refused(tmp_path):
    path = tmp_path / "workbench.db"
    with closing(create(path, KEY)) as connection:
        connection.execute("PRAGMA application_id = 7")
    with pytest.raises(NotOurFileError):
        Database(path, KEY)


@pytest.mark.parametrize("content", ["nothing", "empty", "folder"])
def test_what_is_no_file_of_ours_is_told_apart(tmp_path, content):
    path = tmp_path / "workbench.db"
    if content == "empty":
        path.touch()
    if content == "folder":
        path.mkdir()
    with pytest.raises(BadInputError if content == "nothing" else NotOurFileError):
        Database(path, KEY)
    assert not list(tmp_path.glob("*-wal"))


def test_newer_file_is_refused_with_both_numbers(tmp_path):
    path = a_database(tmp_path).path
    with closing(connect(path, KEY, writable=True)) as connection:
        connection.execute(f"PRAGMA user_version = {HEAD + 3}")
    with pytest.raises(NewerProfileError) as caught:
        Database(path, KEY)
    assert caught.value.details == {"found": HEAD + 3, "known": HEAD}


def test_reading_works_where_nothing_can_be_written(tmp_path):
    a_database(tmp_path / "folder").close()
    with an_unwritable(tmp_path / "folder") as place:
        database = Database(place / "workbench.db", KEY, writable=False)
        with database.read() as reader:
            assert reader.scalar("SELECT count(*) FROM account") == 0
        database.close()


def test_writing_where_nothing_can_be_written_is_refused(tmp_path):
    a_database(tmp_path / "folder").close()
    with an_unwritable(tmp_path / "folder") as place, pytest.raises(ReadOnlyError):
        connect(place / "workbench.db", KEY, writable=True)


def test_new_database_never_replaces_a_file(tmp_path):
    path = tmp_path / "there.db"
    path.write_text("mine")
    with pytest.raises(StoreError):
        create(path, KEY)
    assert path.read_text() == "mine"
