"""What the plan sheet reads: the plan whole, and each objective over the weeks of its plan."""

from datetime import date, timedelta

from tests.builders import NOW
from tests.ui.conftest import WATER
from tests.ui.pages.sheet_parts import a_sheet_plan, sheet_of
from tests.ui.plan_samples import TODAY
from workbench.export.paths import path_days
from workbench.ids import PlanId
from workbench.operations.partners import own_identity
from workbench.operations.plan_measures import measured_before
from workbench.ui.pages.plan_sheet_data import read_paths, read_sheet
from workbench.workspace import Workspace


def test_the_whole_plan_is_read_with_names_to_complete_from(filled: Workspace):
    first = a_sheet_plan(filled, name="First")
    data = sheet_of(filled, a_sheet_plan(filled, follows=first))
    assert (data.before, sheet_of(filled, first).after) == ("First", "Safe water")
    assert [row.day for row in data.checkpoints] == [30, 60, 90]
    assert data.people == ("Amina Example", "Ilya Example", "Musa Example")
    assert WATER in data.communities
    assert len(data.cards) == 2
    assert read_sheet(filled.database, plan_id=PlanId("gone")) is None


def test_archived_objectives_come_last_and_are_not_in_force(filled: Workspace):
    plan_id = a_sheet_plan(filled)
    first = sheet_of(filled, plan_id).objectives[0]
    filled.plans.open(plan_id).set_objective(first.id, is_archived=True)
    data = sheet_of(filled, plan_id)
    assert data.objectives[-1].id == first.id
    assert [each.title for each in data.live] == ["People at the webinar"]


def test_a_lock_says_whose_it_is_by_name_and_never_by_mark(filled: Workspace):
    plan_id = a_sheet_plan(filled)
    filled.plans.open(plan_id).lock_checkpoint(30, measures=())
    assert sheet_of(filled, plan_id).checkpoints[0].locked_by == ""
    own_identity(filled, name="Amina Example")
    assert sheet_of(filled, plan_id).checkpoints[0].locked_by == "Amina Example"


def test_days_of_a_path_are_weeks_from_day_0_up_to_today_or_day_90():
    start = date(2024, 5, 6)
    assert path_days(start, start - timedelta(days=1)) == ()
    assert path_days(start, start) == (start,)
    assert path_days(start, start + timedelta(days=9)) == (start, start + timedelta(days=7), start + timedelta(days=9))
    assert path_days(start, start + timedelta(days=400))[-1] == start + timedelta(days=90)


def test_a_path_stands_beside_its_baseline_and_what_is_not_known_says_so(filled: Workspace):
    plan_id = a_sheet_plan(filled)
    data = sheet_of(filled, plan_id)
    paths = read_paths(filled.database, plan=data.plan, objectives=data.live, now=NOW)
    measured, by_hand = (paths[each.id] for each in data.live)
    assert [point.on for point in measured.points] == list(path_days(data.plan.starts_on, TODAY))
    # Day 0 lies before the hole of ten days, so its point is the frozen baseline itself.
    assert measured.points[0].value == data.live[0].baseline_value
    assert measured.points[0].is_known
    assert not measured.points[-1].is_known
    assert measured.standing == "not known"
    assert measured.now is not None
    with filled.database.read() as reader:
        scope = (data.plan.community_id,) if data.plan.community_id is not None else ()
        value = measured_before(reader, [data.live[0]], scope=scope, day=measured.points[2].on)["reply_rate"]
    assert measured.points[2].value == value.value
    assert [point.value for point in by_hand.points] == [12.0]
    assert by_hand.standing == "not yet moving"
