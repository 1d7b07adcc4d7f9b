"""Plans page: the list of plans, the board of one of them, and what stands in front of them."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from typing_extensions import override

from workbench.clock import local_day
from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardPlace
from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_actions import Deeds, PlanActions, card_deeds
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import MEASURED, BoardData, PlansData, is_in, read_plans
from workbench.ui.pages.plan_header import OF_A_PLAN, View
from workbench.ui.pages.plan_side import PlanSide
from workbench.ui.pages.plan_stage import PlanStage
from workbench.ui.pages.plan_views import Mode, PlanViews
from workbench.ui.words import error_words

if TYPE_CHECKING:
    # The form loads when it is first wanted.
    from workbench.ui.pages.plan_start import NewPlan

NEW: Final = "new"


class PlansPage(Page):
    """Opened with a plan's id or name it shows that board, with a CardPlace also the card, with "new" the form.

    With one plan the board comes at once; with several the list comes first. Both look at the chosen communities only,
    unless a plan is asked for by name. Every edit runs on the plan lane; what was read before an edit was saved is
    thrown away, so that a slow reading never undoes what one sees.
    """

    KEY: ClassVar[str] = "plans"
    TITLE: ClassVar[str] = "Plans"
    ICON: ClassVar[str] = "target"
    OWN_PERIOD: ClassVar[tuple[str, str]] = (
        "A plan’s days",
        "A plan has its own 90 days, from its first day on. The period chosen counts elsewhere.",
    )
    DEPENDS_ON: ClassVar[Changes] = Changes.PLANS | MEASURED

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._plan_id: PlanId | None = None
        self._wanted = ""
        self._is_reading = False
        self.desk = context.desk
        self.cards = PlanCards(self)
        self.acts = CardActs(context, self.desk, self.cards)
        self.views = PlanViews(context, self.cards, self.acts)
        self.board = self.views.board
        self.stage = PlanStage(
            self, self.cards, up=self._on_up, export=self.start_export, new_card=self.views.start_card,
            new_plan=self.start_new,
        )  # fmt: skip
        self.list, self.panels = self.stage.list, self.stage.panels
        self.panels.add(View.BOARD, self.views)
        self.side = PlanSide(context, self.cards, self.acts, today=self._today)
        self._listen()
        self._actions = self._bound()
        self.panels.currentChanged.connect(self._enable)

    # What the window asks for

    @override
    def refresh(self) -> None:
        database, today = self.context.workspace.database, self._today()
        serial, self._is_reading = self.desk.serial, True
        job = partial(read_plans, database, plan_id=self._plan_id, today=today, scope=self.context.scope)
        self.load(job, lambda data: self._on_read(data, serial))
        self.stage.news.look()

    @override
    def opened(self, argument: object) -> None:
        if argument == NEW:
            self.start_new()
        elif isinstance(argument, CardPlace):
            self._wanted, self.stage.view = argument.plan_id, None
            self.views.show_cards()
            self.side.want(argument.card_id)
            self.mark_stale()
        elif isinstance(argument, str) and argument:
            self._wanted, self.stage.view = argument, None
            self.mark_stale()
        elif argument and not isinstance(argument, str):
            self.start_new(cast("NewPlan", argument))

    @override
    def is_settled(self) -> bool:
        is_drawn = self.stage.view is not View.EXPORT or self.panels.export.is_settled()
        is_busy = self._is_reading or self.desk.is_busy or not self.views.is_settled()
        return super().is_settled() and is_drawn and not is_busy

    @override
    def take_focus(self) -> None:
        if self.stage.view is View.BOARD:
            self.views.take_focus()
        elif self.stage.view is not None:
            self.panels.take_focus(self.stage.view)

    @override
    def inspector(self) -> QWidget | None:
        return self.side.card if self.stage.view is View.BOARD and self.side.is_open else None

    @override
    def new(self) -> None:
        if self.stage.view is View.BOARD:
            self.views.start_card()
        elif self.stage.view is not View.FORM:
            self.start_new()

    @override
    def find_here(self) -> None:
        self.stage.focus_filter()

    @override
    def go_back(self) -> bool:
        if self.side.is_open and self.stage.view is View.BOARD:
            self.side.close()
        elif self.stage.view is View.BOARD and len(self.cards.chosen) > 1:
            self.cards.choose([self.cards.current] if self.cards.current is not None else [])
        elif self.stage.view in OF_A_PLAN:
            self.stage.show(View.BOARD)
        elif self.stage.view is View.FORM:
            self._leave_form()
        else:
            # Esc puts away what stands beside a board, never the board itself.
            return self.stage.view is View.BOARD
        return True

    @override
    def can_undo(self) -> bool:
        return self.stage.view in {View.BOARD, View.ARCHIVED} and self.desk.can_undo

    @override
    def can_redo(self) -> bool:
        return self.stage.view in {View.BOARD, View.ARCHIVED} and self.desk.can_redo

    @override
    def undo(self) -> None:
        self.desk.undo()

    @override
    def redo(self) -> None:
        self.desk.redo()

    # What people do

    def start_new(self, wish: "NewPlan | None" = None) -> None:
        """Shows the form for a new plan, with what is wished in it."""
        self.panels.starter.begin(self.stage.data.plans if self.stage.data is not None else (), wish)

    def show_plan(self, plan_id: PlanId) -> None:
        """Shows the board of a plan."""
        self.views.finish_lines()
        self._plan_id = plan_id
        self.desk.use(plan_id)
        self.stage.view = None
        self.stage.forget_filter()
        self.mark_stale()

    def show_list(self) -> None:
        """Shows every plan."""
        self._leave_plan()
        self.stage.show_plans()
        self.list.setFocus()

    def _leave_plan(self) -> None:
        self.views.finish_lines()
        self.side.close()
        self.stage.forget_filter()
        self._plan_id = None
        self.desk.use(None)

    def start_export(self) -> None:
        """Shows the export of the plan on the board."""
        if self.stage.view is View.BOARD and self.stage.data is not None and self.stage.data.board is not None:
            self.side.save()
            plan, export = self.stage.data.board.plan, self.panels.export
            self.stage.show(View.EXPORT)
            export.show_plan(plan.id, name=plan.name)

    def show_archived(self) -> None:
        """Shows the cards that were taken off the plan on the board."""
        if self.stage.view is View.BOARD and self.stage.data is not None and self.stage.data.board is not None:
            self.side.close()
            self.stage.forget_filter()
            self.panels.archived.show_cards(self.stage.data.board.archived)
            self.stage.show(View.ARCHIVED)
            self.take_focus()

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
        self.stage.data = data
        if self._goes_elsewhere(data):
            self.mark_stale()
            return
        self.list.show_plans(data.plans, archived=data.archived, scope=data.scope, today=self._today())
        if self.stage.view is View.FORM:
            return
        if data.board is not None:
            self._show_board(data.board)
        else:
            self._plan_id = None
            self.stage.show_plans()

    def _goes_elsewhere(self, data: PlansData) -> bool:
        """Takes up the plan asked for by id or name, or the only one there is; True when it has to be read first."""
        wanted, self._wanted = self._wanted.casefold(), ""
        found = next((plan.id for plan in data.plans if wanted in {plan.id.casefold(), plan.name.casefold()}), None)
        if found is None and self.stage.view is None and self._plan_id is None and len(data.here) == 1:
            found = data.here[0].id
        if found is None or (found == self._plan_id and self.stage.view is View.BOARD):
            return False
        if data.board is not None and data.board.plan.id == found:
            return False
        self._plan_id = found
        self.desk.use(found)
        self.stage.view = None
        return True

    def _show_board(self, board: BoardData) -> None:
        is_new = self.stage.view is not View.BOARD and self.stage.view not in OF_A_PLAN
        self.views.show_plan(board, today=self._today())
        if self.stage.view is View.ARCHIVED:
            self.panels.archived.show_cards(board.archived)
        if self.stage.view not in OF_A_PLAN:
            self.stage.show(View.BOARD)
        if is_new and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.views.take_focus()
        self.side.show_data(board)

    @Slot()
    def _on_scope(self) -> None:
        """Leaves a plan that is not for the communities chosen now; reading again is the page's own business."""
        board = None if self.stage.data is None else self.stage.data.board
        if self.stage.view is View.BOARD and board is not None and not is_in(board.plan, self.context.scope):
            self._leave_plan()
            self.stage.view = None
        elif self.stage.view is View.LIST:
            self.stage.view = None

    @Slot(Changes)
    def _on_measured_changed(self, changes: Changes) -> None:
        if changes & MEASURED:
            self.board.forget_measures()

    def _leave_form(self) -> None:
        self.stage.view = None
        self.refresh()

    # What its parts tell

    def _on_started(self, plan_id: str) -> None:
        # A new plan begins with its cards, whatever view the last one was left in.
        self.views.set_mode(Mode.BOARD)
        self.show_plan(PlanId(plan_id))

    def _on_up(self) -> None:
        if self.stage.view in OF_A_PLAN:
            self.stage.show(View.BOARD)
        else:
            self.show_list()

    def _on_failed(self, error: Exception) -> None:
        # What was shown at once is not what is stored: read again, and say why.
        self.context.tell(" ".join(error_words(error)[0][:2]))
        self.mark_stale()

    # Frame

    def _listen(self) -> None:
        self.context.bus.changed.connect(self._on_measured_changed)
        self.context.scope_changed.connect(self._on_scope)
        self.list.opened.connect(lambda plan_id: self.show_plan(PlanId(plan_id)))
        self.list.archive_wanted.connect(self._archive)
        self.views.opened.connect(self.side.open)
        self.views.mode_changed.connect(self._on_mode)
        self.stage.turned.connect(self._on_turned)
        self.views.archived_wanted.connect(self.show_archived)
        self.acts.opened.connect(self.side.open)
        self.cards.chosen_changed.connect(self._enable)
        self.side.changed.connect(self.inspector_changed)
        self.side.closed.connect(self.views.take_focus)
        self.panels.ready.connect(lambda: self.stage.show(View.FORM))
        self.panels.started.connect(self._on_started)
        self.panels.left.connect(self._leave_form)
        self.panels.failed.connect(self.context.tell_error)
        self.panels.closed.connect(lambda: self.stage.show(View.BOARD))
        self.panels.saved.connect(self._enable)
        self.panels.brought_back.connect(self.acts.bring_back)
        self.desk.changed.connect(self.undo_changed)
        self.desk.failed.connect(self._on_failed)
        self.theme.changed.connect(self.stage.fit)

    def _bound(self) -> PlanActions:
        deeds: Deeds = {
            "plan.archived": self.show_archived,
            "export.plan": self.start_export,
            "export.reveal": self.panels.reveal,
            "plan.list": self.show_list,
            "plan.new": lambda: self.context.open_page(self.KEY, NEW),
        }
        return PlanActions(self.context.actions, card_deeds(self.views, self.acts) | deeds)

    def _on_turned(self) -> None:
        self.undo_changed.emit()
        self.inspector_changed.emit()
        self._enable()

    def _on_mode(self) -> None:
        self._enable()
        # The sheet of a plan shows no cards.
        self.stage.set_shows_cards(shows=self.views.mode is not Mode.SHEET)

    def _enable(self) -> None:
        has_board = self.stage.view is View.BOARD and self.isVisible()
        has_card = has_board and self.cards.current is not None
        self._actions.enable(has_card=has_card, has_board=has_board, has_file=self.panels.has_file)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enable()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stage.fit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._enable()

    def _today(self) -> date:
        return local_day(self.context.workspace.clock.now())
