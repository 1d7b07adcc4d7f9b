"""The one place where driver, disk and lock failures become errors of our tree."""

import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from workbench.errors import (
    DamagedError,
    NoSpaceError,
    ProfileBusyError,
    ReadOnlyError,
    StoreError,
    WorkbenchError,
    store_error,
)

# Primary result codes of SQLite (the low byte of an extended code).
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
# The driver's backup call raises with SQLite's own words and no code.
_CODE_OF_TEXT = {
    "database is locked": _BUSY,
    "database table is locked": _LOCKED,
    "attempt to write a readonly database": _READONLY,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
}
_SHORT_OF_SPACE = 1 << 20


def translated(error: BaseException, path: Path) -> WorkbenchError | None:
    """The error of our tree that `error` stands for, or None where it is a bug (or a constraint) and should pass.

    `error` may come from the driver, from the ORM (which wraps the driver's in `orig`) or from the operating system;
    `path` is the file worked on, used only to tell a full disk from a broken one.
    """
    original = getattr(error, "orig", None) or error
    if isinstance(original, WorkbenchError):
        return None
    if isinstance(original, dbapi2.Error):
        return _from_driver(original, path)
    if isinstance(original, OSError):
        return store_error(original)
    return None


def is_not_a_database(error: BaseException) -> bool:
    """Whether the first page could not be read: wrong key, damage and noise look the same."""
    return isinstance(error, dbapi2.Error) and _primary_code(error) == _NOTADB


def _primary_code(error: BaseException) -> int:
    code = getattr(error, "sqlite_errorcode", None)
    return _CODE_OF_TEXT.get(str(error), 0) if code is None else int(code) & 0xFF


def _from_driver(error: BaseException, path: Path) -> WorkbenchError | None:
    code = _primary_code(error)
    text = str(error)
    # A full-text table whose configuration page does not authenticate reports itself as a plain error.
    if code in {_CORRUPT, _NOTADB} or text.startswith("vtable constructor failed"):
        return DamagedError("a page of the database does not pass its check")
    if code == _FULL or (code in {_IOERR, _CANTOPEN} and _is_full(path)):
        return NoSpaceError("the disk is full")
    if code in {_READONLY, _CANTOPEN}:
        return ReadOnlyError("the folder does not let us write")
    if code in {_BUSY, _LOCKED}:
        return ProfileBusyError("somebody else is writing to this profile")
    if code == _IOERR:
        return StoreError("the disk did not answer")
    return None


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _SHORT_OF_SPACE
    except OSError:  # the folder went away: not a matter of space
        return False
