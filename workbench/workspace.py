"""Workspace: the composition root; opens key, lock and database, and makes the stores on first use. No Qt."""

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from workbench.clock import Clock, SystemClock
from workbench.errors import BadInputError, DamagedError, StoreError, WrongKeyError, store_error
from workbench.models.database import Database
from workbench.models.lock import ProfileLock
from workbench.models.migrate import bring_up_to_date, create_database, is_current
from workbench.models.place import refuse_shared_place
from workbench.paths import backup_folder, database_file
from workbench.vault import KeySource, make, obtain, read_card
from workbench.vault.copy_mark import read_mark

if TYPE_CHECKING:
    from workbench.notes.store import NotesStore
    from workbench.plans.store import PlanStore
    from workbench.sync.accounts import AccountStore
    from workbench.sync.attachments import FileStore
    from workbench.sync.mirror import MirrorStore
    from workbench.sync.outbox import OutboxStore


class Workspace:
    """An open profile. Holds the profile lock while it is writable; `close` gives it back."""

    def __init__(self, profile: Path, *, clock: Clock, database: Database, lock: ProfileLock | None) -> None:
        self.profile = profile
        self.clock = clock
        self.database = database
        self._lock = lock

    @classmethod
    def create(cls, profile: Path, *, key: KeySource, clock: Clock | None = None) -> Self:
        """Makes a profile (folder 0700, key, database) and opens it for writing.

        Refuses a folder that holds a profile already, or one on a network drive or in a synced folder (BadInputError).
        """
        clock = clock or SystemClock()
        refuse_shared_place(profile)
        if has_profile(profile):
            message = "there is already a profile in this folder"
            raise BadInputError(message, folder=str(profile))
        try:
            profile.mkdir(mode=0o700, parents=True, exist_ok=True)
            profile.chmod(0o700)
        except OSError as error:
            raise store_error(error) from error
        lock = ProfileLock(profile).take()
        try:
            create_database(database_file(profile), secret := make(profile, key))
            database = _taken_over(profile, Database(database_file(profile), secret), clock)
            return cls(profile, clock=clock, database=database, lock=lock)
        except BaseException:
            _free(lock)
            raise

    @classmethod
    def open(cls, profile: Path, *, key: KeySource, clock: Clock | None = None, writable: bool = True) -> Self:
        """Opens a profile; one made by an older version is migrated first, after a copy.

        Without `writable` it works beside whoever writes and takes no lock (only for the moment of a migration).
        Refuses as `Database`, `obtain` and `ProfileLock` do.
        """
        clock = clock or SystemClock()
        if not has_profile(profile):
            message = "there is no profile in this folder"
            raise BadInputError(message, folder=str(profile))
        refuse_shared_place(profile)
        path, secret = database_file(profile), obtain(profile, key)
        lock = ProfileLock(profile).take() if writable else None
        try:
            if not is_current(path, secret):
                _migrate(profile, secret, clock=clock, is_locked=writable)
            database = Database(path, secret, writable=writable)
            if writable:
                database = _taken_over(profile, database, clock)
            return cls(profile, clock=clock, database=database, lock=lock)
        except WrongKeyError as error:
            _free(lock)
            card = read_card(profile)
            if card is not None and card.fits(secret):
                message = "the key is right, but the first page of the database is damaged"
                raise DamagedError(message) from error
            raise
        except BaseException:
            _free(lock)
            raise

    @classmethod
    def open_beside(cls, profile: Path, secret: bytes, *, clock: Clock | None = None) -> Self:
        """Opens a profile for writing in a process that works for the holder of its lock; only `operations` does this.

        Refuses as `Database` does, and when nobody holds the lock (StoreError): it is no way around it.
        """
        if not ProfileLock(profile).is_held():
            message = "nobody holds this profile open"
            raise StoreError(message)
        return cls(profile, clock=clock or SystemClock(), database=Database(database_file(profile), secret), lock=None)

    @cached_property
    def mirror(self) -> "MirrorStore":
        """The writer of everything mirrored."""
        from workbench.sync.mirror import MirrorStore  # noqa: PLC0415 - stores load the ORM, reading does not need them

        return MirrorStore(self.database, self.clock)

    @cached_property
    def accounts(self) -> "AccountStore":
        """The writer of accounts."""
        from workbench.sync.accounts import AccountStore  # noqa: PLC0415 - as above

        return AccountStore(self.database, self.clock)

    @cached_property
    def outbox(self) -> "OutboxStore":
        """The writer of the outbox."""
        from workbench.sync.outbox import OutboxStore  # noqa: PLC0415 - as above

        return OutboxStore(self.database, self.clock)

    @cached_property
    def files(self) -> "FileStore":
        """The writer of what was fetched of the files on messages."""
        from workbench.sync.attachments import FileStore  # noqa: PLC0415 - as above

        return FileStore(self.database, self.clock)

    @cached_property
    def plans(self) -> "PlanStore":
        """The writer of plans; changes are signed with the name of this copy of the profile."""
        from workbench.plans.store import PlanStore  # noqa: PLC0415 - as above

        mark = read_mark(self.profile)
        return PlanStore(self.database, self.clock, author=mark.copy if mark is not None else "me")

    @cached_property
    def notes(self) -> "NotesStore":
        """The writer of notes, tags, marks and preferences."""
        from workbench.notes.store import NotesStore  # noqa: PLC0415 - as above

        return NotesStore(self.database, self.clock)

    def close(self) -> None:
        """Closes the database and gives the lock back; doing it twice is harmless."""
        self.database.close()
        _free(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


def has_profile(profile: Path) -> bool:
    """Whether the folder holds a profile, as far as can be told without its key."""
    return database_file(profile).exists()


def _migrate(profile: Path, key: bytes, *, clock: Clock, is_locked: bool) -> None:
    """Brings the file to today's form; takes the lock for that long when the caller only came to read."""
    lock = None if is_locked else ProfileLock(profile).take()
    try:
        bring_up_to_date(database_file(profile), key, copies=backup_folder(profile), clock=clock)
    finally:
        _free(lock)


def _taken_over(profile: Path, database: Database, clock: Clock) -> Database:
    """The database, once what an earlier process or another copy of the profile left on its way is settled."""
    from workbench.sync.outbox_opening import take_over  # noqa: PLC0415 - reading does not need it

    try:
        take_over(profile, database, clock)
    except BaseException:
        database.close()
        raise
    return database


def _free(lock: ProfileLock | None) -> None:
    if lock is not None:
        lock.free()
