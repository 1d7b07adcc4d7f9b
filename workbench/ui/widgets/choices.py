"""ChoiceRow and TickDelegate: one of several as a row that says what it means, and yes or no in a list."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from workbench.ui.directions import isolated
from workbench.ui.theme import BODY, SMALL, Theme

_BOX = 18
_GAP = 10
_PADDING = 12
_LOW_PADDING = 8


class ChoiceRow(QRadioButton):
    """A radio button as a bordered row: a title, and below it what it means; `is_low` where several must fit."""

    def __init__(self, theme: Theme, title: str, words: str, *, is_low: bool = False) -> None:
        super().__init__(title)
        self._padding = _LOW_PADDING if is_low else _PADDING
        self._theme, self._words = theme, words
        self.setAccessibleDescription(words)
        theme.changed.connect(self.updateGeometry)

    def set_words(self, words: str) -> None:
        """Changes what stands below the title."""
        self._words = words
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self.heightForWidth(max(self.width(), self._theme.px(320))))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.heightForWidth(max(self.width(), self._theme.px(200))))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        title, words = self._rooms(width)
        return title.height() + words.height() + 2 + 2 * self._padding

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, is_on = self._theme.tokens, self.isChecked()
        edge = "accent" if is_on or self.hasFocus() else "line"
        painter.setPen(QPen(tokens.colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(tokens.colour("accent_soft" if is_on else "surface"))
        inset = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 8, 8)
        side = self._theme.px(_BOX)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - self._padding - side if turned else self._padding
        dot = QRectF(left + 1, self._padding + 1, side - 2, side - 2)
        painter.setPen(QPen(tokens.colour("accent" if is_on else "control"), 1.5))
        painter.setBrush(tokens.colour("surface"))
        painter.drawEllipse(dot)
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("accent"))
            painter.drawEllipse(dot.adjusted(4, 4, -4, -4))
        title, words = self._rooms(self.width())
        painter.setFont(self._theme.font(BODY, weight=QFont.Weight.Medium))
        painter.setPen(tokens.colour("text" if self.isEnabled() else "third"))
        painter.drawText(title, _FLAGS, isolated(self.text()))
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(tokens.colour("second" if self.isEnabled() else "third"))
        painter.drawText(words, _FLAGS, isolated(self._words))

    def _rooms(self, width: int) -> tuple[QRect, QRect]:
        """Where title and words stand in a row of this width."""
        side = self._theme.px(_BOX)
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self._padding if turned else self._padding + side + _GAP
        room = QRect(left, self._padding, max(40, width - 2 * self._padding - side - _GAP), 10_000)
        title = _bounds(self._theme.font(BODY, weight=QFont.Weight.Medium), room, self.text())
        below = room.translated(0, title.height() + 2)
        return title, _bounds(self._theme.font(SMALL), below, self._words)


class TickDelegate(QStyledItemDelegate):
    """The boxes of a list whose rows can be ticked; the style sheet leaves them empty."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        at = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        box = self._view.style().subElementRect(at, whole, self._view)
        is_on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tick(painter, box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), self._theme, is_on=is_on)
        painter.restore()


def paint_tick(painter: QPainter, box: QRectF, theme: Theme, *, is_on: bool) -> None:
    """A box with an outline that can be seen on every ground, and the mark in it where it is on."""
    tokens = theme.tokens
    painter.setPen(QPen(tokens.colour("accent" if is_on else "control"), 1.5))
    painter.setBrush(tokens.colour("accent" if is_on else "surface"))
    painter.drawRoundedRect(box, 4, 4)
    if is_on:
        painter.setPen(QPen(tokens.colour("on_accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        points = ((0.24, 0.54), (0.43, 0.72), (0.77, 0.32))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(
            QPolygonF([QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points])
        )


_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading


def _bounds(font: QFont, room: QRect, text: str) -> QRect:
    """The rows a text takes in a room, at the room's full width."""
    height = QFontMetrics(font).boundingRect(room, int(_FLAGS), text).height()
    return QRect(room.left(), room.top(), room.width(), height)
