"""DropArea: a place to drop files and folders on, with buttons that choose them as well."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

ONE_FILE: Final = "Give one file at a time, so that you can look at each before it is taken in."
"""For a place that looks at what it is given before anything is taken in."""


class DropArea(QWidget):
    """`given(paths)` with what was dropped or chosen; `filters` are those of the file dialog.

    With `takes_one` a single file can be chosen, and several together are not taken: `refused` instead.
    """

    given = Signal(list)
    refused = Signal()

    def __init__(self, theme: Theme, *, words: str, filters: str, takes_one: bool = False) -> None:
        super().__init__()
        self._theme, self._filters, self._takes_one = theme, filters, takes_one
        self._is_over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 16, 20)
        column.setSpacing(12)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel("download-simple", theme, token="third", size=32), 0, centre)
        said = PlainLabel(words, role="second", wraps=True)
        said.setAlignment(centre)
        column.addWidget(said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.files = push_button(
            "Choose a file…" if takes_one else "Choose files…", theme=theme, icon="file", clicked=self._choose_files
        )
        self.folder = push_button("Choose a folder…", theme=theme, icon="folder", clicked=self._choose_folder)
        for button in (self.files, self.folder):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        theme.changed.connect(self.update)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            self._set_over(is_over=True)
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(is_over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(is_over=False)
        event.acceptProposedAction()
        self._give(dropped_paths(event.mimeData()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("accent" if self._is_over else "control"), 1.5 if self._is_over else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(self._theme.colour("accent_soft" if self._is_over else "window"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 8, 8)

    def _set_over(self, *, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def _choose_files(self) -> None:
        if self._takes_one:
            name, _filter = QFileDialog.getOpenFileName(self, "Choose a file", "", self._filters)
            self._give([Path(name)] if name else [])
            return
        names, _filter = QFileDialog.getOpenFileNames(self, "Choose files", "", self._filters)
        self._give([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose a folder")
        self._give([Path(name)] if name else [])

    def _give(self, paths: Sequence[Path]) -> None:
        if self._takes_one and len(paths) > 1:
            self.refused.emit()
        elif paths:
            self.given.emit(list(paths))


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files and folders of this machine that something dragged stands for."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
