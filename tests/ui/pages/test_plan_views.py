"""The ways to look at a plan: one set of tabs, each view made when first shown, the last one remembered."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget

from tests.ui.plan_samples import TODAY, a_plan, listen
from tests.ui.settled import settle
from workbench.models.kinds import CardColumn
from workbench.plans.drafts import CardDraft
from workbench.queries.plans import list_plans, plan_cards
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.ui.pages.plan_views import Mode, PlanViews
from workbench.ui.widgets.board_head import NewCardLine
from workbench.workspace import Workspace


@pytest.fixture
def views(qtbot, context: Context, workspace: Workspace) -> PlanViews:
    plan_id = a_plan(workspace)
    desk, cards = PlanDesk(context), PlanCards()
    desk.use(plan_id)
    made = PlanViews(context, cards, CardActs(context, desk, cards))
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    data = read_plans(workspace.database, plan_id=plan_id, today=TODAY).board
    assert data is not None
    made.show_plan(data, today=TODAY)
    qtbot.waitUntil(lambda: not made.board.is_measuring)
    return made


def test_every_view_shows_the_plan_and_takes_the_keyboard(views: PlanViews):
    for mode in views.modes:
        views.set_mode(mode)
        assert views.mode is mode
        assert views.switch.place == views.modes.index(mode)
        views.take_focus()
        assert not views.grab().isNull()


def test_a_title_typed_in_the_last_moment_becomes_a_card(
    qtbot, context: Context, workspace: Workspace, views: PlanViews
):
    typed = {mode: f"Typed in the {mode}" for mode in views.modes if mode is not Mode.SHEET}
    for mode, title in typed.items():
        views.show()
        views.set_mode(mode)
        views.start_card()
        (line,) = (one for one in views._stack.currentWidget().findChildren(QLineEdit) if one.isVisible())
        line.setText(title)
        views.hide()
    qtbot.waitUntil(lambda: not context.jobs.running())
    with workspace.database.read() as reader:
        cards = [card.title for card in plan_cards(reader, list_plans(reader)[0].id)]
    assert [cards.count(title) for title in typed.values()] == [1] * len(typed)


def test_a_title_typed_for_one_plan_is_not_added_to_another(
    qtbot, context: Context, workspace: Workspace, views: PlanViews
):
    views.start_card()
    views.findChild(NewCardLine).setText("Meant for the first")
    views._acts._desk.use(a_plan(workspace, name="Another"))
    views.hide()
    assert not context.jobs.running()


def test_the_keyboard_goes_along_when_it_was_in_the_view_before(qtbot, context: Context, views: PlanViews):
    views.activateWindow()
    qtbot.waitUntil(views.isActiveWindow)
    views.take_focus()
    for mode in (Mode.TIMELINE, Mode.LIST, Mode.BOARD, Mode.CALENDAR):
        views.set_mode(mode)
        assert views._stack.currentWidget().isAncestorOf(QApplication.focusWidget())
    # Whoever walks the tabs goes on walking them.
    views.switch.tabs.setFocus()
    views.set_mode(Mode.BOARD)
    assert QApplication.focusWidget() is views.switch.tabs


def test_the_ways_are_behind_one_button_where_there_is_no_room_for_all(ground: QWidget, views: PlanViews):
    # As in a page, which may be narrower than what stands in it.
    views.setParent(ground)
    views.show()
    views.setMinimumSize(1, 1)
    views.resize(240, 400)
    assert views.switch.button.isVisible()
    assert not views.switch.tabs.isVisible()
    views.set_mode(Mode.CALENDAR)
    assert views.switch.button.text() == "Calendar"
    views.resize(1100, 600)
    assert views.switch.tabs.isVisible()
    views.setParent(None)


def test_the_filter_is_offered_where_cards_are_shown(views: PlanViews):
    for mode in views.modes:
        views.set_mode(mode)
        assert views.filter_button.isVisible() is (mode is not Mode.SHEET)


def test_new_card_begins_in_the_view_on_show_or_on_the_board(views: PlanViews):
    views.set_mode(Mode.SHEET)
    views.start_card()
    assert views.mode is Mode.BOARD
    assert views.board.view.columns["todo"].findChild(NewCardLine).isVisible()
    views.set_mode(Mode.LIST)
    views.start_card()
    assert views.mode is Mode.LIST


def test_keys_and_menu_of_the_board_leave_cards_of_other_views_in_their_place(views: PlanViews, context: Context):
    views.board.view.choose_all()
    before = {card: row.column for card, row in views.cards.rows.items()}
    views.set_mode(Mode.CALENDAR)
    views.move_chosen(across=1)
    assert {card: row.column for card, row in views.cards.rows.items()} == before
    views.show_move_menu()
    menu = next(menu for menu in views.findChildren(QMenu) if menu.accessibleName() == "Move the card to")
    assert [act.text() for act in menu.actions()] == ["To do", "Doing", "Done"]
    menu.close()
    views.set_mode(Mode.SHEET)
    views.show_move_menu()
    assert not any(menu.isVisible() for menu in views.findChildren(QMenu))


def test_the_last_view_is_shown_again(context: Context, views: PlanViews):
    views.set_mode(views.modes[-1])
    cards = PlanCards()
    again = PlanViews(context, cards, CardActs(context, PlanDesk(context), cards))
    assert again.mode is views.modes[-1]
    again.deleteLater()


def test_tools_of_a_view_are_shown_with_it_and_short_where_room_is(qtbot, views: PlanViews):
    views.set_mode(Mode.BOARD)
    assert views.board.tools.isVisible()
    buttons = [views.filter_button, *views.board.tools.findChildren(QPushButton)]
    assert all(button.text() for button in buttons)
    views.resize(600, 600)
    assert not any(button.text() for button in buttons)
    views.set_mode(next(mode for mode in views.modes if mode is not Mode.BOARD))
    assert not views.board.tools.isVisible()


def test_what_is_done_with_a_plan_is_in_the_menu_while_one_is_shown(qtbot, context: Context, views: PlanViews):
    deeds = ("plan.checkpoint", "plan.rename", "plan.duplicate", "plan.template", "plan.archive")
    assert all(context.actions.action(deed).isEnabled() for deed in deeds)
    context.actions.trigger("plan.checkpoint")
    assert views.mode is Mode.SHEET
    views.hide()
    assert not any(context.actions.action(deed).isEnabled() for deed in deeds)
    settle(qtbot, context.jobs)


def read(views: PlanViews, workspace: Workspace) -> None:
    with workspace.database.read() as reader:
        plan_id = list_plans(reader)[0].id
    data = read_plans(workspace.database, plan_id=plan_id, today=TODAY).board
    assert data is not None
    views.show_plan(data, today=TODAY)


def test_a_card_that_is_added_behind_the_filter_is_told_of(
    qtbot, context: Context, workspace: Workspace, views: PlanViews
):
    said = listen(context)
    views.cards.set_filter(CardFilter(text="no such card"))
    views._acts.add(CardDraft("Call the school"))
    settle(qtbot, context.jobs)
    read(views, workspace)
    assert said == [("Added; the filter hides it.", "")]
    todo = views.board.view.columns[CardColumn.TODO].cards
    assert todo._hint == "No card here passes the filter"
    views.cards.set_filter(CardFilter())
    assert todo._hint != "No card here passes the filter"
    read(views, workspace)
    assert len(said) == 1
