"""HTML summary → PDF by Qt, which shapes Arabic and Chinese: an exporter that needs Qt, so it lives here."""

import re
import unicodedata

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from workbench.export.charts import Raster
from workbench.export.summary import PlanSummary
from workbench.export.to_html import print_page
from workbench.ui.raster import gui_application, svg_to_png

DOTS_PER_INCH = 96
CHART_PIXELS = 1100
STYLE = """
body { color: #1B2129; } h1 { font-size: 18pt; }
h2 { font-size: 12pt; margin-top: 16px; } h3 { font-size: 10pt; margin-top: 10px; }
table { border-collapse: collapse; } th, td { border-bottom: 1px solid #DADFE5; }
th { color: #47515D; font-weight: 600; text-align: left; } .second { color: #47515D; font-size: 8pt; }
.late { color: #B0271D; font-weight: 600; }
"""


_GLYPHS_TO_LETTERS = re.compile(rb"\[(?:<[0-9A-F]{4}> ?)+\]")
_CODE = re.compile(rb"<([0-9A-F]{4})>")
_RADICALS = frozenset(map(chr, range(0x2E80, 0x2FE0)))


class PdfExporter:
    """A4 pages with page numbers; text can be selected and searched."""

    key = "pdf"
    title = "PDF"
    suffix = ".pdf"
    needs_raster = False

    def render(self, summary: PlanSummary, *, raster: Raster | None = None) -> bytes:
        """The PDF's bytes; draws its charts itself unless another raster is handed in."""
        application = gui_application()
        document = QTextDocument()
        document.setDefaultFont(QFont("Noto Sans", 9))
        document.setDefaultStyleSheet(STYLE)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(16, 14, 16, 16), QPageLayout.Unit.Millimeter)
        writer.setResolution(DOTS_PER_INCH)
        writer.setTitle(summary.plan)
        writer.setCreator(summary.program)
        page = writer.pageLayout().paintRectPixels(DOTS_PER_INCH).size()
        footer = 24.0
        document.documentLayout().setPaintDevice(writer)
        document.setPageSize(QSizeF(page.width(), page.height() - footer))
        document.setHtml(print_page(summary, raster=raster or svg_to_png, pixels=CHART_PIXELS))
        self._paint(document, writer, summary.plan, footer)
        del application  # kept alive until here: fonts die with it
        return _searchable(bytes(buffer.data().data()))

    @staticmethod
    def _paint(document: QTextDocument, writer: QPdfWriter, title: str, footer: float) -> None:
        painter = QPainter(writer)
        # Otherwise charts are stored as JPEG: blurred text, and hatching makes them five times larger.
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        size = document.pageSize()
        small = QFont("Noto Sans", 7)
        for number in range(document.pageCount()):
            if number:
                writer.newPage()
            painter.save()
            painter.translate(0, -number * size.height())
            # Only this page's slice: drawContents clips by the rectangle it is given.
            document.drawContents(painter, _slice(number, size))
            painter.restore()
            painter.setFont(small)
            painter.drawText(0, int(size.height() + footer - 4), f"{title} · {number + 1} / {document.pageCount()}")
        painter.end()


def _searchable(pdf: bytes) -> bytes:
    """The same document, whose blanks and Chinese letters are found and copied as what they are.

    Where one glyph draws two letters, Qt's table from glyphs to letters names the wrong one: tab for space, and the
    radical for the word, so that a search for two words finds nothing. The length stays, and with it every offset.
    """
    return _GLYPHS_TO_LETTERS.sub(lambda table: _CODE.sub(_usual_letter, table[0]), pdf)


def _usual_letter(code: re.Match[bytes]) -> bytes:
    letter = chr(int(code[1], 16))
    if letter == "\t":
        return b"<0020>"
    usual = unicodedata.normalize("NFKC", letter) if letter in _RADICALS else letter
    return b"<%04X>" % ord(usual) if len(usual) == 1 and usual <= "\uffff" else code[0]


def _slice(number: int, size: QSizeF) -> QRectF:
    return QRectF(0, number * size.height(), size.width(), size.height())
