"""Plot: lines over weeks or months by pyqtgraph, which comes with numpy: only `chart` loads this, and late."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.band_paint import (
    chosen_height,
    paint_band,
    paint_chosen,
    paint_levels,
    paint_notes,
    paint_outside,
    paint_past_gap,
)
from workbench.ui.widgets.chart_data import ChartData, Chosen, Gap, Marker, Series, Step
from workbench.ui.widgets.plot_axis import PlotAxis

_TOKENS: Final = ("series_1", "series_2", "series_3")
_MARKERS: Final = tuple(Marker)
_SIZES: Final = (7, 6, 8)
_MOST_MARKERS: Final = 60
_DAY: Final = timedelta(days=1)
_YEAR_WEEKS: Final = 57
_TICKS: Final = 4
_TICK_GAP: Final = 20
_SMALLEST: Final = 4
_LABEL_GAP: Final = 8
_HEADROOM: Final = 1.04


class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """One chart. `pointed(place)` says which week the mouse or the arrow keys point at, -1 for none; `asked` on Enter.

    pyqtgraph draws lines, markers and axes. Grid, hatched days and names at the line's ends are painted behind and
    before them in screen space: they come and go with the data, and items taken out of a scene that is about to be
    painted have brought Qt down.
    """

    pointed = Signal(int)
    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._data: ChartData | None = None
        self._curves: list[Any] = []
        self._place = -1
        self._turned = False
        super().__init__(background=None, axisItems={side: PlotAxis(side) for side in ("left", "right", "bottom")})
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # pyqtgraph keeps a picture of the background; ours follows data, pointer and theme.
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setAntialiasing(True)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.getPlotItem().vb.disableAutoRange()
        self.getPlotItem().setContentsMargins(0, 0, 0, 0)
        # Qt would turn the axes round once more: the plot is mirrored by hand, lines and all.
        self.getPlotItem().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.viewport().setMouseTracking(True)

    def show_data(self, data: ChartData) -> None:
        """Draws it."""
        self._data, self._place = data, -1
        self._turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        while len(self._curves) < len(data.series):
            self._curves.append(self.plot([], []))
        for place, curve in enumerate(self._curves):
            self._fill(curve, place, data.series[place] if place < len(data.series) else None)
        self.getPlotItem().setContentsMargins(0, chosen_height(self._theme) if data.chosen is not None else 0, 0, 0)
        self._dress_axes(data)
        self._set_range(data)
        self.viewport().update()

    def point_at(self, place: int) -> None:
        """Points at a week."""
        if place != self._place and self._data is not None:
            self._place = place
            self.viewport().update()
            self.pointed.emit(place)

    @override
    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        tokens = self._theme.tokens
        painter.fillRect(rect, tokens.colour("surface"))
        if self._data is None:
            return
        chosen = self._data.chosen
        if chosen is not None:
            paint_chosen(painter, self._theme, chosen, box=self._box(chosen, self._data), room=self._room())
        for gap in self._data.gaps:
            box = self._box(gap, self._data)
            painter.fillRect(box, tokens.colour("unknown_soft"))
            painter.fillRect(box, QBrush(tokens.colour("hatch"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(tokens.colour("grid"), 1))
        room = self._room()
        for value in self._levels():
            y = round(self._scene(0, value).y()) + 0.5
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        paint_band(painter, self._theme, self._data.band, at=self._scene)
        paint_levels(painter, self._theme, self._data, room=room, at=self._scene, is_turned=self._turned)
        for gap in self._data.past_gaps:
            paint_past_gap(painter, self._theme, self._box(gap, self._data))
        paint_notes(painter, self._theme, self._data, room=room, at=self._scene)
        if self._place >= 0:
            x = round(self._scene(self._place, 0).x()) + 0.5
            painter.setPen(QPen(tokens.colour("control"), 1))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))

    @override
    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        if self._data is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for gap in self._data.gaps:
            self._paint_gap_words(painter, gap, self._data)
        self._paint_names(painter, self._data)
        paint_outside(painter, self._theme, self._data, at=self._scene)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.mapToScene(self.viewport().rect()).boundingRect().adjusted(1, 1, -2, -2), 6, 6)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._data is not None:
            place = round(self.getPlotItem().vb.mapSceneToView(event.position()).x())
            self.point_at(place if 0 <= place < len(self._data.starts) else -1)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

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
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.asked.emit()
            return
        event.ignore()

    @override
    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self._data is not None:
            self._set_range(self._data)

    @override
    def close(self) -> bool:
        # pyqtgraph takes the plot apart when it is closed, and Qt may paint once more after that.
        self._data = None
        super().close()
        return True

    # Lines and axes

    def _fill(self, curve: Any, place: int, series: Series | None) -> None:
        colour = self._theme.colour(_TOKENS[place])
        # A series without any value is no line: pyqtgraph would look for the bounds of nothing.
        is_there = series is not None and any(value is not None for value in series.values)
        values = series.values if series is not None and is_there else ()
        is_dashed = series is not None and series.is_dashed
        curve.setData(
            list(range(len(values))),
            [float("nan") if value is None else value for value in values],
            pen=pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine),
            connect="finite",
            symbol=_MARKERS[place].value if len(values) <= _MOST_MARKERS and not is_dashed else None,
            symbolPen=pg.mkPen(colour, width=1.2),
            symbolBrush=self._theme.colour("surface"),
        )

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
            axis.setStyle(tickFont=self._font(), tickLength=0, tickTextOffset=6, hideOverlappingLabels=False)
        texts = [(value, data.text(value) if value else numbers.count(0)) for value in self._levels()]
        item.getAxis(side).setTicks([texts])
        item.getAxis(side).setWidth(self._value_width(data))
        item.getAxis("bottom").setHeight(self._theme.px(24))

    def _set_range(self, data: ChartData) -> None:
        """Room at the end of the lines for their names; half a week before the first."""
        item = self.getPlotItem()
        item.getAxis("bottom").setTicks([self._week_ticks(data)])
        last = max(1, len(data.starts) - 1)
        room = max(60, self.width() - self._value_width(data) - 12)
        end = self._name_width(data) + _LABEL_GAP + 4
        edge = last + 0.5 if _ends_unknown(data) else last
        item.setXRange(-0.5, edge + end * (edge + 0.5) / max(40, room - end), padding=0)
        item.setYRange(0, self._top(data) * _HEADROOM, padding=0)
        # Markers that touch each other hide the line.
        apart = max(self._theme.px(_SMALLEST), (room - end) // max(1, len(data.starts)) - 1)
        for place, curve in enumerate(self._curves):
            curve.setSymbolSize(min(self._theme.px(_SIZES[place]), apart))

    def _week_ticks(self, data: ChartData) -> list[tuple[int, str]]:
        count = len(data.starts)
        is_long = count > _YEAR_WEEKS or data.step is Step.MONTH
        name = numbers.month if is_long else numbers.short_day
        metrics = QFontMetrics(self._font())
        widest = max((metrics.horizontalAdvance(name(start)) for start in data.starts[::4]), default=0)
        step = max(1, -(-count * (widest + self._theme.px(_TICK_GAP)) // max(120, self.width() - 160)))
        return [(place, isolated(name(data.starts[place]))) for place in range(0, count, step)]

    def _top(self, data: ChartData) -> float:
        """The end of the axis: a round number above everything, so that grid lines fall on round numbers."""
        most = max((value for one in data.series for value in one.values if value is not None), default=0.0)
        most = max(most, data.target or 0.0, *(border[1] for border in data.band if border is not None))
        if data.top is not None and most <= data.top:
            return data.top
        return _round_up(most or 1.0, data.tops)

    def _levels(self) -> list[float]:
        top = self._top(self._data) if self._data is not None else 1.0
        return [top * place / _TICKS for place in range(_TICKS + 1)]

    def _value_width(self, data: ChartData) -> int:
        metrics = QFontMetrics(self._font())
        return max(metrics.horizontalAdvance(data.text(value)) for value in self._levels()) + 10

    # Painted by hand

    def _paint_gap_words(self, painter: QPainter, gap: Gap, data: ChartData) -> None:
        """Says what a hatched block is, where its words fit; they keep out of the way of lines that go through it."""
        box, tokens = self._box(gap, data), self._theme.tokens
        words = (data.gap_words, numbers.plural(gap.days, "day", "days"))
        line = QFontMetrics(self._font()).height()
        width = max(QFontMetrics(self._strong()).horizontalAdvance(one) for one in words)
        ground = QRectF(0, 0, width + 8, 2 * line + 8)
        if ground.width() > box.width() or ground.height() > box.height():
            return
        places = range(max(0, round(_span_of(gap, data)[0])), round(_span_of(gap, data)[1]) + 1)
        near = [one.values[place] or 0 for one in data.series for place in places if place < len(one.values)]
        stands_high = bool(near) and max(near) < self._top(data) / 2
        ground.moveCenter(box.center())
        ground.moveTop(box.top() + 8 if stands_high else box.bottom() - ground.height() - 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("surface"))
        painter.drawRoundedRect(ground, 6, 6)
        painter.setPen(tokens.colour("unknown"))
        for place, font in enumerate((self._strong(), self._font())):
            painter.setFont(font)
            spot = QRectF(ground.left(), ground.top() + 4 + place * line, ground.width(), line)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, isolated(words[place]))

    def _paint_names(self, painter: QPainter, data: ChartData) -> None:
        """Names at the line's ends with the last value, pushed apart where lines end close together."""
        line = QFontMetrics(self._font()).height()
        width, ends, tops = self._name_width(data), _ends(data), self._name_tops(data)
        for (at, value, place, series), top in zip(ends, tops, strict=True):
            edge = len(data.starts) - 0.5 if _ends_unknown(data) else at
            spot = self._scene(edge, value)
            left = spot.x() - _LABEL_GAP - width if self._turned else spot.x() + _LABEL_GAP
            side = Qt.AlignmentFlag.AlignRight if self._turned else Qt.AlignmentFlag.AlignLeft
            painter.setPen(self._theme.colour(_TOKENS[place]))
            said = ((self._strong(), series.name), (self._font(), _end_text(data, series, at)))
            for row, (font, words) in enumerate(said):
                box = QRectF(left, top + row * line, width, line)
                painter.setFont(font)
                painter.drawText(box, side | Qt.AlignmentFlag.AlignAbsolute, isolated(words))

    def _name_tops(self, data: ChartData) -> list[float]:
        """Where the names of `_ends` begin, on screen; none begins above the room for lines."""
        line, room = QFontMetrics(self._font()).height(), self._room()
        tops: list[float] = []
        below = room.bottom()
        for at, value, _, _ in _ends(data):
            below = min(self._scene(at, value).y() - line, below - 2 * line)
            tops.append(below)
        # Pushed up too far they come down again, the highest first.
        above = room.top()
        for place in reversed(range(len(tops))):
            tops[place] = max(tops[place], above)
            above = tops[place] + 2 * line
        return tops

    def _name_width(self, data: ChartData) -> int:
        strong = QFontMetrics(self._strong())
        words = [text for at, _, _, one in _ends(data) for text in (one.name, _end_text(data, one, at))]
        return max((strong.horizontalAdvance(text) for text in words), default=0)

    def _box(self, gap: Gap | Chosen, data: ChartData) -> QRectF:
        """Where these days are on screen."""
        left, right = _span_of(gap, data)
        first = self._scene(max(left, -0.5), self._top(data))
        return QRectF(first, self._scene(min(right, len(data.starts) - 0.5), 0)).normalized()

    def _room(self) -> QRectF:
        """Where lines may be, on screen."""
        room: QRectF = self.getPlotItem().vb.sceneBoundingRect()
        return room

    def _scene(self, x: float, y: float) -> QPointF:
        point: QPointF = self.getPlotItem().vb.mapViewToScene(QPointF(x, y))
        return point

    def _font(self) -> QFont:
        return self._theme.font(SMALL)

    def _strong(self) -> QFont:
        return self._theme.font(SMALL, weight=QFont.Weight.DemiBold)


def _span_of(gap: Gap | Chosen, data: ChartData) -> tuple[float, float]:
    """Where days begin and end, in places from the first; the marker of a place stands in its middle."""
    return data.place_of(gap.first), data.place_of(gap.last + _DAY)


def _ends(data: ChartData) -> list[tuple[int, float, int, Series]]:
    """The last known place and value of each series, lowest first."""
    ends: list[tuple[int, float, int, Series]] = []
    for place, series in enumerate(data.series):
        known = [(at, value) for at, value in enumerate(series.values) if value is not None]
        if known:
            ends.append((*known[-1], place, series))
    return sorted(ends, key=lambda end: end[1])


def _ends_unknown(data: ChartData) -> bool:
    """Whether the last days are hatched; names then stand after the block."""
    return bool(data.gaps) and data.gaps[-1].last >= data.starts[-1]


def _end_text(data: ChartData, series: Series, at: int) -> str:
    """The last value; of a week that is not over it is said so, or a fall would be seen where there is none."""
    is_running = data.is_last_running and not series.is_dashed and at == len(data.starts) - 1
    text = data.text(series.values[at])
    return f"{text} so far" if is_running else text


def _round_up(value: float, steps: Sequence[float]) -> float:
    """The first end of the axis that holds `value`: of `steps`, then of those ten times as large, and so on."""
    size = 1.0
    while True:
        for step in steps:
            if value <= step * size:
                return step * size
        size *= 10
