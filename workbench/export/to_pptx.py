"""The plan summary as slides: one for the short form, four to six for the full one; charts can be changed."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from workbench.export.charts import INK, LINE, SECOND, ChartData, native_title
from workbench.export.figures import day_text, week_text
from workbench.export.fit_text import fit, runs_right_to_left
from workbench.export.native_charts import (
    chart_numbers,
    number_format,
    thin_labels,
    week_workbook,
    workbook,
)
from workbench.export.packing import same_bytes
from workbench.export.sections import CAME_OF, Facts, Grid, Points, Section, Words, foot_line, sections
from workbench.export.summary import CardLine, PlanSummary
from workbench.export.wording import checkpoint_lines, coverage_line, fact_lines, late_count

# 16:9 at the size PowerPoint gives new presentations.
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _TOP, _ROOM = Inches(0.6), Inches(1.25), Inches(12.13)
_ROWS: Final = 9
"""Table rows that fit a slide; longer tables go on with the next one."""
_ROWS_OVER_CHARTS: Final = 4
_BAND, _PALE = "F2F4F7", "FFFFFF"


class PptxExporter:
    """Slides for PowerPoint and LibreOffice; every chart brings its numbers, so it is changed there without us."""

    key = "pptx"
    title = "Slides (PowerPoint)"
    suffix = ".pptx"

    def render(self, summary: PlanSummary) -> bytes:
        """The presentation's bytes; the same summary gives the same bytes."""
        deck: Any = Presentation()
        deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
        properties = deck.core_properties
        properties.title, properties.author = fit(summary.plan), fit(summary.owner)
        moment = datetime(summary.as_of.year, summary.as_of.month, summary.as_of.day)  # noqa: DTZ001 - the format has no zone
        properties.created = properties.modified = moment
        slides = _Slides(deck, summary)
        if summary.is_one_page:
            slides.one_page()
        else:
            slides.full()
        buffer = io.BytesIO()
        deck.save(buffer)
        return same_bytes(buffer.getvalue())


class _Slides:
    """Adds slides one after another; each says at its foot how far its numbers can be trusted."""

    def __init__(self, deck: Any, summary: PlanSummary) -> None:
        self._deck, self._summary = deck, summary
        self._sections = {section.title: section for section in sections(summary)}

    def one_page(self) -> None:
        summary = self._summary
        slide = self._slide(summary.plan)
        purpose = " ".join(summary.purpose.split())
        _words(slide, purpose, box=(_LEFT, Inches(0.98), _ROOM, Inches(0.5)), size=13, ink=SECOND)
        grid = self._grid("Objectives and measures")
        _table(slide, grid, box=(_LEFT, Inches(1.6), Inches(7.7), Inches(2)), size=10, rows=grid.rows[:5])
        self._chart(slide, summary.charts[:1], box=(Inches(8.5), Inches(1.5), Inches(4.3), Inches(2.5)))
        self._balance(slide, box=(Inches(8.5), Inches(4.1), Inches(4.3), Inches(2.5)))
        lines = [f"{label}: {text}" for label, text in fact_lines(summary)[1:6]]
        lines.append(" · ".join(checkpoint_lines(summary)))
        lines += [f"Risk: {risk}" for risk in summary.risks[:2]]
        lines += [f"Next: {card.title} ({day_text(card.due_on, locale=summary.locale)})" for card in summary.coming[:2]]
        lines += [f"Late: {_counted(summary.late)}"] if summary.late else []
        _list(slide, lines, box=(_LEFT, Inches(4.1), Inches(7.7), Inches(2.6)), size=11)

    def full(self) -> None:
        summary = self._summary
        slide = self._slide(summary.plan)
        _words(slide, summary.purpose, box=(_LEFT, _TOP, _ROOM, Inches(0.9)), size=18)
        charter = self._sections.get("Charter")
        facts = [*fact_lines(summary), *(_facts(charter) if charter else ())]
        _facts_table(slide, facts, box=(_LEFT, Inches(2.3), _ROOM, Inches(3)))
        self._measures()
        self._board()
        for title in ("Late", "Next 30 days", CAME_OF):
            upcoming = self._sections.get(title)
            for block in upcoming.blocks if upcoming else ():
                if isinstance(block, Grid):
                    self._long_table(title, block)
                elif isinstance(block, Words) and not block.is_small:
                    _words(self._slide(title), block.text, box=(_LEFT, _TOP, _ROOM, Inches(1)), size=14)
        self._checkpoints()

    def _measures(self) -> None:
        grid = self._grid("Objectives and measures")
        charts = self._summary.charts
        if charts and len(grid.rows) <= _ROWS_OVER_CHARTS:
            slide = self._slide("Objectives and measures")
            _table(slide, grid, box=(_LEFT, _TOP, _ROOM, Inches(1)), size=12, rows=grid.rows)
            self._charts(slide, charts[:2], top=Inches(3.75), height=Inches(3.0))
            charts = charts[2:]
        else:
            self._long_table("Objectives and measures", grid)
        for first in range(0, len(charts), 2):
            self._charts(self._slide("How it went"), charts[first : first + 2], top=_TOP, height=Inches(5.2))

    def _charts(self, slide: Any, charts: Sequence[ChartData], *, top: Emu, height: Emu) -> None:
        wide = Emu(_ROOM // 2 - Inches(0.1))
        for place, chart in enumerate(charts):
            self._chart(slide, (chart,), box=(Emu(_LEFT + place * (wide + Inches(0.2))), top, wide, height))

    def _board(self) -> None:
        summary = self._summary
        slide = self._slide(f"Board: {summary.standing_words}")
        half = Emu(_ROOM // 2 - Inches(0.1))
        counts = [(column.title, float(len(column.cards))) for column in summary.columns]
        right = Emu(_LEFT + half + Inches(0.2))
        _bars(slide, "Cards by column", counts, unit="cards", box=(_LEFT, _TOP, half, Inches(5.2)))
        if summary.weeks:
            hours = [(week_text(line.week, locale=summary.locale), line.planned) for line in summary.weeks]
            _bars(slide, "Hours planned per week", hours, unit="hours", box=(right, _TOP, half, Inches(5.2)))
        else:
            self._balance(slide, box=(right, _TOP, half, Inches(5.2)))

    def _checkpoints(self) -> None:
        slide = self._slide("Checkpoints and risks")
        lines = list(checkpoint_lines(self._summary))
        for checkpoint in self._summary.checkpoints:
            said = (checkpoint.what_worked, checkpoint.decisions, checkpoint.next_steps)
            lines += [f"Day {checkpoint.day}: {text}" for text in said if text]
        half = Emu(_ROOM // 2 - Inches(0.1))
        _list(slide, lines, box=(_LEFT, _TOP, half, Inches(5)), size=14)
        risks = self._sections.get("Risks")
        said_risks = (
            [line for block in risks.blocks if isinstance(block, Points) for line in block.lines] if risks else []
        )
        words = [f"Risk: {line}" for line in said_risks] or ["No risk has been written down."]
        _list(slide, words, box=(Emu(_LEFT + half + Inches(0.2)), _TOP, half, Inches(5)), size=14)

    def _slide(self, title: str) -> Any:
        # The layout that holds a title alone.
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[5])
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = _LEFT, Inches(0.35), _ROOM, Inches(0.75)
        holder.text_frame.text = ""
        holder.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        holder.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _fill(holder.text_frame.paragraphs[0], title, size=26, bold=True, ink=INK)
        foot = f"{coverage_line(self._summary)}\n{foot_line(self._summary)}"
        _words(slide, foot, box=(_LEFT, Inches(6.85), _ROOM, Inches(0.5)), size=9, ink=SECOND)
        return slide

    def _grid(self, title: str) -> Grid:
        return next(block for block in self._sections[title].blocks if isinstance(block, Grid))

    def _long_table(self, title: str, grid: Grid) -> None:
        pages = [grid.rows[first : first + _ROWS] for first in range(0, len(grid.rows), _ROWS)] or [()]
        for number, rows in enumerate(pages, start=1):
            slide = self._slide(title if len(pages) == 1 else f"{title} ({number} of {len(pages)})")
            if rows:
                _table(slide, grid, box=(_LEFT, _TOP, _ROOM, Inches(1)), size=12, rows=rows)

    def _balance(self, slide: Any, *, box: tuple[Emu, ...]) -> None:
        pillars = [(title, float(count)) for title, count in self._summary.pillars]
        _bars(slide, "BUILD balance, cards per pillar", pillars, unit="cards", box=box)

    def _chart(self, slide: Any, charts: Sequence[ChartData], *, box: tuple[Emu, ...]) -> None:
        for chart in charts:
            if not chart.points:
                continue
            numbers = chart_numbers(chart, locale=self._summary.locale)
            made = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, numbers).chart
            made.part.chart_workbook.update_from_xlsx_blob(week_workbook(chart, locale=self._summary.locale))
            _dress(made, native_title(chart), unit=chart.unit)
            thin_labels(made._chartSpace, len(chart.points))  # noqa: SLF001 - python-pptx has no name for it
            series = made.plots[0].series[0]
            series.smooth = False
            series.format.line.width = Pt(1.75)
            series.format.line.color.rgb = _colour(LINE)
            series.marker.size = 5
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = _colour(LINE)
            for target in list(made.plots[0].series)[1:]:
                target.smooth = False
                target.format.line.width = Pt(1)
                target.format.line.dash_style = MSO_LINE.DASH
                target.format.line.color.rgb = _colour(SECOND)
                target.marker.style = XL_MARKER_STYLE.NONE


def _bars(slide: Any, title: str, values: Sequence[tuple[str, float]], *, unit: str, box: tuple[Emu, ...]) -> None:
    numbers: CategoryChartData = CategoryChartData(number_format=number_format(unit))
    names, amounts = [fit(name) for name, _value in values], [value for _name, value in values]
    numbers.categories = names
    numbers.add_series(title, amounts)
    made = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, numbers).chart
    made.part.chart_workbook.update_from_xlsx_blob(workbook(names, amounts, title=title, unit=unit))
    _dress(made, title, unit=unit)
    plot = made.plots[0]
    plot.gap_width = 60
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(10)
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = _colour(LINE)


def _dress(chart: Any, title: str, *, unit: str) -> None:
    """Title, quiet axes from zero, no legend: there is one series."""
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    _fill(chart.chart_title.text_frame.paragraphs[0], title, size=12, bold=True, ink=INK)
    chart.has_legend = False
    chart.font.size = Pt(10)
    chart.font.color.rgb = _colour(SECOND)
    axis = chart.value_axis
    axis.minimum_scale = 0
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = _colour("#E6E9ED")
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format(unit), False


def _counted(cards: Sequence[CardLine]) -> str:
    """How many cards, and which of them the longest."""
    return f"{late_count(cards)}, {cards[0].title} the longest"


def _facts(section: Section) -> tuple[tuple[str, str], ...]:
    return tuple(line for block in section.blocks if isinstance(block, Facts) for line in block.lines)


def _facts_table(slide: Any, facts: Sequence[tuple[str, str]], *, box: tuple[Emu, ...]) -> None:
    grid = Grid(("", ""), tuple(facts), (20, 80))
    _table(slide, grid, box=box, size=12, rows=grid.rows, has_head=False)


def _table(
    slide: Any, grid: Grid, *, box: tuple[Emu, ...], size: int, rows: Sequence[Sequence[str]], has_head: bool = True
) -> None:
    lines = [grid.header, *rows] if has_head else list(rows)
    left, top, width, _height = box
    frame = slide.shapes.add_table(len(lines), len(grid.header), left, top, width, Inches(0.3 * len(lines)))
    table = frame.table
    table.first_row, table.horz_banding = has_head, False
    for place, share in enumerate(grid.widths):
        table.columns[place].width = Emu(width * share // 100)
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            cell = table.cell(number, place)
            cell.margin_top = cell.margin_bottom = Pt(3)
            cell.fill.solid()
            is_head = has_head and number == 0
            cell.fill.fore_color.rgb = RGBColor.from_string(_BAND if is_head else _PALE)
            bold = is_head or (not has_head and place == 0)
            _fill(cell.text_frame.paragraphs[0], text, size=size, bold=bold, ink=SECOND if bold else INK)


def _list(slide: Any, lines: Sequence[str], *, box: tuple[Emu, ...], size: int) -> None:
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(4)
        _fill(paragraph, f"•  {line}", size=size, ink=INK)


def _words(slide: Any, text: str, *, box: tuple[Emu, ...], size: int, ink: str = INK) -> None:
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _fill(paragraph, line, size=size, ink=ink)


def _fill(paragraph: Any, text: str, *, size: int, ink: str, bold: bool = False) -> None:
    """One run; a paragraph whose first letter is Arabic or Hebrew runs from right to left."""
    run = paragraph.add_run()
    run.text = fit(text).replace("\n", " ")
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = _colour(ink)
    if runs_right_to_left(text):
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx has no name for the direction
        properties.set("rtl", "1")
        properties.set("algn", "r")
    for tag, face in (("a:latin", "Noto Sans"), ("a:ea", "Noto Sans CJK SC"), ("a:cs", "Noto Sans Arabic")):
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - as above
        properties.append(properties.makeelement(qn(tag), {"typeface": face}))


def _colour(ink: str) -> RGBColor:
    colour: RGBColor = RGBColor.from_string(ink.removeprefix("#"))
    return colour
