"""Export jobs: the picture of the first page and the file itself, both made away from the window."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.ids import PlanId
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from workbench.export.exporter import Exporter
    from workbench.export.summary import NamesDisclosure, PlanSummary

PREVIEW_WIDTH: Final = 1000
_A4: Final = 297 / 210
_MARGIN: Final = 0.076

FORMATS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("pdf", "PDF", ".pdf", "To read and print; looks the same everywhere"),
    ("docx", "Word", ".docx", "To go on writing in"),
    ("xlsx", "Excel", ".xlsx", "Tables to reckon with"),
    ("html", "Web page", ".html", "One file for any browser"),
    ("md", "Markdown", ".md", "Plain text with headings"),
    ("csv", "CSV", ".csv", "The cards as one plain table"),
)
"""Key, title, ending and use of every format, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class NamesWish:
    """To whom names of card owners go, and why."""

    recipient: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The first page as a picture, how many pages there are, and what is in it, line by line."""

    page: "QImage"
    pages: int
    lines: tuple[str, ...]


def make_preview(workspace: Workspace, *, plan_id: PlanId, names: NamesWish | None) -> Preview:
    """Draws the first page as the PDF will have it; may run on any thread, because it draws into a picture."""
    # Documents bring Babel and QtSvg with them: they load with the first export.
    from workbench.operations.documents import plan_summary  # noqa: PLC0415 - see above

    summary = plan_summary(workspace, plan_id=plan_id, names=_disclosure(names))
    page, pages = _first_page(summary)
    return Preview(page, pages, _lines(summary))


def write_file(workspace: Workspace, *, plan_id: PlanId, key: str, out: Path, names: NamesWish | None) -> int:
    """Writes the summary and answers its size; refuses as `write_report` does."""
    from workbench.operations.documents import write_report  # noqa: PLC0415 - as above
    from workbench.ui.raster import svg_to_png  # noqa: PLC0415 - as above

    exporter = _exporter(key)
    return write_report(
        workspace, plan_id=plan_id, exporter=exporter, out=out, names=_disclosure(names), raster=svg_to_png
    )


def _exporter(key: str) -> "Exporter":
    from workbench.export.exporter import exporters  # noqa: PLC0415 - as above
    from workbench.ui.print_pdf import PdfExporter  # noqa: PLC0415 - as above

    every: tuple[Exporter, ...] = (PdfExporter(), *exporters())
    return next(exporter for exporter in every if exporter.key == key)


def _disclosure(names: NamesWish | None) -> "NamesDisclosure | None":
    from workbench.export.summary import NamesDisclosure  # noqa: PLC0415 - as above

    return None if names is None else NamesDisclosure(purpose=names.purpose, recipient=names.recipient)


def _first_page(summary: "PlanSummary") -> "tuple[QImage, int]":
    from PySide6.QtCore import QRectF, QSizeF, Qt  # noqa: PLC0415 - as above
    from PySide6.QtGui import QFont, QImage, QPainter, QTextDocument  # noqa: PLC0415 - as above

    from workbench.export.to_html import print_page  # noqa: PLC0415 - as above
    from workbench.ui.print_pdf import CHART_PIXELS, STYLE  # noqa: PLC0415 - as above
    from workbench.ui.raster import svg_to_png  # noqa: PLC0415 - as above

    image = QImage(PREVIEW_WIDTH, round(PREVIEW_WIDTH * _A4), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    # At 96 dots to the inch A4 is 794 wide; the picture is drawn larger so that it stays sharp on dense screens.
    scale = PREVIEW_WIDTH / 794
    margin = PREVIEW_WIDTH * _MARGIN / scale
    size = QSizeF(image.width() / scale - 2 * margin, image.height() / scale - 2 * margin)
    document = QTextDocument()
    font = QFont("Noto Sans")
    font.setPixelSize(12)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(STYLE)
    document.setPageSize(size)
    document.setHtml(print_page(summary, raster=svg_to_png, pixels=CHART_PIXELS))
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(margin, margin)
    document.drawContents(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image, document.pageCount()


def _lines(summary: "PlanSummary") -> tuple[str, ...]:
    """What is in the document, in words."""
    from workbench.export.wording import coverage_line, names_line  # noqa: PLC0415 - as above
    from workbench.ui.numbers import plural  # noqa: PLC0415 - as above

    return (
        f"Purpose, owner and {summary.day_words}",
        f"{plural(len(summary.measures), 'measure', 'measures')} with baseline, now and target",
        f"The board: {summary.standing_words}",
        f"{plural(len(summary.next_days), 'card', 'cards')} late or due in the next 30 days",
        f"Checkpoints and {plural(len(summary.charts), 'chart', 'charts')}",
        coverage_line(summary),
        names_line(summary),
    )
