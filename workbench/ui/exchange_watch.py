"""ExchangeWatch: looks into the folders of partners from time to time and says quietly what came."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_exchange_data import WaitingLine, read_waiting, watched_folders

LOOK_MILLISECONDS: Final = 120_000
"""A folder on a network drive tells of nothing by itself: it is looked into every two minutes."""
_CALM_MILLISECONDS: Final = 1_500
"""A file being copied tells of itself with every block."""
LOOK: Final = "plan.receive"


class ExchangeWatch(QObject):
    """Says each file once in a session. Without a folder it does next to nothing; it changes nothing either way."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._told: set[Path] = set()
        self._watcher: QFileSystemWatcher | None = None
        self._timer, self._calm = QTimer(self), QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._calm.setInterval(_CALM_MILLISECONDS)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Looks now, away from the window."""
        workspace = self._context.workspace
        self._context.jobs.run(self, "look", partial(watched_folders, workspace), self._on_folders)

    def _on_folders(self, folders: tuple[Path, ...]) -> None:
        self._follow(folders)
        if folders:
            job = partial(read_waiting, self._context.workspace)
            self._context.jobs.run(self, "read", job, self._on_waiting)

    def _on_waiting(self, waiting: tuple[WaitingLine, ...]) -> None:
        new = [line for line in waiting if not line.trouble and line.path not in self._told]
        self._told.update(line.path for line in new)
        if new:
            self._context.tell(news_words(new), action=LOOK)

    def _follow(self, folders: tuple[Path, ...]) -> None:
        """Lets the system tell of these folders where it can."""
        if self._watcher is None:
            if not folders:
                return
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(lambda _path: self._calm.start())
        wanted, had = {str(folder) for folder in folders}, set(self._watcher.directories())
        gone, new = sorted(had - wanted), sorted(path for path in wanted - had if Path(path).is_dir())
        if gone:
            self._watcher.removePaths(gone)
        if new:
            self._watcher.addPaths(new)


def news_words(lines: list[WaitingLine]) -> str:
    """Who sent what, in one line."""
    if len(lines) > 1:
        who = ", ".join(dict.fromkeys(line.sender for line in lines))
        return f"{numbers.plural(len(lines), 'plan file', 'plan files')} came from {who}."
    line = lines[0]
    return f"{line.sender} sent changes to {line.plan}." if line.plan else f"{line.sender} sent a plan."
