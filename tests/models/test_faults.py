"""Faults: what the driver, the ORM and the system say, in errors of our tree."""

import errno
from contextlib import closing

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlcipher3 import dbapi2

from tests.builders import KEY, a_database
from workbench.errors import DamagedError, NoSpaceError, ProfileBusyError, ReadOnlyError, StoreError
from workbench.models.connections import connect
from workbench.models.faults import is_not_a_database, translated


def driver_error(code: int, text: str = "said the driver") -> dbapi2.Error:
    error = dbapi2.DatabaseError(text)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (11, DamagedError),
        (11 | 1 << 8, DamagedError),  # a virtual table's page
        (26, DamagedError),
        (13, NoSpaceError),
        (8, ReadOnlyError),
        (14, ReadOnlyError),
        (5, ProfileBusyError),
        (5 | 2 << 8, ProfileBusyError),  # a snapshot that grew old
        (10 | 3 << 8, StoreError),
    ],
)
def test_result_codes_become_our_errors(tmp_path, code, expected):
    assert type(translated(driver_error(code), tmp_path / "x.db")) is expected


def test_full_text_table_that_cannot_be_opened_is_damage(tmp_path):
    error = driver_error(1, "vtable constructor failed: message_fts")
    assert isinstance(translated(error, tmp_path), DamagedError)


def test_errors_without_a_code_are_known_by_their_words(tmp_path):
    for text, expected in [
        ("database or disk is full", NoSpaceError),
        ("database disk image is malformed", DamagedError),
    ]:
        assert isinstance(translated(dbapi2.OperationalError(text), tmp_path / "x.db"), expected)


def test_mistakes_of_ours_stay_what_they_are(tmp_path):
    assert translated(driver_error(1, "no such table: x"), tmp_path) is None
    assert translated(driver_error(19, "UNIQUE constraint failed"), tmp_path) is None
    assert translated(KeyError("x"), tmp_path) is None
    assert translated(StoreError("ours already"), tmp_path) is None


def test_wrapped_errors_are_unwrapped(tmp_path):
    wrapped = OperationalError("INSERT", {}, driver_error(13))
    assert isinstance(translated(wrapped, tmp_path), NoSpaceError)


def test_system_errors_are_told_apart(tmp_path):
    assert isinstance(translated(OSError(errno.ENOSPC, "no"), tmp_path), NoSpaceError)
    assert isinstance(translated(OSError(errno.EROFS, "no"), tmp_path), ReadOnlyError)
    assert type(translated(OSError(errno.EIO, "no"), tmp_path)) is StoreError


def test_first_page_that_cannot_be_read_is_recognised(tmp_path):
    path = a_database(tmp_path).path
    with closing(dbapi2.connect(str(path))) as connection, pytest.raises(dbapi2.Error) as caught:
        connection.execute("SELECT count(*) FROM sqlite_schema")
    assert is_not_a_database(caught.value)


def test_real_constraint_errors_pass_through(tmp_path):
    database = a_database(tmp_path)
    rows = [("theme", "1"), ("theme", "2")]
    with pytest.raises(IntegrityError), database.write() as session:
        session.connection().exec_driver_sql("INSERT INTO preference (key, value) VALUES (?, ?)", rows)


def test_real_lock_becomes_busy(tmp_path):
    database = a_database(tmp_path)
    with closing(connect(database.path, KEY, writable=True)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(connect(database.path, KEY, writable=True)) as late:
            late.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(dbapi2.Error) as caught:
                late.execute("BEGIN IMMEDIATE")
    assert isinstance(translated(caught.value, database.path), ProfileBusyError)
