"""Plan follow-up: lessons and unfinished cards are offered to the next plan by themselves."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import a_workspace
from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn, CardKind
from workbench.operations.plan_follow_up import carry_over
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.plans.drafts import CardDraft
from workbench.plans.views import Recurrence
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        yield workspace


def a_plan(workspace: Workspace, name: str = "First", **given: object) -> PlanId:
    return start_plan(
        workspace, name=name, purpose="p", owner="Amina Example", measures=[MeasureChoice("messages")],
        with_starter_cards=False, **given,  # type: ignore[arg-type]  # fields by name
    )  # fmt: skip


def test_what_is_not_done_comes_again_without_its_days_and_what_was_learned_comes_first(workspace: Workspace):
    promise = CardDraft("A room", kind=CardKind.COMMITMENT, promised_to="Bilal Example", due_on=date(2024, 9, 1))
    plan_id = a_plan(
        workspace,
        cards=[
            CardDraft("done", column=CardColumn.DONE),
            CardDraft("begun", column=CardColumn.DOING, due_day=5, checklist=("Look", "Write")),
            promise,
            CardDraft("weekly", due_day=1, recurrence=Recurrence(7, 90)),
            CardDraft("dropped"),
        ],
    )
    editor = workspace.plans.open(plan_id)
    cards = {card.title: card for card in editor.view().cards}
    editor.archive_card(cards["dropped"].id)
    editor.set_check(cards["begun"].id, cards["begun"].checklist[0].id, is_done=True)
    editor.set_plan(lessons="Ask sooner", worked="Calls")
    carried = carry_over(workspace, plan_id)
    assert (carried.follows, carried.lessons, carried.worked, carried.did_not_work) == (
        plan_id,
        "Ask sooner",
        "Calls",
        "",
    )
    lessons, *again = carried.cards
    assert lessons.title == "Read what “First” taught"
    assert lessons.notes == "Lessons: Ask sooner\n\nWhat worked: Calls"
    assert [(card.title, card.column, card.due_day, card.due_on, card.recurrence) for card in again] == [
        ("begun", CardColumn.TODO, None, None, None),
        ("A room", CardColumn.TODO, None, date(2024, 9, 1), None),
        ("weekly", CardColumn.TODO, None, None, None),
    ] or {card.title for card in again} == {"begun", "A room", "weekly"}
    assert next(card.checklist for card in again if card.title == "begun") == ("Write",)


def test_the_next_plan_knows_the_one_before_and_has_its_cards(workspace: Workspace):
    first = a_plan(workspace, cards=[CardDraft("begun")])
    carried = carry_over(workspace, first)
    second = workspace.plans.open(a_plan(workspace, "Second", cards=carried.cards, follows=carried.follows)).view()
    assert second.follows == first
    assert [card.title for card in second.cards] == ["begun"]


def test_a_series_that_is_over_is_not_carried_over(workspace: Workspace):
    plan_id = a_plan(workspace, cards=[CardDraft("weekly", due_day=1, recurrence=Recurrence(7, 9))])
    editor = workspace.plans.open(plan_id)
    for card in editor.view().cards:
        editor.move_card(card.id, to=CardColumn.DONE, index=0)
    assert carry_over(workspace, plan_id).cards == ()


def test_an_unknown_plan_is_refused(workspace: Workspace):
    with pytest.raises(BadInputError, match="no longer in the profile"):
        carry_over(workspace, PlanId("no"))
