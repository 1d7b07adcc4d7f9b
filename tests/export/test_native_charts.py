"""Charts with numbers of their own: gaps stay gaps, titles of any kind are text."""

import io
from dataclasses import replace

import openpyxl
from lxml import etree

from tests.export.samples import a_summary
from workbench.export.charts import ChartData, Point, native_title
from workbench.export.native_charts import chart_markup, number_format, week_workbook

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def test_a_week_that_is_not_known_has_no_value_in_chart_and_workbook() -> None:
    chart = a_summary().charts[0]
    root = etree.fromstring(chart_markup(chart, locale="en", workbook_id="rId1"))
    values = root.find(f".//{CHART}val//{CHART}numCache")
    assert values.find(f"{CHART}ptCount").get("val") == "13"
    assert {int(point.get("idx")) for point in values.iter(f"{CHART}pt")} == set(range(13)) - {5, 6}
    sheet = openpyxl.load_workbook(io.BytesIO(week_workbook(chart, locale="en")))["Sheet1"]
    assert [sheet.cell(row, 2).value for row in (6, 7, 8, 9)] == [52, None, None, 61]
    assert native_title(chart) == "Messages per week (gap: not known)"


def test_a_title_that_looks_like_markup_or_a_formula_is_text() -> None:
    chart = ChartData('=1+1 <b>"&', "share", (Point(a_summary().starts_on, 0.5),))
    root = etree.fromstring(chart_markup(chart, locale="en", workbook_id="rId1"))
    assert '=1+1 <b>"&' in {text.text for text in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")}
    cell = openpyxl.load_workbook(io.BytesIO(week_workbook(chart, locale="en")))["Sheet1"]["B1"]
    assert (cell.value, cell.data_type) == ('=1+1 <b>"&', "s")
    assert number_format("share") == "0%"


def test_a_target_is_a_second_series_in_chart_and_workbook() -> None:
    chart = replace(a_summary().charts[1], target=0.8)
    root = etree.fromstring(chart_markup(chart, locale="en", workbook_id="rId1"))
    names = [text.text for text in root.iterfind(f".//{CHART}ser/{CHART}tx//{CHART}v")]
    assert names == ["Reply rate", "Target"]
    dash = root.find(f".//{CHART}ser[2]//{{http://schemas.openxmlformats.org/drawingml/2006/main}}prstDash")
    assert dash.get("val") == "dash"
    sheet = openpyxl.load_workbook(io.BytesIO(week_workbook(chart, locale="en")))["Sheet1"]
    assert [sheet.cell(row, 3).value for row in (1, 2, 14)] == ["Target", 0.8, 0.8]
