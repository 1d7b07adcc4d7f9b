"""The plan sheet as a view: its parts, what is done with a plan, the next plan, and everything saved and undone."""

from datetime import timedelta

import pytest

from tests.ui.pages.sheet_parts import a_sheet_plan, acts_for, stored_view
from tests.ui.plan_samples import TODAY, a_page, listen
from tests.ui.plan_samples import settle as settle_page
from tests.ui.settled import settle
from workbench.ids import PlanId
from workbench.operations.plan_templates import list_templates
from workbench.plans.templates import SHIPPED
from workbench.queries.plans import list_plans
from workbench.ui.context import Context
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_sheet import Part, PlanSheet
from workbench.ui.pages.plan_start import NewPlan
from workbench.ui.pages.plan_views import Mode
from workbench.workspace import Workspace


@pytest.fixture
def plan_id(filled: Workspace) -> PlanId:
    return a_sheet_plan(filled)


@pytest.fixture
def sheet(qtbot, ground, filled: Workspace, context: Context, plan_id: PlanId) -> PlanSheet:
    made = PlanSheet(context, PlanCards(), acts_for(context, plan_id))
    made.setParent(ground)
    made.resize(790, 590)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    show(qtbot, filled, context, made, plan_id)
    return made


def show(qtbot, filled: Workspace, context: Context, sheet: PlanSheet, plan_id: PlanId) -> None:
    data = read_plans(filled.database, plan_id=plan_id, today=TODAY).board
    assert data is not None
    sheet.show_plan(data, today=TODAY)
    settle(qtbot, context.jobs)


def test_every_part_shows_the_plan_when_it_is_turned_to(qtbot, context: Context, sheet: PlanSheet):
    assert sheet.part is Part.CHARTER
    for part in Part:
        sheet.open_part(part)
        settle(qtbot, context.jobs)
        assert sheet.part is part
        assert sheet.is_settled()
        assert not sheet.grab().isNull()
    assert sheet.objectives.cards
    assert sheet.checkpoints.row is not None
    assert sheet.looking_back.ticks


def test_keyboard_begins_on_the_list_of_parts(sheet: PlanSheet):
    sheet.take_focus()
    assert sheet.list.hasFocus()
    assert sheet.list.accessibleName() == "Parts of the plan sheet"


def test_a_checkpoint_is_opened_by_its_day_and_the_due_one_by_itself(qtbot, context: Context, sheet: PlanSheet):
    sheet.open_checkpoint(60)
    settle(qtbot, context.jobs)
    assert sheet.part is Part.CHECKPOINTS
    assert sheet.checkpoints.row is not None
    assert sheet.checkpoints.row.day == 60
    sheet.open_due()
    settle(qtbot, context.jobs)
    assert sheet.checkpoints.row.day == 30


def test_what_is_asked_for_before_the_plan_is_read_happens_after(qtbot, ground, filled, context, plan_id):
    made = PlanSheet(context, PlanCards(), acts_for(context, plan_id))
    made.setParent(ground)
    made.open_checkpoint(90)
    show(qtbot, filled, context, made, plan_id)
    assert made.checkpoints.row is not None
    assert made.checkpoints.row.day == 90


def test_rename_goes_to_the_name(sheet: PlanSheet):
    sheet.open_part(Part.LOOKING_BACK)
    sheet.rename()
    assert sheet.charter.lines["name"].hasFocus()
    assert sheet.charter.lines["name"].selectedText() == "Safe water"


def test_a_plan_is_kept_as_a_template_without_its_people(qtbot, filled: Workspace, context: Context, sheet: PlanSheet):
    said = listen(context)
    sheet.start_keeping()
    assert sheet.keep.title.text() == "Safe water"
    sheet.keep.title.setText("Water round")
    sheet.keep.submit()
    settle(qtbot, context.jobs)
    kept = list_templates(filled)[len(SHIPPED) :]
    assert [each.title for each in kept] == ["Water round"]
    assert not any(card.owner for card in kept[0].cards)
    assert sheet.keep.isHidden()
    assert said[-1][0].startswith("Saved as the template “Water round”")


def test_duplicate_opens_the_form_with_charter_and_cards(qtbot, context: Context, sheet: PlanSheet):
    with qtbot.waitSignal(context.page_wanted) as asked:
        sheet.duplicate()
    key, wish = asked.args
    assert key == "plans"
    assert isinstance(wish, NewPlan)
    assert wish.values["name"] == "Safe water (copy)"
    assert wish.values["sponsor"] == "Musa Example"
    assert len(wish.values["template"].cards) == 2
    assert "starts_on" not in wish.values


def test_the_next_plan_takes_cards_and_follows_this_one(qtbot, context: Context, sheet: PlanSheet, plan_id):
    sheet.open_part(Part.LOOKING_BACK)
    settle(qtbot, context.jobs)
    sheet.looking_back.ticks[0].setChecked(False)
    with qtbot.waitSignal(context.page_wanted) as asked:
        sheet.looking_back.start.click()
    values = asked.args[1].values
    assert [card.title for card in values["cards"]] == ["Invite two partners"]
    assert values["follows"] == plan_id
    assert (values["name"], values["purpose"], values["template"]) == ("", "", "")
    assert [chosen.key for chosen in values["measures"]] == ["reply_rate", "by_hand"]


def test_archive_takes_the_plan_out_of_use(qtbot, context: Context, sheet: PlanSheet, plan_id):
    said = listen(context)
    sheet.archive()
    assert stored_view(qtbot, context, plan_id).is_archived
    assert said[0][0].startswith("Plan archived.")


def test_the_page_leads_from_sheet_to_next_plan_and_back(qtbot, filled: Workspace, context: Context, plan_id):
    page = a_page(qtbot, context)
    context.page_wanted.connect(lambda _key, argument: page.opened(argument))
    context.actions.trigger("plan.checkpoint")
    settle_page(qtbot, context, page)
    assert page.views.mode is Mode.SHEET
    sheet = page.views.open_sheet()
    assert sheet.part is Part.CHECKPOINTS
    sheet.open_part(Part.LOOKING_BACK)
    settle_page(qtbot, context, page)
    sheet.looking_back.go_on()
    qtbot.waitUntil(page.panels.starter.form.isVisible)
    settle_page(qtbot, context, page)
    page.panels.starter.form.name.setText("Second round")
    page.panels.starter.form.purpose.setPlainText("Every pump runs")
    page.panels.starter.form.submit()
    settle_page(qtbot, context, page)
    with filled.database.read() as reader:
        plans = {plan.name: plan for plan in list_plans(reader)}
    assert plans["Second round"].follows == plan_id
    assert plans["Second round"].todo == 2
    assert plans["Second round"].starts_on == TODAY > plans["Safe water"].starts_on + timedelta(days=1)


def test_a_click_on_the_line_of_days_opens_its_checkpoint(qtbot, context: Context, plan_id):
    page = a_page(qtbot, context)
    page.views.set_mode(Mode.BOARD)
    page.board.strip.checkpoint_wanted.emit(60)
    settle_page(qtbot, context, page)
    row = page.views.open_sheet().checkpoints.row
    assert row is not None
    assert row.day == 60


def test_what_was_typed_is_saved_when_the_sheet_goes_out_of_sight(qtbot, context: Context, sheet: PlanSheet, plan_id):
    sheet.charter.lines["sponsor"].setText("Noor Example")
    context.desk.use(None)
    sheet.hide()
    assert stored_view(qtbot, context, plan_id).sponsor == "Noor Example"
