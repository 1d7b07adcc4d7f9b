"""One view of a small plan of invented people, over a real profile: what is written is read again at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.plan_samples import TODAY, a_plan
from workbench.ids import CardId, PlanId
from workbench.models.kinds import CardColumn, Pillar
from workbench.operations.plans import MeasureChoice
from workbench.plans.drafts import CardDraft
from workbench.plans.views import Recurrence
from workbench.queries.plans import CardRow
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_days import PlanDays
from workbench.ui.pages.plan_desk import PlanDesk

DAY_0 = date(2024, 6, 3)
"""A Monday, twelve days before today."""
CARDS = (
    CardDraft("Call the sponsor", due_day=14, owner="Amina Example", hours=2, pillar=Pillar.UI),
    CardDraft("Gather stories", due_on=date(2024, 6, 28), starts_on=date(2024, 6, 18), owner="Luis Ejemplo", hours=8),
    CardDraft("Open question", due_on=date(2024, 6, 18), column=CardColumn.DOING),
    CardDraft("Print the booth"),
    CardDraft("Route questions", due_day=9, hours=1, recurrence=Recurrence(7, 23)),
)


class Shown:
    """A view with what it shares with the others."""

    def __init__(self, qtbot: Any, context: Context, view: type, cards: Sequence[CardDraft] = CARDS) -> None:
        measures = (MeasureChoice("reply_rate", 0.8), MeasureChoice("messages"))
        self.qtbot, self.context = qtbot, context
        self.plan_id: PlanId = a_plan(context.workspace, cards=cards, starts_on=DAY_0, measures=measures)
        self.desk = PlanDesk(context)
        self.desk.use(self.plan_id)
        self.cards = PlanCards()
        self.closed: frozenset[date] = frozenset()
        self.acts = CardActs(context, self.desk, self.cards)
        self.page = view(context, self.cards, self.acts)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 640)
        self.page.show()
        self.read()

    def read(self) -> None:
        """Waits until everything is saved, and shows what the profile holds."""
        self.qtbot.waitUntil(lambda: not self.desk.is_busy and not self.context.jobs.running())
        data = read_plans(self.context.workspace.database, plan_id=self.plan_id, today=TODAY).board
        assert data is not None
        self.objectives = data.objectives
        self.cards.show(data.items, data.rows, today=TODAY, days=PlanDays(DAY_0, self.closed))
        self.page.show_plan(data, today=TODAY)

    def row(self, title: str, number: int = 0) -> CardRow:
        """The card of this title; of a series, the time of this number."""
        return next(row for row in self.cards.rows.values() if row.title == title and row.occurrence == number)

    def id(self, title: str, number: int = 0) -> CardId:
        """Its id."""
        return self.row(title, number).id


def in_june(day: int) -> date:
    """A day of the month the plan begins in."""
    return date(2024, 6, 1) + timedelta(days=day - 1)


def mouse(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPoint,
    *,
    buttons: Qt.MouseButton = Qt.MouseButton.LeftButton,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """One event of the mouse."""
    moves = kind is QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moves else buttons
    event = QMouseEvent(kind, QPointF(at), QPointF(widget.mapToGlobal(at)), button, buttons, keys)
    QApplication.sendEvent(widget, event)


def press(widget: QWidget, at: QPoint, *, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A click."""
    mouse(widget, QEvent.Type.MouseButtonPress, at, keys=keys)
    mouse(widget, QEvent.Type.MouseButtonRelease, at, keys=keys)


def drag(widget: QWidget, begin: QPoint, end: QPoint, *, lets_go: bool = True) -> None:
    """A drag in two moves."""
    mouse(widget, QEvent.Type.MouseButtonPress, begin)
    mouse(widget, QEvent.Type.MouseMove, begin + (end - begin) / 2)
    mouse(widget, QEvent.Type.MouseMove, end)
    if lets_go:
        mouse(widget, QEvent.Type.MouseButtonRelease, end)
