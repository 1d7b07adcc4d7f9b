"""ChoiceBox: a combo box with an arrow that can be seen, which the wheel leaves alone unless it has the keyboard."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.theme import Theme


class ChoiceBox(QComboBox):
    """`focused` when the keyboard comes to it, so that what holds it can scroll there."""

    focused = Signal()

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(20)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_caret(self, self._theme)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def paint_caret(box: QWidget, theme: Theme) -> None:
    """The arrow at the far end of a box that opens something; in its paint event."""
    side = theme.px(12)
    left = 10 if box.layoutDirection() is Qt.LayoutDirection.RightToLeft else box.width() - 10 - side
    colour = theme.colour("third" if box.isEnabled() else "control")
    icons.draw(QPainter(box), "caret-down", QRect(left, (box.height() - side) // 2, side, side), colour)
