"""The form for a new plan: what it refuses and why, beside the field; what it asks for; keyboard only."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.ui.plan_samples import TODAY
from tests.ui.settled import settle
from workbench.ids import CommunityId
from workbench.models.kinds import CommunityType
from workbench.models.plan_parts import HAND_KEPT, RoleLine
from workbench.plans.drafts import CardDraft
from workbench.plans.templates import Template
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_form import STEPS, PlanForm
from workbench.ui.pages.plan_measures import Chosen
from workbench.ui.pages.plan_wish import WHY, Offers, PlanWish
from workbench.ui.theme import Theme

WATER, COLD = CommunityId(1), CommunityId(2)
CONTROL = Qt.KeyboardModifier.ControlModifier


OFFERS = Offers(
    {WATER: "Water in schools", COLD: "Cold chain circle"},
    {WATER: CommunityType.COMMUNITY_OF_PRACTICE},
    plans=["Old plan"],
    people=["Amina Example", "Noor Example"],
)


@pytest.fixture
def form(qtbot, ground, context: Context) -> PlanForm:
    made = PlanForm(context, today=lambda: TODAY)
    made.setParent(ground)
    made.resize(1100, 560)
    made.show()
    ground.resize(1100, 600)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    begin(qtbot, context, made, {"owner": "Amina Example"})
    return made


def begin(qtbot, context: Context, form: PlanForm, values: dict[str, object], **how: bool) -> None:
    form.begin(OFFERS, values, **how)
    settle(qtbot, context.jobs)


@pytest.fixture
def wishes(form: PlanForm) -> list[PlanWish]:
    heard: list[PlanWish] = []
    form.wished.connect(heard.append)
    return heard


def fill(form: PlanForm) -> None:
    form.name.setText(" Safe water ")
    form.purpose.setPlainText("Every question is answered ")
    form.measures.rows["reply_rate"].tick.setChecked(True)


def test_nothing_is_complained_about_before_somebody_tries(form: PlanForm):
    assert form.problems() == {}


def test_plan_without_purpose_owner_or_measure_is_refused_with_the_reason(form: PlanForm, wishes):
    form.owner.clear()
    form.submit()
    assert form.problems() == {key: WHY[key] for key in ("name", "purpose", "owner", "measures")}
    assert wishes == []
    assert form.name.hasFocus()


def test_complaints_go_as_soon_as_they_are_mended(form: PlanForm, wishes):
    form.submit()
    fill(form)
    assert form.problems() == {}
    form.submit()
    wish = wishes[0]
    assert (wish.name, wish.community, wish.purpose) == ("Safe water", None, "Every question is answered")
    assert (wish.owner, wish.measures, wish.starts_on) == ("Amina Example", (Chosen("reply_rate", None),), TODAY)
    assert wish.template is not None
    assert wish.template.key == "starter"
    assert wish.charter == {"weekly_hours": 5.0}


def test_everything_chosen_is_asked_for(form: PlanForm, wishes):
    fill(form)
    form.community.setText("Cold chain circle")
    form.about.sponsor.setText("Musa Example")
    form.about.texts["problem"].setPlainText("Pumps stand still")
    form.about.roles.show_roles((RoleLine("Champion", "Noor Example"),))
    form.starts_on.set_day(TODAY + timedelta(days=3))
    form.days.weekly_hours.setText("4")
    form.templates.choose("")
    form.measures.rows["reply_rate"].target.setText("75")
    form.submit()
    wish = wishes[0]
    assert (wish.community, wish.starts_on, wish.template) == ("Cold chain circle", TODAY + timedelta(days=3), None)
    assert wish.measures == (Chosen("reply_rate", 0.75),)
    assert wish.charter == {
        "sponsor": "Musa Example",
        "problem": "Pumps stand still",
        "roles": (RoleLine("Champion", "Noor Example"),),
        "weekly_hours": 4.0,
    }


def test_objectives_of_a_template_come_along_and_nothing_is_measured_twice(form: PlanForm, wishes):
    fill(form)
    form.measures.rows["retention"].tick.setChecked(True)
    form.templates.choose("welcome")
    assert form.numbers.taken.isChecked()
    form.submit()
    assert [each.measure for each in wishes[0].objectives] == ["new_contributors", "retention", HAND_KEPT]
    assert wishes[0].measures == (Chosen("reply_rate", None),)
    form.measures.clear()
    form.submit()
    assert len(wishes) == 2
    form.numbers.taken.setChecked(False)
    form.submit()
    assert form.problems() == {"measures": WHY["measures"]}


def test_steps_are_walked_by_buttons_and_each_begins_with_its_first_field(form: PlanForm):
    assert [form.steps.tabText(place) for place in range(form.steps.count())] == list(STEPS)
    assert not form.frame.back.isVisible()
    form.frame.next.click()
    assert form.starts_on.line.hasFocus()
    form.frame.next.click()
    assert form.measures.focusProxy().hasFocus()
    assert not form.frame.next.isVisible()
    form.frame.back.click()
    assert form.steps.currentIndex() == 1


def test_a_problem_on_another_step_is_turned_to(form: PlanForm, wishes):
    fill(form)
    form.days.weekly_hours.setText("many")
    form.submit()
    assert form.steps.currentIndex() == 1
    assert form.problems() == {"weekly_hours": "A number of hours, such as 5."}
    assert wishes == []


def test_the_type_of_the_community_is_said(form: PlanForm):
    assert not form.fields["kind"].isVisible()
    form.community.setText("Water in schools")
    assert form.about.kind.currentText() == "Community of practice"
    assert form.fields["kind"].hint.text() == "Targets are proposed from it."
    form.community.setText("Cold chain circle")
    assert form.about.kind.currentText() == "Not set"
    assert form.fields["kind"].hint.text().startswith("It is not known, so no targets are proposed.")
    form.community.clear()
    assert not form.fields["kind"].isVisible()


def test_a_type_is_chosen_once_and_stays_with_its_community(form: PlanForm):
    form.community.setText("Cold chain circle")
    form.about.kind.setCurrentIndex(1 + list(CommunityType).index(CommunityType.PROJECT_TEAM))
    assert form.fields["kind"].hint.text().endswith("It becomes the community's type when the plan starts.")
    assert form.draft()["kind"] is CommunityType.PROJECT_TEAM
    form.community.setText("Water in schools")
    form.community.setText("Cold chain circle")
    assert form.about.kind.value() is CommunityType.PROJECT_TEAM


def test_tab_goes_down_the_page_and_a_word_after_the_sponsor_has_a_place(qtbot, form: PlanForm):
    form.community.setText("Water in schools")
    about = form.about
    role = about.roles.lines[0]
    stops = [
        form.name, form.community, about.kind, *about.texts.values(), form.owner, about.sponsor, *role.controls,
        about.roles.add,
    ]  # fmt: skip
    form.name.setFocus()
    for stop in stops:
        assert form.focusWidget() is stop
        qtbot.keyClick(stop, Qt.Key.Key_Tab)
    tops = [stop.mapTo(form, stop.rect().topLeft()).y() for stop in stops[5:]]
    assert tops == sorted(tops)
    about.sponsor.setFocus()
    qtbot.keyClick(about.sponsor, Qt.Key.Key_Return)
    qtbot.keyClicks(form.focusWidget(), " ")
    assert about.roles.lines == [role]


def test_communities_much_like_the_plan_are_asked_for_after_a_pause_and_named(qtbot, form: PlanForm):
    with qtbot.waitSignal(form.alike_wanted) as asked:
        form.name.setText("Water at school")
    assert asked.args == ["Water at school"]
    form.show_alike([("Water in schools", "by its name"), ("Cold chain circle", "cold")])
    assert form.about.similar.text.startswith("2 communities are much like this: “Water in schools” (by its name)")
    form.about.similar.take.click()
    assert form.community.text() == "Water in schools"
    form.show_alike([("Water in schools", "by its name")])
    assert form.about.similar.isHidden()


def test_what_was_typed_is_left_behind_once_and_taken_up_again(qtbot, context: Context, form: PlanForm):
    heard: list[dict[str, object]] = []
    form.left_behind.connect(heard.append)
    form.hide()
    assert heard == []
    form.show()
    fill(form)
    form.measures.hand.choose(Chosen(HAND_KEPT, 40.0, "People at the webinar", "people"))
    form.about.roles.show_roles((RoleLine("Champion", "Noor Example"),))
    form.templates.choose("welcome")
    form.hide()
    form.show()
    form.hide()
    assert len(heard) == 1
    begin(qtbot, context, form, {})
    assert form.name.text() == ""
    begin(qtbot, context, form, heard[0], is_draft=True)
    assert form.draft() == heard[0]
    assert form.frame.draft_line.text() == "Draft kept from last time."
    assert form.templates.key == "welcome"


def test_a_draft_can_be_put_away(qtbot, context: Context, form: PlanForm):
    begin(qtbot, context, form, {"name": "Half"}, is_draft=True)
    with qtbot.waitSignal(form.discarded):
        form.frame.discard.click()


def test_cards_and_plan_of_before_come_along(qtbot, context: Context, form: PlanForm, wishes):
    own = Template("own", "Own", "", (CardDraft("Invite"),))
    begin(qtbot, context, form, {"owner": "A", "cards": (CardDraft("Left over"),), "follows": "plan", "template": own})
    assert form.days._carried.text() == "1 card of the plan before comes along."
    fill(form)
    form.submit()
    assert wishes[0].template == own
    assert [card.title for card in wishes[0].cards] == ["Left over"]
    assert wishes[0].charter["follows"] == "plan"


def test_draft_of_the_next_plan_keeps_its_cards_and_names_the_plan_before(qtbot, context: Context, form: PlanForm):
    values = {"owner": "A", "cards": (CardDraft("Left over"),), "follows": "plan", "before": "Old plan", "template": ""}
    begin(qtbot, context, form, values)
    kept = form.draft()
    begin(qtbot, context, form, {})
    assert form.frame.draft_line.text() == ""
    begin(qtbot, context, form, kept, is_draft=True)
    assert form.draft()["cards"] == (CardDraft("Left over"),)
    assert form.draft()["follows"] == "plan"
    assert form.frame.draft_line.text() == "It follows “Old plan”. Draft kept from last time."
    assert form.days._carried.text() == "1 card of “Old plan” comes along."


def test_taken_name_unknown_community_and_wrong_target_are_refused(form: PlanForm, wishes):
    fill(form)
    form.name.setText("old PLAN")
    form.community.setText("Nowhere")
    form.measures.rows["reply_rate"].target.setText("most")
    form.submit()
    assert form.problems() == {
        "name": WHY["taken"], "community": WHY["community"], "measures": WHY["target"].format(measures="Reply rate"),
    }  # fmt: skip
    assert wishes == []


def test_first_field_concerned_gets_the_keyboard(form: PlanForm):
    fill(form)
    form.measures.clear()
    form.submit()
    assert form.measures.focusProxy().hasFocus()


def test_day_0_that_is_no_day_is_refused_and_day_90_is_said(form: PlanForm, wishes):
    fill(form)
    assert form.fields["starts_on"].hint.text() == f"Day 90 is {numbers.day(TODAY + timedelta(days=90))}"
    form.starts_on.line.setText("2026-11-22")
    form.starts_on._on_left()
    assert form.fields["starts_on"].hint.text() == "Day 90 is 20 Feb 2027 (checkpoint on Monday 22 Feb)"
    form.starts_on.line.setText("soon")
    form.starts_on._on_left()
    assert form.problems() == {"starts_on": WHY["starts_on"]}
    form.submit()
    assert wishes == []
    assert form.steps.currentIndex() == 1
    form.starts_on.line.setText("tomorrow")
    form.starts_on._on_left()
    assert form.problems() == {}


def test_community_asks_for_its_values_when_its_name_is_whole(qtbot, form: PlanForm):
    heard: list[object] = []
    form.outlook_wanted.connect(lambda community, _day: heard.append(community))
    for part in ("Wat", "Water in schools", "Water in schools", "Water in"):
        form.community.setText(part)
    assert heard == [WATER, None]


def test_names_are_proposed_while_one_types(form: PlanForm):
    completer = form.community.completer()
    completer.setCompletionPrefix("CIRC")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Cold chain circle"


def test_control_return_starts_from_any_field(qtbot, form: PlanForm, wishes):
    fill(form)
    for step, control in ((0, form.purpose), (1, form.starts_on.line), (0, form.name)):
        form.steps.setCurrentIndex(step)
        control.setFocus()
        qtbot.keyClick(control, Qt.Key.Key_Return, CONTROL)
    assert len(wishes) == 3


def test_busy_form_cannot_be_sent_twice(form: PlanForm):
    form.show_busy(is_busy=True)
    assert not form.frame.start.isEnabled()
    form.show_busy(is_busy=False)
    assert form.frame.start.isEnabled()


def test_failure_is_said_at_the_foot_until_the_next_try(form: PlanForm):
    form.show_failure("The disk is full.")
    assert form.frame.problem.text == "The disk is full."
    form.submit()
    assert form.frame.problem.text == ""


@pytest.mark.parametrize("width", [1100, 600])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_form_fits_wide_and_narrow(form: PlanForm, theme: Theme, width, scale):
    theme.set_text_scale(scale)
    form.resize(width, 500)
    for step in range(len(STEPS)):
        form.steps.setCurrentIndex(step)
        assert not form.grab().isNull()
    assert form.frame.start.geometry().right() <= form.width()
