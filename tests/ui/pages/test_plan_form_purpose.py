"""The first step of a new plan: everything in it is shown and answered, names are completed, likeness is named."""

import pytest

from workbench.models.kinds import CommunityType
from workbench.models.plan_parts import RoleLine
from workbench.ui.pages.plan_form_purpose import PurposeStep, SimilarBanner
from workbench.ui.theme import Theme

VALUES = {
    "name": "Safe water",
    "community": "Water in schools",
    "owner": "Amina Example",
    "sponsor": "Musa Example",
    "purpose": "Every pump runs",
    "problem": "Pumps stand still",
    "value_for_organisation": "Fewer trips",
    "value_for_members": "An answer within a day",
    "roles": (RoleLine("Champion", "Noor Example"),),
}


@pytest.fixture
def step(qtbot, ground, theme: Theme) -> PurposeStep:
    made = PurposeStep(theme)
    made.setParent(ground)
    made.resize(780, 590)
    made.show()
    made.offer(communities=["Water in schools"], people=["Amina Example"])
    return made


def test_what_is_shown_is_what_is_answered(step: PurposeStep):
    step.show_values(VALUES)
    assert step.values() == VALUES
    step.show_values({})
    assert not any(step.values().values())


@pytest.mark.parametrize("name", ["name", "community", "owner", "sponsor"])
def test_every_letter_is_told(qtbot, step: PurposeStep, name):
    with qtbot.waitSignal(step.typed):
        getattr(step, name).setText("W")


def test_known_people_complete_owner_and_sponsor(step: PurposeStep):
    for line in (step.owner, step.sponsor):
        line.completer().setCompletionPrefix("amin")
        assert line.completer().currentCompletion() == "Amina Example"


@pytest.mark.parametrize("width", [600, 1100])
def test_cards_stand_beside_one_another_where_there_is_room(step: PurposeStep, width):
    step.resize(width, 600)
    about, who = step._cards
    place = step._grid.getItemPosition(step._grid.indexOf(who))
    assert place[:2] == ((0, 1) if width > 820 else (1, 0))
    assert step._grid.getItemPosition(step._grid.indexOf(about))[:2] == (0, 0)


def test_what_is_wrong_stands_below_its_box_after_the_cards_moved_beside_one_another(qtbot, step: PurposeStep):
    step.show_kind(CommunityType.PROJECT_TEAM, is_one=True)
    step.resize(1100, 400)
    before = step.heightForWidth(1100)
    for name in ("name", "purpose"):
        step.fields[name].say_problem("A plan needs it.")
    qtbot.waitUntil(lambda: step.heightForWidth(1100) > before)
    step.resize(1100, step.heightForWidth(1100))
    field = step.fields["purpose"]
    qtbot.waitUntil(lambda: field._problem.geometry().top() > field.control.geometry().bottom())


def test_one_much_like_it_is_named_with_why_and_can_be_joined(qtbot, theme: Theme):
    banner = SimilarBanner(theme)
    qtbot.addWidget(banner)
    banner.show_found([("Water in schools", "pumps and wells")])
    assert banner.text == (
        "1 community is much like this: “Water in schools” (pumps and wells). Join, or agree the difference first."
    )
    with qtbot.waitSignal(banner.taken) as taken:
        banner.take.click()
    assert taken.args == ["Water in schools"]
    banner.show_found([])
    assert banner.text == ""
