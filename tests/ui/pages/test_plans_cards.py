"""Cards on the Plans page in the window: keys, gestures, undo and the card open at the side."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.plan_samples import (
    TODAY,
    a_plan,
    card_named,
    in_window,
    listen,
    settle,
    stored,
    titles,
)
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.plans.drafts import CardDraft
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.workspace import Workspace

TODO, DOING, DONE = CardColumn
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_keys_move_undo_and_redo(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    plan_id = a_plan(workspace)
    page = in_window(qtbot, window, context)
    board = page.board.view
    assert board.chosen_card() == card_named(page, "Ask five schools for photos")
    focus = QApplication.focusWidget()
    qtbot.keyClick(focus, Qt.Key.Key_Down, CONTROL)
    assert titles(page, TODO) == ["Invite two partners", "Ask five schools for photos"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, CONTROL)
    settle(qtbot, context, page)
    assert stored(workspace, plan_id)[DOING][1] == "Ask five schools for photos"
    undo = context.actions.action("edit.undo")
    assert undo.isEnabled()
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)
    settle(qtbot, context, page)
    assert titles(page, TODO) == ["Ask five schools for photos", "Invite two partners"]
    assert not undo.isEnabled()
    assert context.actions.trigger("edit.redo")
    settle(qtbot, context, page)
    assert stored(workspace, plan_id)[TODO] == ["Invite two partners", "Ask five schools for photos"]


def test_new_card_is_typed_on_top_of_to_do(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    plan_id = a_plan(workspace)
    page = in_window(qtbot, window, context)
    context.actions.trigger("new")
    qtbot.keyClicks(QApplication.focusWidget(), "Call the sponsor")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, context, page)
    assert stored(workspace, plan_id)[TODO][0] == "Call the sponsor"
    assert page.board.view.chosen_card() == card_named(page, "Call the sponsor")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.board.view.columns[TODO].cards


def test_delete_archives_and_the_toast_brings_it_back(
    qtbot, workspace: Workspace, window: MainWindow, context: Context
):
    plan_id = a_plan(workspace)
    page = in_window(qtbot, window, context)
    said = listen(context)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    settle(qtbot, context, page)
    assert stored(workspace, plan_id)[TODO] == ["Invite two partners"]
    assert said == [("Card archived.", "edit.undo")]
    assert context.actions.trigger(said[0][1])
    settle(qtbot, context, page)
    assert len(stored(workspace, plan_id)[TODO]) == 2


def test_quick_gestures_end_where_the_person_put_the_card(qtbot, workspace: Workspace, window, context: Context):
    plan_id = a_plan(workspace, cards=[CardDraft(f"Card {number}") for number in range(9)])
    page = in_window(qtbot, window, context)
    page.board.view.choose(card_named(page, "Card 0"))
    for _ in range(6):
        context.actions.trigger("card.down")
    wanted = titles(page, TODO)
    assert wanted[6] == "Card 0"
    seen: list[list[str]] = []
    page.board.model.changed.connect(lambda: seen.append(titles(page, TODO)))
    settle(qtbot, context, page)
    assert stored(workspace, plan_id)[TODO] == wanted
    assert all(one == wanted for one in seen)


def test_keys_of_cards_leave_lines_of_text_alone(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    a_plan(workspace)
    page = in_window(qtbot, window, context)
    page.find_here()
    before = titles(page, TODO)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Delete):
        qtbot.keyClick(
            QApplication.focusWidget(), key, CONTROL if key != Qt.Key.Key_Delete else Qt.KeyboardModifier.NoModifier
        )
    settle(qtbot, context, page)
    assert titles(page, TODO) == before
    qtbot.keyClicks(QApplication.focusWidget(), "partners")
    assert titles(page, TODO) == ["Invite two partners"]


def test_acts_on_cards_are_off_on_other_pages(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    a_plan(workspace)
    in_window(qtbot, window, context)
    assert context.actions.action("card.archive").isEnabled()
    window.open_page("communities")
    assert not context.actions.action("card.archive").isEnabled()
    assert not context.actions.action("export.plan").isEnabled()
    window.open_page("plans")
    assert context.actions.action("card.archive").isEnabled()


def test_escape_leaves_one_card_chosen_and_never_the_plan(qtbot, workspace: Workspace, window, context: Context):
    plan_id = a_plan(workspace)
    a_plan(workspace, name="Other")
    page = in_window(qtbot, window, context, plan_id)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, CONTROL)
    assert len(page.cards.chosen) == 3
    context.actions.trigger("back")
    assert page.cards.chosen == (page.cards.current,)
    assert page.board.isVisible()
    context.actions.trigger("back")
    assert page.board.isVisible()


def test_keys_act_on_every_chosen_card(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    plan_id = a_plan(workspace)
    page = in_window(qtbot, window, context)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, CONTROL)
    settle(qtbot, context, page)
    assert len(stored(workspace, plan_id)[DOING]) == 3
    for key in (Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_D):
        qtbot.keyClick(QApplication.focusWidget(), key, CONTROL)
        settle(qtbot, context, page)
    assert len(stored(workspace, plan_id)[DOING]) == 7
    assert len(page.cards.chosen) == 2
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_X, CONTROL)
    settle(qtbot, context, page)
    assert len(stored(workspace, plan_id)[DOING]) == 5
    for _ in range(4):
        context.actions.trigger("edit.undo")
    settle(qtbot, context, page)
    assert not context.actions.action("edit.undo").isEnabled()
    assert stored(workspace, plan_id)[TODO] == ["Ask five schools for photos", "Invite two partners"]


def test_undo_takes_back_ones_own_edit_after_a_sync_and_an_edit_from_elsewhere(
    qtbot, workspace: Workspace, window: MainWindow, context: Context
):
    plan_id = a_plan(workspace)
    page = in_window(qtbot, window, context)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, CONTROL)
    settle(qtbot, context, page)
    workspace.plans.open(plan_id).add_card(CardDraft("From elsewhere"))
    context.bus.publish(Changes.PLANS | Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE | Changes.COMMUNITIES)
    settle(qtbot, context, page)
    assert context.actions.trigger("edit.undo")
    settle(qtbot, context, page)
    assert titles(page, TODO) == ["Ask five schools for photos", "Invite two partners", "From elsewhere"]
    assert context.actions.trigger("edit.redo")
    settle(qtbot, context, page)
    assert titles(page, TODO) == ["Invite two partners", "From elsewhere"]


def test_enter_opens_the_card_edits_are_saved_and_esc_goes_back(qtbot, workspace: Workspace, window, context: Context):
    plan_id = a_plan(workspace)
    page = in_window(qtbot, window, context)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.side.card.isVisible()
    assert page.side.card.form.title.hasFocus()
    page.side.card.form.title.selectAll()
    qtbot.keyClicks(page.side.card.form.title, "Ask nine schools")
    qtbot.keyClick(page.side.card.form.title, Qt.Key.Key_Tab)
    settle(qtbot, context, page)
    assert stored(workspace, plan_id)[TODO][0] == "Ask nine schools"
    page.side.card.form.column.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.side.card.form.column, Qt.Key.Key_Down)
    settle(qtbot, context, page)
    assert stored(workspace, plan_id)[DONE] == ["Ask nine schools"]
    assert page.side.card.card_id == page.board.view.chosen_card()
    context.actions.trigger("back")
    assert not page.side.card.isVisible()
    assert page.board.view.columns[DONE].cards.hasFocus()


def test_open_card_follows_the_mark(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    a_plan(workspace)
    page = in_window(qtbot, window, context)
    context.actions.trigger("card.open")
    page.board.view.choose(card_named(page, "Invite two partners"))
    assert page.side.card.form.title.toPlainText() == "Invite two partners"


def test_opening_a_card_shows_details_that_were_switched_off(qtbot, workspace: Workspace, window, context: Context):
    a_plan(workspace)
    page = in_window(qtbot, window, context)
    context.actions.trigger("inspector.toggle")
    context.actions.trigger("card.open")
    assert page.side.card.isVisible()


def test_archiving_the_open_card_closes_it(qtbot, workspace: Workspace, window, context: Context):
    a_plan(workspace, cards=[CardDraft("One"), CardDraft("Two")])
    page = in_window(qtbot, window, context)
    context.actions.trigger("card.open")
    page.side.card.archive_wanted.emit()
    settle(qtbot, context, page)
    assert len(titles(page, TODO)) == 1
    assert not page.side.is_open
    assert not page.side.card.isVisible()


def test_hiding_later_cards_leaves_the_open_card_at_the_side(
    qtbot, workspace: Workspace, window: MainWindow, context: Context
):
    a_plan(workspace, cards=[CardDraft("Soon"), CardDraft("Far ahead", due_on=TODAY + timedelta(days=60))])
    page = in_window(qtbot, window, context)
    page.board.model.set_shows_later(shows=True)
    far = card_named(page, "Far ahead")
    page.cards.choose([far])
    page.side.open(far)
    settle(qtbot, context, page)
    page.board.model.set_shows_later(shows=False)
    settle(qtbot, context, page)
    assert "Far ahead" not in titles(page, TODO)
    assert page.side.card.card_ids == (far,)
