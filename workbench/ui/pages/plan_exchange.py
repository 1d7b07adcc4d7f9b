"""Exchange page: plans to partners and back: send, receive, choose between two values, copies kept, partners."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.queries.plans import PlanRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.page import NO_PERIOD, Page
from workbench.ui.pages.partners import PartnersView
from workbench.ui.pages.plan_conflicts import ConflictsView
from workbench.ui.pages.plan_copies import CopiesView
from workbench.ui.pages.plan_exchange_data import ExchangeData, read_exchange
from workbench.ui.pages.plan_receive import ReceivePanel
from workbench.ui.pages.plan_send import SendPanel
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from workbench.ui.pages.plan_desk import Gesture

SEND, RECEIVE, CHOICES, COPIES, PARTNERS = range(5)
_PLACES: Final = {"send": SEND, "receive": RECEIVE, "choices": CHOICES, "copies": COPIES, "partners": PARTNERS}
_TITLES: Final = ("Send", "Receive", "Choices", "Copies", "Partners")
_OF_A_PLAN: Final = frozenset({SEND, CHOICES, COPIES})
PARTNER_SUFFIX: Final = ".cwpartner"


class ExchangePage(Page):
    """Opened with `send:PLAN`, `choices:PLAN`, `copies:PLAN`, `receive`, `receive:PATH`, `partners` or `partners:PATH`.

    What it changes in a plan goes through the desk of the window, so that the undo history of the plan lives on.
    """

    KEY: ClassVar[str] = "exchange"
    TITLE: ClassVar[str] = "Exchange"
    ICON: ClassVar[str] = "arrows-left-right"
    OWN_PERIOD: ClassVar[tuple[str, str]] = NO_PERIOD
    PARENT: ClassVar[str] = "plans"
    DEPENDS_ON: ClassVar[Changes] = Changes.PLANS | Changes.PREFERENCES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._data: ExchangeData | None = None
        self._plan_id: PlanId | None = context.desk.plan_id
        self._tabs = Tabs(_TITLES, name="Parts of this page")
        self.sending, self.receiving = SendPanel(context), ReceivePanel(context)
        self.choices, self.copies, self.partners = ConflictsView(context), CopiesView(context), PartnersView(context)
        self._parts: tuple[QWidget, ...] = (self.sending, self.receiving, self.choices, self.copies, self.partners)
        self._inner = QStackedWidget()
        for part in self._parts:
            self._inner.addWidget(part)
        self.plan = ChoiceBox(self.theme, name="Plan")
        self.plan.setMinimumWidth(self.theme.px(220))
        self.body.setSpacing(12)
        self.body.addWidget(self._tabs)
        self.body.addWidget(self._inner, 1)
        self.add_way_up("Plans", self._open_plan)
        self.buttons.addWidget(self.plan)
        self._listen()
        self.turn_to(SEND)

    # What the window asks for

    @override
    def opened(self, argument: object) -> None:
        wanted, _, rest = argument.partition(":") if isinstance(argument, str) else ("", "", "")
        if wanted not in _PLACES:
            return
        place = _PLACES[wanted]
        if place in _OF_A_PLAN:
            self._plan_id = PlanId(rest) if rest else self.context.desk.plan_id or self._plan_id
        elif rest and place == RECEIVE:
            self.receiving.look_at(Path(rest))
        elif rest:
            self.partners.look_at(Path(rest))
        elif place == RECEIVE:
            self.receiving.go_back()
        self.turn_to(place)
        self.mark_stale()

    @override
    def refresh(self) -> None:
        self.load(partial(read_exchange, self.context.workspace, plan_id=self._plan_id), self._on_data)

    @override
    def is_settled(self) -> bool:
        return super().is_settled() and self.receiving.is_settled() and not self.context.desk.is_busy

    @override
    def take_focus(self) -> None:
        part = self._inner.currentWidget()
        if isinstance(part, SendPanel | ReceivePanel | ConflictsView | CopiesView | PartnersView):
            part.take_focus()

    @override
    def go_back(self) -> bool:
        return self._inner.currentWidget() is self.receiving and self.receiving.go_back()

    @override
    def can_undo(self) -> bool:
        return self._plan_id is not None and self.context.desk.history(self._plan_id)[0]

    @override
    def can_redo(self) -> bool:
        return self._plan_id is not None and self.context.desk.history(self._plan_id)[1]

    @override
    def undo(self) -> None:
        self._step_back(lambda editor: editor.undo(), "Undone")

    @override
    def redo(self) -> None:
        self._step_back(lambda editor: editor.redo(), "Redone")

    @override
    def event(self, event: QEvent) -> bool:
        # The same letters are keys of other pages; beside the choices they are meant for these.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deed(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed(event)
        if deed is not None:
            deed()
        else:
            super().keyPressEvent(event)

    def _deed(self, event: QKeyEvent) -> "Callable[[], object] | None":
        """What a key does to a choice while the keyboard is on the tabs, where the arrows brought it."""
        is_beside = self._tabs.hasFocus() and self._inner.currentWidget() is self.choices
        return self.choices.deed(event) if is_beside else None

    # What people do

    def turn_to(self, place: int) -> None:
        """Shows a part."""
        self._tabs.setCurrentIndex(place)
        self._inner.setCurrentIndex(place)
        self.plan.setVisible(place in _OF_A_PLAN)
        self._say_title()
        self.undo_changed.emit()

    def carry(self, gesture: "Gesture", *, told: str = "") -> None:
        """Does something to the plan that is chosen, in the row of its edits; `told` says what can be undone now."""
        if self._plan_id is not None:
            self.context.desk.carry(
                self._plan_id, gesture, done=partial(self._on_carried, told), failed=self._on_refused
            )

    def _step_back(self, gesture: "Gesture", did: str) -> None:
        """Undo and redo, said in words: what changes is seldom in sight here."""
        row = self._row()
        if row is not None:
            words = f"{did}: a change in {row.name}"
            done = partial(self._on_carried, words, can_take_back=False)
            self.context.desk.carry(row.id, gesture, done=done, failed=self._on_refused)

    def _open_plan(self) -> None:
        self.context.open_page("plans", self._plan_id)

    # Reading and showing

    def _on_data(self, data: ExchangeData) -> None:
        self._data = data
        part = self._inner.currentWidget()
        has_keyboard = part is not None and self._is_in(part)
        if self._plan_id is None or self._row() is None:
            self._plan_id = data.plans[0].id if data.plans else None
            if self._plan_id is not None:
                self.mark_stale()
        self._show_plans(data.plans)
        self.sending.show_data(data, self._row())
        self.receiving.show_data(data)
        self.choices.show_questions(data.choices)
        self.copies.show_copies(data.copies)
        self.partners.show_data(data)
        for place, number in ((RECEIVE, len(data.waiting)), (CHOICES, len(data.choices))):
            self._tabs.setTabText(place, f"{_TITLES[place]} ({numbers.count(number)})" if number else _TITLES[place])
        for place in _OF_A_PLAN:
            self._tabs.setTabVisible(place, bool(data.plans))
        if not data.plans and self._inner.currentIndex() in _OF_A_PLAN:
            self.turn_to(RECEIVE)
        self._say_title()
        self.undo_changed.emit()
        if part is not None and has_keyboard and part is self._inner.currentWidget():
            self._keep_keyboard(part)

    def _keep_keyboard(self, part: QWidget) -> None:
        """The keyboard stays in a part whose lines were built again; where none is left, on the tab of it."""
        if self._is_in(part):
            return
        self.take_focus()
        if not self._is_in(part):
            self._tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_in(self, part: QWidget) -> bool:
        """Whether the keyboard is on something in a part; the part itself shows no keyboard."""
        held: QWidget | None = self.window().focusWidget()
        return held is not None and held is not part and part.isAncestorOf(held)

    def _show_plans(self, plans: tuple[PlanRow, ...]) -> None:
        self.plan.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self.plan.clear()
        for row in plans:
            self.plan.addItem(row.name, row.id)
        self.plan.setCurrentIndex(next((n for n, row in enumerate(plans) if row.id == self._plan_id), -1))
        self.plan.blockSignals(False)  # noqa: FBT003 - as above

    def _row(self) -> PlanRow | None:
        plans = self._data.plans if self._data is not None else ()
        return next((row for row in plans if row.id == self._plan_id), None)

    def _say_title(self) -> None:
        row = self._row() if self._inner.currentIndex() in _OF_A_PLAN else None
        self.set_title(self.TITLE, row.name if row is not None else "")

    # What its parts tell

    def _listen(self) -> None:
        self._tabs.currentChanged.connect(self.turn_to)
        self._tabs.tabBarClicked.connect(self._on_clicked)
        self._tabs.entered.connect(self.take_focus)
        self.plan.currentIndexChanged.connect(self._on_plan)
        self.sending.sent.connect(self.mark_stale)
        self.sending.partners_wanted.connect(lambda: self._turn_and_focus(PARTNERS))
        self.receiving.merged.connect(self._on_merged)
        self.receiving.plan_wanted.connect(lambda plan: self.context.open_page("plans", plan))
        self.receiving.choices_wanted.connect(lambda plan: self.opened(f"choices:{plan}"))
        self.receiving.copies_wanted.connect(lambda plan: self.opened(f"copies:{plan}"))
        self.choices.settled.connect(lambda gesture: self.carry(gesture, told="Settled."))
        self.copies.restore_wanted.connect(lambda gesture: self.carry(gesture, told="The plan is as it was then."))
        self.partners.changed.connect(self.mark_stale)
        self.context.desk.changed.connect(self.undo_changed)

    def _on_clicked(self, place: int) -> None:
        """A click leaves the keyboard where it was; the keys of choices are for their list."""
        if place == CHOICES:
            self._turn_and_focus(place)

    def _turn_and_focus(self, place: int) -> None:
        self.turn_to(place)
        self.take_focus()

    def _on_plan(self, place: int) -> None:
        plan = self.plan.itemData(place)
        if plan is not None and plan != self._plan_id:
            self._plan_id = PlanId(plan)
            self.context.step_begun.emit()
            self.mark_stale()

    def _on_merged(self, plan: str, _questions: int) -> None:
        self._plan_id = PlanId(plan)
        self.mark_stale()
        QTimer.singleShot(0, self, self.undo_changed.emit)

    def _on_carried(self, told: str, *, can_take_back: bool = True) -> None:
        self.undo_changed.emit()
        if told:
            # Where another edit has begun meanwhile, undo would take back that one.
            is_last = can_take_back and self.can_undo() and not self.context.desk.is_busy
            self.context.tell(told, action="edit.undo" if is_last else "")

    def _on_refused(self, error: Exception) -> None:
        self.context.tell_error(error)
        self.mark_stale()
