"""IconLabel: one icon as a widget, drawn in a token's colour and following the theme."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.theme import Theme


class IconLabel(QWidget):
    """A decorative icon; words beside it carry the meaning."""

    def __init__(self, name: str, theme: Theme, *, token: str = "second", size: int = 16) -> None:
        super().__init__()
        self._name, self._theme, self._token, self._size = name, theme, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def set_icon(self, name: str, *, token: str) -> None:
        """Shows another icon."""
        if (name, token) != (self._name, self._token):
            self._name, self._token = name, token
            self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._theme.px(self._size)
        box = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        icons.draw(painter, self._name, box, self._theme.colour(self._token))
