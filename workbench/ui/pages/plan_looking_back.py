"""LookingBackSection: what a plan taught, and what of it goes into the next one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ids import PlanId
from workbench.models.kinds import CardColumn
from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_desk import Gesture
from workbench.ui.pages.plan_sheet_data import SheetData
from workbench.ui.pages.plan_sheet_fields import SheetText
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.ticks import TickBox
from workbench.ui.words import error_words
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.operations.plan_follow_up import CarriedOver

_TEXTS: Final = {
    "worked": ("What worked", "Keep doing it"),
    "did_not_work": ("What did not work", "And why, as far as one can tell"),
    "lessons": ("Lessons", "What the next plan should know on its first day"),
}


class LookingBackSection(QWidget):
    """`next_wanted(CarriedOver)` asks for the form of the next plan, with the cards that were ticked."""

    next_wanted = Signal(object)

    def __init__(self, context: Context, acts: CardActs) -> None:
        super().__init__()
        self._context, self._theme, self._acts = context, context.theme, acts
        self._data: SheetData | None = None
        self._carried: CarriedOver | None = None
        self._asked: object = None
        self.is_reading = False
        self.texts = {name: SheetText(lines=3) for name in _TEXTS}
        self.ticks: list[TickBox] = []
        self.every = push_button("Untick all", theme=context.theme, kind="link", clicked=self._tick_all)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._about = LinesLabel(context.theme, token="second")
        self.start = push_button(
            "Start the next plan", theme=context.theme, kind="primary", icon="arrow-right", clicked=self.go_on
        )
        self._build()
        for name, text in self.texts.items():
            text.left.connect(partial(self._save, name))
        self.setFocusProxy(self.texts["worked"])

    def show_sheet(self, data: SheetData) -> None:
        """Shows what was written, and reads what would be carried over."""
        is_other = self._data is None or self._data.plan.id != data.plan.id
        self._data = data
        for name, text in self.texts.items():
            if is_other:
                text.setPlainText(getattr(data.plan, name))
            else:
                text.offer(getattr(data.plan, name))
        asked = (data.plan, data.cards)
        if asked != self._asked:
            self._asked = asked
            self.is_reading = True
            job = partial(carried, self._context.workspace, data.plan.id)
            self._context.jobs.run(self, "carried", job, self._on_carried, self._on_failed, stopped=self._on_stopped)

    def save(self) -> None:
        """Writes whatever was typed."""
        for name in self.texts:
            self._save(name)

    def go_on(self) -> None:
        """Asks for the next plan with the ticked cards."""
        if self._carried is None:
            return
        self.save()
        kept = tuple(card for card, tick in zip(self._carried.cards, self.ticks, strict=True) if tick.isChecked())
        self.next_wanted.emit(replace(self._carried, cards=kept))

    def _on_carried(self, found: "CarriedOver") -> None:
        self.is_reading = False
        before = {tick.text() for tick in self.ticks if not tick.isChecked()}
        self._carried = found
        for tick in self.ticks:
            tick.hide()
            tick.deleteLater()
        self.ticks = []
        for card in found.cards:
            tick = TickBox(self._theme, card.title)
            tick.setChecked(card.title not in before)
            tick.toggled.connect(self._say_every)
            self._list.addWidget(tick)
            self.ticks.append(tick)
        self._say_every()
        following = "" if self._data is None else self._data.after
        after = f" “{following}” follows this plan already." if following else ""
        words = "Untick what should end here." if self._data is None else open_words(self._data.cards)
        self._about.set_text((words if found.cards else "Nothing is left undone; the lessons go along.") + after)

    def _tick_all(self) -> None:
        is_on = not any(tick.isChecked() for tick in self.ticks)
        for tick in self.ticks:
            tick.setChecked(is_on)

    def _say_every(self) -> None:
        self.every.setVisible(len(self.ticks) > 1)
        say(self.every, "Untick all" if any(tick.isChecked() for tick in self.ticks) else "Tick all")

    def _on_failed(self, error: Exception) -> None:
        self._on_stopped()
        self._context.tell(error_words(error)[0][0])

    def _on_stopped(self) -> None:
        self.is_reading, self._asked = False, None

    def _do(self, gesture: Gesture) -> None:
        if self._data is not None:
            self._acts.do_in(self._data.plan.id, gesture)

    def _save(self, name: str) -> None:
        if self._data is None:
            return
        value = self.texts[name].text()
        if value != getattr(self._data.plan, name):
            self._do(lambda editor: editor.set_plan(**{name: value}))

    def _build(self) -> None:
        words = Card("What it taught")
        words.body.setSpacing(12)
        for name, (title, hint) in _TEXTS.items():
            self.texts[name].setPlaceholderText(hint)
            words.body.addWidget(Field(self._theme, title, self.texts[name]))
        ahead = Card("Into the next plan")
        ahead.body.addWidget(self._about)
        ahead.body.addWidget(self.every, 0, Qt.AlignmentFlag.AlignLeading)
        ahead.body.addLayout(self._list)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.start, 0, Qt.AlignmentFlag.AlignTrailing)
        ahead.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(words)
        column.addWidget(ahead)
        column.addStretch(1)


def open_words(cards: Sequence[CardRow]) -> str:
    """How many cards are not done; where that is fewer than the board shows, with why."""
    times = [card for card in cards if card.column is not CardColumn.DONE]
    once = len({card.series_id or card.id for card in times})
    shown = f" ({numbers.count(len(times))} on the board, which shows each time of a series)"
    why = "" if once == len(times) else shown
    return f"{numbers.plural(once, 'card is', 'cards are')} not done{why}; untick what should end here."


def carried(workspace: Workspace, plan_id: PlanId) -> "CarriedOver":
    """What the next plan is offered; refuses as `carry_over` does."""
    from workbench.operations.plan_follow_up import carry_over  # noqa: PLC0415 - opens the document, away from the window

    return carry_over(workspace, plan_id)
