"""One plan on its board: gestures become edits, what is shown changes at once, menus offer every place."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from tests.ui.plan_samples import TODAY, Said, a_plan, listen, shown, stored
from workbench.ids import CardId, PlanId
from workbench.models.kinds import CardColumn
from workbench.ui.context import Context
from workbench.ui.pages.plan_board import PlanBoard
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.workspace import Workspace

TODO, DOING, DONE = CardColumn


@pytest.fixture
def plan_id(workspace: Workspace) -> PlanId:
    return a_plan(workspace)


@pytest.fixture
def desk(context: Context, plan_id: PlanId) -> PlanDesk:
    made = PlanDesk(context)
    made.use(plan_id)
    return made


@pytest.fixture
def board(qtbot, context: Context, desk: PlanDesk, plan_id: PlanId) -> PlanBoard:
    made = PlanBoard(context, desk)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    read(made, plan_id)
    qtbot.waitUntil(lambda: not made.is_measuring)
    return made


@pytest.fixture
def said(context: Context) -> Said:
    return listen(context)


def read(board: PlanBoard, plan_id: PlanId) -> None:
    data = read_plans(board._context.workspace.database, plan_id=plan_id, today=TODAY).board
    assert data is not None
    board.show_board(data, today=TODAY)


def first(board: PlanBoard, column: CardColumn = TODO) -> CardId:
    return board.model.columns[column].items[0].id


def menu(board: PlanBoard) -> QMenu:
    return next(menu for menu in board.findChildren(QMenu) if menu.isVisible())


def test_move_shows_at_once_and_is_saved(qtbot, workspace: Workspace, board: PlanBoard, desk, plan_id):
    card = first(board)
    board.view.choose(card)
    board.move_chosen(across=1)
    assert shown(board.model, DOING)[0] == card
    qtbot.waitUntil(lambda: not desk.is_busy)
    assert stored(workspace, plan_id)[DOING] == ["Ask five schools for photos", "Hold the first call"]


def test_new_card_comes_on_top_and_is_marked(qtbot, workspace: Workspace, board: PlanBoard, desk, plan_id):
    board.start_card()
    board.view.added.emit(DOING, "Call the sponsor")
    qtbot.waitUntil(lambda: not desk.is_busy)
    read(board, plan_id)
    assert stored(workspace, plan_id)[DOING] == ["Call the sponsor", "Hold the first call"]
    assert board.view.chosen_card() == first(board, DOING)


def test_archive_offers_the_way_back(qtbot, context: Context, board: PlanBoard, desk, plan_id):
    said, card = listen(context), first(board)
    board.view.choose(card)
    board.archive_chosen()
    assert card not in shown(board.model, TODO)
    assert said == [("Card archived.", "edit.undo")]
    desk.undo()
    qtbot.waitUntil(lambda: not desk.is_busy)
    assert stored(context.workspace, plan_id)[TODO] == ["Ask five schools for photos", "Invite two partners"]


def test_acts_without_a_marked_card_do_nothing(board: PlanBoard, desk: PlanDesk, said: Said):
    board.view.choose(None)
    for act in (board.archive_chosen, board.open_chosen, board.show_move_menu, board.move_chosen):
        act()
    assert not desk.is_busy
    assert said == []


def test_move_menu_offers_every_other_place(qtbot, board: PlanBoard):
    board.view.choose(first(board))
    board.show_move_menu()
    places = {act.text(): act for act in menu(board).actions() if act.text()}
    enabled = {words: act.isEnabled() for words, act in places.items()}
    assert enabled == {
        "To do": False, "Doing": True, "Done": True, "Top of the column": False, "End of the column": True,
    }  # fmt: skip
    card = first(board)
    places["End of the column"].trigger()
    assert shown(board.model, TODO)[-1] == card
    menu(board).close()
    board.show_move_menu()
    next(act for act in menu(board).actions() if act.text() == "Done").trigger()
    assert shown(board.model, DONE) == [card]
    menu(board).close()


def test_card_menu_opens_moves_and_archives(qtbot, board: PlanBoard):
    card = first(board)
    board.view.choose(card)
    board.view.menu_wanted.emit(card, board.mapToGlobal(QPoint(50, 200)))
    acts = [act for act in menu(board).actions() if act.text()]
    assert [act.text() for act in acts] == ["Open the card", "Move to…", "Archive the card"]
    with qtbot.waitSignal(board.opened) as opened:
        acts[0].trigger()
    assert opened.args == [card]
    acts[2].trigger()
    assert card not in shown(board.model, TODO)
    menu(board).close()


def test_measures_are_worked_out_once_for_many_readings(qtbot, context: Context, board: PlanBoard, plan_id):
    started: list[str] = []
    context.jobs.job_started.connect(lambda job: started.append(job.key))
    read(board, plan_id)
    assert "measures" not in started
    board.forget_measures()
    read(board, plan_id)
    assert "measures" in started
    qtbot.waitUntil(lambda: not board.is_measuring)


def test_another_plan_starts_without_mark_and_filter(workspace: Workspace, board: PlanBoard, qtbot):
    board.view.choose(first(board))
    board.model.set_filter("nothing")
    read(board, a_plan(workspace, name="Other"))
    qtbot.waitUntil(lambda: not board.is_measuring)
    assert not board.model.is_filtered
    assert board.view.chosen_card() is None


def test_values_stay_in_the_gauges_when_a_card_moves(qtbot, board: PlanBoard, desk: PlanDesk, plan_id):
    gauge = board.strip.gauges[0]
    before = gauge.accessibleName()
    assert "…" not in before
    board.view.choose(first(board))
    board.move_chosen(across=1)
    qtbot.waitUntil(lambda: not desk.is_busy)
    read(board, plan_id)
    assert gauge.accessibleName() == before
    desk.undo()
    qtbot.waitUntil(lambda: not desk.is_busy)
    read(board, plan_id)
    assert gauge.accessibleName() == before


def test_old_values_are_shown_until_the_new_ones_arrive(qtbot, board: PlanBoard, plan_id):
    before = board.strip.gauges[0].accessibleName()
    board.forget_measures()
    read(board, plan_id)
    assert board.is_measuring
    assert board.strip.gauges[0].accessibleName() == before
    qtbot.waitUntil(lambda: not board.is_measuring)


def test_stopped_measuring_is_tried_again_with_the_next_reading(qtbot, context: Context, board: PlanBoard, plan_id):
    board.forget_measures()
    read(board, plan_id)
    board._on_stopped()
    read(board, plan_id)
    assert board.is_measuring
    qtbot.waitUntil(lambda: not board.is_measuring)
    assert "…" not in board.strip.gauges[0].accessibleName()
