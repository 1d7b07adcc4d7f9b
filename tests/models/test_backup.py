"""Backups: made, verified, thinned, brought back."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import KEY, NOW, a_clock, a_workspace
from workbench.errors import BadInputError, DamagedError, NoSpaceError, ProfileBusyError, WrongKeyError
from workbench.models.backup import backup, keep, list_backups, restore
from workbench.models.copies import verify_copy
from workbench.models.database import Database
from workbench.paths import backup_folder, database_file

INSERT = "INSERT INTO preference (key, value) VALUES (?, ?)"


def put(database: Database, name: str) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql(INSERT, (name, "1"))


def preferences(database: Database) -> list[str]:
    with database.read() as reader:
        return [key for (key,) in reader.rows("SELECT key FROM preference ORDER BY key")]


def test_backup_opens_with_the_profiles_key_only(tmp_path):
    workspace = a_workspace(tmp_path)
    put(workspace.database, "a")
    made = backup(workspace.database, backup_folder(workspace.profile), workspace.clock)
    assert made == list_backups(backup_folder(workspace.profile))[0]
    assert (made.made_at, made.size) == (NOW, made.path.stat().st_size)
    assert verify_copy(made.path, KEY)["preference"] == 1
    with pytest.raises(WrongKeyError):
        verify_copy(made.path, bytes(32))
    workspace.close()


def test_restored_profile_is_as_it_was_and_the_replaced_file_is_kept(tmp_path):
    workspace = a_workspace(tmp_path)
    put(workspace.database, "before")
    made = backup(workspace.database, backup_folder(workspace.profile), workspace.clock)
    put(workspace.database, "after")
    workspace.close()
    aside = restore(workspace.profile, made.path, KEY, clock=a_clock())
    assert aside is not None
    assert verify_copy(aside, KEY)["preference"] == 2
    workspace = a_workspace(tmp_path)
    assert preferences(workspace.database) == ["before"]
    workspace.close()


def test_restore_brings_back_a_damaged_and_a_missing_database(tmp_path):
    workspace = a_workspace(tmp_path)
    put(workspace.database, "before")
    made = backup(workspace.database, backup_folder(workspace.profile), workspace.clock)
    workspace.close()
    path = database_file(workspace.profile)
    path.write_bytes(b"noise" * 5000)
    aside = restore(workspace.profile, made.path, KEY, clock=a_clock())
    assert aside is not None
    assert aside.read_bytes() == b"noise" * 5000
    path.unlink()
    assert restore(workspace.profile, made.path, KEY, clock=a_clock()) is None
    workspace = a_workspace(tmp_path)
    assert preferences(workspace.database) == ["before"]
    workspace.close()


def test_restore_waits_for_nobody_and_overwrites_nobody(tmp_path):
    workspace = a_workspace(tmp_path)
    made = backup(workspace.database, backup_folder(workspace.profile), workspace.clock)
    with pytest.raises(ProfileBusyError):
        restore(workspace.profile, made.path, KEY, clock=a_clock())
    workspace.close()


def test_restore_refuses_what_is_no_good_backup(tmp_path):
    workspace = a_workspace(tmp_path)
    made = backup(workspace.database, backup_folder(workspace.profile), workspace.clock)
    workspace.close()
    before = database_file(workspace.profile).read_bytes()
    with pytest.raises(BadInputError):
        restore(workspace.profile, tmp_path / "no such file", KEY, clock=a_clock())
    with pytest.raises(WrongKeyError):
        restore(workspace.profile, made.path, bytes(32), clock=a_clock())
    damaged = bytearray(made.path.read_bytes())
    damaged[-5000] ^= 1
    made.path.write_bytes(damaged)
    with pytest.raises(DamagedError):
        restore(workspace.profile, made.path, KEY, clock=a_clock())
    assert database_file(workspace.profile).read_bytes() == before


def test_backup_that_does_not_fit_is_refused_before_it_starts(tmp_path, monkeypatch):
    workspace = a_workspace(tmp_path)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=10_000))
    with pytest.raises(NoSpaceError) as caught:
        backup(workspace.database, backup_folder(workspace.profile), workspace.clock)
    assert caught.value.details["free"] == 10_000
    assert list(backup_folder(workspace.profile).iterdir()) == []
    workspace.close()


def test_files_of_other_names_are_no_backups(tmp_path):
    (tmp_path / "workbench-yesterday.db").touch()
    (tmp_path / "notes.txt").touch()
    assert list_backups(tmp_path) == []
    assert list_backups(tmp_path / "not there") == []


def test_backups_are_thinned_to_days_weeks_and_months(tmp_path):
    workspace = a_workspace(tmp_path)
    folder = backup_folder(workspace.profile)
    folder.mkdir()
    for days in range(1, 150):
        moment = NOW - timedelta(days=days)
        (folder / f"workbench-{moment:%Y%m%dT%H%M%SZ}.db").touch()
    backup(workspace.database, folder, workspace.clock)
    kept = [copy.made_at for copy in list_backups(folder)]
    assert kept[:7] == [NOW - timedelta(days=days) for days in range(7)]
    # 15 June 2024 is a Saturday: the newest of the three weeks before are Sundays, of the two months before month ends.
    weeks = [datetime(2024, 6, day, 12, tzinfo=UTC) for day in (9, 2)] + [datetime(2024, 5, 26, 12, tzinfo=UTC)]
    months = [datetime(2024, 5, 31, 12, tzinfo=UTC), datetime(2024, 4, 30, 12, tzinfo=UTC)]
    assert set(kept[7:]) == {*weeks, *months} - set(kept[:7])
    workspace.close()


def test_several_backups_of_one_day_leave_the_newest():
    morning, evening = NOW.replace(hour=8), NOW.replace(hour=20)
    assert keep([morning, evening]) == {evening}


def test_gaps_do_not_cost_backups():
    moments = [NOW - timedelta(days=200 * number) for number in range(10)]
    assert keep(moments) == frozenset(moments[:7])
    assert keep([]) == frozenset()
