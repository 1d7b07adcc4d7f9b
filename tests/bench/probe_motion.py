"""Two things in motion, measured on one window; prints JSON.

probe_motion.py board PROFILE KEY: frame times while a card is dragged over a board of 300 cards (plan made here).
probe_motion.py import PROFILE KEY ARCHIVE: the longest stalls while an import runs and pages are changed.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from workbench.ids import PlanId
from workbench.models.kinds import CardColumn
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.plans.drafts import CardDraft
from workbench.ui.app import Session, make_application
from workbench.vault import KeyFile
from workbench.workspace import Workspace

CARDS, MOVES, LOOK_MILLISECONDS, PAGE_SECONDS = 300, 400, 5, 0.7
PLAN = "Three hundred cards"
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


def board(profile: Path, key: Path) -> dict[str, float]:
    """The 95th percentile of what one mouse move costs, painting included, in milliseconds."""
    with Workspace.open(profile, key=KeyFile(key)) as workspace:
        plan: PlanId = start_plan(
            workspace, name=PLAN, purpose="To be dragged over", owner="Amina Example",
            measures=[MeasureChoice("messages")], with_starter_cards=False,
        )  # fmt: skip
        columns = list(CardColumn)
        drafts = [CardDraft(f"Card {number} of the board", column=columns[number % 3]) for number in range(CARDS)]
        workspace.plans.open(plan).add_cards(drafts)
    motion = Motion(profile, key, page=f"plans:{PLAN}")
    view = motion.session.window.page().board.view.columns[CardColumn.TODO].cards  # type: ignore[union-attr]  # shown
    port = view.viewport()
    start = view.visualRect(view.model().index(1, 0)).center()

    def send(kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        event = QMouseEvent(
            kind, QPointF(at), QPointF(port.mapToGlobal(at)), button, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(port, event)

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(QEvent.Type.MouseButtonPress, start, left, left)
    frames = []
    for number in range(MOVES):
        at = QPoint(start.x() + int((number % 200) * 5.2), start.y() + (number * 7) % 330)
        begun = time.perf_counter()
        send(QEvent.Type.MouseMove, at, none, left)
        motion.application.processEvents()
        frames.append((time.perf_counter() - begun) * 1000)
    send(QEvent.Type.MouseButtonRelease, at, left, none)
    motion.rest()
    motion.session.window.close()
    frames.sort()
    return {"p95": frames[int(MOVES * 0.95)], "worst": frames[-1]}


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
    what, profile, key, *rest = arguments
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "profile"
        shutil.copytree(profile, copy)
        found = board(copy, Path(key)) if what == "board" else importing(copy, Path(key), Path(rest[0]))
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
