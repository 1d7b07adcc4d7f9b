"""Chip: a word with its icon on a pale ground; carries one of the five meanings."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.directions import isolated
from workbench.ui.theme import MEANING_ICONS, SMALL, Meaning, Theme

_HEIGHT = 20
_ICON = 14
_PADDING = 8


class Chip(QWidget):
    """Shows `text` with the icon of `meaning`; `icon` replaces it, and an empty `icon` leaves it out."""

    def __init__(
        self, theme: Theme, text: str = "", *, meaning: Meaning = Meaning.NEUTRAL, icon: str | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._text, self._meaning, self._icon = "", meaning, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self.show_text(text, meaning=meaning, icon=icon)

    @property
    def text(self) -> str:
        """The word on it."""
        return self._text

    @property
    def meaning(self) -> Meaning:
        """What its colour says."""
        return self._meaning

    def show_text(self, text: str, *, meaning: Meaning = Meaning.NEUTRAL, icon: str | None = None) -> None:
        """Changes word, meaning and icon together."""
        self._text, self._meaning = text, meaning
        self._icon = MEANING_ICONS[meaning] if icon is None else icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        width = QFontMetrics(self._chip_font()).horizontalAdvance(self._text) + 2 * px(_PADDING)
        return QSize(width + (px(_ICON) + px(4) if self._icon else 0), px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.soft(self._meaning))
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect(), radius, radius)
        room = self.rect().adjusted(px(_PADDING), 0, -px(_PADDING), 0)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if self._icon:
            side = px(_ICON)
            left = room.right() - side + 1 if turned else room.left()
            icons.draw(
                painter, self._icon, QRect(left, (self.height() - side) // 2, side, side), tokens.of(self._meaning)
            )
            room.adjust(0 if turned else side + px(4), 0, -(side + px(4)) if turned else 0, 0)
        painter.setFont(self._chip_font())
        painter.setPen(tokens.of(self._meaning))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, isolated(self._text))

    def _chip_font(self) -> QFont:
        return self._theme.font(SMALL, weight=QFont.Weight.Medium)
