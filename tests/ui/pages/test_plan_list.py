"""The list of plans: what it says, and how it opens one."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import WATER
from tests.ui.plan_samples import TODAY, a_plan
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


def test_enter_opens_the_plan(qtbot, plans: PlanList, filled: Workspace):
    wanted = read_plans(filled.database, plan_id=None, today=TODAY).plans[0].id
    with qtbot.waitSignal(plans.opened) as opened:
        qtbot.keyClick(plans._table, Qt.Key.Key_Return)
    assert opened.args == [wanted]


def test_filter_looks_in_names_communities_and_owners(plans: PlanList):
    assert plans.set_filter("schools") == 1
    assert plans.set_filter("amina") == 2
    assert plans.set_filter("nothing") == 0
