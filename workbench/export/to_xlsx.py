"""The plan summary as a workbook: sheets for summary, measures, board and the charts' numbers; never a formula."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from workbench.export.charts import HATCH, LINE, SECOND, TARGET, ChartData, day_heading, native_title
from workbench.export.figures import day_text
from workbench.export.sections import CAME_OF, Facts, Grid, Points, sections
from workbench.export.summary import PlanSummary
from workbench.export.wording import (
    MEASURE_HEADER,
    board_header,
    board_rows,
    coverage_line,
    fact_lines,
    measure_cells,
    names_line,
)

_PAIR: Final = 2


class XlsxExporter:
    """Text goes in by `write_string` only, so that no cell is ever taken for a formula; charts are native."""

    key = "xlsx"
    title = "Workbook (Excel)"
    suffix = ".xlsx"

    def render(self, summary: PlanSummary) -> bytes:
        """The workbook's bytes; the same summary gives the same bytes."""
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
            *_told(summary),
            ("Numbers", coverage_line(summary)),
            ("Names", names_line(summary)),
            ("Made by", summary.program),
        ]
        _sheet(book, "Summary", (), facts, widths=(28, 90), formats=(bold, wrap))
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
        for block in (block for each in sections(summary) if each.title == CAME_OF for block in each.blocks):
            if isinstance(block, Grid):
                _sheet(book, CAME_OF, block.header, block.rows, widths=(40, 50, 60), formats=(bold, wrap))
        _hours_sheet(book, summary, bold)
        for number, chart in enumerate(summary.charts, start=1):
            _chart_sheet(book, f"Chart {number}", chart, bold, locale)
        book.close()
        return buffer.getvalue()


def _told(summary: PlanSummary) -> Iterator[tuple[str, str]]:
    """Charter, risks, checkpoints and looking back, as further lines of the first sheet; tables have their own."""
    for section in sections(summary):
        for block in section.blocks:
            match block:
                case Facts(lines):
                    yield from ((f"{section.title}: {label}", text) for label, text in lines)
                case Points(lines):
                    yield section.title, "\n".join(lines)
                case Grid(header, rows, _widths) if len(header) == _PAIR:
                    yield from ((f"{section.title}: {label}", text) for label, text in rows)


def _hours_sheet(book: Any, summary: PlanSummary, bold: Any) -> None:
    """Hours week by week as numbers, and native columns over them."""
    if not summary.weeks:
        return
    sheet = book.add_worksheet("Hours")
    sheet.set_column(0, 0, 16)
    for column, title in enumerate(("Week from", "Planned", "Done")):
        sheet.write_string(0, column, title, bold)
    for row, line in enumerate(summary.weeks, start=1):
        sheet.write_string(row, 0, day_text(line.week, locale=summary.locale))
        sheet.write_number(row, 1, line.planned)
        sheet.write_number(row, 2, line.done)
    picture, last = book.add_chart({"type": "column"}), len(summary.weeks)
    for column, ink in ((1, LINE), (2, HATCH)):
        picture.add_series(
            {
                "name": ["Hours", 0, column],
                "categories": ["Hours", 1, 0, last, 0],
                "values": ["Hours", 1, column, last, column],
                "fill": {"color": ink},
            }
        )
    picture.set_title({"name": "Hours per week"})
    sheet.insert_chart("E2", picture, {"x_scale": 1.4})


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
    sheet.write_string(0, 0, day_heading(chart), bold)
    sheet.write_string(0, 1, chart.title, bold)
    share = book.add_format({"num_format": "0.0%"})
    for number, point in enumerate(chart.points, start=1):
        sheet.write_string(number, 0, day_text(point.week, locale=locale))
        if point.is_known and point.value is not None:
            sheet.write_number(number, 1, point.value, share if chart.unit == "share" else None)
        if chart.target is not None:
            sheet.write_number(number, 2, chart.target, share if chart.unit == "share" else None)
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
        if chart.target is not None:
            sheet.write_string(0, 2, TARGET, bold)
            picture.add_series(
                {
                    "name": [name, 0, 2],
                    "categories": [name, 1, 0, last, 0],
                    "values": [name, 1, 2, last, 2],
                    "line": {"color": SECOND, "width": 1, "dash_type": "dash"},
                }
            )
        picture.set_title({"name": native_title(chart)})
        picture.set_legend({"none": True})
        picture.set_y_axis({"min": 0})
        picture.show_blanks_as("gap")
        sheet.insert_chart("E2", picture, {"x_scale": 1.4})
