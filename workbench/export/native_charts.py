"""Charts that an office program draws from numbers of its own, so that whoever receives them can change them."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from workbench.export.charts import LINE, SECOND, TARGET, ChartData, native_title
from workbench.export.figures import week_text
from workbench.export.fit_text import fit

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/main"
_REFERENCE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LABELS = 5
# What a workbook says of the time it was made; the same chart gives the same bytes.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zone


def number_format(unit: str) -> str:
    """The spreadsheet format for values of a unit."""
    return "0%" if unit == "share" else "#,##0.##"


def chart_numbers(chart: ChartData, *, locale: str) -> CategoryChartData:
    """Weeks and values as python-pptx takes them; a week that is not known is a gap, never a zero."""
    data: CategoryChartData = CategoryChartData(number_format=number_format(chart.unit))
    data.categories = [fit(week_text(point.week, locale=locale)) for point in chart.points]
    data.add_series(fit(chart.title), [point.value if point.is_known else None for point in chart.points])
    if chart.target is not None:
        data.add_series(TARGET, [chart.target] * len(chart.points))
    return data


def workbook(
    names: Sequence[str], values: Sequence[float | None], *, title: str, unit: str, target: float | None = None
) -> bytes:
    """The workbook behind a chart: names in column A, values in B, a target in C, as charts refer to them."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet("Sheet1")
    sheet.set_column(0, 0, 18)
    sheet.write_string(0, 1, title)
    style = book.add_format({"num_format": number_format(unit)})
    for row, (name, value) in enumerate(zip(names, values, strict=True), start=1):
        sheet.write_string(row, 0, name)
        if value is not None:
            sheet.write_number(row, 1, value, style)
        if target is not None:
            sheet.write_number(row, 2, target, style)
    if target is not None:
        sheet.write_string(0, 2, TARGET)
    book.close()
    return buffer.getvalue()


def week_workbook(chart: ChartData, *, locale: str) -> bytes:
    """The workbook behind a chart over weeks."""
    names = [fit(week_text(point.week, locale=locale)) for point in chart.points]
    values = [point.value if point.is_known else None for point in chart.points]
    return workbook(names, values, title=fit(chart.title), unit=chart.unit, target=chart.target)


def chart_markup(chart: ChartData, *, locale: str, workbook_id: str) -> bytes:
    """The chart part of a document (ECMA-376, DrawingML charts): a line with gaps over the workbook `workbook_id`."""
    root = etree.fromstring(
        ChartXmlWriter(XL_CHART_TYPE.LINE_MARKERS, chart_numbers(chart, locale=locale)).xml.encode()
    )
    _style(root, chart)
    data = etree.SubElement(root, f"{{{_CHART}}}externalData")
    data.set(f"{{{_REFERENCE}}}id", workbook_id)
    etree.SubElement(data, f"{{{_CHART}}}autoUpdate").set("val", "0")
    markup: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return markup


def _style(root: Any, chart: ChartData) -> None:
    """Our line, our title, no legend: the target is the dashed line, and the title names it."""
    frame = root.find(f"{{{_CHART}}}chart")
    for old in frame.findall(f"{{{_CHART}}}title") + frame.findall(f"{{{_CHART}}}legend"):
        frame.remove(old)
    deleted = frame.find(f"{{{_CHART}}}autoTitleDeleted")
    if deleted is not None:
        frame.remove(deleted)
    frame.insert(0, etree.fromstring(_title(native_title(chart))))
    flag = etree.Element(f"{{{_CHART}}}autoTitleDeleted")
    flag.set("val", "0")
    frame.insert(1, flag)
    for size in root.iter(f"{{{_DRAW}}}defRPr"):
        if size.get("sz") == "1800":
            size.set("sz", "900")
    for look in frame.iter(f"{{{_CHART}}}valAx"):
        written = etree.Element(f"{{{_CHART}}}numFmt")
        written.set("formatCode", number_format(chart.unit))
        written.set("sourceLinked", "0")
        look.find(f"{{{_CHART}}}majorTickMark").addprevious(written)
        low = etree.SubElement(look.find(f"{{{_CHART}}}scaling"), f"{{{_CHART}}}min")
        low.set("val", "0")
    thin_labels(frame, len(chart.points))
    for number, series in enumerate(frame.iter(f"{{{_CHART}}}ser")):
        for old in series.findall(f"{{{_CHART}}}spPr") + series.findall(f"{{{_CHART}}}marker"):
            series.remove(old)
        place = series.index(series.find(f"{{{_CHART}}}tx")) + 1
        series.insert(place, etree.fromstring(_TARGET_LOOK if number else _LINE_LOOK))
        series.insert(place + 1, etree.fromstring(_NO_MARKER if number else _MARKER_LOOK))


def thin_labels(frame: Any, points: int) -> None:
    """Names every so many weeks only, so that the names of the axis stay level and readable."""
    step = max(1, -(-points // _LABELS))
    for axis in frame.iter(f"{{{_CHART}}}catAx"):
        for name in ("tickLblSkip", "tickMarkSkip"):
            mark = etree.Element(f"{{{_CHART}}}{name}")
            mark.set("val", str(step))
            # The order of an axis' parts is fixed (ECMA-376 part 1, 21.2.2.25): these come before noMultiLvlLbl.
            axis.find(f"{{{_CHART}}}noMultiLvlLbl").addprevious(mark)


def _title(text: str) -> str:
    run = etree.Element(f"{{{_DRAW}}}t")
    run.text = fit(text)
    words = etree.tostring(run, encoding="unicode")
    return (
        f'<c:title xmlns:c="{_CHART}" xmlns:a="{_DRAW}"><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>'
        f'<a:defRPr sz="900" b="1"/></a:pPr><a:r><a:rPr lang="en" sz="900" b="1"/>{words}</a:r></a:p></c:rich>'
        f'</c:tx><c:overlay val="0"/></c:title>'
    )


_INK = LINE.removeprefix("#")
_LINE_LOOK = (
    f'<c:spPr xmlns:c="{_CHART}" xmlns:a="{_DRAW}"><a:ln w="19050"><a:solidFill><a:srgbClr val="{_INK}"/>'
    "</a:solidFill></a:ln></c:spPr>"
)
_TARGET_LOOK = (
    f'<c:spPr xmlns:c="{_CHART}" xmlns:a="{_DRAW}"><a:ln w="12700"><a:solidFill>'
    f'<a:srgbClr val="{SECOND.removeprefix("#")}"/></a:solidFill><a:prstDash val="dash"/></a:ln></c:spPr>'
)
_NO_MARKER = f'<c:marker xmlns:c="{_CHART}"><c:symbol val="none"/></c:marker>'
_MARKER_LOOK = (
    f'<c:marker xmlns:c="{_CHART}" xmlns:a="{_DRAW}"><c:symbol val="circle"/><c:size val="4"/><c:spPr><a:solidFill>'
    f'<a:srgbClr val="{_INK}"/></a:solidFill></c:spPr></c:marker>'
)
