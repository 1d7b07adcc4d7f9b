"""Which view of the Plans page is shown: communities chosen above, cards taken off a plan, files that wait."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from tests.ui.conftest import COLD, WATER
from tests.ui.pages.test_plans import button, words
from tests.ui.plan_samples import a_page, a_plan, settle
from workbench.ids import CommunityId
from workbench.queries.communities import community_names
from workbench.ui.context import Context
from workbench.ui.pages.plan_exchange_data import WaitingLine
from workbench.ui.pages.plan_header import View
from workbench.workspace import Workspace


def communities(workspace: Workspace) -> dict[str, CommunityId]:
    with workspace.database.read() as reader:
        return {name: key for key, name in community_names(reader).items()}


def test_plans_of_the_chosen_communities_only_and_all_of_them_one_step_away(qtbot, filled: Workspace, context: Context):
    ids = communities(filled)
    a_plan(filled, name="Pumps", community=WATER, cards=())
    a_plan(filled, name="Wells", community=WATER, cards=())
    a_plan(filled, name="Whole network", cards=())
    page = a_page(qtbot, context)
    listed = page.list._model
    assert listed.rowCount() == 3
    context.set_scope((ids[WATER],))
    settle(qtbot, context, page)
    assert [listed.row_at(place).name for place in range(listed.rowCount())] == ["Pumps", "Wells"]
    assert page.list.shows_others.text() == "Show the plans of all communities (3)"
    context.set_scope((ids[COLD],))
    settle(qtbot, context, page)
    assert f"No plan for {COLD}" in words(page)
    button(page, "Show the plans of all communities").click()
    assert listed.rowCount() == 3
    assert page.list.isVisible()


def test_a_plan_of_other_communities_is_left_and_the_only_one_here_opened(qtbot, filled: Workspace, context: Context):
    ids = communities(filled)
    pumps, cold = a_plan(filled, name="Pumps", community=WATER), a_plan(filled, name="Fridges", community=COLD)
    page = a_page(qtbot, context)
    page.show_plan(pumps)
    settle(qtbot, context, page)
    context.set_scope((ids[WATER],))
    settle(qtbot, context, page)
    assert page.desk.plan_id == pumps
    context.set_scope((ids[COLD],))
    settle(qtbot, context, page)
    assert (page.stage.view, page.desk.plan_id) == (View.BOARD, cold)
    page.opened("Pumps")
    settle(qtbot, context, page)
    assert page.desk.plan_id == pumps, "asked for by name it is shown whatever is chosen above"


def test_an_archived_card_is_found_again_brought_back_and_that_undone(qtbot, workspace: Workspace, context: Context):
    a_plan(workspace)
    page = a_page(qtbot, context)
    card = page.cards.shown[0]
    page.acts.archive_these([card])
    settle(qtbot, context, page)
    page.views.filter_button._fill()
    act = next(one for one in page.views.filter_button.menu().actions() if one.text().startswith("Archived"))
    assert act.text() == "Archived cards (1)…"
    act.trigger()
    away = page.panels.archived
    assert page.stage.view is View.ARCHIVED
    assert away.chosen == (card,)
    away.bring_chosen()
    settle(qtbot, context, page)
    assert card in page.cards.rows
    assert away.chosen == ()
    assert page.can_undo()
    page.undo()
    settle(qtbot, context, page)
    assert away.chosen == (card,)
    page.stage.focus_filter()
    page.stage.tools.filter.setText("no such card")
    assert away.chosen == ()
    assert page.go_back()
    assert (page.stage.view, page.stage.tools.filter.text()) == (View.BOARD, "")


def test_a_file_that_waits_is_said_above_the_first_use(qtbot, context: Context):
    page = a_page(qtbot, context)
    page.stage.news._on_waiting((WaitingLine(Path("one.cwplan"), "Bo Example"),))
    qtbot.waitUntil(lambda: "Bo Example sent a plan." in words(page))
    receive = context.actions.bind("plan.receive", lambda: None)
    look = next(one for one in page.findChildren(QPushButton) if one.text() == "Look at it")
    with qtbot.waitSignal(receive.triggered):
        look.click()
