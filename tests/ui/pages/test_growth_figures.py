"""The growth figures as rows: steps, cohorts, greeted and not greeted, who wrote how much."""

from dataclasses import replace
from datetime import date, timedelta

from tests.builders import NOW
from tests.ui.pages.growing import fill
from workbench.ui.pages.growth_charts import chart_data
from workbench.ui.pages.growth_data import read_growth
from workbench.ui.pages.growth_figures import FIGURES, figure_of

DAYS = (date(2023, 7, 1), NOW.date())


def figures(workspace, *, has_hole: bool = False, days=DAYS):
    community = fill(workspace, has_hole=has_hole)
    data = read_growth(workspace.database, scope=(community,), days=days, now=NOW)
    return data, {key: figure_of(key, data) for key in FIGURES}


def test_the_funnel_holds_everybody_who_joined(qapp, workspace):
    data, shown = figures(workspace)
    levels = data.months.whole["funnel"].detail["levels"]
    funnel = shown["funnel"]
    assert [row.title for row in funnel.rows] == ["Joined", "Reacted", "Replied", "Started", "Led"]
    assert [row.cells[0].value for row in funnel.rows] == [str(people) for people in levels]
    assert funnel.rows[1].cells[0].share == levels[1] / levels[0]
    assert funnel.rows[0].beside == "everybody who joined, those who never wrote too"


def test_cohorts_are_shares_of_their_month_and_files_withhold_the_small(qapp, workspace):
    data, shown = figures(workspace)
    cohorts = shown["cohorts"]
    first = data.months.values["funnel"][0].detail["levels"]
    assert cohorts.rows[0].title == "Jul 2023"
    assert cohorts.rows[0].cells[0].words == str(first[0])
    assert cohorts.rows[0].cells[1].share == first[1] / first[0]
    assert all(cell.is_withheld for row in cohorts.rows for cell in row.cells if cell.value in {"1", "2", "3", "4"})
    assert cohorts.rows[-1].beside == "90 days not over"
    assert {cell.words for row in cohorts.rows if row.beside for cell in row.cells if cell.value == "0"} == {"not yet"}
    young = next(row.title for row in cohorts.rows if row.beside)
    assert f"From {young} on the 90 days are not over, and shares may grow." in cohorts.note


def test_a_month_that_is_not_known_tells_who_joined_and_nothing_else(qapp, workspace):
    _, shown = figures(workspace, has_hole=True)
    for key in ("cohorts", "split"):
        row = next(row for row in shown[key].rows if row.title == "Jan 2024")
        assert [cell.words for cell in row.cells[1:]] == ["not known"] * (len(row.cells) - 1)
        assert row.cells[-1].share is None


def test_of_a_copy_that_nobody_refreshed_the_last_cohorts_tell_who_joined_and_nothing_else(qapp, workspace):
    """All their 90 days are over by now, but of some of them nobody knows."""
    community, later = fill(workspace), NOW + timedelta(days=200)
    days = (date(2023, 7, 1), date(2024, 5, 31))
    data = read_growth(workspace.database, scope=(community,), days=days, now=later)
    rows = {row.title: row for row in figure_of("cohorts", data).rows}
    assert [cell.words for cell in rows["Apr 2024"].cells] == ["4", *["not known"] * 4]
    assert "not known" not in {cell.words for cell in rows["Jan 2024"].cells}
    assert (rows["Apr 2024"].beside, rows["Jan 2024"].beside) == ("90 days not known", "")
    assert "not over" not in figure_of("cohorts", data).note
    # Of those of the last 90 known days nobody is counted in the funnel, and it says so.
    assert "left out: their 90 days are not known." in figure_of("funnel", data).note
    assert chart_data("welcome", data).series[1].values[-1] is None


def test_greeted_and_not_greeted_are_told_apart_with_a_warning(qapp, workspace):
    data, shown = figures(workspace)
    apart, detail = shown["apart"], data.months.whole["activated"].detail
    greeted, others = detail["greeted"], detail["not_greeted"]
    assert greeted[0] == greeted[1] > 0
    assert 0 < others[0] < others[1]
    assert [row.cells[0].value for row in apart.rows] == [f"{one[0]} of {one[1]}" for one in (greeted, others)]
    assert apart.note.startswith("A difference is not a proof")
    missing = data.months.whole["greeted"].denominator - greeted[1] - others[1]
    assert (f" {missing:.0f} p" in apart.note) is (missing > 0), "who is in neither row is told"


def test_split_adds_up_to_all_members(qapp, workspace):
    data, shown = figures(workspace)
    row, value = shown["split"].rows[3], data.months.values["split"][3]
    assert sum(int(cell.value) for cell in row.cells) == value.denominator
    assert shown["split"].heads == ("Nothing", "1 or 2 messages", "More than 2")


def test_before_anybody_joined_there_are_no_rows_but_words(qapp, workspace):
    _, shown = figures(workspace, days=(date(2022, 6, 1), date(2022, 8, 31)))
    assert not shown["funnel"].rows
    assert not shown["cohorts"].rows
    assert "Nobody joined on a known date" in shown["funnel"].note
    assert "thirty days ago" in shown["apart"].note


def test_many_months_are_drawn_in_part_and_said_so(qapp, workspace):
    data, _ = figures(workspace, days=None)
    many = replace(
        data.months,
        windows=data.months.windows * 2,
        values={key: values * 2 for key, values in data.months.values.items()},
    )
    split = figure_of("split", replace(data, months=many))
    assert len(split.drawn) == 24
    assert split.note.startswith("The last 24 months are drawn")
