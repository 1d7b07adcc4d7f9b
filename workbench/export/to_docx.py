"""The plan summary as a Word document: headings, tables, charts as small pictures."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from workbench.export.charts import Raster, line_chart
from workbench.export.summary import PlanSummary
from workbench.export.wording import (
    MEASURE_HEADER,
    card_table,
    checkpoint_lines,
    coverage_line,
    fact_lines,
    folded_table,
    measure_cells,
    names_line,
)

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LETTER = re.compile(r"[^\W\d_]")
# XML 1.0 allows no control characters but tab, line feed and carriage return.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PICTURE_PIXELS = 1100


class DocxExporter:
    """A document that Word and LibreOffice open and people go on writing in."""

    key = "docx"
    title = "Word document"
    suffix = ".docx"
    needs_raster = True

    def render(self, summary: PlanSummary, *, raster: Raster | None = None) -> bytes:
        """The document's bytes; without `raster` the charts are left out and said to be."""
        document: Any = Document()
        _set_up(document, summary)
        _paragraph(document, summary.plan, style="Title")
        _paragraph(document, summary.purpose)
        _paragraph(document, coverage_line(summary), style="Caption")
        _table(document, (), fact_lines(summary))
        document.add_heading("Objectives and measures", level=1)
        _table(document, MEASURE_HEADER, (measure_cells(line, locale=summary.locale) for line in summary.measures))
        for chart in summary.charts:
            if raster is None:
                _paragraph(document, f"{chart.title}: no picture could be drawn on this machine.", style="Caption")
            else:
                picture = raster(line_chart(chart, locale=summary.locale), PICTURE_PIXELS)
                document.add_picture(io.BytesIO(picture), width=Cm(16))
        document.add_heading("Next 30 days", level=1)
        if summary.next_days:
            _table(document, *card_table(summary.next_days, summary))
        else:
            _paragraph(document, "No open card is due in the next 30 days.")
        document.add_heading("Board", level=1)
        for column in summary.columns:
            document.add_heading(f"{column.title} ({len(column.cards)})", level=2)
            if column.cards:
                _table(document, *folded_table(column.cards, summary))
        document.add_heading("Checkpoints", level=1)
        for line in checkpoint_lines(summary):
            _paragraph(document, line, style="List Bullet")
        _paragraph(document, f"{names_line(summary)} Made by {summary.program}.", style="Caption")
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()


def _set_up(document: Any, summary: PlanSummary) -> None:
    """A4, quiet margins, one font, and properties that say nothing about the machine."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(10)
    fonts = normal.element.rPr.rFonts
    fonts.set(qn("w:cs"), "Noto Sans Arabic")
    fonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    properties = document.core_properties
    properties.title, properties.author = _clean(summary.plan), _clean(summary.owner)
    properties.comments = ""
    moment = datetime(summary.as_of.year, summary.as_of.month, summary.as_of.day)  # noqa: DTZ001 - the format has no zone
    properties.created = properties.modified = moment


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def _paragraph(container: Any, text: str, *, style: str | None = None) -> None:
    _fill(container.add_paragraph(style=style), text)


def _fill(paragraph: Any, text: str) -> None:
    """Adds the text; a paragraph whose first letter is Arabic or Hebrew runs from right to left."""
    run = paragraph.add_run(_clean(text))
    first = LETTER.search(text)
    if first is not None and RIGHT_TO_LEFT.match(first.group()):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no name for it
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001 - as above
        # In a right-to-left paragraph "left" means the leading edge, which is the right one.
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _table(document: Any, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = list(rows)
    table = document.add_table(rows=0, cols=len(header) or len(lines[0]))
    table.style = "Light Grid Accent 1" if header else "Light List"
    for number, line in enumerate([header, *lines] if header else lines):
        cells = table.add_row().cells
        for place, (cell, text) in enumerate(zip(cells, line, strict=True)):
            _fill(cell.paragraphs[0], text)
            for run in cell.paragraphs[0].runs:
                run.bold = (bool(header) and number == 0) or (not header and place == 0)
                run.font.size = Pt(9)
    if header:
        properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for a repeated header
        properties.append(OxmlElement("w:tblHeader"))
