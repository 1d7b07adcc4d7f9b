"""Photographer: saves a picture of the window once its page has shown its data."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.ui.jobs import JobRunner
from workbench.ui.main_window import MainWindow

_LOOK_MILLISECONDS: Final = 50
_STEADY_LOOKS: Final = 4
_MOST_LOOKS: Final = 600


class Photographer(QObject):
    """`taken(True)` once the file is written, `taken(False)` when it cannot be or the page never comes to rest."""

    taken = Signal(bool)

    def __init__(self, window: MainWindow, jobs: JobRunner, path: Path) -> None:
        super().__init__(window)
        self._window, self._jobs, self._path = window, jobs, path
        self._looks = self._steady = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        """Takes the picture after nothing has been under way for a few looks in a row."""
        page = self._window.page()
        self._looks += 1
        is_resting = page is not None and page.is_settled() and not self._jobs.running()
        self._steady = self._steady + 1 if is_resting else 0
        if self._steady < _STEADY_LOOKS and self._looks < _MOST_LOOKS:
            return
        self._timer.stop()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self.taken.emit(self._steady >= _STEADY_LOOKS and self._window.grab().save(str(self._path)))
