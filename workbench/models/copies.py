"""A verified copy of a database: the step shared by backup, restore and migration."""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from workbench.cancel import CancelToken
from workbench.errors import DamagedError, NoSpaceError, WorkbenchError
from workbench.models.connections import connect, connect_copy, schema_version
from workbench.models.faults import translated

_PAGES_A_STEP = 500  # 2 MB: soon enough for a cancel, large enough not to be felt
Told = Callable[[int, int], None]
"""Called with pages done and pages in all."""


def write_copy(
    source: Any, target: Path, key: bytes, *, told: Told | None = None, cancel: CancelToken | None = None
) -> None:
    """Copies what `source` sees now to `target`, encrypted with the same key, opens the copy and compares it.

    `source` is a connection outside a transaction; writers may go on beside it. The file appears under its name only
    when it was found whole; nothing half written stays. Refuses with NoSpaceError, ReadOnlyError or DamagedError.
    """
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        source.execute("BEGIN")
        try:
            # Counted in the transaction that is copied, so a writer beside us cannot make the two differ.
            expected = row_counts(source)
            with closing(connect_copy(partial, key)) as copy:
                source.backup(copy, pages=_PAGES_A_STEP, progress=_progress(told, cancel))
        finally:
            source.execute("ROLLBACK")
        verify_copy(partial, key, expected=expected)
        sync_file(partial)
        partial.replace(target)
        sync_folder(target.parent)
    except Exception as error:
        discard(partial)
        fault = translated(error, target)
        if fault is not None:
            raise fault from error
        raise


def verify_copy(path: Path, key: bytes, *, expected: Mapping[str, int] | None = None) -> dict[str, int]:
    """Row counts of a copy that opens with `key` and passes SQLite's own check; DamagedError where it does not."""
    try:
        with closing(connect(path, key, writable=False)) as connection:
            schema_version(connection, path)
            problems = [row[0] for row in connection.execute("PRAGMA quick_check")]
            counts = row_counts(connection)
    except dbapi2.Error as error:
        message = "the copy cannot be read to its end"
        raise DamagedError(message, file=path.name) from error
    if problems != ["ok"] or (expected is not None and counts != dict(expected)):
        message = "the copy is not whole"
        raise DamagedError(message, file=path.name)
    return counts


def row_counts(connection: Any) -> dict[str, int]:
    """Rows by table, for comparing a copy with what it was made from."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema"
        " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    count = 'SELECT count(*) FROM "{}"'
    return {name: connection.execute(count.format(name)).fetchone()[0] for (name,) in names}


def require_space(folder: Path, needed: int) -> None:
    """Refuses with NoSpaceError before anything is written, where `needed` bytes are not free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        message = "there is not enough free space"
        raise NoSpaceError(message, needed=needed, free=free)


def replace_database(path: Path, copy: Path, key: bytes, *, aside: Path | None = None) -> None:
    """Puts a copy in the place of the database by rename; what stood there is kept as `aside` where that is given.

    The caller holds the profile lock and has closed the database. The write-ahead log of the old file must never meet
    the new one, so it is folded in first, or set aside with its file where the old one is damaged.
    """
    incoming = path.with_name(f".{path.name}.incoming")
    discard(incoming)
    try:
        shutil.copyfile(copy, incoming)
        incoming.chmod(0o600)
        sync_file(incoming)
        verify_copy(incoming, key)
        _fold_log(path, key)
        log = path.with_name(f"{path.name}-wal")
        if aside is not None:
            if log.exists():
                log.replace(aside.with_name(f"{aside.name}-wal"))
            if path.exists():
                _keep_as(path, aside)
        log.unlink(missing_ok=True)
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
        incoming.replace(path)
        sync_folder(path.parent)
    except Exception as error:
        discard(incoming)
        fault = translated(error, path)
        if fault is not None:
            raise fault from error
        raise


def discard(path: Path) -> None:
    """Removes a file and what SQLite keeps beside it, as far as the folder lets us."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        # On the way out of an error: the first error is the one to tell.
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Waits until the file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Waits until names in `folder` are on the disk, where the system can say so (Windows cannot)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fold_log(path: Path, key: bytes) -> None:
    """Moves committed changes from the log into the file, as far as the file can be opened."""
    # A database that is damaged or has another key cannot be folded; it is then set aside together with its log.
    with suppress(WorkbenchError, dbapi2.Error), closing(connect(path, key, writable=True)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _keep_as(path: Path, aside: Path) -> None:
    """Gives a file a second name, so that `path` is never missing; on file systems without links it is renamed."""
    try:
        aside.hardlink_to(path)
    except OSError:
        path.replace(aside)


def _progress(told: Told | None, cancel: CancelToken | None) -> Callable[[int, int, int], None]:
    def step(_status: int, remaining: int, total: int) -> None:
        if cancel is not None:
            cancel.check()
        if told is not None:
            told(total - remaining, total)

    return step
