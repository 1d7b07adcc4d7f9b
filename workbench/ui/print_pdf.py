"""HTML summary → PDF by Qt, which shapes Arabic and Chinese: an exporter that needs Qt, so it lives here."""

import re
import unicodedata
from datetime import datetime
from typing import Final

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from workbench.export.charts import Raster
from workbench.export.summary import Paper, PlanSummary
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


_SHEETS: Final = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}
_MARGINS: Final = QMarginsF(16, 14, 16, 16)
_FOOT: Final = 24.0
_POINTS: Final = 9.0
_SMALLEST_POINTS: Final = 5.5
_STEP: Final = 0.5
_GLYPHS_TO_LETTERS = re.compile(rb"\[(?:<[0-9A-F]{4}> ?)+\]")
_CODE = re.compile(rb"<([0-9A-F]{4})>")
_MADE = re.compile(rb"D:\d{14}Z")
_MADE_XMP = re.compile(rb'Date="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"')
_SPACE = QUuid("{9d4b1f60-5f0e-4f7c-8b3e-0c6f7a1d2e35}")
_RADICALS = frozenset(map(chr, range(0x2E80, 0x2FE0)))


class PdfExporter:
    """A4 pages with page numbers; text can be selected and searched."""

    key = "pdf"
    title = "PDF"
    suffix = ".pdf"

    def render(self, summary: PlanSummary, *, raster: Raster | None = None) -> bytes:
        """The PDF's bytes; draws its charts itself unless another raster is handed in."""
        application = gui_application()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(DOTS_PER_INCH)
        writer.setTitle(summary.plan)
        writer.setCreator(summary.program)
        writer.setDocumentId(QUuid.createUuidV5(_SPACE, f"{summary.plan_id} {summary.as_of.isoformat()}".encode()))
        set_sheet(writer, summary)
        print_on(writer, summary, raster=raster or svg_to_png)
        del application  # kept alive until here: fonts die with it
        return _dated(_searchable(bytes(buffer.data().data())), summary.as_of)


def set_sheet(device: QPagedPaintDevice, summary: PlanSummary) -> None:
    """Gives a printer or a PDF the sheet and the margins of the summary."""
    device.setPageSize(QPageSize(_SHEETS[summary.paper]))
    device.setPageMargins(_MARGINS, QPageLayout.Unit.Millimeter)


def sheet(summary: PlanSummary) -> tuple[QSizeF, QRectF]:
    """The sheet and the room within its margins, both at 96 dots to the inch."""
    layout = QPageLayout(
        QPageSize(_SHEETS[summary.paper]), QPageLayout.Orientation.Portrait, _MARGINS, QPageLayout.Unit.Millimeter
    )
    room = layout.paintRectPixels(DOTS_PER_INCH)
    return QSizeF(layout.fullRectPixels(DOTS_PER_INCH).size()), QRectF(room)


def print_on(device: QPagedPaintDevice, summary: PlanSummary, *, raster: Raster = svg_to_png) -> int:
    """Draws every page with its number and answers how many; 0 where a printer takes nothing."""
    # Laid out at 96 dots to the inch whatever the device has: screens, printers and PDF break lines alike.
    room = device.pageLayout().paintRectPixels(DOTS_PER_INCH).size()
    pages = Pages(summary, raster=raster, size=QSizeF(room))
    painter = QPainter()
    if not painter.begin(device):
        return 0
    # Otherwise charts are stored as JPEG: blurred text, and hatching makes them five times larger.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    scale = device.logicalDpiX() / DOTS_PER_INCH
    painter.scale(scale, scale)
    for number in range(pages.count):
        if number:
            device.newPage()
        pages.draw(painter, number)
    painter.end()
    return pages.count


class Pages:
    """The summary broken into pages of `size`, at 96 dots to the inch; drawn by any painter, on any thread."""

    def __init__(self, summary: PlanSummary, *, raster: Raster, size: QSizeF) -> None:
        self._title = summary.plan
        self._size = QSizeF(size.width(), size.height() - _FOOT)
        markup = print_page(summary, raster=raster, pixels=CHART_PIXELS)
        self._document = laid_out(markup, summary, size=self._size)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def draw(self, painter: QPainter, number: int) -> None:
        """Draws a page, counted from 0, with its number at the foot."""
        painter.save()
        painter.translate(0, -number * self._size.height())
        # Only this page's slice: drawContents clips by the rectangle it is given.
        self._document.drawContents(painter, _slice(number, self._size))
        painter.restore()
        font = QFont("Noto Sans")
        font.setPixelSize(9)
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        painter.drawText(0, int(self._size.height() + _FOOT - 4), f"{self._title} · {number + 1} / {self.count}")


def laid_out(markup: str, summary: PlanSummary, *, size: QSizeF) -> QTextDocument:
    """The document on pages of `size`; the one-page form is set smaller, step by step, until one page holds it."""
    # A long document sets timers while it is laid out, which a thread of Python's own has no place for by itself.
    QEventLoop()
    document, points = QTextDocument(), _POINTS
    while True:
        document.setDefaultFont(_font(points))
        document.setDefaultStyleSheet(_sized(STYLE, points / _POINTS))
        document.setPageSize(size)
        document.setHtml(markup)
        if not summary.is_one_page or document.pageCount() == 1 or points <= _SMALLEST_POINTS:
            return document
        points -= _STEP


def _font(points: float) -> QFont:
    font = QFont("Noto Sans")
    # In pixels at 96 to the inch, so that no screen's own density moves a line.
    font.setPixelSize(round(points * DOTS_PER_INCH / 72))
    return font


def _sized(style: str, share: float) -> str:
    return re.sub(r"(\d+)(pt|px)", lambda size: f"{max(1, round(int(size[1]) * share))}{size[2]}", style)


def _searchable(pdf: bytes) -> bytes:
    """The same document, whose blanks and Chinese letters are found and copied as what they are.

    Where one glyph draws two letters, Qt's table from glyphs to letters names the wrong one: tab for space, and the
    radical for the word, so that a search for two words finds nothing. The length stays, and with it every offset.
    """
    return _GLYPHS_TO_LETTERS.sub(lambda table: _CODE.sub(_usual_letter, table[0]), pdf)


def _dated(pdf: bytes, moment: datetime) -> bytes:
    """The same document with the summary's moment for the machine's: equal summaries give equal bytes."""
    pdf = _MADE.sub(moment.strftime("D:%Y%m%d%H%M%SZ").encode(), pdf)
    return _MADE_XMP.sub(b'Date="' + moment.strftime("%Y-%m-%dT%H:%M:%S+00:00").encode() + b'"', pdf)


def _usual_letter(code: re.Match[bytes]) -> bytes:
    letter = chr(int(code[1], 16))
    if letter == "\t":
        return b"<0020>"
    usual = unicodedata.normalize("NFKC", letter) if letter in _RADICALS else letter
    return b"<%04X>" % ord(usual) if len(usual) == 1 and usual <= "\uffff" else code[0]


def _slice(number: int, size: QSizeF) -> QRectF:
    return QRectF(0, number * size.height(), size.width(), size.height())
