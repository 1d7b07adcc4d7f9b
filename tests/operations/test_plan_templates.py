"""Plan templates: the shipped ones and one's own, kept in the encrypted profile."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_workspace
from workbench.errors import BadInputError
from workbench.operations.plan_templates import find_template, forget_template, keep_template, list_templates
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.plans.drafts import CardDraft
from workbench.plans.templates import SHIPPED, template_from_plan
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        yield workspace


def a_template(workspace: Workspace, title: str = "Our way"):
    plan_id = start_plan(
        workspace, name=f"Plan for {title}", purpose="p", owner="Amina Example", measures=[MeasureChoice("messages")],
        with_starter_cards=False, cards=[CardDraft("Greet Zebedee Example", due_day=3)],
    )  # fmt: skip
    return template_from_plan(workspace.plans.open(plan_id).view(), title=title)


def test_the_shipped_ones_come_first_then_ones_own_by_title(workspace: Workspace):
    keep_template(workspace, a_template(workspace, "Zest"))
    keep_template(workspace, a_template(workspace, "Our way"))
    assert [template.key for template in list_templates(workspace)] == [*SHIPPED, "our_way", "zest"]
    assert find_template(workspace, "zest").cards[0].due_day == 3


def test_a_plan_starts_from_ones_own_template_with_its_cards_and_objectives(workspace: Workspace):
    kept = keep_template(workspace, a_template(workspace))
    plan_id = start_plan(workspace, name="Again", purpose="p", owner="Amina Example", template=kept.key)
    view = workspace.plans.open(plan_id).view()
    assert [card.title for card in view.cards] == ["Greet Zebedee Example"]
    assert [objective.measure for objective in view.objectives] == ["messages"]


def test_one_of_the_same_title_takes_the_place_of_the_one_before_but_never_of_a_shipped_one(workspace: Workspace):
    keep_template(workspace, a_template(workspace))
    keep_template(workspace, replace(a_template(workspace, "Another"), title="our WAY"))
    kept = keep_template(workspace, a_template(workspace, "Starter"))
    assert kept.key == "own_starter"
    assert [template.title for template in list_templates(workspace)[len(SHIPPED) :]] == ["our WAY", "Starter"]
    assert find_template(workspace, "starter").title == "Starter plan for 90 days"


def test_ones_own_are_taken_away_and_shipped_ones_stay(workspace: Workspace):
    keep_template(workspace, a_template(workspace))
    forget_template(workspace, "our_way")
    with pytest.raises(BadInputError, match="no template “our_way”; there are starter"):
        find_template(workspace, "our_way")
    with pytest.raises(BadInputError, match="stay"):
        forget_template(workspace, "starter")


def test_one_that_a_newer_version_kept_is_left_out_and_left_alone(workspace: Workspace):
    workspace.notes.set_preference("template.new", '"{\\"format\\": 99}"')
    assert [template.key for template in list_templates(workspace)] == list(SHIPPED)
    with pytest.raises(BadInputError, match="newer version"):
        find_template(workspace, "new")


def test_no_folder_of_the_profile_tells_what_a_template_says(workspace: Workspace):
    keep_template(workspace, a_template(workspace))
    files = [path for path in workspace.profile.rglob("*") if path.is_file()]
    assert files
    assert not any(b"Zebedee" in path.read_bytes() for path in files)


def test_a_template_without_a_title_is_refused(workspace: Workspace):
    with pytest.raises(BadInputError, match="needs a title"):
        keep_template(workspace, template_from_plan(workspace.plans.open(start_plan(
            workspace, name="x", purpose="p", owner="Amina Example", measures=[MeasureChoice("messages")],
        )).view(), title=" "))  # fmt: skip
