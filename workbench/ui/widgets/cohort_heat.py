"""CohortHeat: a small table whose cells are the deeper the larger their share; every number stands in its cell."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from typing_extensions import override

from workbench.ui.directions import isolated
from workbench.ui.widgets.cohort_data import Figure
from workbench.ui.widgets.cohort_view import FigureView

_ROW: Final = 24
_HEAD: Final = 22
_GAP: Final = 2
_DEEPEST: Final = 150
_LIGHTEST: Final = 14


class CohortHeat(FigureView):
    """Rows go down, columns go on in the direction of writing."""

    @override
    def sizeHint(self) -> QSize:
        rows = 0 if self.figure is None else len(self.figure.drawn)
        return QSize(self._theme.px(320), self._theme.px(_HEAD + rows * _ROW + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self.sizeHint().height())

    @override
    def box(self, row: int, column: int) -> QRectF:
        px, titles = self._theme.px, self._title_width()
        count = 1 if self.figure is None else max(1, len(self.figure.heads))
        width = (self.width() - titles - 4) / count
        left = 2 + (count - 1 - column) * width if self.is_turned else titles + 2 + column * width
        return QRectF(left, px(_HEAD) + row * px(_ROW), width - _GAP, px(_ROW) - _GAP)

    @override
    def paint_figure(self, painter: QPainter, figure: Figure) -> None:
        theme, titles = self._theme, self._title_width()
        painter.setFont(self.font_of())
        metrics = QFontMetrics(self.font_of())
        centre = Qt.AlignmentFlag.AlignCenter
        for column, head in enumerate(figure.heads):
            box = self.box(0, column)
            painter.setPen(theme.colour("third"))
            words = metrics.elidedText(head, Qt.TextElideMode.ElideRight, round(box.width()))
            painter.drawText(QRectF(box.left(), 0, box.width(), theme.px(_HEAD)), centre, isolated(words))
        for place, row in enumerate(figure.drawn):
            first = self.box(place, 0)
            left = self.width() - titles if self.is_turned else 6
            painter.setPen(theme.colour("second"))
            spot = QRectF(left, first.top(), titles - 12, first.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, row.title)
            for column, cell in enumerate(row.cells):
                box = self.box(place, column)
                if cell.share is None:
                    self.hatch(painter, box)
                else:
                    ground = QColor(theme.colour("series_1"))
                    ground.setAlpha(_LIGHTEST + round(self.share_of(cell) ** 0.5 * (_DEEPEST - _LIGHTEST)))
                    painter.fillRect(box, ground)
                painter.setPen(QPen(theme.colour("text")))
                if cell.share is not None or metrics.horizontalAdvance(cell.words) < box.width():
                    self._write(painter, box, self.words_of(cell), is_known=cell.share is not None)

    def _write(self, painter: QPainter, box: QRectF, words: str, *, is_known: bool) -> None:
        metrics = QFontMetrics(self.font_of())
        if not is_known and words:
            ground = QRectF(0, 0, metrics.horizontalAdvance(words) + 8, metrics.height())
            ground.moveCenter(box.center())
            painter.fillRect(ground, self._theme.colour("surface"))
            painter.setPen(self._theme.colour("unknown"))
        said = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)

    def _title_width(self) -> int:
        metrics = QFontMetrics(self.font_of())
        rows = () if self.figure is None else self.figure.drawn
        return max((metrics.horizontalAdvance(row.title) for row in rows), default=0) + 18
