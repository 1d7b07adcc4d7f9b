"""The plan summary as a workbook: sheets for summary, measures, board and the charts' numbers; never a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from workbench.export.charts import ChartData, Raster
from workbench.export.figures import day_text
from workbench.export.summary import PlanSummary
from workbench.export.wording import (
    MEASURE_HEADER,
    board_header,
    board_rows,
    checkpoint_lines,
    coverage_line,
    fact_lines,
    measure_cells,
    names_line,
)


class XlsxExporter:
    """Text goes in by `write_string` only, so that no cell is ever taken for a formula; charts are native."""

    key = "xlsx"
    title = "Workbook (Excel)"
    suffix = ".xlsx"
    needs_raster = False

    def render(self, summary: PlanSummary, *, raster: Raster | None = None) -> bytes:
        """The workbook's bytes; the same summary gives the same bytes."""
        del raster
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        # Excel keeps no time zones, and files should not differ by when they were written.
        book.set_properties(
            {
                "title": summary.plan,
                "author": summary.owner,
                "comments": coverage_line(summary),
                "created": datetime(summary.as_of.year, summary.as_of.month, summary.as_of.day),  # noqa: DTZ001 - see above
            }
        )
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        locale = summary.locale
        facts = [
            ("Plan", summary.plan),
            ("Purpose", summary.purpose),
            *fact_lines(summary),
            ("Checkpoints", " · ".join(checkpoint_lines(summary))),
            ("Numbers", coverage_line(summary)),
            ("Names", names_line(summary)),
            ("Made by", summary.program),
        ]
        _sheet(book, "Summary", (), facts, widths=(16, 90), formats=(bold, wrap))
        measures = (measure_cells(line, locale=locale) for line in summary.measures)
        _sheet(book, "Measures", MEASURE_HEADER, measures, widths=(40, 24, 26, 40, 12, 16), formats=(bold, wrap))
        _sheet(
            book,
            "Board",
            board_header(summary),
            board_rows(summary),
            widths=(10, 50, 12, 20, 14, 8, 18),
            formats=(bold, wrap),
        )
        for number, chart in enumerate(summary.charts, start=1):
            _chart_sheet(book, f"Chart {number}", chart, bold, locale)
        book.close()
        return buffer.getvalue()


def _sheet(  # noqa: PLR0917 - one call shape for three sheets
    book: Any,
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    formats: tuple[Any, Any],
) -> None:
    sheet = book.add_worksheet(name)
    bold, wrap = formats
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, cell in enumerate(header):
        sheet.write_string(0, column, cell, bold)
    first = 1 if header else 0
    if header:
        sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=first):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, bold if not header and column == 0 else wrap)


def _chart_sheet(book: Any, name: str, chart: ChartData, bold: Any, locale: str) -> None:
    """Weeks and numbers, and a native line chart over them that can be changed without us."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 16)
    sheet.write_string(0, 0, "Week from", bold)
    sheet.write_string(0, 1, chart.title, bold)
    share = book.add_format({"num_format": "0.0%"})
    for number, point in enumerate(chart.points, start=1):
        sheet.write_string(number, 0, day_text(point.week, locale=locale))
        if point.is_known and point.value is not None:
            sheet.write_number(number, 1, point.value, share if chart.unit == "share" else None)
    if chart.points:
        picture = book.add_chart({"type": "line"})
        last = len(chart.points)
        picture.add_series(
            {
                "name": [name, 0, 1],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, 1, last, 1],
                "line": {"color": "#175C97", "width": 1.25},
            }
        )
        picture.set_title({"name": chart.title})
        picture.set_legend({"none": True})
        picture.set_y_axis({"min": 0})
        picture.show_blanks_as("gap")
        sheet.insert_chart("D2", picture, {"x_scale": 1.4})
