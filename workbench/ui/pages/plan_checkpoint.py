"""CheckpointSection: day 30, 60 and 90: the numbers from the mirror, what falls short, the words, and the lock."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from workbench.ids import PlanId
from workbench.models.plan_parts import CheckpointMeasure
from workbench.plans.board import is_for_checkpoint
from workbench.queries.plans import CheckpointRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_checkpoint_parts import BalanceCard, MeasureTable, ShortBanner
from workbench.ui.pages.plan_desk import Gesture
from workbench.ui.pages.plan_sheet_data import SheetData
from workbench.ui.pages.plan_sheet_fields import SheetText
from workbench.ui.pages.plan_sheet_words import (
    as_locked,
    can_lock,
    checkpoint_line,
    checkpoint_state,
    shortfall,
)
from workbench.ui.theme import SMALL
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.words import error_words
from workbench.workspace import Workspace

_TEXTS: Final = {
    "what_worked": ("What worked", "And what did not"),
    "decisions": ("Decisions", "What was decided, and by whom"),
    "next_steps": ("Next", "What happens until the next checkpoint"),
}
STAYS: Final = (
    "Locking keeps these numbers and words as they are. Nobody can change them afterwards, and undo does not open it "
    "again."
)


class CheckpointSection(QWidget):
    """Numbers of an open checkpoint are taken from the mirror each time it is looked at; of a locked one they stay."""

    measured = Signal()

    def __init__(self, context: Context, acts: CardActs, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._context, self._theme, self._acts, self._today = context, context.theme, acts, today
        self._data: SheetData | None = None
        self._asked: object = None
        self._numbers: dict[int, tuple[CheckpointMeasure, ...]] = {}
        self.is_measuring = False
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Checkpoints")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.chip, self._line = Chip(context.theme), LinesLabel(context.theme, token="second")
        self.table = MeasureTable()
        self.short = ShortBanner(context.theme)
        self.balance = BalanceCard(context.theme)
        self.texts = {name: SheetText(lines=3) for name in _TEXTS}
        self.fields = {name: Field(context.theme, title, self.texts[name]) for name, (title, _) in _TEXTS.items()}
        self.lock = push_button(
            "Lock with these numbers", theme=context.theme, kind="primary", icon="lock-simple", clicked=self.ask
        )
        self.confirm = push_button("Lock for good", theme=context.theme, kind="primary", clicked=self.lock_now)
        self.think_again = push_button("Not yet", theme=context.theme, kind="plain", clicked=self.leave_open)
        self._why = LinesLabel(context.theme, size=SMALL, token="third")
        self._build()
        self.tabs.currentChanged.connect(self._show)
        for name, text in self.texts.items():
            text.setPlaceholderText(_TEXTS[name][1])
            text.left.connect(partial(self._save, name))
        self.setFocusProxy(self.tabs)

    @property
    def row(self) -> CheckpointRow | None:
        """The checkpoint shown."""
        place = self.tabs.currentIndex()
        rows = () if self._data is None else self._data.checkpoints
        return rows[place] if 0 <= place < len(rows) else None

    def show_sheet(self, data: SheetData) -> None:
        """Shows the checkpoints, at first the one that is due next."""
        is_other = self._data is None or self._data.plan.id != data.plan.id
        self._data = data
        today = self._today()
        self.tabs.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        for place, row in enumerate(data.checkpoints):
            if place >= self.tabs.count():
                self.tabs.addTab("")
            words, _ = checkpoint_state(row, today=today)
            self.tabs.setTabText(place, f"Day {numbers.count(row.day)} · {words}")
        if is_other:
            self.open_due()
            self._numbers = {}
        self.tabs.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        asked = (data.plan.id, data.plan.scope, data.plan.starts_on, data.live)
        if asked != self._asked:
            self._asked, self._numbers = asked, {}
        self.balance.show_balance(data)
        self._show(is_other=is_other)

    def forget_measures(self) -> None:
        """Takes the numbers from the mirror again with the next reading."""
        self._asked = None

    def open_day(self, day: int) -> None:
        """Turns to the checkpoint of a day."""
        rows = () if self._data is None else self._data.checkpoints
        for place, row in enumerate(rows):
            if row.day == day:
                self.tabs.setCurrentIndex(place)

    def open_due(self) -> None:
        """Turns to the first checkpoint that is not locked; the last where all are."""
        rows = () if self._data is None else self._data.checkpoints
        waiting = [place for place, row in enumerate(rows) if row.locked_at is None]
        self.tabs.setCurrentIndex(waiting[0] if waiting else len(rows) - 1)

    def save(self) -> None:
        """Writes whatever was typed."""
        for name in self.texts:
            self._save(name)

    # Locking

    def ask(self) -> None:
        """Says what locking means, and asks once more."""
        self._why.set_text(STAYS)
        self._turn(is_asking=True)
        # Neither a second click nor a second Enter may say yes to what nobody has read yet.
        self.think_again.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_open(self) -> None:
        """Thinks better of it."""
        self._turn(is_asking=False)
        self.lock.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock_now(self) -> None:
        """Locks the checkpoint with the numbers that are shown."""
        row = self.row
        if row is None or row.day not in self._numbers:
            return
        measures = self._numbers[row.day]
        words = {name: text.text() for name, text in self.texts.items()}
        cards = () if self._data is None else self._data.cards
        has_card = any(is_for_checkpoint(card, day=row.day, on=row.falls_on) for card in cards)
        with_card = " Its card on the board is done." if has_card else ""
        self._do(lambda editor: editor.lock_checkpoint(row.day, measures=measures, **words))
        self._context.tell(f"Checkpoint of day {numbers.count(row.day)} locked with its numbers.{with_card}")

    # Showing

    def _show(self, _place: int = 0, *, is_other: bool = True) -> None:
        data, row, today = self._data, self.row, self._today()
        if data is None or row is None:
            return
        words, meaning = checkpoint_state(row, today=today)
        self.chip.show_text(words, meaning=meaning)
        self._line.set_text(checkpoint_line(row, starts_on=data.plan.starts_on, today=today))
        is_locked = row.locked_at is not None
        for name, text in self.texts.items():
            if is_other or is_locked:
                text.setPlainText(getattr(row, name))
            else:
                text.offer(getattr(row, name))
            text.set_locked(is_locked=is_locked)
            text.setPlaceholderText("Nothing was written" if is_locked else _TEXTS[name][1])
        self._turn(is_asking=False)
        if is_locked:
            self._fill(row.measures, row)
        elif row.day in self._numbers:
            self._fill(self._numbers[row.day], row)
        else:
            self._measure(row)

    def _turn(self, *, is_asking: bool) -> None:
        row, data = self.row, self._data
        if row is None or data is None:
            return
        is_open = row.locked_at is None
        can = can_lock(row, starts_on=data.plan.starts_on, today=self._today())
        # It keeps its place while it asks, so that the button that locks never stands under the same pointer.
        self.lock.setVisible(is_open)
        self.lock.setEnabled(can and row.day in self._numbers and not is_asking)
        self.confirm.setVisible(is_asking)
        self.think_again.setVisible(is_asking)
        self._why.setVisible(is_open)
        if not is_asking:
            self._why.set_text(STAYS if can else "It can be locked once its day has come.")

    def _fill(self, measures: Sequence[CheckpointMeasure], row: CheckpointRow) -> None:
        if self._data is None:
            return
        goals = {each.id: each for each in self._data.objectives}
        if row.locked_at is not None:
            goals |= {
                each.objective_id: as_locked(goals[each.objective_id], each)
                for each in measures
                if each.objective_id in goals
            }
        starts_on = self._data.plan.starts_on
        is_ahead = row.locked_at is None and not can_lock(row, starts_on=starts_on, today=self._today())
        self.table.show_measures(measures, goals, starts_on=starts_on, day=row.day, is_ahead=is_ahead)
        found = [
            words
            for each in measures
            if each.objective_id in goals and (words := shortfall(each, goals[each.objective_id], starts_on, row.day))
        ]
        # Nothing falls short of a day that has not come.
        self.short.show_lines(() if is_ahead else found)

    def _measure(self, row: CheckpointRow) -> None:
        if self._data is None:
            return
        self.is_measuring = True
        self.table.show_waiting()
        self.short.show_lines(())
        job = partial(take, self._context.workspace, self._data.plan.id, row.day)
        done = partial(self._on_measured, row.day, self._asked)
        self._context.jobs.run(self, "take", job, done, self._on_failed, stopped=self._on_stopped)

    def _on_measured(self, day: int, asked: object, measures: tuple[CheckpointMeasure, ...]) -> None:
        self.is_measuring = False
        if asked == self._asked:
            self._numbers[day] = measures
            row = self.row
            if row is not None and row.day == day and row.locked_at is None:
                self._fill(measures, row)
                self._turn(is_asking=False)
        self.measured.emit()

    def _on_failed(self, error: Exception) -> None:
        self.is_measuring = False
        self._context.tell(error_words(error)[0][0])

    def _on_stopped(self) -> None:
        self.is_measuring = False

    def _do(self, gesture: Gesture) -> None:
        if self._data is not None:
            self._acts.do_in(self._data.plan.id, gesture)

    def _save(self, name: str) -> None:
        row = self.row
        if row is None or row.locked_at is not None:
            return
        value = self.texts[name].text()
        if value != getattr(row, name):
            self._do(lambda editor: editor.set_checkpoint(row.day, **{name: value}))

    # Building

    def _build(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._line, 1)
        figures = Card("Measures")
        figures.body.addWidget(self.table)
        figures.body.addWidget(self.short)
        words = Card("What was said")
        words.body.setSpacing(12)
        for field in self.fields.values():
            words.body.addWidget(field)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._why, 1)
        for button in (self.confirm, self.think_again, self.lock):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.tabs)
        column.addLayout(state)
        column.addWidget(figures)
        column.addWidget(self.balance)
        column.addWidget(words)
        column.addLayout(foot)
        column.addStretch(1)


def take(workspace: Workspace, plan_id: PlanId, day: int) -> tuple[CheckpointMeasure, ...]:
    """What every objective stood at on a checkpoint; refuses as `freeze_checkpoint` does."""
    # Loads with the first checkpoint that is looked at, away from the window.
    from workbench.operations.plan_measures import freeze_checkpoint  # noqa: PLC0415 - see above

    return freeze_checkpoint(workspace, plan_id, day)
