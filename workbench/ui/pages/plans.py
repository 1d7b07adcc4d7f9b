"""Plans page: the list of plans, the board of one of them, the form for a new one, and the export of its summary."""

from datetime import date
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget
from typing_extensions import override

from workbench.ids import CardId, PlanId
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_actions import PlanActions
from workbench.ui.pages.plan_board import PlanBoard
from workbench.ui.pages.plan_data import BoardData, PlansData, read_plans
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.ui.pages.plan_export import ExportPanel
from workbench.ui.pages.plan_header import PlanHeader, View, heading
from workbench.ui.pages.plan_inspector import CardInspector
from workbench.ui.pages.plan_list import PlanList
from workbench.ui.pages.plan_start import PlanStarter
from workbench.ui.widgets.state_panel import Offer
from workbench.ui.words import error_words

_MIRROR: Final = Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE | Changes.COMMUNITIES
NEW: Final = "new"
_WIDE_TITLE_FROM: Final = 880


class PlansPage(Page):
    """Opened with a plan's id or name it shows that board, with "new" the form; with None it stays where it was.

    With one plan the board comes at once; with several the list comes first. Every edit runs on the plan lane; what was
    read before an edit was saved is thrown away, so that a slow reading never undoes what one sees.
    """

    KEY: ClassVar[str] = "plans"
    TITLE: ClassVar[str] = "Plans"
    ICON: ClassVar[str] = "target"
    DEPENDS_ON: ClassVar[Changes] = Changes.PLANS | _MIRROR

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: View | None = None
        self._plan_id: PlanId | None = None
        self._wanted = ""
        self._data: PlansData | None = None
        self._shows_card = self._is_reading = False
        self.desk = PlanDesk(context, self)
        self.list = PlanList(self.theme)
        self.board = PlanBoard(context, self.desk)
        self.starter = PlanStarter(context, self)
        self.form = self.starter.form
        self.export = ExportPanel(context)
        self.card = CardInspector(self.theme, today=self._today)
        self._build()
        self._listen()
        self._actions = self._bound()
        self._inner.currentChanged.connect(self._enable)

    # What the window asks for

    @override
    def refresh(self) -> None:
        database, today = self.context.workspace.database, self._today()
        serial, self._is_reading = self.desk.serial, True
        job = partial(read_plans, database, plan_id=self._plan_id, today=today)
        self.load(job, lambda data: self._on_read(data, serial))

    @override
    def opened(self, argument: object) -> None:
        if argument == NEW:
            self.start_new()
        elif isinstance(argument, str) and argument:
            self._wanted, self._view = argument, None
            self.mark_stale()

    @override
    def is_settled(self) -> bool:
        is_drawn = self._view is not View.EXPORT or self.export.is_settled()
        is_busy = self._is_reading or self.board.is_measuring or self.desk.is_busy
        return super().is_settled() and is_drawn and not is_busy

    @override
    def take_focus(self) -> None:
        if self._view is View.BOARD:
            self.board.view.take_focus()
        elif self._view is not None:
            self._widgets[self._view].setFocus()

    @override
    def inspector(self) -> QWidget | None:
        return self.card if self._view is View.BOARD and self._shows_card and self.card.card_id is not None else None

    @override
    def new(self) -> None:
        if self._view is View.BOARD:
            self.board.start_card()
        elif self._view is not View.FORM:
            self.start_new()

    @override
    def find_here(self) -> None:
        if self._view in {View.BOARD, View.LIST}:
            self._filter.setFocus()
            self._filter.selectAll()

    @override
    def go_back(self) -> bool:
        if self._shows_card and self._view is View.BOARD:
            self.close_card()
        elif self._view is View.EXPORT:
            self._show(View.BOARD)
        elif self._view is View.FORM:
            self._leave_form()
        elif self._view is View.BOARD and self._has_list():
            self.show_list()
        else:
            return False
        return True

    @override
    def can_undo(self) -> bool:
        return self._view is View.BOARD and self.desk.can_undo

    @override
    def can_redo(self) -> bool:
        return self._view is View.BOARD and self.desk.can_redo

    @override
    def undo(self) -> None:
        self.desk.undo()

    @override
    def redo(self) -> None:
        self.desk.redo()

    # What people do

    def start_new(self) -> None:
        """Shows the form for a new plan."""
        self.starter.begin(self._data.plans if self._data is not None else ())

    def show_plan(self, plan_id: PlanId) -> None:
        """Shows the board of a plan."""
        self._plan_id = plan_id
        self.desk.use(plan_id)
        self._view = None
        self._filter.clear()
        self.mark_stale()

    def show_list(self) -> None:
        """Shows every plan."""
        self.close_card()
        self._filter.clear()
        self._plan_id = None
        self.desk.use(None)
        self._show(View.LIST)
        self.list.setFocus()

    def start_export(self) -> None:
        """Shows the export of the plan on the board."""
        if self._view is View.BOARD and self._data is not None and self._data.board is not None:
            self.card.save()
            plan = self._data.board.plan
            self._show(View.EXPORT)
            self.export.show_plan(plan.id, name=plan.name)

    def open_card(self, card_id: str) -> None:
        """Shows a card's details at the side and puts the keyboard there."""
        board = self._data.board if self._data is not None else None
        if board is None or CardId(card_id) not in board.rows:
            return
        self._shows_card = True
        self.card.show_card(board.rows[CardId(card_id)], owners=board.owners)
        self.inspector_changed.emit()
        if not self.card.isVisible():
            # Details are switched off for the window; opening a card asks for them.
            self.context.actions.trigger("inspector.toggle")
        self.card.take_focus()

    def close_card(self) -> None:
        """Takes the details away and gives the keyboard back to the board."""
        if self._shows_card:
            self.card.save()
            self._shows_card = False
            self.inspector_changed.emit()
            self.board.view.take_focus()

    # Reading

    @override
    def show_error(self, error: Exception) -> None:
        self._is_reading = False
        super().show_error(error)

    def _on_read(self, data: PlansData, serial: int) -> None:
        self._is_reading = False
        if self.desk.is_busy or serial != self.desk.serial:
            # Read before the last edit was saved; that edit's own Changes bring the next reading.
            if not self.desk.is_busy:
                self.mark_stale()
            return
        self._data = data
        if self._goes_elsewhere(data):
            self.mark_stale()
            return
        self.list.show_plans(data.plans, today=self._today())
        if self._view is View.FORM:
            return
        if not data.plans:
            self._say_first_use()
        elif data.board is None:
            self._plan_id = None
            self._show(View.LIST)
        else:
            self._show_board(data.board)

    def _goes_elsewhere(self, data: PlansData) -> bool:
        """Takes up the plan asked for by id or name, or the only one there is; True when it has to be read first."""
        wanted, self._wanted = self._wanted.casefold(), ""
        found = next((plan.id for plan in data.plans if wanted in {plan.id.casefold(), plan.name.casefold()}), None)
        if found is None and self._view is None and self._plan_id is None and len(data.plans) == 1:
            found = data.plans[0].id
        if found is None or (found == self._plan_id and self._view is View.BOARD):
            return False
        if data.board is not None and data.board.plan.id == found:
            return False
        self._plan_id = found
        self.desk.use(found)
        self._view = None
        return True

    def _show_board(self, board: BoardData) -> None:
        is_new = self._view not in {View.BOARD, View.EXPORT}
        self.board.show_board(board, today=self._today())
        if self._view is not View.EXPORT:
            self._show(View.BOARD)
        if is_new and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.board.view.take_focus()
        if self._shows_card:
            self._show_card_again(board)

    def _show_card_again(self, board: BoardData) -> None:
        chosen = self.card.card_id
        if chosen is not None and chosen in board.rows:
            self.card.show_card(board.rows[chosen], owners=board.owners)
        else:
            self._shows_card = False
            self.inspector_changed.emit()

    @Slot(Changes)
    def _on_mirror_changed(self, changes: Changes) -> None:
        if changes & _MIRROR:
            self.board.forget_measures()

    def _leave_form(self) -> None:
        self._view = None
        self.refresh()

    # What its parts tell

    def _on_up(self) -> None:
        if self._view is View.EXPORT:
            self._show(View.BOARD)
        else:
            self.show_list()

    def _on_filter(self, text: str) -> None:
        if self._view is View.LIST:
            self.list.set_filter(text)
        else:
            self.board.model.set_filter(text)

    def _on_chosen(self, card_id: str) -> None:
        board = self._data.board if self._data is not None else None
        if self._shows_card and board is not None and CardId(card_id) in board.rows:
            self.card.show_card(board.rows[CardId(card_id)], owners=board.owners)
        self._enable()

    def _on_edited(self, card_id: str, name: str, value: object) -> None:
        self.desk.do(lambda editor: editor.set_card(CardId(card_id), **{name: value}))

    def _on_failed(self, error: Exception) -> None:
        # What was shown at once is not what is stored: read again, and say why.
        self.context.tell(" ".join(error_words(error)[0][:2]))
        self.mark_stale()

    # Frame

    def _build(self) -> None:
        self._inner = QStackedWidget()
        self._widgets: dict[View, QWidget] = {
            View.LIST: self.list, View.BOARD: self.board, View.FORM: self.form, View.EXPORT: self.export,
        }  # fmt: skip
        for widget in self._widgets.values():
            self._inner.addWidget(widget)
        self.body.addWidget(self._inner)
        self.header_tools = PlanHeader(
            self.theme,
            up=self._on_up,
            export=self.start_export,
            new_card=self.board.start_card,
            new_plan=self.start_new,
        )
        self.header_tools.place(self.lead, self.buttons)
        self._filter = self.header_tools.filter

    def _listen(self) -> None:
        self.context.bus.changed.connect(self._on_mirror_changed)
        self._filter.textChanged.connect(self._on_filter)
        self.list.opened.connect(lambda plan_id: self.show_plan(PlanId(plan_id)))
        self.board.opened.connect(self.open_card)
        self.board.chosen.connect(self._on_chosen)
        self.starter.ready.connect(lambda: self._show(View.FORM))
        self.starter.started.connect(lambda plan_id: self.show_plan(PlanId(plan_id)))
        self.starter.left.connect(self._leave_form)
        self.starter.failed.connect(self.show_error)
        self.export.closed.connect(lambda: self._show(View.BOARD))
        self.export.saved.connect(self._enable)
        self.card.edited.connect(self._on_edited)
        self.card.closed.connect(self.close_card)
        self.card.archive_wanted.connect(self.board.archive_chosen)
        self.desk.changed.connect(self.undo_changed)
        self.desk.failed.connect(self._on_failed)

    def _bound(self) -> PlanActions:
        board = self.board
        return PlanActions(
            self.context.actions,
            {
                "card.open": board.open_chosen,
                "card.move": board.show_move_menu,
                "card.left": partial(board.move_chosen, across=-1),
                "card.right": partial(board.move_chosen, across=1),
                "card.up": partial(board.move_chosen, along=-1),
                "card.down": partial(board.move_chosen, along=1),
                "card.archive": board.archive_chosen,
                "export.plan": self.start_export,
                "export.reveal": self.export.show_in_folder,
                "plan.new": lambda: self.context.open_page(self.KEY, NEW),
            },
        )

    def _show(self, view: View) -> None:
        self._view = view
        self._inner.setCurrentWidget(self._widgets[view])
        self.header_tools.show_view(view, has_list=self._has_list())
        self._say_title()
        self.show_content()
        self.undo_changed.emit()
        self.inspector_changed.emit()
        self._enable()

    def _say_title(self) -> None:
        if self._view is not None and self._data is not None:
            # Beside an open card the name of the plan needs the room.
            has_room = self.width() >= self.theme.px(_WIDE_TITLE_FROM)
            self.set_title(*heading(self._view, self._data, has_room=has_room))

    def _say_first_use(self) -> None:
        self._view = View.LIST
        self.header_tools.show_nothing()
        self._say_title()
        self.show_first_use(
            "Start your first plan",
            "A plan is 90 days of small steps towards one purpose, with a number that shows whether they worked.",
            "It takes about five hours a week. A starter set of cards is ready; change what does not fit.",
            offers=(Offer("New plan", self.start_new, "plus"),),
        )
        self._enable()

    def _enable(self) -> None:
        has_board = self._view is View.BOARD and self.isVisible()
        has_card = has_board and self.board.view.chosen_card() is not None
        self._actions.enable(has_card=has_card, has_board=has_board, has_file=self.export.written() is not None)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enable()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_title()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._enable()

    def _has_list(self) -> bool:
        return self._data is not None and len(self._data.plans) > 1

    def _today(self) -> date:
        return self.context.workspace.clock.now().date()
