"""PlanViews: one plan as board, list, calendar, timeline and sheet, over the same cards; made when first shown.

A view may have `tools`, a widget that stands beside the filter while the view is shown; where room is short it is told
so by `set_short(is_short=...)`, if it has that.
"""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

import shiboken6
from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CardId
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_board import PlanBoard
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import BoardData
from workbench.ui.pages.plan_days import PlanDays
from workbench.ui.pages.plan_filter import FilterButton
from workbench.ui.pages.plan_modes import ModeSwitch

if TYPE_CHECKING:
    from workbench.ui.pages.plan_sheet import PlanSheet

_KEY: Final = "plans/mode"
_SHORT_BELOW: Final = 920


class Mode(StrEnum):
    """How a plan is looked at."""

    BOARD = "board"
    LIST = "list"
    CALENDAR = "calendar"
    TIMELINE = "timeline"
    SHEET = "sheet"


class PlanView(Protocol):
    """What each view offers; it listens to the cards by itself."""

    opened: Any

    def show_plan(self, data: BoardData, *, today: date) -> None:
        """Shows what was read of a plan."""

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on."""


TITLES: Final = {
    Mode.BOARD: "Board",
    Mode.LIST: "List",
    Mode.CALENDAR: "Calendar",
    Mode.TIMELINE: "Timeline",
    Mode.SHEET: "Plan sheet",
}
MODULES: Final[dict[Mode, tuple[str, str]]] = {
    Mode.LIST: ("workbench.ui.pages.plan_cards_list", "PlanCardsList"),
    Mode.CALENDAR: ("workbench.ui.pages.plan_calendar", "PlanCalendar"),
    Mode.TIMELINE: ("workbench.ui.pages.plan_timeline", "PlanTimeline"),
    Mode.SHEET: ("workbench.ui.pages.plan_sheet", "PlanSheet"),
}
"""Module and class of every view but the board; made of `(context, cards, acts)`."""

_SHEET_DEEDS: Final = {
    "plan.checkpoint": "open_due",
    "plan.rename": "rename",
    "plan.duplicate": "duplicate",
    "plan.template": "start_keeping",
    "plan.archive": "archive",
}
"""What the plan sheet does when its actions are chosen from menu or palette, by the names of its methods."""


class PlanViews(QWidget):
    """`mode_changed` when another view is shown; the last one chosen is shown again next time.

    `archived_wanted` when somebody asks for the cards that were taken off the plan.
    """

    mode_changed = Signal()
    archived_wanted = Signal()
    opened = Signal(str)

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs) -> None:
        super().__init__()
        self._context, self.cards, self._acts = context, cards, acts
        self._data: BoardData | None = None
        self._added: tuple[CardId, ...] = ()
        self.mode = Mode.BOARD
        self._today = date.min
        self.board = PlanBoard(context, cards, acts)
        self._made: dict[Mode, QWidget] = {Mode.BOARD: self.board}
        self._stale: set[Mode] = set()
        self.modes = tuple(mode for mode in Mode if mode is Mode.BOARD or mode in MODULES)
        self.switch = ModeSwitch(context.theme, [TITLES[mode] for mode in self.modes])
        self.filter_button = FilterButton(context.theme, cards)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.board)
        self._tools: dict[Mode, QWidget] = {}
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.switch)
        self._head.addStretch(1)
        self._head.addWidget(self.filter_button)
        self._place_tools(Mode.BOARD, self.board)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)
        self.board.opened.connect(self.opened)
        self.filter_button.archived_wanted.connect(self.archived_wanted)
        acts.made.connect(self._on_made)
        self.board.strip.checkpoint_wanted.connect(lambda day: self.open_sheet().open_checkpoint(day))
        for action_id, deed in _SHEET_DEEDS.items():
            context.actions.bind(action_id, partial(self._do_on_sheet, deed))
        self._enable_deeds()
        self.switch.entered.connect(self.take_focus)
        self.switch.chosen.connect(lambda place: self.set_mode(self.modes[place]))
        context.theme.changed.connect(self._fit)
        last = str(QSettings().value(_KEY, Mode.BOARD.value))
        if last in set(self.modes):
            self.set_mode(Mode(last))

    def show_plan(self, data: BoardData, *, today: date) -> None:
        """Shows what was read of a plan in the view on show; the others take it in when they are turned to."""
        self._data, self._today = data, today
        self._enable_deeds()
        self._acts.offer(owners=data.owners, objectives=tuple((each.id, each.title) for each in data.objectives))
        self.filter_button.offer_objectives({each.id: each.title for each in data.objectives})
        self.filter_button.offer_archived(len(data.archived))
        self.cards.show(data.items, data.rows, today=today, days=PlanDays(data.plan.starts_on, data.closed))
        self._say_hidden()
        self._stale = set(self.modes) - {self.mode}
        self._current().show_plan(data, today=today)

    def _on_made(self, cards: Sequence[CardId]) -> None:
        self._added = tuple(cards)

    def _say_hidden(self) -> None:
        """A card that is added and then not seen would be added again."""
        added = [card for card in self._added if card in self.cards.rows]
        if not added:
            return
        self._added = ()
        hidden = len(set(added) - set(self.cards.shown))
        if hidden and self.cards.filter.is_on:
            self._context.tell(f"Added; the filter hides {'it' if hidden == 1 else numbers.count(hidden)}.")

    def set_mode(self, mode: Mode) -> None:
        """Turns to another view of the same plan."""
        place = self.modes.index(mode)
        if self.switch.place != place:
            self.switch.choose(place)
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self._stack.isAncestorOf(focus)
        self.mode = mode
        self._stack.setCurrentWidget(self._widget(mode))
        self.filter_button.setVisible(mode is not Mode.SHEET)
        for each, tools in self._tools.items():
            tools.setVisible(each is mode)
        if self._data is not None and mode in self._stale:
            self._stale.discard(mode)
            self._current().show_plan(self._data, today=self._today)
        QSettings().setValue(_KEY, mode.value)
        self._fit()
        if had_focus:
            self.take_focus()
        self.mode_changed.emit()

    def open_sheet(self) -> "PlanSheet":
        """Turns to the plan sheet and answers it."""
        self.set_mode(Mode.SHEET)
        return cast("PlanSheet", self._widget(Mode.SHEET))

    def _do_on_sheet(self, deed: str) -> None:
        getattr(self.open_sheet(), deed)()

    def _enable_deeds(self) -> None:
        for action_id in _SHEET_DEEDS:
            self._context.actions.action(action_id).setEnabled(self.isVisible() and self._data is not None)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enable_deeds()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._enable_deeds()
        # A window that closes hides its pages first, and tells lines only later that the keyboard has left.
        if not event.spontaneous() and shiboken6.isValid(self._context.jobs):
            self.finish_lines()

    def take_focus(self) -> None:
        """Puts the keyboard into the view on show."""
        self._current().take_focus()

    def is_settled(self) -> bool:
        """Whether every view shows what it has to; those that read by themselves say so by a method of this name."""
        views = [cast("Any", view) for view in self._made.values() if hasattr(view, "is_settled")]
        return not self.board.is_measuring and all(view.is_settled() for view in views)

    def show_cards(self) -> None:
        """Turns to the board where the way chosen shows no cards."""
        if self.mode is Mode.SHEET:
            self.set_mode(Mode.BOARD)

    def start_card(self) -> None:
        """Begins a new card in the view on show; on the board where that view has no place for one."""
        if not hasattr(self._widget(self.mode), "start_card"):
            self.set_mode(Mode.BOARD)
        cast("Any", self._widget(self.mode)).start_card()

    def finish_lines(self) -> None:
        """Adds the cards whose titles are typed in any view, while their plan is the one in use."""
        if self._data is not None and self._acts.plan_id == self._data.plan.id:
            for view in self._made.values():
                if hasattr(view, "finish_line"):
                    cast("Any", view).finish_line()

    def move_chosen(self, *, across: int = 0, along: int = 0) -> None:
        """Moves the chosen cards by keys on the board; the other views take these keys themselves."""
        if self.mode is Mode.BOARD:
            self.board.move_chosen(across=across, along=along)

    def show_move_menu(self) -> None:
        """Opens the menu of places for the chosen cards."""
        if self.mode is Mode.BOARD:
            self.board.show_move_menu()
        elif self._acts.chosen and self.mode is not Mode.SHEET:
            menu = QMenu(self)
            menu.setAccessibleName("Move the card to")
            self._acts.fill_places(menu)
            menu.aboutToHide.connect(menu.deleteLater)
            view = self._widget(self.mode)
            menu.popup(view.mapToGlobal(view.rect().center()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _place_tools(self, mode: Mode, view: QWidget) -> None:
        tools = getattr(view, "tools", None)
        if isinstance(tools, QWidget):
            self._tools[mode] = tools
            tools.setParent(self)
            self._head.insertWidget(2, tools)
            tools.setVisible(mode is self.mode)
            self._fit()

    def _fit(self) -> None:
        is_short = self.width() < self._context.theme.px(_SHORT_BELOW)
        self.filter_button.set_short(is_short=is_short)
        for tools in self._tools.values():
            if hasattr(tools, "set_short"):
                tools.set_short(is_short=is_short)
        beside: list[QWidget] = [self.filter_button] if self.mode is not Mode.SHEET else []
        beside += [self._tools[self.mode]] if self.mode in self._tools else []
        needed = sum(widget.sizeHint().width() + self._head.spacing() for widget in (self.switch.tabs, *beside))
        self.switch.set_short(is_short=needed > self.width())

    def _current(self) -> PlanView:
        return cast("PlanView", self._widget(self.mode))

    def _widget(self, mode: Mode) -> QWidget:
        if mode not in self._made:
            module, name = MODULES[mode]
            make: Callable[[Context, PlanCards, CardActs], QWidget] = getattr(import_module(module), name)
            made = make(self._context, self.cards, self._acts)
            cast("PlanView", made).opened.connect(self.opened)
            self._made[mode] = made
            self._stack.addWidget(made)
            self._place_tools(mode, made)
            self._stale.add(mode)
        return self._made[mode]
