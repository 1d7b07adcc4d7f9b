"""Migrations: made by one chain, a copy first, all or nothing."""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import KEY, a_clock, a_database
from tests.disks import a_small_disk, an_unwritable
from workbench.errors import DamagedError, NewerProfileError, NoSpaceError, ReadOnlyError, StoreError, WrongKeyError
from workbench.models.connections import connect, create
from workbench.models.copies import row_counts
from workbench.models.database import Database
from workbench.models.migrate import RELEASED, Chain, bring_up_to_date, create_database, is_current

ROOT = Path(__file__).resolve().parents[2]
NEXT = """
import os
import sqlalchemy as sa
from alembic import op

revision = "{next:04}"
down_revision = "{head:04}"


def upgrade():
    op.execute("CREATE TABLE souvenir (id INTEGER PRIMARY KEY)")
    {step}
"""


def chain_with(tmp_path: Path, step: str) -> Chain:
    folder = tmp_path / "steps"
    folder.mkdir()
    source = NEXT.format(step=step, head=RELEASED.head, next=RELEASED.head + 1)
    (folder / "mnext.py").write_text(source)
    return Chain(folders=(*RELEASED.folders, folder), head=RELEASED.head + 1)


def a_filled_file(tmp_path: Path) -> Path:
    database = a_database(tmp_path)
    with database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "INSERT INTO account (id, kind, name, settings, is_paused, created_at) VALUES (1, 'table', 'Sheets', '{}', 0, 0)"
        )
        insert = "INSERT INTO community (account_id, remote_id, name, description, is_followed, created_at)"
        names = [(f"r{number}", f"Group {number}") for number in range(300)]
        connection.exec_driver_sql(f"{insert} VALUES (1, ?, ?, '', 1, 0)", names)
    database.close()
    return database.path


def state(path: Path) -> tuple[int, str, dict[str, int]]:
    with closing(connect(path, KEY, writable=False)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        mark = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        return version, mark, row_counts(connection)


def migrate(path: Path, chain: Chain) -> Path | None:
    return bring_up_to_date(path, KEY, copies=path.parent / "backups", clock=a_clock(), chain=chain)


def test_new_database_has_both_marks_of_the_form(tmp_path):
    create_database(tmp_path / "new.db", KEY)
    version, mark, counts = state(tmp_path / "new.db")
    assert (version, mark) == (RELEASED.head, f"{RELEASED.head:04}")
    assert (counts["event"], counts["alembic_version"]) == (0, 1)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("new.db")] == []
    assert (tmp_path / "new.db").stat().st_mode & 0o077 == 0


def test_new_database_never_replaces_one(tmp_path):
    path = a_filled_file(tmp_path)
    with pytest.raises(StoreError):
        create_database(path, KEY)
    assert state(path)[2]["community"] == 300


def test_new_database_on_a_full_disk_leaves_nothing():
    with a_small_disk(64 << 10) as disk:
        with pytest.raises(NoSpaceError if disk.is_real else StoreError):
            create_database(disk.folder / "new.db", KEY)
        assert list(disk.folder.iterdir()) == []


def test_new_database_in_an_unwritable_folder_is_refused(tmp_path):
    with an_unwritable(tmp_path) as place, pytest.raises(ReadOnlyError):
        create_database(place / "new.db", KEY)


def test_file_of_todays_form_is_left_alone(tmp_path):
    path = a_filled_file(tmp_path)
    before = path.read_bytes()
    assert is_current(path, KEY)
    assert bring_up_to_date(path, KEY, copies=tmp_path / "backups", clock=a_clock()) is None
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_older_file_is_copied_then_migrated(tmp_path):
    path = a_filled_file(tmp_path)
    before = state(path)
    chain = chain_with(tmp_path, "pass")
    assert not is_current(path, KEY, chain=chain)
    copy = migrate(path, chain)
    assert copy is not None
    assert state(copy) == before
    version, mark, counts = state(path)
    assert (version, mark) == (RELEASED.head + 1, f"{RELEASED.head + 1:04}")
    assert counts == before[2] | {"souvenir": 0}
    assert migrate(path, chain) is None


def test_rebuilding_a_parent_table_keeps_its_children(tmp_path):
    step = 'with op.batch_alter_table("account") as table:\n        table.add_column(sa.Column("colour", sa.String))'
    path = a_filled_file(tmp_path)
    migrate(path, chain_with(tmp_path, step))
    assert state(path)[2]["community"] == 300


@pytest.mark.parametrize(
    "step",
    [
        "op.execute('DROP TABLE body')\n    raise RuntimeError('a mistake in the step')",
        "op.execute('DELETE FROM account')",  # leaves communities without their account
        "op.execute('DROP TABLE no_such_table')",
    ],
)
def test_failed_step_leaves_nothing_and_names_the_copy(tmp_path, step):
    path = a_filled_file(tmp_path)
    before = state(path)
    with pytest.raises(StoreError) as caught:
        migrate(path, chain_with(tmp_path, step))
    assert state(path) == before
    copies = list((tmp_path / "backups").iterdir())
    assert [state(copy) for copy in copies] == [before]
    assert "copy" not in caught.value.details or caught.value.details["copy"] == copies[0].name
    Database(path, KEY).close()


def test_file_ruined_by_a_step_is_put_back_from_the_copy(tmp_path):
    path = a_filled_file(tmp_path)
    before = state(path)
    ruin = f"with open({str(path)!r}, 'r+b') as file:\n        file.write(b'noise' * 1000)\n    raise RuntimeError"
    with pytest.raises(StoreError):
        migrate(path, chain_with(tmp_path, ruin))
    assert state(path) == before


def test_kill_between_statements_keeps_the_old_data(tmp_path):
    path = a_filled_file(tmp_path)
    before = state(path)
    chain_with(tmp_path, "op.execute('DROP TABLE body'); os.kill(os.getpid(), 9)")
    code = (
        "import sys; from pathlib import Path; from tests.models.test_migrate import Chain, RELEASED, migrate\n"
        "migrate(Path(sys.argv[1]), Chain(folders=(*RELEASED.folders, Path(sys.argv[2])), head=RELEASED.head + 1))"
    )
    command = [sys.executable, "-c", code, str(path), str(tmp_path / "steps")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    assert state(path) == before
    Database(path, KEY).close()


def test_migration_without_room_for_its_copy_does_not_start(tmp_path, monkeypatch):
    path = a_filled_file(tmp_path)
    before = path.read_bytes()
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=2 * len(before)))
    with pytest.raises(NoSpaceError) as caught:
        migrate(path, chain_with(tmp_path, "pass"))
    assert caught.value.details["needed"] == int(2.2 * len(before))
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_damaged_file_is_not_migrated(tmp_path):
    path = a_filled_file(tmp_path)
    damaged = bytearray(path.read_bytes())
    damaged[-5000] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(DamagedError):
        migrate(path, chain_with(tmp_path, "pass"))
    assert path.read_bytes() == damaged
    assert list((tmp_path / "backups").iterdir()) == []


def test_newer_file_and_wrong_key_are_refused(tmp_path):
    path = a_filled_file(tmp_path)
    with pytest.raises(WrongKeyError):
        is_current(path, bytes(32))
    with closing(connect(path, KEY, writable=True)) as connection:
        connection.execute(f"PRAGMA user_version = {RELEASED.head + 1}")
    with pytest.raises(NewerProfileError):
        migrate(path, RELEASED)


def test_unfinished_leftovers_do_not_stop_a_new_database(tmp_path):
    create(tmp_path / ".new.db.new", KEY).close()
    create_database(tmp_path / "new.db", KEY)
    assert is_current(tmp_path / "new.db", KEY)
    assert not (tmp_path / ".new.db.new").exists()


def test_hashtags_of_what_was_mirrored_before_are_found(tmp_path):
    path = tmp_path / "old.db"
    older = Chain(folders=(until(tmp_path, "0006"),), head=6)
    create_database(path, KEY, chain=older)
    with closing(connect(path, KEY, writable=True)) as connection:
        connection.executescript(
            """
            INSERT INTO account (id, kind, name, settings, is_paused, created_at) VALUES (1, 'table', 'T', '{}', 0, 0);
            INSERT INTO community (id, account_id, remote_id, name, description, is_followed, created_at)
              VALUES (1, 1, 'r', 'G', '', 1, 0);
            INSERT INTO person (id, name, name_key, is_bot) VALUES (1, 'Amina Example', 'amina example', 0);
            """
        )
        event = "INSERT INTO event (id, community_id, person_id, kind, at, at_is_guess, remote_id, remote_key, is_question, length) VALUES (?, 1, 1, ?, ?, 0, ?, ?, 0, 0)"
        for number, kind, subject, text in (
            (1, 3, "All #here", "I have #Joined\n> said #before"),
            (2, 4, "All #here", "See http://example.org/#part, #wash"),
            (3, 4, "Nothing", "Nothing"),
        ):
            connection.execute(event, (number, kind, 10 * number, f"m{number}", bytes(16 - 1) + bytes([number])))
            connection.execute("INSERT INTO body VALUES (?, ?, ?, NULL, NULL)", (number, subject, text))
        connection.commit()
    migrate(path, RELEASED)
    with closing(connect(path, KEY, writable=False)) as connection:
        rows = connection.execute("SELECT event_id, tag, at, community_id FROM event_tag ORDER BY 1, 2").fetchall()
    assert [tuple(row) for row in rows] == [(1, "here", 10, 1), (1, "joined", 10, 1), (2, "wash", 20, 1)]


def test_people_known_before_are_found_by_name_and_office(tmp_path):
    path = tmp_path / "old.db"
    create_database(path, KEY, chain=Chain(folders=(until(tmp_path, "0005"),), head=5))
    with closing(connect(path, KEY, writable=True)) as connection:
        insert = "INSERT INTO person (name, name_key, office, is_bot) VALUES (?, ?, ?, 0)"
        connection.execute(insert, ("Zoé Example", "zoe example", "Genève"))
        connection.execute(insert, ("Amina Example", "amina example", None))
    migrate(path, RELEASED)
    with closing(connect(path, KEY, writable=False)) as connection:
        found = connection.execute("SELECT find_key FROM person ORDER BY find_key").fetchall()
    assert [tuple(row) for row in found] == [("amina example\n",), ("zoe example\ngeneve",)]


def until(tmp_path: Path, revision: str) -> Path:
    """A folder with the released steps up to this one."""
    folder = tmp_path / "earlier"
    folder.mkdir()
    for step in RELEASED.folders[0].glob("m0*.py"):
        if step.name[1:5] <= revision:
            shutil.copy(step, folder)
    return folder
