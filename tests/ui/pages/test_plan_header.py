"""The heading of the Plans page in each of its views."""

import pytest
from PySide6.QtGui import QAction
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
        theme, up=lambda: None, export=lambda: done.append("export"), new_card=lambda: None, new_plan=lambda: None,
        title=lambda words, beside: None,
        share=[QAction("Send a plan", ground)],
    )  # fmt: skip
    row = QHBoxLayout(ground)
    lead, buttons = QHBoxLayout(), QHBoxLayout()
    row.addLayout(lead)
    row.addLayout(buttons)
    made.place(lead, buttons)
    return made


def seen(ground: QWidget) -> list[str]:
    return [button.text() for button in ground.findChildren(QPushButton) if button.isVisible()]


@pytest.mark.parametrize(
    ("view", "buttons"),
    [(View.LIST, ["Share", "New plan"]), (View.BOARD, ["Plans", "Share", "Export…", "New card"]), (View.FORM, ["Plans"]),
     (View.EXPORT, ["Back to the plan"]), (View.ARCHIVED, ["Back to the plan"])],
)  # fmt: skip
def test_each_view_has_its_own_buttons(ground: QWidget, header: PlanHeader, view, buttons):
    assert seen(ground) == []
    header.show_view(view)
    assert seen(ground) == buttons
    assert header.filter.isVisible() is (view in {View.LIST, View.BOARD, View.ARCHIVED})
    header.show_nothing()
    assert seen(ground) == []


def test_heading_names_plan_and_community_where_there_is_room(data: PlansData):
    assert heading(View.BOARD, data, has_room=True) == ("Safe water", WATER)
    assert heading(View.BOARD, data, has_room=False) == ("Safe water", "")
    assert heading(View.LIST, data, has_room=True) == ("Plans", "1")
    assert heading(View.EXPORT, data, has_room=True) == ("Export", "Safe water")
    assert heading(View.ARCHIVED, data, has_room=True) == ("Archived cards", "Safe water")
    assert heading(View.FORM, data, has_room=True)[0] == "New plan"
    assert heading(View.LIST, PlansData((), None), has_room=True) == ("Plans", "")


def test_buttons_leave_their_words_where_there_is_no_room(ground: QWidget, header: PlanHeader, theme: Theme):
    header.show_view(View.BOARD)
    for width, texts in (
        (900, ["Plans", "Share", "Export…", "New card"]),
        (640, ["Plans", "", "", "New card"]),
        (480, ["Plans", "", "", ""]),
    ):
        header.fit(width)
        assert seen(ground) == texts
    assert {button.accessibleName() for button in ground.findChildren(QPushButton)} >= {"Export…", "New card"}
    theme.set_text_scale(1.5)
    header.fit(900)
    assert seen(ground) == ["Plans", "", "", "New card"]


def test_sharing_is_behind_one_button_where_there_are_plans(ground: QWidget, header: PlanHeader):
    for view, is_seen in ((View.BOARD, True), (View.LIST, True), (View.FORM, False), (View.EXPORT, False)):
        header.show_view(view)
        assert header._share.isVisible() is is_seen
    assert [act.text() for act in header._share.menu().actions()] == ["Send a plan"]


def test_over_the_sheet_there_are_no_cards_to_filter_or_to_add(ground: QWidget, header: PlanHeader):
    header.show_view(View.BOARD, shows_cards=False)
    assert not header.filter.isVisible()
    assert "New card" not in seen(ground)
