"""Workspace: made, opened, locked, read beside a writer, and nothing readable on the disk."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.builders import KEY, NOW, a_clock, a_key_file, a_workspace
from tests.disks import a_small_disk, an_unwritable
from workbench.errors import (
    BadInputError,
    DamagedError,
    KeyMissingError,
    NoSpaceError,
    NotOurFileError,
    ProfileBusyError,
    ReadOnlyError,
    StoreError,
    WrongKeyError,
)
from workbench.logs import Log
from workbench.models.backup import backup
from workbench.models.connections import connect, create
from workbench.models.tables import Account, Body, Community, Event, Handle, Person, PersonNote
from workbench.paths import backup_folder, database_file, log_folder
from workbench.vault import KeyFile, Passphrase, Vault
from workbench.vault.passphrase import Cost
from workbench.workspace import Workspace, has_profile

ROOT = Path(__file__).resolve().parents[1]


def test_new_profile_is_for_its_owner_only_and_opens_again(tmp_path):
    key = KeyFile(tmp_path / "key")
    profile = tmp_path / "deep" / "profile"
    assert not has_profile(profile)
    with Workspace.create(profile, key=key, clock=a_clock()) as workspace:
        assert workspace.profile == profile
    assert has_profile(profile)
    assert profile.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in profile.iterdir())
    with Workspace.open(profile, key=key) as workspace, workspace.database.read() as reader:
        assert reader.scalar("SELECT count(*) FROM event") == 0


def test_profile_with_a_passphrase_opens_with_it_and_with_its_code(tmp_path):
    codes: list[str] = []
    cheap = Cost(memory_kib=8, passes=1)
    source = Passphrase(lambda: "correct horse battery", show_recovery=codes.append, cost=cheap)
    Workspace.create(tmp_path / "profile", key=source).close()
    Workspace.open(tmp_path / "profile", key=source).close()
    Workspace.open(tmp_path / "profile", key=Passphrase(lambda: codes[0])).close()
    with pytest.raises(WrongKeyError):
        Workspace.open(tmp_path / "profile", key=Passphrase(lambda: "wrong words"))


def test_profile_is_never_made_over_another(tmp_path):
    a_workspace(tmp_path).close()
    with pytest.raises(BadInputError):
        Workspace.create(tmp_path / "profile", key=a_key_file(tmp_path))


def test_making_a_profile_again_after_a_break_works(tmp_path):
    profile = tmp_path / "profile"
    profile.mkdir()
    create(profile / ".workbench.db.new", KEY).close()
    (profile / "profile.json").write_text("half")
    with Workspace.create(profile, key=a_key_file(tmp_path)) as workspace, workspace.database.read() as reader:
        assert reader.scalar("SELECT count(*) FROM event") == 0


def test_folder_without_a_profile_is_said_so_and_left_alone(tmp_path):
    with pytest.raises(BadInputError):
        Workspace.open(tmp_path, key=KeyFile(tmp_path / "key"))
    assert list(tmp_path.iterdir()) == []


def test_second_writer_is_refused_and_readers_work_beside_the_first(tmp_path):
    first = a_workspace(tmp_path)
    with pytest.raises(ProfileBusyError):
        a_workspace(tmp_path)
    with Workspace.open(first.profile, key=a_key_file(tmp_path), writable=False) as reading:
        with first.database.write() as session:
            session.add(Account(kind="table", name="Sheets", created_at=NOW))
        with reading.database.read() as reader:
            assert reader.scalar("SELECT name FROM account") == "Sheets"
        with pytest.raises(ReadOnlyError), reading.database.write():
            pass
    first.close()
    first.close()
    a_workspace(tmp_path).close()


def test_helper_writes_beside_the_holder_of_the_lock_and_never_alone(tmp_path):
    with a_workspace(tmp_path) as holder:
        with Workspace.open_beside(holder.profile, KEY, clock=a_clock()) as helper:
            helper.notes.set_preference("theme", "dark")
        with holder.database.read() as reader:
            assert reader.scalar("SELECT value FROM preference") == "dark"
        with pytest.raises(ProfileBusyError):
            a_workspace(tmp_path)
    with pytest.raises(StoreError, match="nobody holds"):
        Workspace.open_beside(tmp_path / "profile", KEY)


def test_refused_opening_gives_the_lock_back(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.close()
    path = database_file(workspace.profile)
    whole = path.read_bytes()
    path.write_bytes(b"noise" * 1000)
    with pytest.raises(StoreError):
        a_workspace(tmp_path)
    path.write_bytes(whole)
    a_workspace(tmp_path).close()


def test_wrong_key_is_told_from_a_damaged_first_page(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.close()
    KeyFile(tmp_path / "other").make(tmp_path, "instance")
    with pytest.raises(WrongKeyError):
        Workspace.open(workspace.profile, key=KeyFile(tmp_path / "other"))
    path = database_file(workspace.profile)
    damaged = bytearray(path.read_bytes())
    damaged[100] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(DamagedError):
        a_workspace(tmp_path)


def test_no_vault_no_file_and_no_words_end_in_what_to_do(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.close()
    for source in (Vault(), Passphrase(lambda: ""), KeyFile(tmp_path / "not there")):
        with pytest.raises(KeyMissingError):
            Workspace.open(workspace.profile, key=source)


def test_another_programs_file_is_left_alone(tmp_path):
    profile = tmp_path / "profile"
    profile.mkdir()
    with closing(sqlite3.connect(database_file(profile))) as other:
        other.execute("CREATE TABLE theirs (a)")
        other.commit()
    with pytest.raises(NotOurFileError):
        Workspace.open(profile, key=a_key_file(tmp_path))


def test_unwritable_profile_is_refused_for_writing_and_still_read(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.close()
    key = KEY

    class Given(KeyFile):
        """The key itself: the file may not be readable for whom the test has to become."""

        def unlock(self, profile: Path, instance: str) -> bytes:
            return key

    with an_unwritable(workspace.profile) as place:
        with pytest.raises(ReadOnlyError):
            Workspace.open(place, key=Given(place))
        with Workspace.open(place, key=Given(place), writable=False) as reading, reading.database.read() as reader:
            assert reader.scalar("SELECT count(*) FROM event") == 0
        with pytest.raises(ReadOnlyError):
            Workspace.create(place / "new", key=Given(place))


def test_profile_on_a_full_disk_is_refused_and_can_be_made_later(tmp_path):
    with a_small_disk(100 << 10) as disk:
        key = KeyFile(tmp_path / "key")
        with pytest.raises(NoSpaceError if disk.is_real else StoreError):
            Workspace.create(disk.folder / "profile", key=key)
        assert not has_profile(disk.folder / "profile")


def test_older_profile_is_migrated_on_opening_also_by_who_only_reads(tmp_path):
    for name, writable in (("one", True), ("two", False)):
        (tmp_path / name).mkdir()
        a_workspace(tmp_path / name).close()
        profile = tmp_path / name / "profile"
        database_file(profile).unlink()
        create(database_file(profile), KEY).close()  # form 0: no table yet
        key = a_key_file(tmp_path / name)
        with Workspace.open(profile, key=key, clock=a_clock(), writable=writable) as workspace:
            assert workspace.database.writable is writable
        assert len(list(backup_folder(profile).iterdir())) == 1


def test_opening_and_reading_stay_light(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.close()
    code = (
        "import sys; from pathlib import Path\n"
        "from workbench.vault import KeyFile; from workbench.workspace import Workspace\n"
        "workspace = Workspace.open(Path(sys.argv[1]), key=KeyFile(Path(sys.argv[2])))\n"
        "with workspace.database.read() as reader: assert reader.scalar('SELECT count(*) FROM event') == 0\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'alembic', 'keyring', 'structlog', 'numpy', 'argon2', 'cryptography'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(workspace.profile), str(tmp_path / "key")]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""


PLANTED = [f"Planted{number} Example{number}" for number in range(50)]


def plant(workspace: Workspace) -> None:
    """Names, addresses, tokens and texts in every table that could hold one."""
    with workspace.database.write() as session:
        session.add(Account(kind="table", name=PLANTED[0], created_at=NOW, settings=f'{{"token": "{PLANTED[1]}"}}'))
        session.flush()
        session.add(Community(account_id=1, remote_id=PLANTED[2], name=PLANTED[3], created_at=NOW))
        session.flush()
        for number, name in enumerate(PLANTED, start=1):
            session.add(Person(id=number, name=name, name_key=name.casefold()))
            session.flush()
            session.add(Handle(account_id=1, remote_id=name, person_id=number, name=name))
            remote = {"remote_id": name, "remote_key": name.encode()}
            session.add(Event(id=number, community_id=1, person_id=number, kind=3, at=NOW, **remote))
            session.flush()
            session.add(Body(event_id=number, subject=name, text=name * 20))
            session.add(PersonNote(person_id=number, text=name, updated_at=NOW))
            fts = "INSERT INTO message_fts (rowid, scope, subject, body) VALUES (?, 'c1', ?, ?)"
            session.connection().exec_driver_sql(fts, (number, name, name))


def test_nothing_planted_is_found_anywhere_in_the_profile(tmp_path):
    workspace = a_workspace(tmp_path)
    plant(workspace)
    backup(workspace.database, backup_folder(workspace.profile), workspace.clock)
    log = Log(log_folder(workspace.profile), clock=workspace.clock)
    for name in PLANTED:
        with pytest.raises(IntegrityError) as caught, workspace.database.write() as session:
            session.connection().exec_driver_sql("INSERT INTO person (name) VALUES (?)", (name,))
        log.failure("write.failed", caught.value, name=name)
    log.close()
    # Before closing: the log of the database still holds all of it.
    files = [path for path in workspace.profile.rglob("*") if path.is_file()]
    assert {path.name.split("-")[-1] for path in files} >= {"wal", "shm", "workbench.log", "profile.json"}
    content = b"".join(path.read_bytes() for path in files)
    for name in [*PLANTED, "Planted", "planted", "Example", KEY.hex()]:
        for form in (name.encode(), name.encode("utf-16-le"), name.casefold().encode()):
            assert form not in content, name
    assert KEY not in content
    workspace.close()


def test_killed_profile_opens_and_is_whole(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.close()
    code = (
        "import os, sys; from pathlib import Path\n"
        "from workbench.vault import KeyFile; from workbench.workspace import Workspace\n"
        "workspace = Workspace.open(Path(sys.argv[1]), key=KeyFile(Path(sys.argv[2])))\n"
        "with workspace.database.write() as session:\n"
        "    session.connection().exec_driver_sql(\"INSERT INTO preference VALUES ('kept', '1')\")\n"
        "with workspace.database.write() as session:\n"
        "    session.connection().exec_driver_sql(\"INSERT INTO preference VALUES ('lost', '1')\")\n"
        "    os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", code, str(workspace.profile), str(tmp_path / "key")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    workspace = a_workspace(tmp_path)
    with workspace.database.read() as reader:
        assert reader.rows("SELECT key FROM preference") == [("kept",)]
        assert reader.scalar("PRAGMA quick_check") == "ok"
    with closing(connect(database_file(workspace.profile), KEY, writable=False)) as connection:
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    workspace.close()
