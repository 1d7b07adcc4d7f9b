"""A window in motion; prints JSON.

probe_motion.py PROFILE KEY ARCHIVE: the longest stalls while an import runs and pages are changed.
"""

import workbench.ui  # noqa: F401 - first, as in the program: it puts Python's own import back behind Qt

# isort: split
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from workbench.ui.app import Session
from workbench.ui.application import make_application
from workbench.vault import KeyFile
from workbench.workspace import Workspace

LOOK_MILLISECONDS, PAGE_SECONDS = 5, 0.7
PAGES = ("communities", "sync", "dashboard", "settings", "members", "conversations")


class Motion:
    """A shown window over a copy of a profile."""

    def __init__(self, profile: Path, key: Path, *, page: str) -> None:
        self.application = make_application()
        self.session = Session(
            lambda: Workspace.open(profile, key=KeyFile(key)), profile=None, unlock=None, page=page, screenshot=None
        )
        self.session.window.resize(1366, 768)
        self.session.window.show()
        self.turn(lambda: self.session._context is not None)
        self.rest()

    def turn(self, is_done: Callable[[], bool]) -> None:
        """Processes events until something is so."""
        while not is_done():
            self.application.processEvents()
            time.sleep(0.001)

    def rest(self) -> None:
        """Until the page shows its data."""
        steady = [time.monotonic()]

        def is_resting() -> bool:
            page = self.session.window.page()
            if page is None or not page.is_settled() or self.session._jobs.running():
                steady[0] = time.monotonic()
            return time.monotonic() - steady[0] > 0.3

        self.turn(is_resting)


def importing(profile: Path, key: Path, archive: Path) -> dict[str, float]:
    """The longest time between two looks of a 5 ms timer while an import runs and the page changes, in milliseconds."""
    motion = Motion(profile, key, page="communities")
    window = motion.session.window
    for page in PAGES:
        window.open_page(page)
        motion.rest()
    stalls: list[float] = []
    last = [time.perf_counter()]

    def look() -> None:
        now = time.perf_counter()
        stalls.append((now - last[0]) * 1000)
        last[0] = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(LOOK_MILLISECONDS)
    timer.timeout.connect(look)
    context = motion.session._context
    assert context is not None
    context.sources.import_mail([archive], community="Stall")
    timer.start()
    turns = 0
    while context.sources.running():
        until = time.monotonic() + PAGE_SECONDS
        motion.turn(lambda until=until: time.monotonic() > until)  # type: ignore[misc]  # bound now
        window.open_page(PAGES[turns % len(PAGES)])
        turns += 1
    timer.stop()
    window.close()
    stalls.sort()
    return {"worst": stalls[-1], "p99": stalls[int(len(stalls) * 0.99)], "looks": len(stalls)}


def main(arguments: list[str]) -> int:
    """Works on a copy, so that the profile can be used again."""
    profile, key, archive = arguments
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "profile"
        shutil.copytree(profile, copy)
        found = importing(copy, Path(key), Path(archive))
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
