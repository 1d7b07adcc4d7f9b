"""Test builders: small, real things of the program in a folder of the test."""

import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from workbench.clock import FixedClock
from workbench.models.database import Database
from workbench.models.migrate import create_database
from workbench.paths import database_file
from workbench.vault import KeyFile, make
from workbench.workspace import Workspace

NOW = datetime(2024, 6, 15, 12, 0, tzinfo=UTC)
KEY = bytes(range(32))


def a_clock(moment: datetime = NOW) -> FixedClock:
    """A clock that stands at noon on 15 June 2024."""
    return FixedClock(moment)


def a_database(tmp_path: Path, *, writable: bool = True) -> Database:
    """An empty database of today's form with a fixed key; the test closes it or lets it go."""
    path = tmp_path / "workbench.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty_database())
    return Database(path, KEY, writable=writable)


@cache
def _empty_database() -> bytes:
    """The bytes of a freshly migrated database: made once a run, because making one loads Alembic."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-tests-"))
    try:
        create_database(folder / "workbench.db", KEY)
        return (folder / "workbench.db").read_bytes()
    finally:
        shutil.rmtree(folder)


def a_workspace(tmp_path: Path, *, clock: FixedClock | None = None) -> Workspace:
    """A writable workspace over an empty profile in `tmp_path / "profile"`, its key in a file beside it."""
    profile, key_file = tmp_path / "profile", a_key_file(tmp_path)
    if not database_file(profile).exists():
        profile.mkdir(mode=0o700)
        make(profile, key_file)
        database_file(profile).write_bytes(_empty_database())
    return Workspace.open(profile, key=key_file, clock=clock or a_clock())


def a_key_file(tmp_path: Path) -> KeyFile:
    """A key file holding the fixed key."""
    path = tmp_path / "key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(KEY.hex() + "\n", encoding="ascii")
    return KeyFile(path)
