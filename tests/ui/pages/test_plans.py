"""The Plans page in the window: first use to export, by keyboard, saved, undone, and true to what is stored."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.ui.conftest import WATER
from tests.ui.plan_samples import TODAY, a_page, a_plan, card_named, listen, settle, stored, titles
from workbench.errors import NoSpaceError
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.plans.drafts import CardDraft
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.plan_cards import CardFilter
from workbench.ui.pages.plan_header import View
from workbench.ui.pages.plan_views import Mode
from workbench.ui.pages.plans import NEW, PlansPage
from workbench.workspace import Workspace

TODO, DOING, DONE = CardColumn
CONTROL = Qt.KeyboardModifier.ControlModifier


def words(page: PlansPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def button(page: PlansPage, text: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible())


def opened(qtbot, window: MainWindow, context: Context, argument: object = None) -> PlansPage:
    """The page inside the window, settled."""
    window.resize(1366, 768)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open_page("plans", argument)
    page = window.page()
    assert isinstance(page, PlansPage)
    settle(qtbot, context, page)
    return page


def test_a_title_typed_before_the_list_is_turned_to_becomes_a_card(
    qtbot, workspace: Workspace, window: MainWindow, context: Context
):
    plan_id = a_plan(workspace)
    page = opened(qtbot, window, context)
    page.new()
    qtbot.keyClicks(QApplication.focusWidget(), "Ask the district")
    page.show_list()
    settle(qtbot, context, page)
    assert "Ask the district" in stored(workspace, plan_id)[TODO]


# Which view


def test_first_use_says_what_a_plan_is_for_and_offers_a_new_one_or_a_partners(qtbot, context: Context):
    page = a_page(qtbot, context)
    assert "Start your first plan" in words(page)
    assert [one.text() for one in page.findChildren(QPushButton) if one.isVisible()] == [
        "New plan",
        "Receive a plan…",
    ]
    button(page, "New plan").click()
    qtbot.waitUntil(page.panels.starter.form.isVisible)
    page.go_back()
    qtbot.waitUntil(lambda: "Start your first plan" in words(page))


def test_only_plan_opens_at_once_and_several_are_listed(qtbot, workspace: Workspace, context: Context):
    a_plan(workspace)
    page = a_page(qtbot, context)
    assert titles(page, TODO) == ["Ask five schools for photos", "Invite two partners"]
    button(page, "Plans").click()
    assert page.list.isVisible()
    assert button(page, "New plan").isVisible()
    a_plan(workspace, name="Other")
    second = a_page(qtbot, context)
    assert second.list.isVisible()
    with qtbot.waitSignal(second.list.opened):
        qtbot.keyClick(second.list.focusProxy(), Qt.Key.Key_Return)
    settle(qtbot, context, second)
    assert second.board.isVisible()
    assert second.go_back()
    assert second.board.isVisible(), "Esc does not leave the plan"
    context.actions.trigger("plan.list")
    assert second.list.isVisible()
    assert not second.go_back()


def test_plan_is_opened_by_id_and_by_name(qtbot, workspace: Workspace, context: Context):
    a_plan(workspace)
    other = a_plan(workspace, name="Other", cards=[CardDraft("Only this")])
    page = a_page(qtbot, context)
    for argument in (other, "oTHER"):
        page.show_list()
        page.opened(argument)
        qtbot.waitUntil(lambda: page.board.isVisible() and titles(page, TODO) == ["Only this"])
    page.opened("no such plan")
    settle(qtbot, context, page)


def test_plan_that_went_away_leaves_the_list(qtbot, workspace: Workspace, context: Context):
    plan_id = a_plan(workspace)
    a_plan(workspace, name="Other")
    page = a_page(qtbot, context)
    page.show_plan(plan_id)
    settle(qtbot, context, page)
    context.bus.publish(workspace.plans.open(plan_id).set_plan(is_archived=True))
    settle(qtbot, context, page)
    assert page.list.isVisible()


# A new plan


def test_plan_is_started_from_the_form_and_shown(qtbot, filled: Workspace, window: MainWindow, context: Context):
    page = opened(qtbot, window, context, NEW)
    qtbot.waitUntil(page.panels.starter.form.isVisible)
    form = page.panels.starter.form
    page.views.set_mode(Mode.SHEET)
    form.submit()
    assert set(form.problems()) == {"name", "purpose", "owner", "measures"}
    form.name.setText("Safe water")
    form.community.setText(WATER)
    form.purpose.setPlainText("Every question is answered")
    form.owner.setText("Amina Example")
    form.measures.rows["reply_rate"].tick.setChecked(True)
    qtbot.keyClick(form.purpose, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(page.board.isVisible)
    settle(qtbot, context, page)
    # The starter cards are there; those due later than 30 days from now wait.
    assert page.board.model.total(TODO) == 53
    assert page.board.model.later(TODO) > 20
    assert "Safe water" in words(page)
    assert WATER in words(page)


# Cards


def test_keys_move_undo_and_redo(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    plan_id = a_plan(workspace)
    page = opened(qtbot, window, context)
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
    page = opened(qtbot, window, context)
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
    page = opened(qtbot, window, context)
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
    page = opened(qtbot, window, context)
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
    page = opened(qtbot, window, context)
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
    opened(qtbot, window, context)
    assert context.actions.action("card.archive").isEnabled()
    window.open_page("communities")
    assert not context.actions.action("card.archive").isEnabled()
    assert not context.actions.action("export.plan").isEnabled()
    window.open_page("plans")
    assert context.actions.action("card.archive").isEnabled()


def test_escape_leaves_one_card_chosen_and_never_the_plan(qtbot, workspace: Workspace, window, context: Context):
    plan_id = a_plan(workspace)
    a_plan(workspace, name="Other")
    page = opened(qtbot, window, context, plan_id)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, CONTROL)
    assert len(page.cards.chosen) == 3
    context.actions.trigger("back")
    assert page.cards.chosen == (page.cards.current,)
    assert page.board.isVisible()
    context.actions.trigger("back")
    assert page.board.isVisible()


def test_keys_act_on_every_chosen_card(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    plan_id = a_plan(workspace)
    page = opened(qtbot, window, context)
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
    page = opened(qtbot, window, context)
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


def test_filter_of_one_plan_is_not_kept_for_another(qtbot, workspace: Workspace, context: Context):
    a_plan(workspace)
    other = a_plan(workspace, name="Other")
    page = a_page(qtbot, context)
    page.show_plan(other)
    settle(qtbot, context, page)
    page.cards.set_filter(CardFilter(is_late=True))
    assert titles(page, TODO) == []
    page.show_list()
    page.show_plan(other)
    settle(qtbot, context, page)
    assert len(titles(page, TODO)) == 2


# The card at the side


def test_enter_opens_the_card_edits_are_saved_and_esc_goes_back(qtbot, workspace: Workspace, window, context: Context):
    plan_id = a_plan(workspace)
    page = opened(qtbot, window, context)
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
    page = opened(qtbot, window, context)
    context.actions.trigger("card.open")
    page.board.view.choose(card_named(page, "Invite two partners"))
    assert page.side.card.form.title.toPlainText() == "Invite two partners"


def test_opening_a_card_shows_details_that_were_switched_off(qtbot, workspace: Workspace, window, context: Context):
    a_plan(workspace)
    page = opened(qtbot, window, context)
    context.actions.trigger("inspector.toggle")
    context.actions.trigger("card.open")
    assert page.side.card.isVisible()


def test_archiving_the_open_card_closes_it(qtbot, workspace: Workspace, window, context: Context):
    a_plan(workspace, cards=[CardDraft("One"), CardDraft("Two")])
    page = opened(qtbot, window, context)
    context.actions.trigger("card.open")
    page.side.card.archive_wanted.emit()
    settle(qtbot, context, page)
    assert len(titles(page, TODO)) == 1
    assert not page.side.is_open
    assert not page.side.card.isVisible()


# What is stored wins


def test_edit_by_the_command_line_is_shown(qtbot, workspace: Workspace, context: Context):
    plan_id = a_plan(workspace)
    page = a_page(qtbot, context)
    workspace.plans.open(plan_id).add_card(CardDraft("From elsewhere"))
    context.bus.publish(Changes.PLANS)
    settle(qtbot, context, page)
    assert titles(page, TODO)[-1] == "From elsewhere"


def test_failed_save_is_said_and_the_board_goes_back_to_what_is_stored(qtbot, workspace: Workspace, context: Context):
    a_plan(workspace)
    page = a_page(qtbot, context)
    said = listen(context)

    def full(_editor: object) -> Changes:
        raise NoSpaceError

    page.board.view.choose(card_named(page, "Invite two partners"))
    page.cards.remove([card_named(page, "Invite two partners")])
    page.desk.do(full)
    qtbot.waitUntil(lambda: bool(said))
    settle(qtbot, context, page)
    assert "Invite two partners" in titles(page, TODO)
    assert said[0][0]


def test_reading_from_before_an_edit_never_undoes_it_on_screen(qtbot, workspace: Workspace, context: Context):
    plan_id = a_plan(workspace)
    page = a_page(qtbot, context)
    page.refresh()
    page.board.view.put(card_named(page, "Invite two partners"), to=DONE, row=0)
    seen: list[list[str]] = []
    page.board.model.changed.connect(lambda: seen.append(titles(page, DONE)))
    settle(qtbot, context, page)
    assert all(one == ["Invite two partners"] for one in seen)
    assert stored(workspace, plan_id)[DONE] == ["Invite two partners"]


def test_measures_are_read_again_when_the_mirror_changed(qtbot, workspace: Workspace, context: Context):
    a_plan(workspace)
    page = a_page(qtbot, context)
    started: list[str] = []
    context.jobs.job_started.connect(lambda job: started.append(job.key))
    context.bus.publish(Changes.EVENTS)
    settle(qtbot, context, page)
    assert "measures" in started


# Export


def test_export_is_opened_saved_and_left(qtbot, workspace: Workspace, window: MainWindow, context: Context, tmp_path):
    a_plan(workspace)
    page = opened(qtbot, window, context)
    assert not context.actions.action("export.reveal").isEnabled()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_E, CONTROL)
    assert page.panels.export.isVisible()
    settle(qtbot, context, page)
    page.panels.export.choose_format("docx")
    page.panels.export.save_to(tmp_path / "plan.docx")
    qtbot.waitUntil(lambda: bool(page.panels.export.result))
    assert (tmp_path / "plan.docx").read_bytes().startswith(b"PK")
    assert context.actions.action("export.reveal").isEnabled()
    assert page.panels.export.isVisible()
    context.actions.trigger("back")
    assert page.board.isVisible()


def test_esc_leaves_the_export(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    a_plan(workspace)
    page = opened(qtbot, window, context)
    context.actions.trigger("export.plan")
    context.actions.trigger("back")
    assert page.board.isVisible()
    assert page.stage.view is View.BOARD


# Room


@pytest.mark.parametrize("turned", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("room", [((1366, 768), 1.0), ((1024, 640), 1.0), ((1366, 768), 1.5)])
def test_nothing_stands_outside_the_window(qtbot, window: MainWindow, context: Context, room, turned):
    size, scale = room
    cards = [CardDraft(f"Ask school number {number} for photos of its pump", hours=1) for number in range(30)]
    plan_id = a_plan(context.workspace, cards=cards, starts_on=TODAY - timedelta(days=12))
    page = opened(qtbot, window, context, plan_id)
    window.setLayoutDirection(turned)
    context.theme.set_text_scale(scale)
    window.resize(*size)
    context.actions.trigger("card.open")
    settle(qtbot, context, page)
    assert not window.grab().isNull()
    frame = window.rect()
    parts = (*page.board.view.columns.values(), page.board.strip, page.side.card, button(page, "New card"))
    for part in parts:
        assert frame.contains(QRect(part.mapTo(window, part.rect().topLeft()), part.size())), part


def test_hiding_later_cards_leaves_the_open_card_at_the_side(
    qtbot, workspace: Workspace, window: MainWindow, context: Context
):
    a_plan(workspace, cards=[CardDraft("Soon"), CardDraft("Far ahead", due_on=TODAY + timedelta(days=60))])
    page = opened(qtbot, window, context)
    page.board.model.set_shows_later(shows=True)
    far = card_named(page, "Far ahead")
    page.cards.choose([far])
    page.side.open(far)
    settle(qtbot, context, page)
    page.board.model.set_shows_later(shows=False)
    settle(qtbot, context, page)
    assert "Far ahead" not in titles(page, TODO)
    assert page.side.card.card_ids == (far,)
