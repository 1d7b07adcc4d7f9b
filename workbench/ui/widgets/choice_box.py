"""ChoiceBox: a combo box with an arrow that can be seen, which the wheel leaves alone unless it has the keyboard."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox
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
        side = self._theme.px(12)
        left = 10 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.width() - 10 - side
        icons.draw(QPainter(self), "caret-down", QRect(left, (self.height() - side) // 2, side, side), self._colour())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _colour(self) -> QColor:
        return self._theme.colour("third" if self.isEnabled() else "control")
