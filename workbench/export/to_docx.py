"""The plan summary as a Word document: headings, tables, and charts that are changed in Word."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt, RGBColor
from lxml import etree

from workbench.export.charts import SECOND, ChartData
from workbench.export.fit_text import fit, runs_right_to_left
from workbench.export.native_charts import chart_markup, week_workbook
from workbench.export.packing import same_bytes
from workbench.export.sections import Block, Facts, Grid, Picture, Points, Words, foot_line, head_blocks, sections
from workbench.export.summary import Paper, PlanSummary

_SHEETS = {Paper.A4: (Cm(21.0), Cm(29.7)), Paper.LETTER: (Cm(21.59), Cm(27.94))}
_SECOND = RGBColor.from_string(SECOND.removeprefix("#"))
_CHART_SIZE, _SMALL_CHART = (Cm(16), Cm(5.2)), (Cm(8.4), Cm(3.8))


class DocxExporter:
    """A document that Word and LibreOffice open and people go on writing in."""

    key = "docx"
    title = "Word document"
    suffix = ".docx"

    def render(self, summary: PlanSummary) -> bytes:
        """The document's bytes; the same summary gives the same bytes."""
        document: Any = Document()
        _set_up(document, summary)
        _paragraph(document, summary.plan, style="Title")
        writer = _Writer(document, summary)
        for block in head_blocks(summary):
            writer.add(block)
        for section in sections(summary):
            document.add_heading(fit(section.title), level=section.level)
            writer.add_all(section.blocks)
        _paragraph(document, foot_line(summary), style="Caption")
        buffer = io.BytesIO()
        document.save(buffer)
        return same_bytes(buffer.getvalue())


class _Writer:
    """Puts blocks at the end of a document; counts its charts, whose parts need names of their own."""

    def __init__(self, document: Any, summary: PlanSummary) -> None:
        self._document, self._summary = document, summary
        self._charts = 0

    def add_all(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if not isinstance(block, Picture):
                self.add(block)
        charts = [block.chart for block in blocks if isinstance(block, Picture)]
        # Small charts share a line.
        for group in [charts] if self._summary.is_one_page else [[chart] for chart in charts]:
            if group:
                paragraph = self._document.add_paragraph()
                for chart in group:
                    self._chart(paragraph, chart)

    def add(self, block: Words | Facts | Grid | Points | Picture) -> None:
        match block:
            case Words(text, is_small):
                _paragraph(self._document, text, style="Caption" if is_small else None)
            case Facts(lines):
                _table(self._document, (), lines)
            case Points(lines):
                for line in lines:
                    _paragraph(self._document, line, style="List Bullet")
            case Grid(header, rows, widths):
                _table(self._document, header, rows, widths=widths)
            case Picture(chart):
                self._chart(self._document.add_paragraph(), chart)

    def _chart(self, paragraph: Any, chart: ChartData) -> None:
        """A chart part with its workbook (ECMA-376 part 1, 21.2.2), set in the line as a picture would be."""
        self._charts += 1
        number, locale, package = self._charts, self._summary.locale, self._document.part.package
        # A relationship of its own is the only one a chart part has, so its name is known before the part is made.
        markup = chart_markup(chart, locale=locale, workbook_id="rId1")
        part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, markup, package)
        numbers = week_workbook(chart, locale=locale)
        book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, numbers, package)
        part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
        chart_id = self._document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        width, height = _SMALL_CHART if self._summary.is_one_page else _CHART_SIZE
        paragraph.add_run()._r.append(parse_xml(_frame(chart_id, number, width, height, chart.title)))  # noqa: SLF001 - python-docx knows no charts


def _frame(chart_id: str, number: int, width: Length, height: Length, title: str) -> bytes:
    frame = OxmlElement("w:drawing")
    inline = OxmlElement("wp:inline")
    frame.append(inline)
    extent = OxmlElement("wp:extent")
    extent.set("cx", str(int(width)))
    extent.set("cy", str(int(height)))
    inline.append(extent)
    about = OxmlElement("wp:docPr")
    for name, value in (("id", str(number)), ("name", f"Chart {number}"), ("descr", fit(title))):
        about.set(name, value)
    inline.append(about)
    graphic = OxmlElement("a:graphic")
    inline.append(graphic)
    data = OxmlElement("a:graphicData")
    data.set("uri", "http://schemas.openxmlformats.org/drawingml/2006/chart")
    graphic.append(data)
    chart = etree.SubElement(data, "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")
    chart.set(qn("r:id"), chart_id)
    markup: bytes = etree.tostring(frame)
    return markup


def _set_up(document: Any, summary: PlanSummary) -> None:
    """Quiet margins, one font, and properties that say nothing about the machine."""
    section = document.sections[0]
    section.page_width, section.page_height = _SHEETS[summary.paper]
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.0 if summary.is_one_page else 1.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(8 if summary.is_one_page else 10)
    if summary.is_one_page:
        normal.paragraph_format.space_after = Pt(2)
        for name, size in (("Title", 18), ("Heading 1", 11)):
            document.styles[name].font.size = Pt(size)
            document.styles[name].paragraph_format.space_before = Pt(4)
            document.styles[name].paragraph_format.space_after = Pt(2)
    caption = document.styles["Caption"]
    caption.font.bold, caption.font.size, caption.font.color.rgb = False, Pt(7.5), _SECOND
    fonts = normal.element.rPr.rFonts
    fonts.set(qn("w:cs"), "Noto Sans Arabic")
    fonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    properties = document.core_properties
    properties.title, properties.author = fit(summary.plan), fit(summary.owner)
    properties.comments = ""
    moment = datetime(summary.as_of.year, summary.as_of.month, summary.as_of.day)  # noqa: DTZ001 - the format has no zone
    properties.created = properties.modified = moment


def _paragraph(container: Any, text: str, *, style: str | None = None) -> None:
    _fill(container.add_paragraph(style=style), text)


def _fill(paragraph: Any, text: str) -> None:
    """Adds the text; a paragraph whose first letter is Arabic or Hebrew runs from right to left."""
    run = paragraph.add_run(fit(text))
    if runs_right_to_left(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no name for it
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001 - as above
        # In a right-to-left paragraph "left" means the leading edge, which is the right one.
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _table(
    document: Any, header: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int] = (22, 78)
) -> None:
    lines = list(rows)
    if not lines:
        return
    table = document.add_table(rows=0, cols=len(header) or len(lines[0]))
    table.autofit = False
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for place, column in enumerate(table.columns):
        column.width = Emu(room * widths[place] // 100)
    for number, line in enumerate([header, *lines] if header else lines):
        cells = table.add_row().cells
        is_head = bool(header) and number == 0
        for place, (cell, text) in enumerate(zip(cells, line, strict=True)):
            cell.width = Emu(room * widths[place] // 100)
            _fill(cell.paragraphs[0], text)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell._tc.get_or_add_tcPr().append(_edge())  # noqa: SLF001 - python-docx has no name for one edge of a cell
            for run in cell.paragraphs[0].runs:
                run.bold = is_head or (not header and place == 0)
                run.font.size = Pt(9)
                if run.bold:
                    run.font.color.rgb = _SECOND
    if header:
        properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for a repeated header
        properties.append(OxmlElement("w:tblHeader"))
    # Keeps the next table from growing together with this one.
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _edge() -> Any:
    """A hairline under a cell: rows stand apart without a cage."""
    edges, line = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "DADFE5")):
        line.set(qn(f"w:{name}"), value)
    edges.append(line)
    return edges
