"""Copies: whole and verified, or not there at all."""

from contextlib import closing

import pytest

from tests.builders import KEY, a_database
from tests.disks import a_small_disk, an_unwritable
from workbench.cancel import CancelToken
from workbench.errors import CancelledError, DamagedError, NoSpaceError, ReadOnlyError, StoreError
from workbench.models.connections import connect
from workbench.models.copies import replace_database, require_space, row_counts, verify_copy, write_copy
from workbench.models.database import Database

INSERT = "INSERT INTO preference (key, value) VALUES (?, ?)"


def a_filled_database(tmp_path, *, rows: int = 4000) -> Database:
    database = a_database(tmp_path)
    with database.write() as session:
        session.connection().exec_driver_sql(INSERT, [(f"key {number}", "value " * 50) for number in range(rows)])
    return database


def test_copy_holds_the_same_rows_and_needs_the_same_key(tmp_path):
    database = a_filled_database(tmp_path)
    told = []
    with closing(database.connection()) as source:
        write_copy(source, tmp_path / "copies" / "one.db", KEY, told=lambda done, total: told.append((done, total)))
        expected = row_counts(source)
    assert verify_copy(tmp_path / "copies" / "one.db", KEY) == expected
    assert told[-1][0] == told[-1][1]
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["one.db"]
    assert b"value" not in (tmp_path / "copies" / "one.db").read_bytes()
    assert (tmp_path / "copies" / "one.db").stat().st_mode & 0o077 == 0


def test_copy_is_of_one_state_although_a_writer_goes_on(tmp_path):
    database = a_filled_database(tmp_path, rows=20_000)
    steps = []

    def write_meanwhile(done: int, _total: int) -> None:
        with database.write() as session:
            session.connection().exec_driver_sql(INSERT, (f"meanwhile {done}", "1"))
        steps.append(done)

    with closing(database.connection()) as source:
        write_copy(source, tmp_path / "one.copy", KEY, told=write_meanwhile)
    assert len(steps) > 1
    assert verify_copy(tmp_path / "one.copy", KEY)["preference"] == 20_000


def test_cancelled_copy_leaves_no_file(tmp_path):
    database = a_filled_database(tmp_path)
    cancel = CancelToken()
    cancel.cancel()
    with closing(database.connection()) as source, pytest.raises(CancelledError):
        write_copy(source, tmp_path / "copies" / "one.db", KEY, cancel=cancel)
    assert list((tmp_path / "copies").iterdir()) == []


def test_copy_on_a_full_disk_leaves_no_half_file(tmp_path):
    database = a_filled_database(tmp_path)
    with a_small_disk(256 << 10) as disk:
        with (
            closing(database.connection()) as source,
            pytest.raises(NoSpaceError if disk.is_real else StoreError),
        ):
            write_copy(source, disk.folder / "one.db", KEY)
        assert list(disk.folder.iterdir()) == []
    assert Database(database.path, KEY).path == database.path


def test_copy_into_an_unwritable_folder_is_refused(tmp_path):
    database = a_filled_database(tmp_path, rows=1)
    (tmp_path / "copies").mkdir()
    with (
        closing(database.connection()) as source,
        an_unwritable(tmp_path / "copies") as place,
        pytest.raises(ReadOnlyError),
    ):
        write_copy(source, place / "one.db", KEY)


def test_damaged_copies_are_found(tmp_path):
    database = a_filled_database(tmp_path)
    database.close()
    damaged = bytearray(database.path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    copy = tmp_path / "damaged.db"
    copy.write_bytes(damaged)
    with pytest.raises(DamagedError):
        verify_copy(copy, KEY)
    with pytest.raises(DamagedError):
        verify_copy(database.path, KEY, expected={"preference": 1})


def test_source_that_is_damaged_gives_no_copy(tmp_path):
    database = a_filled_database(tmp_path)
    database.close()
    damaged = bytearray(database.path.read_bytes())
    damaged[-5000] ^= 1
    database.path.write_bytes(damaged)
    with closing(connect(database.path, KEY, writable=True)) as source, pytest.raises(DamagedError):
        write_copy(source, tmp_path / "copies" / "one.db", KEY)
    assert list((tmp_path / "copies").iterdir()) == []


def test_replaced_database_is_kept_and_its_log_never_meets_the_new_one(tmp_path):
    database = a_filled_database(tmp_path)
    with closing(database.connection()) as source:
        write_copy(source, tmp_path / "copy.db", KEY)
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM preference")
    # Left open on purpose: as after a crash, the newest change is in the log only.
    replace_database(database.path, tmp_path / "copy.db", KEY, aside=tmp_path / "aside.db")
    assert verify_copy(database.path, KEY)["preference"] == 4000
    assert verify_copy(tmp_path / "aside.db", KEY)["preference"] == 0


def test_replacing_by_a_bad_copy_touches_nothing(tmp_path):
    database = a_filled_database(tmp_path)
    database.close()
    before = database.path.read_bytes()
    bad = bytearray(before)
    bad[-5000] ^= 1
    (tmp_path / "bad.db").write_bytes(bad)
    with pytest.raises(DamagedError):
        replace_database(database.path, tmp_path / "bad.db", KEY, aside=tmp_path / "aside.db")
    assert database.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.db", "workbench.db"]


def test_room_is_asked_for_before_anything_is_written(tmp_path):
    require_space(tmp_path, 1)
    with pytest.raises(NoSpaceError) as caught:
        require_space(tmp_path, 1 << 60)
    assert caught.value.details["needed"] == 1 << 60
