"""Plans page: the list of plans, the board of one of them, the form for a new one, and the export of its summary."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from typing_extensions import override

from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardPlace
from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_actions import Deeds, PlanActions, card_deeds
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.pages.plan_data import BoardData, PlansData, read_plans
from workbench.ui.pages.plan_header import PlanHeader, View, heading
from workbench.ui.pages.plan_list import PlanList
from workbench.ui.pages.plan_panels import PlanPanels
from workbench.ui.pages.plan_side import PlanSide
from workbench.ui.pages.plan_views import Mode, PlanViews
from workbench.ui.widgets.state_panel import Offer
from workbench.ui.words import error_words

if TYPE_CHECKING:
    # The form loads when it is first wanted.
    from workbench.ui.pages.plan_start import NewPlan

_MIRROR: Final = Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE | Changes.COMMUNITIES
NEW: Final = "new"
SHARING: Final = ("plan.send", "plan.receive", "plan.choices", "plan.copies", "partners.open", "rollup.send")
_WIDE_TITLE_FROM: Final = 880


class PlansPage(Page):
    """Opened with a plan's id or name it shows that board, with a CardPlace also the card, with "new" the form.

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
        self._is_reading = False
        self.desk = context.desk
        self.list = PlanList(self.theme)
        self.cards = PlanCards(self)
        self.acts = CardActs(context, self.desk, self.cards)
        self.views = PlanViews(context, self.cards, self.acts)
        self.board = self.views.board
        self.panels = PlanPanels(context)
        self.side = PlanSide(context, self.cards, self.acts, today=self._today)
        self._build()
        self._listen()
        self._actions = self._bound()
        self.panels.currentChanged.connect(self._enable)

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
        elif isinstance(argument, CardPlace):
            self._wanted, self._view = argument.plan_id, None
            self.side.want(argument.card_id)
            self.mark_stale()
        elif isinstance(argument, str) and argument:
            self._wanted, self._view = argument, None
            self.mark_stale()
        elif argument and not isinstance(argument, str):
            self.start_new(cast("NewPlan", argument))

    @override
    def is_settled(self) -> bool:
        is_drawn = self._view is not View.EXPORT or self.panels.export.is_settled()
        is_busy = self._is_reading or self.desk.is_busy or not self.views.is_settled()
        return super().is_settled() and is_drawn and not is_busy

    @override
    def take_focus(self) -> None:
        if self._view is View.BOARD:
            self.views.take_focus()
        elif self._view is not None:
            self.panels.take_focus(self._view)

    @override
    def inspector(self) -> QWidget | None:
        return self.side.card if self._view is View.BOARD and self.side.is_open else None

    @override
    def new(self) -> None:
        if self._view is View.BOARD:
            self.views.start_card()
        elif self._view is not View.FORM:
            self.start_new()

    @override
    def find_here(self) -> None:
        if self._view in {View.BOARD, View.LIST}:
            self._filter.setFocus()
            self._filter.selectAll()

    @override
    def go_back(self) -> bool:
        if self.side.is_open and self._view is View.BOARD:
            self.side.close()
        elif self._view is View.BOARD and len(self.cards.chosen) > 1:
            self.cards.choose([self.cards.current] if self.cards.current is not None else [])
        elif self._view is View.EXPORT:
            self._show(View.BOARD)
        elif self._view is View.FORM:
            self._leave_form()
        else:
            # Esc puts away what stands beside a board, never the board itself.
            return self._view is View.BOARD
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

    def start_new(self, wish: "NewPlan | None" = None) -> None:
        """Shows the form for a new plan, with what is wished in it."""
        self.panels.starter.begin(self._data.plans if self._data is not None else (), wish)

    def show_plan(self, plan_id: PlanId) -> None:
        """Shows the board of a plan."""
        self.views.finish_lines()
        self._plan_id = plan_id
        self.desk.use(plan_id)
        self._view = None
        self._forget_filter()
        self.mark_stale()

    def show_list(self) -> None:
        """Shows every plan."""
        self.views.finish_lines()
        self.side.close()
        self._forget_filter()
        self._plan_id = None
        self.desk.use(None)
        self._show(View.LIST)
        self.list.setFocus()

    def start_export(self) -> None:
        """Shows the export of the plan on the board."""
        if self._view is View.BOARD and self._data is not None and self._data.board is not None:
            self.side.save()
            plan, export = self._data.board.plan, self.panels.export
            self._show(View.EXPORT)
            export.show_plan(plan.id, name=plan.name)

    def _archive(self, plan_id: str, is_archived: bool) -> None:  # noqa: FBT001 - a Qt signal carries it so
        def done() -> None:
            self.context.tell("Plan archived." if is_archived else "Plan taken back.")

        self.desk.carry(
            PlanId(plan_id), lambda editor: editor.set_plan(is_archived=is_archived), done=done, failed=self._on_failed
        )

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
        self.list.show_plans(data.plans, archived=data.archived, today=self._today())
        if self._view is View.FORM:
            return
        if not data.plans and not data.archived:
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
        self.views.show_plan(board, today=self._today())
        if self._view is not View.EXPORT:
            self._show(View.BOARD)
        if is_new and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.views.take_focus()
        self.side.show_data(board)

    @Slot(Changes)
    def _on_mirror_changed(self, changes: Changes) -> None:
        if changes & _MIRROR:
            self.board.forget_measures()

    def _leave_form(self) -> None:
        self._view = None
        self.refresh()

    # What its parts tell

    def _on_started(self, plan_id: str) -> None:
        # A new plan begins with its cards, whatever view the last one was left in.
        self.views.set_mode(Mode.BOARD)
        self.show_plan(PlanId(plan_id))

    def _on_up(self) -> None:
        if self._view is View.EXPORT:
            self._show(View.BOARD)
        else:
            self.show_list()

    def _forget_filter(self) -> None:
        self._filter.clear()
        self.cards.set_filter(CardFilter())

    def _on_filter(self, text: str) -> None:
        if self._view is View.LIST:
            self.list.set_filter(text)
        else:
            self.cards.set_filter(replace(self.cards.filter, text=text))

    def _on_failed(self, error: Exception) -> None:
        # What was shown at once is not what is stored: read again, and say why.
        self.context.tell(" ".join(error_words(error)[0][:2]))
        self.mark_stale()

    # Frame

    def _build(self) -> None:
        self.panels.add(View.LIST, self.list)
        self.panels.add(View.BOARD, self.views)
        self.body.addWidget(self.panels)
        self.header_tools = PlanHeader(
            self.theme,
            up=self._on_up,
            export=self.start_export,
            new_card=self.views.start_card,
            new_plan=self.start_new,
            share=[self.context.actions.action(each) for each in SHARING],
        )
        self.header_tools.place(self.lead, self.buttons)
        self._filter = self.header_tools.filter

    def _listen(self) -> None:
        self.context.bus.changed.connect(self._on_mirror_changed)
        self._filter.textChanged.connect(self._on_filter)
        self.list.opened.connect(lambda plan_id: self.show_plan(PlanId(plan_id)))
        self.list.archive_wanted.connect(self._archive)
        self.views.opened.connect(self.side.open)
        self.views.mode_changed.connect(self._enable)
        self.views.mode_changed.connect(self._show_tools)
        self.acts.opened.connect(self.side.open)
        self.cards.chosen_changed.connect(self._enable)
        self.side.changed.connect(self.inspector_changed)
        self.side.closed.connect(self.views.take_focus)
        self.panels.ready.connect(lambda: self._show(View.FORM))
        self.panels.started.connect(self._on_started)
        self.panels.left.connect(self._leave_form)
        self.panels.failed.connect(self.show_error)
        self.panels.closed.connect(lambda: self._show(View.BOARD))
        self.panels.saved.connect(self._enable)
        self.desk.changed.connect(self.undo_changed)
        self.desk.failed.connect(self._on_failed)
        self.theme.changed.connect(self._fit)

    def _bound(self) -> PlanActions:
        deeds: Deeds = {
            "export.plan": self.start_export,
            "export.reveal": self.panels.reveal,
            "plan.list": self.show_list,
            "plan.new": lambda: self.context.open_page(self.KEY, NEW),
        }
        return PlanActions(self.context.actions, card_deeds(self.views, self.acts) | deeds)

    def _show(self, view: View) -> None:
        self._view = view
        self.panels.turn_to(view)
        self._show_tools()
        self._say_title()
        self.show_content()
        self.undo_changed.emit()
        self.inspector_changed.emit()
        self._enable()

    def _fit(self) -> None:
        self.header_tools.fit(self.width())
        self._say_title()

    def _say_title(self) -> None:
        if self._view is not None and self._data is not None:
            # Beside an open card the name of the plan needs the room.
            has_room = self.width() >= self.theme.px(_WIDE_TITLE_FROM)
            self.set_title(*heading(self._view, self._data, has_room=has_room))

    def _show_tools(self) -> None:
        if self._view is not None:
            shows_cards = self.views.mode is not Mode.SHEET
            self.header_tools.show_view(self._view, shows_cards=shows_cards)

    def _say_first_use(self) -> None:
        self._view = View.LIST
        self.header_tools.show_nothing()
        self._say_title()
        self.show_first_use(
            "Start your first plan",
            "A plan is 90 days of small steps towards one purpose, with a number that shows whether they worked.",
            "It takes about five hours a week. A starter set of cards is ready; change what does not fit.",
            offers=(
                Offer("New plan", self.start_new, "plus"),
                Offer("Receive a plan…", partial(self.context.actions.trigger, "plan.receive"), "download-simple"),
            ),
        )
        self._enable()

    def _enable(self) -> None:
        has_board = self._view is View.BOARD and self.isVisible()
        has_card = has_board and self.cards.current is not None
        self._actions.enable(has_card=has_card, has_board=has_board, has_file=self.panels.has_file)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enable()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._enable()

    def _today(self) -> date:
        return self.context.workspace.clock.now().date()
