"""What the Plans page reads: plans, boards, objectives as they stand, measures on offer."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.ui.conftest import WATER
from tests.ui.plan_samples import TODAY, a_plan
from workbench.models.plan_parts import HAND_KEPT, Reading
from workbench.operations.plans import MeasureChoice
from workbench.plans.drafts import ObjectiveDraft
from workbench.ui.pages.plan_data import read_communities, read_objectives, read_plans
from workbench.workspace import Workspace


def test_archived_plans_and_cards_are_left_out(workspace: Workspace):
    plan_id, gone = a_plan(workspace), a_plan(workspace, name="Old plan")
    workspace.plans.open(gone).set_plan(is_archived=True)
    editor = workspace.plans.open(plan_id)
    editor.archive_card(editor.view().cards[0].id)
    data = read_plans(workspace.database, plan_id=plan_id, today=TODAY)
    assert [plan.name for plan in data.plans] == ["Safe water"]
    assert data.board is not None
    assert [item.title for item in data.board.items] == ["Invite two partners", "Hold the first call"]
    assert set(data.board.rows) == {item.id for item in data.board.items}
    assert data.board.owners == ("Amina Example",)
    assert read_plans(workspace.database, plan_id=gone, today=TODAY).board is None


def test_objectives_stand_where_the_summary_says(filled: Workspace):
    # Day 0 lies before the hole of ten days; the last 90 days are known to 89 %.
    measures = [MeasureChoice("reply_rate", 0.9), MeasureChoice("contributors", 5.0)]
    plan_id = a_plan(filled, community=WATER, measures=measures, starts_on=TODAY - timedelta(days=20))
    board = read_plans(filled.database, plan_id=plan_id, today=TODAY).board
    assert board is not None
    found = read_objectives(filled.database, scope=board.plan.scope, objectives=board.objectives, now=NOW)
    assert [each.metric.key for each in found] == ["reply_rate", "contributors"]
    assert all(each.now.value is not None for each in found)
    assert found[0].now.coverage == pytest.approx(80 / 90)
    assert {each.standing for each in found} == {"not known"}


def test_communities_are_named(filled: Workspace, water_id):
    assert read_communities(filled.database)[water_id] == WATER


def test_an_objective_kept_by_hand_stands_at_its_last_reading(filled: Workspace):
    plan_id = a_plan(filled)
    editor = filled.plans.open(plan_id)
    editor.add_objective(ObjectiveDraft("Webinar", HAND_KEPT, 40.0, readings=(Reading(TODAY, 12.0),)))
    board = read_plans(filled.database, plan_id=plan_id, today=TODAY).board
    assert board is not None
    found = read_objectives(filled.database, scope=(), objectives=board.objectives, now=NOW)[1]
    assert (found.metric, found.now.value, found.standing) == (None, 12.0, "not yet moving")
    early = read_objectives(filled.database, scope=(), objectives=board.objectives, now=NOW, starts_on=NOW.date())[1]
    assert early.standing == "starting"


def test_archived_plans_stand_beside_those_in_use(workspace: Workspace):
    gone = a_plan(workspace, name="Old plan")
    workspace.plans.open(gone).set_plan(is_archived=True)
    for plan_id in (None, gone):
        assert [plan.name for plan in read_plans(workspace.database, plan_id=plan_id, today=TODAY).archived] == [
            "Old plan"
        ]
