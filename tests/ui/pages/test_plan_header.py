"""The heading of the Plans page in each of its views."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tests.ui.conftest import WATER
from tests.ui.plan_samples import TODAY, a_plan
from workbench.ui.pages.plan_data import PlansData, read_plans
from workbench.ui.pages.plan_header import PlanHeader, View, heading
from workbench.ui.theme import Theme
from workbench.workspace import Workspace


@pytest.fixture
def data(filled: Workspace) -> PlansData:
    plan_id = a_plan(filled, community=WATER)
    return read_plans(filled.database, plan_id=plan_id, today=TODAY)


@pytest.fixture
def header(ground: QWidget, theme: Theme) -> PlanHeader:
    done: list[str] = []
    made = PlanHeader(
        theme, up=lambda: None, export=lambda: done.append("export"), new_card=lambda: None, new_plan=lambda: None
    )
    row = QHBoxLayout(ground)
    lead, buttons = QHBoxLayout(), QHBoxLayout()
    row.addLayout(lead)
    row.addLayout(buttons)
    made.place(lead, buttons)
    return made


def seen(ground: QWidget) -> list[str]:
    return [button.text() for button in ground.findChildren(QPushButton) if button.isVisible()]


@pytest.mark.parametrize(
    ("view", "has_list", "buttons"),
    [(View.LIST, True, ["New plan"]), (View.BOARD, True, ["Plans", "Export…", "New card"]),
     (View.BOARD, False, ["Export…", "New card"]), (View.FORM, False, ["Plans"]), (View.EXPORT, True, ["Back to the plan"])],
)  # fmt: skip
def test_each_view_has_its_own_buttons(ground: QWidget, header: PlanHeader, view, has_list, buttons):
    assert seen(ground) == []
    header.show_view(view, has_list=has_list)
    assert seen(ground) == buttons
    assert header.filter.isVisible() is (view in {View.LIST, View.BOARD})
    header.show_nothing()
    assert seen(ground) == []


def test_heading_names_plan_and_community_where_there_is_room(data: PlansData):
    assert heading(View.BOARD, data, has_room=True) == ("Safe water", WATER)
    assert heading(View.BOARD, data, has_room=False) == ("Safe water", "")
    assert heading(View.LIST, data, has_room=True) == ("Plans", "1")
    assert heading(View.EXPORT, data, has_room=True) == ("Export", "Safe water")
    assert heading(View.FORM, data, has_room=True)[0] == "New plan"
    assert heading(View.LIST, PlansData((), None), has_room=True) == ("Plans", "")
