"""FilterBox: narrows what a page shows while one types; Esc clears it."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.theme import Theme

_ONWARD: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})


class FilterBox(QLineEdit):
    """A line with a funnel before it; `textChanged` is the signal to listen to, `onward` comes with Enter and Down."""

    onward = Signal()

    def __init__(self, theme: Theme, *, hint: str, width: int = 240, icon: str = "funnel") -> None:
        super().__init__()
        self._theme, self._width, self._icon = theme, width, icon
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self._on_theme()
        theme.changed.connect(self._on_theme)

    def set_width(self, width: int) -> None:
        """How wide it is at most, as designed."""
        if width != self._width:
            self._width = width
            self._on_theme()
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._width), super().sizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_escape = event.key() == Qt.Key.Key_Escape and bool(self.text())
            if is_escape:
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
        if event.key() in _ONWARD and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            # Here the key ends: the window would hand an Enter to whatever has the keyboard by then.
            event.accept()
            self.onward.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._on_theme()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.px(16)
        left = self.width() - 10 - side if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 10
        icons.draw(
            painter, self._icon, QRect(left, (self.height() - side) // 2, side, side), self._theme.colour("third")
        )

    def _on_theme(self) -> None:
        room = self._theme.px(24)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(0 if turned else room, 0, room if turned else 0, 0)
        self.setMaximumWidth(self._theme.px(self._width))
        self.update()
