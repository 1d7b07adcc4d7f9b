"""What the growth page reads: its months, its weeks with what is usual, and what is not known."""

from datetime import date, timedelta

import pytest

from tests.builders import NOW
from tests.ui.pages.growing import EVERY_DAYS, FIRST_DAY, GROWERS, HOLE, PEOPLE, fill, joined_on
from workbench.operations.annotations import annotate
from workbench.operations.head_counts import set_head_count
from workbench.operations.page_measures import growth_days
from workbench.ui.pages.growth_data import EXPLAINED, is_known, read_growth, read_lines

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("first", "last", "begins"),
    [
        (TODAY - timedelta(days=89), TODAY, date(2023, 7, 1)),
        (date(2024, 1, 15), TODAY, date(2023, 7, 1)),
        (date(2023, 3, 15), TODAY, date(2023, 3, 1)),
        (date(2024, 2, 1), date(2024, 2, 29), date(2023, 3, 1)),
        (TODAY, TODAY, date(2023, 7, 1)),
    ],
)
def test_a_period_becomes_twelve_months_at_least_from_the_first_of_a_month_to_a_day_that_is_over(first, last, begins):
    ends = last if last < TODAY or first == last else TODAY - timedelta(days=1)
    assert growth_days((first, last), today=TODAY) == (begins, ends)


def test_months_add_up_to_the_whole_and_follow_the_list(workspace):
    community = fill(workspace)
    data = read_growth(workspace.database, scope=(community,), days=None, now=NOW)
    joined = [value.detail["levels"][0] for value in data.months.values["funnel"]]
    by_hand = [
        sum(window.start_on <= joined_on(number) < window.end_on for number in range(PEOPLE))
        for window in data.months.windows
    ]
    assert joined == by_hand
    assert data.months.whole["funnel"].detail["levels"] == tuple(
        sum(value.detail["levels"][level] for value in data.months.values["funnel"]) for level in range(5)
    )
    assert data.months.values["adoption"][-1].numerator == PEOPLE / 2
    assert data.months.windows[0].start_on == (FIRST_DAY - timedelta(days=100)).replace(day=1)
    year = [value.value for value in data.months.before["contributors"]]
    assert year[12:20] == [value.value for value in data.months.values["contributors"]][:8]


def test_weeks_know_what_is_usual_and_a_hole_takes_it_away(workspace):
    community = fill(workspace, has_hole=True)
    data = read_growth(workspace.database, scope=(community,), days=(TODAY - timedelta(days=300), TODAY), now=NOW)
    by_monday = {week.monday: week for week in data.weeks}
    before, hole = by_monday[date(2023, 12, 25)], by_monday[date(2024, 1, 8)]
    assert before.usual is not None
    assert all(week.usual[0] >= 0 for week in data.weeks if week.usual), "fewer than none are not usual"
    assert (hole.messages, hole.usual) == (None, None)
    assert by_monday[date(2024, 2, 26)].usual is None  # the hole is among its eight weeks
    assert by_monday[date(2024, 3, 25)].usual is not None
    assert [(each.first, each.last) for each in data.gaps] == [(HOLE.first, HOLE.last)]
    assert data.past_gaps == ()
    january = next(value for value in data.months.values["split"] if value.window.start_on == date(2024, 1, 1))
    assert not is_known(january, last=data.last)


def test_a_hole_of_the_year_before_is_moved_to_this_one(workspace):
    community = fill(workspace, has_hole=True)
    later = NOW + timedelta(days=365)
    data = read_growth(workspace.database, scope=(community,), days=(date(2024, 7, 1), date(2025, 6, 15)), now=later)
    moved = [each for each in data.past_gaps if each.first.year == 2025]
    assert (moved[0].first.month, moved[0].first.day) in {(1, 4), (1, 5)}


def test_head_count_notes_and_explanations_come_with_it(workspace):
    community = fill(workspace)
    set_head_count(workspace, people=200, on=date(2024, 1, 1), source="Staff list", community_id=community)
    annotate(workspace, day=date(2024, 5, 1), words="Webinar", community_id=community)
    data = read_growth(workspace.database, scope=(community,), days=(TODAY - timedelta(days=89), TODAY), now=NOW)
    assert (data.name, data.head_count.people, [row.words for row in data.notes]) == (GROWERS, 200, ["Webinar"])
    assert set(read_lines(workspace.database, scope=(community,), window=data.window, now=NOW)) == set(EXPLAINED)
    everything = read_growth(workspace.database, scope=(), days=None, now=NOW)
    assert (everything.name, everything.community_id, everything.head_count) == ("All communities", None, None)
    assert everything.window.start_on <= FIRST_DAY + timedelta(days=EVERY_DAYS)
