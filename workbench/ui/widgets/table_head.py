"""TableHead: the titles of a table's columns; the mark of the sorted one stands beside its words, never on them."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHeaderView
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.directions import isolated
from workbench.ui.theme import SMALL, Theme

_PADDING: Final = 12
_MARK: Final = 10


class TableHead(QHeaderView):
    """Titles stand as their column does: numbers at its end, with the mark before them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        tokens, model = self._theme.tokens, self.model()
        painter.save()
        painter.fillRect(rect, tokens.colour("surface"))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(self.layoutDirection())
        painter.setFont(self._theme.font(SMALL, weight=QFont.Weight.DemiBold))
        aligned = model.headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        is_at_end = bool((aligned or self.defaultAlignment()) & Qt.AlignmentFlag.AlignRight)
        side = self._theme.px(_MARK)
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        room = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        words = str(model.headerData(logicalIndex, self.orientation()) or "")
        most = room.width() - (side + 4 if is_sorted else 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, most)
        width = painter.fontMetrics().horizontalAdvance(shown)
        if is_sorted:
            # At the far side of the words: before a number's title, behind another one.
            is_left = is_at_end is not turned
            left = room.right() - width - side - 3 if is_left else room.left() + width + 4
            name = "caret-up" if self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder else "caret-down"
            box = QRect(left, rect.center().y() - side // 2 + 1, side, side)
            icons.draw(painter, name, box, tokens.colour("second"))
        painter.setPen(tokens.colour("text" if is_sorted else "third"))
        edge = Qt.AlignmentFlag.AlignTrailing if is_at_end else Qt.AlignmentFlag.AlignLeading
        painter.drawText(room, edge | Qt.AlignmentFlag.AlignVCenter, isolated(shown))
        painter.restore()
