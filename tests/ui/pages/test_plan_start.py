"""Starting a plan from the form: what is proposed, what is stored, what is said when it is refused."""

from datetime import timedelta

import pytest

from tests.ui.conftest import COLD, WATER
from tests.ui.plan_samples import TODAY, a_plan, listen
from tests.ui.settled import settle
from workbench.ids import CommunityId, PlanId
from workbench.models.changes import Changes
from workbench.models.kinds import CommunityType
from workbench.models.plan_parts import HAND_KEPT, RoleLine
from workbench.plans.drafts import CardDraft
from workbench.queries.communities import community_names, community_type
from workbench.queries.plans import plan_objectives, plan_row
from workbench.queries.preferences import preference
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_measures import Chosen
from workbench.ui.pages.plan_start import DRAFT, Begun, NewPlan, PlanStarter, alike, draft_text, read_draft
from workbench.workspace import Workspace


@pytest.fixture
def starter(qtbot, context: Context) -> PlanStarter:
    made = PlanStarter(context)
    qtbot.addWidget(made.form)
    made.form.show()
    return made


def begin(qtbot, context: Context, starter: PlanStarter) -> None:
    plans = read_plans(context.workspace.database, plan_id=None, today=TODAY).plans
    with qtbot.waitSignal(starter.ready):
        starter.begin(plans)
    now = starter.form.measures.rows["messages"].now
    qtbot.waitUntil(lambda: now.text() != "…")


def fill(starter: PlanStarter) -> None:
    form = starter.form
    form.name.setText("Safe water")
    form.purpose.setPlainText("Every question is answered")
    form.owner.setText("Amina Example")
    form.measures.rows["reply_rate"].tick.setChecked(True)


def test_community_in_scope_and_last_owner_are_proposed(qtbot, filled: Workspace, water_id, context: Context, starter):
    a_plan(filled, name="Old plan")
    context.set_scope((CommunityId(water_id),))
    begin(qtbot, context, starter)
    assert starter.form.community.text() == WATER
    assert starter.form.owner.text() == "Amina Example"
    assert starter.form.measures.rows["messages"].now.text() != "Not known"
    # The type of the community proposes a target.
    assert starter.form.measures.rows["curiosity"].target.text() == "20"


def test_plan_is_stored_with_its_baseline_and_told(qtbot, filled: Workspace, context: Context, starter):
    said, heard = listen(context), []
    context.bus.changed.connect(heard.append)
    begin(qtbot, context, starter)
    fill(starter)
    starter.form.community.setText(WATER)
    with qtbot.waitSignal(starter.started) as started:
        starter.form.submit()
    with filled.database.read() as reader:
        plan = plan_row(reader, started.args[0])
        objectives = plan_objectives(reader, started.args[0])
    assert plan is not None
    assert (plan.name, plan.community_name, plan.todo) == ("Safe water", WATER, 53)
    assert objectives[0].baseline_value is not None
    assert heard == [Changes.PLANS]
    assert "baseline is frozen" in said[0][0]


def test_targets_follow_the_type_that_is_chosen_in_the_form(qtbot, filled: Workspace, context: Context, starter):
    begin(qtbot, context, starter)
    form = starter.form
    form.community.setText(COLD)
    settle(qtbot, context.jobs)
    assert set(form.numbers.targets.values()) == {None}
    form.about.kind.setCurrentIndex(1 + list(CommunityType).index(CommunityType.COMMUNITY_OF_PRACTICE))
    assert any(form.numbers.targets.values())
    form.hide()
    settle(qtbot, context.jobs)

    def stored() -> CommunityType | None:
        with filled.database.read() as reader:
            cold = next(key for key, name in community_names(reader).items() if name == COLD)
            return community_type(reader, cold)

    assert stored() is None
    form.show()
    begin(qtbot, context, starter)
    assert form.about.kind.value() is CommunityType.COMMUNITY_OF_PRACTICE
    fill(starter)
    with qtbot.waitSignal(context.bus.changed) as told:
        form.submit()
    assert told.args == [Changes.PLANS | Changes.COMMUNITIES]
    assert stored() is CommunityType.COMMUNITY_OF_PRACTICE


def test_values_shown_are_those_that_are_frozen_for_the_day_0_that_is_chosen(
    qtbot, filled: Workspace, water_id, context: Context, starter
):
    context.set_scope((CommunityId(water_id),))
    begin(qtbot, context, starter)
    form, day = starter.form, TODAY - timedelta(days=45)
    today = form.measures.rows["messages"].now.text()
    form.starts_on.set_day(day)
    form._on_day()
    settle(qtbot, context.jobs)
    fill(starter)
    form.measures.rows["messages"].tick.setChecked(True)
    shown = form.measures.rows["messages"].now.text()
    first, last = numbers.day(day - timedelta(days=90)), numbers.day(day - timedelta(days=1))
    span = form.numbers.span.text()
    assert span.startswith(f"Values of {first} to {last}, the 90 days before day 0; 100")
    with qtbot.waitSignal(starter.started) as started:
        form.submit()
    with filled.database.read() as reader:
        frozen = next(each for each in plan_objectives(reader, started.args[0]) if each.measure == "messages")
    assert frozen.baseline_value is not None
    assert shown == numbers.count(frozen.baseline_value) != today


def test_baseline_that_would_be_empty_is_said_before_and_after_the_start(
    qtbot, filled: Workspace, context: Context, starter
):
    said = listen(context)
    begin(qtbot, context, starter)
    fill(starter)
    starter.form.community.setText(COLD)
    qtbot.waitUntil(lambda: bool(starter.form.warning))
    assert starter.form.warning == (
        "Not known: no messages of this community are here yet. The baseline would be empty; bring in messages first."
    )
    with qtbot.waitSignal(starter.started):
        starter.form.submit()
    assert said[0][0] == "The plan has started; its baseline is not known."


def test_warning_goes_once_day_0_is_inside_the_known_days(qtbot, filled: Workspace, water_id, context, starter):
    context.set_scope((CommunityId(water_id),))
    begin(qtbot, context, starter)
    starter.form.starts_on.set_day(TODAY - timedelta(days=500))
    starter.form._on_day()
    qtbot.waitUntil(lambda: "90 days before day 0 are not in the mirror" in starter.form.warning)
    starter.form.starts_on.set_day(TODAY)  # ten days of the ninety before are a hole
    starter.form._on_day()
    qtbot.waitUntil(lambda: starter.form._outlook is not None)
    assert starter.form.warning.startswith("Only 88\xa0% of the 90 days before day 0 is known here.")
    starter.form.starts_on.set_day(TODAY - timedelta(days=45))
    starter.form._on_day()
    qtbot.waitUntil(lambda: starter.form._outlook is not None)
    assert starter.form.warning == ""


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (0, "its baseline is not known"),
        (1, "its baseline is frozen for 1 of 2 measures"),
        (2, "its baseline is frozen"),
    ],
)
def test_only_what_is_known_is_said_to_be_frozen(known, words):
    assert Begun(PlanId("plan"), known, 2).baseline_words() == words


def test_refusal_of_the_program_is_said_in_the_form(qtbot, workspace: Workspace, context: Context, starter):
    begin(qtbot, context, starter)
    fill(starter)
    a_plan(workspace, name="Safe water")  # made elsewhere meanwhile, such as by the command line
    with qtbot.assertNotEmitted(starter.started):
        starter.form.submit()
        qtbot.waitUntil(lambda: bool(starter.form.frame.problem.text))
    assert "has this name already" in starter.form.frame.problem.text
    assert starter.form.frame.start.isEnabled()


def test_thinking_better_of_it_leaves_the_form(qtbot, context: Context, starter):
    begin(qtbot, context, starter)
    said = listen(context)
    with qtbot.waitSignal(starter.left):
        starter.form.cancelled.emit()
    assert said == []
    starter.form.name.setText("Half")
    starter.form.cancelled.emit()
    assert said[0][0] == "Draft kept. New plan opens it again; it can be discarded there."


def test_stopped_start_frees_the_form(qtbot, context: Context, starter):
    begin(qtbot, context, starter)
    fill(starter)
    starter.form.submit()
    context.jobs.cancel_all()
    qtbot.waitUntil(starter.form.frame.start.isEnabled)


def test_what_was_typed_is_kept_in_the_profile_until_the_plan_starts(qtbot, filled: Workspace, context, starter):
    begin(qtbot, context, starter)
    fill(starter)
    starter.form.hide()
    settle(qtbot, context.jobs)
    starter.form.show()
    begin(qtbot, context, starter)
    settle(qtbot, context.jobs)
    assert starter.form.name.text() == "Safe water"
    assert starter.form.measures.chosen() == (Chosen("reply_rate", None),)
    assert starter.form.frame.discard.isVisible()
    with qtbot.waitSignal(starter.started):
        starter.form.submit()
    starter.form.hide()
    settle(qtbot, context.jobs)
    with filled.database.read() as reader:
        assert preference(reader, DRAFT) is None


def test_a_draft_is_put_away_on_wish(qtbot, filled: Workspace, context: Context, starter):
    filled.notes.set_preference(DRAFT, draft_text({"name": "Half", "starts_on": TODAY, "roles": (), "measures": ()}))
    begin(qtbot, context, starter)
    assert starter.form.name.text() == "Half"
    with qtbot.waitSignal(starter.ready):
        starter.form.frame.discard.click()
    settle(qtbot, context.jobs)
    assert starter.form.name.text() == ""
    with filled.database.read() as reader:
        assert preference(reader, DRAFT) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"starts_on": "soon", "roles": [], "measures": []}'])
def test_a_draft_of_another_form_is_no_draft(text):
    assert read_draft(text) is None


def test_a_draft_comes_back_as_it_was():
    values = {
        "name": "Safe water",
        "kind": CommunityType.PROJECT_TEAM,
        "starts_on": TODAY,
        "roles": (RoleLine("Champion", "Noor Example"),),
        "measures": (Chosen(HAND_KEPT, 40.0, "People at the webinar", "people"),),
        "cards": (CardDraft("Left over", owner="Noor Example", due_on=TODAY, checklist=("Ask",)), CardDraft("Next")),
        "follows": "plan",
    }
    assert read_draft(draft_text(values)) == values


def test_a_wish_fills_the_form_instead_of_the_draft(qtbot, filled: Workspace, context: Context, starter):
    filled.notes.set_preference(DRAFT, draft_text({"name": "Half", "starts_on": TODAY, "roles": (), "measures": ()}))
    with qtbot.waitSignal(starter.ready):
        starter.begin((), NewPlan({"name": "Second round", "cards": (CardDraft("Left over"),), "template": ""}))
    settle(qtbot, context.jobs)
    assert starter.form.name.text() == "Second round"
    assert not starter.form.frame.discard.isVisible()
    starter.form.purpose.setPlainText("Every pump runs")
    starter.form.owner.setText("Amina Example")
    starter.form.measures.hand.choose(Chosen(HAND_KEPT, 40.0, "People at the webinar", "people"))
    with qtbot.waitSignal(starter.started) as started:
        starter.form.submit()
    view = filled.plans.open(started.args[0]).view()
    assert [card.title for card in view.cards] == ["Left over"]
    assert [(each.title, each.measure, each.hand_unit) for each in view.objectives] == [
        ("People at the webinar", HAND_KEPT, "people")
    ]


def test_the_whole_charter_and_the_objectives_of_a_template_are_stored(qtbot, filled: Workspace, context, starter):
    begin(qtbot, context, starter)
    fill(starter)
    form = starter.form
    form.community.setText(WATER)
    form.about.texts["value_for_members"].setPlainText("An answer within a day")
    form.about.roles.show_roles((RoleLine("Champion", "Noor Example"),))
    settle(qtbot, context.jobs)
    form.templates.choose("welcome")
    with qtbot.waitSignal(starter.started) as started:
        form.submit()
    view = filled.plans.open(started.args[0]).view()
    assert (view.value_for_members, view.roles) == ("An answer within a day", (RoleLine("Champion", "Noor Example"),))
    assert [each.measure for each in view.objectives] == ["reply_rate", "new_contributors", "retention", HAND_KEPT]
    assert view.objectives[1].baseline is not None
    goals = {each.id for each in view.objectives}
    assert any(card.objective_id in goals for card in view.cards)


def test_a_community_much_like_the_plan_is_named(qtbot, filled: Workspace, context: Context, starter):
    begin(qtbot, context, starter)
    starter.form.name.setText("Water in school")
    qtbot.waitUntil(lambda: "Water in schools" in starter.form.about.similar.text)
    assert alike(filled, "Cold chain") == [(COLD, "by its name")]
