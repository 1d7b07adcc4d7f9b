"""A start of the program as a person makes it. Prints first paint, first page with numbers, memory, as JSON.

probe_window.py STARTED PROFILE KEY PAGE[,PAGE …]: opens the first page, then each other page once, and measures.
"""

import workbench.ui  # noqa: F401 - first, as in the program: it puts Python's own import back behind Qt

# isort: split
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from workbench.ui.app import Session
from workbench.ui.application import make_application

if TYPE_CHECKING:
    from workbench.workspace import Workspace


class Probe(QObject):
    """Watches one run of the window."""

    def __init__(self, started: float, profile: Path, key: Path, pages: list[str]) -> None:
        super().__init__()
        self._started, self._pages = started, pages
        self.found: dict[str, float] = {}
        self._stall = 0.0
        self._session = Session(
            lambda: opened(profile, key),
            profile=None,
            unlock=None,
            page=pages.pop(0),
            screenshot=None,
        )
        self._session.window.painted.connect(self._on_painted)
        self._session.ended.connect(QApplication.quit)
        self._session.window.show()
        self._timer = QTimer(self)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._asked = time.monotonic()
        self._settled_name = "first_page"
        self._last_tick = time.monotonic()

    def _seconds(self) -> float:
        return time.monotonic() - self._started

    def _on_painted(self) -> None:
        self.found.setdefault("first_paint", self._seconds())

    def _look(self) -> None:
        now = time.monotonic()
        self._stall = max(self._stall, now - self._last_tick)
        self._last_tick = now
        page = self._session.window.page()
        if page is not None and page._has_content:
            # The numbers are there; a dashboard draws its charts after them.
            self.found.setdefault("first_numbers", self._seconds())
            self.found.setdefault("memory_numbers", memory())
        if page is None or not page.is_settled() or self._session._jobs.running():
            return
        if self._settled_name == "first_page":
            self.found["first_page"] = self._seconds()
            self.found["memory_first_page"] = memory()
        else:
            self.found[f"open_{self._settled_name}"] = now - self._asked
            self.found[f"stall_{self._settled_name}"] = self._stall
            self.found[f"memory_{self._settled_name}"] = memory()
        if not self._pages:
            self._timer.stop()
            sys.stdout.write(json.dumps(self.found) + "\n")
            sys.stdout.flush()
            self._session.window.close()
            return
        self._settled_name = self._pages.pop(0)
        key, _, name = self._settled_name.partition(":")
        self._settled_name = key
        self._asked = self._last_tick = time.monotonic()
        self._stall = 0.0
        self._session.window.open_page(key, name or None)


def opened(profile: Path, key: Path) -> "Workspace":
    """Opens the profile as the command line does: what that needs is loaded after the first paint."""
    from workbench.vault import KeyFile  # noqa: PLC0415 - after the first paint, as in the program
    from workbench.workspace import Workspace  # noqa: PLC0415 - as above

    return Workspace.open(profile, key=KeyFile(key), writable=False)


def memory() -> float:
    """Memory that is this process's own (PSS), in MB."""
    return float(psutil.Process().memory_full_info().pss) / 1e6


if __name__ == "__main__":
    make_application()
    probe = Probe(float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4].split(","))
    QApplication.exec()
