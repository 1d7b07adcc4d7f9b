"""Rows of plans: named by id or title, and compared before and after."""

from pathlib import Path

import pytest

from tests.builders import a_workspace
from workbench.cli.plan_rows import Stand, touched
from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.plans.drafts import CardDraft


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        yield workspace


@pytest.fixture
def plan_id(workspace) -> PlanId:
    """A plan with the cards One, Two, Two."""
    made = start_plan(
        workspace, name="P", purpose="p", owner="o", measures=[MeasureChoice("messages")], with_starter_cards=False
    )
    workspace.plans.open(made).add_cards([CardDraft("One"), CardDraft("Two"), CardDraft("Two")])
    return made


def test_card_is_found_by_id_or_by_the_title_it_alone_has(workspace, plan_id: PlanId):
    stand = Stand.of(workspace, plan_id)
    one, two, _ = stand.cards
    assert stand.card("One") == one.id
    assert stand.card(two.id) == two.id
    for wanted in ("Two", "Three"):
        with pytest.raises(BadInputError):
            stand.card(wanted)
    with pytest.raises(BadInputError):
        stand.card("One", is_archived=True)
    assert stand.objective("Messages") == stand.objectives[0].id


def test_unknown_plan_is_refused(workspace):
    with pytest.raises(BadInputError):
        Stand.of(workspace, PlanId("none"))


def test_only_what_differs_is_told(workspace, plan_id: PlanId):
    before = Stand.of(workspace, plan_id)
    assert touched(before, before) == []
    editor = workspace.plans.open(plan_id)
    editor.move_card(before.cards[0].id, to=CardColumn.DONE, index=0)
    editor.set_plan(sponsor="Dina Placeholder")
    rows = touched(before, Stand.of(workspace, plan_id))
    assert [(row["what"], row["title"], row["fields"]) for row in rows] == [
        ("plan", "P", ["sponsor"]),
        ("card", "One", ["column", "done_on"]),
    ]
