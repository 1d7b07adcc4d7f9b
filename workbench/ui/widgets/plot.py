"""Plot: lines over weeks by pyqtgraph. Importing this loads pyqtgraph and numpy, so only `chart` does, and late."""

from collections.abc import Sequence
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.chart_data import ChartData, Gap, Marker, Series

_TOKENS: Final = ("series_1", "series_2", "series_3")
_MARKERS: Final = tuple(Marker)
_SIZES: Final = (7, 6, 8)
_MOST_MARKERS: Final = 60
_WEEK: Final = 7
_TICKS: Final = 4
_TICK_WIDTH: Final = 84
_LABEL_GAP: Final = 8


class _ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Values as this language writes them."""

    def __init__(self, side: str, text: Any) -> None:
        super().__init__(side)
        self._text = text

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: N802, ARG002 - pyqtgraph's name
        return [self._text(value) for value in values]


class _Hatch(QGraphicsItem):
    """A block of days nobody promised: hatched behind the lines, or its words before them where they fit.

    Drawn in screen space, so that the hatching keeps its slope.
    """

    def __init__(self, box: QRectF, words: tuple[str, str] | None, theme: Theme, *, stands_high: bool = False) -> None:
        super().__init__()
        self._stands_high = stands_high
        self._box, self._words, self._theme = box, words, theme
        self.setZValue(-10 if words is None else 10)

    @override
    def boundingRect(self) -> QRectF:
        return self._box

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        tokens = self._theme.tokens
        box = painter.worldTransform().mapRect(self._box)
        painter.save()
        painter.setWorldTransform(QTransform())
        if self._words is None:
            painter.fillRect(box, tokens.colour("unknown_soft"))
            painter.fillRect(box, QBrush(tokens.colour("hatch"), Qt.BrushStyle.BDiagPattern))
        else:
            self._paint_words(painter, box, self._words)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF, said: tuple[str, str]) -> None:
        tokens = self._theme.tokens
        strong, plain = self._theme.font(SMALL, weight=QFont.Weight.DemiBold), self._theme.font(SMALL)
        width = max(QFontMetrics(strong).horizontalAdvance(said[0]), QFontMetrics(plain).horizontalAdvance(said[1]))
        line = QFontMetrics(plain).height()
        ground = QRectF(0, 0, width + 8, 2 * line + 8)
        if ground.width() <= box.width() and ground.height() <= box.height():
            y = box.top() + ground.height() / 2 + 8 if self._stands_high else box.bottom() - ground.height() / 2 - 8
            ground.moveCenter(QPointF(box.center().x(), y))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("surface"))
            painter.drawRoundedRect(ground, 6, 6)
            painter.setPen(tokens.colour("unknown"))
            for place, (font, words) in enumerate(((strong, said[0]), (plain, said[1]))):
                painter.setFont(font)
                painter.drawText(
                    QRectF(ground.x(), ground.y() + 4 + place * line, ground.width(), line),
                    Qt.AlignmentFlag.AlignCenter,
                    words,
                )


class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """One chart. `pointed(place)` says which week the mouse or the arrow keys point at, -1 for none."""

    pointed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._data: ChartData | None = None
        self._place = -1
        self._turned = False
        self._weeks_per_pixel = 1.0
        super().__init__(
            background=None,
            axisItems={"left": _ValueAxis("left", numbers.decimal), "right": _ValueAxis("right", numbers.decimal)},
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAntialiasing(True)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.getPlotItem().setContentsMargins(0, 0, 0, 0)
        self.viewport().setMouseTracking(True)
        self._pointer = pg.InfiniteLine(angle=90, movable=False)
        self._pointer.setZValue(-5)

    def show_data(self, data: ChartData) -> None:
        """Draws it anew."""
        self._data, self._place = data, -1
        self._turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.clear()
        # Qt would turn the axes round once more: the plot is mirrored by hand, lines and all.
        self.getPlotItem().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setBackground(self._theme.colour("surface"))
        self._pointer.setPen(pg.mkPen(self._theme.colour("control"), width=1))
        self._dress_axes(data)
        top = self._top(data)
        for gap in data.gaps:
            self._add_gap(gap, data, top)
        for place, series in enumerate(data.series):
            self._add_series(series, place)
        self._set_range(data, top)
        self._add_labels(data, top)
        self.addItem(self._pointer, ignoreBounds=True)
        self._pointer.hide()

    def point_at(self, place: int) -> None:
        """Points at a week."""
        if place == self._place or self._data is None:
            return
        self._place = place
        self._pointer.setVisible(place >= 0)
        if place >= 0:
            self._pointer.setPos(place)
        self.pointed.emit(place)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._data is not None:
            at = self.getPlotItem().vb.mapSceneToView(event.position())
            place = round(at.x())
            self.point_at(place if 0 <= place < len(self._data.starts) else -1)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(-1)

    @override
    def wheelEvent(self, event: Any) -> None:
        # The page scrolls; a chart of fixed weeks has nothing to zoom.
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._data is not None and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            forward = (event.key() == Qt.Key.Key_Right) is not self._turned
            last = len(self._data.starts) - 1
            start = self._place if self._place >= 0 else last + (0 if forward else 1)
            self.point_at(max(0, min(last, start + (1 if forward else -1))))
            return
        event.ignore()

    @override
    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self._data is not None:
            self.show_data(self._data)

    def _dress_axes(self, data: ChartData) -> None:
        tokens, item = self._theme.tokens, self.getPlotItem()
        side, other = ("right", "left") if self._turned else ("left", "right")
        item.showAxis(side)
        item.hideAxis(other)
        item.vb.invertX(self._turned)
        for name in (side, "bottom"):
            axis = item.getAxis(name)
            axis.setPen(pg.mkPen(tokens.colour("grid"), width=1))
            axis.setTextPen(tokens.colour("third"))
            axis.setStyle(tickFont=self._theme.font(SMALL), tickLength=0, tickTextOffset=6, hideOverlappingLabels=False)
        value = item.getAxis(side)
        value._text = data.text  # noqa: SLF001 - our own subclass
        value.setWidth(self._value_width(data))
        item.getAxis("bottom").setHeight(self._theme.px(24))
        item.getAxis("bottom").setTicks([self._week_ticks(data)])

    def _value_width(self, data: ChartData) -> int:
        metrics = QFontMetrics(self._theme.font(SMALL))
        return max(metrics.horizontalAdvance(data.text(value)) for value in self._levels(self._top(data))) + 10

    def _top(self, data: ChartData) -> float:
        """The end of the axis: a round number above everything, so that grid lines fall on round numbers."""
        most = max((value for one in data.series for value in one.values if value is not None), default=0.0)
        most = max(most, data.top or 0.0, data.target or 0.0)
        if data.top is not None and most <= data.top:
            return data.top
        return _round_up(most or 1.0, data.tops)

    @staticmethod
    def _levels(top: float) -> list[float]:
        return [top * place / _TICKS for place in range(_TICKS + 1)]

    def _set_range(self, data: ChartData, top: float) -> None:
        item = self.getPlotItem()
        side = "right" if self._turned else "left"
        item.getAxis(side).setTicks(
            [[(value, data.text(value) if value else numbers.count(0)) for value in self._levels(top)]]
        )
        for value in self._levels(top):
            line = pg.InfiniteLine(pos=value, angle=0, pen=pg.mkPen(self._theme.colour("grid"), width=1), movable=False)
            line.setZValue(-20)
            self.addItem(line, ignoreBounds=True)
        # Room at the end of the lines for their names, inside the plot; half a week before the first.
        last = max(1, len(data.starts) - 1)
        room = max(60, self.width() - self._value_width(data) - 12)
        end = self._label_width(data) + _LABEL_GAP + 4
        edge = last + 0.5 if _ends_unknown(data) else last
        self._weeks_per_pixel = (edge + 0.5) / max(40, room - end)
        item.setXRange(-0.5, edge + end * self._weeks_per_pixel, padding=0)
        item.setYRange(0, top * 1.04, padding=0)

    def _week_ticks(self, data: ChartData) -> list[tuple[int, str]]:
        count = len(data.starts)
        room = max(120, self.width() - 160)
        step = max(1, -(-count * _TICK_WIDTH // room))
        spans_years = count * _WEEK > 400  # noqa: PLR2004 - more than a year: the year is wanted
        name = numbers.month if spans_years else numbers.short_day
        return [(place, name(data.starts[place])) for place in range(0, count, step)]

    def _add_gap(self, gap: Gap, data: ChartData, top: float) -> None:
        start = data.starts[0]
        left = (gap.first - start).days / _WEEK - 0.5
        right = (gap.last - start).days / _WEEK + 1 / _WEEK - 0.5
        box = QRectF(max(left, -0.5), 0, min(right, len(data.starts) - 0.5) - max(left, -0.5), top)
        words = (data.gap_words, numbers.plural(gap.days, "day", "days"))
        first, last = max(0, round(left)), round(right) + 1
        near = [value for one in data.series for value in one.values[first:last] if value is not None]
        # The words keep out of the way of lines that go on through the block.
        stands_high = bool(near) and max(near) < top / 2
        for said in (None, words):
            self.getPlotItem().vb.addItem(_Hatch(box, said, self._theme, stands_high=stands_high), ignoreBounds=True)

    def _add_series(self, series: Series, place: int) -> None:
        colour = self._theme.colour(_TOKENS[place])
        has_markers = len(series.values) <= _MOST_MARKERS
        values = [float("nan") if value is None else value for value in series.values]
        self.plot(
            list(range(len(values))),
            values,
            pen=pg.mkPen(colour, width=1),
            connect="finite",
            symbol=_MARKERS[place].value if has_markers else None,
            symbolSize=self._theme.px(_SIZES[place]),
            symbolPen=pg.mkPen(colour, width=1.2),
            symbolBrush=self._theme.colour("surface"),
        )

    def _label_width(self, data: ChartData) -> int:
        metrics = QFontMetrics(self._theme.font(SMALL, weight=QFont.Weight.DemiBold))
        return max(
            (
                metrics.horizontalAdvance(words)
                for one in data.series
                for words in (one.name, _end_text(data, *_last(one)))
            ),
            default=0,
        )

    def _add_labels(self, data: ChartData, top: float) -> None:
        """Names at the line's ends with the last value, pushed apart where lines end close together."""
        ends = [(_last(series), place, series) for place, series in enumerate(data.series)]
        known = sorted(
            ((at, value, place, series) for (at, value), place, series in ends if value is not None),
            key=lambda one: -one[1],
        )
        height = 2 * QFontMetrics(self._theme.font(SMALL)).height()
        room = max(1, self.height() - self._theme.px(24) - 8)
        step, below = height / room * top * 1.04, float("inf")
        for left, (at, value, place, series) in zip(range(len(known), 0, -1), known, strict=True):
            y = max(min(value, below - step), step * (left - 0.5), step * 0.5)
            below = y
            label = pg.TextItem(anchor=(1 if self._turned else 0, 0.5))
            label.setFont(self._theme.font(SMALL))
            label.textItem.document().setDocumentMargin(0)
            label.setHtml(_label_html(series.name, _end_text(data, at, value), self._theme.colour(_TOKENS[place])))
            edge = len(data.starts) - 0.5 if _ends_unknown(data) else at
            label.setPos(edge + _LABEL_GAP * self._weeks_per_pixel, min(y, top))
            self.addItem(label, ignoreBounds=True)


def _last(series: Series) -> tuple[int, float | None]:
    for place in range(len(series.values) - 1, -1, -1):
        if series.values[place] is not None:
            return place, series.values[place]
    return 0, None


def _ends_unknown(data: ChartData) -> bool:
    """Whether the last days are hatched; names then stand after the block."""
    return bool(data.gaps) and data.gaps[-1].last >= data.starts[-1]


def _end_text(data: ChartData, at: int, value: float | None) -> str:
    """The last value; of a week that is not over it is said so, or a fall would be seen where there is none."""
    is_running = data.is_last_running and at == len(data.starts) - 1
    return f"{data.text(value)} so far" if is_running else data.text(value)


def _label_html(name: str, value: str, colour: QColor) -> str:
    # Both texts are our own words and numbers, never mirrored data.
    return f'<span style="color:{colour.name()}"><b>{name}</b><br>{value}</span>'


def _round_up(value: float, steps: Sequence[float]) -> float:
    """The first end of the axis that holds `value`: of `steps`, then of those ten times as large, and so on."""
    size = 1.0
    while True:
        for step in steps:
            if value <= step * size:
                return step * size
        size *= 10
