"""Every page of the window opened once over a profile; prints the longest stall of each in ms, and memory in MB, as JSON.

probe_numbers.py STARTED PROFILE KEY: the clock stands at the moment the profile was made for, so that pages have data.
"""

import workbench.ui  # noqa: F401 - first, as in the program: it puts Python's own import back behind Qt

# isort: split
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.network import NOW
from tests.bench.probe_window import memory
from workbench.clock import FixedClock
from workbench.ui.app import Session
from workbench.ui.application import make_application
from workbench.ui.main_window import PAGES
from workbench.vault import KeyFile
from workbench.workspace import Workspace

LOOK_MILLISECONDS, REST_SECONDS, PATIENCE_SECONDS = 2, 0.3, 60
WITHOUT = frozenset({"rollup", "help", "settings"})
"""Pages that show no numbers of the profile."""


class Watch:
    """Notes the longest time between two turns of the window's loop."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def begin(self) -> None:
        """From now on."""
        self.longest, self._last = 0.0, time.perf_counter()

    def _look(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


def _without_backup(session: Session) -> None:
    """The copy of the day would be made meanwhile, and of the largest profile that takes minutes."""
    if session._context is not None:
        session._context.backups._timer.stop()


def rest(session: Session) -> bool:
    """Until the page shows all its data for a while; False, and no more is read, where that takes longer than a minute."""
    since = begun = time.monotonic()
    while time.monotonic() - since < REST_SECONDS:
        if time.monotonic() - begun > PATIENCE_SECONDS and session._jobs is not None:
            session._jobs.cancel_all()
            return False
        QApplication.processEvents()
        time.sleep(0.0005)
        page = session.window.page()
        if page is None or not page.is_settled() or session._jobs is None or session._jobs.running():
            since = time.monotonic()
    return True


def measured(profile: Path, key: Path) -> dict[str, float]:
    """The stalls in the order of the pages, then how many went on reading for more than a minute, and memory."""
    session = Session(
        lambda: Workspace.open(profile, key=KeyFile(key), clock=FixedClock(NOW), writable=False),
        profile=None, unlock=None, page="settings", screenshot=None,
    )  # fmt: skip
    session.completed.connect(lambda: _without_backup(session))
    session.window.resize(1366, 768)
    session.window.show()
    rest(session)
    watch, found, slow = Watch(), dict[str, float](), 0
    for entry in PAGES:
        if entry.key not in WITHOUT:
            watch.begin()
            session.window.open_page(entry.key)
            slow += not rest(session)
            found[entry.key] = watch.longest
    found |= {"slow": slow, "memory": memory()}
    session.window.close()
    return found


if __name__ == "__main__":
    make_application()
    sys.stdout.write(json.dumps(measured(Path(sys.argv[2]), Path(sys.argv[3]))) + "\n")
