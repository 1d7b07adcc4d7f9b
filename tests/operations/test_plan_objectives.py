"""Plan objectives: one that comes later has the baseline of day 0, and so has one whose measure changes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.archives import a_mail
from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.operations.plan_objectives import add_objective, change_objective
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.operations.sources import import_mailing_list
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.views import HAND_KEPT
from workbench.workspace import Workspace

DAY_0 = date(2024, 5, 1)


@pytest.fixture
def workspace(tmp_path: Path):
    """Two messages in April 2024, before day 0, and three in May; today is 15 June."""
    first = datetime(2024, 1, 1, 9, tzinfo=UTC)
    days = (datetime(2024, 4, day, 9, tzinfo=UTC) for day in (8, 9))
    later = (datetime(2024, 5, day, 9, tzinfo=UTC) for day in (6, 7, 8))
    mails = [
        a_mail(number, hours=(day - first) / timedelta(hours=1)) for number, day in enumerate([*days, *later], start=1)
    ]
    archive = tmp_path / "mail.mbox"
    archive.write_bytes(b"".join(mails))
    with a_workspace(tmp_path, clock=a_clock()) as workspace:
        import_mailing_list(workspace, paths=[archive], community="Water Points")
        yield workspace


@pytest.fixture
def plan_id(workspace: Workspace) -> PlanId:
    return start_plan(
        workspace, name="Seals", purpose="Answers come", owner="Amina Example", starts_on=DAY_0,
        community="Water Points", measures=[MeasureChoice("reply_rate", 0.8)], with_starter_cards=False,
    )  # fmt: skip


def test_objective_that_comes_later_has_the_baseline_of_day_0(workspace: Workspace, plan_id: PlanId):
    added = add_objective(workspace, plan_id, ObjectiveDraft("More is written", "messages", 10))
    objective = workspace.plans.open(plan_id).view().objectives[1]
    assert objective.id == added
    assert objective.baseline is not None
    assert objective.baseline.value == 2


def test_measure_that_is_new_to_an_objective_gets_its_baseline(workspace: Workspace, plan_id: PlanId):
    editor = workspace.plans.open(plan_id)
    (objective,) = editor.view().objectives
    change_objective(workspace, plan_id, objective.id, editor=editor, measure="messages", target=10)
    changed = editor.view().objectives[0]
    assert (changed.measure, changed.baseline and changed.baseline.value) == ("messages", 2)
    change_objective(workspace, plan_id, objective.id, editor=editor, measure="reply_rate")
    assert editor.view().objectives[0].baseline == objective.baseline


def test_measure_kept_by_hand_has_none(workspace: Workspace, plan_id: PlanId):
    added = add_objective(workspace, plan_id, ObjectiveDraft("People come", HAND_KEPT, 40))
    editor = workspace.plans.open(plan_id)
    assert editor.view().objectives[1].baseline is None
    change_objective(workspace, plan_id, added, editor=editor, title="More people come")
    assert editor.view().objectives[1].title == "More people come"


def test_unknown_plan_and_measure_are_refused(workspace: Workspace, plan_id: PlanId):
    with pytest.raises(BadInputError):
        add_objective(workspace, plan_id, ObjectiveDraft("Fame", "fame"))
    with pytest.raises(BadInputError):
        add_objective(workspace, PlanId("none"), ObjectiveDraft("Messages", "messages"))
