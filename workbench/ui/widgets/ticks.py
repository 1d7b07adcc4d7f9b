"""TickBox and RadioDot: check box and radio button whose mark, border and focus are drawn from the theme's tokens."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.directions import isolated
from workbench.ui.theme import Theme

_SIDE: Final = 16
_GAP: Final = 8
_HEIGHT: Final = 24


class TickBox(QCheckBox):
    """A check box."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return _size(self, self._theme)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_SIDE + _GAP), self._theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = _begin(painter, self, self._theme)
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)
        if self.isChecked():
            icons.draw(painter, "check", box.adjusted(2, 2, -2, -2), self._theme.colour("on_accent"))
        _words(painter, self, self._theme)


class RadioDot(QRadioButton):
    """A radio button."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return _size(self, self._theme)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_SIDE + _GAP), self._theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(_begin(painter, self, self._theme)).adjusted(1, 1, -1, -1)
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("on_accent"))
            inset = box.width() * 0.32
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
        _words(painter, self, self._theme)


def _size(button: QAbstractButton, theme: Theme) -> QSize:
    button.ensurePolished()
    words = button.fontMetrics().horizontalAdvance(button.text())
    return QSize(theme.px(_SIDE + _GAP) + words + 4, max(theme.px(_HEIGHT), button.fontMetrics().height()))


def _box(button: QAbstractButton, theme: Theme) -> QRect:
    side = theme.px(_SIDE)
    turned = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return QRect(button.width() - side - 1 if turned else 1, (button.height() - side) // 2, side, side)


def _begin(painter: QPainter, button: QAbstractButton, theme: Theme) -> QRect:
    """Pen and brush for the mark, the ring of the keyboard around it; answers the mark's box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_on, is_enabled = button.isChecked(), button.isEnabled()
    strong = "accent" if is_on or button.hasFocus() else "control"
    painter.setPen(QPen(theme.colour(strong if is_enabled else "line"), 2 if button.hasFocus() else 1))
    painter.setBrush(theme.colour(("accent" if is_enabled else "control") if is_on else "surface"))
    return _box(button, theme)


def _words(painter: QPainter, button: QAbstractButton, theme: Theme) -> None:
    taken = theme.px(_SIDE + _GAP)
    turned = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    room = button.rect().adjusted(0 if turned else taken, 0, -taken if turned else 0, 0)
    painter.setPen(theme.colour("text" if button.isEnabled() else "third"))
    shown = button.fontMetrics().elidedText(button.text(), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, isolated(shown))
    if button.hasFocus():
        # Where the keyboard is has to show without colour too: a line under the words.
        width = min(room.width(), button.fontMetrics().horizontalAdvance(shown))
        left = room.right() - width if turned else room.left()
        base = room.center().y() + button.fontMetrics().ascent() // 2 + 4
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.drawLine(left, base, left + width, base)
