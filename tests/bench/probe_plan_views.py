"""A plan's calendar and timeline in motion, measured on one window; prints JSON.

probe_plan_views.py PROFILE KEY CARDS: the frames while a card is dragged over each (a plan is made in a copy).
"""

import workbench.ui  # noqa: F401 - first, as in the program: it puts Python's own import back behind Qt

# isort: split
import json
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.probe_motion import Motion
from workbench.ids import CardId, PlanId
from workbench.models.kinds import CardColumn
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.plans.drafts import CardDraft
from workbench.ui.pages.plan_calendar import PlanCalendar
from workbench.ui.pages.plan_timeline import PlanTimeline
from workbench.ui.pages.plan_views import Mode, PlanViews
from workbench.ui.qt_models.card_span import CardSpan
from workbench.vault import KeyFile
from workbench.workspace import Workspace

PLAN, MOVES = "A calendar of many cards", 400
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def make_plan(profile: Path, key: Path, cards: int) -> PlanId:
    """A plan whose cards lie on all its days, every third over a window."""
    columns = list(CardColumn)
    with Workspace.open(profile, key=KeyFile(key)) as workspace:
        today = workspace.clock.now().date()
        plan: PlanId = start_plan(
            workspace, name=PLAN, purpose="To be dragged over", owner="Amina Example", starts_on=today,
            measures=[MeasureChoice("messages")], with_starter_cards=False,
        )  # fmt: skip
        drafts = [
            CardDraft(
                f"Card {number} of the plan",
                column=columns[number % 3],
                hours=1,
                due_day=number * 7 % 90,
                starts_day=max(0, number * 7 % 90 - 5) if number % 3 == 0 else None,
            )
            for number in range(cards)
        ]
        workspace.plans.open(plan).add_cards(drafts)
    return plan


def drag(motion: Motion, port: QWidget, start: QPoint) -> float:
    """The 95th percentile of what one mouse move costs, painting included, in milliseconds."""

    def send(kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        where = QPointF(port.mapToGlobal(at))
        event = QMouseEvent(kind, QPointF(at), where, button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(port, event)

    send(QEvent.Type.MouseButtonPress, start, _LEFT, _LEFT)
    frames = []
    for number in range(MOVES):
        at = QPoint(start.x() + number * 13 % 500 - 100, start.y() + number * 7 % 330)
        begun = time.perf_counter()
        send(QEvent.Type.MouseMove, at, _NONE, _LEFT)
        motion.application.processEvents()
        frames.append((time.perf_counter() - begun) * 1000)
    end = start + QPoint(250, 0)
    send(QEvent.Type.MouseMove, end, _NONE, _LEFT)
    send(QEvent.Type.MouseButtonRelease, end, _LEFT, _NONE)
    return sorted(frames)[int(MOVES * 0.95)]


def measured(profile: Path, key: Path, cards: int) -> dict[str, float]:
    """Milliseconds by view, both in one window; a drag that moves nothing fails."""
    plan = make_plan(profile, key, cards)
    before = days_of(profile, key, plan)
    motion = Motion(profile, key, page=f"plans:{PLAN}")
    window = motion.session.window
    views: PlanViews = window.page().views  # type: ignore[union-attr]  # the Plans page is shown
    views.set_mode(Mode.CALENDAR)
    motion.rest()
    calendar = cast("PlanCalendar", window.findChild(PlanCalendar)).view
    part = calendar.layout_shown.segments[0]
    cell = calendar.cell(calendar.layout_shown.day(part.week, part.begin))
    points = (QPoint(cell.center().x(), y) for y in range(cell.top(), cell.bottom()))
    found = {"calendar": drag(motion, calendar, next(at for at in points if calendar.segment_at(at) is not None))}
    motion.rest()
    views.set_mode(Mode.TIMELINE)
    motion.rest()
    timeline = cast("PlanTimeline", window.findChild(PlanTimeline)).view
    windows = (line for line in timeline.state.lines if isinstance(line, CardSpan) and line.is_window)
    bar = next(line for line in windows if line.id != part.span.id)
    timeline.mark({bar.id}, current=bar.id)  # which brings it into sight
    found["timeline"] = drag(motion, timeline.viewport(), timeline.bar(bar.id).center())
    motion.rest()
    window.close()
    after = days_of(profile, key, plan)
    if sum(after[card] != day for card, day in before.items()) != len(found):
        message = "not every drag moved a card: the figures mean nothing"
        raise RuntimeError(message)
    return found


def days_of(profile: Path, key: Path, plan: PlanId) -> dict[CardId, date | None]:
    """The day of every card."""
    with Workspace.open(profile, key=KeyFile(key), writable=False) as workspace:
        return {card.id: card.due_on for card in workspace.plans.open(plan).view().cards}


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
