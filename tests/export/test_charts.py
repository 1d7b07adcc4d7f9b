"""Charts: well-formed SVG Tiny, gaps hatched and never drawn as zero."""

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from tests.export.samples import a_summary
from workbench.export.charts import HEIGHT, TOP, ChartData, Point, day_heading, line_chart, native_title

NS = "{http://www.w3.org/2000/svg}"


def test_the_line_breaks_at_a_gap_and_the_gap_is_hatched() -> None:
    tree = ET.fromstring(line_chart(a_summary().charts[0]))
    assert len(tree.findall(f"{NS}polyline")) == 2
    assert len(tree.findall(f"{NS}circle")) == 11
    assert len(tree.findall(f"{NS}line")) > 10
    assert "76" in [text.text for text in tree.findall(f"{NS}text")]


def test_a_chart_without_any_value_says_so() -> None:
    chart = ChartData("Reply rate", "share", (Point(date(2026, 1, 5), None),))
    assert "no data" in line_chart(chart)
    assert "no data" in line_chart(ChartData("Reply rate", "share", ()))


@given(
    st.lists(st.tuples(st.none() | st.floats(0, 1e7, allow_nan=False), st.booleans()), max_size=60),
    st.sampled_from(["share", "messages", "hours"]),
)
def test_any_series_gives_well_formed_svg_within_its_frame(values: list[tuple[float | None, bool]], unit: str) -> None:
    points = tuple(
        Point(
            date(2026, 1, 5) + timedelta(weeks=n), value if unit != "share" or value is None else min(value, 1.0), known
        )
        for n, (value, known) in enumerate(values)
    )
    tree = ET.fromstring(line_chart(ChartData("A & <b>", unit, points)))
    for circle in tree.findall(f"{NS}circle"):
        assert 0 <= float(circle.get("cx", "-1")) <= 640
        assert 0 <= float(circle.get("cy", "-1")) <= 200


def test_a_target_is_a_dashed_line_that_is_named_and_inside_the_frame() -> None:
    chart = replace(a_summary().charts[1], target=0.9)
    tree = ET.fromstring(line_chart(chart))
    dashed = [line for line in tree.findall(f"{NS}line") if line.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert TOP <= float(dashed[0].get("y1") or 0) <= HEIGHT
    assert "target 90\u00a0%" in [text.text for text in tree.findall(f"{NS}text")]
    assert native_title(chart) == "Reply rate (dashed: target; gap: not known)"


def test_a_way_that_is_not_known_says_what_its_points_need_and_never_no_data() -> None:
    points = tuple(Point(date(2026, 1, 5) + timedelta(weeks=n), 0.4, is_known=False) for n in range(9))
    chart = ChartData("Answered: reply rate", "share", points, is_trailing=True)
    drawn = line_chart(chart)
    assert "not known over the 90 days before" in drawn
    assert "no data" not in drawn
    assert native_title(chart) == "Answered: reply rate (gap: not known over the 90 days before)"
    assert [day_heading(each) for each in (chart, replace(chart, is_trailing=False))] == ["90 days up to", "Week from"]


def test_a_target_far_above_the_values_stays_inside() -> None:
    chart = ChartData("More", "messages", (Point(date(2026, 1, 5), 3.0), Point(date(2026, 1, 12), 4.0)), target=900.0)
    tree = ET.fromstring(line_chart(chart))
    (dashed,) = [line for line in tree.findall(f"{NS}line") if line.get("stroke-dasharray")]
    assert float(dashed.get("y1") or 0) >= TOP
