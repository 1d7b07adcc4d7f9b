"""Database: transactions, pools, and what is left after every kind of fault."""

import random
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.builders import KEY, NOW, a_database
from tests.disks import a_small_disk, an_unwritable
from workbench.errors import (
    DamagedError,
    NoSpaceError,
    ProfileBusyError,
    ReadOnlyError,
    StoreError,
    WorkbenchError,
    WrongKeyError,
)
from workbench.models.connections import connect
from workbench.models.database import Database
from workbench.models.tables import Account, Preference

ROOT = Path(__file__).resolve().parents[2]
INSERT = "INSERT INTO preference (key, value) VALUES (?, ?)"


def keys(database: Database) -> list[str]:
    with database.read() as reader:
        return [key for (key,) in reader.rows("SELECT key FROM preference ORDER BY key")]


def put(database: Database, *names: str) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql(INSERT, [(name, "1") for name in names])


def test_what_is_written_is_read_back(tmp_path):
    database = a_database(tmp_path)
    with database.write() as session:
        session.add(Account(kind="table", name="Sheets", created_at=NOW))
    with database.read() as reader:
        assert reader.rows("SELECT name, kind FROM account") == [("Sheets", "table")]
        assert reader.one("SELECT name FROM account WHERE id = :id", {"id": 1}) == ("Sheets",)
        assert reader.one("SELECT name FROM account WHERE id = 2") is None
        assert reader.scalar("SELECT count(*) FROM account") == 1
        assert reader.scalar("SELECT name FROM account WHERE id = 2") is None


def test_rows_can_be_walked_in_pieces(tmp_path):
    database = a_database(tmp_path)
    put(database, *(f"key {number:04}" for number in range(1234)))
    with database.read() as reader:
        walked = list(reader.iterate("SELECT key FROM preference ORDER BY key", size=100))
        assert walked == reader.rows("SELECT key FROM preference ORDER BY key")
    assert len(walked) == 1234


def test_failed_write_keeps_nothing(tmp_path):
    database = a_database(tmp_path)

    def write_and_fail():
        with database.write() as session:
            session.add(Preference(key="a", value="1"))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    assert keys(database) == []


def test_inner_write_joins_the_outer_one(tmp_path):
    database = a_database(tmp_path)

    def write_twice_and_fail():
        with database.write() as outer:
            with database.write() as inner:
                assert inner is outer
                inner.add(Preference(key="a", value="1"))
            raise KeyError

    with pytest.raises(KeyError):
        write_twice_and_fail()
    assert keys(database) == []


def test_error_of_an_inner_write_cannot_be_hidden(tmp_path):
    database = a_database(tmp_path)

    def write_both():
        with database.write() as session:
            session.add(Preference(key="outer", value="1"))
            try:
                put(database, "same", "same")
            except IntegrityError:
                session.expunge_all()

    with pytest.raises(StoreError):
        write_both()
    assert keys(database) == []
    put(database, "after")
    assert keys(database) == ["after"]


def test_read_sees_one_state_while_others_write(tmp_path):
    database = a_database(tmp_path)
    with database.read() as reader:
        assert reader.scalar("SELECT count(*) FROM preference") == 0
        put(database, "a")
        assert reader.scalar("SELECT count(*) FROM preference") == 0
    assert keys(database) == ["a"]


def test_what_was_found_once_is_known_to_the_end_of_the_transaction(tmp_path):
    database = a_database(tmp_path)
    with database.read() as reader:
        assert [reader.once("one", lambda each=each: each) for each in (1, 2)] == [1, 1]
    with database.read() as reader:
        assert reader.once("one", lambda: 2) == 2
    database.close()


def test_a_long_look_has_more_room_and_gives_it_back(tmp_path):
    with closing(a_database(tmp_path)) as database, database.read() as reader:
        usual = reader.scalar("PRAGMA cache_size")
        with reader.at_length():
            assert abs(reader.scalar("PRAGMA cache_size")) > abs(usual)
        assert reader.scalar("PRAGMA cache_size") == usual
        with pytest.raises(ZeroDivisionError), reader.at_length():
            raise ZeroDivisionError
        assert reader.scalar("PRAGMA cache_size") == usual


def test_what_may_be_lost_is_written_at_once_or_not_at_all(tmp_path):
    with closing(a_database(tmp_path)) as database:
        with database.jot() as connection:
            connection.execute(INSERT, ("jotted", "1"))
        with pytest.raises(ZeroDivisionError), database.jot() as connection:
            connection.execute(INSERT, ("half", 1 / 0))
        with database.write() as session:
            session.connection().exec_driver_sql(INSERT, ("written", "1"))
            with pytest.raises(ProfileBusyError), database.jot():
                raise AssertionError
        assert keys(database) == ["jotted", "written"]
    with closing(a_database(tmp_path, writable=False)) as database, pytest.raises(ReadOnlyError), database.jot():
        raise AssertionError


def test_reading_changes_nothing(tmp_path):
    database = a_database(tmp_path)
    with pytest.raises(ReadOnlyError), database.read() as reader:
        reader.rows("DELETE FROM preference")


def test_error_in_a_read_leaves_the_next_read_sound(tmp_path):
    database = a_database(tmp_path)
    with pytest.raises(KeyError), database.read() as reader:
        {}[reader.scalar("SELECT 1")]
    assert keys(database) == []


def test_rows_of_a_session_can_be_used_after_it(tmp_path):
    database = a_database(tmp_path)
    with database.write() as session:
        account = Account(kind="table", name="Sheets", created_at=NOW)
        session.add(account)
    assert (account.id, account.name) == (1, "Sheets")


def test_database_opened_for_reading_refuses_to_write(tmp_path):
    a_database(tmp_path).close()
    database = a_database(tmp_path, writable=False)
    with pytest.raises(ReadOnlyError), database.write():
        pass


def test_closed_database_refuses_to_read(tmp_path):
    database = a_database(tmp_path)
    put(database, "a")
    database.close()
    with pytest.raises(StoreError), database.read():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["workbench.db"]  # the log was folded in


def test_older_form_has_to_be_migrated_first(tmp_path):
    path = a_database(tmp_path).path
    with closing(connect(path, KEY, writable=True)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(StoreError):
        Database(path, KEY)


def test_many_threads_read_and_write_without_an_error(tmp_path):
    database = a_database(tmp_path)

    def work(name: int) -> None:
        for round_ in range(20):
            put(database, f"{name} {round_}")
            with database.read() as reader:
                mine = reader.scalar("SELECT count(*) FROM preference WHERE key LIKE ?", (f"{name} %",))
            assert mine == round_ + 1

    with ThreadPoolExecutor(6) as threads:
        for done in [threads.submit(work, name) for name in range(6)]:
            done.result()
    assert len(keys(database)) == 120


def test_writers_are_served_in_the_order_they_asked(tmp_path):
    database = a_database(tmp_path)
    served: list[int] = []

    def write(number: int) -> None:
        with database.write():
            served.append(number)

    threads = []
    with database.write():
        for number in range(5):
            threads.append(threading.Thread(target=write, args=(number,)))
            threads[-1].start()
            while len(database._turns._waiting) <= number:
                threads[-1].join(timeout=0.001)  # lets it come to the queue
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4]


def test_opening_and_reading_load_no_orm(tmp_path):
    a_database(tmp_path).close()
    code = (
        "import sys; from pathlib import Path; from workbench.models.database import Database\n"
        "database = Database(Path(sys.argv[1]), bytes(range(32)))\n"
        "with database.read() as reader: assert reader.scalar('SELECT count(*) FROM event') == 0\n"
        "print(*sorted({'sqlmodel', 'sqlalchemy', 'alembic', 'keyring', 'pydantic'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "workbench.db")]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""


def test_full_database_keeps_what_was_there(tmp_path):
    database = a_database(tmp_path)
    put(database, "before")
    with database.write() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(NoSpaceError):
        put(database, *(f"{number} {'x' * 3000}" for number in range(20)))
    assert keys(database) == ["before"]


def test_full_disk_keeps_what_was_there():
    with a_small_disk(4 << 20) as disk:
        database = a_database(disk.folder)
        put(database, "before")
        # Where no small file system can be made the system says "file too large", which is not told apart from a fault.
        with pytest.raises(NoSpaceError if disk.is_real else StoreError):
            put(database, *(f"{number} {'x' * 3000}" for number in range(2000)))
        assert keys(database) == ["before"]
        database.close()


def test_folder_that_became_unwritable_refuses_and_keeps(tmp_path):
    database = a_database(tmp_path / "folder")
    put(database, "before")
    database.close()
    with an_unwritable(tmp_path / "folder") as place:
        reading = Database(place / "workbench.db", KEY, writable=False)
        assert keys(reading) == ["before"]
        reading.close()
        with pytest.raises(ReadOnlyError):
            put(Database(place / "workbench.db", KEY), "after")


def everything(path: Path) -> list[object]:
    database = Database(path, KEY)
    try:
        with database.read() as reader:
            hits = reader.rows("SELECT rowid FROM message_fts WHERE message_fts MATCH 'common' ORDER BY rowid")
            return [reader.rows("SELECT * FROM preference ORDER BY key"), hits]
    finally:
        database.close()


def test_flipped_bits_are_found_or_harmless(tmp_path):
    database = a_database(tmp_path / "whole")
    with database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(INSERT, [(f"key {number:04}", "value " * 30) for number in range(1500)])
        texts = [(number, "c1", f"subject {number}", f"common word{number}") for number in range(1500)]
        connection.exec_driver_sql("INSERT INTO message_fts (rowid, scope, subject, body) VALUES (?, ?, ?, ?)", texts)
    database.close()
    whole = database.path.read_bytes()
    truth = everything(database.path)
    outcomes = []
    for seed in range(120):
        dice = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        path = tmp_path / "damaged.db"
        path.write_bytes(damaged)
        try:
            assert everything(path) == truth, f"seed {seed}"
            outcomes.append("harmless")
        except (DamagedError, WrongKeyError) as error:
            outcomes.append(type(error).__name__)
    assert outcomes.count("DamagedError") > 60


def test_damage_met_once_does_not_spoil_other_reads(tmp_path):
    database = a_database(tmp_path)
    put(database, *(f"key {number:04} {'x' * 500}" for number in range(500)))
    database.close()
    damaged = bytearray(database.path.read_bytes())
    damaged[-3000] ^= 1
    database.path.write_bytes(damaged)
    again = Database(database.path, KEY)
    with pytest.raises(DamagedError), again.read() as reader:
        reader.rows("SELECT * FROM preference")
    with again.read() as reader:
        assert reader.scalar("SELECT count(*) FROM account") == 0


WRITER = """
import sys
from pathlib import Path
from workbench.models.database import Database
database = Database(Path(sys.argv[1]), bytes(range(32)))
with database.read() as reader:
    batch = int(reader.scalar("SELECT value FROM preference WHERE key = 'cursor'") or 0)
while True:
    batch += 1
    with database.write() as session:
        rows = [(f"{batch:06} {number:03}", "x" * 200) for number in range(200)]
        session.connection().exec_driver_sql("INSERT INTO preference (key, value) VALUES (?, ?)", rows)
        session.connection().exec_driver_sql("INSERT OR REPLACE INTO preference VALUES ('cursor', ?)", (str(batch),))
    print(batch, flush=True)
"""


def test_killed_writer_leaves_rows_equal_to_cursor(tmp_path):
    database = a_database(tmp_path)
    for seed in range(4):
        command = [sys.executable, "-c", WRITER, str(database.path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(random.Random(seed).randint(1, 40)):
                told = int(writer.stdout.readline())
            writer.kill()
            # What it had said before it died was committed, whatever else was.
            told = max([told, *(int(line) for line in writer.stdout if line.endswith("\n"))])
        with database.read() as reader:
            cursor = int(reader.scalar("SELECT value FROM preference WHERE key = 'cursor'"))
            assert reader.scalar("SELECT count(*) FROM preference") == cursor * 200 + 1
            assert reader.scalar("PRAGMA quick_check") == "ok"
        assert cursor >= told


def test_log_of_a_killed_writer_is_as_unreadable_as_the_file(tmp_path):
    database = a_database(tmp_path)
    planted = [f"Planted Name {number}" for number in range(50)]
    with database.write() as session:
        session.connection().exec_driver_sql(INSERT, [(name, f"token-{name}") for name in planted])
        fts = "INSERT INTO message_fts (rowid, scope, subject, body) VALUES (?, 'c1', ?, ?)"
        session.connection().exec_driver_sql(fts, [(number, name, name) for number, name in enumerate(planted)])
    snapshot = tmp_path / "as-left-behind"
    snapshot.mkdir()
    for path in tmp_path.glob("workbench.db*"):
        shutil.copy(path, snapshot)
    content = b"".join(path.read_bytes() for path in sorted(snapshot.iterdir()))
    assert len(list(snapshot.iterdir())) == 3
    for name in [*planted, "Planted", "planted"]:
        assert name.encode() not in content
        assert name.encode("utf-16-le") not in content
    assert len(keys(Database(snapshot / "workbench.db", KEY))) == 50


def test_every_fault_is_one_of_ours(tmp_path):
    path = a_database(tmp_path).path
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(WorkbenchError):
        everything(path)
