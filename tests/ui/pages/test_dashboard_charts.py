"""Series from weeks: what nobody promised has no value; a week that is not over is marked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from workbench.models.moments import DayRange
from workbench.queries.series import WeekRow
from workbench.ui.pages.dashboard_charts import CHARTS, chart_data, chosen_of
from workbench.ui.pages.dashboard_data import WeeksData
from workbench.ui.widgets.chart_data import Chosen

MONDAY = date(2024, 5, 6)


def weeks(*rows: tuple[int, int, int], gaps: tuple[DayRange, ...] = (), last: date = date(2024, 6, 30)) -> WeeksData:
    made = tuple(
        WeekRow(MONDAY + timedelta(weeks=place), messages, 2, 1, roots, replied, None if not replied else 5.5)
        for place, (messages, roots, replied) in enumerate(rows)
    )
    return WeeksData(made, gaps, last)


@pytest.mark.parametrize("key", CHARTS)
def test_every_chart_takes_empty_and_full_weeks(qapp, key: str):
    assert chart_data(key, weeks(), None).is_empty
    data = chart_data(key, weeks((9, 4, 3), (0, 0, 0)), None)
    assert data.title == CHARTS[key]
    assert len(data.starts) == 2
    assert data.csv().startswith("week,")


def test_a_week_nobody_promised_is_no_zero(qapp):
    gap = DayRange(MONDAY + timedelta(days=7), MONDAY + timedelta(days=13))
    data = chart_data("messages", weeks((9, 4, 3), (0, 0, 0), (5, 1, 1), gaps=(gap,)), None)
    assert data.series[0].values == (9, None, 5)
    assert data.gaps[0].days == 7


def test_the_period_is_marked_where_a_chart_shows_more():
    period = DayRange(date(2024, 3, 18), date(2024, 6, 15))
    assert chosen_of(period, begins=period.first) is None
    chosen = chosen_of(period, begins=date(2023, 7, 1))
    assert chosen == Chosen(period.first, period.last, "90 days")
    said = replace(chart_data("messages", weeks((9, 4, 3)), None), chosen=chosen).spoken()
    assert "The period is from 2024-03-18 to 2024-06-15." in said


def test_a_share_of_nothing_has_no_value(qapp):
    assert chart_data("replies", weeks((3, 0, 0), (3, 4, 1)), None).series[0].values == (None, 0.25)


def test_the_running_week_is_marked(qapp):
    assert chart_data("messages", weeks((1, 1, 1), last=MONDAY + timedelta(days=2)), None).is_last_running
    assert not chart_data("messages", weeks((1, 1, 1), last=MONDAY + timedelta(days=6)), None).is_last_running
    assert not chart_data("messages", weeks((1, 1, 1), last=MONDAY + timedelta(days=8)), None).is_last_running


def test_a_week_of_which_only_a_part_is_known_has_no_value_but_the_running_one_is_shown_so_far():
    gap = DayRange(MONDAY + timedelta(days=7), MONDAY + timedelta(days=12))
    today = DayRange(MONDAY + timedelta(days=18), MONDAY + timedelta(days=18))
    data = chart_data(
        "messages", weeks((9, 4, 3), (2, 1, 1), (5, 1, 1), gaps=(gap, today), last=MONDAY + timedelta(days=18)), None
    )
    assert data.series[0].values == (9, None, 5)


def test_newcomers_of_a_mirror_that_began_lately_were_only_seen_first():
    half = weeks((9, 4, 3), (5, 1, 1), (5, 1, 1))
    sure = chart_data("people", half, None)
    assert (sure.series[1].name, sure.series[1].doubtful, sure.note) == ("Newcomers", 0, "")
    partly = chart_data("people", replace(half, first_seen_until=MONDAY + timedelta(days=8)), None)
    assert (partly.series[1].name, partly.series[1].doubtful) == ("Newcomers", 2)
    assert "until 14 May 2024 may have written earlier" in partly.note
    wholly = chart_data("people", replace(half, first_seen_until=MONDAY + timedelta(days=90)), None)
    assert (wholly.series[1].name, wholly.series[1].doubtful) == ("First seen", 3)


def test_weeks_before_a_community_began_are_empty_and_not_hatched():
    began = replace(weeks((0, 0, 0), (0, 0, 0), (5, 1, 1)), began=MONDAY + timedelta(days=10))
    data = chart_data("messages", began, None)
    assert (data.series[0].values, data.gaps) == ((None, 0, 5), ())


def test_a_week_whose_replies_nobody_can_know_yet_has_no_rate_and_is_hatched(qapp):
    """The copy ends with a week: what was written in it may have been answered since."""
    second = MONDAY + timedelta(days=7)
    shown = replace(weeks((9, 4, 3), (5, 2, 1)), unheard=(DayRange(second + timedelta(days=7), date(2024, 6, 30)),))
    assert [chart_data(key, shown, None).series[0].values for key in ("replies", "messages")] == [(0.75, None), (9, 5)]
    assert [(gap.first, gap.days) for gap in chart_data("replies", shown, None).gaps] == [(second, 7)]
    assert chart_data("speed", shown, None).series[0].values == (5.5, None)
    assert not chart_data("messages", shown, None).gaps
