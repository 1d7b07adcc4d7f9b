"""The programme: activities by pillar in plans that run, communities that somebody leads."""

from datetime import date

import pytest

from tests.metrics.frames import a_frame, at
from workbench.metrics.programme import coordinated, pillar_balance
from workbench.metrics.window import last_days_over, month
from workbench.models.kinds import Pillar
from workbench.models.moments import to_day
from workbench.queries.frames_plans import Activity, Coordination

FEBRUARY = month(2024, 2)
NOW = at("2024-03-31")


def test_the_strongest_pillar_among_activities_of_running_plans():
    first = to_day(date(2024, 2, 29))
    running = [
        Activity(first, first + 90, pillar) for pillar in (Pillar.LIBRARY, Pillar.LIBRARY, Pillar.DIALOGUE, None)
    ]
    later = Activity(first + 1, first + 91, Pillar.DIALOGUE)
    value = pillar_balance(a_frame(activities=(*running, later)), FEBRUARY, as_of=NOW)
    assert (value.numerator, value.denominator) == (2, 4)
    told = (("billboard", 0), ("u_and_i", 0), ("library", 2), ("dialogue", 1), (None, 1))
    assert value.detail["pillars"] == told


def test_communities_with_somebody_who_leads_out_of_all():
    assert coordinated(a_frame(coordination=Coordination(2, 5)), FEBRUARY, as_of=NOW).value == 0.4
    assert coordinated(a_frame(coordination=Coordination(0, 5, is_told=False)), FEBRUARY, as_of=NOW).value is None


@pytest.mark.parametrize(
    ("window", "led"),
    [
        (FEBRUARY, 0.4),
        (FEBRUARY.previous, None),
        (FEBRUARY.year_before, None),
        (last_days_over(90, NOW), 0.4),
        (last_days_over(90, NOW).previous, None),
    ],
)
def test_who_leads_today_is_not_claimed_of_the_past(window, led):
    assert coordinated(a_frame(coordination=Coordination(2, 5)), window, as_of=NOW).value == led
