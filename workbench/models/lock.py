"""ProfileLock: one writer at a time, window or command line; the system frees it when a process dies."""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from workbench.errors import BadInputError, ProfileBusyError, store_error

if TYPE_CHECKING:
    from filelock import FileLock

LOCK_NAME = "workbench.lock"


class ProfileLock:
    """Held by whoever may write to a profile; readers never take it. Another `name` guards another kind of work.

    Taking it refuses at once: ProfileBusyError when somebody holds it, ReadOnlyError or NoSpaceError when the lock file
    cannot be made, BadInputError where the file system knows no locks.
    """

    def __init__(self, profile: Path, *, name: str = LOCK_NAME) -> None:
        self._path = profile / name
        self._lock: FileLock | None = None

    def take(self) -> Self:
        """Takes the lock or refuses; never waits."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 - 50 ms that reading does not need

        # thread_local: the window opens the workspace in one thread and closes it in another.
        lock = FileLock(self._path, mode=0o600, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            message = "another window or command is writing to this profile"
            raise ProfileBusyError(message) from error
        except NotImplementedError as error:
            message = "the file system of this folder cannot lock files"
            raise BadInputError(message, folder=str(self._path.parent)) from error
        except OSError as error:
            raise store_error(error) from error
        self._lock = lock
        return self

    def is_held(self) -> bool:
        """Whether somebody holds it, this process or another; refuses as `take` does where there can be no lock."""
        try:
            self.take()
        except ProfileBusyError:
            return True
        self.free()
        return False

    def free(self) -> None:
        """Gives the lock back; doing it twice is harmless."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self.take()

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.free()
