"""The form for a new plan: what it refuses and why, beside the field; what it asks for; keyboard only."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.ui.plan_samples import TODAY
from workbench.ids import CommunityId
from workbench.ui import numbers
from workbench.ui.pages.plan_form import WHY, PlanForm, PlanWish
from workbench.ui.pages.plan_measures import Chosen
from workbench.ui.theme import Theme

WATER, COLD = CommunityId(1), CommunityId(2)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(qtbot, ground, theme: Theme) -> PlanForm:
    made = PlanForm(theme, today=lambda: TODAY)
    made.setParent(ground)
    made.resize(1100, 560)
    made.show()
    ground.resize(1100, 600)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    communities = {WATER: "Water in schools", COLD: "Cold chain circle"}
    made.begin(communities=communities, plans=["Old plan"], community=None, owner="Amina Example")
    return made


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
    assert wishes == [
        PlanWish(
            "Safe water",
            None,
            "Every question is answered",
            "Amina Example",
            (Chosen("reply_rate", None),),
            TODAY,
            with_starter_cards=True,
        )
    ]


def test_everything_chosen_is_asked_for(form: PlanForm, wishes):
    fill(form)
    form.community.setText("Cold chain circle")
    form.starts_on.set_day(TODAY + timedelta(days=3))
    form.starter.setChecked(False)
    form.measures.rows["reply_rate"].target.setText("75")
    form.submit()
    wish = wishes[0]
    assert (wish.community, wish.starts_on, wish.with_starter_cards) == (
        "Cold chain circle",
        TODAY + timedelta(days=3),
        False,
    )
    assert wish.measures == (Chosen("reply_rate", 0.75),)


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
    form.starts_on.line.setText("tomorrow")
    form.starts_on._on_left()
    assert form.problems() == {}


def test_community_asks_for_its_values_when_its_name_is_whole(qtbot, form: PlanForm):
    heard: list[object] = []
    form.community_chosen.connect(heard.append)
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
    for control in (form.purpose, form.starts_on.line, form.name):
        control.setFocus()
        qtbot.keyClick(control, Qt.Key.Key_Return, CONTROL)
    assert len(wishes) == 3


def test_busy_form_cannot_be_sent_twice(form: PlanForm):
    form.show_busy(is_busy=True)
    assert not form._start.isEnabled()
    form.show_busy(is_busy=False)
    assert form._start.isEnabled()


def test_failure_is_said_at_the_foot_until_the_next_try(form: PlanForm):
    form.show_failure("The disk is full.")
    assert form._foot_problem.text == "The disk is full."
    form.submit()
    assert form._foot_problem.text == ""


@pytest.mark.parametrize("width", [1100, 600])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_form_fits_wide_and_narrow(form: PlanForm, theme: Theme, width, scale):
    theme.set_text_scale(scale)
    form.resize(width, 500)
    assert not form.grab().isNull()
    assert form._start.geometry().right() <= form.width()
