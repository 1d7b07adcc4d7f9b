"""Looking back: what is written is saved, and what is not done is offered to the next plan by itself."""

from dataclasses import replace

import pytest

from tests.ui.pages.sheet_parts import a_sheet_plan, acts_for, sheet_of, stored_view
from tests.ui.plan_samples import a_row
from tests.ui.settled import settle
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn
from workbench.ui.context import Context
from workbench.ui.pages.plan_looking_back import LookingBackSection, open_words
from workbench.workspace import Workspace


@pytest.fixture
def plan_id(filled: Workspace) -> PlanId:
    return a_sheet_plan(filled, days=95, lessons="Call, do not write")


@pytest.fixture
def section(qtbot, ground, filled: Workspace, context: Context, plan_id: PlanId) -> LookingBackSection:
    made = LookingBackSection(context, acts_for(context, plan_id))
    made.setParent(ground)
    made.show()
    made.show_sheet(sheet_of(filled, plan_id))
    settle(qtbot, context.jobs)
    return made


def test_unfinished_cards_and_the_lessons_are_ticked_for_the_next_plan(section: LookingBackSection):
    assert [tick.text() for tick in section.ticks] == [
        "Read what “Safe water” taught",
        "Ask five schools for photos",
        "Invite two partners",
    ]
    assert all(tick.isChecked() for tick in section.ticks)
    assert section._about.text == "2 cards are not done; untick what should end here."


def test_times_of_a_series_are_told_from_cards():
    cards = [a_row(f"c#{n}", series_id="c") for n in range(4)]
    done = replace(cards[0], column=CardColumn.DONE)
    said = open_words([done, *cards[1:], a_row("Invite")])
    assert (
        said == "2 cards are not done (4 on the board, which shows each time of a series); untick what should end here."
    )


def test_what_is_unticked_ends_with_this_plan(qtbot, section: LookingBackSection, plan_id):
    section.ticks[1].setChecked(False)
    with qtbot.waitSignal(section.next_wanted) as asked:
        section.start.click()
    carried = asked.args[0]
    assert [card.title for card in carried.cards] == ["Read what “Safe water” taught", "Invite two partners"]
    assert carried.follows == plan_id


def test_all_are_unticked_and_ticked_again_at_once(section: LookingBackSection):
    section.ticks[1].setChecked(False)
    section.every.click()
    assert [tick.isChecked() for tick in section.ticks] == [False] * 3
    assert section.every.text() == "Tick all"
    section.every.click()
    assert all(tick.isChecked() for tick in section.ticks)


def test_words_are_saved_and_unticked_cards_stay_unticked_after_a_reading(
    qtbot, filled, context, section: LookingBackSection, plan_id
):
    section.ticks[2].setChecked(False)
    section.texts["worked"].setPlainText("The Friday call")
    section.texts["worked"].left.emit()
    assert stored_view(qtbot, context, plan_id).worked == "The Friday call"
    section.show_sheet(sheet_of(filled, plan_id))
    settle(qtbot, context.jobs)
    assert [tick.isChecked() for tick in section.ticks] == [True, True, False]


def test_a_plan_that_is_followed_already_says_so(qtbot, filled, context, section: LookingBackSection, plan_id):
    a_sheet_plan(filled, name="Second round", follows=plan_id)
    section.show_sheet(sheet_of(filled, plan_id))
    section._asked = None
    section.show_sheet(sheet_of(filled, plan_id))
    settle(qtbot, context.jobs)
    assert "“Second round” follows this plan already." in section._about.text
