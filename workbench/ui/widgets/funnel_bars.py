"""FunnelBars: one bar a row with its number in words, and what it is out of beneath."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from typing_extensions import override

from workbench.ui.directions import isolated
from workbench.ui.widgets.cohort_data import Figure
from workbench.ui.widgets.cohort_view import FigureView

_ROW: Final = 42
_BAR: Final = 14
_MOST_TITLE: Final = 0.34
_MOST_WORDS: Final = 0.4


class FunnelBars(FigureView):
    """Draws the first cell of each row; the ground of a bar is the whole."""

    @override
    def sizeHint(self) -> QSize:
        rows = 0 if self.figure is None else len(self.figure.drawn)
        return QSize(self._theme.px(320), self._theme.px(rows * _ROW + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self.sizeHint().height())

    @override
    def box(self, row: int, column: int) -> QRectF:
        height = self._theme.px(_ROW)
        return QRectF(2, 2 + row * height, self.width() - 4, height - 4)

    @override
    def paint_figure(self, painter: QPainter, figure: Figure) -> None:
        theme, metrics = self._theme, QFontMetrics(self.font_of())
        strong = QFontMetrics(self.font_of(is_strong=True))
        titles = max((metrics.horizontalAdvance(row.title) for row in figure.drawn), default=0) + 20
        titles = min(titles, round(self.width() * _MOST_TITLE))
        ends = max((strong.horizontalAdvance(self.words_of(row.cells[0])) for row in figure.drawn), default=0) + 16
        ends = min(ends, round(self.width() * _MOST_WORDS))
        for place, row in enumerate(figure.drawn):
            box, cell = self.box(place, 0), row.cells[0]
            line = metrics.height()
            left = box.left() + 6
            room = QRectF(left + titles, box.top() + 4, box.width() - titles - ends - 12, theme.px(_BAR))
            self._paint_bar(painter, self._mirrored(room), None if cell.share is None else self.share_of(cell))
            lead = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.setFont(self.font_of())
            painter.setPen(theme.colour("text"))
            title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, titles - 8)
            painter.drawText(self._mirrored(QRectF(left, room.top() - 2, titles - 8, line)), lead, title)
            painter.setFont(self.font_of(is_strong=True))
            number = QRectF(room.right() + 10, room.top() - 2, ends, line)
            painter.drawText(self._mirrored(number), lead, self.words_of(cell))
            if row.beside and not (self.hides and cell.is_withheld):
                painter.setFont(self.font_of())
                painter.setPen(theme.colour("third"))
                spot = QRectF(room.left(), room.bottom() + 2, box.right() - room.left(), line)
                said = metrics.elidedText(row.beside, Qt.TextElideMode.ElideRight, round(spot.width()))
                painter.drawText(self._mirrored(spot), lead, isolated(said))

    def _paint_bar(self, painter: QPainter, room: QRectF, share: float | None) -> None:
        if share is None:
            self.hatch(painter, room)
            return
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("hover"))
        painter.drawRect(room)
        bar = QRectF(room)
        bar.setWidth(room.width() * share)
        if self.is_turned:
            bar.moveRight(room.right())
        painter.fillRect(bar, self._theme.colour("series_1"))

    def _mirrored(self, box: QRectF) -> QRectF:
        if not self.is_turned:
            return box
        return QRectF(self.width() - box.right(), box.top(), box.width(), box.height())
