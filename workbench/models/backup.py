"""Backups: verified encrypted copies, thinned with age, and the way back from one."""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.errors import BadInputError, store_error
from workbench.models.copies import Told, discard, replace_database, require_space, verify_copy, write_copy
from workbench.models.database import Database
from workbench.models.lock import ProfileLock
from workbench.paths import database_file

DAILY, WEEKLY, MONTHLY = 7, 4, 3
_STAMP = "%Y%m%dT%H%M%SZ"
_BEFORE, _AFTER = "workbench-", ".db"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy in the backup folder."""

    path: Path
    made_at: datetime
    size: int


def backup(
    database: Database, folder: Path, clock: Clock, *, told: Told | None = None, cancel: CancelToken | None = None
) -> Backup:
    """A copy of what the database holds now, opened and compared before it gets its name; older ones are thinned.

    Works beside a writer. Refuses with NoSpaceError before it starts where the copy would not fit; a copy that fails
    on the way leaves no file.
    """
    made_at = clock.now().astimezone(UTC).replace(microsecond=0)
    target = folder / f"{_BEFORE}{made_at.strftime(_STAMP)}{_AFTER}"
    with closing(database.connection()) as source:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise store_error(error) from error
        # The cipher answers the page size as text.
        pages, page_size = (int(source.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
        require_space(folder, pages * page_size)
        write_copy(source, target, database.key, told=told, cancel=cancel)
    thin(folder)
    return Backup(target, made_at, target.stat().st_size)


def list_backups(folder: Path) -> list[Backup]:
    """Backups in the folder, newest first; files of other names are not ours and are left out."""
    found = []
    for path in folder.glob(f"{_BEFORE}*{_AFTER}") if folder.is_dir() else ():
        made_at = _made_at(path.name)
        if made_at is not None:
            found.append(Backup(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)


def thin(folder: Path) -> list[Path]:
    """Removes backups beyond the newest of 7 days, 4 weeks and 3 months; what was removed."""
    copies = list_backups(folder)
    kept = keep(copy.made_at for copy in copies)
    gone = [copy.path for copy in copies if copy.made_at not in kept]
    for path in gone:
        discard(path)
    return gone


def keep(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Which of these UTC moments stay: the newest of each of the last days, ISO weeks and months that have one."""
    newest_first = sorted(moments, reverse=True)
    periods: tuple[tuple[int, Callable[[date], object]], ...] = (
        (DAILY, lambda day: day),
        (WEEKLY, lambda day: day.isocalendar()[:2]),
        (MONTHLY, lambda day: (day.year, day.month)),
    )
    kept: set[datetime] = set()
    for count, period_of in periods:
        newest: dict[object, datetime] = {}
        for moment in newest_first:
            newest.setdefault(period_of(moment.date()), moment)
        kept.update(list(newest.values())[:count])
    return frozenset(kept)


def restore(profile: Path, copy: Path, key: bytes, *, clock: Clock) -> Path | None:
    """Puts a verified backup in the place of the profile's database; the path under which the replaced file is kept.

    Takes the profile lock, so ProfileBusyError while a window or command writes. Refuses a backup that does not open
    with this key (WrongKeyError) or is not whole (DamagedError) before anything is touched.
    """
    if not copy.is_file():
        message = "there is no such backup"
        raise BadInputError(message, path=str(copy))
    database = database_file(profile)
    with ProfileLock(profile):
        verify_copy(copy, key)
        aside = database.with_name(f"replaced-{clock.now().astimezone(UTC).strftime(_STAMP)}.db")
        had_one = database.exists()
        replace_database(database, copy, key, aside=aside)
        return aside if had_one else None


def _made_at(name: str) -> datetime | None:
    try:
        return datetime.strptime(name.removeprefix(_BEFORE).removesuffix(_AFTER), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
