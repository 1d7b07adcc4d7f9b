"""Makes a new database and brings an older one to today's form; loads Alembic only when there is something to do."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.clock import Clock
from workbench.errors import StoreError, WorkbenchError
from workbench.models import migrations
from workbench.models.connections import connect, create, schema_version
from workbench.models.copies import discard, replace_database, require_space, sync_file, sync_folder, write_copy
from workbench.models.faults import translated

_SPACE_FACTOR = 2.2  # the copy, and a log as large as the file in the worst migration, with a little air


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps there are: the folders their files lie in, and the number of the newest one."""

    folders: tuple[Path, ...]
    head: int


RELEASED = Chain(folders=(Path(migrations.__file__).parent,), head=migrations.HEAD)


def create_database(path: Path, key: bytes, *, chain: Chain = RELEASED) -> None:
    """Makes a new database at `path` by the same steps an old one goes through.

    It appears under its name only when it is complete. Refuses where something stands already (StoreError), on a full
    disk (NoSpaceError) and in a folder that does not let us write (ReadOnlyError).
    """
    if path.exists():
        message = "there is a database already"
        raise StoreError(message)
    unfinished = path.with_name(f".{path.name}.new")
    discard(unfinished)
    try:
        _run(create(unfinished, key), chain)
        sync_file(unfinished)
        unfinished.replace(path)
        sync_folder(path.parent)
    except Exception as error:
        discard(unfinished)
        fault = translated(error, path)
        if fault is not None:
            raise fault from error
        raise


def is_current(path: Path, key: bytes, *, chain: Chain = RELEASED) -> bool:
    """Whether the file has today's form; refuses what cannot be opened, is not ours, or is newer."""
    with closing(connect(path, key, writable=False)) as connection:
        return schema_version(connection, path, head=chain.head) == chain.head


def bring_up_to_date(path: Path, key: bytes, *, copies: Path, clock: Clock, chain: Chain = RELEASED) -> Path | None:
    """Migrates an older file in one transaction, after a verified copy into `copies`; the copy, or None if current.

    The caller holds the profile lock. When a step fails nothing of it is kept: the old file opens as before (put back
    from the copy should it not), and a StoreError names the copy.
    """
    with closing(connect(path, key, writable=True)) as connection:
        version = schema_version(connection, path, head=chain.head)
        if version == chain.head:
            return None
        require_space(path.parent, int(path.stat().st_size * _SPACE_FACTOR))
        copy = copies / f"before-form-{chain.head}-{clock.now():%Y%m%dT%H%M%SZ}.db"
        write_copy(connection, copy, key)
    try:
        _run(connect(path, key, writable=True, foreign_keys=False), chain)
    except Exception as error:
        _put_back(path, key, copy=copy, version=version, chain=chain)
        fault = translated(error, path)
        if fault is not None:
            raise fault from error
        message = "the profile could not be brought to its new form; it is as it was"
        raise StoreError(message, copy=copy.name) from error
    return copy


def _run(raw: Any, chain: Chain) -> None:
    """Applies what is missing over a raw connection with foreign keys off, and closes it."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - 0.3 s and only for files that are behind
    from alembic.operations import Operations  # noqa: PLC0415 - as above
    from alembic.runtime.migration import MigrationStep  # noqa: PLC0415 - as above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above
    from sqlalchemy import NullPool, create_engine, event  # noqa: PLC0415 - as above
    from sqlcipher3 import dbapi2  # noqa: PLC0415 - as above

    scripts = ScriptDirectory(str(chain.folders[0]), version_locations=[str(folder) for folder in chain.folders])

    def missing(current: Any, _context: MigrationContext) -> Iterable[Any]:
        lower = current[0] if current else "base"
        revisions = reversed(list(scripts.iterate_revisions("head", lower)))
        return [MigrationStep.upgrade_from_script(scripts.revision_map, revision) for revision in revisions]

    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: raw, poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with closing(raw), engine.begin() as connection:
        # Alembic takes SQLite's DDL for non-transactional unless told; inside our BEGIN it then commits nothing itself.
        context = MigrationContext.configure(connection, opts={"transactional_ddl": True, "fn": missing})
        with Operations.context(context):
            context.run_migrations()
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            message = "rows would lose what they belong to"
            raise StoreError(message, table=str(orphans[0][0]), rows=len(orphans))
        connection.exec_driver_sql(f"PRAGMA user_version = {chain.head}")


def _put_back(path: Path, key: bytes, *, copy: Path, version: int, chain: Chain) -> None:
    """After a failed step: leaves a file that opens as before alone, else puts the copy in its place by rename."""
    try:
        with closing(connect(path, key, writable=False)) as connection:
            if schema_version(connection, path, head=chain.head) == version:
                return
    except WorkbenchError:
        pass  # it does not open: that is what the copy is for
    replace_database(path, copy, key)
