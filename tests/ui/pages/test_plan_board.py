"""One plan on its board: gestures become edits, what is shown changes at once, menus offer every place."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from tests.ui.plan_samples import TODAY, Said, a_plan, listen, shown, stored
from workbench.ids import CardId, PlanId
from workbench.models.kinds import CardColumn, Pillar
from workbench.queries.plans import CardRow
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_board import PlanBoard
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.ui.qt_models.board_slots import NO_DATE, Columns, Rows
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
    cards = PlanCards()
    made = PlanBoard(context, cards, CardActs(context, desk, cards))
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
    board._cards.show(data.items, data.rows, today=TODAY)
    board.show_plan(data, today=TODAY)


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
    board.view.added.emit("", DOING, "Call the sponsor")
    qtbot.waitUntil(lambda: not desk.is_busy)
    read(board, plan_id)
    assert stored(workspace, plan_id)[DOING] == ["Call the sponsor", "Hold the first call"]
    assert board.view.chosen_card() == first(board, DOING)


def test_line_of_a_new_card_waits_for_the_next_title(qtbot, workspace: Workspace, board: PlanBoard, desk, plan_id):
    board.activateWindow()
    qtbot.waitUntil(board.isActiveWindow)
    board.start_card()
    for title in ("Call the sponsor", "Name a second keeper"):
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit), "the line keeps the keyboard once the card before is read"
        qtbot.keyClicks(line, title)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not desk.is_busy)
        read(board, plan_id)
    assert stored(workspace, plan_id)[TODO][:2] == ["Name a second keeper", "Call the sponsor"]


def test_archive_offers_the_way_back(qtbot, context: Context, board: PlanBoard, desk, plan_id):
    said, card = listen(context), first(board)
    board.view.choose(card)
    board._acts.archive()
    assert card not in shown(board.model, TODO)
    assert said == [("Card archived.", "edit.undo")]
    desk.undo()
    qtbot.waitUntil(lambda: not desk.is_busy)
    assert stored(context.workspace, plan_id)[TODO] == ["Ask five schools for photos", "Invite two partners"]


def test_filter_of_all_views_filters_the_board(board: PlanBoard):
    board._cards.set_filter(CardFilter(text="partners"))
    assert shown(board.model, TODO) == [first(board)]
    assert board.model.finds_all
    board._cards.set_filter(CardFilter(is_open=True))
    assert board.model.is_filtered
    assert not board.model.finds_all


def test_what_is_marked_on_the_board_is_chosen_in_every_view(board: PlanBoard):
    cards = board.model.reading_order()
    board.view.choose_all()
    assert set(board._cards.chosen) == set(cards)
    board._cards.choose([cards[1]])
    assert board.view.chosen_cards() == (cards[1],)


def test_marks_made_elsewhere_wait_until_the_board_is_shown(board: PlanBoard):
    cards = board.model.reading_order()
    board.view.choose(cards[0])
    board.hide()
    board._cards.choose(cards[1:3])
    assert board.view.chosen_cards() == (cards[0],)
    board.show()
    assert board.view.chosen_cards() == tuple(cards[1:3])


# Columns and rows of other things


def lay(board: PlanBoard, columns: Columns, rows: Rows = Rows.NONE) -> None:
    board.tools.set_columns(columns)
    board.tools.set_rows(rows)
    QApplication.processEvents()


def card_of(board: PlanBoard, card: CardId) -> CardRow:
    return board._cards.rows[card]


@pytest.mark.parametrize(
    ("columns", "to", "told"),
    [(Columns.PILLAR, "library", ("pillar", Pillar.LIBRARY)), (Columns.PILLAR, "", ("pillar", None)),
     (Columns.OWNER, "", ("owner", "")), (Columns.WEEK, "week1", ("due_on", TODAY + timedelta(days=2))),
     (Columns.WEEK, NO_DATE, ("due_on", None))],
)  # fmt: skip
def test_being_put_in_a_column_is_a_field_of_the_card(qtbot, board: PlanBoard, columns, to, told):
    desk, (field, value) = board._acts._desk, told
    card = next(card for card, row in board._cards.rows.items() if row.owner)
    board._acts.set_each({card: {"pillar": Pillar.UI, "due_on": TODAY - timedelta(days=5) if to != NO_DATE else TODAY}})
    lay(board, columns)
    board.view.choose(card)
    board.view.put(card, to=to, row=0)
    assert getattr(card_of(board, card), field) == value
    qtbot.waitUntil(lambda: not desk.is_busy)
    read(board, board._plan_id)
    assert getattr(card_of(board, card), field) == value
    assert board.view.chosen_card() == card


def test_place_and_row_are_written_in_one_step(qtbot, workspace: Workspace, board: PlanBoard, desk, plan_id):
    lay(board, Columns.STATUS, Rows.OBJECTIVE)
    objective = board.model.lanes[0].key
    cards = board.model.reading_order()
    board.view.mark(cards[:2], cards[0])
    board.view.moved.emit(tuple(cards[:2]), objective, "doing", 0)
    qtbot.waitUntil(lambda: not desk.is_busy)
    read(board, plan_id)
    assert {card_of(board, card).objective_id for card in cards[:2]} == {objective}
    assert stored(workspace, plan_id)[DOING] == [
        "Ask five schools for photos",
        "Invite two partners",
        "Hold the first call",
    ]
    desk.undo()
    qtbot.waitUntil(lambda: not desk.is_busy)
    read(board, plan_id)
    assert {(card_of(board, card).objective_id, card_of(board, card).column) for card in cards[:2]} == {(None, TODO)}
    assert not desk.can_undo


def test_new_card_belongs_in_the_column_it_was_typed_in(qtbot, board: PlanBoard, desk, plan_id):
    for columns, column, field, value in (
        (Columns.PILLAR, "library", "pillar", Pillar.LIBRARY),
        (Columns.OWNER, "Amina Example", "owner", "Amina Example"),
        (Columns.WEEK, "week1", "due_on", TODAY + timedelta(days=2)),
    ):
        lay(board, columns)
        board.view.added.emit("", column, f"New in {column}")
        qtbot.waitUntil(lambda: not desk.is_busy)
        read(board, plan_id)
        row = next(row for row in board._cards.rows.values() if row.title == f"New in {column}")
        assert getattr(row, field) == value
        assert board.view.chosen_card() == row.id


def test_move_menu_offers_columns_and_rows_of_this_board(board: PlanBoard):
    lay(board, Columns.PILLAR, Rows.OBJECTIVE)
    board.view.choose(board.model.reading_order()[0])
    board.show_move_menu()
    acts = {act.text(): act for act in menu(board).actions() if act.text()}
    assert list(acts) == ["Billboard", "U&&I", "Library", "Dialogue", "No pillar", "Reply rate", "No objective"]
    assert not acts["No objective"].isEnabled()
    card = board.view.chosen_card()
    acts["Reply rate"].trigger()
    assert card_of(board, card).objective_id == board.model.lanes[0].key
    menu(board).close()


def test_limit_of_a_column_is_kept_for_its_plan(workspace: Workspace, board: PlanBoard, qtbot, plan_id):
    board.view.limited.emit(TODO, 1)
    assert board.model.limit(TODO) == 1
    read(board, a_plan(workspace, name="Other"))
    assert board.model.limit(TODO) is None
    read(board, plan_id)
    assert board.model.limit(TODO) == 1
    board.view.limited.emit(TODO, 0)
    assert board.model.limit(TODO) is None
    qtbot.waitUntil(lambda: not board.is_measuring)


def test_acts_without_a_marked_card_do_nothing(board: PlanBoard, desk: PlanDesk, said: Said):
    board.view.choose(None)
    for act in (board._acts.archive, board._acts.open, board.show_move_menu, board.move_chosen):
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
    words = [act.text() for act in acts]
    assert words[:2] == ["Open the card", "Move to…"]
    assert words[-5:] == ["Cut", "Copy", "Paste", "Duplicate", "Archive"]
    with qtbot.waitSignal(board._acts.opened) as opened:
        acts[0].trigger()
    assert opened.args == [card]
    acts[-1].trigger()
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
    board.model.set_shows_later(shows=True)
    read(board, a_plan(workspace, name="Other"))
    qtbot.waitUntil(lambda: not board.is_measuring)
    assert not board.model.shows_later
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


def test_the_strip_leaves_its_room_to_the_cards_in_a_small_window(board: PlanBoard, context: Context):
    assert not board.strip._line.isVisible()
    context.theme.set_text_scale(1.5)
    board.resize(488, 367)
    assert board.strip._line.isVisible()
    assert board.minimumSizeHint().width() <= 488
    assert board.minimumSizeHint().height() <= 367
    assert all(column.width() > 100 for column in board.view.columns.values())


def test_chosen_card_stays_in_sight_when_its_day_moves_far_ahead(board: PlanBoard):
    card = board.model.columns[TODO].items[0].id
    board.view.choose(card)
    board._cards.alter({card: {"due_on": TODAY + timedelta(days=80)}})
    assert board.model.place_of(card) is not None
    assert board._cards.chosen == (card,)
