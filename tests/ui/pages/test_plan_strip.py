"""The strip above the board: charter, days and up to three objectives, wide and narrow, without stray windows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.builders import NOW
from tests.ui.plan_samples import TODAY, a_plan
from workbench.operations.plans import MeasureChoice
from workbench.plans.hours import WeekHours
from workbench.ui.pages.plan_data import BoardData, read_objectives, read_plans
from workbench.ui.pages.plan_strip import PlanStrip
from workbench.ui.theme import Theme
from workbench.workspace import Workspace

KEYS = ("reply_rate", "contributors", "unanswered", "messages")


@pytest.fixture
def data(workspace: Workspace) -> BoardData:
    plan_id = a_plan(workspace, measures=[MeasureChoice(key, 1.0) for key in KEYS])
    board = read_plans(workspace.database, plan_id=plan_id, today=TODAY).board
    assert board is not None
    return board


@pytest.fixture
def strip(ground, theme: Theme) -> PlanStrip:
    made = PlanStrip(theme)
    made.setParent(ground)
    made.resize(1100, 120)
    made.show()
    return made


def words(strip: PlanStrip) -> str:
    return " ".join(label.text() for label in strip.findChildren(QLabel) if label.isVisible())


def test_charter_comes_before_the_values(strip: PlanStrip, data: BoardData):
    strip.show_plan(data.plan, data.objectives, today=TODAY)
    assert "Owner: Amina Example" in words(strip)
    assert "and 1 objective more" in words(strip)
    assert [gauge.isVisible() for gauge in strip.gauges] == [True] * 3
    assert "…" in strip.gauges[0].accessibleName()


def test_values_fill_the_gauges(strip: PlanStrip, data: BoardData, workspace: Workspace):
    strip.show_plan(data.plan, data.objectives, today=TODAY)
    strip.show_objectives(read_objectives(workspace.database, scope=(), objectives=data.objectives, now=NOW))
    assert "Not known" in strip.gauges[0].accessibleName()
    assert "0\N{NO-BREAK SPACE}% known" in strip.gauges[0].accessibleName()


def test_one_objective_hides_the_other_gauges(strip: PlanStrip, data: BoardData):
    strip.show_plan(data.plan, data.objectives[:1], today=TODAY)
    assert [gauge.isVisible() for gauge in strip.gauges] == [True, False, False]


@pytest.mark.parametrize(("width", "scale"), [(1100, 1.0), (560, 1.0), (900, 1.5), (400, 1.0)])
def test_strip_fits_every_width(strip: PlanStrip, data: BoardData, theme: Theme, width, scale):
    theme.set_text_scale(scale)
    strip.show_plan(replace(data.plan, purpose="Every question is answered " * 20), data.objectives, today=TODAY)
    strip.resize(width, strip.sizeHint().height())
    assert not strip.grab().isNull()
    assert all(strip.rect().contains(gauge.geometry()) for gauge in strip.gauges)


def test_folded_strip_is_one_line_of_day_purpose_and_too_many_hours(strip: PlanStrip, data: BoardData):
    monday = TODAY - timedelta(days=TODAY.weekday())
    strip.show_plan(data.plan, data.objectives, today=TODAY)
    strip.show_hours([WeekHours(monday, "Amina Example", 7)], data.plan.weekly_hours, today=TODAY)
    whole = strip.sizeHint().height()
    strip.fold(is_folded=True)
    assert data.plan.purpose in words(strip)
    assert "Owner" not in words(strip)
    assert strip._too_much.isVisible()
    assert strip.sizeHint().height() < whole / 2
    strip.show_hours([], data.plan.weekly_hours, today=TODAY)
    assert not strip._too_much.isVisible()
    strip.fold(is_folded=False)
    assert "Owner: Amina Example" in words(strip)
    assert [gauge.isVisible() for gauge in strip.gauges] == [True] * 3


def test_nothing_flashes_up_as_a_window(theme: Theme, data: BoardData):
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    strip = PlanStrip(theme)
    strip.show_plan(data.plan, data.objectives, today=TODAY)
    strip.resize(500, 200)
    assert {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()} <= before


def test_hours_of_this_week_are_said_against_what_a_person_gives(strip: PlanStrip, data: BoardData):
    monday = TODAY - timedelta(days=TODAY.weekday())
    strip.show_plan(data.plan, data.objectives, today=TODAY)
    strip.show_hours([WeekHours(monday, "Amina Example", 7)], data.plan.weekly_hours, today=TODAY)
    assert "Amina Example 7" in words(strip)
    assert strip.hours._chip.isVisible()
    strip.show_hours([], data.plan.weekly_hours, today=TODAY)
    assert not strip.hours.isVisible()
