"""Upkeep: check, backup, restore."""

from pathlib import Path

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.models.backup import Backup, backup, list_backups, restore
from workbench.models.check import CheckResult, full_check, quick_check
from workbench.models.keeping import forget_files
from workbench.paths import backup_folder
from workbench.progress import Progress, Report, silent
from workbench.vault import KeySource, obtain
from workbench.workspace import Workspace


def check_profile(workspace: Workspace, *, quick: bool = False, repair: bool = False) -> CheckResult:
    """Pages, structure and rows; unless `quick`, also whether the roll-ups say what the events say.

    With `repair` the roll-ups are re-derived first (needs a writable workspace); nothing else is changed.
    """
    # These load the ORM; the window takes this module in at every start, for its backups.
    from workbench.sync.rollup_check import differences  # noqa: PLC0415 - as said above
    from workbench.sync.rollups import rebuild  # noqa: PLC0415 - as said above

    if repair:
        with workspace.database.write() as session:
            rebuild(session)
    if quick:
        return quick_check(workspace.database)
    result = full_check(workspace.database)
    if not result.is_sound:  # on damaged pages a comparison would only repeat the same news
        return result
    with workspace.database.read() as reader:
        problems = tuple(
            f"roll-ups: {difference.rows} rows of {difference.table} do not agree with the messages; "
            "`workbench check --repair` makes them anew"
            for difference in differences(reader)
        )
    return CheckResult((*result.checks, "roll-ups"), problems)


def backup_profile(workspace: Workspace, *, report: Report = silent, cancel: CancelToken | None = None) -> Backup:
    """A verified copy beside the profile's database; older ones are thinned to 7 daily, 4 weekly, 3 monthly."""

    def told(done: int, total: int) -> None:
        report(Progress(done, "pages", total, done / max(total, 1)))

    return backup(workspace.database, backup_folder(workspace.profile), workspace.clock, told=told, cancel=cancel)


def list_profile_backups(profile: Path) -> list[Backup]:
    """The backups of a profile, newest first; needs no key."""
    return list_backups(backup_folder(profile))


def restore_profile(profile: Path, copy: Path, *, key: KeySource, clock: Clock) -> Path | None:
    """Puts a verified backup in the place of the database; answers where the replaced file is kept.

    Refuses while a window or command writes (ProfileBusyError), a wrong key, and a backup that is not whole.
    """
    aside = restore(profile, copy, obtain(profile, key), clock=clock)
    # The marks go on from where they were then, and come to the same numbers again for other rows.
    forget_files(profile)
    return aside
