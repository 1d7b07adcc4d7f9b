"""Checkpoints: numbers from the mirror, words saved as one goes, locked for good after one more question."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.sheet_parts import a_sheet_plan, acts_for, sheet_of, stored_view
from tests.ui.plan_samples import TODAY, listen
from tests.ui.settled import settle
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn
from workbench.operations.plans import freeze_checkpoint
from workbench.plans.drafts import CardDraft
from workbench.ui.context import Context
from workbench.ui.pages.plan_checkpoint import STAYS, CheckpointSection
from workbench.workspace import Workspace


@pytest.fixture
def plan_id(filled: Workspace) -> PlanId:
    return a_sheet_plan(filled)


@pytest.fixture
def section(qtbot, ground, filled: Workspace, context: Context, plan_id: PlanId) -> CheckpointSection:
    made = CheckpointSection(context, acts_for(context, plan_id), today=lambda: TODAY)
    made.setParent(ground)
    made.resize(780, 580)
    made.show()
    show(qtbot, filled, context, made, plan_id)
    return made


def show(qtbot, filled: Workspace, context: Context, section: CheckpointSection, plan_id: PlanId) -> None:
    section.show_sheet(sheet_of(filled, plan_id))
    settle(qtbot, context.jobs)


def lock(qtbot, filled: Workspace, context: Context, section: CheckpointSection, plan_id: PlanId) -> None:
    section.lock.click()
    section.confirm.click()
    settle(qtbot, context.jobs)
    show(qtbot, filled, context, section, plan_id)


def test_the_one_that_waits_comes_first_with_its_numbers_and_what_falls_short(filled, section, plan_id):
    row = section.row
    assert row is not None
    assert row.day == 30
    assert section.tabs.tabText(0) == "Day 30 · Missed"
    assert section._line.text.startswith("Missed: it was to be held on")
    assert [line[0] for line in section.table.lines[1:]] == ["Reply rate", "People at the webinar"]
    assert "People at the webinar: 12 people, where the way to 40 people" in section.short.text
    assert section.balance.words.text.startswith("Nothing is planned for")


def test_words_are_saved_when_they_are_left(qtbot, context, section, plan_id):
    section.texts["decisions"].setPlainText("Two champions more ")
    section.texts["decisions"].left.emit()
    assert stored_view(qtbot, context, plan_id).checkpoints[0].decisions == "Two champions more"


def test_locking_says_that_it_stays_and_asks_once_more(qtbot, filled, context, section, plan_id):
    assert section._why.text == STAYS
    section.lock.click()
    assert not section.lock.isEnabled()
    section.think_again.click()
    assert section.confirm.isHidden()
    assert stored_view(qtbot, context, plan_id).checkpoints[0].locked_at is None


def test_a_second_click_or_enter_in_the_same_place_does_not_lock(qtbot, context, section, plan_id):
    place = section.lock.geometry().center()
    qtbot.mouseClick(section.lock, Qt.MouseButton.LeftButton)
    section.layout().activate()
    assert section.confirm.isVisible()
    assert not section.confirm.geometry().contains(place)
    assert section.confirm.geometry().right() < section.lock.geometry().left()
    assert section.window().focusWidget() is section.think_again
    qtbot.mouseClick(section, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(section.think_again, Qt.Key.Key_Return)
    assert stored_view(qtbot, context, plan_id).checkpoints[0].locked_at is None


def test_the_card_for_a_checkpoint_is_done_with_its_lock_and_that_is_said(qtbot, filled, context, section, plan_id):
    said = listen(context)
    filled.plans.open(plan_id).add_card(CardDraft("Checkpoint, day 30", due_day=30))
    show(qtbot, filled, context, section, plan_id)
    lock(qtbot, filled, context, section, plan_id)
    cards = stored_view(qtbot, context, plan_id).cards
    assert [card.title for card in cards if card.column is CardColumn.DONE] == ["Checkpoint, day 30"]
    assert said[-1][0] == "Checkpoint of day 30 locked with its numbers. Its card on the board is done."


def test_a_locked_checkpoint_keeps_its_numbers_and_cannot_be_written(qtbot, filled, context, section, plan_id):
    said = listen(context)
    wanted = freeze_checkpoint(filled, plan_id, 30)
    section.texts["what_worked"].setPlainText("The Friday call")
    lock(qtbot, filled, context, section, plan_id)
    kept = stored_view(qtbot, context, plan_id).checkpoints[0]
    assert kept.locked_at is not None
    assert [each.value for each in kept.measures] == [each.value for each in wanted]
    assert kept.what_worked == "The Friday call"
    assert said[-1][0] == "Checkpoint of day 30 locked with its numbers."
    section.open_day(30)
    assert section.texts["what_worked"].isReadOnly()
    assert section.texts["what_worked"].text() == "The Friday call"
    assert section.lock.isHidden()
    assert section._line.text.startswith("Locked on")
    # The mirror may change; what was locked does not.
    section.forget_measures()
    show(qtbot, filled, context, section, plan_id)
    assert section.table.lines[2][2] == "12 people"
    # Nor does another target change what it was compared with.
    before, fell_short = section.table.lines, section.short.text
    filled.plans.open(plan_id).set_objective(kept.measures[1].objective_id, target=15.0)
    show(qtbot, filled, context, section, plan_id)
    section.open_day(30)
    assert (section.table.lines, section.short.text) == (before, fell_short)
    assert before[2][4] == "40 people"


def test_one_to_come_shows_the_numbers_of_today_and_cannot_be_locked_yet(qtbot, context, section):
    section.open_day(90)
    settle(qtbot, context.jobs)
    assert section.table.lines[0][2:4] == ("Today", "Path, day 90")
    assert section.short.isHidden()
    assert not section.lock.isEnabled()
    assert section._why.text == "It can be locked once its day has come."


def test_words_of_one_checkpoint_never_land_in_another(qtbot, context, section, plan_id):
    section.texts["next_steps"].setPlainText("A case clinic")
    section.texts["next_steps"].left.emit()
    settle(qtbot, context.jobs)
    section.open_day(60)
    assert section.texts["next_steps"].text() == ""
    section.save()
    rows = stored_view(qtbot, context, plan_id).checkpoints
    assert [row.next_steps for row in rows] == ["A case clinic", "", ""]


def test_when_all_are_locked_the_last_is_shown(qtbot, filled, context, ground):
    plan_id = a_sheet_plan(filled, name="Old", days=120)
    section = CheckpointSection(context, acts_for(context, plan_id), today=lambda: TODAY)
    section.setParent(ground)
    editor = filled.plans.open(plan_id)
    for day in (30, 60, 90):
        editor.lock_checkpoint(day, measures=())
    show(qtbot, filled, context, section, plan_id)
    assert section.row is not None
    assert section.row.day == 90
    assert section.row.falls_on >= TODAY - timedelta(days=31)
