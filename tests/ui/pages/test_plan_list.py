"""The list of plans: what it says, and how it opens one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tests.ui.conftest import WATER
from tests.ui.plan_samples import TODAY, a_plan
from workbench.operations.plans import plan_named
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_list import PlanList
from workbench.ui.theme import Theme
from workbench.workspace import Workspace


@pytest.fixture
def plans(ground, theme: Theme, filled: Workspace) -> PlanList:
    a_plan(filled, name="Water", community=WATER)
    a_plan(filled, name="Everything", cards=())
    made = PlanList(theme)
    made.setParent(ground)
    made.resize(900, 400)
    made.show_plans(read_plans(filled.database, plan_id=None, today=TODAY).plans, today=TODAY)
    made.show()
    return made


def cells(plans: PlanList, row: int) -> list[str]:
    model = plans._table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_each_plan_says_day_cards_and_owner(plans: PlanList):
    assert cells(plans, 0) == ["Everything", "All communities", "Day 0 of 90", "0", "0", "0", "Amina Example"]
    assert cells(plans, 1) == ["Water", WATER, "Day 0 of 90", "2", "1", "0", "Amina Example"]


def test_a_community_that_is_not_mirrored_here_is_no_other(plans: PlanList, filled: Workspace):
    for name in ("Water", "Everything"):
        filled.plans.open(plan_named(filled, name)).set_plan(community_name="Elsewhere")
    plans.show_plans(read_plans(filled.database, plan_id=None, today=TODAY).plans, today=TODAY)
    assert [cells(plans, row)[1] for row in (0, 1)] == ["Not mirrored here: Elsewhere"] * 2


def test_enter_opens_the_plan(qtbot, plans: PlanList, filled: Workspace):
    wanted = read_plans(filled.database, plan_id=None, today=TODAY).plans[0].id
    with qtbot.waitSignal(plans.opened) as opened:
        qtbot.keyClick(plans._table, Qt.Key.Key_Return)
    assert opened.args == [wanted]


def test_filter_looks_in_names_communities_and_owners(plans: PlanList):
    assert plans.set_filter("schools") == 1
    assert plans.set_filter("amina") == 2
    assert plans.set_filter("nothing") == 0


def show_with_an_archived_one(plans: PlanList, filled: Workspace) -> None:
    old = a_plan(filled, name="Old round", cards=())
    filled.plans.open(old).set_plan(is_archived=True)
    data = read_plans(filled.database, plan_id=None, today=TODAY)
    plans.show_plans(data.plans, archived=data.archived, today=TODAY)


def test_archived_plans_are_shown_on_wish_and_marked(plans: PlanList, filled: Workspace):
    assert plans.shows_archived.isHidden()
    show_with_an_archived_one(plans, filled)
    assert plans.shows_archived.text() == "Show archived plans (1)"
    assert plans._table.model().rowCount() == 2
    plans.shows_archived.setChecked(True)
    assert cells(plans, 1)[:3] == ["Old round", "All communities", "Archived"]


def test_a_plan_is_archived_and_taken_back_by_the_button_below(qtbot, plans: PlanList, filled: Workspace):
    with qtbot.waitSignal(plans.archive_wanted) as asked:
        plans.archive.click()
    assert asked.args[1] is True
    show_with_an_archived_one(plans, filled)
    plans.shows_archived.setChecked(True)
    plans._table.selectRow(1)
    assert plans.archive.accessibleName() == "Take it back"
    with qtbot.waitSignal(plans.archive_wanted) as asked:
        plans.archive.click()
    assert asked.args[1] is False


def test_opening_an_archived_plan_takes_it_back_first(qtbot, plans: PlanList, filled: Workspace):
    show_with_an_archived_one(plans, filled)
    plans.shows_archived.setChecked(True)
    plans._table.selectRow(1)
    with qtbot.waitSignals([plans.archive_wanted, plans.opened], order="strict"):
        qtbot.keyClick(plans._table, Qt.Key.Key_Return)


def test_with_nothing_but_archived_plans_they_are_shown(plans: PlanList, filled: Workspace):
    show_with_an_archived_one(plans, filled)
    archived = read_plans(filled.database, plan_id=None, today=TODAY).archived
    plans.show_plans((), archived=archived, today=TODAY)
    assert cells(plans, 0)[0] == "Old round"


def test_the_keyboard_stays_on_its_plan_when_the_list_is_read_again(plans: PlanList, filled: Workspace):
    plans._table.selectRow(1)
    show_with_an_archived_one(plans, filled)
    row = plans.current()
    assert row is not None
    assert row.name == "Water"


def test_the_menu_of_a_plan_has_what_the_button_has(plans: PlanList):
    plans._show_menu(plans._table.visualRect(plans._table.model().index(1, 0)).center())
    menu = plans.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Open", "Archive"]
    row = plans.current()
    assert row is not None
    assert row.name == "Water"
    menu.close()
