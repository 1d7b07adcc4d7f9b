"""Gauge: a measure as a row with a bar under it: how far it is, the target, what it was before and a year before."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.theme import Theme
from workbench.ui.widgets.score_row import ScoreCells, ScoreRow

LEGEND: Final = "▼ target    ○ before    ◇ a year before"
_HEIGHT: Final = 18
_TRACK: Final = 6
_INDENT: Final = 32
_PADDING: Final = 8
_SIGN: Final = 4.0


@dataclass(frozen=True, slots=True)
class GaugeMarks:
    """Where things stand on the bar, as parts of its length from 0 to 1; None for what is not known or not set."""

    now: float | None
    target: float | None = None
    before: float | None = None
    year_ago: float | None = None


class GaugeBar(QWidget):
    """Shapes tell the marks apart, so that it reads in grey; hatched where nothing can be said."""

    clicked = Signal()

    def __init__(self, theme: Theme, marks: GaugeMarks) -> None:
        super().__init__()
        self._theme = theme
        self.marks = marks
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_marks(self, marks: GaugeMarks) -> None:
        """Shows newer numbers."""
        self.marks = marks
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(_HEIGHT))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._theme.colour
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = self._track()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("grid"))
        painter.drawRoundedRect(track, 3, 3)
        if self.marks.now is None:
            painter.setBrush(QBrush(colour("hatch"), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(track, 3, 3)
        elif self.marks.now > 0:
            painter.setBrush(colour("series_1"))
            end = self._x(self.marks.now)
            painter.drawRoundedRect(
                QRectF(QPointF(self._x(0), track.top()), QPointF(end, track.bottom())).normalized(), 3, 3
            )
        self._signs(painter, track)

    def _signs(self, painter: QPainter, track: QRectF) -> None:
        """What it was, on the bar; the target over it."""
        px, colour = self._theme.px, self._theme.colour
        size, middle = px(10) * _SIGN / 10, track.center().y()
        painter.setPen(QPen(colour("text"), 1.4))
        painter.setBrush(colour("surface"))
        if self.marks.year_ago is not None:
            x = self._x(self.marks.year_ago)
            painter.drawPolygon(_diamond(x, middle, size + 1))
        if self.marks.before is not None:
            painter.drawEllipse(QPointF(self._x(self.marks.before), middle), size, size)
        if self.marks.target is not None:
            x = self._x(self.marks.target)
            painter.drawLine(QPointF(x, track.top() - 1), QPointF(x, track.bottom() + 2))
            painter.setBrush(colour("text"))
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(x - size, track.top() - size - 2),
                        QPointF(x + size, track.top() - size - 2),
                        QPointF(x, track.top() - 1),
                    ]
                )
            )

    def _track(self) -> QRectF:
        px = self._theme.px
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        near, far = px(_INDENT), px(_PADDING)
        left, right = (far, near) if turned else (near, far)
        top = self.height() - px(_TRACK) - px(4)
        return QRectF(left, top, max(1, self.width() - left - right), px(_TRACK))

    def _x(self, part: float) -> float:
        track, part = self._track(), max(0.0, min(1.0, part))
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return track.right() - part * track.width() if turned else track.left() + part * track.width()


class GaugeRow(QWidget):
    """`row` has the words and takes the keyboard; a click on the bar chooses as one on the row does."""

    def __init__(self, theme: Theme, cells: ScoreCells, marks: GaugeMarks) -> None:
        super().__init__()
        self.row, self.bar = ScoreRow(theme, cells), GaugeBar(theme, marks)
        self.bar.setToolTip(cells.tip)
        self.bar.clicked.connect(lambda: self.row.chosen.emit(self.row.cells.key))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self.bar)

    def show_gauge(self, cells: ScoreCells, marks: GaugeMarks) -> None:
        """Shows newer numbers of the same measure."""
        self.row.show_cells(cells)
        self.bar.setToolTip(cells.tip)
        self.bar.show_marks(marks)


def _diamond(x: float, y: float, size: float) -> QPolygonF:
    return QPolygonF([QPointF(x, y - size), QPointF(x + size, y), QPointF(x, y + size), QPointF(x - size, y)])
