"""Printing a plan summary: the system's own dialog, then every page as the preview showed it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from workbench.ui import numbers

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from workbench.export.summary import PlanSummary


def start_printing(parent: QWidget, summary: "PlanSummary", *, done: Callable[[str], object]) -> QDialog:
    """Opens the print dialog on the summary's sheet; `done` is told in words what was sent to which printer."""
    # Printing brings the system's print library with it: it loads when somebody prints.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - see above

    from workbench.ui.print_pdf import set_sheet  # noqa: PLC0415 - documents load with the first export

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(summary.plan)
    printer.setCreator(summary.program)
    set_sheet(printer, summary)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print the plan summary")

    def on_finished(result: int) -> None:
        if result == QDialog.DialogCode.Accepted.value:
            done(print_now(printer, summary))
        dialog.deleteLater()

    dialog.finished.connect(on_finished)
    # The print dialog hides the plain `open` behind one that takes a receiver.
    QDialog.open(dialog)
    return dialog


def print_now(printer: "QPrinter", summary: "PlanSummary") -> str:
    """Prints and says what was sent where, or that the printer took nothing."""
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - as above

    from workbench.ui.print_pdf import print_on  # noqa: PLC0415 - as above

    pages = print_on(printer, summary)
    where = printer.printerName() or printer.outputFileName() or "the printer"
    if not pages or printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
        return f"{where} did not take the pages. Check that it is on, then print again."
    return f"Sent {numbers.plural(pages, 'page', 'pages')} to {where}."
