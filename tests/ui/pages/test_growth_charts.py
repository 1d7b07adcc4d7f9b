"""The growth charts as series: what is compared, fitted, not known and withheld."""

from datetime import date, timedelta

import pytest

from tests.builders import NOW
from tests.ui.pages.growing import PEOPLE, fill
from workbench.operations.annotations import annotate
from workbench.operations.head_counts import set_head_count
from workbench.ui import numbers
from workbench.ui.pages.growth_charts import CHARTS, chart_data
from workbench.ui.pages.growth_data import GrowthData, read_growth
from workbench.ui.widgets.chart_data import Step

DAYS = (date(2023, 7, 1), NOW.date())


def grown(workspace, *, staff: int | None = None, has_hole: bool = False, days=DAYS) -> GrowthData:
    community = fill(workspace, has_hole=has_hole)
    if staff is not None:
        set_head_count(workspace, people=staff, on=date(2023, 1, 1), source="Staff list", community_id=community)
    annotate(workspace, day=date(2024, 5, 1), words="Webinar")
    return read_growth(workspace.database, scope=(community,), days=days, now=NOW)


def test_every_chart_is_told_and_names_its_steps(qapp, workspace):
    data = grown(workspace)
    for key, title in CHARTS.items():
        chart = chart_data(key, data)
        assert chart.title == title
        assert not chart.is_empty
        assert chart.step is (Step.WEEK if key == "weeks" else Step.MONTH)
        assert chart.spoken()


def test_adoption_counts_people_until_a_head_count_makes_it_a_share(qapp, workspace):
    plain = chart_data("adoption", grown(workspace))
    assert plain.series[0].values[-1] == PEOPLE / 2
    assert plain.levels == ()
    with workspace.database.read() as reader:
        community = reader.scalar("SELECT id FROM community")
    set_head_count(workspace, people=100, on=date(2023, 1, 1), source="Staff list", community_id=community)
    data = read_growth(workspace.database, scope=(community,), days=DAYS, now=NOW)
    chart = chart_data("adoption", data)
    taking, fitted = chart.series
    assert taking.values[-1] == 0.4
    assert [level.value for level in chart.levels] == [0.16, 0.5]
    assert fitted.is_dashed
    assert abs(fitted.values[-1] - 0.4) < 0.05
    assert "fitted to 12 months" in chart.note
    assert chart.top == 0.6
    set_head_count(workspace, people=200, on=date(2024, 5, 1), source="Staff list", community_id=community)
    grown_later = read_growth(workspace.database, scope=(community,), days=DAYS, now=NOW)
    counted = [value.denominator for value in grown_later.months.values["adoption"]]
    assert counted == [100] * 10 + [200] * 2
    assert "the new head count" not in chart.note
    said = "From May 2024 on the share is of 200 people, before of 100: a step there is the new head count."
    assert said in chart_data("adoption", grown_later).note


def test_a_head_count_of_today_makes_no_share_of_the_months_before(qapp, workspace):
    data = grown(workspace)
    set_head_count(workspace, people=100, on=NOW.date(), source="Staff list", community_id=data.community_id)
    data = read_growth(workspace.database, scope=(data.community_id,), days=DAYS, now=NOW)
    chart = chart_data("adoption", data)
    assert [value for value in chart.series[0].values if value is not None] == [0.4]
    assert f"No share is drawn before {numbers.day(NOW.date())}" in chart.note


@pytest.mark.parametrize(
    ("staff", "days", "said"),
    [
        (100, (date(2023, 5, 1), date(2023, 5, 31)), "An S-curve is drawn from 8 months on; 5 are known."),
        (20, DAYS, "More people took part than were counted"),
    ],
)
def test_no_curve_is_drawn_through_few_points_or_past_everybody(qapp, workspace, staff, days, said):
    chart = chart_data("adoption", grown(workspace, staff=staff, days=days))
    assert [one.name for one in chart.series] == ["Taking part"]
    assert said in chart.note


def test_the_year_before_is_dashed_and_its_hole_is_said(qapp, workspace):
    data = grown(workspace, has_hole=True, days=(date(2022, 7, 1), NOW.date()))
    chart = chart_data("contributors", data)
    now, before = chart.series
    assert (now.is_dashed, before.is_dashed) == (False, True)
    january = chart.starts.index(date(2024, 1, 1))
    assert now.values[january] is None
    assert chart.gaps
    assert "of it not known" in chart.note
    assert set(now.withheld) == {place for place, count in enumerate(now.values) if count is not None and 0 < count < 5}
    assert "withheld" in chart.csv()


def test_without_a_year_before_nothing_is_compared(qapp, workspace):
    chart = chart_data("contributors", grown(workspace, days=(date(2022, 6, 1), date(2022, 10, 31))))
    assert set(chart.series[1].values) == {None}
    assert chart.note == "The year before is not known, so nothing is compared."
    assert not chart.is_last_running  # October was over


def test_weeks_carry_what_is_usual_what_stands_out_and_what_happened(qapp, workspace):
    data = grown(workspace)
    chart = chart_data("weeks", data)
    assert chart.outside == {place for place, week in enumerate(data.weeks) if week.is_outside}
    assert any(border is not None for border in chart.band)
    place = next(at for at, start in enumerate(chart.starts) if start <= date(2024, 5, 1) < start + timedelta(days=7))
    assert chart.notes_at(place) == ("Webinar",)
    assert chart.is_last_running
