"""Export jobs: the pictures of the pages and the file itself, both made away from the window."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.ids import PlanId
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from workbench.export.exporter import Exporter
    from workbench.export.summary import Extent, NamesDisclosure, Paper, PlanSummary

PREVIEW_WIDTH: Final = 1000
MOST_PICTURES: Final = 12
"""Pages that are pictured; a document of more is one nobody leafs through before printing."""

FORMATS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("pdf", "PDF", ".pdf", "To read and print; looks the same everywhere"),
    ("docx", "Word", ".docx", "To go on writing in; charts can be changed"),
    ("pptx", "PowerPoint", ".pptx", "Slides for a meeting; charts can be changed"),
    ("xlsx", "Excel", ".xlsx", "Tables to reckon with"),
    ("html", "Web page", ".html", "One file for any browser"),
    ("md", "Markdown", ".md", "Plain text with headings"),
    ("csv", "CSV", ".csv", "The cards as one plain table"),
    ("ics", "Calendar", ".ics", "Days for any calendar; exporting again updates them"),
)
"""Key, title, ending and use of every format, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class NamesWish:
    """To whom names of card owners go, and why."""

    recipient: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages as pictures, how many there are, and what is in them, line by line."""

    pages: "tuple[QImage, ...]"
    count: int
    lines: tuple[str, ...]
    summary: "PlanSummary"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written: a plan, with names or not, in short or in full, on which sheet."""

    plan_id: PlanId
    names: NamesWish | None = None
    is_one_page: bool = False
    is_letter: bool = False


def make_preview(workspace: Workspace, wish: Wish) -> Preview:
    """Draws the pages as PDF and printer will have them; may run on any thread, because it draws into pictures."""
    # Documents bring Babel and QtSvg with them: they load with the first export.
    from workbench.operations.documents import plan_summary  # noqa: PLC0415 - see above

    extent, paper = _form(wish)
    names = _disclosure(wish.names)
    summary = plan_summary(workspace, plan_id=wish.plan_id, names=names, extent=extent, paper=paper)
    pages, count = _drawn(summary)
    return Preview(pages, count, _lines(summary), summary)


def write_file(workspace: Workspace, wish: Wish, *, key: str, out: Path) -> int:
    """Writes the summary and answers its size; refuses as `write_report` does."""
    from workbench.operations.documents import write_report  # noqa: PLC0415 - as above

    extent, paper = _form(wish)
    exporter, names = _exporter(key), _disclosure(wish.names)
    return write_report(
        workspace, plan_id=wish.plan_id, exporter=exporter, out=out, names=names, extent=extent, paper=paper
    )


def _form(wish: Wish) -> "tuple[Extent, Paper]":
    from workbench.export.summary import Extent, Paper  # noqa: PLC0415 - as above

    extent = Extent.ONE_PAGE if wish.is_one_page else Extent.FULL
    return extent, Paper.LETTER if wish.is_letter else Paper.A4


def _exporter(key: str) -> "Exporter":
    from workbench.export.exporter import exporters  # noqa: PLC0415 - as above
    from workbench.ui.print_pdf import PdfExporter  # noqa: PLC0415 - as above

    every: tuple[Exporter, ...] = (PdfExporter(), *exporters())
    return next(exporter for exporter in every if exporter.key == key)


def _disclosure(names: NamesWish | None) -> "NamesDisclosure | None":
    from workbench.export.summary import NamesDisclosure  # noqa: PLC0415 - as above

    return None if names is None else NamesDisclosure(purpose=names.purpose, recipient=names.recipient)


def _drawn(summary: "PlanSummary") -> "tuple[tuple[QImage, ...], int]":
    from PySide6.QtCore import Qt  # noqa: PLC0415 - as above
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415 - as above

    from workbench.ui.print_pdf import Pages, sheet  # noqa: PLC0415 - as above
    from workbench.ui.raster import svg_to_png  # noqa: PLC0415 - as above

    whole, room = sheet(summary)
    pages = Pages(summary, raster=svg_to_png, size=room.size())
    # Drawn larger than 96 dots to the inch, so that it stays sharp on dense screens.
    scale = PREVIEW_WIDTH / whole.width()
    images = []
    for number in range(min(pages.count, MOST_PICTURES)):
        image = QImage((whole * scale).toSize(), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            painter.scale(scale, scale)
            painter.translate(room.topLeft())
            pages.draw(painter, number)
        images.append(image)
    return tuple(images), pages.count


def _lines(summary: "PlanSummary") -> tuple[str, ...]:
    """What is in the document, in words."""
    from workbench.export.wording import coverage_line, names_line  # noqa: PLC0415 - as above
    from workbench.ui.numbers import plural  # noqa: PLC0415 - as above

    return (
        f"Purpose and owner · {summary.day_words}",
        f"{plural(len(summary.measures), 'measure', 'measures')} with baseline, now and target",
        f"The board: {summary.standing_words}",
        f"{plural(len(summary.next_days), 'card', 'cards')} late or due in the next 30 days",
        f"Checkpoints and {plural(len(summary.charts), 'chart', 'charts')}",
        coverage_line(summary),
        names_line(summary),
    )
