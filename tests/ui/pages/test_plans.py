"""The Plans page in the window: first use to export, by keyboard, saved, undone, and true to what is stored."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.conftest import WATER
from tests.ui.plan_samples import (
    TODAY,
    a_page,
    a_plan,
    button,
    card_named,
    in_window,
    listen,
    settle,
    stored,
    titles,
    words,
)
from workbench.errors import NoSpaceError
from workbench.models.changes import Changes
from workbench.models.kinds import CardColumn
from workbench.plans.drafts import CardDraft
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.card_seed import CardPlace
from workbench.ui.pages.plan_cards import CardFilter
from workbench.ui.pages.plan_header import View
from workbench.ui.pages.plan_views import Mode
from workbench.ui.pages.plans import NEW
from workbench.workspace import Workspace

TODO, DOING, DONE = CardColumn
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_title_typed_before_the_list_is_turned_to_becomes_a_card(
    qtbot, workspace: Workspace, window: MainWindow, context: Context
):
    plan_id = a_plan(workspace)
    page = in_window(qtbot, window, context)
    page.new()
    qtbot.keyClicks(QApplication.focusWidget(), "Ask the district")
    page.show_list()
    settle(qtbot, context, page)
    assert "Ask the district" in stored(workspace, plan_id)[TODO]


# Which view


def test_a_card_opened_from_elsewhere_stands_beside_cards(qtbot, workspace: Workspace, context: Context):
    plan_id = a_plan(workspace)
    page = a_page(qtbot, context)
    card = page.board.model.columns[TODO].items[0].id
    for mode, shown in ((Mode.SHEET, Mode.BOARD), (Mode.LIST, Mode.LIST)):
        page.views.set_mode(mode)
        page.opened(CardPlace(plan_id, card))
        settle(qtbot, context, page)
        assert (page.views.mode, page.side.is_open) == (shown, True)
        page.side.close()


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
    page = in_window(qtbot, window, context, NEW)
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


def test_measures_are_read_again_when_what_they_rest_on_changed(qtbot, workspace: Workspace, context: Context):
    a_plan(workspace)
    page = a_page(qtbot, context)
    started: list[str] = []
    context.jobs.job_started.connect(lambda job: started.append(job.key))
    # What was mirrored, an output that is kept, who leads as typed, and a limit that was chosen.
    for change in (Changes.EVENTS, Changes.MARKS, Changes.NOTES, Changes.PREFERENCES):
        started.clear()
        context.bus.publish(change)
        settle(qtbot, context, page)
        assert "measures" in started, change


# Export


def test_export_is_opened_saved_and_left(qtbot, workspace: Workspace, window: MainWindow, context: Context, tmp_path):
    a_plan(workspace)
    page = in_window(qtbot, window, context)
    assert not context.actions.action("export.reveal").isEnabled()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_E, CONTROL)
    assert page.panels.export.isVisible()
    settle(qtbot, context, page)
    page.panels.export._buttons["docx"].setChecked(True)
    page.panels.export.save_to(tmp_path / "plan.docx")
    qtbot.waitUntil(lambda: bool(page.panels.export.result))
    assert (tmp_path / "plan.docx").read_bytes().startswith(b"PK")
    assert context.actions.action("export.reveal").isEnabled()
    assert page.panels.export.isVisible()
    context.actions.trigger("back")
    assert page.board.isVisible()


def test_esc_leaves_the_export(qtbot, workspace: Workspace, window: MainWindow, context: Context):
    a_plan(workspace)
    page = in_window(qtbot, window, context)
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
    page = in_window(qtbot, window, context, plan_id)
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
