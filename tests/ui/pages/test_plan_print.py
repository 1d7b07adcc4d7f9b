"""Printing: the dialog opens on the summary's sheet, and what is printed is what the PDF holds."""

import io
from dataclasses import replace
from unicodedata import normalize

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from tests.export.samples import a_summary
from workbench.export.summary import Paper
from workbench.ui.pages.plan_print import print_now, start_printing
from workbench.ui.print_pdf import PdfExporter, set_sheet


@pytest.fixture
def printer(tmp_path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def test_every_page_is_printed_as_the_pdf_has_it(qapp, printer: QPrinter, tmp_path):
    summary = a_summary(cards=60)
    set_sheet(printer, summary)
    words = print_now(printer, summary)
    printed = PdfReader(tmp_path / "printed.pdf")
    written = PdfReader(io.BytesIO(PdfExporter().render(summary)))
    assert words.startswith(f"Sent {len(written.pages)} pages to ")
    assert len(printed.pages) == len(written.pages)
    for one, other in zip(printed.pages, written.pages, strict=True):
        first, second = ("".join(normalize("NFKC", page.extract_text()).split()) for page in (one, other))
        assert first[:40] == second[:40]


def test_the_dialog_opens_on_the_sheet_of_the_summary_and_prints_when_accepted(qtbot, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    told: list[str] = []
    dialog = start_printing(parent, replace(a_summary(), paper=Paper.LETTER), done=told.append)
    assert isinstance(dialog, QPrintDialog)
    printer = dialog.printer()
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.Letter
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "dialog.pdf"))
    dialog.finished.emit(QDialog.DialogCode.Accepted.value)
    assert len(told) == 1, told
    assert told[0].startswith("Sent ")
    assert (tmp_path / "dialog.pdf").stat().st_size > 1_000


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_takes_nothing_is_said_so(qapp, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    assert "did not take the pages" in print_now(printer, a_summary())
