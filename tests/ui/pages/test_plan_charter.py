"""The charter in place: every field is saved when it is left, refused in words beside it, and undone like any edit."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import COLD
from tests.ui.pages.sheet_parts import a_sheet_plan, acts_for, sheet_of, stored_view
from tests.ui.plan_samples import TODAY
from tests.ui.settled import settle
from workbench.ids import PlanId
from workbench.models.plan_parts import RoleLine
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_charter import CharterSection
from workbench.ui.pages.plan_wish import WHY
from workbench.workspace import Workspace


@pytest.fixture
def plan_id(filled: Workspace) -> PlanId:
    return a_sheet_plan(filled)


@pytest.fixture
def charter(qtbot, ground, filled: Workspace, context: Context, plan_id: PlanId) -> CharterSection:
    made = CharterSection(context, acts_for(context, plan_id), today=lambda: TODAY)
    made.setParent(ground)
    made.resize(780, 580)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    made.show_sheet(sheet_of(filled, plan_id))
    return made


def test_the_whole_charter_is_shown(charter: CharterSection):
    assert charter.lines["name"].text() == "Safe water"
    assert charter.lines["community_name"].text() == "Water in schools"
    assert charter.texts["problem"].text() == "Answers are given many times"
    assert charter.texts["risks"].text() == "The keeper leaves"
    assert charter.weekly_hours.text() == "5"
    assert charter.roles.roles() == (RoleLine("Critical friend", "Ilya Example"),)


def test_a_field_is_saved_when_it_is_left_and_undo_takes_it_back(qtbot, context: Context, charter, plan_id):
    charter.lines["sponsor"].setFocus()
    charter.lines["sponsor"].setText("Noor Example")
    charter.texts["purpose"].setFocus()
    assert stored_view(qtbot, context, plan_id).sponsor == "Noor Example"
    charter.texts["purpose"].setPlainText("Every pump runs")
    charter.lines["name"].setFocus()
    assert stored_view(qtbot, context, plan_id).purpose == "Every pump runs"
    context.desk.undo()
    context.desk.undo()
    view = stored_view(qtbot, context, plan_id)
    assert (view.purpose, view.sponsor) == ("Every water question is answered", "Musa Example")


def test_what_every_plan_needs_is_not_taken_away(qtbot, context: Context, charter, plan_id):
    for name in ("name", "purpose", "owner"):
        control = charter.lines.get(name) or charter.texts[name]
        control.clear()
        charter._save(name)
        assert charter.fields[name].problem == WHY[name]
    assert stored_view(qtbot, context, plan_id).owner == "Amina Example"


def test_the_community_is_one_of_the_mirror_or_none(qtbot, context: Context, charter, plan_id):
    line = charter.lines["community_name"]
    line.setText("Nowhere")
    line.left.emit()
    assert charter.fields["community_name"].problem == WHY["community"]
    line.setText(COLD)
    line.left.emit()
    assert charter.fields["community_name"].problem == ""
    assert stored_view(qtbot, context, plan_id).community_name == COLD
    line.clear()
    line.left.emit()
    assert stored_view(qtbot, context, plan_id).community_id is None
    hint = charter.fields["community_name"].hint
    assert hint.isHidden()
    context.workspace.plans.open(plan_id).set_plan(community_name="Nowhere")
    charter.show_sheet(sheet_of(context.workspace, plan_id))
    assert (hint.isHidden(), hint.text()) == (False, "Not mirrored here, so nothing is known of its numbers")


def test_day_hours_holidays_and_roles_are_saved(qtbot, context: Context, charter, plan_id):
    charter.read_countries()
    settle(qtbot, context.jobs)
    charter.starts_on.set_day(TODAY + timedelta(days=3))
    charter.starts_on.edited.emit()
    charter.weekly_hours.setText("7.5")
    charter.weekly_hours.left.emit()
    charter.holidays.setText("Kenya")
    charter.holidays.left.emit()
    charter.roles.edited.emit((RoleLine("Champion", "Noor Example"),))
    view = stored_view(qtbot, context, plan_id)
    assert view.starts_on == TODAY + timedelta(days=3)
    assert (view.weekly_hours, view.holidays) == (7.5, "KE")
    assert view.roles == (RoleLine("Champion", "Noor Example"),)


@pytest.mark.parametrize(("name", "typed"), [("weekly_hours", "many"), ("weekly_hours", "0"), ("holidays", "Atlantis")])
def test_what_cannot_be_is_said_beside_the_field_and_not_saved(context: Context, charter, name, typed):
    control = getattr(charter, name)
    control.setText(typed)
    control.left.emit()
    assert charter.fields[name].problem
    assert not context.desk.is_busy


def test_another_plan_takes_the_place_of_what_was_typed(qtbot, filled: Workspace, context: Context, charter):
    other = a_sheet_plan(filled, name="Cold chain", sponsor="Noor Example")
    charter.lines["sponsor"].setFocus()
    charter.lines["sponsor"].setText("half a na")
    charter.show_sheet(sheet_of(filled, other))
    charter.lines["name"].setFocus()
    assert charter.lines["sponsor"].text() == "Noor Example"
    assert charter.lines["name"].text() == "Cold chain"
    assert stored_view(qtbot, context, other).sponsor == "Noor Example"


def test_a_field_that_is_left_late_is_saved_in_its_own_plan(
    qtbot, filled: Workspace, context: Context, charter, plan_id
):
    other = a_sheet_plan(filled, name="Cold chain")
    charter.lines["sponsor"].setText("Ilya Example")
    context.desk.use(other)
    charter.lines["sponsor"].left.emit()
    assert stored_view(qtbot, context, plan_id).sponsor == "Ilya Example"
    assert stored_view(qtbot, context, other).sponsor == "Musa Example"


@pytest.mark.parametrize("width", [500, 900])
def test_every_field_has_a_name_and_the_cards_fit(qtbot, charter: CharterSection, width):
    charter.resize(width, 900)
    qtbot.waitUntil(lambda: charter.roles.lines[0].height() > 20)
    assert not charter.grab().isNull()
    assert all(field.control.accessibleName() for field in charter.fields.values())


def test_a_day_0_that_is_refused_gives_way_to_the_old_one_at_once(
    qtbot, context: Context, charter: CharterSection, plan_id
):
    before, refused = charter.starts_on.day(), []
    context.desk.failed.connect(refused.append)
    context.desk.carry(
        plan_id, lambda editor: editor.lock_checkpoint(30, measures=()), done=lambda: None, failed=pytest.fail
    )
    charter.starts_on.line.setFocus()
    charter.starts_on.line.setText("+40")
    qtbot.keyClick(charter.starts_on.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(refused))
    assert charter.starts_on.day() == before
    assert charter.starts_on.line.text() == numbers.day(before)


def test_what_was_refused_stays_with_its_words_until_it_is_mended(filled: Workspace, charter: CharterSection, plan_id):
    for name, control in (("weekly_hours", charter.weekly_hours), ("name", charter.lines["name"])):
        control.setText("" if name == "name" else "many")
        control.left.emit()
        charter.show_sheet(sheet_of(filled, plan_id))
        assert (control.text(), bool(charter.fields[name].problem)) == ("" if name == "name" else "many", True)


def test_tab_goes_through_the_cards_as_they_are_read(qtbot, charter: CharterSection):
    lines, texts = charter.lines, charter.texts
    line = charter.roles.lines[0]
    stops = [
        lines["name"], texts["purpose"], texts["problem"], lines["community_name"],
        texts["value_for_organisation"], texts["value_for_members"], texts["alignment"], texts["risks"],
        lines["owner"], lines["sponsor"], *line.controls, charter.roles.add,
        *charter.starts_on.controls, charter.weekly_hours, charter.holidays,
    ]  # fmt: skip
    lines["name"].setFocus()
    for stop in stops:
        assert charter.focusWidget() is stop
        qtbot.keyClick(stop, Qt.Key.Key_Tab)
