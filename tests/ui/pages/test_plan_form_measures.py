"""The last step of a new plan: a template's objectives, what the type proposes for them, and what is not known."""

import pytest

from workbench.models.plan_parts import HAND_KEPT
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.templates import Template, shipped_template
from workbench.ui.pages.plan_form_measures import MeasuresStep
from workbench.ui.theme import Theme

ANSWERS = ObjectiveDraft("Answers", "reply_rate")
WEBINAR = ObjectiveDraft("Webinar", HAND_KEPT, 40.0)
WITH_GOALS = Template("goals", "Goals", "", (), (ANSWERS, WEBINAR))


@pytest.fixture
def step(qtbot, theme: Theme) -> MeasuresStep:
    made = MeasuresStep(theme)
    qtbot.addWidget(made)
    return made


def test_objectives_of_a_template_come_along_unless_unticked(step: MeasuresStep):
    step.show_template(WITH_GOALS)
    assert step.taken.text() == "Take the 2 objectives of “Goals”"
    assert step._titles.text == "Answers · Webinar"
    assert step.objectives() == (ANSWERS, WEBINAR)
    step.taken.setChecked(False)
    assert step.objectives() == ()
    step.show_template(WITH_GOALS)
    assert not step.taken.isChecked()


def test_a_template_without_objectives_offers_none(step: MeasuresStep):
    step.show_template(shipped_template("starter"))
    assert step.taken.isHidden()
    assert step.objectives() == ()
    step.show_template(None)
    assert step.objectives() == ()


def test_the_type_of_the_community_proposes_missing_targets(step: MeasuresStep):
    step.show_template(WITH_GOALS)
    step.targets = {"reply_rate": 0.8}
    assert [each.target for each in step.objectives()] == [0.8, 40.0]


def test_what_is_not_known_is_said_in_a_banner(step: MeasuresStep):
    step.warn("Not known")
    assert not step._banner.isHidden()
    step.warn("")
    assert step._banner.isHidden()
