"""DOCX: opened again by readers; charts bring their numbers; Arabic runs right to left; control characters do not break it."""

import io
import zipfile
from dataclasses import replace

import openpyxl
from docx import Document
from docx.oxml.ns import qn

from tests.export.samples import a_summary
from workbench.export.summary import Extent, Paper
from workbench.export.to_docx import DocxExporter


def test_a_reader_finds_headings_tables_pictures_and_every_script() -> None:
    document = Document(io.BytesIO(DocxExporter().render(a_summary())))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert headings[:2] == ["Objectives and measures", "Next 30 days"]
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "每周开放问题" in cells
    assert "39 of 55" in cells
    assert sum(1 for part in document.part.package.iter_parts() if str(part.partname).startswith("/word/charts/")) == 2


def test_arabic_paragraphs_run_from_right_to_left() -> None:
    document = Document(io.BytesIO(DocxExporter().render(a_summary())))
    arabic = [
        paragraph
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        if paragraph.text.startswith("أ")
    ]
    assert arabic
    assert all(paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in arabic)


def test_charts_bring_their_numbers_so_that_word_can_change_them() -> None:
    document = DocxExporter().render(a_summary())
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        book = openpyxl.load_workbook(io.BytesIO(parts.read("word/embeddings/chart1.xlsx")))
        markup = parts.read("word/charts/chart1.xml").decode()
        links = parts.read("word/charts/_rels/chart1.xml.rels").decode()
    assert [cell.value for cell in book["Sheet1"]["B"]][:7] == ["Messages per week", 40, 43, 46, 49, 52, None]
    assert 'externalData r:id="rId1"' in markup.replace('xmlns:r="', "")
    assert 'Id="rId1"' in links
    assert "embeddings/chart1.xlsx" in links
    assert 'dispBlanksAs val="gap"' in markup


def test_the_same_summary_gives_the_same_bytes_and_letter_is_another_sheet() -> None:
    summary = a_summary()
    assert DocxExporter().render(summary) == DocxExporter().render(summary)
    letter = Document(io.BytesIO(DocxExporter().render(replace(summary, paper=Paper.LETTER))))
    assert round(letter.sections[0].page_width.inches, 2) == 8.5  # type: ignore[union-attr]  # the section has a width


def test_the_short_form_leaves_the_board_out_and_keeps_measures_checkpoints_and_charts() -> None:
    document = Document(io.BytesIO(DocxExporter().render(replace(a_summary(cards=60), extent=Extent.ONE_PAGE))))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert headings == ["Objectives and measures", "How it went", "Next 30 days", "Checkpoints"]
