"""Checks: sound stays silent, damage is named."""

from contextlib import closing

import pytest

from tests.builders import KEY, a_database
from workbench.models.check import full_check, quick_check
from workbench.models.connections import connect
from workbench.models.database import Database

INSERT = "INSERT INTO preference (key, value) VALUES (?, ?)"


def a_filled_database(tmp_path) -> Database:
    database = a_database(tmp_path)
    with database.write() as session:
        session.connection().exec_driver_sql(INSERT, [(f"key {number}", "value " * 50) for number in range(1000)])
    return database


def test_sound_profile_passes_both_checks(tmp_path):
    database = a_filled_database(tmp_path)
    assert quick_check(database).is_sound
    full = full_check(database)
    assert full.is_sound
    assert set(quick_check(database).checks) < set(full.checks)


def test_flipped_bit_is_found_and_its_page_named(tmp_path):
    database = a_filled_database(tmp_path)
    with database.read() as reader:
        # A page that holds rows: one of the schema would not even let the profile be opened.
        page = reader.scalar("SELECT rootpage FROM sqlite_master WHERE name = 'event'")
    database.close()
    damaged = bytearray(database.path.read_bytes())
    damaged[4096 * (page - 1) + 50] ^= 1
    database.path.write_bytes(damaged)
    found = full_check(Database(database.path, KEY))
    assert not found.is_sound
    assert any(f"page {page}" in problem for problem in found.problems)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("INSERT INTO community (account_id, remote_id, name, description, is_followed, created_at)"
         " VALUES (9, 'x', 'x', '', 1, 0)", "account"),
        ("UPDATE alembic_version SET version_num = '0007'", "form"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_are_named(tmp_path, statement, named):
    database = a_filled_database(tmp_path)
    with closing(connect(database.path, KEY, writable=True, foreign_keys=False)) as connection:
        connection.execute(statement)
    found = full_check(database)
    assert any(named in problem for problem in found.problems)
