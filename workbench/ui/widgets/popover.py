"""Popover: a small panel under (or above) a button that closes when one looks elsewhere; never a modal dialog."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import press_focused


class Popover(QWidget):
    """Build into `self.column`, then `open_at(button)`; Esc and a click outside close it."""

    def __init__(self, theme: Theme, anchor: QWidget, *, width: int = 320) -> None:
        super().__init__(
            anchor, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setProperty("ground", "clear")
        self.setLayoutDirection(anchor.layoutDirection())
        self.setFixedWidth(theme.px(width))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)

    def open_at(self, anchor: QWidget) -> None:
        """Shows it beside `anchor`, inside the anchor's window."""
        self.adjustSize()
        # Words that wrap say how tall they are only once they know how wide.
        self.resize(self.width(), max(self.minimumHeight(), self.column.totalHeightForWidth(self.width())))
        frame = anchor.window()
        room = frame.rect().translated(frame.mapToGlobal(QPoint(0, 0)))
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        if anchor.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            at.setX(at.x() + anchor.width() - self.width())
        if at.y() + self.height() > room.bottom():
            at.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4)
        at.setX(max(room.left() + 8, min(at.x(), room.right() - self.width() - 8)))
        self.move(at)
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        if press_focused(self, event):
            return
        super().keyPressEvent(event)
