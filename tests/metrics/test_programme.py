"""The programme: activities by pillar in plans that run, communities that somebody leads."""

from datetime import date

import pytest

from tests.metrics.frames import a_frame, at
from workbench.metrics.programme import bottom_up, coordinated, pillar_balance
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


@pytest.mark.parametrize(("asked_for", "unsaid", "share", "doubts"), [(2, 3, 0.4, 1), (2, 0, 0.4, 0), (0, 5, None, 1)])
def test_one_card_that_says_who_asked_does_not_make_all_communities_asked_for(asked_for, unsaid, share, doubts):
    told = Coordination(1, 5, asked_for=asked_for, unsaid=unsaid)
    value = bottom_up(a_frame(coordination=told), FEBRUARY, as_of=NOW)
    assert (value.value, value.denominator, len(value.detail["doubts"])) == (share, 5, doubts)


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
