"""Saving in tests of pages: what a person does in the system's own save dialog."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def save_as(qtbot, page: QWidget, path: Path, *, proposed: str) -> None:
    """Takes `path` in the dialog the page has opened, which proposes this name."""
    dialog = page.findChild(QFileDialog)
    name = Path(dialog.selectedFiles()[0]).name
    assert name == proposed, f"proposed {name}"
    dialog.fileSelected.emit(str(path))
    dialog.done(0)
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is None)
