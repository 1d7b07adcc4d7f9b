"""BackupWork: backups and checks of the profile as jobs; one backup a day by itself, soon after the window opened."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.cancel import CancelToken
from workbench.operations.upkeep import backup_profile, check_profile, list_profile_backups
from workbench.progress import Report
from workbench.queries.sync_status import profile_counts
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.models.backup import Backup
    from workbench.models.check import CheckResult
    from workbench.ui.context import Context
    from workbench.workspace import Workspace

WAIT_MILLISECONDS: Final = 20_000
"""The first pages have been read by then, and whoever opened the window is reading too."""


class BackupWork(QObject):
    """`backed_up(Backup)` after each backup, `backup_failed(words)`, `checked(CheckResult)`, `check_failed(words)`."""

    backed_up = Signal(object)
    backup_failed = Signal(str)
    checked = Signal(object)
    check_failed = Signal(str)
    changed = Signal()

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._context = context
        self.is_backing_up = False
        self.is_checking = False
        context.actions.bind("backup.now", self.back_up)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MILLISECONDS)
        self._timer.timeout.connect(self.back_up_if_due)

    def start(self) -> None:
        """Lets the backup of the day be made a while from now."""
        self._timer.start()

    def back_up_if_due(self) -> None:
        """Makes the backup of the day when there is none yet and there is something to keep."""
        workspace = self._context.workspace

        def job() -> bool:
            return is_due(workspace)

        def done(answer: bool) -> None:  # noqa: FBT001 - a job hands its answer over by position
            if answer:
                self._back_up(is_asked_for=False)

        self._context.jobs.run(self, "due", job, done)

    def back_up(self) -> None:
        """Makes a backup now; nothing happens while one is being made."""
        self._back_up(is_asked_for=True)

    def check(self, *, is_quick: bool) -> None:
        """Checks the profile; nothing happens while a check runs."""
        if self.is_checking:
            return
        workspace = self._context.workspace

        def job() -> "CheckResult":
            return check_profile(workspace, quick=is_quick)

        def done(result: "CheckResult") -> None:
            self._rest()
            self.checked.emit(result)

        def failed(error: Exception) -> None:
            self._rest()
            self.check_failed.emit(" ".join(error_words(error)[0]))

        self.is_checking = True
        title = "Checking the profile"
        self._context.jobs.run(self, "check", job, done, failed, stopped=self._rest, lane="sync", title=title)
        self.changed.emit()

    def _back_up(self, *, is_asked_for: bool) -> None:
        if self.is_backing_up:
            return
        workspace = self._context.workspace

        def job(report: Report, cancel: CancelToken) -> "Backup":
            return backup_profile(workspace, report=report, cancel=cancel)

        def done(backup: "Backup") -> None:
            self.is_backing_up = False
            self.backed_up.emit(backup)
            self.changed.emit()
            if is_asked_for:
                self._context.tell("Backup made, opened and compared")

        def failed(error: Exception) -> None:
            self.is_backing_up = False
            words = error_words(error)[0]
            self.backup_failed.emit(" ".join(words))
            self.changed.emit()
            self._context.tell(f"The backup could not be made. {words[0]}")

        self.is_backing_up = True
        title = "Backing up" if is_asked_for else "Backup of the day"
        self._context.jobs.run(self, "backup", job, done, failed, stopped=self._stopped, lane="sync", title=title)
        self.changed.emit()

    def _stopped(self) -> None:
        self.is_backing_up = False
        self.changed.emit()

    def _rest(self) -> None:
        self.is_checking = False
        self.changed.emit()


def is_due(workspace: "Workspace") -> bool:
    """Whether no backup was made today (UTC) and there is something to lose."""
    if made_today(workspace.profile, workspace.clock.now()):
        return False
    with workspace.database.read() as reader:
        counts = profile_counts(reader)
    return counts.communities > 0 or counts.plans > 0


def made_today(profile: Path, now: datetime) -> bool:
    """Whether the newest backup is of today, by the UTC day its name carries."""
    newest = next(iter(list_profile_backups(profile)), None)
    return newest is not None and newest.made_at.date() == now.astimezone(UTC).date()
