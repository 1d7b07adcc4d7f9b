"""FigureView: what painted figures share: the cell pointed at by mouse and arrow keys, the focus, the theme."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.chart_data import WITHHELD
from workbench.ui.widgets.cohort_data import Cell, Figure
from workbench.ui.widgets.focus_ring import paint_ring

Place = tuple[int, int]
_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class FigureView(QWidget):
    """`pointed(words)` says what the mouse or the arrow keys point at, empty for nothing; `asked` follows Enter.

    With `hides` cells that must not leave the machine show a word instead of their number: pictures are taken so.
    """

    pointed = Signal(str)
    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.figure: Figure | None = None
        self.hides = False
        self._place: Place | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_figure(self, figure: Figure) -> None:
        """Shows other numbers."""
        self.figure, self._place = figure, None
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.spoken())
        self.updateGeometry()
        self.update()

    def point_at(self, place: Place | None) -> None:
        """Points at a cell (row, column)."""
        if self.figure is not None and place != self._place:
            self._place = place
            self.pointed.emit("" if place is None else self.figure.told(*place))
            self.update()

    # What a figure says of itself

    def box(self, row: int, column: int) -> QRectF:
        """Where a cell is."""
        raise NotImplementedError

    def paint_figure(self, painter: QPainter, figure: Figure) -> None:
        """Draws everything but the ring around the cell pointed at."""
        raise NotImplementedError

    # Shared

    @property
    def is_turned(self) -> bool:
        """Whether writing runs from the right."""
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def words_of(self, cell: Cell) -> str:
        """What stands on a cell."""
        return WITHHELD if self.hides and cell.is_withheld else cell.words

    def share_of(self, cell: Cell) -> float:
        """How deep or long it is drawn."""
        return 0.0 if cell.share is None or (self.hides and cell.is_withheld) else min(1.0, cell.share)

    def hatch(self, painter: QPainter, box: QRectF) -> None:
        """Draws that something is not known."""
        painter.fillRect(box, self._theme.colour("unknown_soft"))
        painter.fillRect(box, QBrush(self._theme.colour("hatch"), Qt.BrushStyle.BDiagPattern))

    def font_of(self, *, is_strong: bool = False) -> QFont:
        """The letters of a figure."""
        return self._theme.font(SMALL, weight=QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        self.paint_figure(painter, self.figure)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._place is not None:
            painter.setPen(QPen(self._theme.colour("text"), 1.5))
            painter.drawRoundedRect(self.box(*self._place).adjusted(1, 1, -1, -1), 3, 3)
        if self.hasFocus():
            paint_ring(painter, self.rect().toRectF(), self._theme, radius=6)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.asked.emit()
            return
        figure = self.figure
        step = _STEPS.get(Qt.Key(event.key()))
        if (
            figure is None
            or not figure.drawn
            or step is None
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            super().keyPressEvent(event)
            return
        if self._place is None:
            self.point_at((0, 0))
            return
        across = -step[1] if self.is_turned else step[1]
        row = min(max(self._place[0] + step[0], 0), len(figure.drawn) - 1)
        self.point_at((row, min(max(self._place[1] + across, 0), len(figure.heads) - 1)))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.point_at(self._cell_at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(None)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)
        self.update()

    def _cell_at(self, at: QPointF) -> Place | None:
        figure = self.figure
        if figure is None:
            return None
        places = ((row, column) for row in range(len(figure.drawn)) for column in range(len(figure.heads)))
        return next((place for place in places if self.box(*place).contains(at)), None)
