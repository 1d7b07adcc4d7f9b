"""FileDrops: files of this program dropped anywhere on the window find the page that takes them in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.ui.widgets.drop_area import dropped_paths

PLACES = {
    ".cwplan": ("exchange", "receive:{file}"),
    ".cwpartner": ("exchange", "partners:{file}"),
    ".cwoffice": ("rollup", "import:{folder}"),
}
"""Ending → the page, and what it is opened with."""


class FileDrops(QObject):
    """Watches a window. What a page takes itself never comes here; other files are left alone."""

    def __init__(self, window: QWidget, open_page: Callable[[str, object], object]) -> None:
        super().__init__(window)
        self._open_page = open_page
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and place_of(dropped_paths(event.mimeData())) is not None:
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            place = place_of(dropped_paths(event.mimeData()))
            if place is not None:
                event.acceptProposedAction()
                self._open_page(*place)
                return True
        return super().eventFilter(watched, event)


def place_of(paths: list[Path]) -> tuple[str, str] | None:
    """Which page takes what was dropped, by the first file that is one of ours."""
    for path in paths:
        found = PLACES.get(path.suffix.casefold())
        if found is not None:
            page, argument = found
            return page, argument.format(file=path, folder=path.parent)
    return None
