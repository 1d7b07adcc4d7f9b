"""LinkRow: a button that reads like a link and ends in an ellipsis where room is short."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from workbench.ui.directions import isolated
from workbench.ui.theme import BODY, Theme

_HEIGHT = 28
_PADDING = 4


class LinkRow(QPushButton):
    """`words` are shown as they are; `told` is said on hover and to screen readers."""

    def __init__(self, theme: Theme, words: str, told: str) -> None:
        super().__init__()
        self._theme, self.words = theme, words
        self.setProperty("kind", "plain")
        self.setToolTip(told)
        self.setAccessibleName(told)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.words) + 2 * self._theme.px(_PADDING)
        return QSize(width, self._theme.px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(48), self._theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        padding = self._theme.px(_PADDING)
        room: QRect = self.rect().adjusted(padding, 0, -padding, 0)
        painter.setFont(self._theme.font(BODY))
        painter.setPen(self._theme.colour("accent"))
        shown = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, isolated(shown))
