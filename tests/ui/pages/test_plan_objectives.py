"""The objectives of a plan: edits are saved, values come by themselves, another is added with its baseline frozen."""

import pytest

from tests.ui.pages.sheet_parts import a_sheet_plan, acts_for, sheet_of, stored_view
from tests.ui.plan_samples import TODAY, listen
from tests.ui.settled import settle
from workbench.ids import PlanId
from workbench.models.plan_parts import HAND_KEPT, Reading
from workbench.ui.context import Context
from workbench.ui.pages.plan_objectives import ObjectivesSection
from workbench.workspace import Workspace


@pytest.fixture
def plan_id(filled: Workspace) -> PlanId:
    return a_sheet_plan(filled)


@pytest.fixture
def section(qtbot, ground, filled: Workspace, context: Context, plan_id: PlanId) -> ObjectivesSection:
    made = ObjectivesSection(context, acts_for(context, plan_id), today=lambda: TODAY)
    made.setParent(ground)
    made.resize(780, 580)
    made.show()
    show(qtbot, filled, context, made, plan_id)
    return made


def show(qtbot, filled: Workspace, context: Context, section: ObjectivesSection, plan_id: PlanId) -> None:
    section.show_sheet(sheet_of(filled, plan_id))
    settle(qtbot, context.jobs)


def card_of(section: ObjectivesSection, title: str):
    return next(card for card in section.cards.values() if card.title.text() == title)


def test_values_come_by_themselves_and_are_read_again_only_when_asked(qtbot, filled, context, section, plan_id):
    assert set(section.paths) == set(section.cards)
    assert "now …" not in card_of(section, "Reply rate")._facts.text
    before = section.paths
    show(qtbot, filled, context, section, plan_id)
    assert section.paths is before
    section.forget_measures()
    show(qtbot, filled, context, section, plan_id)
    assert section.paths is not before


def test_edits_and_readings_of_a_card_are_saved(qtbot, context, section, plan_id):
    by_hand = card_of(section, "People at the webinar")
    by_hand.title.setText("People at the call")
    by_hand.title.left.emit()
    by_hand.reading_added.emit(TODAY, 25.0, "by phone")
    objective = stored_view(qtbot, context, plan_id).objectives[1]
    assert objective.title == "People at the call"
    assert objective.readings[-1] == Reading(TODAY, 25.0, "by phone")
    by_hand.reading_removed.emit(TODAY)
    assert len(stored_view(qtbot, context, plan_id).objectives[1].readings) == 1


def test_another_objective_begins_with_the_baseline_before_day_0(qtbot, context, section, plan_id):
    form = section.add
    form.title.setText("More people write")
    form.measure.setCurrentIndex(form.measure.findData("contributors"))
    form.target.setText("9")
    form.submit()
    added = stored_view(qtbot, context, plan_id).objectives[-1]
    assert (added.title, added.measure, added.target) == ("More people write", "contributors", 9.0)
    assert added.baseline is not None
    assert added.baseline.value is not None
    assert form.title.text() == ""


def test_one_kept_by_hand_is_added_with_its_unit_and_a_share_as_a_share(qtbot, context, section, plan_id):
    form = section.add
    form.title.setText("Score of the survey")
    form.measure.setCurrentIndex(form.measure.findData(HAND_KEPT))
    form.unit.setText("points")
    form.target.setText("4.5")
    form.submit()
    form.title.setText("Curious")
    form.measure.setCurrentIndex(form.measure.findData("curiosity"))
    assert form.fields["unit"].isHidden()
    form.target.setText("20 %")
    form.submit()
    hand, share = stored_view(qtbot, context, plan_id).objectives[-2:]
    assert (hand.measure, hand.hand_unit, hand.target, hand.baseline) == (HAND_KEPT, "points", 4.5, None)
    assert share.target == 0.2


@pytest.mark.parametrize(("title", "target"), [("", "5"), ("More people write", "many")])
def test_an_objective_without_words_or_with_a_wrong_target_is_refused(section, title, target):
    section.add.title.setText(title)
    section.add.target.setText(target)
    section.add.submit()
    assert section.add.problem


def test_archived_ones_wait_behind_a_button_and_the_last_one_stays(qtbot, filled, context, section, plan_id):
    said = listen(context)
    card_of(section, "Reply rate").archive.click()
    settle(qtbot, context.jobs)
    show(qtbot, filled, context, section, plan_id)
    assert said[-1] == ("Objective archived.", "edit.undo")
    assert [card.title.text() for card in section.cards.values()] == ["People at the webinar"]
    assert section.archived.text() == "Show 1 archived objective"
    section.archived.click()
    card_of(section, "People at the webinar").archive.click()
    assert said[-1][0].startswith("A plan keeps at least one objective")
    card_of(section, "Reply rate").archive.click()
    assert not any(each.is_archived for each in stored_view(qtbot, context, plan_id).objectives)


def test_what_is_typed_stays_while_a_reading_arrives(qtbot, filled, context, section, plan_id):
    section.window().activateWindow()
    qtbot.waitUntil(section.window().isActiveWindow)
    card = card_of(section, "Reply rate")
    card.title.setFocus()
    card.title.setText("Questions answ")
    show(qtbot, filled, context, section, plan_id)
    assert card.title.text() == "Questions answ"
    assert card.title.hasFocus()
