"""The floor of a start: an empty PySide6 window. Prints seconds from STARTED to the first paint, and memory."""

import sys
import time

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override


class Empty(QWidget):
    """A window that paints nothing and ends after its first paint."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self._told)

    def _told(self) -> None:
        seconds = time.monotonic() - float(sys.argv[1])
        sys.stdout.write(f"{seconds} {psutil.Process().memory_full_info().pss / 1e6}\n")
        QApplication.quit()


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    window = Empty()
    window.resize(1366, 768)
    window.show()
    application.exec()
