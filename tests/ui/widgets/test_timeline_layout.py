"""Days as distances, lines in groups, phases and hours: what the timeline of a plan is made of."""

from datetime import timedelta
from itertools import pairwise

from tests.ui.widgets.spans import MONDAY, a_span, day
from workbench.plans.hours import WeekHours
from workbench.ui.widgets.timeline_layout import (
    GroupLine,
    TimeScale,
    lines_of,
    load_words,
    loads,
    phase_bands,
    stretch_of,
)


def test_the_plan_is_shown_from_day_0_to_90_with_room_for_cards_beyond():
    assert stretch_of([], starts_on=MONDAY) == (day(-4), 99)
    first, days = stretch_of([a_span("a", -20), a_span("b", 100, 120)], starts_on=MONDAY)
    assert (first, first + timedelta(days=days - 1)) == (day(-24), day(124))


def test_a_card_years_away_does_not_press_the_plan_together():
    first, days = stretch_of([a_span("a", -100_000), a_span("b", 100_000)], starts_on=MONDAY)
    assert first == day(-734)
    assert days < 1600


def test_days_are_where_they_are_found():
    scale = TimeScale(MONDAY, 10, 8.5)
    assert (scale.width, scale.last) == (85, day(9))
    for number in range(10):
        assert scale.day(scale.at(day(number)) + 4) == day(number)
    assert (scale.day(-50), scale.day(5000)) == (day(0), day(9))


def test_phases_cover_every_day_once():
    scale = TimeScale(day(-4), 99, 1)
    bands = phase_bands(scale, starts_on=MONDAY)
    assert [band.title for band in bands] == ["Prepare", "Listen", "Activate", "Show value", "Close"]
    assert (bands[0].first, bands[-1].last) == (scale.first, scale.last)
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(bands))


def test_lines_stand_by_their_first_day_under_the_head_of_their_group():
    late, early, window = a_span("late", 5), a_span("early", 2), a_span("window", 2, 9)
    assert lines_of([("", [late, window, early])]) == [early, window, late]
    assert lines_of([("Pumps", [late]), ("Nobody", []), ("Maps", [early])]) == [
        GroupLine("Pumps", 1), late, GroupLine("Maps", 1), early,
    ]  # fmt: skip


def test_a_week_weighs_what_its_busiest_person_gives():
    hours = [WeekHours(MONDAY, "Amina Example", 2), WeekHours(MONDAY, "Luis Ejemplo", 6.04), WeekHours(day(7), "", 1)]
    first, second = loads(hours)
    assert (first.week, first.most, second.most) == (MONDAY, 6.04, 1)
    assert first.is_above(5.0)
    # What shows as 6.0 is not above 6.
    assert not first.is_above(6.0)
    assert load_words(first, limit=5).splitlines() == [
        "Week of Monday 3 Jun", "Luis Ejemplo: 6\N{NO-BREAK SPACE}h, above the limit",
        "Amina Example: 2\N{NO-BREAK SPACE}h",
    ]  # fmt: skip
    assert "Nobody yet: 1" in load_words(second, limit=5)
