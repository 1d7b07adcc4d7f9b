"""One keyed connection to a profile database: driver version, key, pragmas, and whose file it is."""

import sys
from math import exp2
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

from workbench.errors import BadInputError, NewerProfileError, NotOurFileError, ReadOnlyError, StoreError, WrongKeyError
from workbench.models.faults import is_not_a_database, translated
from workbench.models.migrations import HEAD

APPLICATION_ID = 0x43576231
"""Written into the header of every profile database ("CWb1")."""

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can lose a commit when two connections meet while the write-ahead log is reset."""

KEY_BYTES = 32
# The window and the process that imports for it write beside each other. To wait for the other's transaction, at most
# the removal of a large account, is no error; nobody else is there who could hold a lock for long.
BUSY_MILLISECONDS = 120_000
READER_CACHE_KIB = 8 * 1024
# What asks for months of many communities comes back to the same pages a dozen times, and each one that is gone has to
# be decrypted again: with 24 MB a scorecard of a million messages takes a sixth less. Given back when it is worked out.
LONG_READER_CACHE_KIB = 24 * 1024
# A sync's memory stays as it is however much there is to mirror: with 16 MB a million posts take 4 % more of the
# processor than with 32.
WRITER_CACHE_KIB = 16 * 1024
# Files are read faster than a network tells. Indexes over digests and people are touched at random places; at a million
# mails they fill some 120 MB, and each page that is not here is read and decrypted again: 4.8 pages a mail with 64 MB,
# 2.9 with 128. Filled only by work that needs it, and given back when that work ends (MirrorStore.in_bulk).
BULK_CACHE_KIB = 128 * 1024
# 64 MB of log before pages move to the main file (SQLite's own default is 4): a bulk load touches the same index pages
# again and again, and each checkpoint copies them once. Price: up to 64 MB more on disk while writing. What a commit
# promises is the same: the log itself is written through to the disk each time.
WRITER_CHECKPOINT_PAGES = 16_000
_LOG_LIMIT_BYTES = 64 << 20
# A page of messages takes some eighty statements, with lists of ten lengths: none of them is compiled for each page.
_STATEMENTS_KEPT = 256

_PLAIN_HEADER = b"SQLite format 3\x00"

# What every connection must answer; `PRAGMAS` is also what the tests ask each pooled connection.
PRAGMAS: dict[str, int | str] = {
    "foreign_keys": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": BUSY_MILLISECONDS,
    "temp_store": 2,
    "cell_size_check": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    **({"fullfsync": 1, "checkpoint_fullfsync": 1} if sys.platform == "darwin" else {}),
}


def connect(
    path: Path, key: bytes, *, writable: bool, foreign_keys: bool = True, kind: type[Any] = dbapi2.Connection
) -> Any:
    """A connection to an existing database with key and pragmas set; closed by the caller.

    Without `writable` it refuses every change. BEGIN and COMMIT are the caller's: the driver starts nothing by itself.
    `foreign_keys=False` is for migrations, which rebuild tables; `kind` is the class of what is answered. Refuses a
    missing file (BadInputError), another program's file (NotOurFileError) and a key that does not fit (WrongKeyError).
    """
    refuse_foreign_header(path)
    try:
        return _connect(path, key, writable=writable, foreign_keys=foreign_keys, kind=kind)
    except dbapi2.Error as error:
        fault = _opening_error(error, path)
        if writable or not isinstance(fault, ReadOnlyError) or _has_log(path):
            raise fault from error
    # A folder nobody can write to, and no log in it: nothing changes the file, so it can be read without the
    # shared memory that the log would need.
    try:
        return _connect(path, key, writable=False, foreign_keys=True, frozen=True)
    except dbapi2.Error as error:
        raise _opening_error(error, path) from error


def create(path: Path, key: bytes) -> Any:
    """A connection to a new, empty database at `path`, for migrations; refuses to open what is already there."""
    _require_driver()
    try:
        path.touch(mode=0o600, exist_ok=False)
        connection = _keyed(dbapi2.connect(str(path), isolation_level=None, check_same_thread=False), key)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _set_up(connection, writable=True, foreign_keys=False)
    except (OSError, dbapi2.Error) as error:
        raise translated(error, path) or error from error
    return connection


def connect_copy(path: Path, key: bytes) -> Any:
    """A connection to a file that a backup writes; no pragma, the source decides everything."""
    _require_driver()
    path.touch(mode=0o600, exist_ok=False)
    return _keyed(dbapi2.connect(str(path), isolation_level=None, check_same_thread=False), key)


def schema_version(connection: Any, path: Path, *, head: int = HEAD) -> int:
    """The number of the last migration applied; refuses files that are not ours or newer than `head`."""
    try:
        application_id = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except dbapi2.Error as error:
        raise _opening_error(error, path) from error
    if application_id != APPLICATION_ID:
        message = "the file opens, but it is not a profile of this program"
        raise NotOurFileError(message)
    if version > head:
        message = "the profile was made by a newer version"
        raise NewerProfileError(message, found=version, known=head)
    return version


def refuse_foreign_header(path: Path) -> None:
    """Refuses what can be told without the key: no file, an empty file, another program's plain SQLite file."""
    try:
        with path.open("rb") as file:
            header = file.read(len(_PLAIN_HEADER))
    except FileNotFoundError as error:
        message = "there is no profile in this folder"
        raise BadInputError(message, folder=str(path.parent)) from error
    except IsADirectoryError as error:
        message = "a folder stands where the database should be"
        raise NotOurFileError(message) from error
    except OSError as error:
        raise translated(error, path) or error from error
    if not header or header == _PLAIN_HEADER:
        message = "the file was not made by this program"
        raise NotOurFileError(message)


def _require_driver() -> None:
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        message = f"SQLite {needed} or newer is needed, this is {dbapi2.sqlite_version}"
        raise StoreError(message)


def _connect(
    path: Path,
    key: bytes,
    *,
    writable: bool,
    foreign_keys: bool,
    frozen: bool = False,
    kind: type[Any] = dbapi2.Connection,
) -> Any:
    _require_driver()
    # Not "rwc": a file that vanished since the look at its header is an error, not a new database.
    address = f"file:{quote(str(path))}?{'mode=ro&immutable=1' if frozen else 'mode=rw'}"
    kept = {"cached_statements": _STATEMENTS_KEPT} if writable else {}
    plain = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False, factory=kind, **kept)
    connection = _keyed(plain, key)
    try:
        _set_up(connection, writable=writable, foreign_keys=foreign_keys)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _keyed(connection: Any, key: bytes) -> Any:
    if len(key) != KEY_BYTES:
        connection.close()
        message = "a key has exactly 32 bytes"
        raise WrongKeyError(message)
    # Pragmas take no parameters; hexadecimal of 32 bytes cannot carry anything but the key.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def _set_up(connection: Any, *, writable: bool, foreign_keys: bool) -> None:
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    if not foreign_keys:
        connection.execute("PRAGMA foreign_keys = OFF")
    if writable:
        connection.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {WRITER_CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA journal_size_limit = {_LOG_LIMIT_BYTES}")
    else:
        connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
        connection.execute("PRAGMA query_only = ON")
    # This SQLite is built without functions of mathematics; how warm a thread is needs one.
    connection.create_function("exp2", 1, exp2, deterministic=True)


def _opening_error(error: BaseException, path: Path) -> Exception:
    if is_not_a_database(error):
        # A SQLCipher file cannot be told from noise: one honest sentence for both.
        return WrongKeyError("the key does not open this file, or its first page is damaged")
    return translated(error, path) or StoreError(f"the database could not be opened: {error}")
