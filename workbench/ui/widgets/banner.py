"""Banner: a pale ground under words that ask for somebody."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.ui.theme import Theme

_ROUND = 8


class Banner(QWidget):
    """Holds what is laid out on it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("watch_soft"))
        painter.drawRoundedRect(self.rect(), _ROUND, _ROUND)
