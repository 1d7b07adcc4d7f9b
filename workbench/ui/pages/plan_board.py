"""PlanBoard: one plan: strip, board, the acts on its cards and the menu of a card."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.ids import CardId, uuid7
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.pages.plan_data import BoardData, ObjectiveData, read_objectives
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.ui.pages.plan_strip import PlanStrip
from workbench.ui.qt_models.board_model import BoardModel
from workbench.ui.qt_models.card_item import COLUMN_TITLES
from workbench.ui.widgets.board_view import BoardView
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.plans.editor import PlanEditor

_END: Final = 1 << 30


class PlanBoard(QWidget):
    """Shows a plan and turns gestures on its board into edits; what is shown changes at once, the save follows.

    `opened(id)` asks for the details of a card, `chosen(id)` tells which one is marked.
    """

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, context: Context, desk: PlanDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._wanted: CardId | None = None
        self._plan_id = ""
        self._measured: object = None
        self._is_measuring = False
        self.model = BoardModel(self)
        self.strip = PlanStrip(context.theme)
        self.view = BoardView(context.theme, self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.strip)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.view.moved.connect(self._move)
        self.view.added.connect(self._add)
        self.view.opened.connect(self.opened)
        self.view.chosen.connect(self.chosen)
        self.view.menu_wanted.connect(self.show_menu)

    def show_board(self, data: BoardData, *, today: date) -> None:
        """Shows what was read of a plan; the mark stays on its card."""
        if data.plan.id != self._plan_id:
            self._plan_id = data.plan.id
            self.model.forget_kept()
            self.model.set_filter("")
            self.view.choose(None)
        self.strip.show_plan(data.plan, data.objectives, today=today)
        self.model.set_cards(data.items)
        if self._wanted is not None and self._wanted in data.rows:
            card, self._wanted = self._wanted, None
            self.view.choose(card, takes_focus=False)
        asked = (data.plan.id, data.plan.community_id, data.objectives)
        if asked != self._measured:
            self._measured = asked
            self._measure(data)

    @property
    def is_measuring(self) -> bool:
        """Whether the values of the objectives are being worked out."""
        return self._is_measuring

    def forget_measures(self) -> None:
        """Works the values of the objectives out again with the next reading."""
        self._measured = None

    def start_card(self) -> None:
        """Opens the line for a new card in To do."""
        self.view.columns[CardColumn.TODO].open_line()

    def move_chosen(self, *, across: int = 0, along: int = 0) -> None:
        """Moves the marked card by keys; in a line of text these keys move the cursor, whatever card is marked."""
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self.view.move_chosen(across=across, along=along)

    def archive_chosen(self) -> None:
        """Takes the marked card off the board and offers the way back."""
        card = self.view.chosen_card()
        if card is None:
            return
        self._desk.do(lambda editor: editor.archive_card(card))
        self.model.remove(card)
        self._context.tell("Card archived.", action="edit.undo")

    def open_chosen(self) -> None:
        """Asks for the details of the marked card."""
        card = self.view.chosen_card()
        if card is not None:
            self.opened.emit(card)

    def show_move_menu(self) -> None:
        """Opens the menu of places beside the marked card."""
        card = self.view.chosen_card()
        place = None if card is None else self.model.place_of(card)
        if card is None or place is None:
            return
        cards = self.view.columns[place[0]].cards
        box = cards.visualRect(cards.currentIndex())
        menu = QMenu(self)
        menu.setAccessibleName("Move the card to")
        self._fill_places(menu, card)
        self._pop(menu, cards.viewport().mapToGlobal(box.center()))

    def show_menu(self, card_id: str, at: QPoint) -> None:
        """Opens the menu of a card."""
        card, theme = CardId(card_id), self._context.theme
        menu = QMenu(self)
        menu.addAction(icon("pencil-simple", theme), "Open the card", lambda: self.opened.emit(card))
        places = menu.addMenu(icon("arrows-out-cardinal", theme), "Move to…")
        self._fill_places(places, card)
        menu.addSeparator()
        menu.addAction(icon("archive", theme), "Archive the card", self.archive_chosen)
        self._pop(menu, at)

    def _pop(self, menu: QMenu, at: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _fill_places(self, menu: QMenu, card_id: CardId) -> None:
        place = self.model.place_of(card_id)
        if place is None:
            return
        theme, (column, row) = self._context.theme, place
        for to, title in COLUMN_TITLES.items():
            act = menu.addAction(title, self._putter(card_id, to=to, row=0))
            act.setEnabled(to is not column)
        menu.addSeparator()
        top = menu.addAction(icon("arrow-line-up", theme), "Top of the column", self._putter(card_id, to=column, row=0))
        top.setEnabled(row > 0)
        end = self._putter(card_id, to=column, row=_END)
        bottom = menu.addAction(icon("arrow-line-down", theme), "End of the column", end)
        bottom.setEnabled(row < len(self.model.columns[column].items) - 1)

    def _putter(self, card_id: CardId, *, to: CardColumn, row: int) -> Callable[[], None]:
        return partial(self.view.put, card_id, to=to, row=row)

    def _move(self, card_id: str, to: CardColumn, index: int) -> None:
        card = CardId(card_id)
        self._desk.do(lambda editor: editor.move_card(card, to=to, index=index))
        self.model.move(card, to=to, index=index)
        self.view.choose(card)

    def _add(self, column: CardColumn, title: str) -> None:
        card = self._wanted = CardId(uuid7(self._context.workspace.clock))

        def gesture(editor: "PlanEditor") -> Changes:
            from workbench.plans.drafts import CardDraft  # noqa: PLC0415 - loads with the first edit

            return editor.add_card(CardDraft(title=title, column=column), card_id=card, on_top=True)

        self._desk.do(gesture)

    def _measure(self, data: BoardData) -> None:
        workspace = self._context.workspace
        self._is_measuring = True
        job = partial(
            read_objectives,
            workspace.database,
            community_id=data.plan.community_id,
            objectives=data.objectives,
            now=workspace.clock.now(),
        )
        self._context.jobs.run(self, "measures", job, self._on_measured, self._on_unmeasured, stopped=self._on_stopped)

    def _on_measured(self, objectives: Sequence[ObjectiveData]) -> None:
        self._is_measuring = False
        self.strip.show_objectives(objectives)

    def _on_unmeasured(self, error: Exception) -> None:
        self._on_stopped()
        self._context.tell(error_words(error)[0][0])

    def _on_stopped(self) -> None:
        self._is_measuring = False
        # Nothing came of it: the next reading tries again.
        self._measured = None
