"""DOCX: opened again by a reader; Arabic runs right to left; control characters do not break it."""

import io
import zlib

from docx import Document
from docx.oxml.ns import qn

from tests.export.samples import a_summary
from workbench.export.to_docx import DocxExporter


def png(_svg: str, _width: int) -> bytes:
    """The smallest PNG a reader accepts: one white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = (1).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff"))
        + chunk(b"IEND", b"")
    )


def test_a_reader_finds_headings_tables_pictures_and_every_script() -> None:
    document = Document(io.BytesIO(DocxExporter().render(a_summary(), raster=png)))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert headings[:2] == ["Objectives and measures", "Next 30 days"]
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "每周开放问题" in cells
    assert "39 of 55" in cells
    assert len(document.inline_shapes) == 2


def test_arabic_paragraphs_run_from_right_to_left() -> None:
    document = Document(io.BytesIO(DocxExporter().render(a_summary(), raster=png)))
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


def test_without_a_raster_the_document_says_that_pictures_are_missing() -> None:
    document = Document(io.BytesIO(DocxExporter().render(a_summary())))
    assert any("no picture could be drawn" in paragraph.text for paragraph in document.paragraphs)
