"""A plan's board in motion, measured on one window; prints JSON.

probe_board.py PROFILE KEY CARDS: from the click that opens the plan to its cards on the screen, and the frames while a
card is dragged over the board (a plan of so many cards is made in a copy). Beside it three plain lists with as many rows.
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

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListView, QWidget
from typing_extensions import override

from tests.bench.probe_motion import Motion
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.plans.drafts import CardDraft
from workbench.vault import KeyFile
from workbench.workspace import Workspace

PLAN, MOVES = "A board of many cards", 400
_NOTHING = Qt.MouseButton.NoButton
_LEFT = Qt.MouseButton.LeftButton


class Painted(QObject):
    """Remembers when a widget was first painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at: float | None = None
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self.at is None:
            self.at = time.perf_counter()
        return False


def make_plan(profile: Path, key: Path, cards: int) -> PlanId:
    """A plan with so many cards, spread over the three columns."""
    with Workspace.open(profile, key=KeyFile(key)) as workspace:
        # With a second plan the page opens with the list of them, and the board comes when it is asked for.
        _, plan = (
            start_plan(
                workspace, name=name, purpose="To be dragged over", owner="Amina Example",
                measures=[MeasureChoice("messages")], with_starter_cards=False,
            )
            for name in ("Another plan", PLAN)
        )  # fmt: skip
        columns = list(CardColumn)
        drafts = [
            CardDraft(
                f"Card {number} of the board", column=columns[number % 3], owner="Luis Ejemplo", due_day=number % 90
            )
            for number in range(cards)
        ]
        workspace.plans.open(plan).add_cards(drafts)
    return plan


def measured(profile: Path, key: Path, cards: int) -> dict[str, float]:
    """Milliseconds: `first` and its floor, `p95` and `worst` of the frames of a drag; a drag that moves nothing fails."""
    plan = make_plan(profile, key, cards)
    motion = Motion(profile, key, page="plans")
    floor = plain_lists(motion.application, cards)
    first = opened(motion)
    before = board_of(profile, key, plan)
    frames = sorted(dragged(motion))
    motion.rest()
    motion.session.window.close()
    if board_of(profile, key, plan) == before:
        message = "nothing was dragged: the figures mean nothing"
        raise RuntimeError(message)
    return {"first": first, "floor": floor, "p95": frames[int(len(frames) * 0.95)], "worst": frames[-1]}


def opened(motion: Motion) -> float:
    """From asking for the plan, in the list of plans, to its cards painted."""
    start = time.perf_counter()
    window = motion.session.window
    window.open_page("plans", PLAN)

    def has_cards() -> bool:
        page = window.page()
        if page is None or page.KEY != "plans":
            return False
        columns = page.board.view.columns  # type: ignore[attr-defined]  # the plans page
        return bool(columns) and columns[CardColumn.TODO].cards.model().rowCount() > 0

    motion.turn(has_cards)
    window.page().board.view.repaint()  # type: ignore[union-attr]  # as above
    taken = (time.perf_counter() - start) * 1000
    motion.rest()
    return taken


def dragged(motion: Motion) -> list[float]:
    """What each move of the mouse costs, painting included, over the whole board and back."""
    page = motion.session.window.page()
    view = page.board.view.columns[CardColumn.TODO].cards  # type: ignore[union-attr]  # the plans page
    port = view.viewport()
    start = view.visualRect(view.model().index(1, 0)).center()

    def send(kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        event = QMouseEvent(
            kind, QPointF(at), QPointF(port.mapToGlobal(at)), button, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(port, event)

    send(QEvent.Type.MouseButtonPress, start, _LEFT, _LEFT)
    frames, at = [], start
    for number in range(MOVES):
        at = QPoint(start.x() + int((number % 150) * 5.2), start.y() + (number * 7) % 330)
        begun = time.perf_counter()
        send(QEvent.Type.MouseMove, at, _NOTHING, _LEFT)
        motion.application.processEvents()
        frames.append((time.perf_counter() - begun) * 1000)
    send(QEvent.Type.MouseButtonRelease, at, _LEFT, _NOTHING)
    return frames


def board_of(profile: Path, key: Path, plan: PlanId) -> list[tuple[str, str]]:
    """The cards in board order."""
    with Workspace.open(profile, key=KeyFile(key), writable=False) as workspace:
        view = workspace.plans.open(plan).view()
    return [(card.id, card.column) for card in view.cards]


def plain_lists(application: QApplication, cards: int) -> float:
    """The floor of a first frame: three lists of Qt's own with as many rows, made, shown and painted; milliseconds."""
    start = time.perf_counter()
    window = QWidget()
    row = QHBoxLayout(window)
    views = []
    for column in range(3):
        model = QStandardItemModel(window)
        for number in range(column, cards, 3):
            model.appendRow(QStandardItem(f"Card {number} of the board"))
        view = QListView()
        view.setModel(model)
        row.addWidget(view)
        views.append(view)
    painted = [Painted(view.viewport()) for view in views]
    window.resize(1366, 768)
    window.show()
    turn(application, lambda: all(each.at is not None for each in painted))
    taken = (time.perf_counter() - start) * 1000
    window.close()
    return taken


def turn(application: QApplication, is_done: Callable[[], bool]) -> None:
    """Processes events until something is so."""
    while not is_done():
        application.processEvents()


def main(arguments: list[str]) -> int:
    """Works on a copy, so that the profile can be used again."""
    profile, key, cards = arguments
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "profile"
        shutil.copytree(profile, copy)
        found = measured(copy, Path(key), int(cards))
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
