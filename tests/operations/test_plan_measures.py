"""Plan measures: now, and at a checkpoint, over the same 90 days as the baseline; hand-kept ones by their readings."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.archives import a_mail
from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.operations.plan_measures import current_values, freeze_checkpoint
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.operations.sources import import_mailing_list
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.views import HAND_KEPT
from workbench.queries.plans import plan_checkpoints
from workbench.workspace import Workspace

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
DAY_0 = date(2024, 5, 1)


@pytest.fixture
def workspace(tmp_path: Path):
    """Two questions on 6 and 7 May 2024, the first answered two hours later, a third on 12 June."""
    hours = (datetime(2024, 5, 6, 9, tzinfo=UTC) - datetime(2024, 1, 1, 9, tzinfo=UTC)) / timedelta(hours=1)
    archive = tmp_path / "mail.mbox"
    mails = [
        a_mail(3, hours=hours),
        a_mail(4, to=3, hours=hours + 2),
        a_mail(6, hours=hours + 24),
        a_mail(7, hours=hours + 24 * 37),
    ]
    archive.write_bytes(b"".join(mails))
    with a_workspace(tmp_path, clock=a_clock(NOW)) as workspace:
        import_mailing_list(workspace, paths=[archive], community="Water Points")
        yield workspace


def a_plan(workspace: Workspace) -> PlanId:
    plan_id = start_plan(
        workspace, name="Seals", purpose="Answers come", owner="Amina Example", starts_on=DAY_0, community="Water Points",
        measures=[MeasureChoice("reply_rate", 0.8), MeasureChoice("messages")],
        objectives=[ObjectiveDraft("People come", HAND_KEPT, 40, hand_unit="people")], with_starter_cards=False,
    )  # fmt: skip
    editor = workspace.plans.open(plan_id)
    by_hand = editor.view().objectives[2].id
    for on, value in ((DAY_0, 10), (date(2024, 5, 30), 25), (date(2024, 6, 14), 31)):
        editor.add_reading(by_hand, on=on, value=value)
    return plan_id


def test_what_objectives_stand_at_now_is_read_from_the_mirror_and_the_last_reading(workspace: Workspace):
    plan_id = a_plan(workspace)
    rate, messages, people = current_values(workspace, plan_id)
    assert (rate.numerator, rate.denominator, messages.value, people.value) == (1, 3, 4, 31)
    assert rate.at == NOW
    assert people.coverage is None
    earlier = current_values(workspace, plan_id, as_of=datetime(2024, 6, 1, tzinfo=UTC))
    assert [each.value for each in earlier] == [0.5, 3, 25]


def test_a_checkpoint_is_measured_up_to_its_day_whenever_it_is_locked(workspace: Workspace):
    plan_id = a_plan(workspace)
    rate, messages, people = freeze_checkpoint(workspace, plan_id, 30)
    # Day 30 is 31 May: the question of 12 June is not in it, nor the reading of 14 June.
    assert (rate.numerator, rate.denominator, messages.value, people.value) == (1, 2, 3, 25)
    editor = workspace.plans.open(plan_id)
    editor.lock_checkpoint(30, measures=(rate, messages, people), decisions="Go on")
    assert editor.view().checkpoints[0].measures == (rate, messages, people)
    aims = [(each.target, None if each.baseline is None else each.baseline.value) for each in editor.view().objectives]
    assert [(each.target, each.baseline) for each in (rate, messages, people)] == aims
    assert [(each.measure, each.unit) for each in (rate, people)] == [("reply_rate", ""), (HAND_KEPT, "people")]


def test_what_an_objective_becomes_later_changes_nothing_of_a_locked_checkpoint(workspace: Workspace):
    plan_id = a_plan(workspace)
    editor = workspace.plans.open(plan_id)
    goal = editor.view().objectives[0].id
    editor.set_objective(goal, due=DAY_0 + timedelta(days=60))
    editor.lock_checkpoint(30, measures=freeze_checkpoint(workspace, plan_id, 30))
    locked = editor.view().checkpoints[0]
    assert locked.measures[0].due == DAY_0 + timedelta(days=60)
    editor.set_objective(goal, due=DAY_0 + timedelta(days=90), measure="first_reply_hours", target=5.0)
    editor.set_plan(holidays="CH-GE")
    assert editor.view().checkpoints[0] == locked
    with workspace.database.read() as reader:
        assert plan_checkpoints(reader, plan_id)[0].measures == locked.measures


def test_a_checkpoint_still_to_come_is_measured_up_to_today(workspace: Workspace):
    _, messages, people = freeze_checkpoint(workspace, a_plan(workspace), 90)
    assert (messages.value, people.value) == (4, 31)


def test_an_archived_objective_is_not_measured(workspace: Workspace):
    plan_id = a_plan(workspace)
    editor = workspace.plans.open(plan_id)
    editor.set_objective(editor.view().objectives[0].id, is_archived=True)
    assert [each.title for each in current_values(workspace, plan_id)] == ["Messages", "People come"]


def test_other_days_and_unknown_plans_are_refused(workspace: Workspace):
    with pytest.raises(BadInputError, match="30, 60 and 90"):
        freeze_checkpoint(workspace, a_plan(workspace), 45)
    for ask in (
        lambda: freeze_checkpoint(workspace, PlanId("no"), 30),
        lambda: current_values(workspace, PlanId("no")),
    ):
        with pytest.raises(BadInputError, match="no such plan"):
            ask()
