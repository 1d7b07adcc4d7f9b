"""The charts of a summary: objectives on their way first, with their targets; nothing drawn that may not leave."""

from datetime import date, timedelta

import pytest

from tests.export.test_gather import START, Scene
from workbench.models.plan_parts import HAND_KEPT, Reading
from workbench.plans.drafts import ObjectiveDraft

DAY = timedelta(days=1)


@pytest.fixture
def scene(tmp_path):
    made = Scene(tmp_path)
    yield made
    made.network.database.close()


def test_each_objective_is_drawn_from_day_0_to_now_with_its_target(scene: Scene):
    plan_id = scene.plan(
        ObjectiveDraft("More is said", "messages", 90.0), ObjectiveDraft("Answered", "reply_rate", 0.8)
    )
    first, second, *community = scene.summary(plan_id, day=37).charts
    assert (first.title, first.target) == ("More is said: messages", 90.0)
    assert (first.is_trailing, community[0].is_trailing) == (True, False)
    assert (second.title, second.unit, second.target) == ("Answered: reply rate", "share", 0.8)
    assert [point.week for point in first.points] == [*(START + n * 7 * DAY for n in range(6)), START + 37 * DAY]
    assert {point.value for point in first.points} == {72, 78}
    now = scene.summary(plan_id, day=37).measures
    assert (first.points[-1].value, second.points[-1].value) == (now[0].now.value, now[1].now.value)
    assert [chart.title for chart in community] == ["Messages per week", "Reply rate per week"]


def test_a_measure_kept_by_hand_is_drawn_by_its_readings_of_the_plan(scene: Scene):
    days = (START - DAY, START, START + 20 * DAY, START + 80 * DAY)
    readings = tuple(Reading(on, float(value)) for value, on in enumerate(days))
    plan_id = scene.plan(ObjectiveDraft("A" * 60, HAND_KEPT, 20.0, hand_unit="people", readings=readings))
    chart = scene.summary(plan_id, day=37).charts[0]
    assert (chart.title, chart.target) == ("A" * 43 + "…", 20.0)
    assert [(point.week, point.value) for point in chart.points] == [(START, 1.0), (START + 20 * DAY, 2.0)]


@pytest.mark.parametrize("day", [-5, 0])
def test_a_way_of_one_point_is_no_chart(scene: Scene, day: int):
    titles = [chart.title for chart in scene.summary(scene.plan(), day=day).charts]
    assert titles == ["Messages per week", "Reply rate per week"]


def test_what_counts_fewer_than_five_people_is_not_drawn(scene: Scene):
    few = scene.network.community("Few")
    scene.network.cover(few, date(2024, 1, 1), date(2024, 6, 30))
    scene.write(("Amina", "Bo"), community=few)
    plan_id = scene.plan(ObjectiveDraft("More write", "contributors", 9.0), community_id=few)
    chart = scene.summary(plan_id, day=37).charts[0]
    assert {(point.value, point.is_known) for point in chart.points} == {(None, True)}
